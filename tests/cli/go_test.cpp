// Go programs, recorded: real ones, by the Go that is on this machine. Without one these tests are
// skipped.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include "core/goimport/log_format.h"
#include "core/goimport/overlay.h"
#include "core/session/reader.h"
#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

// A Go that has not built for this overlay yet compiles its whole library first.
constexpr std::chrono::seconds kMost{100};

constexpr const char* kFmtInGoroutines = R"go(package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"time"
)

func main() {
	all := new(sync.WaitGroup)
	for round := 1; ; round++ {
		for i := 0; i < 8; i++ {
			all.Add(1)
			go func() {
				defer all.Done()
				for n := 0; n < 500; n++ {
					fmt.Fprintf(io.Discard, "%d %s", n, "x")
				}
			}()
		}
		all.Wait()
		runtime.GC()
		time.Sleep(20 * time.Millisecond)
		if len(os.Args) > 1 {
			fmt.Println("collected")
		} else if round == 8 {
			break
		}
	}
	fmt.Println("done")
}
)go";

class GoPrograms : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"sh", "-c", "command -v go"}).exit_code, 0) << "Go was there at the build";
    write("go.mod", "module example.com/tried\n\ngo 1.18\n");
  }
  void TearDown() override {
    for (const auto& entry : fs::directory_iterator(out_.path())) {
      EXPECT_EQ(entry.path().extension(), ".poolscope") << entry.path() << " was left behind";
    }
  }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((module_ / name).parent_path());
    std::ofstream(module_ / name) << text;
  }
  [[nodiscard]] fs::path session() const { return out_ / "x.poolscope"; }
  /// A script that runs `line` in the module.
  [[nodiscard]] std::vector<std::string> in_module(const std::string& line) const {
    return {"sh", "-c", "cd " + module_.path().string() + " && " + line};
  }
  /// `poolscope go record` of a command line in the module.
  [[nodiscard]] Outcome record(const std::string& line, const Environment& environment = {}) const {
    std::vector<std::string> words = command({"go", "record", "-o", session().string(), "--"});
    for (const std::string& word : in_module(line)) words.push_back(word);
    return run(words, environment, kMost);
  }
  /// A program of the module, built to record itself.
  [[nodiscard]] std::string built() const {
    const std::string program = (module_ / "built").string();
    std::vector<std::string> words = command({"go", "build", "--"});
    const Outcome outcome =
        run({"sh", "-c",
             "cd " + module_.path().string() + " && exec \"$0\" go build -- -o " + program + " .",
             words.front()},
            {}, kMost);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return program;
  }

  TemporaryFolder module_;
  TemporaryFolder out_;
};

/// Expects the session to hold, with that many checkpoints at least; gives the names of its pools.
std::string names_of_sound(const fs::path& session, long long checkpoints) {
  const Outcome outcome = poolscope({"verify", session.string()}, kMost);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  std::istringstream last(last_line(outcome.out));
  std::string word;
  long long events = 0;
  long long checked = 0;
  last >> word >> events >> word >> word >> checked;
  EXPECT_GE(checked, checkpoints) << outcome.out;
  EXPECT_NE(outcome.out.find("divergences 0"), std::string::npos) << outcome.out;
  auto reader = Reader::open(session);
  if (!reader) return reader.error().message;
  std::string names;
  for (const Name& name : (*reader)->names()) {
    if (name.of == Name::Of::kPool) names += name.text + "\n";
  }
  return names;
}

TEST_F(GoPrograms, TheGoOfThisMachineFits) {
  const Outcome outcome = poolscope({"go", "check"}, kMost);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find(" 0 divergences\n"), std::string::npos) << outcome.out;
}

TEST_F(GoPrograms, FmtInEightGoroutinesWithGCs) {
  write("main.go", kFmtInGoroutines);
  const Outcome outcome = record("go run .");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with("done\n")) << outcome.out;
  EXPECT_NE(names_of_sound(session(), 5).find("fmt.ppFree (*fmt.pp)\n"), std::string::npos);
}

TEST_F(GoPrograms, AnHttpServerAndItsClientWithJson) {
  write("main.go", R"go(package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
)

func main() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(map[string]any{"path": r.URL.Path, "list": []int{1, 2, 3}})
	}))
	defer server.Close()
	var all sync.WaitGroup
	for i := 0; i < 8; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for n := 0; n < 50; n++ {
				answer, err := http.Get(server.URL + "/x")
				if err != nil {
					panic(err)
				}
				var value any
				if err := json.NewDecoder(answer.Body).Decode(&value); err != nil {
					panic(err)
				}
				answer.Body.Close()
				if n%10 == 0 {
					runtime.GC()
				}
			}
		}()
	}
	all.Wait()
}
)go");
  const Outcome outcome = record("go run .");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const std::string names = names_of_sound(session(), 5);
  EXPECT_NE(names.find("net/http.bufioReaderPool (*bufio.Reader)"), std::string::npos) << names;
  EXPECT_NE(names.find("encoding/json.encodeStatePool (*json.encodeState)"), std::string::npos)
      << names;
}

