#include "core/session/model_codec.h"

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

#ifdef POOLSCOPE_HAS_RAPIDCHECK

TEST(ModelCodec, NeverReadsBeyondBytesThatWereChanged) {
  const Bytes whole = encode_model(
      reduced(initial_model(real_session().config), std::span(real_session().events).first(3'000)));
  EXPECT_TRUE(rc::check([&] {
    Bytes bytes = whole;
    for (int i = 0; i < 4; ++i) {
      bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<std::uint8_t>();
    }
    static_cast<void>(decode_model(bytes));
  }));
}

#endif

}  // namespace
}  // namespace poolscope::testing
