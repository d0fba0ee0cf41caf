// What the events say of the calls that were made.

#include "core/story/seen_calls.h"

#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/script/call_run.h"
#include "core/sim/seeded_calls.h"

namespace poolscope {
namespace {

/// Reduces the events of a list as they come.
class Watch final : public script::CallAudience {
 public:
  Watch(const CallList& list, PoolKind pool, std::size_t most = 10'000)
      : seen_(most), model_(initial_model(script::config_of(script::script_for(list, pool)))) {
    const auto run = script::run_calls(list, pool, *this);
    EXPECT_TRUE(run) << (run ? "" : run.error().message);
  }
  void on_events(std::span<const Event> events) override {
    for (const Event& event : events) {
      reduce(model_, event);
      seen_.add(event, model_);
    }
  }
  void on_call(std::size_t /*number*/) override {}

  [[nodiscard]] const SeenCalls& seen() const { return seen_; }
  [[nodiscard]] const Model& model() const { return model_; }
  [[nodiscard]] std::vector<Call> calls() const {
    std::vector<Call> calls;
    for (const SeenCall& call : seen_.calls()) calls.push_back(call.call);
    return calls;
  }

 private:
  SeenCalls seen_;
  Model model_;
};

TEST(SeenCalls, OnTenSeededWorkloadsBothPoolsGotTheSameCalls) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Workload workload = kWorkloads[seed % (kWorkloads.size() - 1)].workload;
    const CallList list = seeded_calls(
        {.workload = workload, .seed = seed, .calls = 300, .gc_every = 37, .resize_every = 90});
    const Watch classic(list, PoolKind::kClassic);
    const Watch modern(list, PoolKind::kModern);
    EXPECT_EQ(classic.calls(), list.calls) << "seed " << seed;
    EXPECT_EQ(modern.calls(), list.calls) << "seed " << seed;
    for (const Watch* watch : {&classic, &modern}) {
      EXPECT_EQ(watch->model().divergences, 0U);
      const SeenCall& last = watch->seen().calls().back();
      EXPECT_EQ(last.news, watch->model().pools.front().news);
      EXPECT_EQ(last.pooled, watch->model().totals.pooled);
      EXPECT_EQ(last.dropped_so_far, watch->model().totals.dropped());
    }
  }
}

TEST(SeenCalls, WhatThePoolsAnsweredDiffersFromTheFirstGcOn) {
  const CallList list = seeded_calls({.workload = Workload::kPairs, .seed = 1, .calls = 80});
  const Watch classic(list, PoolKind::kClassic);
  const Watch modern(list, PoolKind::kModern);
  const std::vector<SeenCall>& a = classic.seen().calls();
  const std::vector<SeenCall>& b = modern.seen().calls();
  ASSERT_EQ(a.size(), b.size());
  std::size_t first = 0;
  while (first < a.size() && went_the_same_way(a[first], b[first])) ++first;
  EXPECT_EQ(list.calls[first].kind, Call::Kind::kGc) << first;
  EXPECT_GT(a[first].dropped, 0U);
  EXPECT_EQ(b[first].dropped, 0U) << "they are in the victim";
  EXPECT_GT(a.back().news, b.back().news);
}

TEST(SeenCalls, WhatIsTooMuchIsLeftOutAndSaid) {
  const CallList list = seeded_calls({.calls = 40, .gc_every = 0});
  const Watch few(list, PoolKind::kClassic, 39);
  EXPECT_TRUE(few.seen().full());
  EXPECT_EQ(few.seen().calls().size(), 39U);
  const Watch all(list, PoolKind::kClassic, 40);
  EXPECT_FALSE(all.seen().full());
}

}  // namespace
}  // namespace poolscope
