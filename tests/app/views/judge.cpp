#include "tests/app/views/judge.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

#include <fmt/format.h>

namespace poolscope::views::testing {
namespace {

using layout::Point;
using layout::Rect;
using Piece = DrawLog::Piece;
using Kind = Piece::Kind;

/// Rounding to whole pixels and the soft edges of glyphs are no overlap.
constexpr float kTouch_px = 1.0F;
/// Fainter than that, it is a tint that texts can be read through.
constexpr float kSeen = 0.35F;
/// The same of a whole box: the veil over what is still to come lets it be read.
constexpr float kVeil = 0.7F;
/// From here on it hides what lies under it.
constexpr float kHides = 0.95F;

float alpha_of(const Piece& piece) {
  return static_cast<float>(piece.color.a) / 255.0F * piece.opacity;
}

Rect shrunk(const Rect& r, float by) { return r.inset(by, by); }

std::string shown(const Rect& r) {
  return fmt::format("{:.0f},{:.0f} {:.0f}x{:.0f}", r.x, r.y, r.w, r.h);
}

std::string name_of(const Piece& piece) {
  switch (piece.kind) {
    case Kind::kText: return fmt::format("\"{}\" ({})", piece.text, shown(piece.at));
    case Kind::kFill: return fmt::format("a box ({})", shown(piece.at));
    case Kind::kBorder: return fmt::format("an edge ({})", shown(piece.at));
    case Kind::kPath: return fmt::format("a line ({})", shown(piece.at));
    case Kind::kSign: return fmt::format("a sign ({})", shown(piece.at));
    case Kind::kTile: return fmt::format("a tile ({})", shown(piece.at));
  }
  return "";
}

/// Where a straight line of that width crosses `r`, if it does (Liang and Barsky).
bool crosses(Point a, Point b, const Rect& r) {
  float from = 0;
  float to = 1;
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  const auto cut = [&](float p, float q) {
    if (p == 0) return q >= 0;
    const float t = q / p;
    if (p < 0) {
      from = std::max(from, t);
    } else {
      to = std::min(to, t);
    }
    return from <= to;
  };
  return cut(-dx, a.x - r.x) && cut(dx, r.right() - a.x) && cut(-dy, a.y - r.y) &&
         cut(dy, r.bottom() - a.y);
}

bool crosses(const Piece& stroke, const Rect& r) {
  if (r.empty()) return false;
  if (stroke.kind == Kind::kPath) {
    for (std::size_t i = 1; i < stroke.path.size(); ++i) {
      if (crosses(stroke.path[i - 1], stroke.path[i], r)) return true;
    }
    return false;
  }
  const Rect middle = stroke.at.inset(stroke.width / 2);
  const Point a{middle.x, middle.y};
  const Point b{middle.right(), middle.y};
  const Point c{middle.right(), middle.bottom()};
  const Point d{middle.x, middle.bottom()};
  return crosses(a, b, r) || crosses(b, c, r) || crosses(c, d, r) || crosses(d, a, r);
}

class Judge {
 public:
  Judge(const DrawLog& log, const Rules& rules) : log_(log), rules_(rules), pieces_(log.pieces()) {}

  std::vector<Fault> run() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const Piece& piece = pieces_[i];
      if (!counts(piece) || scrolled_away(piece)) continue;
      look_at_place(piece);
      // What is on its way passes over what stands, and over others on their ways.
      const bool passes = scope(piece).layer == DrawLog::Layer::kEffects;
      if (piece.kind == Kind::kText) {
        look_at_text(piece);
        if (!passes) look_over(i);
        look_under(i);
      }
      if (piece.kind == Kind::kTile && !passes) look_at_tile(i);
    }
    return std::move(faults_);
  }

