#pragma once

// Drawing with roles: rectangles, text and the small signs that every panel uses, and the controls
// behind them. What Dear ImGui's draw list offers, in our colours, rectangles and fonts.
//
// Thread safety: the thread of the ImGui context.
// Invariants: no colour or size is chosen here; text is placed on whole pixels.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "app/frame/draw_log.h"
#include "app/frame/view_input.h"
#include "app/layout/rect.h"
#include "app/theme/tokens.h"
#include "app/theme/type.h"

struct ImDrawList;

namespace poolscope::views {

using layout::Point;
using layout::Rect;
using theme::Color;
using theme::FontRole;

/// A colour as Dear ImGui takes it.
unsigned int packed(Color color);

/// The sizes of the fonts that the input brings, for the layout.
theme::FontSpecs font_specs_of(const ViewInput& input);

enum class Align { kLeft, kCenter, kRight };

class Painter {
 public:
  /// Draws into the current ImGui window, within a frame.
  explicit Painter(const ViewInput& input);
  /// Only measures; between ImGui windows too, where ImGui would open one of its own to draw in.
  static Painter to_measure(const ViewInput& input);

  [[nodiscard]] const theme::Theme& theme() const { return input_.theme; }
  [[nodiscard]] const theme::Sizes& sizes() const { return input_.sizes; }
  [[nodiscard]] const ViewInput& input() const { return input_; }
  /// A length of the design, in px at scale 1, on the screen.
  [[nodiscard]] float px(float at_one) const;

  /// Everything drawn from here is `opacity` times as opaque, until it is set again.
  void set_opacity(float opacity) { opacity_ = opacity; }

  // Shapes. Radii and widths in window pixels.
  void fill(const Rect& rect, Color color, float radius = 0);
  void border(const Rect& rect, Color color, float width, float radius = 0);
  void dashed(const Rect& rect, Color color);
  /// Diagonal lines, `rect` is kept to without clipping.
  void hatch(const Rect& rect, Color color);
  /// The same with a distance and a width of the lines, px.
  void hatch(const Rect& rect, Color color, float step, float width);
  void line(Point a, Point b, Color color, float width);
  void polyline(std::span<const Point> points, Color color, float width);
  void dot(Point center, float radius, Color color);
  void ring(Point center, float radius, Color color, float width);
  void half_disc(Point center, float radius, Color color);  // the right half
  void triangle(Point a, Point b, Point c, Color color);

  // Signs, each the second cue of a colour. `size` is their height.
  void triangle_sign(Point center, float size, Color color);  // steal
  void diamond_sign(Point center, float size, Color color);   // victim, GC
  void plus_sign(Point center, float size, Color color);      // New
  void lock_sign(Point center, float size, Color color, bool closed);
  void pin_sign(Point center, float size, Color color);  // pinned

  // Text.
  [[nodiscard]] float width_of(FontRole role, std::string_view text) const;
  [[nodiscard]] float size_of(FontRole role) const;
  /// One line; `left_middle` is the left end of the middle of its capitals. Returns its width.
  float text(FontRole role, Point left_middle, Color color, std::string_view text);
  /// One line in `rect`, vertically centred, shortened with an ellipsis where it is too long.
  /// Returns the width drawn.
  float text_in(const Rect& rect, FontRole role, Color color, std::string_view text,
                Align align = Align::kLeft);
  /// Lines broken at spaces (anywhere between CJK characters) within rect; the last that fits is
  /// shortened. Returns the number of lines.
  int paragraph_in(const Rect& rect, FontRole role, Color color, std::string_view text,
                   float line_height);
  /// The number of lines that paragraph_in needs for all of `text`.
  [[nodiscard]] int lines_of(FontRole role, std::string_view text, float width) const;
  /// `text` or as much of it as fits in `width`, with an ellipsis.
  [[nodiscard]] std::string shortened(FontRole role, std::string_view text, float width) const;

  // Composites.
  /// A panel's frame; returns its inside.
  Rect panel(const Rect& area);
  /// A panel's heading in a line of its own; `note` stands behind it, low, where there is room for
  /// it. Returns the x behind it.
  float heading(const Rect& line, std::string_view title, std::string_view note);
  /// A pill in a role's colour; `filled_dot` draws a dot, otherwise a ring. Returns its width.
  float badge(Point left_middle, const theme::RoleColor& role, std::string_view text,
              bool filled_dot = true, float max_width = 1e9F, float max_height = 1e9F);
  [[nodiscard]] float badge_width(std::string_view text) const;

  // What the log is told, where there is one: how pieces belong together.
  /// What is drawn from here on lies over all panels, until `leave`.
  void enter_effects(const Rect& at);
  /// The same of a list that is scrolled within its panel or dialog.
  void enter_list(const Rect& at);
  void leave();
  /// What is drawn from here on is an object's tile, until `end_tile`.
  [[nodiscard]] std::size_t begin_tile() const;
  void end_tile(const Rect& rect, std::size_t begun);

  // Controls: an invisible button at `rect`, recorded under `label`. Nothing happens and nothing is
  // recorded where the input is not interactive.
  struct Touch {
    bool clicked = false;
    bool hovered = false;
    bool held = false;
  };
  Touch touch(std::string_view label, const Rect& rect, bool enabled = true);
  /// The same without a label of the dump, for things that are not controls by name.
  Touch touch_unnamed(std::string_view id, const Rect& rect);
  /// The pointer is a hand in this frame: a click here does something.
  static void point_with_hand();
  /// An outline over everything else.
  void outline_in_front(const Rect& rect) const;
  /// How far the wheel was turned over `rect` in this frame, in notches, away from the viewer
  /// positive.
  [[nodiscard]] float wheel_over(const Rect& rect) const;
  /// A tooltip at the mouse, or under or over `of`, what it is about, where that is not empty.
  void tooltip(std::string_view text, const Rect& of = {});
  /// From here on a tooltip stands under or over this area, so that it hides nothing of it.
  void keep_tooltips_off(const Rect& area) { kept_free_ = area; }

 private:
  Painter(const ViewInput& input, ImDrawList* list) : input_(input), list_(list) {}
  Touch touch_unnamed(std::string_view id, const Rect& rect, bool enabled);
  void silence_where_clicked(const Touch& touch);
  /// A colour as Dear ImGui takes it, at the opacity that is set.
  [[nodiscard]] unsigned int ink(Color color) const;
  /// Tells the log of a piece, where there is one.
  void tell(DrawLog::Piece::Kind kind, const Rect& at, Color color, float width = 0);
  void tell_path(std::span<const Point> points, Color color, float width);
  /// The same of one line of text that has just been drawn; `first_vertex` is its first one.
  void tell_text(FontRole role, Point left_middle, Color color, std::string_view text,
                 std::string_view whole, int first_vertex);
  /// `text`, which is what there is room for of `whole`.
  float line_of_text(FontRole role, Point left_middle, Color color, std::string_view text,
                     std::string_view whole);
  /// Bytes of `text` that make its first line in that width.
  [[nodiscard]] std::size_t first_line(FontRole role, std::string_view text, float width) const;

  const ViewInput& input_;
  ImDrawList* list_;
  float opacity_ = 1.0F;
  Rect kept_free_{};
  bool silent_ = false;  // what the mouse is over has just been clicked
};

}  // namespace poolscope::views
