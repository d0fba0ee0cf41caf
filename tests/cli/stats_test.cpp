// `poolscope stats` against a plain recount over what `poolscope export --to jsonl` writes: a
// reader that knows neither our model nor our events, only the lines.

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;
using Figures = std::map<std::string, std::int64_t>;

/// Counts the lines of a session, those with from <= seq <= to.
class Recount {
 public:
  explicit Recount(bool modern, std::uint64_t from = 1, std::uint64_t to = UINT64_MAX)
      : modern_(modern), from_(from), to_(to) {}

  void read(const std::string& jsonl) {
    std::istringstream lines(jsonl);
    for (std::string line; std::getline(lines, line);) see(json::parse(line));
  }

  Figures figures;  // those that are 0 are not there

 private:
  struct Doing {
    int pool = 0;
    int p = -1;
    std::string from = "nil";
    std::string to;
    bool slow = false;
    bool victim = false;
    int found_at = -1;
    std::int64_t waits_since_ns = -1;
  };

  void add(const std::string& figure, std::int64_t n = 1) {
    if (counts_ && n != 0) figures[figure] += n;
  }

  void see(const json& e) {
    const std::string kind = e["kind"];
    const std::uint64_t seq = e["seq"];
    counts_ = seq >= from_ && seq <= to_;
    add("events");
    const std::int64_t now_ns = e["time_ns"];
    if (kind == "StopRequested") asked_ns_ = now_ns;
    if (kind == "WorldStopped") stood_ns_ = now_ns;
    if (kind == "WorldStarted" && e["stop_cause"] != "check") {
      const std::string cause = e["stop_cause"] == "gc" ? "gc" : "resize";
      add(cause + ".count");
      add(cause + ".wait_ns", stood_ns_ - asked_ns_);
      add(cause + ".stopped_ns", now_ns - stood_ns_);
    }
    if (kind == "PoolCleaned" || kind == "VictimDropped") clean(e);
    if (kind == "LocalToVictim") local_[e["pool"]] = 0;
    if (kind == "NewMade") add("made.by_new");
    if (kind == "ObjectMade") add("made.past_the_pools");
    if (kind == "LocalStored") grow(e);
    if (e.contains("g")) see_operation(kind, e, of_[e["g"]]);
  }

  void clean(const json& e) {
    const int array = e.value("array", 0);
    add("dropped.gc", in_[array]);
    add("pool " + std::to_string(e["pool"].get<int>()) + " dropped.gc", in_[array]);
    if (array != 0) dropped_.insert(array);
    if (e["kind"] == "PoolCleaned") local_[e["pool"]] = 0;
  }
  void grow(const json& e) {
    const int old = std::exchange(local_[e["pool"]], e["array"].get<int>());
    if (old == 0) return;
    dropped_.insert(old);
    add("dropped.realloc", in_[old]);
  }

