#pragma once

// A page as its script reads it: the data that it carries, and the state after each row. This is
// assets/page/state.js once more, as small as it can be; a browser's own is held against the same
// in tests/browser/page_test.cpp.
//
// Thread safety: none.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/page/picture.h"
#include "tests/support/placed_objects.h"

namespace poolscope::testing {

class ReadPage {
 public:
  explicit ReadPage(const std::string& html);

  [[nodiscard]] const nlohmann::json& data() const { return data_; }
  [[nodiscard]] const nlohmann::json& rows() const { return rows_; }

  /// Applies the next row.
  void next();
  /// How many were applied.
  [[nodiscard]] std::size_t applied() const { return applied_; }

  /// After the rows that were applied: the number of the last one's event, and its time.
  [[nodiscard]] std::uint64_t seq() const { return seq_; }
  [[nodiscard]] std::int64_t time_us() const { return time_us_; }
  [[nodiscard]] std::uint64_t value(page::What what, std::uint64_t index = 0) const;
  [[nodiscard]] PlacedObjects placed() const;
  /// A text by its number, in the language of that number.
  [[nodiscard]] std::string text(std::uint64_t number, std::size_t language = 0) const;

 private:
  nlohmann::json data_;
  nlohmann::json rows_;
  std::size_t applied_ = 0;
  std::uint64_t seq_ = 0;
  std::int64_t time_us_ = 0;
  std::map<std::uint64_t, std::uint64_t> starts_;  // row to number
  std::map<std::pair<int, std::uint64_t>, std::size_t> fields_;
  std::vector<std::uint64_t> values_;
  std::vector<std::vector<std::uint32_t>> lists_;
};

/// The text of an element <script ... id="ID">.
std::string script_of(const std::string& html, const std::string& id);

}  // namespace poolscope::testing
