// One goroutine by hand, while the others stand or run.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/pool/step.h"
#include "core/sim/simulation.h"
#include "tests/core/sim/auditing_sink.h"

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;

constexpr int kOthers = 5;
constexpr GId kG{3};  // of those that Put and Get

/// Whether who stands there has a lock, for which all others may come to wait.
bool has_a_lock_at(Step step) {
  return step == Step::kPutLocked || step == Step::kGetLocked || step == Step::kSlowLocked ||
         step == Step::kPinSlowLocked || step == Step::kPinSlowPublished;
}

/// Where kG has come to stand, one after the other, and how often the others have.
class Steps final : public EventSink {
 public:
  explicit Steps(const SessionConfig& config) : model_(initial_model(config)) {}

  void on_events(std::span<const Event> events) override {
    const std::scoped_lock lock(mutex_);
    for (const Event& event : events) {
      reduce(model_, event);
      if (event.kind != EventKind::kStand) continue;
      if (event.g == kG) {
        steps_.push_back(event.step());
      } else {
        ++others_;
      }
    }
  }
  [[nodiscard]] std::vector<Step> steps() const {
    const std::scoped_lock lock(mutex_);
    return steps_;
  }
  [[nodiscard]] int others() const {
    const std::scoped_lock lock(mutex_);
    return others_;
  }
  [[nodiscard]] Model model() const {
    const std::scoped_lock lock(mutex_);
    return model_;
  }

 private:
  mutable std::mutex mutex_;
  Model model_;
  std::vector<Step> steps_;
  int others_ = 0;
};

struct Case {
  PoolKind pool;
  Speed speed;
  std::string name;
};
void PrintTo(const Case& session, std::ostream* out) { *out << session.name; }

class Held : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    SimulationOptions options;
    options.config.pool = GetParam().pool;
    options.config.pacing = GetParam().speed.pacing;
    options.config.step_time_ns = GetParam().speed.step_time_ns;
    auto created = Simulation::create(options);
    ASSERT_TRUE(created.has_value());
    simulation_ = std::move(*created);
    sink_ = std::make_unique<Steps>(simulation_->config());
    simulation_->start(*sink_);
    simulation_->hold(kG);
    while (sink_->steps().empty()) std::this_thread::sleep_for(1ms);
    settle();
  }
  void TearDown() override {
    simulation_->stop();
    const Model model = sink_->model();
    EXPECT_EQ(model.divergences, 0U) << first_divergence(model);
    EXPECT_TRUE(simulation_->accounting().holds());
  }

  /// Sends it, and waits until it stands at `end`, or where it has made one step.
  void send(Way way, std::optional<Step> end = std::nullopt) const {
    const std::size_t before = sink_->steps().size();
    simulation_->send(kG, way);
    const auto there = [&] {
      const std::vector<Step> steps = sink_->steps();
      return steps.size() > before && (!end || steps.back() == *end);
    };
    while (!there()) std::this_thread::sleep_for(1ms);
  }
  /// It may be on its way yet: until it has stood for a while.
  void settle() const {
    for (int looks = 0; looks < 10; std::this_thread::sleep_for(2ms)) {
      looks = sink_->model().gs[kG.value].step != Step::kNone ? looks + 1 : 0;
    }
  }
  /// That it has ended.
  [[nodiscard]] std::uint64_t operations() const {
    const Model model = sink_->model();
    return model.gs[kG.value].puts + model.gs[kG.value].gets;
  }
  /// Whether each of the others stands, or waits without a P: those that stand pinned may have all.
  [[nodiscard]] bool others_rest() const {
    const Model model = sink_->model();
    return std::ranges::all_of(model.gs, [](const GState& g) {
      return g.id == kG || g.step != Step::kNone || g.status == GState::Status::kParked ||
             g.status == GState::Status::kWaitingP;
    });
  }
  static Way to(Step step) { return {Way::To::kPoint, static_cast<std::uint8_t>(step)}; }

  std::unique_ptr<Simulation> simulation_;
  std::unique_ptr<Steps> sink_;
};

TEST_P(Held, OneThatIsSentMakesOneStepAndStaysThereWhileTheOthersGoOn) {
  for (int i = 0; i < 10; ++i) {
    const std::size_t before = sink_->steps().size();
    send({});
    const int others = sink_->others();
    const bool may_stop_others = has_a_lock_at(sink_->steps().back());
    while (!may_stop_others && sink_->others() < others + 10) std::this_thread::sleep_for(1ms);
    EXPECT_EQ(sink_->steps().size(), before + 1);
  }
  EXPECT_EQ(simulation_->held(), std::vector{kG});
  const std::uint64_t before = operations();
  simulation_->let_go(kG);
  while (operations() < before + 2) std::this_thread::sleep_for(1ms);
  EXPECT_TRUE(simulation_->held().empty());
}

TEST_P(Held, GoesToAStepOrToTheEndOfItsOperation) {
  send(to(Step::kGetPinned), Step::kGetPinned);
  settle();
  EXPECT_EQ(sink_->steps().back(), Step::kGetPinned);
  send({Way::To::kEndOfOperation, 0}, Step::kUse);
  settle();
  const Model model = sink_->model();
  EXPECT_EQ(sink_->steps().back(), Step::kUse);
  EXPECT_EQ(model.gs[kG.value].op.kind, Operation::Kind::kNone);
}

TEST_P(Held, AGcWaitsForOneThatIsHeldPinned) {
  send(to(Step::kPutPinned), Step::kPutPinned);
  settle();
  ASSERT_TRUE(sink_->model().gs[kG.value].pinned);
  ASSERT_TRUE(simulation_->request_gc());
  const auto waits = [&] { return sink_->model().stop.phase == StopState::Phase::kRequested; };
  while (!waits()) std::this_thread::sleep_for(1ms);
  std::this_thread::sleep_for(60ms);
  EXPECT_TRUE(waits());
  simulation_->let_go(kG);
  while (sink_->model().gc_cycles == 0) std::this_thread::sleep_for(1ms);
}

TEST_P(Held, WhilePausedItIsTheOnlyOneThatMoves) {
  simulation_->pause();
  int others = -1;
  for (int looks = 0; looks < 20; std::this_thread::sleep_for(5ms)) {
    looks = others_rest() && others == sink_->others() ? looks + 1 : 0;
    others = sink_->others();
  }
  for (int i = 0; i < 3; ++i) {
    const std::size_t before = sink_->steps().size();
    send({});
    settle();
    EXPECT_EQ(sink_->steps().size(), before + 1);
  }
  // Whoever waited for its lock may go on as far as the next point.
  EXPECT_LE(sink_->others(), others + kOthers);
  EXPECT_TRUE(simulation_->paused());
}

constexpr std::int64_t kShortStep_ns = 2'000'000;

INSTANTIATE_TEST_SUITE_P(
    Sessions, Held,
    ::testing::Values(
        Case{PoolKind::kClassic, {Pacing::kEachWaits, kShortStep_ns}, "ClassicLecture"},
        Case{PoolKind::kClassic, {Pacing::kOneAtATime, kShortStep_ns}, "ClassicStory"},
        Case{PoolKind::kClassic, {}, "ClassicFullRate"},
        Case{PoolKind::kModern, {Pacing::kEachWaits, kShortStep_ns}, "ModernLecture"},
        Case{PoolKind::kModern, {Pacing::kOneAtATime, kShortStep_ns}, "ModernStory"},
        Case{PoolKind::kModern, {}, "ModernFullRate"}),
    [](const auto& session) { return session.param.name; });

}  // namespace
}  // namespace poolscope::testing
