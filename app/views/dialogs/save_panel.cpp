// A row for each kind of file, which part of the session, and where the file goes.

#include "app/views/dialogs/save_panel.h"

#include <string>

#include "app/intents/file_kinds.h"
#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/dialog_box.h"
#include "app/views/widgets/text_field.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using intents::FileKind;
using locale::tr;
using locale::trf;

constexpr std::size_t kMostSavePath = 1024;  // bytes

struct KindWords {
  std::string name;
  std::string about;
};

KindWords words_of(const ViewInput& input, FileKind kind) {
  const SessionStatus& session = input.session;
  switch (kind) {
    case FileKind::kSession: return {tr("Session"), tr("to replay here, with its markers")};
    case FileKind::kMp4: return {tr("Film (mp4)"), tr("for slides; at the speed of the replay")};
    case FileKind::kWebm: return {tr("Film (webm)"), tr("for web pages")};
    case FileKind::kGif: return {tr("Film (gif)"), tr("plays everywhere; large when it is long")};
    case FileKind::kPicture: return {tr("Picture"), tr("of this moment")};
    case FileKind::kSlides:
      return {tr("Pictures"),
              locale::trnf("one, at the {0} marker", "one at each of the {0} markers",
                           static_cast<unsigned long>(session.markers->size()))};
    case FileKind::kPage:
      return {tr("Page (html)"), tr("one file that replays in any browser, without network")};
    case FileKind::kTrace: return {tr("Trace (json)"), tr("for ui.perfetto.dev")};
    case FileKind::kJsonLines: return {tr("Events (jsonl)"), tr("a line of JSON for each event")};
    case FileKind::kCsv: return {tr("Events (csv)"), tr("a table")};
  }
  return {};
}

/// Whether there is anything to make it of.
bool can_make(const ViewInput& input, FileKind kind) {
  return kind != FileKind::kSlides || !input.session.markers->empty();
}

/// Whether it has just been chosen with the mouse.
bool draw_kind(Painter& painter, Rect row, const intents::FileKindFacts& facts,
               intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const auto& theme = painter.theme();
  const bool chosen = input.state.save_as.kind == facts.kind;
  const bool can = can_make(input, facts.kind);
  const auto touch = painter.touch(facts.label, row, can);
  if (chosen || (can && touch.hovered)) {
    painter.fill(row, theme.raised, painter.sizes().radius_button);
  }
  if (chosen) {
    painter.border(row, theme.priv.text, painter.sizes().outline, painter.sizes().radius_button);
  }
  const KindWords words = words_of(input, facts.kind);
  row = row.inset(painter.px(theme::space::kClose), 0);
  painter.text_in(row.cut_left(painter.px(theme::space::kKindName)), FontRole::kBody,
                  can ? theme.text_hi : theme.text_low, words.name);
  painter.text_in(row, FontRole::kSmall, can ? theme.text_mid : theme.text_low, words.about);
  if (!can || !touch.clicked) return false;
  asked.emplace_back(intents::ChooseFileKind{facts.kind});
  return !input.state.control_pressed;
}

// All of the session, or the part between the ends of the loop.
void draw_part(Painter& painter, Rect row, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const Loop& loop = input.session.loop;
  const auto& theme = painter.theme();
  if (!intents::takes_part(input.state.save_as.kind)) return;
  if (!loop.whole()) {
    painter.text_in(row, FontRole::kSmall, theme.text_mid,
                    tr("All of the session. For a part of it set a loop: I and O."));
    return;
  }
  row = {row.x, row.center().y - painter.sizes().button_h / 2, row.w, painter.sizes().button_h};
  const std::int64_t origin_ns = input.session.origin.time_ns;
  const std::string in = clock_text(loop.in->time_ns - origin_ns);
  const std::string out = clock_text(loop.out->time_ns - origin_ns);
  std::string shown;
  switch (input.state.save_as.extent(input.session)) {
    case SaveExtent::kAll: shown = tr("All of the session"); break;
    case SaveExtent::kLoop: shown = trf("From {0} to {1}", in, out); break;
    case SaveExtent::kAllButLoop: shown = trf("All but {0} to {1}", in, out); break;
  }
  if (draw_text_button(painter, "save.part", row, shown,
                       tr("All of it, the part between the ends of the loop, or the rest"))) {
    asked.emplace_back(intents::NextSaveExtent{});
  }
}

// Another recording behind this one.
void draw_then(Painter& painter, Rect row, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  if (!input.state.save_as.can_join(input.session)) return;
  row.h = painter.sizes().button_h;
  const Typed typed = draw_text_field(painter, row,
                                      {.label = "save.then",
                                       .id = "save then",
                                       .hint = tr("Followed by: the path of another recording"),
                                       .most_bytes = kMostSavePath},
                                      input.state.save_as.then);
  if (typed.text) asked.emplace_back(intents::TypeSaveThen{*typed.text});
}

