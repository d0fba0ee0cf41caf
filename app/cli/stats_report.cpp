#include "app/cli/stats_report.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "app/cli/session_text.h"
#include "app/views/words/finding_text.h"
#include "app/views/words/words.h"
#include "core/story/findings.h"

namespace poolscope::cli {
namespace {

using views::count_text;
using views::duration_text;
using views::percent_text;
using Json = nlohmann::ordered_json;

const std::string kNotRecorded = "not recorded";
constexpr std::array kPlaces = {PutTo::kPrivate, PutTo::kShared, PutTo::kDroppedArray,
                                PutTo::kDice};
static_assert(kPlaces.size() == kPutPlaces);

std::vector<std::string> findings_text(const Counted& counted) {
  const views::NamesOfScript names({.pools = &counted.pools});
  std::vector<std::string> texts;
  const std::int64_t span_ns = counted.to_ns - counted.from_ns;
  for (const Finding& finding :
       findings_of(counted.tally, span_ns, counted.samples, counted.whole)) {
    texts.push_back(views::finding_text(finding));
  }
  return texts;
}

// --- JSON ----------------------------------------------------------------------------------------

Json gets_json(const Counts& counts) {
  Json json = {{"all", counts.gets()}};
  for (const GetFrom from : kGetSourcesInOrder) json[std::string(word_of(from))] = counts.of(from);
  return json;
}

Json puts_json(const Counts& counts) {
  Json json = {{"all", counts.puts()}};
  for (const PutTo to : kPlaces) json[std::string(word_of(to))] = counts.of(to);
  return json;
}

Json dropped_json(const Counts& counts) {
  return {{"gc", counts.dropped_by_gc},
          {"realloc", counts.dropped_by_grow},
          {"orphan", counts.of(PutTo::kDroppedArray)},
          {"race_drop", counts.of(PutTo::kDice)}};
}

/// null: nothing was sampled of that pool.
Json sample_json(const PoolSamples& samples, std::uint16_t pool) {
  const auto sample = samples.find(pool);
  if (sample == samples.end()) return nullptr;
  Json callers = Json::array();
  for (const PoolSample::Caller& caller : sample->second.callers) {
    callers.push_back(
        {{"function", caller.function}, {"sampled_gets", caller.gets}, {"news", caller.news}});
  }
  Json capacities = Json::array();
  for (const PoolSample::Capacity& capacity : sample->second.capacities) {
    capacities.push_back(
        {{"less_than_bytes", std::uint64_t{1} << capacity.bits}, {"puts", capacity.puts}});
  }
  return {{"one_get_of", PoolSample::kGetsEach}, {"callers", callers}, {"capacities", capacities}};
}

/// null where a session does not say who waits for a lock.
Json locks_json(const Counts& counts, const Details& details) {
  if (!details.locks) return nullptr;
  return {{"waits", counts.lock_waits},
          {"wait_ns", counts.lock_wait_ns},
          {"longest_wait_ns", counts.longest_lock_wait_ns}};
}

Json stops_json(const StopSums& stops, const Details& details) {
  Json json = {{"count", stops.count},
               {"waited_for_pinned", stops.waited},
               {"wait_ns", stops.wait_ns},
               {"longest_wait_ns", stops.longest_wait ? stops.longest_wait->wait_ns : 0},
               {"stopped_ns", stops.stopped_ns},
               {"longest_stopped_ns", stops.longest_stopped_ns}};
  if (!details.pins) {
    for (const char* key : {"waited_for_pinned", "wait_ns", "longest_wait_ns"}) json[key] = nullptr;
  }
  return json;
}

// --- text ----------------------------------------------------------------------------------------

/// A table whose first column is of words, the others of figures.
class Table {
 public:
  explicit Table(std::vector<std::string> head) { add(std::move(head)); }
  void add(std::vector<std::string> row) {
    widths_.resize(std::max(widths_.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths_[i] = std::max(widths_[i], width(row[i]));
    rows_.push_back(std::move(row));
  }
  [[nodiscard]] std::string text() const {
    std::string text;
    for (const std::vector<std::string>& row : rows_) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string room(widths_[i] - width(row[i]), ' ');
        line += i == 0 ? row[i] + room : "  " + room + row[i];
      }
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n";
    }
    return text;
  }

