#pragma once

// A table of plain text.
//
// Thread safety: a value.

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace poolscope::cli {

/// A table whose first column is of words, the others of figures.
class Table {
 public:
  explicit Table(std::vector<std::string> head) { add(std::move(head)); }
  void add(std::vector<std::string> row) {
    widths_.resize(std::max(widths_.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths_[i] = std::max(widths_[i], width(row[i]));
    rows_.push_back(std::move(row));
  }
  [[nodiscard]] std::string text() const {
    std::string text;
    for (const std::vector<std::string>& row : rows_) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string room(widths_[i] - width(row[i]), ' ');
        line += i == 0 ? row[i] + room : "  " + room + row[i];
      }
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n";
    }
    return text;
  }

 private:
  /// Characters, not bytes: a duration has a µ.
  static std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (c & '\xc0') != '\x80'; }));
  }
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> widths_;
};

}  // namespace poolscope::cli
