#pragma once

// One scan over the events of a past, on a thread of its own. It reduces each event once and hands
// it, with the model after it, to as many accumulators as are wanted: lanes, statistics, a search.
//
// Thread safety: the functions may be called from any thread. An accumulator belongs to the scan's
// thread; what others see of it are copies that are published now and then, and at the end.
// Invariants: what latest() gives never changes; a later one holds more. A past that is damaged is
// scanned up to the damage. Whoever destroys or stops a scan waits for kSlice events at most.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "app/control/event_store.h"
#include "core/base/error.h"
#include "core/model/accumulator.h"

namespace poolscope {

/// One of a scan's accumulators, with the copy of it that others may read.
class ScanPart : public Accumulator {
 public:
  // The scan's thread.
  virtual void publish() = 0;
};

/// A T that is an Accumulator, as a part of a scan.
template <class T>
class Gathered final : public ScanPart {
 public:
  explicit Gathered(T empty = T())
      : gathered_(std::move(empty)), latest_(std::make_shared<const T>(gathered_)) {}

  void add(const Event& event, const Model& model) override { gathered_.add(event, model); }
  void begin_part(const Model& first) override { gathered_.begin_part(first); }
  void publish() override {
    auto copy = std::make_shared<T>(gathered_);
    if constexpr (requires { copy->make_levels(); }) copy->make_levels();
    const std::scoped_lock lock(mutex_);
    latest_ = std::move(copy);
  }

  /// What is known so far; never null.
  [[nodiscard]] std::shared_ptr<const T> latest() const {
    const std::scoped_lock lock(mutex_);
    return latest_;
  }

 private:
  T gathered_;
  mutable std::mutex mutex_;
  std::shared_ptr<const T> latest_;
};

/// Opens the recording at `file`, as PastScan wants it.
std::function<Expected<std::unique_ptr<EventStore>>()> opener_of(const std::filesystem::path& file);
/// The same for the past of a session that runs, as it is now.
std::function<Expected<std::unique_ptr<EventStore>>()> opener_of(TimelinePast past);

/// Takes in the events after `model`, at most `most` of them, or the start of the part that comes
/// next; leaves `model` as it is where nothing follows.
Expected<void> scan_slice(EventStore& store, Model& model, std::uint64_t most,
                          std::span<Accumulator* const> takers);

class PastScan {
 public:
  /// Opens the past that is scanned, on the scan's thread: a store that nobody else uses.
  using Open = std::function<Expected<std::unique_ptr<EventStore>>()>;
  using Parts = std::vector<std::shared_ptr<ScanPart>>;

  /// Events between two looks at whether to stop.
  static constexpr std::uint64_t kSlice = 16'384;

  PastScan(Open open, Parts parts);

  /// Asks the scan to end; what it has gathered until then is published.
  void stop() { thread_.request_stop(); }
  /// Whether nothing more will come.
  [[nodiscard]] bool done() const { return done_.load(); }
  /// 0 .. 1: how much of the past has been scanned.
  [[nodiscard]] double progress() const;

 private:
  void run(const std::stop_token& stop);
  void scan(EventStore& store, const std::stop_token& stop);
  void publish();

  const Open open_;
  const Parts parts_;
  const std::vector<Accumulator*> takers_;  // the same
  std::atomic<std::uint64_t> scanned_{0};
  std::atomic<std::uint64_t> events_{0};
  std::atomic<bool> done_{false};
  std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace poolscope
