#pragma once

// A session that stands still: what was seen of it last. It is shown while the session itself is
// being ended on another thread.
//
// Thread safety: the window's thread.
// Invariants: nothing of it ever changes, and the viewer may ask nothing of it.

#include <memory>

#include "app/control/session_source.h"

namespace poolscope {

class StandingSource final : public SessionSource {
 public:
  /// As `session` is seen now.
  explicit StandingSource(const SessionSource& session)
      : model_(session.model()),
        told_(session.told()),
        lanes_(session.lanes()),
        statistics_(session.statistics()),
        past_(session.past()),
        status_(session.status()) {
    status_.playing = false;
    status_.summed = false;
    // The button of a recording stays: it is what is being closed.
    status_.can = {.can_record = status_.can.can_record};
  }

  bool update(std::int64_t /*host_now_ns*/) override { return false; }
  void apply(const intents::ToSession& /*intent*/) override {}
  [[nodiscard]] const Model& model() const override { return model_; }
  [[nodiscard]] const Told& told() const override { return told_; }
  [[nodiscard]] const SessionStatus& status() const override { return status_; }
  [[nodiscard]] std::shared_ptr<const Lanes> lanes() const override { return lanes_; }
  [[nodiscard]] std::shared_ptr<const Statistics> statistics() const override {
    return statistics_;
  }
  [[nodiscard]] PastScan::Open past() const override { return past_; }
  void close() override {}

 private:
  const Model model_;
  const Told told_;
  const std::shared_ptr<const Lanes> lanes_;
  const std::shared_ptr<const Statistics> statistics_;
  const PastScan::Open past_;
  SessionStatus status_;
};

}  // namespace poolscope
