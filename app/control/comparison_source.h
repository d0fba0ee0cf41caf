#pragma once

// Two sessions side by side, with one playhead over both (comparison.h).
//
// To a window it is a session of its own: its first side. The second is other_side().
//
// Thread safety: the window's thread.
// Invariants: both sides are where the comparison has them at status().comparison->time_ns.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/control/compared_side.h"
#include "app/control/comparison.h"
#include "app/control/player.h"
#include "app/control/session_source.h"
#include "app/control/settling.h"
#include "app/control/speeds.h"

namespace poolscope {

class ComparisonSource final : public SessionSource {
 public:
  ComparisonSource(ComparedSide a, ComparedSide b);

  bool update(std::int64_t host_now_ns) override;
  void apply(const intents::ToSession& intent) override;
  [[nodiscard]] const Model& model() const override { return sides_[0].player.model(); }
  [[nodiscard]] const Told& told() const override { return sides_[0].player.told(); }
  [[nodiscard]] const SessionStatus& status() const override { return sides_[0].status; }
  [[nodiscard]] std::optional<OtherSide> other_side() const override;
  /// None: what there is to be seen of time are the calls.
  [[nodiscard]] std::shared_ptr<const Lanes> lanes() const override { return lanes_; }
  [[nodiscard]] std::shared_ptr<const Statistics> statistics() const override {
    return statistics_;
  }
  /// Of the first side.
  [[nodiscard]] PastScan::Open past() const override { return past_; }
  void close() override;

 private:
  struct Side {
    std::unique_ptr<EventStore> store;
    Player player;
    SessionStatus status;
    Settling settling = {};  // by time: between two calls all has come to rest
  };
  enum class Towards : std::uint8_t { kForward, kBack };

  static Side side_from(std::unique_ptr<EventStore> store);
  void move(const intents::MovePlayhead& wanted);
  void step(Towards towards, bool by_event);
  void step_call(Towards towards);
  /// By time: to the next or the last moment at which something happens on a side.
  Expected<std::int64_t> moment_near(std::size_t side, Towards towards, bool by_event);
  void go_to_difference(Towards towards);
  void go_to_gc(Towards towards);
  void go_to_call_if(Towards towards, bool (*wanted)(const Comparison&, std::size_t call),
                     const char* none);
  void toggle_play();
  void set_speed(int index);
  void play_on(std::int64_t host_ns);
  /// What a call takes at this speed, as a factor of the time over both.
  [[nodiscard]] double pace() const;
  void go_to(std::int64_t time_ns);
  void show(std::int64_t time_ns);
  void tell_status();

  const std::shared_ptr<const Comparison> of_;
  const PastScan::Open past_;
  const std::shared_ptr<const Lanes> lanes_ = std::make_shared<Lanes>();
  const std::shared_ptr<const Statistics> statistics_ = std::make_shared<Statistics>();
  std::array<Side, kSides> sides_;
  std::vector<ReplaySpeed> speeds_;
  int speed_ = 0;
  std::int64_t time_ns_ = 0;  // over both
  double fraction_ns_ = 0;
  bool playing_ = false;
  std::int64_t until_ns_ = 0;  // where it stops
  std::int64_t host_ns_ = 0;   // of the last update; 0: none yet
};

}  // namespace poolscope