  void see_operation(const std::string& kind, const json& e, Doing& doing) {
    if (kind == "GetBegin" || kind == "PutBegin") doing = {.pool = e["pool"]};
    if (kind == "RaceDrop") doing.to = "race_drop";
    if (kind == "Pinned" && doing.p < 0) doing.p = e["place"];
    if (kind == "SlowLoaded") doing.slow = true;
    if (kind == "VictimLoaded") doing.victim = true;
    if (kind == "PrivateStore") store(e, doing, "private");
    if (kind == "SharedPush") {
      store(e, doing, !modern_ && dropped_.contains(e["array"].get<int>()) ? "orphan" : "shared");
    }
    if (kind == "PrivateTake") take(e, doing, "private");
    if (kind == "VictimPrivateTake") take(e, doing, "victim_private");
    if (kind == "SharedPop" || kind == "TailPop") {
      take(e, doing, doing.victim ? "victim_shared" : doing.slow ? "steal" : "own_shared");
    }
    if (kind == "NewMade") doing.from = "new";
    if (kind == "GetEnd") end_get(doing);
    if (kind == "PutEnd") end_put(doing);
    if (kind == "LockWait" || kind == "AllPoolsWait") {
      doing.waits_since_ns = counts_ ? e["time_ns"].get<std::int64_t>() : -1;
    }
    if (kind == "Locked" || kind == "AllPoolsLocked") {
      const std::int64_t since_ns = std::exchange(doing.waits_since_ns, -1);
      if (since_ns < 0) return;
      add("locks.waits");
      add("locks.wait_ns", e["time_ns"].get<std::int64_t>() - since_ns);
    }
  }
  void store(const json& e, Doing& doing, const std::string& to) {
    ++in_[e["array"]];
    doing.to = to;
  }
  void take(const json& e, Doing& doing, const std::string& from) {
    --in_[e["array"]];
    doing.from = from;
    doing.found_at = e["place"];
  }
  void end_get(const Doing& doing) {
    for (const std::string& who : names_of(doing)) {
      add(who + "gets.all");
      add(who + "gets." + doing.from);
    }
    if (doing.from == "steal" && doing.found_at != doing.p) {
      add("P" + std::to_string(doing.found_at) + " stolen");
    }
  }
  void end_put(const Doing& doing) {
    for (const std::string& who : names_of(doing)) {
      add(who + "puts.all");
      add(who + "puts." + doing.to);
    }
  }
  static std::vector<std::string> names_of(const Doing& doing) {
    std::vector<std::string> names = {"", "pool " + std::to_string(doing.pool) + " "};
    if (doing.p >= 0) names.push_back("P" + std::to_string(doing.p) + " ");
    return names;
  }

  bool modern_;
  std::uint64_t from_;
  std::uint64_t to_;
  bool counts_ = false;
  std::map<int, Doing> of_;
  std::map<int, std::int64_t> in_;  // objects, by array
  std::map<int, int> local_;        // array, by pool; 0: nil
  std::set<int> dropped_;
  std::int64_t asked_ns_ = 0;
  std::int64_t stood_ns_ = 0;
};

void take_in(Figures& figures, const std::string& name, const json& value) {
  if (value.is_number() && value != 0) figures[name] = value;
}

/// What `stats --json` says, under the names of the recount.
Figures figures_of(const json& stats) {
  Figures figures;
  take_in(figures, "events", stats["events"]);
  const auto group = [&](const std::string& before, const json& where,
                         const std::vector<std::string>& groups) {
    for (const std::string& name : groups) {
      for (const auto& [key, value] : where[name].items()) {
        take_in(figures, fmt::format("{}{}.{}", before, name, key), value);
      }
    }
  };
  group("", stats, {"gets", "puts", "made"});
  for (const std::string key : {"gc", "realloc"}) {
    take_in(figures, "dropped." + key, stats["dropped"][key]);
  }
  for (const std::string stop : {"gc", "resize"}) {
    for (const std::string key : {"count", "wait_ns", "stopped_ns"}) {
      take_in(figures, fmt::format("{}.{}", stop, key), stats[stop][key]);
    }
  }
  take_in(figures, "locks.waits", stats["locks"]["waits"]);
  take_in(figures, "locks.wait_ns", stats["locks"]["wait_ns"]);
  for (const json& row : stats["by_p"]) {
    const std::string p = "P" + std::to_string(row["p"].get<int>()) + " ";
    group(p, row, {"gets", "puts"});
    take_in(figures, p + "stolen", row["stolen"]);
  }
  for (const json& row : stats["by_pool"]) {
    const std::string pool = "pool " + std::to_string(row["pool"].get<int>()) + " ";
    group(pool, row, {"gets", "puts"});
    take_in(figures, pool + "dropped.gc", row["dropped"]["gc"]);
  }
  return figures;
}

