#pragma once

// A recording, replayed: a playhead over a file.
//
// Thread safety: the window's thread. A thread of its own reads the file through once for the lanes
// of the timeline, which fill up meanwhile.
// Invariants: of the file only its markers and its view track are changed; a chunk that cannot be
// read stops the playhead and becomes the problem.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/control/again.h"
#include "app/control/event_store.h"
#include "app/control/kept_annotations.h"
#include "app/control/player.h"
#include "app/control/session_source.h"
#include "app/control/settling.h"
#include "app/control/view_retake.h"
#include "core/base/error.h"

namespace poolscope {

class LanesLoader;

class ReplaySource final : public SessionSource {
 public:
  /// Opens the recording and plays it from its begin. Errors as of Reader::open.
  static Expected<std::unique_ptr<ReplaySource>> open(const std::filesystem::path& file);
  ~ReplaySource() override;

  bool update(std::int64_t host_now_ns) override;
  void apply(const intents::ToSession& intent) override;
  [[nodiscard]] const Model& model() const override { return player_.model(); }
  [[nodiscard]] const Told& told() const override { return player_.told(); }
  [[nodiscard]] const SessionStatus& status() const override { return status_; }
  [[nodiscard]] std::shared_ptr<const Lanes> lanes() const override { return lanes_; }
  [[nodiscard]] std::shared_ptr<const Statistics> statistics() const override {
    return statistics_;
  }
  [[nodiscard]] PastScan::Open past() const override { return opener_of(store_.reader().path()); }
  void read_annotations_again() override;
  bool hasten_annotations() override { return kept_.hasten(); }
  void close() override;

 private:
  explicit ReplaySource(std::unique_ptr<Reader> reader);

  /// Where the viewer was before something was shown once more.
  struct Back {
    Again again;
    std::uint64_t seq = 0;
    int speed = 0;
    bool playing = false;
  };

  void toggle_play();
  void show_again();
  void return_if_shown();
  void play_lesson(const intents::PlayLesson& wanted);
  void change_markers(const intents::ChangeMarkers& wanted);
  void go_to_marker(const intents::GoToMarker& wanted);
  void play_to_next_marker();
  void toggle_retake();
  void end_retake();
  void leave_again();
  void move(const intents::MovePlayhead& wanted);
  void tell_status();
  void stop_at(const Error& error);
  void measure_rate();

  FileStore store_;
  Player player_;
  KeptAnnotations kept_;
  std::optional<ViewRetake> retake_;
  Settling settling_;
  std::optional<Back> back_;
  std::unique_ptr<LanesLoader> loader_;
  std::shared_ptr<const Lanes> lanes_;
  std::shared_ptr<const Statistics> statistics_;
  std::int64_t host_ns_ = 0;  // of the last update; 0: none yet
  std::uint64_t rate_operations_ = 0;
  std::int64_t rate_since_ns_ = 0;    // session time
  double operations_per_second_ = 0;  // of session time
  SessionStatus status_;
};

}  // namespace poolscope
