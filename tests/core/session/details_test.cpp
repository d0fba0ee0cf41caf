// Sessions that carry fewer details than ours, as a recorded Go program does: the audit asks for no
// more, and what is known is known all the same.

#include <algorithm>
#include <filesystem>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/session/model_codec.h"
#include "core/session/reader.h"
#include "core/session/session_writer.h"
#include "tests/core/session/recorded_session.h"
#include "tests/support/few_details.h"
#include "tests/support/sessions.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace poolscope::testing {
namespace {

RecordedEvents with_only(const Details& details, RecordedEvents session) {
  session.config.details = details;
  session.events = poolscope::testing::with_only(details, std::move(session.events));
  return session;
}

Model end_of(const RecordedEvents& session) {
  return reduced(initial_model(session.config), session.events);
}

/// What lies in the pools, and how the Gets were answered.
void expect_same_pools(const Model& one, const Model& other) {
  EXPECT_EQ(one.pools, other.pools);
  EXPECT_EQ(one.totals, other.totals);
  EXPECT_EQ(one.all_pools, other.all_pools);
  for (const PoolState& pool : one.pools) {
    const ArrayState* local = one.local_of(pool.id);
    const ArrayState* other_local = other.local_of(pool.id);
    ASSERT_EQ(local == nullptr, other_local == nullptr);
    if (local == nullptr) continue;
    ASSERT_EQ(local->locals.size(), other_local->locals.size());
    for (std::size_t i = 0; i < local->locals.size(); ++i) {
      EXPECT_EQ(local->locals[i].private_object, other_local->locals[i].private_object);
      EXPECT_TRUE(std::ranges::equal(local->locals[i].shared.cells(),
                                     other_local->locals[i].shared.cells()));
    }
  }
}

class FewDetails : public ::testing::TestWithParam<std::tuple<PoolKind, Details>> {
 protected:
  static RecordedEvents recorded(PoolKind pool) {
    SimulationOptions options = busy_session(pool, 1);
    // Objects change hands.
    options.config.workload->name = "producer-consumer";
    return run_session(options, 30'000);
  }
};

TEST_P(FewDetails, AreEnoughForThePoolsAndTheAuditAsksForNoMore) {
  const auto& [pool, details] = GetParam();
  const RecordedEvents whole = recorded(pool);
  const RecordedEvents few = with_only(details, whole);
  ASSERT_LT(few.events.size(), whole.events.size());
  const Model model = end_of(few);
  EXPECT_EQ(model.divergences, 0U) << model.divergence_list.front().what;
  expect_same_pools(end_of(whole), model);
  if (!details.hands) {
    EXPECT_TRUE(std::ranges::all_of(model.gs, [](const GState& g) { return g.hand.empty(); }));
    EXPECT_EQ(model.outside.size(), std::min<std::size_t>(model.totals.in_use, kOutsideKept));
  }

  // The same events in a session that claims to carry all: the audit misses them.
  RecordedEvents claims = few;
  claims.config.details = {};
  if (!details.pins || !details.locks || !details.hands) {
    EXPECT_GT(end_of(claims).divergences, 0U);
  }
}

TEST_P(FewDetails, AreKeptInAFileThatVerifies) {
  const auto& [pool, details] = GetParam();
  const RecordedEvents few = with_only(details, recorded(pool));
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "few.poolscope";
  auto writer = SessionWriter::create(file, false, initial_model(few.config), {});
  ASSERT_TRUE(writer) << writer.error().message;
  ASSERT_TRUE((*writer)->append(few.events));
  ASSERT_TRUE((*writer)->close());
  auto reader = Reader::open(file);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_TRUE(verifies(**reader));
  const std::uint64_t middle = few.events.size() / 2;
  const auto there = (*reader)->model_at(middle);
  ASSERT_TRUE(there) << there.error().message;
  EXPECT_EQ(*there, reduced(initial_model(few.config), std::span(few.events).first(middle)));
  // A keyframe holds what such a model has more.
  const auto keyframe = decode_model(encode_model(*there), format::kFormatVersion, details);
  ASSERT_TRUE(keyframe) << keyframe.error().message;
  EXPECT_EQ(*keyframe, *there);
}

std::string name_of_details(const ::testing::TestParamInfo<std::tuple<PoolKind, Details>>& info) {
  const auto& [pool, details] = info.param;
  return std::string(pool == PoolKind::kModern ? "Modern" : "Classic") + "Without" +
         (details.pins ? "" : "Pins") + (details.steps ? "" : "Steps") +
         (details.locks ? "" : "Locks") + (details.hands ? "" : "Hands");
}

INSTANTIATE_TEST_SUITE_P(
    OfASession, FewDetails,
    ::testing::Combine(
        ::testing::Values(PoolKind::kClassic, PoolKind::kModern),
        ::testing::Values(Details{.pins = false}, Details{.locks = false}, Details{.hands = false},
                          Details{.pins = false, .locks = false},
                          Details{.pins = false, .steps = false, .locks = false, .hands = false})),
    name_of_details);

TEST(ObjectsOutside, AreCountedAndTheNewestKnown) {
  SessionConfig config;
  config.details.hands = false;
  Model model = initial_model(config);
  std::uint64_t seq = 0;
  const auto tell = [&](EventKind kind, std::uint32_t object) {
    Event event;
    event.begin(kind, 0);
    event.complete(++seq);
    event.g = GId{0};
    event.object = ObjectId{object};
    reduce(model, event);
  };
  tell(EventKind::kGoStart, 0);
  constexpr std::uint32_t kMade = 3 * kOutsideKept;
  for (std::uint32_t object = 1; object <= kMade; ++object) {
    tell(EventKind::kObjectMade, object);
  }
  EXPECT_EQ(model.totals.in_use, kMade);
  EXPECT_LE(model.outside.size(), kOutsideKept);
  EXPECT_EQ(model.outside.back(), ObjectId{kMade});
  // One that is only counted may be put.
  tell(EventKind::kPutBegin, 1);
  EXPECT_EQ(model.divergences, 0U);
  EXPECT_EQ(model.totals.in_use, kMade - 1);
  EXPECT_EQ(model.totals.in_flight, 1U);
}

}  // namespace
}  // namespace poolscope::testing
