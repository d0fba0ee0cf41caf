#include "app/control/compared_side.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/control/script_clock.h"
#include "app/control/session_file.h"
#include "core/model/reduce.h"
#include "core/model/timeline.h"
#include "core/script/call_run.h"
#include "core/script/run.h"
#include "core/session/reader.h"
#include "core/story/seen_calls.h"

namespace poolscope {
namespace {

/// A script's events as they come: a past that can be sought, at the speed of a lesson, and the
/// calls in it.
class Kept {
 public:
  explicit Kept(const script::Script& script)
      : calls_(kMostComparedCalls),
        timeline_(initial_model(script::config_of(script)), {}, &calls_) {}

  void take(std::span<const Event> events) { timeline_.append(clock_.timed(events)); }
  void end_line() { end_ns_ = clock_.end_line().end_ns; }

  [[nodiscard]] const SeenCalls& calls() const { return calls_; }
  [[nodiscard]] std::int64_t end_ns() const { return end_ns_; }
  [[nodiscard]] const Timeline& timeline() const { return timeline_; }

 private:
  ScriptClock clock_;
  SeenCalls calls_;
  Timeline timeline_;
  std::int64_t end_ns_ = 0;
};

class KeepsScript final : public script::ScriptAudience {
 public:
  explicit KeepsScript(Kept& kept) : kept_(kept) {}
  void on_events(std::span<const Event> events) override { kept_.take(events); }
  void on_command(const script::Command& /*command*/, std::string_view /*lines*/,
                  const script::ScriptNames& /*names*/) override {
    kept_.end_line();
  }

 private:
  Kept& kept_;
};

/// Each call of the list has one place among those seen, also one that came to put nothing.
class KeepsCalls final : public script::CallAudience {
 public:
  KeepsCalls(Kept& kept, const CallList& list) : kept_(kept), list_(list) {}
  void on_events(std::span<const Event> events) override { kept_.take(events); }
  void on_call(std::size_t number) override {
    kept_.end_line();
    const std::vector<SeenCall>& seen = kept_.calls().calls();
    SeenCall call;
    if (taken_ < seen.size()) {
      call = seen[taken_++];
    } else if (!calls_.empty()) {
      call = nothing_after(calls_.back());
    }
    call.call = list_.calls[number];
    calls_.push_back(call);
  }
  [[nodiscard]] std::vector<SeenCall> take_calls() { return std::move(calls_); }

 private:
  static SeenCall nothing_after(const SeenCall& before) {
    SeenCall nothing;
    // It lies between the events of the call before it and those of the next.
    nothing.begin = {before.end.seq + 1, before.end.time_ns};
    nothing.end = before.end;
    nothing.news = before.news;
    nothing.dropped_so_far = before.dropped_so_far;
    nothing.pooled = before.pooled;
    return nothing;
  }