 private:
  [[nodiscard]] const DrawLog::Scope& scope(const Piece& piece) const {
    return log_.scope_of(piece);
  }
  /// What a list's edge cuts is read when the list is scrolled.
  [[nodiscard]] bool scrolled_away(const Piece& piece) const {
    return scope(piece).scrolls && !scope(piece).at.contains(piece.at);
  }
  [[nodiscard]] bool counts(const Piece& piece) const {
    return piece.kind == Kind::kTile || alpha_of(piece) > 0;
  }
  void fault(const char* rule, const Piece& of, std::string what) {
    faults_.push_back({rule, scope(of).name, std::move(what)});
  }

  void look_at_place(const Piece& piece) {
    const Rect& room = scope(piece).at;
    if (room.empty() || piece.kind == Kind::kTile) return;
    if (!shrunk(room, -kTouch_px).contains(shrunk(piece.at, 0))) {
      fault("outside", piece, name_of(piece) + " is not within " + shown(room));
    }
  }

  void look_at_text(const Piece& text) {
    if (text.size_px < rules_.least_px) {
      fault("small", text, fmt::format("{} has {:.1f} px", name_of(text), text.size_px));
    }
    const bool of_user =
        !rules_.of_users.empty() && text.whole.find(rules_.of_users) != std::string::npos;
    if (text.whole != text.text && !of_user) {
      fault("cut", text, fmt::format("{} should say \"{}\"", name_of(text), text.whole));
    }
  }

  /// Whether something between these two hides the first where it meets the second.
  [[nodiscard]] bool hidden_between(std::size_t low, std::size_t high, const Rect& where) const {
    for (std::size_t i = low + 1; i < high; ++i) {
      const Piece& piece = pieces_[i];
      if (piece.kind == Kind::kFill && alpha_of(piece) >= kHides && piece.at.contains(where)) {
        return true;
      }
    }
    return false;
  }

  /// The tile that a text is the number of; none: it stands by itself.
  [[nodiscard]] std::optional<Rect> tile_of(std::size_t text) const {
    for (std::size_t i = text + 1; i < pieces_.size(); ++i) {
      const Piece& piece = pieces_[i];
      if (piece.kind == Kind::kTile && piece.first <= text) return piece.at;
      if (piece.kind == Kind::kText) return std::nullopt;
    }
    return std::nullopt;
  }
  /// Whether an object on its way leaves that tile's place, or comes to it: it lies over what is
  /// there already.
  [[nodiscard]] static bool begins_or_ends_in(const Piece& piece, const std::optional<Rect>& tile) {
    if (!tile) return false;
    return piece.path.size() > 2 &&
           (tile->contains(piece.path.front()) || tile->contains(piece.path.back()));
  }

