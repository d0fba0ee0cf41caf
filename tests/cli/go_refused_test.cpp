// A Go that cannot be recorded is refused in one line.

#include <algorithm>
#include <cstdlib>
#include <string>

#include "tests/cli/go_programs.h"

namespace poolscope::testing {
namespace {

/// A `go` of the test's own, whose GOROOT is a copy with a change.
class ChangedGo {
 public:
  explicit ChangedGo(const std::string& version = "go1.19.8", const std::string& system = "linux") {
    const std::string real = run({"go", "env", "GOROOT"}).out;
    for (const char* name : {"src/sync/pool.go", "src/sync/poolqueue.go", "src/runtime/os_linux.go",
                             "src/runtime/type.go"}) {
      fs::create_directories((folder_ / "root" / name).parent_path());
      fs::copy_file(fs::path(real.substr(0, real.size() - 1)) / name, folder_ / "root" / name);
    }
    std::ofstream(folder_ / "go") << "#!/bin/sh\nprintf '%s\\n' " << (folder_ / "root").string()
                                  << " " << version << " " << system << " amd64 ''\n";
    fs::permissions(folder_ / "go", fs::perms::owner_all);
  }
  void replace(const std::string& file, const std::string& what, const std::string& by) const {
    std::string changed = text_of(folder_ / "root" / file);
    const std::size_t at = changed.find(what);
    ASSERT_NE(at, std::string::npos);
    std::ofstream(folder_ / "root" / file) << changed.replace(at, what.size(), by);
  }
  void remove(const std::string& file) const { fs::remove(folder_ / "root" / file); }
  /// What `poolscope go check` says of it, in one line.
  [[nodiscard]] std::string refused() const {
    const std::string path = folder_.path().string() + ":" + std::getenv("PATH");
    const Outcome outcome = run(command({"go", "check"}), {{"PATH", path}});
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    return outcome.err;
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(GoPrograms, AGoThatIsNotKnownIsRefusedInOneLine) {
  const ChangedGo changed("go1.99");
  changed.replace("src/sync/poolqueue.go", "func (d *poolDequeue) popTail() (any, bool) {",
                  "func (d *poolDequeue) popOldest() (any, bool) {");
  EXPECT_NE(changed.refused().find("poolqueue.go: there is no function (d *poolDequeue) popTail"),
            std::string::npos);
  const ChangedGo other;
  other.replace("src/sync/pool.go", "	l.private = nil\n", "	l.private, x = nil, l.private\n");
  const std::string said = other.refused();
  EXPECT_NE(said.find("in (p *Pool) Get the line 'l.private = nil' stands 0 times"),
            std::string::npos)
      << said;
  const ChangedGo none;
  none.remove("src/sync/poolqueue.go");
  EXPECT_NE(none.refused().find("poolqueue.go: cannot be read"), std::string::npos);
  EXPECT_NE(ChangedGo("go1.19.8", "windows").refused().find("go builds for windows/amd64"),
            std::string::npos);
}

TEST_F(GoPrograms, NoGoAndAWrongGorootAreRefusedInOneLine) {
  const Outcome none = run(command({"go", "check"}), {{"PATH", out_.path().string()}});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_EQ(none.err,
            "poolscope: go: cannot be started: No such file or directory; install Go, or put its "
            "bin folder into PATH\n");
  const Outcome wrong = run(command({"go", "check"}), {{"GOROOT", "/nonexistent"}});
  EXPECT_EQ(wrong.exit_code, 2) << wrong.err;
  EXPECT_EQ(std::count(wrong.err.begin(), wrong.err.end(), '\n'), 1) << wrong.err;
}

TEST_F(GoPrograms, BuildingIsNotRecording) {
  const Outcome outcome =
      poolscope({"go", "record", "-o", session().string(), "--", "go", "build", "."});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("use 'poolscope go build'"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace poolscope::testing
