#pragma once

// The flight recorder: whatever the viewer does, the last minutes of the live session are in a file
// of bounded size, from which they can be saved, and which is still there after a crash.
//
// It is one recorder of a program, not of a session: where another live session follows, it goes on
// in the same file as a new segment. The end of the program takes the file away.
//
// Thread safety: take() from the collector's thread and begin_session() from the one that starts a
// session, never both at once; running() from any; the rest from the window's.
// Invariants: nobody waits for its disk. It makes and closes its file, and saves from it, on
// threads beside. Where the disk does not keep up, or is full, the recorder ends itself and says so
// once; the session goes on. Its file is bounded by the recorder's keep_last.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/model/model.h"
#include "core/session/recorder.h"
#include "core/trace/event.h"

namespace poolscope {

/// So much of the end of a live session the flight recorder keeps, whichever is less.
inline constexpr std::size_t kFlight_MiB = 1024;
inline constexpr std::int64_t kFlight_ns = std::int64_t{30} * 60 * 1'000'000'000;
/// So much of it *Save the last 5 min* saves.
inline constexpr std::int64_t kSaveLast_ns = std::int64_t{5} * 60 * 1'000'000'000;

/// The options of a flight recorder that keeps `mib` MiB and kFlight_ns at most.
RecorderOptions flight_options(std::string program, std::size_t mib = kFlight_MiB);

class FlightRecorder {
 public:
  /// Its file will lie in `folder`, which is made where it is missing.
  FlightRecorder(std::filesystem::path folder, RecorderOptions options);
  /// As end(), and waits as long as it takes.
  ~FlightRecorder();
  FlightRecorder(const FlightRecorder&) = delete;
  FlightRecorder& operator=(const FlightRecorder&) = delete;

  /// A session starts with the state `base`: what comes from here on belongs to it.
  void begin_session(const Model& base);
  /// The next events of the session.
  void take(std::span<const Event> events);
  /// The markers of that session, as they are now.
  void set_markers(std::vector<Marker> markers);
  /// What the viewer has changed in the view.
  void add_view(const ViewChange& change);
  /// Whether there is something to save from.
  [[nodiscard]] bool running() const { return running_.load(); }

  /// Saves the last `length_ns` of session time as a new file in `folder`, without waiting:
  /// take_saved() names it. Does nothing while saving() or where it is not running().
  void save_last(const std::filesystem::path& folder, std::int64_t length_ns);
  [[nodiscard]] bool saving() const { return saving_.valid(); }

  /// Takes in what the threads beside have done.
  void update();
  /// The file that was saved since the last call.
  std::optional<std::string> take_saved() { return std::exchange(saved_, std::nullopt); }
  /// Why it could not be saved; said once.
  std::optional<std::string> take_problem() { return std::exchange(problem_, std::nullopt); }
  /// Why the recorder has ended by itself; said once.
  std::optional<std::string> take_failure();

  /// Gives up what is being saved, closes the file and removes it. False: a disk holds that up for
  /// longer than `most`; then a thread is still at it.
  bool end(std::chrono::milliseconds most);

 private:
  /// What happens before the file is there.
  struct Part {
    Model base;
    std::vector<Event> events;
    std::vector<ViewChange> views;
    std::vector<Marker> markers;
  };

  void open(const Model& base);
  void feed_parts(Recorder& recorder);
  void fail(const std::string& why);
  void fail_to_keep_up();
  void begin_closing();
  void close();
  /// What is to be in the file before it is saved from.
  struct Until {
    std::uint64_t events = 0;
    std::uint64_t notes = 0;
  };
  [[nodiscard]] Expected<std::string> save(const std::shared_ptr<Recorder>& recorder, Until until,
                                           const std::filesystem::path& folder,
                                           std::int64_t length_ns) const;

  const std::filesystem::path folder_;
  const RecorderOptions options_;
  std::atomic<bool> running_{false};
  std::atomic<bool> given_up_{false};  // what is being saved
  std::optional<std::string> saved_;
  std::optional<std::string> problem_;

  std::mutex mutex_;  // guards what stands below; nobody holds it while waiting for a disk
  bool ended_ = false;
  std::optional<std::string> failure_;
  std::vector<Part> parts_;  // until recorder_ is there
  std::size_t part_events_ = 0;
  std::shared_ptr<Recorder> recorder_;
  std::future<void> opening_;  // valid from the first session on

  // Last: their threads end before what they use.
  std::future<void> closing_;
  std::future<Expected<std::string>> saving_;
};

}  // namespace poolscope
