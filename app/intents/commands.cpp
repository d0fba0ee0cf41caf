#include "app/intents/commands.h"

#include <algorithm>
#include <array>

namespace poolscope::intents {
namespace {

constexpr double kTenth = 0.1;  // of the session, for a step with Shift
constexpr bool kRepeats = true;

constexpr KeyChord key(Key named) { return {.key = named}; }
constexpr KeyChord shift(Key named) { return {.key = named, .shift = true}; }
constexpr KeyChord key(char character) { return {.key = Key::kCharacter, .character = character}; }
constexpr KeyChord shift(char character) {
  return {.key = Key::kCharacter, .character = character, .shift = true};
}
constexpr KeyChord alt(char character) {
  return {.key = Key::kCharacter, .character = character, .alt = true};
}
constexpr KeyChord ctrl_shift(char character) {
  return {.key = Key::kCharacter, .character = character, .shift = true, .ctrl = true};
}
constexpr KeyChord ctrl(char character) {
  return {.key = Key::kCharacter, .character = character, .ctrl = true};
}

const std::array kCommands = {
    Command{key(Key::kSpace), "play", "Play or pause", TogglePlay{}},
    Command{key('j'), "", "Play backwards", PlayBackwards{}},
    Command{key('k'), "", "Pause", Pause{}},
    Command{key('n'), "", "Replayed: no wait of over a second", ToggleSkipWaits{}},
    Command{key(Key::kLeft), "back", "One step back", StepBack{}, kRepeats},
    Command{key(Key::kRight), "step", "One step forward", StepForward{}, kRepeats},
    Command{shift(Key::kLeft), "", "A tenth of the session back", StepBack{kTenth}, kRepeats},
    Command{shift(Key::kRight), "", "A tenth of the session forward", StepForward{kTenth},
            kRepeats},
    Command{key(','), "", "One event back", EventBack{}, kRepeats},
    Command{key('.'), "", "One event forward", EventForward{}, kRepeats},
    Command{key(Key::kHome), "", "To the first event", GoToStart{}},
    Command{key(Key::kEnd), "now", "To now", GoToNow{}},
    Command{key(Key::kPageDown), "", "Next line, marker or difference", NextLine{}},
    Command{key(Key::kPageUp), "", "Back by a line, a marker or a difference", LineBefore{}},
    Command{shift(Key::kHome), "", "Start the lesson anew", StartAnew{}},
    Command{alt('1'), "predict.1", "Pick the first answer to the lesson's question", PickAnswer{0}},
    Command{alt('2'), "predict.2", "Pick the second answer", PickAnswer{1}},
    Command{alt('3'), "predict.3", "Pick the third answer", PickAnswer{2}},
    Command{alt('4'), "predict.4", "Pick the fourth answer", PickAnswer{3}},
    Command{key('m'), "marker", "Set a marker here", AddMarker{}},
    Command{shift('m'), "markers", "The list of markers: titles, notes", ToggleMarkers{}},
    Command{key('['), "", "To the marker or compared GC before", MarkerBack{}},
    Command{key(']'), "", "To the next marker or compared GC", MarkerForward{}},
    Command{key('i'), "loop.in", "The loop begins here", LoopIn{}},
    Command{key('o'), "loop.out", "The loop ends here", LoopOut{}},
    Command{shift('i'), "", "The loop has no beginning", LoopIn{true}},
    Command{shift('o'), "", "The loop has no end", LoopOut{true}},
    Command{key('-'), "speed.slower", "Slower", ChangeSpeed{-1}},
    Command{key('='), "speed.faster", "Faster", ChangeSpeed{1}},
    Command{key('g'), "gc", "Run a GC: it clears the pools", RunGc{}},
    Command{shift('g'), "again", "The last GC, resize, loss or steal once more", Again{}},
    Command{key(Key::kEscape), "", "Let go of what is followed", LetGo{}},
    Command{key(Key::kDown), "procs.minus", "GOMAXPROCS one less", ChangeProcs{-1}},
    Command{key(Key::kUp), "procs.plus", "GOMAXPROCS one more", ChangeProcs{1}},
    Command{key('r'), "record", "Start or end a recording", ToggleRecord{}},
    Command{ctrl_shift('s'), "save.last", "Save the last 5 min of the session", SaveLast{}},
    Command{key('1'), "", "Show the memory of the poolLocals", SelectTab{Tab::kMemory}},
    Command{key('2'), "", "Show the timeline", SelectTab{Tab::kTimeline}},
    Command{ctrl('o'), "open", "Open a recording or a script", ToggleOpen{}},
    Command{ctrl('z'), "undo", "Undo: of a marker, the view, or a cut", Undo{}},
    Command{ctrl('s'), "save.as", "Save as: a session, a film, a page", ToggleSaveAs{}},
    Command{ctrl('f'), "lessons", "Search for a lesson, or in the session", ToggleLessons{}},
    Command{key('p'), "pools", "The pools: figures, search, choice", TogglePools{}},
    Command{key('w'), "preset", "What the goroutines do: presets, number, rate", ToggleWorkload{}},
    Command{key('c'), "compare", "Classic and modern side by side, and back", ToggleComparison{}},
    Command{key('3'), "tab.lesson", "Show the lines of the lesson", SelectTab{Tab::kLesson}},
    Command{key('4'), "tab.source", "Show the source of the pool", SelectTab{Tab::kSource}},
    Command{key('5'), "tab.stats", "Show statistics of what the timeline shows",
            SelectTab{Tab::kStats}},
    Command{key('6'), "tab.object", "Show an object's life, or why a Get missed",
            SelectTab{Tab::kObject}},
    Command{key('e'), "explain", "Explain false sharing, step by step", ToggleExplained{}},
    Command{shift('e'), "measure", "Measure what padding is worth here", MeasurePadding{}},
    Command{key('l'), "layout", "Lecture or workbench layout", ToggleLayout{}},
    Command{key('f'), "", "The panel in the stage's place, and back", ToggleEnlarged{}},
    Command{key('v'), "view", "A replay's recorded view, or your own", ToggleViewTrack{}},
    Command{shift('v'), "view.retake", "A replay's view once more, from here", RetakeView{}},
    Command{key(Key::kF11), "", "Full screen", ToggleFullScreen{}},
    Command{key('b'), "", "The picture black, and back", ToggleBlack{}},
    Command{key('x'), "", "While it is held: a spot at the pointer", PointLaser{true}, false,
            PointLaser{false}},
    Command{ctrl('p'), "presenter", "The lecturer's window: caption, note, clock",
            TogglePresenter{}},
    Command{ctrl('='), "", "Larger", ChangeZoom{1}},
    Command{ctrl('-'), "", "Smaller", ChangeZoom{-1}},
    Command{ctrl('0'), "", "The usual size", ChangeZoom{0}},
    Command{key(Key::kTab), "", "To the next control", MoveControl{1}, kRepeats},
    Command{shift(Key::kTab), "", "To the control before", MoveControl{-1}, kRepeats},
    Command{key(Key::kEnter), "", "Press the control that is outlined", PressControl{}},
    Command{key('?'), "help", "This list of keys", ToggleHelp{}},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

const Command* command_of(const KeyChord& wanted) {
  const auto* found = std::find_if(kCommands.begin(), kCommands.end(),
                                   [&](const Command& c) { return c.key == wanted; });
  return found == kCommands.end() ? nullptr : found;
}

const Command* command_let_go(const KeyChord& key) {
  const auto* found = std::find_if(kCommands.begin(), kCommands.end(), [&](const Command& c) {
    return c.let_go && c.key.key == key.key && c.key.character == key.character;
  });
  return found == kCommands.end() ? nullptr : found;
}

const Command* command_of(std::string_view label) {
  if (label.empty()) return nullptr;
  const auto* found = std::find_if(kCommands.begin(), kCommands.end(),
                                   [&](const Command& c) { return c.label == label; });
  return found == kCommands.end() ? nullptr : found;
}

std::string key_text(const KeyChord& chord) {
  struct Name {
    Key key;
    std::string_view text;
  };
  constexpr std::array kNames = {
      Name{Key::kSpace, "Space"}, Name{Key::kEnter, "Enter"},   Name{Key::kEscape, "Esc"},
      Name{Key::kLeft, "Left"},   Name{Key::kRight, "Right"},   Name{Key::kUp, "Up"},
      Name{Key::kDown, "Down"},   Name{Key::kHome, "Home"},     Name{Key::kEnd, "End"},
      Name{Key::kPageUp, "PgUp"}, Name{Key::kPageDown, "PgDn"}, Name{Key::kF11, "F11"},
      Name{Key::kTab, "Tab"},
  };
  std::string text;
  if (chord.ctrl) text += "Ctrl+";
  if (chord.alt) text += "Alt+";
  if (chord.shift) text += "Shift+";
  if (chord.key == Key::kCharacter) {
    const bool letter = chord.character >= 'a' && chord.character <= 'z';
    text += letter ? static_cast<char>(chord.character - 'a' + 'A') : chord.character;
  }
  for (const Name& name : kNames) {
    if (name.key == chord.key) text += name.text;
  }
  return text;
}

}  // namespace poolscope::intents
