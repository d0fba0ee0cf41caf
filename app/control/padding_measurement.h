#pragma once

// Measures beside the window what padding is worth on this machine.
//
// Thread safety: the window's thread; the measuring threads are its own.

#include <atomic>
#include <future>
#include <optional>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/sim/padding_cost.h"

namespace poolscope {

class PaddingMeasurement {
 public:
  PaddingMeasurement() = default;
  /// Gives up what is under way, and waits for that: two rounds at most.
  ~PaddingMeasurement() { given_up_ = true; }
  PaddingMeasurement(const PaddingMeasurement&) = delete;
  PaddingMeasurement& operator=(const PaddingMeasurement&) = delete;

  /// Measures anew, without waiting; nothing where it does so already.
  void begin();
  [[nodiscard]] bool busy() const { return measuring_.valid(); }
  /// Takes in what has been measured. Whether anything has changed.
  bool update();
  /// What was measured last.
  [[nodiscard]] const std::optional<PaddingCost>& cost() const { return cost_; }
  /// Why it could not be measured; said once.
  std::optional<std::string> take_problem() { return std::exchange(problem_, std::nullopt); }

 private:
  std::atomic<bool> given_up_{false};
  std::optional<PaddingCost> cost_;
  std::optional<std::string> problem_;
  std::future<Expected<PaddingCost>> measuring_;  // last: its thread ends before what it uses
};

}  // namespace poolscope
