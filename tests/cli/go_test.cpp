// Go programs, recorded: real ones, by the Go that is on this machine. Without one these tests are
// left out.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sys/mount.h>
#include <unistd.h>

#include "core/goimport/log_file.h"
#include "core/goimport/log_format.h"
#include "core/goimport/log_merge.h"
#include "tests/cli/go_programs.h"

namespace poolscope::testing {
namespace {

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

TEST_F(GoPrograms, AtTheLevelAllEachCallHasItsStartAndItsEnd) {
  write("main.go", kFmtInGoroutines);
  const Outcome outcome =
      run(command({"go", "record", "--level", "all", "-o", session().string(), "--", "sh", "-c",
                   "cd " + module_.path().string() + " && go run ."}),
          {}, kMost);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  names_of_sound(session(), 5);
  const Outcome exported = poolscope({"export", session().string(), "--to", "jsonl"}, kMost);
  ASSERT_EQ(exported.exit_code, 0) << exported.err;
  // How many Gets were not over at the moment at which they started, and were answered later.
  std::map<std::int64_t, std::int64_t> began_ns;  // by goroutine
  std::map<std::int64_t, int> pools;              // the same
  std::map<int, std::vector<std::int64_t>> took_ns;
  std::size_t gets = 0;
  std::size_t lasted = 0;
  std::istringstream lines(exported.out);
  for (std::string line; std::getline(lines, line);) {
    const nlohmann::json event = nlohmann::json::parse(line);
    const std::string kind = event.at("kind");
    if (kind == "GetBegin") {
      began_ns[event.at("g")] = event.at("time_ns");
      pools[event.at("g")] = event.at("pool");
    }
    if (kind != "GetEnd") continue;
    ++gets;
    took_ns[pools[event.at("g")]].push_back(event.at("time_ns").get<std::int64_t>() -
                                            began_ns[event.at("g")]);
    if (event.at("time_ns") > began_ns[event.at("g")]) ++lasted;
  }
  EXPECT_GT(gets, 1000U);
  EXPECT_GT(lasted * 10, gets * 9);

  const Outcome stats = poolscope({"stats", "--json", session().string()}, kMost);
  ASSERT_EQ(stats.exit_code, 0) << stats.err;
  const auto json = nlohmann::json::parse(stats.out);
  for (const auto& pool : json.at("by_pool")) {
    SCOPED_TRACE(pool.dump());
    std::vector<std::int64_t>& sorted = took_ns[pool.at("pool")];
    if (sorted.empty()) continue;
    std::ranges::sort(sorted);
    for (const auto& [key, percent] : {std::pair{"median_ns", 50U}, std::pair{"p99_ns", 99U}}) {
      const std::int64_t exact = sorted[(sorted.size() * percent + 99) / 100 - 1];
      EXPECT_GE(pool.at("get_took").at(key), exact);
      EXPECT_LE(pool.at("get_took").at(key), exact + exact / 64);
    }
    EXPECT_EQ(pool.at("get_took").at("longest_ns"), sorted.back());
    EXPECT_FALSE(pool.at("put_took").is_null());
  }
  const Outcome text = poolscope({"stats", session().string()}, kMost);
  EXPECT_NE(text.out.find("Get median"), std::string::npos) << text.out;
}

TEST_F(GoPrograms, AtTheUsualLevelNobodySaysHowLongCallsTookButWhatWasMadePastAPool) {
  write("main.go", R"go(package main

import "sync"

var (
	made = sync.Pool{New: func() any { return new([64]byte) }}
	past sync.Pool
)

func main() {
	for i := 0; i < 100; i++ {
		made.Put(made.Get())
		if i < 30 {
			past.Put(new([32]byte))
			past.Put(past.Get())
		}
	}
	for i := 0; i < 12; i++ {
		made.Put(new([64]byte))
	}
}
)go");
  const Outcome outcome = record("go run .");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const Outcome stats = poolscope({"stats", "--json", session().string()}, kMost);
  std::map<std::string, std::int64_t> made_past_it;
  const auto json = nlohmann::json::parse(stats.out);
  for (const auto& pool : json.at("by_pool")) {
    made_past_it[pool.at("name")] = pool.at("made_past_it");
    EXPECT_TRUE(pool.at("get_took").is_null()) << pool;
    EXPECT_TRUE(pool.at("put_took").is_null()) << pool;
  }
  EXPECT_EQ(made_past_it["main.made (*[64]uint8)"], 12);
  EXPECT_EQ(made_past_it["main.past (*[32]uint8)"], 30);
  const Outcome text = poolscope({"stats", session().string()}, kMost);
  EXPECT_NE(text.out.find("made past it"), std::string::npos) << text.out;
  EXPECT_EQ(text.out.find("Get median"), std::string::npos) << text.out;
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

}  // namespace
}  // namespace poolscope::testing