  /// What lies over a text, or runs under it.
  void look_over(std::size_t at) {
    const Piece& text = pieces_[at];
    const Rect ink = shrunk(text.at, kTouch_px);
    const std::optional<Rect> tile = tile_of(at);
    // What is dimmed lets shine through what lies under it.
    const bool dimmed = text.opacity < 1;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (i == at) continue;
      const Piece& other = pieces_[i];
      const bool route = is_route(other) && scope(text).layer == DrawLog::Layer::kPanels;
      if ((scope(other).layer != scope(text).layer && !route) || !counts(other)) continue;
      if (scrolled_away(other) || begins_or_ends_in(other, tile)) continue;
      const bool over = i > at;
      switch (other.kind) {
        case Kind::kText:
          if (over && ink.overlaps(other.at)) {
            fault("texts", text, name_of(text) + " and " + name_of(other));
          }
          break;
        case Kind::kFill:
          if (!over) {
            // Hairlines are drawn as boxes too.
            if (!dimmed && is_thin(other.at) && alpha_of(other) > kSeen && ink.overlaps(other.at) &&
                !hidden_between(i, at, text.at)) {
              fault("crossed", text,
                    name_of(text) + " by " + name_of(other) + " of " + scope(other).name);
            }
            break;
          }
          [[fallthrough]];
        case Kind::kSign:
          if (over && alpha_of(other) > (other.kind == Kind::kFill ? kVeil : kSeen) &&
              ink.overlaps(other.at)) {
            fault("covered", text,
                  name_of(text) + " by " + name_of(other) + " of " + scope(other).name);
          }
          break;
        case Kind::kBorder:
        case Kind::kPath:
          if (alpha_of(other) > kSeen && crosses(other, ink) &&
              (over || (!dimmed && !hidden_between(i, at, text.at)))) {
            fault("crossed", text,
                  name_of(text) + " by " + name_of(other) + " of " + scope(other).name);
          }
          break;
        case Kind::kTile: break;  // its pieces are there too
      }
    }
  }

  /// What a point of a text stands on: all that was filled there before.
  [[nodiscard]] theme::Color ground(std::size_t text, Point p) const {
    theme::Color color = rules_.background;
    for (std::size_t i = 0; i < text; ++i) {
      const Piece& piece = pieces_[i];
      const bool passes = scope(piece).layer == DrawLog::Layer::kEffects &&
                          scope(pieces_[text]).layer == DrawLog::Layer::kPanels;
      if (piece.kind != Kind::kFill || !piece.at.contains(p) || passes) continue;
      color = theme::blend(piece.color.faded(piece.opacity), color);
    }
    return color;
  }

  /// What is dimmed on purpose, because something else is followed, is not held to the contrast.
  void look_under(std::size_t at) {
    const Piece& text = pieces_[at];
    if (alpha_of(text) < 1 || rules_.least_contrast <= 0) return;
    for (const float part : {0.1F, 0.5F, 0.9F}) {
      const theme::Color under = ground(at, {text.at.x + part * text.at.w, text.at.center().y});
      const double ratio = theme::contrast_ratio(text.color, under);
      if (ratio >= rules_.least_contrast) continue;
      fault(
          "contrast", text,
          fmt::format("{}: {:.2f} : 1, {:02X}{:02X}{:02X} on {:02X}{:02X}{:02X}", name_of(text),
                      ratio, text.color.r, text.color.g, text.color.b, under.r, under.g, under.b));
      return;
    }
  }

  void look_at_tile(std::size_t at) {
    const Piece& tile = pieces_[at];
    for (std::size_t i = tile.first; i < at; ++i) {
      if (!shrunk(tile.at, -kTouch_px).contains(pieces_[i].at)) {
        fault("hangs out", tile, name_of(pieces_[i]) + " of " + name_of(tile));
      }
    }
    const Rect inside = shrunk(tile.at, 2 * kTouch_px);
    for (std::size_t i = at + 1; i < pieces_.size(); ++i) {
      const Piece& other = pieces_[i];
      const bool route = is_route(other) && !begins_or_ends_in(other, tile.at);
      if ((scope(other).layer != scope(tile).layer && !route) || !counts(other)) continue;
      if (other.kind == Kind::kTile) {
        if (inside.overlaps(other.at)) {
          fault("tiles", tile, name_of(tile) + " under " + name_of(other));
        }
        continue;
      }
      if (!is_stroke(other) || alpha_of(other) <= kSeen) continue;
      if (crosses(other, inside))
        fault("tile crossed", tile, name_of(tile) + " by " + name_of(other));
    }
  }

  /// The way of an object, which stands as long as the object is on it.
  [[nodiscard]] bool is_route(const Piece& piece) const {
    return piece.path.size() > 2 && scope(piece).layer == DrawLog::Layer::kEffects;
  }
  static bool is_thin(const Rect& r) { return std::min(r.w, r.h) <= 3; }
  static bool is_stroke(const Piece& piece) {
    return piece.kind == Kind::kPath || piece.kind == Kind::kBorder;
  }

  const DrawLog& log_;
  const Rules& rules_;
  const std::vector<Piece>& pieces_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> faults_of(const DrawLog& log, const Rules& rules) {
  return Judge(log, rules).run();
}

}  // namespace poolscope::views::testing
