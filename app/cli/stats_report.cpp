#include "app/cli/stats_report.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "app/cli/session_text.h"
#include "app/cli/stats_parts.h"
#include "app/cli/text_table.h"
#include "app/views/words/words.h"

namespace poolscope::cli {
namespace {

using views::count_text;
using views::duration_text;
using views::percent_text;
using Json = nlohmann::ordered_json;

const std::string kNotRecorded = "not recorded";

std::string head_of(const Counted& counted) {
  return fmt::format("{}: {} to {}, {} events\n", counted.file, seconds(counted.from_ns),
                     seconds(counted.to_ns), count_text(counted.events));
}

/// What a table has in each row, of a P or of a pool.
std::vector<std::string> row_of(const std::string& name, const Counts& counts) {
  const auto share = [&counts](std::uint64_t count) {
    return counts.gets() == 0 ? "-" : percent_text(count, counts.gets());
  };
  return {name,
          count_text(counts.gets()),
          share(counts.of(GetFrom::kPrivate)),
          share(counts.of(GetFrom::kOwnShared)),
          share(counts.of(GetFrom::kSteal)),
          share(counts.of(GetFrom::kVictimPrivate) + counts.of(GetFrom::kVictimShared)),
          share(counts.of(GetFrom::kNew)),
          share(counts.of(GetFrom::kNil)),
          count_text(counts.puts())};
}

std::vector<std::string> heads_of(const std::string& title, const std::vector<std::string>& more) {
  std::vector<std::string> heads = {title,    "Gets", "private", "own shared", "steal",
                                    "victim", "New",  "nil",     "Puts"};
  heads.insert(heads.end(), more.begin(), more.end());
  return heads;
}

std::string lock_waits_text(const Counts& counts, const Details& details) {
  return details.locks ? count_text(counts.lock_waits) : "-";
}

std::string pools_text(const Counted& counted) {
  Table table(heads_of("pool", {"made past it", "dropped by GC", "lock waits"}));
  for (const PoolId pool : pools_by_gets(counted)) {
    const Counts counts = counts_of(counted, pool);
    const PoolCalls::Pool* calls = counted.calls.find(pool);
    std::vector<std::string> cells = row_of(views::name_of(pool), counts);
    cells.push_back(count_text(calls == nullptr ? 0 : calls->made_past_it));
    cells.push_back(count_text(counts.dropped_by_gc));
    cells.push_back(lock_waits_text(counts, counted.details));
    table.add(std::move(cells));
  }
  return table.text();
}

/// Empty where the session does not say how long calls took.
std::string times_text(const Counted& counted) {
  if (!counted.calls.times_known()) return {};
  Table table({"pool", "Get median", "99 %", "longest", "Put median", "99 %", "longest"});
  for (const PoolId pool : pools_by_gets(counted)) {
    const PoolCalls::Pool* calls = counted.calls.find(pool);
    if (calls == nullptr) continue;
    std::vector<std::string> cells = {views::name_of(pool)};
    for (const Durations* durations : {&calls->gets, &calls->puts}) {
      for (const std::int64_t ns :
           {durations->at(kMedian), durations->at(kNearlyAll), durations->longest_ns()}) {
        cells.push_back(durations->empty() ? "-" : duration_text(ns));
      }
    }
    table.add(std::move(cells));
  }
  return "\n" + table.text();
}

std::string ps_text(const Counted& counted) {
  Table table(heads_of("P", {"lock waits", "stolen"}));
  for (const auto& [number, counts] : counted.tally.by_p.rows()) {
    std::vector<std::string> cells = row_of(fmt::format("P{}", number), counts);
    cells.push_back(lock_waits_text(counts, counted.details));
    cells.push_back(count_text(counts.stolen));
    table.add(std::move(cells));
  }
  return table.text();
}

/// The rows that one session has, and two side by side.
struct Line {
  std::string name;
  std::string figure;
  std::string share;
};

std::vector<Line> lines_of(const Counted& counted) {
  const Tally& tally = counted.tally;
  const Counts& all = tally.all;
  std::vector<Line> lines = {{"Gets", count_text(all.gets()), ""}};
  for (const GetFrom from : kGetSourcesInOrder) {
    lines.push_back({"  " + views::source_text(from), count_text(all.of(from)),
                     percent_text(all.of(from), all.gets())});
  }
  lines.push_back({"Puts", count_text(all.puts()), ""});
  for (const PutTo to : kPlaces) {
    lines.push_back({"  " + views::put_place_text(to), count_text(all.of(to)),
                     percent_text(all.of(to), all.puts())});
  }
  lines.push_back({"made by New", count_text(tally.made_by_new), ""});
  lines.push_back({"made past the pools", count_text(tally.made_by_user), ""});
  lines.push_back({"dropped by GC", count_text(all.dropped_by_gc), ""});
  lines.push_back({"dropped by a grow", count_text(all.dropped_by_grow), ""});
  lines.push_back({"in the pools at the end", count_text(tally.pooled), ""});
  lines.push_back({"in the pools at most", count_text(tally.most_pooled), ""});
  lines.push_back(counted.details.locks ? Line{"lock waits", count_text(all.lock_waits),
                                               duration_text(all.lock_wait_ns)}
                                        : Line{"lock waits", kNotRecorded, ""});
  for (const auto& [name, stops] :
       {std::pair{"GCs", &tally.gc}, std::pair{"GOMAXPROCS changes", &tally.resize}}) {
    lines.push_back({name, count_text(stops->count), ""});
    lines.push_back({"  waited for the world to stop",
                     counted.details.pins ? duration_text(stops->wait_ns) : kNotRecorded, ""});
    lines.push_back({"  the world stood", duration_text(stops->stopped_ns), ""});
  }
  return lines;
}

// --- two sessions --------------------------------------------------------------------------------

struct InBoth {
  std::string name;  // without the type where it is of another one there
  PoolId a;
  PoolId b;
};

/// A pool that has no partner in the other session yet.
struct Free {
  PoolId pool;
  std::string name;
  std::string short_name;
};

std::vector<Free> free_in(const Counted& counted) {
  const views::NamesOfScript given({.pools = &counted.pools});
  std::vector<Free> free;
  for (const PoolId pool : pools_by_number(counted)) {
    free.push_back({pool, views::name_of(pool), views::short_name_of(pool)});
  }
  return free;
}

/// Takes out of both those that have the same name: of several the first with the first, and so on.
void pair_by(std::string Free::*name, std::vector<Free>& a, std::vector<Free>& b,
             std::vector<InBoth>& both) {
  std::multimap<std::string, PoolId> of_b;
  for (const Free& one : b) of_b.emplace(one.*name, one.pool);
  std::erase_if(a, [&](const Free& one) {
    const auto it = of_b.lower_bound(one.*name);
    if (it == of_b.end() || it->first != one.*name) return false;
    const PoolId partner = it->second;
    both.push_back({one.*name, one.pool, partner});
    std::erase_if(b, [partner](const Free& other) { return other.pool == partner; });
    of_b.erase(it);
    return true;
  });
}

/// Pools of the same name, else of the same but for the type of their objects, which may be unknown
/// or have changed. The busiest of `a` first.
std::vector<InBoth> pools_in_both(const Counted& a, const Counted& b) {
  std::vector<Free> free_a = free_in(a);
  std::vector<Free> free_b = free_in(b);
  std::vector<InBoth> both;
  pair_by(&Free::name, free_a, free_b, both);
  pair_by(&Free::short_name, free_a, free_b, both);
  std::ranges::sort(both, {}, &InBoth::a);
  std::ranges::stable_sort(both, std::greater(),
                           [&](const InBoth& pool) { return counts_of(a, pool.a).gets(); });
  return both;
}

/// What the table of two sessions has of a pool of one of them.
std::vector<std::string> half_row(const Counted& counted, PoolId pool) {
  const Counts counts = counts_of(counted, pool);
  const std::uint64_t gets = counts.gets();
  const std::uint64_t news = counts.of(GetFrom::kNew);
  const std::uint64_t made = news + counts.of(GetFrom::kNil);
  std::vector<std::string> cells = {
      count_text(gets), gets == 0 ? "-" : percent_text(gets - made, gets),
      gets == 0 ? "-" : percent_text(news, gets), count_text(counts.puts())};
  if (!counted.calls.times_known()) return cells;
  const PoolCalls::Pool* calls = counted.calls.find(pool);
  for (const unsigned percent : {kMedian, kNearlyAll}) {
    const bool none = calls == nullptr || calls->gets.empty();
    cells.push_back(none ? "-" : duration_text(calls->gets.at(percent)));
  }
  return cells;
}

std::vector<std::string> half_head(const std::string& name, const Counted& counted) {
  std::vector<std::string> heads = {name + " Gets", "found", "New", "Puts"};
  if (counted.calls.times_known()) heads.insert(heads.end(), {"Get median", "99 %"});
  return heads;
}

std::string pools_in_both_text(const Counted& a, const Counted& b) {
  const std::vector<InBoth> both = pools_in_both(a, b);
  if (both.empty()) return "\nNo pool has the same name in both.\n";
  const auto joined = [](std::vector<std::string> cells, const std::vector<std::string>& more) {
    cells.insert(cells.end(), more.begin(), more.end());
    return cells;
  };
  Table table(joined(joined({"pool"}, half_head("A", a)), half_head("B", b)));
  for (const InBoth& pool : both) {
    table.add(joined(joined({pool.name}, half_row(a, pool.a)), half_row(b, pool.b)));
  }
  return "\n" + table.text();
}

}  // namespace

std::string stats_text(const Counted& counted) {
  const views::NamesOfScript names({.pools = &counted.pools});
  std::string text = head_of(counted);
  if (counted.only.empty()) {
    Table table({"", "", ""});
    for (const Line& line : lines_of(counted)) table.add({line.name, line.figure, line.share});
    text += table.text();
  }
  text += "\n" + pools_text(counted) + times_text(counted);
  if (counted.only.empty()) text += "\n" + ps_text(counted);
  const std::vector<std::string> findings = findings_text(counted);
  if (!findings.empty()) text += "\n";
  for (const std::string& finding : findings) text += finding + "\n";
  return text;
}

Json comparison_json(const Counted& a, const Counted& b) {
  Json json = {{"a", stats_json(a)}, {"b", stats_json(b)}, {"in_both", Json::array()}};
  for (const InBoth& pool : pools_in_both(a, b)) {
    json["in_both"].push_back({{"name", pool.name}, {"a", pool.a.value}, {"b", pool.b.value}});
  }
  return json;
}

std::string comparison_text(const Counted& a, const Counted& b) {
  std::string text = "A: " + head_of(a) + "B: " + head_of(b);
  if (a.only.empty()) {
    Table table({"", "A", "", "B", ""});
    const std::vector<Line> lines_a = lines_of(a);
    const std::vector<Line> lines_b = lines_of(b);
    for (std::size_t i = 0; i < lines_a.size(); ++i) {
      table.add({lines_a[i].name, lines_a[i].figure, lines_a[i].share, lines_b[i].figure,
                 lines_b[i].share});
    }
    text += table.text();
  }
  text += pools_in_both_text(a, b);
  for (const auto& [name, counted] : {std::pair{"A: ", &a}, std::pair{"B: ", &b}}) {
    const std::vector<std::string> findings = findings_text(*counted);
    if (!findings.empty()) text += "\n";
    for (const std::string& finding : findings) text += name + finding + "\n";
  }
  return text;
}

}  // namespace poolscope::cli
