#pragma once

// Where the controls are: each control reports its label and its place while it is drawn, and the
// composition root writes them to the file of --ui-dump.
//
// Thread safety: none of its own.
// Invariants: one entry a label and frame. `begin_frame` empties it.

#include <string>
#include <string_view>
#include <vector>

#include "app/layout/rect.h"

namespace poolscope::views {

class Labels {
 public:
  /// What Tab finds there.
  enum class Typing : unsigned char {
    kNone,      // no text field
    kField,     // one that takes the keyboard when it is come to
    kHere,      // the one that has it, and gives it up
    kKeepsTab,  // the one that has it: there is a text that Tab completes
  };
  struct Item {
    std::string label;
    layout::Rect rect;  // window pixels
    bool enabled = true;
    bool pressable = false;  // a click on it does something, and so does Enter
    Typing typing = Typing::kNone;
    bool operator==(const Item&) const = default;
  };

  void begin_frame() { items_.clear(); }
  void record(std::string_view label, const layout::Rect& rect, bool enabled,
              bool pressable = false, Typing typing = Typing::kNone) {
    for (Item& item : items_) {
      if (item.label == label) {
        item.rect = rect;
        item.enabled = enabled;
        item.pressable = pressable;
        item.typing = typing;
        return;
      }
    }
    items_.push_back({std::string(label), rect, enabled, pressable, typing});
  }
  /// In the order of drawing.
  [[nodiscard]] const std::vector<Item>& items() const { return items_; }

 private:
  std::vector<Item> items_;
};

}  // namespace poolscope::views