  Kept& kept_;
  const CallList& list_;
  std::size_t taken_ = 0;
  std::vector<SeenCall> calls_;
};

ComparedSide side_of(const Kept& kept, std::string name, std::vector<SeenCall> calls, bool more,
                     std::string transcript) {
  const TimelinePast past = kept.timeline().past();
  ComparedSide side{.calls = {.name = std::move(name), .calls = std::move(calls), .more = more},
                    .store = std::make_unique<TimelineStore>(past, kept.end_ns()),
                    .past = opener_of(past),
                    .origin = {},
                    .transcript = std::move(transcript)};
  side.calls.first = {side.store->first_seq(), side.store->first_time_ns()};
  side.calls.last = {side.store->last_seq(), side.store->last_time_ns()};
  return side;
}

Expected<ComparedSide> run_side(const script::Script& script, std::string name) {
  Kept kept(script);
  KeepsScript audience(kept);
  auto transcript = script::run_script(script, {.audience = &audience});
  if (!transcript) return tl::make_unexpected(transcript.error());
  return side_of(kept, std::move(name), kept.calls().calls(), kept.calls().full(),
                 std::move(*transcript));
}

/// Looks through a recording until its calls are known, or are too many.
Expected<SeenCalls> calls_in(EventStore& store) {
  SeenCalls calls(kMostComparedCalls);
  const std::array<Accumulator*, 1> takers = {&calls};
  Model model = store.first_model();
  while (model.seq < store.last_seq() && !calls.full()) {
    const std::uint64_t before = model.seq;
    const auto read = scan_slice(store, model, PastScan::kSlice, takers);
    if (!read) return tl::make_unexpected(read.error());
    if (model.seq == before) break;
  }
  return calls;
}

Expected<ComparedSide> open_recorded(const std::filesystem::path& file) {
  auto reader = Reader::open(file);
  if (!reader) return tl::make_unexpected(reader.error());
  auto store = std::make_unique<FileStore>(std::move(*reader));
  auto calls = calls_in(*store);
  if (!calls) return tl::make_unexpected(calls.error());
  ComparedSide side{.calls = {.name = file.filename().string(),
                              .calls = calls->calls(),
                              .more = calls->full(),
                              .first = {store->first_seq(), store->first_time_ns()},
                              .last = {store->last_seq(), store->last_time_ns()}},
                    .store = nullptr,
                    .past = opener_of(file),
                    .origin = store->reader().origin(),
                    .transcript = {}};
  side.store = std::move(store);
  return side;
}

}  // namespace

Expected<ComparedSide> open_side(const std::filesystem::path& file) {
  if (!is_script(file)) return open_recorded(file);
  const auto script = script::read_script(file.string());
  if (!script) return tl::make_unexpected(script.error());
  return run_side(*script, file.filename().string());
}

Expected<ComparedSide> make_side(const CallList& list, PoolKind pool) {
  const script::Script script = script::script_for(list, pool);
  Kept kept(script);
  KeepsCalls audience(kept, list);
  auto run = script::run_calls(list, pool, audience);
  if (!run) return tl::make_unexpected(run.error());
  return side_of(kept, std::string(word_of(pool)), audience.take_calls(), false,
                 std::move(run->transcript));
}

namespace {

/// What keeps the calls of a recording from being made again.
Expected<void> check_calls(const EventStore& store, const Reader& reader,
                           const ComparedCalls& calls) {
  const std::string file = reader.path().string();
  if (calls.calls.empty()) {
    return bad_input(fmt::format("{}: it makes no call: there is nothing to compare", file));
  }
  if (reader.segments().size() > 1) {
    return bad_input(fmt::format(
        "{}: its pool or workload changes on the way: cut one part out of it and compare that",
        file));
  }
  const Model first = store.first_model();
  if (first.totals.pooled != 0 || first.totals.in_flight != 0) {
    return bad_input(fmt::format(
        "{}: it begins with objects in its pools, whose calls are not known: compare a recording "
        "from its start",
        file));
  }
  for (const SeenCall& seen : calls.calls) {
    const Call& call = seen.call;
    const bool uses_pool = call.puts() || call.kind == Call::Kind::kGet;
    if (uses_pool && call.pool.value >= first.pools.size()) {
      return bad_input(fmt::format("{}: damaged: a call before #{} is of a pool that is not there",
                                   file, seen.end.seq));
    }
  }
  return {};
}

/// The list whose calls those are. A pool has no New where a Get came to need it and got nil. A
/// call that began on a P that was gone when it ended is made on P0.
CallList list_of(const Model& first, const std::vector<SeenCall>& calls) {
  CallList list{.procs = first.procs, .pools = {}, .calls = {}};
  for (std::size_t i = 0; i < first.pools.size(); ++i) {
    list.pools.push_back({fmt::format("pool{}", i)});
  }
  std::uint32_t procs = first.procs;
  for (const SeenCall& seen : calls) {
    Call& call = list.calls.emplace_back(seen.call);
    if (call.kind == Call::Kind::kResize) procs = call.procs;
    if (call.p.valid() && call.p.value >= procs) call.p = PId{0};
    if (seen.where == Where::kNil) list.pools[call.pool.value].has_new = false;
  }
  return list;
}

}  // namespace

Expected<ComparedSides> on_the_other_pool(const std::filesystem::path& file) {
  auto reader = Reader::open(file);
  if (!reader) return tl::make_unexpected(reader.error());
  auto recorded = open_recorded(file);
  if (!recorded) return tl::make_unexpected(recorded.error());
  if (auto right = check_calls(*recorded->store, **reader, recorded->calls); !right) {
    return tl::make_unexpected(right.error());
  }
  ComparedCalls& calls = recorded->calls;
  const CallList list = list_of(recorded->store->first_model(), calls.calls);
  // Both sides have the P on which the call was made.
  for (std::size_t i = 0; i < list.calls.size(); ++i) calls.calls[i].call.p = list.calls[i].p;
  if (calls.more) {
    calls.more = false;
    calls.last = calls.calls.back().end;
    calls.name += fmt::format(", its first {} calls", kMostComparedCalls);
  }
  const PoolKind other =
      (*reader)->config().pool == PoolKind::kModern ? PoolKind::kClassic : PoolKind::kModern;
  auto made = make_side(list, other);
  if (!made) return tl::make_unexpected(made.error());
  if (other == PoolKind::kClassic) return ComparedSides{std::move(*made), std::move(*recorded)};
  return ComparedSides{std::move(*recorded), std::move(*made)};
}

Expected<CallList> calls_of(const script::Script& script) {
  if (auto whole = script::check_whole_calls(script); !whole) {
    return tl::make_unexpected(whole.error());
  }
  const auto side = run_side(script, script.file);
  if (!side) return tl::make_unexpected(side.error());
  if (side->calls.more) {
    return bad_input(fmt::format("{}: it makes more than {} calls; compare a shorter script",
                                 script.file, kMostComparedCalls));
  }
  if (side->calls.calls.empty()) {
    return bad_input(fmt::format("{}: it makes no call: there is nothing to compare", script.file));
  }
  CallList list{.procs = script.procs, .pools = {}, .calls = {}};
  for (const script::PoolDeclaration& pool : script.pools) {
    list.pools.push_back({pool.name, pool.has_new});
  }
  for (const SeenCall& seen : side->calls.calls) list.calls.push_back(seen.call);
  return list;
}

}  // namespace poolscope
