#pragma once

// Go programs that the tests write, build with the recorder in them, and record.
//
// Thread safety: none.

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/goimport/overlay.h"
#include "core/session/reader.h"
#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {

namespace fs = std::filesystem;

// A Go that has not built for this overlay yet compiles its whole library first.
inline constexpr std::chrono::seconds kMost{100};

inline constexpr const char* kFmtInGoroutines = R"go(package main

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

inline fs::path goroot() {
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
inline std::string names_of_sound(const fs::path& session, long long checkpoints) {
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

inline std::string text_of(const fs::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace poolscope::testing
