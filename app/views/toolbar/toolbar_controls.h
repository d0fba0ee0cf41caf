#pragma once

// The toolbar's controls, in groups that stay together: how wide each group is, and how it is drawn
// at the next free place of a row.
//
// Thread safety: the thread of the ImGui context.

#include <array>
#include <string>

#include "app/views/paint/paint.h"
#include "app/views/widgets/controls.h"

namespace poolscope::views {

/// Cuts its controls off a row, from the left or from the right; what does not fit is left out.
class Bar {
 public:
  Bar(Painter& painter, const Rect& row, intents::Intents& asked)
      : painter_(painter), asked_(asked), rest_(row) {}

  [[nodiscard]] Painter& painter() { return painter_; }
  [[nodiscard]] intents::Intents& asked() { return asked_; }
  [[nodiscard]] const Rect& rest() const { return rest_; }

  /// The next piece of that width, or an empty one.
  Rect left(float w, float gap) { return take(w, gap, false); }
  Rect right(float w, float gap) { return take(w, gap, true); }

  bool button(const char* label, const Rect& rect, ButtonLook look, bool enabled) {
    return draw_button(painter_, label, rect, look, enabled);
  }

 private:
  Rect take(float w, float gap, bool from_right) {
    if (w > rest_.w) return {};
    const Rect piece = from_right ? rest_.cut_right(w) : rest_.cut_left(w);
    (void)(from_right ? rest_.cut_right(gap) : rest_.cut_left(gap));
    return piece;
  }

  Painter& painter_;
  intents::Intents& asked_;
  Rect rest_;
};

void draw_logo(Bar& bar);
/// The title only where nothing needs its place more.
void draw_title(Bar& bar, float needed_px);

/// What leads to another session: a file, a lesson; and a file made of this one.
float sources_width(const Painter& painter);
void draw_sources(Bar& bar);

float transport_width(const Painter& painter);
void draw_transport(Bar& bar);

float speed_width(const Painter& painter);
void draw_speed(Bar& bar);

/// What a GC does to the pools of this kind.
std::string gc_text(const Painter& painter);
/// Wide enough for the lines that a waiting GC shows, too.
float gc_width(const Painter& painter, const std::string& text);
/// `after_px` is kept free for what stands right of it: where the row is too narrow for both, the
/// button says only "GC".
void draw_gc(Bar& bar, float after_px);

float procs_width(const Painter& painter);
void draw_procs(Bar& bar);

/// The recording, what saves the minutes that were not recorded, and what marks a moment.
float keeping_width(const Painter& painter);
void draw_record(Bar& bar);

/// What the viewer chooses, from the right.
inline constexpr std::array kChoices = {Choice::kHelp,  Choice::kPresenter, Choice::kLanguage,
                                        Choice::kTheme, Choice::kLayout,    Choice::kMotion};
/// From the right: what the viewer chooses, with its name where there is room.
void draw_choices(Bar& bar, bool all, bool named = false);

}  // namespace poolscope::views
