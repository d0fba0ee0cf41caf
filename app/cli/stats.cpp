// `poolscope stats`.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/named_pool.h"
#include "app/cli/report.h"
#include "app/cli/session_text.h"
#include "app/cli/stats_report.h"
#include "app/views/words/words.h"
#include "core/model/reduce.h"
#include "core/session/pool_sample_json.h"
#include "core/session/reader.h"
#include "core/story/statistics.h"

namespace poolscope::cli {
namespace {

/// Feeds the events after `before` up to `last`, with the models after them, to both.
Expected<std::uint64_t> count_in(Reader& reader, std::uint64_t before, std::uint64_t last,
                                 Statistics& statistics, PoolCalls& calls) {
  auto model = reader.model_at(before);
  if (!model) return tl::make_unexpected(model.error());
  statistics.begin_part(*model);
  calls.begin_part(*model);
  std::uint64_t events = 0;
  while (model->seq < last) {
    const std::uint64_t next = reader.next_seq(model->seq);
    if (next == model->seq) break;
    const std::vector<Segment>& segments = reader.segments();
    const std::size_t part = segment_of(segments, next);
    if (segments[part].seq == next) {
      auto first = reader.first_of(segments[part]);
      if (!first) return tl::make_unexpected(first.error());
      model = std::move(first);
      statistics.begin_part(*model);
      calls.begin_part(*model);
      continue;
    }
    const std::uint64_t end =
        part + 1 < segments.size() ? std::min(last, segments[part + 1].seq - 1) : last;
    const std::uint64_t was = model->seq;
    const auto read = reader.each_run(next, end, [&](std::span<const Event> run) {
      for (const Event& event : run) {
        reduce(*model, event);
        statistics.add(event, *model);
        calls.add(event, *model);
      }
      events += run.size();
    });
    if (!read) return tl::make_unexpected(read.error());
    if (model->seq == was) break;
  }
  return events;
}

std::vector<std::string> pool_names(const Reader& reader) {
  std::vector<std::string> names;
  for (const Name& name : reader.names()) {
    if (name.of != Name::Of::kPool || name.id >= PoolId::none().value) continue;
    if (names.size() <= name.id) names.resize(name.id + 1);
    names[name.id] = name.text;
  }
  return names;
}

PoolSamples samples_in(const Reader& reader) {
  PoolSamples samples;
  for (const Name& name : reader.names()) {
    if (name.of != Name::Of::kSampleOfPool || name.id >= PoolId::none().value) continue;
    if (auto sample = pool_sample_of(name.text)) {
      samples[static_cast<std::uint16_t>(name.id)] = std::move(*sample);
    }
  }
  return samples;
}

/// A file whose counting is still to come: all that can be refused before has been.
struct Opened {
  std::unique_ptr<Reader> reader;
  Stretch stretch;
  Counted counted;  // what is known at once
};

tl::unexpected<Error> no_such_pool(const Threshold& condition, const Counted& counted) {
  return bad_input(fmt::format("{}: --fail-if '{}': no pool {} has Gets or Puts there: see 'stats'",
                               counted.file, condition.text, condition.pool));
}

std::vector<PoolId> pools_of(const Threshold& condition, const Counted& counted) {
  const views::NamesOfScript names({.pools = &counted.pools});
  return pools_named(condition.pool, counted.pool_count);
}

Expected<Opened> open_for(const std::filesystem::path& file, const StatsArgs& args) {
  auto reader = Reader::open(file);
  if (!reader) return tl::make_unexpected(reader.error());
  Counted counted;
  counted.file = file.string();
  counted.details = (*reader)->config().details;
  counted.to_ns = (*reader)->duration_ns();
  counted.whole = !args.from && !args.to && (*reader)->origin().seq == 0;
  counted.pools = pool_names(**reader);
  counted.samples = samples_in(**reader);
  counted.pool_count = (*reader)->config().pools;
  if (!args.pool.empty()) {
    auto only = find_pools(counted.file, args.pool, counted.pools, counted.pool_count);
    if (!only) return tl::make_unexpected(only.error());
    counted.only = std::move(*only);
  }
  for (const Threshold& condition : args.fail_if) {
    if (auto known = check_recorded(condition, counted.details, counted.file); !known) {
      return tl::make_unexpected(known.error());
    }
    if (!condition.pool.empty() && pools_of(condition, counted).empty()) {
      return no_such_pool(condition, counted);
    }
  }
  const auto stretch = stretch_of(**reader, args.from, args.to);
  if (!stretch) return tl::make_unexpected(stretch.error());
  return Opened{std::move(*reader), *stretch, std::move(counted)};
}

Expected<Counted> count(Opened opened, const StatsArgs& args) {
  Reader& reader = *opened.reader;
  Counted& counted = opened.counted;
  const std::int64_t origin_ns = reader.origin().time_ns;
  Statistics statistics;
  const auto events =
      count_in(reader, opened.stretch.first, opened.stretch.last, statistics, counted.calls);
  if (!events) return tl::make_unexpected(events.error());
  counted.events = *events;
  counted.tally = statistics.sum();
  if (args.from) counted.from_ns = statistics.empty() ? 0 : statistics.begin_ns() - origin_ns;
  if (args.to) counted.to_ns = statistics.empty() ? 0 : statistics.end_ns() - origin_ns;
  return std::move(counted);
}

/// What a condition is about: all pools together, or those of one name.
Expected<Tally> tally_for(const Threshold& condition, const Counted& counted) {
  if (condition.pool.empty()) return counted.tally;
  Tally tally;
  tally.gc = counted.tally.gc;
  bool any = false;
  for (const PoolId pool : pools_of(condition, counted)) {
    const Counts* counts = counted.tally.by_pool.find(pool.value);
    if (counts == nullptr) continue;
    tally.all += *counts;
    any = true;
  }
  if (!any) return no_such_pool(condition, counted);
  return tally;
}

/// Says on stderr which of the conditions hold; whether one did.
bool report_failures(const Counted& counted, const std::vector<Threshold>& conditions) {
  bool failed = false;
  for (const Threshold& condition : conditions) {
    const auto tally = tally_for(condition, counted);
    if (!tally || !holds(condition, *tally)) continue;
    failed = true;
    const double figure = figure_of(condition, *tally);
    fmt::print(stderr, "poolscope: {}: {} holds: it is {}\n", counted.file, condition.text,
               condition.percent ? fmt::format("{:.2f} %", figure) : fmt::format("{:.0f}", figure));
  }
  return failed;
}

}  // namespace

int run_stats(const StatsArgs& args) {
  std::vector<Opened> opened;
  for (const std::filesystem::path& file : args.files) {
    auto one = open_for(file, args);
    if (!one) return report(one.error());
    opened.push_back(std::move(*one));
  }
  std::vector<Counted> all;
  for (Opened& one : opened) {
    auto counted = count(std::move(one), args);
    if (!counted) return report(counted.error());
    for (const Threshold& condition : args.fail_if) {
      if (auto known = tally_for(condition, *counted); !known) return report(known.error());
    }
    all.push_back(std::move(*counted));
  }
  if (args.json) {
    const nlohmann::ordered_json json =
        all.size() == 2 ? comparison_json(all.front(), all.back()) : stats_json(all.front());
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  } else {
    fmt::print(
        "{}", all.size() == 2 ? comparison_text(all.front(), all.back()) : stats_text(all.front()));
  }
  std::fflush(stdout);
  bool failed = false;
  for (const Counted& counted : all) failed = report_failures(counted, args.fail_if) || failed;
  return failed ? 1 : 0;
}

}  // namespace poolscope::cli
