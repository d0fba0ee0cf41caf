// What the commands say of a recording of two parts, each with a configuration of its own.

#include <filesystem>

#include <gtest/gtest.h>

#include "core/model/dump.h"
#include "core/model/reduce.h"
#include "core/session/session_writer.h"
#include "tests/cli/program.h"
#include "tests/support/sessions.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

class SegmentsOfAFile : public ::testing::Test {
 protected:
  void SetUp() override {
    auto writer = SessionWriter::create(folder_ / "x.poolscope", false, old_, {});
    ASSERT_TRUE(writer) << writer.error().message;
    ASSERT_TRUE((*writer)->append(classic_.events));
    ASSERT_TRUE((*writer)->begin_session(initial_model(modern_.config)));
    ASSERT_TRUE((*writer)->append(modern_.events));
    ASSERT_TRUE((*writer)->close());
    for (const Event& event : classic_.events) reduce(old_, event);
    new_.seq = last_ + 1;
    new_.time_ns = classic_.events.back().time_ns;
  }
  [[nodiscard]] std::string file() const { return (folder_ / "x.poolscope").string(); }
  [[nodiscard]] std::string state_at(const std::string& moment) const {
    const Outcome outcome = poolscope({"state", file(), "--at", moment});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.out;
  }

  const RecordedEvents classic_ = run_session(busy_session(PoolKind::kClassic, 1), 5'000);
  const RecordedEvents modern_ = run_session(busy_session(PoolKind::kModern, 2), 5'000);
  const std::uint64_t last_ = classic_.events.size();  // of the first part
  Model old_ = initial_model(classic_.config);         // at its end
  Model new_ = initial_model(modern_.config);          // as the second part starts
  TemporaryFolder folder_;
};

TEST_F(SegmentsOfAFile, HaveTheirOwnStateOnEachSideOfTheBorder) {
  EXPECT_EQ(state_at("#" + std::to_string(last_)), dump_text(old_, {}));
  EXPECT_EQ(state_at("#" + std::to_string(last_ + 1)), dump_text(new_, {}));
  EXPECT_NE(dump_text(old_, {}), dump_text(new_, {}));
}

TEST_F(SegmentsOfAFile, AreVerified) {
  const Outcome outcome = poolscope({"verify", file()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(last_line(outcome.out).ends_with("divergences 0")) << outcome.out;
}

TEST_F(SegmentsOfAFile, AreNamedWithTheirConfigurations) {
  const nlohmann::json facts = info(file());
  EXPECT_EQ(facts["pool"], "classic");
  EXPECT_EQ(facts["events"], classic_.events.size() + modern_.events.size());
  ASSERT_EQ(facts["segments"].size(), 2U);
  EXPECT_EQ(facts["segments"][0]["pool"], "classic");
  EXPECT_EQ(facts["segments"][0]["seq"], 0);
  EXPECT_EQ(facts["segments"][1]["pool"], "modern");
  EXPECT_EQ(facts["segments"][1]["seq"], last_ + 1);
  EXPECT_EQ(facts["segments"][1]["seed"], modern_.config.seed);
  EXPECT_EQ(facts["gc_cycles"], facts["segments"][0]["gc_cycles"].get<int>() +
                                    facts["segments"][1]["gc_cycles"].get<int>());
  const std::string text = poolscope({"info", file()}).out;
  EXPECT_NE(text.find("pool classic"), std::string::npos) << text;
  EXPECT_NE(text.find("from #" + std::to_string(last_ + 1)), std::string::npos) << text;
  EXPECT_NE(text.find("pool modern"), std::string::npos) << text;
}

}  // namespace
}  // namespace poolscope::testing
