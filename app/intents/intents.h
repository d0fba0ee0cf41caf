#pragma once

// What a view may ask for. A view is a function from values to a picture and a list of intents. An
// intent goes to one of three: to the session's source, to the viewer's state, or to the program,
// each of which has a variant of its own and visits it without a catch-all: a new intent does not
// compile until its receiver says what it does.
//
// Thread safety: values.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/ids.h"
#include "core/model/session_config.h"
#include "core/pool/step.h"

namespace poolscope::intents {

// --- to the session --------------------------------------------------------------------------

// Where the playhead goes. `fraction_of_session` 0: one step, else that part of the session.
struct StepForward {
  double fraction_of_session = 0;
};
struct StepBack {
  double fraction_of_session = 0;
};
struct EventForward {};
struct EventBack {};
struct GoToStart {};
struct GoToNow {};
struct SeekTime {
  std::int64_t time_ns = 0;
};
struct SeekSeq {
  std::uint64_t seq = 0;
};
using MovePlayhead = std::variant<StepForward, StepBack, EventForward, EventBack, GoToStart,
                                  GoToNow, SeekTime, SeekSeq>;

// A lesson goes line by line, another session from marker to marker; it ignores the rest.
struct NextLine {};    // runs it, or shows it again where the viewer looks back
struct LineBefore {};  // shows the state before the line that is shown
struct StartAnew {};   // nothing of it has run
struct PickAnswer {    // to the question before the next line, which then runs
  std::size_t choice = 0;
};
struct ExploreLesson {};  // finds every outcome of its concurrent lines
struct PlayOutcome {      // line by line, in the lesson's place
  std::size_t outcome = 0;
};
using PlayLesson =
    std::variant<NextLine, LineBefore, StartAnew, PickAnswer, ExploreLesson, PlayOutcome>;

/// A note of the viewer where the playhead is. The window adds what is shown there.
struct AddMarker {
  GId followed;
  ObjectId followed_object;
  std::optional<std::string> layout;
  std::optional<std::string> tab;
  std::optional<std::string> speed;
};
/// By its id in the list; what is none stays.
struct EditMarker {
  std::uint32_t id = 0;
  std::optional<std::string> title;
  std::optional<std::string> note;
};
struct RemoveMarker {
  std::uint32_t id = 0;
};
/// The list is again as it was before the last change.
struct UndoMarkers {};
using ChangeMarkers = std::variant<AddMarker, EditMarker, RemoveMarker, UndoMarkers>;

// The playhead goes to a marker and stays there.
struct ShowMarker {
  std::size_t number = 0;  // in the order of the list, from 0
};
struct MarkerForward {};
struct MarkerBack {};
using GoToMarker = std::variant<ShowMarker, MarkerForward, MarkerBack>;

// One end of the loop is where the playhead is, or nowhere.
struct LoopIn {
  bool away = false;
};
struct LoopOut {
  bool away = false;
};
using ChangeLoop = std::variant<LoopIn, LoopOut>;

// What a replay cannot do it ignores: it has no pool to change and nothing to record.
struct RunGc {};
struct SetProcs {
  std::uint32_t procs = 1;  // GOMAXPROCS(procs)
};
struct ChangeProcs {
  int by = 1;
};
struct TogglePlay {};
struct PlayBackwards {};  // what has happened, at the same speed
struct Pause {};
struct ChangeSpeed {
  int by = 1;  // -1 slower, 1 faster
};
struct SetSpeed {
  int index = 0;  // into the source's list of speeds
};
/// Of each goroutine of the workload; `by` steps of a list that ends with "as often as it can".
struct ChangeRate {
  int by = 1;
};
/// How many objects each keeps in use at most.
struct ChangeHeld {
  int by = 1;
};
struct ToggleRecord {};
/// What is replayed goes on at once where nothing happens for long.
struct ToggleSkipWaits {};
struct HoldGoroutine {
  GId g;
  bool held = true;  // false: lets it go
};
/// Lets it go so far, and holds it there.
struct SendGoroutine {
  enum class To : std::uint8_t { kNextStep, kStep, kEndOfOperation };
  GId g;
  To to = To::kNextStep;
  Step step = Step::kNone;  // kStep
};
/// A part of the view is now shown so: a recording keeps it in its view track.
struct NoteView {
  std::string what;
  std::string value;
};
/// From here on what is shown takes the place of a replay's view track; asked once more: up to
/// here.
struct RetakeView {};
struct UndoView {};  // the track is as it was before that
struct Again {};     // the last GC, grow, shrink, loss or steal once more
using ToSession =
    std::variant<MovePlayhead, PlayLesson, ChangeMarkers, GoToMarker, ChangeLoop, RunGc, SetProcs,
                 ChangeProcs, TogglePlay, PlayBackwards, Pause, ChangeSpeed, SetSpeed, ToggleRecord,
                 ChangeRate, ChangeHeld, HoldGoroutine, SendGoroutine, NoteView, RetakeView,
                 UndoView, ToggleSkipWaits, Again>;

// --- to the viewer's state -------------------------------------------------------------------

struct FollowGoroutine {
  GId g;  // none: follow nobody
};
struct FollowObject {
  ObjectId object;
};
/// Who is followed from here on is of that side of a comparison.
struct LookAtSide {
  std::size_t side = 0;
};
/// What a span of the timeline is about: both, or the goroutine alone.
struct FollowBoth {
  GId g;
  ObjectId object;
};
struct LetGo {};  // of what is followed, focused and lit
struct FocusP {
  PId p;  // none: no focus
};
struct ShowPool {
  PoolId pool;
};
/// Which pools are listed: all, or those that a GC will go over, or those with a victim.
enum class PoolsListed : std::uint8_t { kAll, kAllPools, kOldPools };
struct TogglePools {};  // the list of them
struct ListPools {
  PoolsListed listed = PoolsListed::kAll;
};
struct SearchPools {
  std::string text;
};
struct MarkPool {  // the row that Enter shows
  PoolId pool;
};
enum class ConservationPart : std::uint8_t { kNone, kInUse, kInFlight, kPooled, kDropped };
constexpr std::string_view name_of(ConservationPart part) {
  switch (part) {
    case ConservationPart::kNone: return "";
    case ConservationPart::kInUse: return "in_use";
    case ConservationPart::kInFlight: return "in_flight";
    case ConservationPart::kPooled: return "pooled";
    case ConservationPart::kDropped: return "dropped";
  }
  return "";
}
struct LightPart {
  ConservationPart part = ConservationPart::kNone;
};
// Of the lecture layout's lower panel; the workbench shows memory and timeline always, and the
// others in its inspector, where kOverview is what is shown at first.
enum class Tab : std::uint8_t { kMemory, kTimeline, kStats, kLesson, kSource, kOverview, kObject };
struct SelectTab {
  Tab tab = Tab::kMemory;
};
struct ToggleLayout {};    // lecture, workbench
struct ToggleEnlarged {};  // the chosen panel in the stage's place
struct NextTheme {};       // dark, light, contrast
struct ToggleLanguage {};  // en, zh
struct ToggleMotion {};
struct ToggleTimelineAxis {};  // by time, by step
struct ZoomTimeline {
  double factor = 1;
  std::int64_t around_ns = 0;
};
struct PanTimeline {
  std::int64_t by_ns = 0;
};
/// The timeline shows from here to there.
struct ShowStretch {
  std::int64_t begin_ns = 0;
  std::int64_t end_ns = 0;
};
/// That line of one of the source's two texts stands in its middle, until a goroutine is followed
/// or sent on.
struct ScrollSource {
  bool cpp = false;
  std::size_t middle = 0;
};
struct CloseDialog {};  // what lies over the stage
struct ToggleHelp {};
struct ToggleExplained {};  // what false sharing is, step by step
struct StepExplained {
  int by = 1;
};
struct ToggleBlack {};  // nothing but black, or the picture again
struct PointLaser {     // a spot at the pointer
  bool on = true;
};
struct CloseFirst {};      // what a first start shows, for good
struct ToggleLessons {};   // the list of them
struct ToggleWorkload {};  // the panel that changes it
struct ToggleMarkers {};   // the list of them
struct ToggleOpen {};      // what chooses a file
struct TypePath {          // of the file
  std::string text;
};
struct MarkFile {  // the row that Enter opens; none: what is typed
  std::optional<std::size_t> row;
};
struct SearchLessons {
  std::string text;
};
/// What a file of the session that is shown can be.
enum class FileKind : std::uint8_t {
  kSession,
  kMp4,
  kWebm,
  kGif,
  kPicture,  // of this moment
  kSlides,   // a picture at each marker
  kPage,     // for a browser
  kTrace,    // for ui.perfetto.dev
  kJsonLines,
  kCsv
};
struct ToggleSaveAs {};  // what makes a file of the session
struct ChooseFileKind {
  FileKind kind = FileKind::kSession;
};
struct TypeSavePath {
  std::string text;
};
struct NextPictureSize {};  // of kPictureSizes
struct ToggleFilmRate {};   // 30 or 60 frames a second
struct ToggleCaptions {};   // in the picture, or in a file beside it
/// How much of the session goes into the file: the next of what is possible.
struct NextSaveExtent {};
/// Another recording, which follows in the file.
struct TypeSaveThen {
  std::string text;
};
struct ChangeZoom {
  int by = 0;  // 0: back to 100 %
};
/// Whether a replay shows what was shown when it was recorded.
struct ToggleViewTrack {};
/// The keyboard's way to what can be clicked: from one control to the next, and a click on it.
struct MoveControl {
  int by = 1;
};
struct PressControl {};
struct PointControl {
  std::string label;  // of the one that the keyboard is at from here on; "": none
};
using ToViewer =
    std::variant<FollowGoroutine, FollowObject, LetGo, FocusP, ShowPool, LightPart, SelectTab,
                 ToggleLayout, NextTheme, ToggleLanguage, ToggleMotion, ToggleTimelineAxis,
                 ZoomTimeline, PanTimeline, ScrollSource, ToggleHelp, ToggleLessons, ToggleWorkload,
                 ToggleMarkers, ToggleOpen, TypePath, MarkFile, SearchLessons, ToggleSaveAs,
                 ChooseFileKind, TypeSavePath, NextSaveExtent, TypeSaveThen, ChangeZoom,
                 ToggleBlack, PointLaser, CloseFirst, ToggleEnlarged, ToggleExplained,
                 StepExplained, LookAtSide, FollowBoth, TogglePools, ListPools, SearchPools,
                 MarkPool, ShowStretch, ToggleViewTrack, CloseDialog, MoveControl, PressControl,
                 PointControl, NextPictureSize, ToggleFilmRate, ToggleCaptions>;

// --- to the program --------------------------------------------------------------------------

/// The live session once more, from its start, with what is given here changed.
struct StartAgain {
  std::optional<PoolKind> pool;
  std::optional<std::uint32_t> padding;  // 0, 64, 128
  std::optional<std::uint32_t> pools;
  std::optional<std::uint32_t> workers;
  std::optional<std::string> workload;  // a name of core/sim/workload.h
  std::optional<bool> race;
};
/// A live session as a preset has it, by its label, e.g. "web-server".
struct StartPreset {
  std::string label;
};
/// One of those that the program carries with it, e.g. "S11".
struct OpenLesson {
  std::string name;
};
/// A recording or a script, in place of the session that is shown.
struct OpenFile {
  std::string path;
};
/// The classic pool beside the modern one, both with the same calls: of the lesson or the recording
/// that is shown, or a seeded workload. Where a comparison is shown, back to the recording or to
/// the live session.
struct ToggleComparison {};
struct ToggleFullScreen {};
struct TogglePresenter {};  // the lecturer's own window
/// The last minutes of the live session, as the flight recorder has them, as a file.
struct SaveLast {};
/// The file that ViewState::save_as describes. One at a time.
struct MakeFile {};
struct CancelFile {};
/// The last change of a marker, or, of a file that was cut or joined here, back to what it was made
/// of.
struct Undo {};
/// With the system's own program.
struct ShowFolder {
  std::string path;
};
/// What padding is worth on this machine.
struct MeasurePadding {};
/// What was left of a session that was cut off, and is offered.
struct KeepRescued {};     // among the recordings; it is then shown
struct DiscardRescued {};  // for ever
using ToProgram = std::variant<StartAgain, StartPreset, OpenLesson, OpenFile, ToggleFullScreen,
                               TogglePresenter, SaveLast, MakeFile, CancelFile, Undo, ShowFolder,
                               MeasurePadding, KeepRescued, DiscardRescued, ToggleComparison>;

using Intent = std::variant<ToSession, ToViewer, ToProgram>;
using Intents = std::vector<Intent>;

}  // namespace poolscope::intents
