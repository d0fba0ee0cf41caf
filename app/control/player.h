#pragma once

// The playhead over a recorded past: stands, steps, seeks, plays on by time or by step.
//
// Between two events the playhead's time goes on while its model does not, so that motion is smooth
// at any speed. Played by step, each step takes the same time on the host's clock and the session's
// time runs from one step to the next within it.
//
// Thread safety: the window's thread.
// Invariants: model() is the state after playhead().seq; playhead().time_ns lies between that event
// and the next.

#include <cstdint>
#include <optional>

#include "app/control/event_store.h"
#include "app/control/session_status.h"
#include "app/control/speeds.h"
#include "app/intents/intents.h"
#include "core/base/error.h"
#include "core/base/position.h"
#include "core/model/model.h"

namespace poolscope {

class Player {
 public:
  static constexpr std::int64_t kMostIdle_ns = 1'000'000'000;

  /// Stands at the state `model`, which is one of the store's session; `told` is its story.
  Player(Model model, Told told);

  [[nodiscard]] const Model& model() const { return model_; }
  [[nodiscard]] const Told& told() const { return told_; }
  [[nodiscard]] Position playhead() const { return playhead_; }
  [[nodiscard]] bool playing() const { return playing_; }
  void play(bool on) {
    playing_ = on;
    backwards_ = false;
    steps_back_ = 0;
    until_.reset();
  }
  /// Plays back towards the first state, and stops there.
  void play_backwards() {
    play(true);
    backwards_ = true;
    stride_.reset();
  }
  /// Plays on until `place`, which lies ahead, and stops just there.
  void play_until(Position place) {
    play(true);
    until_ = place;
  }
  [[nodiscard]] const ReplaySpeed& speed() const;
  [[nodiscard]] int speed_index() const { return speed_; }
  void set_speed(int index);
  /// Once it has played to the end of the loop it goes on at its start.
  void change_loop(const intents::ChangeLoop& wanted);
  [[nodiscard]] const Loop& loop() const { return loop_; }
  /// Whether, played by time, it goes on to the next event where nothing has happened for
  /// kMostIdle_ns of the host's time; at first it does not.
  void skip_waits(bool on) { skips_waits_ = on; }
  [[nodiscard]] bool skips_waits() const { return skips_waits_; }
  /// Whether it keeps to its loop; at first it does.
  void keep_to_loop(bool on) { keeps_to_loop_ = on; }
  [[nodiscard]] bool at_end(const EventStore& store) const;

  /// Plays on for so much of the host's time. Stops at the end. Returns whether anything moved.
  Expected<bool> advance(EventStore& store, std::int64_t host_ns);

  /// Steps or seeks.
  Expected<void> move(EventStore& store, const intents::MovePlayhead& move);

  Expected<void> seek_seq(EventStore& store, std::uint64_t seq);
  Expected<void> seek_time(EventStore& store, std::int64_t time_ns);
  Expected<void> seek(EventStore& store, Position place);

 private:
  /// The step that is being played towards.
  struct Stride {
    std::uint64_t to_seq;
    std::int64_t from_ns;
    std::int64_t to_ns;
    double share;  // of it that is done
  };

  [[nodiscard]] bool paced() const { return model_.step_time_ns != 0; }
  Expected<void> advance_by_time(EventStore& store, std::int64_t host_ns);
  Expected<void> skip_wait(EventStore& store);
  Expected<void> advance_by_step(EventStore& store, std::int64_t host_ns);
  Expected<void> go_back_by_step(EventStore& store, std::int64_t host_ns);
  Expected<bool> begin_stride(EventStore& store);
  Expected<void> step(EventStore& store, bool forward, double fraction);
  /// To `time_ns`, and to the last event until then that is not after `most_seq`.
  Expected<void> go_to(EventStore& store, std::int64_t time_ns, std::uint64_t most_seq);
  /// Whether it has come to where it was to stop.
  [[nodiscard]] bool reached() const;
  Expected<void> read_state(EventStore& store, std::uint64_t seq);

  Model model_;
  Teller teller_;
  Told told_;
  Position playhead_;
  bool playing_ = false;
  bool backwards_ = false;
  double steps_back_ = 0;  // of a step that is still to be played backwards
  int speed_ = as_it_was();
  double fraction_ns_ = 0;  // of a nanosecond of the session that is still to be played
  std::optional<Stride> stride_;
  std::optional<Position> until_;  // where it stops by itself
  Loop loop_;
  bool keeps_to_loop_ = true;
  bool skips_waits_ = false;
};

}  // namespace poolscope
