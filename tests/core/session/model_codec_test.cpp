#include "core/session/model_codec.h"

#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "tests/core/session/recorded_session.h"

#ifdef POOLSCOPE_HAS_RAPIDCHECK
#include <rapidcheck.h>
#endif

namespace poolscope::testing {
namespace {

/// 0: classic, 1: modern.
class ModelCodecOf : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(ModelCodec, ModelCodecOf, ::testing::Bool());

TEST_P(ModelCodecOf, KeepsTheModelAfterAnyEventOfARealSession) {
  const RealSession& session = GetParam() ? real_modern_session() : real_session();
  Model model = initial_model(session.config);
  std::size_t looked_at = 0;
  for (const Event& event : session.events) {
    reduce(model, event);
    if (event.seq % 499 != 0 && event.kind != EventKind::kWorldStopped) continue;
    const auto decoded = decode_model(encode_model(model));
    ASSERT_TRUE(decoded) << decoded.error().message;
    ASSERT_EQ(*decoded, model) << "after event " << event.seq;
    ++looked_at;
  }
  EXPECT_GT(looked_at, 100U);
}

TEST(ModelCodec, KeepsThatThereIsNoWorkload) {
  SessionConfig config = real_session().config;
  ASSERT_TRUE(config.workload);
  config.workload.reset();
  const Model model = initial_model(config);
  const auto decoded = decode_model(encode_model(model));
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_FALSE(decoded->config.workload);
  EXPECT_EQ(*decoded, model);
}

TEST(ModelCodec, KeepsAModelThatDiverged) {
  Model model = initial_model(real_session().config);
  const auto& events = real_session().events;
  for (std::size_t i = 0; i < 5'000; ++i) {
    if (i % 7 != 0) reduce(model, events[i]);
  }
  ASSERT_GT(model.divergences, 0U);
  ASSERT_FALSE(model.divergence_list.empty());
  const auto decoded = decode_model(encode_model(model));
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(*decoded, model);
}

TEST(ModelCodec, RefusesBytesThatAreCutOffOrGoOn) {
  const Model model =
      reduced(initial_model(real_session().config), std::span(real_session().events).first(3'000));
  Bytes bytes = encode_model(model);
  for (std::size_t size = 0; size < bytes.size(); size += 3) {
    EXPECT_FALSE(decode_model(ByteView(bytes).first(size))) << size << " bytes of it";
  }
  bytes.push_back(0);
  EXPECT_FALSE(decode_model(bytes));
}

/// A model with an array that G0 holds, and one change to it that no stream of events can make.
bool decodes_after(const std::function<void(Model&)>& change) {
  Model model = initial_model(real_session().config);
  ArrayState& array = model.arrays[ArrayId{1}];
  array.id = ArrayId{1};
  array.pool = PoolId{0};
  array.locals.resize(4);
  array.held_by = {GId{0}};
  model.gs[0].holds = {ArrayId{1}};
  change(model);
  return decode_model(encode_model(model)).has_value();
}

TEST(ModelCodec, RefusesNumbersThatNameNothing) {
  ASSERT_TRUE(decodes_after([](Model&) {}));
  const auto nobody = [](const Model& m) { return GId{static_cast<std::uint32_t>(m.gs.size())}; };
  const std::vector<std::function<void(Model&)>> changes = {
      [&](Model& m) { m.arrays[ArrayId{1}].held_by = {nobody(m)}; },
      [&](Model& m) { m.arrays[ArrayId{1}].held_by = {GId::none()}; },
      [&](Model& m) { m.arrays[ArrayId{1}].held_by = {GId{1}}; },  // which does not hold it
      [&](Model& m) { m.gs[1].id = GId{0}; },
      [&](Model& m) { m.gs[1].holds = {ArrayId{2}}; },
      [&](Model& m) { m.gs[1].holds = {ArrayId{1}}; },  // which does not say so
      [&](Model& m) {
        m.arrays[ArrayId{1}].held_by = {GId{0}, GId{0}};
      },
      [&](Model& m) { m.arrays[ArrayId{1}].id = ArrayId{2}; },
      [&](Model& m) { m.arrays[ArrayId{1}].dropped_by = static_cast<LostCause>(4); },
      [&](Model& m) { m.arrays[ArrayId{1}].status = static_cast<ArrayState::Status>(4); },
      [&](Model& m) { m.arrays[ArrayId{1}].locals[0].lock.waiters = {nobody(m)}; },
      [&](Model& m) { m.procs = static_cast<std::uint32_t>(m.ps.size()) + 1; },
      [&](Model& m) { m.ps.resize(70'000); },
      [&](Model& m) { m.pools[0].id = PoolId{7}; },
      [&](Model& m) { m.gs[0].status = static_cast<GState::Status>(4); },
      [&](Model& m) { m.stop.phase = static_cast<StopState::Phase>(4); },
      [&](Model& m) { m.config.pool = static_cast<PoolKind>(2); },
      [&](Model& m) { m.config.padded_stride = UINT32_MAX; },
      [&](Model& m) { m.time_ns = -1; },
      [&](Model& m) { m.seq = UINT64_MAX; },
      [&](Model& m) { m.lost.resize(kLostKept + 1); },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) EXPECT_FALSE(decodes_after(changes[i])) << i;
}

TEST(ModelCodec, RefusesAListThatWouldTakeMoreMemoryThanAModelMay) {
  Model model = initial_model(real_session().config);
  model.arrays[ArrayId{1}].id = ArrayId{1};
  model.arrays[ArrayId{1}].locals.resize(1);
  // An empty dequeue takes five bytes in the file and over fifty in memory.
  model.arrays[ArrayId{1}].locals[0].chain.resize(10'000);
  const Bytes bytes = encode_model(model);
  EXPECT_LT(bytes.size(), 100'000U);
  EXPECT_FALSE(decode_model(bytes, format::kFormatVersion, {}, 400'000));
  EXPECT_EQ(decode_model(bytes), model);
}

#ifdef POOLSCOPE_HAS_RAPIDCHECK

TEST(ModelCodec, NeverReadsBeyondBytesThatWereChanged) {
  const Bytes whole = encode_model(
      reduced(initial_model(real_session().config), std::span(real_session().events).first(3'000)));
  EXPECT_TRUE(rc::check([&] {
    Bytes bytes = whole;
    for (int i = 0; i < 4; ++i) {
      bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<std::uint8_t>();
    }
    auto decoded = decode_model(bytes);
    if (!decoded) return;
    // What decodes can be reduced further, whatever it is.
    for (const Event& event : std::span(real_session().events).subspan(3'000, 2'000)) {
      reduce(*decoded, event);
    }
    RC_ASSERT(decode_model(encode_model(*decoded)) == *decoded);
  }));
}

#endif

}  // namespace
}  // namespace poolscope::testing
