// What is recorded of Go programs is what they did: findings, the audit, and counters that stand in
// a copy of Go's own library.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/go_programs.h"

namespace poolscope::testing {
namespace {

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
		var out sync.WaitGroup
		out.Add(4)
		in(4, func() {
			held := pool.Get()
			out.Done()
			out.Wait()
			pool.Put(held)
			use(1000)
		})
	case "leak":
		in(2, func() {
			for i := 0; i < 500; i++ {
				held := pool.Get()
				if i%5 != 0 {
					pool.Put(held)
				}
			}
		})
	case "turns":
		var turn sync.Mutex
		in(4, func() {
			for i := 0; i < 250; i++ {
				turn.Lock()
				use(1)
				turn.Unlock()
			}
		})
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
		var out sync.WaitGroup
		out.Add(2)
		in(2, func() {
			pool.Get()
			out.Done()
			out.Wait()
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
      {"leak",
       {"call New", "New was called for main.main.func", "200 of the 1,000 objects that its Gets"}},
      {"turns", {"in 1,000 Gets, never were two of its objects in use at once"}},
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

}  // namespace
}  // namespace poolscope::testing
