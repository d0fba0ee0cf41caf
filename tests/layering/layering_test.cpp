#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/layering/include_rules.h"

namespace poolscope::layering {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const fs::path kRoot = POOLSCOPE_SOURCE_DIR;

Rules rules_of_the_project() {
  std::ifstream stream(kRoot / "tests/layering/rules.txt");
  const auto rules = parse_rules(std::string(std::istreambuf_iterator<char>(stream), {}));
  if (!rules) ADD_FAILURE() << rules.error().message;
  return rules.value_or(Rules{});
}

/// A source tree of a test's own, gone with it.
class Layering : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(::testing::TempDir()) / (std::string("poolscope_layering_") + info->name());
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& file, const std::string& text) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text;
  }
  std::vector<std::string> check() { return check_includes(root_, rules_of_the_project()); }

  fs::path root_;
};

TEST(LayeringOfTheProject, EveryIncludeIsAllowedAndNothingGoesRoundInACircle) {
  ASSERT_FALSE(read_includes(kRoot).empty()) << "no sources under " << kRoot;
  for (const std::string& wrong : check_includes(kRoot, rules_of_the_project())) {
    ADD_FAILURE() << wrong;
  }
}

TEST_F(Layering, ATreeThatObeysHasNothingToSay) {
  write("core/base/ids.h", "#include <vector>\n");
  write("app/views/paint/paint.cpp", "#include <imgui.h>\n\n#include \"core/base/ids.h\"\n");
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(Layering, AnIncludeFromCoreIntoTheAppIsNamedWithFileAndLine) {
  write("core/model/model.h",
        "#pragma once\n\n#include <vector>\n#include \"app/theme/theme.h\"\n");
  EXPECT_THAT(check(),
              ElementsAre(AllOf(HasSubstr("core/model/model.h:4: includes app/theme/theme.h"),
                                HasSubstr("does not allow core/model"))));
}

TEST_F(Layering, AModelThatKnowsTheFileItIsStoredInIsFound) {
  write("core/model/keyframe.cpp", "#include \"core/session/reader.h\"\n");
  EXPECT_THAT(check(), ElementsAre(HasSubstr("core/model/keyframe.cpp:1:")));
}

TEST_F(Layering, AViewWithAThreadOrAWindowOrALiveSimulationIsFound) {
  write("app/views/stage/card.cpp",
        "#include <mutex>\n#  include <thread>\n#include <GLFW/glfw3.h>\n"
        "#include \"core/sim/simulation.h\"\n");
  EXPECT_THAT(check(), ElementsAre(HasSubstr("app/views/stage/card.cpp:1: includes <mutex>"),
                                   HasSubstr("app/views/stage/card.cpp:2: includes <thread>"),
                                   HasSubstr("app/views/stage/card.cpp:3: includes <GLFW/glfw3.h>"),
                                   HasSubstr("app/views/stage/card.cpp:4: includes core/sim/")));
}

TEST_F(Layering, ARoomOfTheViewsThatKnowsAnotherIsFound) {
  write("app/views/timeline/timeline.cpp", "#include \"app/views/stage/scene.h\"\n");
  EXPECT_THAT(check(), ElementsAre(AllOf(HasSubstr("app/views/timeline/timeline.cpp:1:"),
                                         HasSubstr("does not allow app/views/timeline"))));
}

TEST_F(Layering, ALayoutThatDrawsIsFound) {
  write("app/layout/stage_layout.h", "#include <imgui.h>\n");
  EXPECT_THAT(check(), ElementsAre(HasSubstr("app/layout/stage_layout.h:1: includes <imgui.h>")));
}

TEST_F(Layering, OneFileOfAFolderCanBeAllowedWithoutTheRestOfIt) {
  write("core/model/model.h",
        "#include \"core/pool/step.h\"\n#include \"core/pool/classic_pool.h\"\n");
  EXPECT_THAT(check(), ElementsAre(HasSubstr("core/model/model.h:2:")));
}

TEST_F(Layering, APathThatIsNotWrittenFromTheRootIsFound) {
  write("core/base/clock.cpp", "#include \"clock.h\"\n");
  EXPECT_THAT(check(), ElementsAre(AllOf(HasSubstr("core/base/clock.cpp:1:"),
                                         HasSubstr("neither from the root"))));
}

TEST_F(Layering, AFolderThatNoRuleNamesIsFound) {
  write("core/misc/stuff.h", "#include <vector>\n");
  EXPECT_THAT(check(), ElementsAre(HasSubstr("no rule of rules.txt names core/misc")));
}

TEST_F(Layering, ACircleOfFilesIsNamedLineByLine) {
  write("core/base/a.h", "\n#include \"core/base/b.h\"\n");
  write("core/base/b.h", "#include \"core/base/c.h\"\n");
  write("core/base/c.h", "\n\n#include \"core/base/a.h\"\n");
  EXPECT_THAT(check(),
              ElementsAre(AllOf(HasSubstr("files include each other in a circle"),
                                HasSubstr("core/base/a.h:2: includes \"core/base/b.h\""),
                                HasSubstr("core/base/b.h:1: includes \"core/base/c.h\""),
                                HasSubstr("core/base/c.h:3: includes \"core/base/a.h\""))));
}

TEST_F(Layering, ACircleOfFoldersIsFoundWhereNoFileIsInOne) {
  write("core/pool/step.h", "");
  write("core/pool/pool.h", "#include \"core/runtime/p.h\"\n");
  write("core/runtime/p.h", "");
  write("core/runtime/pace.h", "\n#include \"core/pool/step.h\"\n");
  const std::vector<Include> includes = read_includes(root_);
  EXPECT_THAT(find_file_cycles(includes), IsEmpty());
  EXPECT_THAT(
      find_folder_cycles(includes),
      ElementsAre(AllOf(HasSubstr("folders include each other in a circle"),
                        HasSubstr("core/pool/pool.h:1: includes \"core/runtime/p.h\""),
                        HasSubstr("core/runtime/pace.h:2: includes \"core/pool/step.h\""))));
}

TEST(LayeringRules, AFileThatIncludesOnlyItselfInACircleIsFoundToo) {
  EXPECT_THAT(find_file_cycles({{"core/base/a.h", 3, "core/base/a.h"}}),
              ElementsAre(HasSubstr("core/base/a.h:3:")));
}

TEST(LayeringRules, ATableThatMakesNoSenseIsRefusedWithItsLine) {
  const auto refusal = [](const std::string& text) {
    const auto rules = parse_rules(text);
    return rules ? "not refused" : rules.error().message;
  };
  EXPECT_THAT(refusal("\nallow core/base: nonsense\n"), HasSubstr("rules.txt:2: what is nonsense"));
  EXPECT_THAT(refusal("permit core/base: <a>\n"), HasSubstr("rules.txt:1: what is permit"));
  EXPECT_THAT(refusal("allow core/base <a>\n"), HasSubstr("rules.txt:1: a name and a colon"));
  EXPECT_THAT(refusal("allow core/base:\nallow core/base:\n"), HasSubstr("rules.txt:2:"));
}

}  // namespace
}  // namespace poolscope::layering
