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
#include <numeric>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include "core/goimport/log_file.h"
#include "core/goimport/log_format.h"
#include "core/goimport/log_merge.h"
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

fs::path goroot() {
  const std::string said = run({"go", "env", "GOROOT"}).out;
  return said.substr(0, said.size() - 1);
}

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
    std::string program = (module_ / "built").string();
    std::vector<std::string> words = command({"go", "build", "--"});
    const Outcome outcome =
        run({"sh", "-c",
             "cd " + module_.path().string() + " && exec \"$0\" go build -- -o " + program + " .",
             words.front()},
            {}, kMost);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return program;
  }

  /// Makes overlay/overlay.json of them, for `go build -overlay`.
  void write_overlay(const goimport::GoFiles& files) {
    const fs::path root = goroot();
    nlohmann::json replace;
    for (const auto& [name, text] : {std::pair{goimport::GoFiles::kPool, &files.pool},
                                     {goimport::GoFiles::kPoolQueue, &files.pool_queue},
                                     {goimport::GoFiles::kRuntime, &files.runtime}}) {
      const std::string copy = "overlay/" + fs::path(name).filename().string();
      write(copy, *text);
      replace[(root / name).string()] = (module_ / copy).string();
    }
    write("overlay/overlay.json", nlohmann::json{{"Replace", replace}}.dump());
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

TEST_F(GoPrograms, AnExactOrderIsOneSequenceOfAllPs) {
  write("main.go", kFmtInGoroutines);
  const Outcome outcome =
      run(command({"go", "record", "--exact-order", "-o", session().string(), "--", "sh", "-c",
                   "cd " + module_.path().string() + " && go run ."}),
          {}, kMost);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  names_of_sound(session(), 5);

  Process program({built()},
                  {{"POOLSCOPE_LOG", (module_ / "log").string()}, {"POOLSCOPE_ORDER", "exact"}});
  ASSERT_EQ(program.wait(std::chrono::seconds(20)), 0) << program.err();
  auto log =
      goimport::LogFile::open((module_ / "log").string() + "." + std::to_string(program.pid()));
  ASSERT_TRUE(log) << log.error().message;
  std::vector<std::uint64_t> stamps;
  std::int64_t last_ns = 0;
  for (goimport::LogMerge merge(log->streams()); merge.stream() != nullptr; merge.advance()) {
    stamps.push_back(merge.stream()->next()->time);
    const std::int64_t now_ns = log->to_ns(stamps.back());
    ASSERT_GE(now_ns, last_ns);
    last_ns = now_ns;
  }
  std::vector<std::uint64_t> expected(stamps.size());
  std::iota(expected.begin(), expected.end(), 1);
  EXPECT_EQ(stamps, expected) << "each number once, none left out";
  EXPECT_GT(last_ns, 8 * 20'000'000) << "eight rests of 20 ms";
  EXPECT_LT(last_ns, 20'000'000'000);
}

TEST_F(GoPrograms, FiveThousandPools) {
  write("main.go", R"go(package main

import (
	"runtime"
	"sync"
)

var pools [5000]sync.Pool

func main() {
	for round := 0; round < 3; round++ {
		for i := range pools {
			pools[i].Put(new([64]byte))
			pools[i].Put(new([64]byte))
			pools[i].Get()
		}
		runtime.GC()
	}
}
)go");
  const Outcome program = run({built()}, {{"POOLSCOPE_LOG", (module_ / "log").string()}}, kMost);
  ASSERT_EQ(program.exit_code, 0) << program.err;
  std::string log;
  for (const auto& entry : fs::directory_iterator(module_.path())) {
    if (entry.path().stem() == "log") log = entry.path().string();
  }
  const Outcome outcome = poolscope({"import", log, "-o", session().string()}, kMost);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const std::string names = names_of_sound(session(), 3);
  EXPECT_EQ(std::ranges::count(names, '\n'), 5000);
  const auto stats = nlohmann::json::parse(poolscope({"stats", "--json", session().string()}).out);
  EXPECT_EQ(stats.at("by_pool").size(), 5000U);
  EXPECT_EQ(stats.at("puts").at("all"), 30'000);
  EXPECT_EQ(stats.at("gets").at("all"), 15'000);
}

constexpr const char* kHabits = R"go(package main

import (
	"bytes"
	"os"
	"sync"
)

var pool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func sized(size int) *bytes.Buffer { return bytes.NewBuffer(make([]byte, 0, size)) }

//go:noinline
func lose() { pool.Get() }

func use(times int) {
	for i := 0; i < times; i++ {
		pool.Put(pool.Get())
	}
}

func in(goroutines int, work func()) {
	var all sync.WaitGroup
	for i := 0; i < goroutines; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			work()
		}()
	}
	all.Wait()
}

// Of another file: more of them, and what is done in the end.
var more = map[string]func(){}
var finish = func() {}

func main() {
	defer func() { finish() }()
	switch os.Args[1] {
	default:
		more[os.Args[1]]()
	case "well":
		in(4, func() { use(1000) })
	case "lost":
		in(2, func() {
			for i := 0; i < 50; i++ {
				lose()
			}
		})
	case "outside":
		in(2, func() {
			for i := 0; i < 100; i++ {
				pool.Put(sized(512))
			}
		})
	case "alone":
		in(1, func() { use(1000) })
	case "getter":
		in(3, func() {
			for i := 0; i < 100; i++ {
				pool.Put(sized(512))
			}
		})
		in(1, func() {
			for i := 0; i < 200; i++ {
				pool.Get()
			}
		})
	case "large":
		in(2, func() {
			for i := 0; i < 100; i++ {
				pool.Get()
				if i%10 == 0 {
					pool.Put(sized(256 << 10))
				} else {
					pool.Put(sized(512))
				}
			}
		})
	}
}
)go";

TEST_F(GoPrograms, FindingsHoldInProgramsThatAreMadeForThemAndInNoOthers) {
  write("main.go", kHabits);
  const std::string program = built();
  const std::map<std::string, std::vector<std::string>> wanted = {
      {"well", {}},
      {"lost", {"call New", "New was called for main.lose (100 %)", "nothing is ever put back"}},
      {"outside", {"objects are put that no Get gave out"}},
      {"alone", {"alone uses it"}},
      {"getter", {"all of the 200 Gets are of "}},
      {"large",
       {"10 % of the buffers that were put have 32 KiB and more, and half of all that were put "
        "have less than 1 KiB"}},
  };
  for (const auto& [habit, sentences] : wanted) {
    SCOPED_TRACE(habit);
    Process process({program, habit}, {{"POOLSCOPE_LOG", (module_ / "log").string()}});
    ASSERT_EQ(process.wait(std::chrono::seconds(20)), 0) << process.err();
    const std::string log = (module_ / "log").string() + "." + std::to_string(process.pid());
    const Outcome imported =
        poolscope({"import", log, "--overwrite", "-o", session().string()}, kMost);
    ASSERT_EQ(imported.exit_code, 0) << imported.err;
    const Outcome stats = poolscope({"stats", "--json", session().string()});
    ASSERT_EQ(stats.exit_code, 0) << stats.err;
    const nlohmann::json json = nlohmann::json::parse(stats.out);
    std::vector<std::string> found;
    for (const std::string finding : json.at("findings")) {
      if (finding.starts_with("Pool main.pool ")) found.push_back(finding);
    }
    EXPECT_EQ(found.size(), sentences.size()) << stats.out;
    for (std::size_t i = 0; i < std::min(found.size(), sentences.size()); ++i) {
      EXPECT_NE(found[i].find(sentences[i]), std::string::npos) << found[i];
    }
  }
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

/// The copies of the library with the probes in them.
goimport::GoFiles probed_files() {
  using goimport::GoFiles;
  const fs::path root = goroot();
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
  return *files;
}

/// The same, but for one fault: a pop at the tail is stamped when its slot has been given back, so
/// the next push into the slot may be stamped before it.
goimport::GoFiles with_late_stamp() {
  goimport::GoFiles files = probed_files();
  const std::string call = "poolscopePopped(poolscopeKindPopTail, d, slot, tail)";
  const std::string gives_back = "atomic.StorePointer(&slot.typ, nil)\n";
  std::string& text = files.pool_queue;
  text.replace(text.find(call), call.size(), "late, lateTail = *slot, tail");
  text.insert(text.find(gives_back, text.find("late, lateTail")) + gives_back.size(),
              "	if poolscopeOn { poolscopePopped(poolscopeKindPopTail, d, &late, lateTail) }\n");
  const std::string start = "popTail() (any, bool) {\n";
  text.insert(text.find(start) + start.size(),
              "	var late eface\n	var lateTail "
              "uint32\n");
  return files;
}

// By hand: two Ps have to meet by chance.
TEST_F(GoPrograms, DISABLED_TheAuditSeesAStampThatIsTakenTooLate) {
  write_overlay(with_late_stamp());
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

/// The files with counters besides: where each Get found its object, and the Puts.
goimport::GoFiles with_counters() {
  goimport::GoFiles files = probed_files();
  std::string& text = files.pool;
  std::size_t from = 0;
  // The next line after `from` that is `line`, with `more` behind it.
  const auto behind = [&](const std::string& line, const std::string& more) {
    from = text.find("\t" + line + "\n", from);
    ASSERT_NE(from, std::string::npos) << line;
    from += line.size() + 1;
    text.insert(from, "; " + more);
  };
  behind("if x == nil {", "return }; handCount(8); if false {");
  behind("l, pid := p.pin()", "found := 0");
  behind("x, _ = l.shared.popHead()", "found = 1");
  behind("x = p.getSlow(pid)", "found = 2");
  behind("runtime_procUnpin()", "if x != nil && found != 2 { handCount(found) }");
  behind("x = p.New()", "if x != nil { handCount(5) }");
  text.insert(text.find("\treturn x\n", from), "\tif x == nil { handCount(6) }\n");
  from = text.find("func (p *Pool) getSlow(");
  for (const int tier : {2, 3, 4}) {
    from = text.find("return x\n", from);
    const std::string count = "handCount(" + std::to_string(tier) + "); ";
    text.insert(from, count);
    from += count.size() + 1;
  }
  text +=
      "\nvar HandCounts [9]uint64\n"
      "func handCount(i int) { atomic.AddUint64(&HandCounts[i], 1) }\n";
  return files;
}

TEST_F(GoPrograms, TiersOfTenProgramsAreThoseOfCountersInTheLibrary) {
  write_overlay(with_counters());
  write("main.go", kHabits);
  write("more.go", R"go(package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
	"runtime"
	"sync"
)

func init() {
	more["fmt"] = func() {
		in(8, func() {
			for i := 0; i < 500; i++ {
				fmt.Fprintf(io.Discard, "%d %s", i, "x")
				if i%100 == 0 {
					runtime.GC()
				}
			}
		})
	}
	more["json"] = func() {
		in(4, func() {
			for i := 0; i < 300; i++ {
				text, _ := json.Marshal(map[string]any{"i": i, "list": []int{1, 2, 3}})
				var value any
				json.Unmarshal(text, &value)
			}
		})
	}
	more["regexp"] = func() {
		words := regexp.MustCompile(`(a|b)+c?(d|e)*f`)
		in(4, func() {
			logger := log.New(io.Discard, "x", 0)
			for i := 0; i < 300; i++ {
				words.FindAllString("ababcddef aaf bbcf abcabcdef", -1)
				logger.Printf("%d", i)
			}
		})
	}
	more["procs"] = func() {
		in(6, func() {
			var held []any
			for i := 0; i < 2000; i++ {
				held = append(held, pool.Get())
				if len(held) == 7 {
					for _, x := range held {
						pool.Put(x)
					}
					held = held[:0]
				}
				if i%500 == 0 {
					runtime.GOMAXPROCS(1 + i/500)
				}
				if i%300 == 0 {
					runtime.GC()
				}
				runtime.Gosched()
			}
		})
	}
	finish = func() {
		for i := range sync.HandCounts {
			print(sync.HandCounts[i], " ")
		}
		os.Exit(0)
	}
}
)go");
  const Outcome compiled =
      run(in_module("go build -overlay overlay/overlay.json -o counted ."), {}, kMost);
  ASSERT_EQ(compiled.exit_code, 0) << compiled.err;
  for (const char* habit :
       {"well", "lost", "outside", "alone", "getter", "large", "fmt", "json", "regexp", "procs"}) {
    SCOPED_TRACE(habit);
    Process program({(module_ / "counted").string(), habit},
                    {{"POOLSCOPE_LOG", (module_ / "log").string()}});
    ASSERT_EQ(program.wait(std::chrono::seconds(30)), 0) << program.err();
    std::istringstream said(program.err());
    std::vector<std::uint64_t> counts;
    for (std::uint64_t count = 0; said >> count;) counts.push_back(count);
    ASSERT_EQ(counts.size(), 9U) << program.err();
    const std::string log = (module_ / "log").string() + "." + std::to_string(program.pid());
    const Outcome imported =
        poolscope({"import", log, "--overwrite", "-o", session().string()}, kMost);
    ASSERT_EQ(imported.exit_code, 0) << imported.err;
    const auto stats =
        nlohmann::json::parse(poolscope({"stats", "--json", session().string()}, kMost).out);
    const auto& gets = stats.at("gets");
    EXPECT_EQ(gets.at("private"), counts[0]);
    EXPECT_EQ(gets.at("own_shared"), counts[1]);
    EXPECT_EQ(gets.at("steal"), counts[2]);
    EXPECT_EQ(gets.at("victim_private"), counts[3]);
    EXPECT_EQ(gets.at("victim_shared"), counts[4]);
    EXPECT_EQ(gets.at("new"), counts[5]);
    EXPECT_EQ(gets.at("nil"), counts[6]);
    EXPECT_EQ(stats.at("puts").at("all"), counts[8]);
    EXPECT_TRUE(std::ranges::any_of(counts, [](std::uint64_t n) { return n != 0; }));
    RecordProperty(habit, program.err());
  }
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