 private:
  /// Characters, not bytes: a duration has a µ.
  static std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (c & '\xc0') != '\x80'; }));
  }
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> widths_;
};

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

/// The busiest first.
std::string pools_text(const Counted& counted) {
  Table table(heads_of("pool", {"dropped by GC", "lock waits"}));
  for (const CountsByNumber::Row* row : counted.tally.by_pool.by_gets()) {
    std::vector<std::string> cells = row_of(views::name_of(PoolId{row->number}), row->counts);
    cells.push_back(count_text(row->counts.dropped_by_gc));
    cells.push_back(lock_waits_text(row->counts, counted.details));
    table.add(std::move(cells));
  }
  return table.text();
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

}  // namespace

Json stats_json(const Counted& counted) {
  const Tally& tally = counted.tally;
  Json json = {{"file", counted.file},
               {"from_ns", counted.from_ns},
               {"to_ns", counted.to_ns},
               {"events", counted.events},
               {"gets", gets_json(tally.all)},
               {"news_within_20ms_after_gc", tally.all.new_soon_after_gc},
               {"puts", puts_json(tally.all)},
               {"made", {{"by_new", tally.made_by_new}, {"past_the_pools", tally.made_by_user}}},
               {"dropped", dropped_json(tally.all)},
               {"pooled", {{"at_end", tally.pooled}, {"most", tally.most_pooled}}},
               {"locks", locks_json(tally.all, counted.details)},
               {"all_pools_mu", locks_json(tally.all_pools_mu, counted.details)},
               {"gc", stops_json(tally.gc, counted.details)},
               {"resize", stops_json(tally.resize, counted.details)},
               {"by_p", Json::array()},
               {"by_pool", Json::array()}};
  for (const auto& [number, counts] : tally.by_p.rows()) {
    json["by_p"].push_back({{"p", number},
                            {"gets", gets_json(counts)},
                            {"puts", puts_json(counts)},
                            {"stolen", counts.stolen},
                            {"locks", locks_json(counts, counted.details)},
                            {"held_up_stops", counts.held_up_stops}});
  }
  const views::NamesOfScript names({.pools = &counted.pools});
  for (const auto& [number, counts] : tally.by_pool.rows()) {
    json["by_pool"].push_back({{"pool", number},
                               {"name", views::name_of(PoolId{number})},
                               {"gets", gets_json(counts)},
                               {"puts", puts_json(counts)},
                               {"dropped", dropped_json(counts)},
                               {"locks", locks_json(counts, counted.details)},
                               {"whole_recording", sample_json(counted.samples, number)}});
  }
  json["findings"] = findings_text(counted);
  return json;
}

std::string stats_text(const Counted& counted) {
  const views::NamesOfScript names({.pools = &counted.pools});
  std::string text = head_of(counted);
  Table table({"", "", ""});
  for (const Line& line : lines_of(counted)) table.add({line.name, line.figure, line.share});
  text += table.text();
  text += "\n" + pools_text(counted) + "\n" + ps_text(counted);
  const std::vector<std::string> findings = findings_text(counted);
  if (!findings.empty()) text += "\n";
  for (const std::string& finding : findings) text += finding + "\n";
  return text;
}

std::string comparison_text(const Counted& a, const Counted& b) {
  std::string text = "A: " + head_of(a) + "B: " + head_of(b);
  Table table({"", "A", "", "B", ""});
  const std::vector<Line> lines_a = lines_of(a);
  const std::vector<Line> lines_b = lines_of(b);
  for (std::size_t i = 0; i < lines_a.size(); ++i) {
    table.add({lines_a[i].name, lines_a[i].figure, lines_a[i].share, lines_b[i].figure,
               lines_b[i].share});
  }
  text += table.text();
  for (const auto& [name, counted] : {std::pair{"A: ", &a}, std::pair{"B: ", &b}}) {
    const std::vector<std::string> findings = findings_text(*counted);
    if (!findings.empty()) text += "\n";
    for (const std::string& finding : findings) text += name + finding + "\n";
  }
  return text;
}

}  // namespace poolscope::cli
