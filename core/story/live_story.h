#pragma once

// All that is gathered from a session while it runs, beside its model.
//
// Thread safety: none of its own; the timeline that feeds it says when it may be read.

#include "core/model/accumulator.h"
#include "core/story/lanes.h"
#include "core/story/statistics.h"
#include "core/story/teller.h"

namespace poolscope {

class LiveStory final : public Accumulator {
 public:
  explicit LiveStory(const Model& base) : teller_(base) {}

  void add(const Event& event, const Model& model) override {
    lanes_.add(event, model);
    statistics_.add(event, model);
    teller_.add(event, model);
  }

  void begin_part(const Model& first) override {
    lanes_.begin_part(first);
    statistics_.begin_part(first);
    teller_.begin_part(first);
  }

  [[nodiscard]] const Lanes& lanes() const { return lanes_; }
  [[nodiscard]] const Statistics& statistics() const { return statistics_; }
  [[nodiscard]] const Teller& teller() const { return teller_; }

 private:
  Lanes lanes_;
  Statistics statistics_;
  Teller teller_;
};

}  // namespace poolscope