TEST_F(GoPrograms, TestsOfAModuleWithVendoringStrippedAndTrimmed) {
  write("go.mod", "module example.com/tried\n\ngo 1.18\n\nrequire example.com/buffers v1.0.0\n");
  write("vendor/modules.txt",
        "# example.com/buffers v1.0.0\n## explicit; go 1.18\nexample.com/buffers\n");
  write("vendor/example.com/buffers/buffers.go", R"go(package buffers

import "sync"

var pool = sync.Pool{New: func() any { return new([512]byte) }}

func Use() { pool.Put(pool.Get()) }
)go");
  write("tried_test.go", R"go(package tried

import (
	"testing"

	"example.com/buffers"
)

func TestUse(t *testing.T) {
	for i := 0; i < 1000; i++ {
		buffers.Use()
	}
}
)go");
  const std::string line = "go test -trimpath -ldflags='-s -w' ./...";
  for (int again = 0; again < 2; ++again) {  // the second time Go knows the result already
    const Outcome outcome = record(line, {{"CGO_ENABLED", "0"}});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
    const std::string names = names_of_sound(session(), 0);
    EXPECT_NE(names.find("in example.com/buffers.Use (*[512]uint8)"), std::string::npos) << names;
    fs::remove(session());
  }
}

TEST_F(GoPrograms, AProgramThatIsKilledHasRecordedAllOfItsLife) {
  write("main.go", kFmtInGoroutines);
  Process program({built(), "forever"}, {{"POOLSCOPE_LOG", (module_ / "log").string()}});
  const std::string three = "collected\ncollected\ncollected\n";
  while (program.running() && program.out().find(three) == std::string::npos) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  program.signal(SIGKILL);
  ASSERT_EQ(program.wait(std::chrono::seconds(10)), 128 + SIGKILL);
  const std::string log = (module_ / "log").string() + "." + std::to_string(program.pid());
  const Outcome outcome = poolscope({"import", log, "-o", session().string()}, kMost);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(names_of_sound(session(), 2).find("fmt.ppFree"), std::string::npos);
}

TEST_F(GoPrograms, AFullDiskEndsTheRecordingAndNotTheProgram) {
  const fs::path disk = module_ / "disk";
  fs::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m") != 0) {
    GTEST_SKIP() << "a small disk cannot be mounted here";
  }
  write("main.go", kFmtInGoroutines);
  const Outcome program = run({built()}, {{"POOLSCOPE_LOG", (disk / "log").string()}}, kMost);
  EXPECT_EQ(program.exit_code, 0) << program.err;
  EXPECT_EQ(program.out, "done\n");
  std::string log;
  for (const auto& entry : fs::directory_iterator(disk)) log = entry.path().string();
  const Outcome outcome = poolscope({"import", log, "-o", session().string()}, kMost);
  umount(disk.c_str());
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("because the disk was full; the program went on"), std::string::npos)
      << outcome.err;
  names_of_sound(session(), 0);
}

TEST_F(GoPrograms, ALogThatIsFullEndsTheRecording) {
  write("main.go", kFmtInGoroutines);
  const Outcome program = run({built()}, {{"POOLSCOPE_LOG", (module_ / "log").string()},
                                          {"POOLSCOPE_LOG_BYTES", "400000"}});
  EXPECT_EQ(program.exit_code, 0) << program.err;
  std::string log;
  for (const auto& entry : fs::directory_iterator(module_.path())) {
    if (entry.path().stem() == "log") log = entry.path().string();
  }
  const Outcome outcome = poolscope({"import", log, "-o", session().string()}, kMost);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("because the log was full"), std::string::npos) << outcome.err;
  names_of_sound(session(), 0);

  // What is there stays where another log turns out to be damaged.
  using namespace goimport;
  std::fstream bytes(log, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekp(kChunkBytes + sizeof(ChunkHeader) + offsetof(Record, object_kind));
  bytes.put(99);
  bytes.close();
  const Outcome damaged =
      poolscope({"import", log, "-o", session().string(), "--overwrite"}, kMost);
  EXPECT_EQ(damaged.exit_code, 2) << damaged.err;
  EXPECT_NE(damaged.err.find("damaged at byte"), std::string::npos) << damaged.err;
  EXPECT_EQ(damaged.err.find("unfinished"), std::string::npos) << damaged.err;
  names_of_sound(session(), 0);
}

TEST_F(GoPrograms, AChildProcessGetsASessionOfItsOwn) {
  write("main.go", R"go(package main

import (
	"fmt"
	"os"
	"os/exec"
)

func main() {
	fmt.Println("process", len(os.Args))
	if len(os.Args) == 1 {
		child := exec.Command(os.Args[0], "child")
		child.Stdout = os.Stdout
		if err := child.Run(); err != nil {
			panic(err)
		}
	}
	os.Exit(3)
}
)go");
  const Outcome outcome = record("go build -o main . && ./main");
  EXPECT_NE(outcome.exit_code, 0) << "the command's own exit code";
  names_of_sound(session(), 0);
  names_of_sound(out_ / "x-2.poolscope", 0);
}