// How a picture or a film is drawn. It stands where another recording would.
void draw_drawing(Painter& painter, Rect row, intents::Intents& asked) {
  const SaveAs& wanted = painter.input().state.save_as;
  if (intents::facts_of(wanted.kind).maker != intents::FileMaker::kRender) return;
  row.h = painter.sizes().button_h;
  const auto button = [&](const char* label, const std::string& text, const std::string& hint) {
    const bool clicked = draw_text_button(painter, label, row, text, hint);
    row.cut_left(painter.px(theme::space::kClose));
    return clicked;
  };
  if (button("save.size", std::string(intents::kPictureSizes.at(wanted.size)),
             tr("Pixels of the picture"))) {
    asked.emplace_back(intents::NextPictureSize{});
  }
  if (!intents::is_film(wanted.kind)) return;
  if (button("save.fps", trf("{0} frames a second", wanted.fast ? 60 : 30),
             tr("How smooth the film is"))) {
    asked.emplace_back(intents::ToggleFilmRate{});
  }
  if (!intents::has_captions(wanted.kind)) return;
  if (button("save.captions",
             wanted.captions ? tr("Captions in a file (.srt)") : tr("Captions in the picture"),
             tr("Where what is said in the film stands"))) {
    asked.emplace_back(intents::ToggleCaptions{});
  }
}

// `chosen`: a click has just chosen what kind of file it is, and Enter makes it. A choice that was
// made with the keyboard leaves it where it is: Enter there chooses once more.
void draw_save_path(Painter& painter, Rect row, bool chosen, intents::Intents& asked) {
  const views::SaveAs& wanted = painter.input().state.save_as;
  row.h = painter.sizes().button_h;
  const std::string word = tr("Save");
  const Rect ok =
      row.cut_right(painter.width_of(FontRole::kSmall, word) + painter.px(theme::space::kButton));
  row.cut_right(painter.px(theme::space::kClose));
  const Typed typed = draw_text_field(painter, row,
                                      {.label = "save.path",
                                       .id = "save path",
                                       .hint = tr("Path of the file"),
                                       .most_bytes = kMostSavePath,
                                       .focused = true,
                                       .again = chosen},
                                      wanted.path);
  if (typed.text) asked.emplace_back(intents::TypeSavePath{*typed.text});
  const bool can =
      !typed.text.value_or(wanted.path).empty() && can_make(painter.input(), wanted.kind);
  const bool clicked = draw_button(painter, "save.ok", ok, ButtonLook::kPrimary, can);
  painter.text_in(ok, FontRole::kSmall, painter.theme().on_fill, word, Align::kCenter);
  // The same button by the name of what it does.
  switch (intents::facts_of(wanted.kind).maker) {
    case intents::FileMaker::kCut: break;
    case intents::FileMaker::kRender: painter.input().labels.record("render", ok, can); break;
    case intents::FileMaker::kExport: painter.input().labels.record("export", ok, can); break;
  }
  if (can && (clicked || typed.entered)) asked.emplace_back(intents::MakeFile{});
}

}  // namespace

layout::Rect least_save(const ViewInput& input) {
  const Painter painter = Painter::to_measure(input);
  const layout::Rect margins = dialog_margins(painter);
  const auto kinds = static_cast<float>(intents::kFileKinds.size());
  return {0, 0, painter.px(theme::space::kWorkloadWidth) + margins.w,
          kinds * painter.sizes().button_h + 4.6F * dialog_row_height(painter) + margins.h};
}

void draw_save(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  const auto [box, inside] = draw_dialog_box(painter, area, least_save(input));
  Rect in = inside;
  painter.text_in(in.cut_top(dialog_row_height(painter)), FontRole::kTitle, painter.theme().text_hi,
                  tr("Save as"));
  bool chosen = false;
  for (const intents::FileKindFacts& facts : intents::kFileKinds) {
    chosen |= draw_kind(painter, in.cut_top(painter.sizes().button_h), facts, asked);
  }
  draw_part(painter, in.cut_top(dialog_row_height(painter) * 1.3F), asked);
  const Rect choices = in.cut_top(dialog_row_height(painter));
  draw_drawing(painter, choices, asked);
  draw_then(painter, choices, asked);
  draw_save_path(painter, in.cut_top(dialog_row_height(painter) * 1.3F), chosen, asked);
  if (closes_dialog(painter, "save.as", area, box)) asked.emplace_back(intents::ToggleSaveAs{});
}

}  // namespace poolscope::views
