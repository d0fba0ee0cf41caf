// The names of pools come from the build that was recorded, and from no other.

#include <cstddef>
#include <string>

#include "core/goimport/log_format.h"
#include "tests/cli/go_programs.h"

namespace poolscope::testing {
namespace {

std::string program_with(const std::string& pools) {
  return "package main\n\nimport \"sync\"\n\nvar " + pools +
         " sync.Pool\n\nfunc main() "
         "{\n\tfirst.Put(new([64]byte))\n\tsecond.Put(new([32]byte))\n}\n";
}

class GoBuilds : public GoPrograms {
 protected:
  /// A build of the program, and what it leaves when it has run.
  void build_and_record() {
    write("main.go", program_with("first, second"));
    program_ = built();
    Process process({program_}, {{"POOLSCOPE_LOG", (module_ / "log").string()}});
    ASSERT_EQ(process.wait(std::chrono::seconds(20)), 0) << process.err();
    log_ = (module_ / "log").string() + "." + std::to_string(process.pid());
    recorded_ = (module_ / "recorded").string();
    fs::copy_file(program_, recorded_);
    // Another build in its place, whose variables lie elsewhere.
    write("main.go", program_with("second, first"));
    ASSERT_EQ(built(), program_);
  }
  [[nodiscard]] Outcome import(const std::string& executable) const {
    std::vector<std::string> words = {"import", log_, "--overwrite", "-o", session().string()};
    if (!executable.empty()) words.insert(words.end(), {"--executable", executable});
    return poolscope(words, kMost);
  }
  [[nodiscard]] std::string names() const { return names_of_sound(session(), 0); }

  std::string program_;
  std::string log_;
  std::string recorded_;
};

TEST_F(GoBuilds, AnotherBuildIsRefusedInOneLine) {
  build_and_record();
  const Outcome other = import(program_);
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_EQ(other.err, "poolscope: " + program_ + ": is not the build that wrote " + log_ +
                           ": its Go build ID is another one ('go tool buildid'); name the "
                           "program as it was recorded, or leave out --executable\n");
  EXPECT_FALSE(fs::exists(session()));
  const std::string other_program = command({}).front();
  const Outcome none = import(other_program);
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_EQ(none.err, "poolscope: " + other_program + ": is not the build that wrote " + log_ +
                          ": it has no Go build ID ('go tool buildid'); name the program as it "
                          "was recorded, or leave out --executable\n");

  const Outcome same = import(recorded_);
  ASSERT_EQ(same.exit_code, 0) << same.err;
  EXPECT_NE(names().find("main.first (*[64]uint8)\n"), std::string::npos) << names();

  const Outcome state = poolscope({"state", session().string(), "--json"});
  const nlohmann::json pools = nlohmann::json::parse(state.out).at("pools");
  EXPECT_EQ(pools.at(0).at("name"), "A");
  EXPECT_EQ(pools.at(0).at("full_name"), "main.first (*[64]uint8)");
  EXPECT_EQ(pools.at(1).at("full_name"), "main.second (*[32]uint8)");
}

TEST_F(GoBuilds, WithoutTheExecutableTheOneInItsPlaceIsTakenIfItIsTheSameBuild) {
  build_and_record();
  ASSERT_EQ(import("").exit_code, 0);
  EXPECT_NE(names().find("in main.main (*[64]uint8)\n"), std::string::npos) << names();
  // Younger than the recording, as a copy is.
  fs::copy_file(recorded_, program_, fs::copy_options::overwrite_existing);
  ASSERT_EQ(import("").exit_code, 0);
  EXPECT_NE(names().find("main.first (*[64]uint8)\n"), std::string::npos) << names();
}

TEST_F(GoBuilds, ALogThatDoesNotSayOfWhichBuildItIsTakesTheExecutableThatIsNamed) {
  build_and_record();
  std::fstream bytes(log_, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekp(offsetof(goimport::FileHeader, build_id));
  bytes << std::string(sizeof(goimport::FileHeader::build_id), '\0');
  bytes.close();
  // What is no program is said as what it is, whatever the log knows.
  const Outcome missing = import("/nonexistent");
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_EQ(missing.err,
            "poolscope: /nonexistent: cannot be opened: No such file or directory: name the "
            "program that wrote the log\n");
  const std::string source = (module_ / "main.go").string();
  const Outcome text = import(source);
  EXPECT_EQ(text.exit_code, 2);
  EXPECT_EQ(text.err, "poolscope: " + source +
                          ": is no ELF executable: name the program that wrote the log\n");
  const Outcome outcome = import(program_);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(names().find("main."), std::string::npos) << names();
}

}  // namespace
}  // namespace poolscope::testing