TEST_F(GoPrograms, WhatRecordsNothingSaysWhyAndLeavesNothingBehind) {
  write("main.go", "package main\n\nfunc main() { println(1) }\n");
  const std::map<std::string, std::string> lines = {
      {"go run .", "nothing was recorded: the program has used no sync.Pool"},
      {"true", "nothing was recorded: the command has built and run no Go program"},
      {"go run ./missing", "nothing was recorded: the command ended with exit code"},
  };
  for (const auto& [line, words] : lines) {
    const Outcome outcome = record(line);
    EXPECT_EQ(outcome.exit_code, 1) << line;
    EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err;
    EXPECT_TRUE(fs::is_empty(out_.path())) << line;
  }
}

std::string text_of(const fs::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// The copies of the library with the probes in them, but for one fault: a pop at the tail is
/// stamped when its slot has been given back, so the next push into the slot may be stamped before
/// it.
goimport::GoFiles with_late_stamp(const fs::path& root) {
  using goimport::GoFiles;
  const std::string assets = std::string(POOLSCOPE_SOURCE_DIR) + "/assets/go/";
  const std::string recorder = text_of(assets + "recorder.go");
  const std::string probes = text_of(assets + "probes.go");
  auto files =
      goimport::put_probes({text_of(root / GoFiles::kPool), text_of(root / GoFiles::kPoolQueue),
                            text_of(root / GoFiles::kRuntime), text_of(root / GoFiles::kTypes)},
                           {recorder, probes});
  if (!files) {
    ADD_FAILURE() << files.error().message;
    return {};
  }
  const std::string call = "poolscopePopped(poolscopeKindPopTail, d, slot, tail)";
  const std::string gives_back = "atomic.StorePointer(&slot.typ, nil)\n";
  std::string& text = files->pool_queue;
  text.replace(text.find(call), call.size(), "late, lateTail = *slot, tail");
  text.insert(text.find(gives_back, text.find("late, lateTail")) + gives_back.size(),
              "	if poolscopeOn { poolscopePopped(poolscopeKindPopTail, d, &late, lateTail) }\n");
  const std::string start = "popTail() (any, bool) {\n";
  text.insert(text.find(start) + start.size(),
              "	var late eface\n	var lateTail "
              "uint32\n");
  return *files;
}

// By hand: two Ps have to meet by chance.
TEST_F(GoPrograms, DISABLED_TheAuditSeesAStampThatIsTakenTooLate) {
  const fs::path root = [] {
    const std::string said = run({"go", "env", "GOROOT"}).out;
    return fs::path(said.substr(0, said.size() - 1));
  }();
  const goimport::GoFiles files = with_late_stamp(root);
  nlohmann::json replace;
  for (const auto& [name, text] : {std::pair{goimport::GoFiles::kPool, &files.pool},
                                   {goimport::GoFiles::kPoolQueue, &files.pool_queue},
                                   {goimport::GoFiles::kRuntime, &files.runtime}}) {
    const std::string copy = "overlay/" + fs::path(name).filename().string();
    write(copy, *text);
    replace[(root / name).string()] = (module_ / copy).string();
  }
  write("overlay/overlay.json", nlohmann::json{{"Replace", replace}}.dump());
  // Every object goes through one short chain: its slots are used again at once.
  write("main.go", R"go(package main

import (
	"sync"
	"time"
)

var pool sync.Pool

func main() {
	end := time.Now().Add(300 * time.Millisecond)
	var all sync.WaitGroup
	for worker := 0; worker < 4; worker++ {
		all.Add(1)
		go func(gets bool) {
			defer all.Done()
			for i := 0; time.Now().Before(end); i++ {
				if gets {
					pool.Get()
				} else {
					pool.Put(new([64]byte))
				}
			}
		}(worker%2 == 0)
	}
	all.Wait()
}
)go");
  const Outcome compiled =
      run(in_module("go build -overlay overlay/overlay.json -o late ."), {}, kMost);
  ASSERT_EQ(compiled.exit_code, 0) << compiled.err;
  bool seen = false;
  for (int round = 0; round < 20 && !seen; ++round) {
    const std::string prefix = (module_ / ("log" + std::to_string(round))).string();
    Process program({(module_ / "late").string()}, {{"POOLSCOPE_LOG", prefix}});
    ASSERT_EQ(program.wait(std::chrono::seconds(10)), 0) << program.err();
    const std::string log = prefix + "." + std::to_string(program.pid());
    const Outcome imported =
        poolscope({"import", log, "--overwrite", "-o", session().string()}, kMost);
    ASSERT_EQ(imported.exit_code, 0) << imported.err;
    const Outcome verified = poolscope({"verify", session().string()}, kMost);
    seen = verified.exit_code == 1 && verified.out.find("diverged at #") != std::string::npos;
  }
  EXPECT_TRUE(seen) << "no run of twenty had a contradiction";
}

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
