#pragma once

// What a frame has drawn, as values, in the order of drawing: for tests, which ask of a picture
// whether its texts can be read. Nothing is kept where nobody asks for it.
//
// Thread safety: none of its own.
// Invariants: a piece stands where it was drawn, in window pixels. `begin_frame` empties it.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/layout/rect.h"
#include "app/theme/tokens.h"

namespace poolscope::views {

class DrawLog {
 public:
  struct Piece {
    enum class Kind : unsigned char {
      kText,    // one line
      kFill,    // a filled rectangle
      kBorder,  // the edges of a rectangle
      kPath,    // a line, or several that hang together
      kSign,    // a small shape: `at` is the rectangle around it
      kTile,    // the place of an object; its pieces are those from `first` on
    };
    Kind kind = Kind::kFill;
    layout::Rect at;  // kText: as wide as the line, as high as what is inked of it
    theme::Color color{};
    float opacity = 1;                // besides the colour's own
    float width = 0;                  // kBorder, kPath: of the stroke
    std::vector<layout::Point> path;  // kPath
    std::string text;                 // kText: as it is drawn
    std::string whole;                // kText: what it would say if there were room; else the same
    float size_px = 0;                // kText: of the type
    std::size_t first = 0;            // kTile
    std::size_t scope = 0;            // in scopes()
  };

  /// From the lowest: each lies over all of those before it.
  enum class Layer : unsigned char { kPanels, kEffects, kDialogs };

  /// A panel or a dialog: what is drawn from its entering on belongs to it.
  struct Scope {
    std::string name;
    layout::Rect at;
    Layer layer = Layer::kPanels;
    bool scrolls = false;  // its edges cut what is only partly in sight
  };

  void begin_frame() {
    pieces_.clear();
    scopes_.clear();
  }
  void enter(std::string_view name, const layout::Rect& at, Layer layer = Layer::kPanels,
             bool scrolls = false) {
    scopes_.push_back({std::string(name), at, layer, scrolls});
  }
  /// What is drawn from here on belongs to the scope before the last `enter` again.
  void leave() {
    if (scopes_.size() > 1) scopes_.push_back(scopes_[scopes_.size() - 2]);
  }
  /// Before the first `enter` a piece belongs to a scope without a name.
  void add(Piece piece) {
    if (scopes_.empty()) scopes_.push_back({});
    piece.scope = scopes_.size() - 1;
    pieces_.push_back(std::move(piece));
  }

  /// In the order of drawing.
  [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }
  [[nodiscard]] const std::vector<Scope>& scopes() const { return scopes_; }
  [[nodiscard]] const Scope& scope_of(const Piece& piece) const { return scopes_[piece.scope]; }

 private:
  std::vector<Piece> pieces_;
  std::vector<Scope> scopes_;
};

}  // namespace poolscope::views
