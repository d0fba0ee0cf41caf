// Statistics of one session as JSON.

#include <cstdint>
#include <string>

#include "app/cli/stats_parts.h"
#include "app/cli/stats_report.h"
#include "app/views/words/words.h"

namespace poolscope::cli {
namespace {

using Json = nlohmann::ordered_json;

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

/// null if the session does not record who waits for a lock.
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

/// null where there are none, or where the session does not say how long calls took.
Json durations_json(const Durations* durations) {
  if (durations == nullptr || durations->empty()) return nullptr;
  return {{"median_ns", durations->at(kMedian)},
          {"p99_ns", durations->at(kNearlyAll)},
          {"longest_ns", durations->longest_ns()}};
}

/// With its name in the language of the process.
Json pool_json(const Counted& counted, PoolId pool) {
  const Counts counts = counts_of(counted, pool);
  const PoolCalls::Pool* calls = counted.calls.find(pool);
  const PoolCalls::Pool* timed = counted.calls.times_known() ? calls : nullptr;
  return {{"pool", pool.value},
          {"name", views::name_of(pool)},
          {"gets", gets_json(counts)},
          {"puts", puts_json(counts)},
          {"made_past_it", calls == nullptr ? 0 : calls->made_past_it},
          {"get_took", durations_json(timed == nullptr ? nullptr : &timed->gets)},
          {"put_took", durations_json(timed == nullptr ? nullptr : &timed->puts)},
          {"dropped", dropped_json(counts)},
          {"locks", locks_json(counts, counted.details)},
          {"whole_recording", sample_json(counted.samples, pool.value)}};
}

void add_of_all_pools(Json& json, const Counted& counted) {
  const Tally& tally = counted.tally;
  json.update({{"gets", gets_json(tally.all)},
               {"news_within_20ms_after_gc", tally.all.new_soon_after_gc},
               {"puts", puts_json(tally.all)},
               {"made", {{"by_new", tally.made_by_new}, {"past_the_pools", tally.made_by_user}}},
               {"dropped", dropped_json(tally.all)},
               {"pooled", {{"at_end", tally.pooled}, {"most", tally.most_pooled}}},
               {"locks", locks_json(tally.all, counted.details)},
               {"all_pools_mu", locks_json(tally.all_pools_mu, counted.details)},
               {"gc", stops_json(tally.gc, counted.details)},
               {"resize", stops_json(tally.resize, counted.details)},
               {"by_p", Json::array()}});
  for (const auto& [number, counts] : tally.by_p.rows()) {
    json["by_p"].push_back({{"p", number},
                            {"gets", gets_json(counts)},
                            {"puts", puts_json(counts)},
                            {"stolen", counts.stolen},
                            {"locks", locks_json(counts, counted.details)},
                            {"held_up_stops", counts.held_up_stops}});
  }
}

}  // namespace

Json stats_json(const Counted& counted) {
  const views::NamesOfScript names({.pools = &counted.pools});
  Json json = {{"file", counted.file},
               {"from_ns", counted.from_ns},
               {"to_ns", counted.to_ns},
               {"events", counted.events}};
  if (counted.only.empty()) add_of_all_pools(json, counted);
  json["by_pool"] = Json::array();
  for (const PoolId pool : pools_by_number(counted)) {
    json["by_pool"].push_back(pool_json(counted, pool));
  }
  json["findings"] = findings_text(counted);
  return json;
}

}  // namespace poolscope::cli
