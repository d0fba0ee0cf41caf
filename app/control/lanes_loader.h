#pragma once

// Reads a recording through once, on a thread of its own, for the lanes of the whole session.
//
// Thread safety: yes.
// Invariants: what lanes() gives never changes; a later one holds more. A file that is damaged
// gives the lanes up to the damage.

#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "core/story/lanes.h"

namespace poolscope {

class LanesLoader {
 public:
  explicit LanesLoader(std::filesystem::path file);

  /// What is known so far; never null.
  [[nodiscard]] std::shared_ptr<const Lanes> lanes() const;

 private:
  void load(const std::stop_token& stop);
  void publish(const Lanes& lanes);

  const std::filesystem::path file_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Lanes> lanes_ = std::make_shared<const Lanes>();
  std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace poolscope