class StatsOfARecording : public ::testing::Test {
 protected:
  std::string record(std::vector<std::string> flags) {
    std::string file = (folder_ / "x.poolscope").string();
    std::vector<std::string> words = {"record", "-o",       file,    "--overwrite", "--rate",
                                      "5000",   "--events", "25000", "--held",      "3"};
    words.insert(words.end(), flags.begin(), flags.end());
    const Outcome outcome = poolscope(words);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return file;
  }
  static std::string jsonl(const std::string& file) {
    const Outcome outcome = poolscope({"export", file, "--to", "jsonl"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.out;
  }
  static json stats(std::vector<std::string> words) {
    words.insert(words.begin(), "stats");
    words.emplace_back("--json");
    const Outcome outcome = poolscope(words);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json::parse(outcome.out, nullptr, false);
  }
  TemporaryFolder folder_;
};

TEST_F(StatsOfARecording, EqualARecountOfItsLinesInTenSessions) {
  const std::vector<std::vector<std::string>> sessions = {
      {"--pool", "classic"},
      {"--pool", "modern"},
      {"--pool", "classic", "--gc-every", "1ms", "--resize-every", "2ms"},
      {"--pool", "modern", "--gc-every", "1ms", "--resize-every", "2ms"},
      {"--pool", "classic", "--pools", "5", "--gc-every", "2ms"},
      {"--pool", "modern", "--pools", "5", "--gc-every", "2ms"},
      {"--pool", "classic", "--race", "--resize-every", "1ms"},
      {"--pool", "modern", "--race", "--gc-every", "1ms"},
      {"--pool", "classic", "--workload", "producer-consumer", "--procs", "8", "--workers", "12"},
      {"--pool", "modern", "--workload", "bursts", "--procs", "2", "--workers", "9", "--gc-every",
       "1ms", "--resize-every", "1ms"},
  };
  Figures all;
  for (const std::vector<std::string>& flags : sessions) {
    std::string words;
    for (const std::string& flag : flags) words += flag + " ";
    SCOPED_TRACE(words);
    const std::string file = record(flags);
    Recount recount(flags[1] == "modern");
    recount.read(jsonl(file));
    EXPECT_EQ(figures_of(stats({file})), recount.figures);
    for (const auto& [name, n] : recount.figures) all[name] += n;
  }
  for (const char* name :
       {"gets.private", "gets.own_shared", "gets.steal", "gets.new", "puts.private", "puts.shared",
        "puts.race_drop", "dropped.gc", "gc.count", "resize.count", "pool 4 gets.all"}) {
    EXPECT_GT(all[name], 0) << name << " never happened";
  }
}

TEST_F(StatsOfARecording, OfAPartAreThoseOfItsEvents) {
  const std::string file =
      record({"--pool", "classic", "--gc-every", "1ms", "--resize-every", "1ms"});
  Recount recount(false, 5'000, 15'000);
  recount.read(jsonl(file));
  const json part = stats({file, "--from", "#5000", "--to", "#15000"});
  EXPECT_EQ(part["events"], 10'001);
  EXPECT_EQ(figures_of(part), recount.figures);
}

TEST_F(StatsOfARecording, OfTwoStandSideBySide) {
  const std::string file = record({"--pool", "modern"});
  const json both = stats({file, file});
  EXPECT_EQ(both["a"], both["b"]);
  EXPECT_EQ(both["a"], stats({file}));
  const Outcome text = poolscope({"stats", file, file});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_NE(text.out.find("own shared"), std::string::npos);
}

TEST_F(StatsOfARecording, OfTwoSayWhichPoolsHaveTheSameName) {
  const std::string three = record({"--pool", "modern", "--pools", "3"});
  const std::string other = (folder_ / "other.poolscope").string();
  std::filesystem::rename(three, other);
  const std::string two = record({"--pool", "modern", "--pools", "2"});
  const json both = stats({other, two});
  std::set<std::string> names;
  for (const json& pool : both["in_both"]) {
    names.insert(pool["name"]);
    EXPECT_EQ(pool["a"], pool["b"]) << pool;
  }
  EXPECT_EQ(names, (std::set<std::string>{"A", "B"}));
  const Outcome text = poolscope({"stats", other, two});
  for (const char* words : {"\npool ", "A Gets", "B Gets", "\nA ", "\nB "}) {
    EXPECT_NE(text.out.find(words), std::string::npos) << words << "\n" << text.out;
  }
  EXPECT_EQ(text.out.find("\nC "), std::string::npos) << text.out;
}

TEST_F(StatsOfARecording, OfOnePoolAreItsRowAndItsFindings) {
  const std::string file = record({"--pool", "classic", "--pools", "3", "--gc-every", "1ms"});
  const json all = stats({file});
  const json one = stats({file, "--pool", "B"});
  ASSERT_EQ(one["by_pool"].size(), 1U);
  EXPECT_EQ(one["by_pool"][0], all["by_pool"][1]);
  EXPECT_FALSE(one.contains("gets"));
  for (const json& finding : one["findings"]) {
    EXPECT_NE(finding.get<std::string>().find("Pool B"), std::string::npos) << finding;
  }
  const Outcome text = poolscope({"stats", file, "--pool", "B"});
  EXPECT_NE(text.out.find("\nB "), std::string::npos) << text.out;
  EXPECT_EQ(text.out.find("\nA "), std::string::npos) << text.out;
  EXPECT_EQ(text.out.find("\nP0 "), std::string::npos) << text.out;

  const Outcome unknown = poolscope({"stats", file, "--pool", "nowhere"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_EQ(unknown.err, "poolscope: " + file + ": has no pool nowhere: write one of A, B, C\n");
  const Outcome near = poolscope({"stats", file, "--pool", "b"});
  EXPECT_EQ(near.err, "poolscope: " + file + ": has no pool b: write one of B\n");
}

TEST_F(StatsOfARecording, FailWhereAConditionHolds) {
  const std::string file = record({"--pool", "classic"});
  const json all = stats({file});
  ASSERT_GT(all["gets"]["private"], 0);
  EXPECT_EQ(poolscope({"stats", file, "--fail-if", "gets<1"}).exit_code, 0);
  const Outcome of_pool = poolscope({"stats", file, "--fail-if", "A:gets>0"});
  EXPECT_EQ(of_pool.exit_code, 1);
  EXPECT_NE(of_pool.err.find("A:gets>0 holds: it is "), std::string::npos) << of_pool.err;
  const Outcome no_pool = poolscope({"stats", file, "--fail-if", "nowhere:gets>0"});
  EXPECT_EQ(no_pool.exit_code, 2);
  EXPECT_NE(no_pool.err.find("no pool nowhere has Gets or Puts"), std::string::npos) << no_pool.err;
  const Outcome fails = poolscope({"stats", file, "--fail-if", "private >= 0.0001 %"});
  EXPECT_EQ(fails.exit_code, 1);
  EXPECT_NE(fails.err.find("private >= 0.0001 % holds"), std::string::npos) << fails.err;
  EXPECT_NE(fails.out.find("own shared"), std::string::npos);
  for (const char* text : {"news", "what>1", "news>", "news>x%", "news>-1", "news>nan"}) {
    const Outcome bad = poolscope({"stats", file, "--fail-if", text});
    EXPECT_EQ(bad.exit_code, 2) << text;
    EXPECT_NE(bad.err.find(text), std::string::npos) << bad.err;
  }
}

TEST_F(StatsOfARecording, RefuseAStretchThatIsNone) {
  const std::string file = record({"--pool", "classic"});
  const Outcome turned = poolscope({"stats", file, "--from", "#900", "--to", "#5"});
  EXPECT_EQ(turned.exit_code, 2);
  EXPECT_NE(turned.err.find("--from lies after --to"), std::string::npos) << turned.err;
  EXPECT_EQ(poolscope({"stats", file, "--to", "#9000000"}).exit_code, 2);
}

}  // namespace
}  // namespace poolscope::testing
