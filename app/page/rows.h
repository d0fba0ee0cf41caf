#pragma once

// The events of the page: for each state what has changed since the one before it, as JSON.
//
// Thread safety: the thread that sets the language (see Languages).
// Invariants: row i is the i-th state that was added. A row is [microseconds since the row before,
// fields, steps, anew]; what is empty at its end is not there. Fields: number, value, number,
// value, ...; steps: object, from, to, ... (see Places); anew: [[place, [objects]], ...].

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "app/page/picture.h"
#include "app/page/places.h"
#include "app/page/told_walk.h"
#include "core/base/position.h"
#include "core/story/lanes.h"

namespace poolscope::page {

class Rows {
 public:
  /// What seqs and times count from.
  Rows(Picture& picture, Position origin) : picture_(picture), origin_(origin) {}

  void add(const ToldState& state);

  [[nodiscard]] std::size_t size() const { return seqs_.size(); }
  /// The row of the state after `seq`; the one before it where there is none.
  [[nodiscard]] std::size_t row_of(std::uint64_t seq) const;

  /// All rows, as the text of a JSON array.
  [[nodiscard]] std::string rows() const { return "[" + text_ + "]"; }
  /// [[row, number of its event]]: of the first, and wherever the number is not that of the row
  /// before and one more.
  [[nodiscard]] nlohmann::json numbers() const;
  /// When the first row is, in microseconds.
  [[nodiscard]] std::int64_t begin_us() const { return begin_us_; }
  [[nodiscard]] const Places& places() const { return places_; }
  /// By P: [first row, last row or -1, kind, object], one behind the other.
  [[nodiscard]] nlohmann::json lanes() const;
  /// [[row, 0 a GC or 1 a change of GOMAXPROCS, GOMAXPROCS after it]]
  [[nodiscard]] nlohmann::json marks() const;

 private:
  Picture& picture_;
  const Position origin_;
  Places places_;
  Lanes lanes_;
  std::string text_;
  std::vector<std::uint64_t> seqs_;  // of the session
  std::int64_t begin_us_ = 0;
  std::int64_t last_us_ = 0;
};

}  // namespace poolscope::page
