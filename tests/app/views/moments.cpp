#include "tests/app/views/moments.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <random>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/control/script_clock.h"
#include "core/base/check.h"
#include "core/model/reduce.h"
#include "core/script/run.h"
#include "core/story/teller.h"

namespace poolscope::views::testing {
namespace {

using Chance = std::mt19937_64;

std::uint32_t below(Chance& chance, std::uint32_t most) {
  return static_cast<std::uint32_t>(chance() % most);
}

/// GOMAXPROCS when the script begins.
std::uint32_t procs_at_first(const Shape& shape) {
  switch (shape.happening) {
    case Happening::kGrown:
    case Happening::kGrownNoticed: return std::max(1U, shape.procs / 2);
    case Happening::kShrunk: return std::min(256U, shape.procs * 2);
    default: return shape.procs;
  }
}

/// Writes the lines of a script in which much happens.
class Script {
 public:
  explicit Script(const Shape& shape)
      : shape_(shape), chance_(shape.seed), procs_(procs_at_first(shape)) {
    say("% title.en: A moment of all that can happen");
    say("% title.zh: 什么都可能发生的一刻");
    say("% question.en: Which of all these objects can a Get on this P still find, and where?");
    say("% question.zh: 这个 P 上的 Get 还能找到哪些对象，在哪里？");
    say("% topic: structure");
    say("variant {}", shape.pool == PoolKind::kClassic ? "classic" : "modern");
    say("procs {}", procs_);
    say("pool A new");
    if (shape.two_pools) say("pool B new");
  }

  std::string text() {
    if (shape_.happening == Happening::kNothingYet) return lines_;
    fill();
    switch (shape_.happening) {
      case Happening::kGcDone:
      case Happening::kGcStopped: say("gc"); break;
      case Happening::kGrown: resize(); break;
      case Happening::kGrownNoticed:
        begin_on(0, shape_.pool == PoolKind::kClassic ? "put.unpinned" : "get.new");
        resize();
        say("put p{} A {}", procs_ - 1, object());
        break;
      case Happening::kShrunk: resize(); break;
      case Happening::kCrowd: crowd(); break;
      case Happening::kLost:
        say("put p0 A {}", object());
        begin_on(0, shape_.pool == PoolKind::kClassic ? "put.unpinned" : "get.new");
        say("gc");
        say("cont {}", goroutine(goroutines_));
        break;
      default: break;
    }
    say("% caption.en: Somebody's own lesson says at some length what happens in its line, and why "
        "it happens just there.");
    say("% caption.zh: 这一行里发生了什么、为什么恰好在这里发生，都要用不短的一句话说清楚。");
    say("dump");
    return lines_;
  }

 private:
  template <class... Args>
  void say(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(lines_), format, std::forward<Args>(args)...);
    lines_ += '\n';
  }
  std::string object() {
    ++objects_;
    return shape_.long_names ? fmt::format("{}-request-buffer-{}", kLongWord, objects_)
                             : fmt::format("x{}", objects_);
  }
  [[nodiscard]] std::string goroutine(int n) const {
    return shape_.long_names ? fmt::format("g-{}-handler-{}", kLongWord, n) : fmt::format("g{}", n);
  }
  void resize() {
    const std::uint32_t to = shape_.happening == Happening::kShrunk
                                 ? std::max(1U, std::min(shape_.procs, procs_ / 2))
                                 : shape_.procs;
    if (to == procs_) return;
    procs_ = to;
    say("resize {}", procs_);
  }
  void begin_on(std::uint32_t p, std::string_view until) {
    const bool put = until.starts_with("put");
    say("begin {} p{} {} A{} until {}", goroutine(++goroutines_), p, put ? "put" : "get",
        put ? " " + object() : "", until);
  }
  /// Objects in many places, Gets of all kinds, goroutines at steps of all kinds.
  void fill() {
    for (std::uint32_t p = 0; p < procs_; ++p) {
      const std::uint32_t puts = p == 0 ? 9 : below(chance_, 4);
      for (std::uint32_t i = 0; i < puts; ++i) say("put p{} A {}", p, object());
    }
    for (std::uint32_t p = 0; shape_.two_pools && p < procs_; ++p) {
      say("put p{} B {}", p, object());
      say("get p{} B", p);
    }
    const std::uint32_t more = 10 + std::min(procs_, 20U);
    for (std::uint32_t i = 0; i < more; ++i) {
      const std::uint32_t p = below(chance_, procs_);
      if (below(chance_, 3) == 0) {
        say("get p{} A", p);
      } else {
        say("put p{} A {}", p, object());
      }
    }
    static constexpr std::array kClassic = {"put.unpinned", "put.locked", "get.unpinned",
                                            "get.locked",   "get.slow",   "slow.loaded",
                                            "slow.locked",  "get.new"};
    static constexpr std::array kModern = {"pophead.loaded", "poptail.loaded", "poptail.won",
                                           "get.new", "slow.begin"};
    // A GC or a change of GOMAXPROCS is refused while one is pinned.
    const bool stops =
        shape_.happening == Happening::kGcDone || shape_.happening == Happening::kGcStopped ||
        shape_.happening == Happening::kGrown || shape_.happening == Happening::kGrownNoticed ||
        shape_.happening == Happening::kShrunk || shape_.happening == Happening::kLost;
    const std::uint32_t begun = std::min(procs_, 12U);
    for (std::uint32_t i = 0; i < begun; ++i) {
      const std::uint32_t p = below(chance_, procs_);
      if (shape_.pool == PoolKind::kClassic) {
        begin_on(p, kClassic[below(chance_, kClassic.size())]);
      } else {
        begin_on(p, stops ? "get.new" : kModern[below(chance_, kModern.size())]);
      }
    }
    for (std::uint32_t i = 0; i < begun / 3; ++i) say("get p{} A", below(chance_, procs_));
  }
  void crowd() {
    for (int i = 0; i < 18; ++i) begin_on(below(chance_, procs_), "get.new");
    for (int i = 0; i < 8; ++i) say("get p{} A", below(chance_, procs_));
  }

  Shape shape_;
  Chance chance_;
  std::uint32_t procs_;
  int objects_ = 0;
  int goroutines_ = 0;
  std::string lines_;
};

class Audience final : public script::ScriptAudience {
 public:
  explicit Audience(Played& played) : played_(played), teller_(played.model) {}

  void on_events(std::span<const Event> events) override {
    for (const Event& event : clock_.timed(events)) {
      reduce(played_.model, event);
      teller_.add(event, played_.model);
      played_.lanes.add(event, played_.model);
      played_.statistics.add(event, played_.model);
      played_.life.add(event, played_.model);
    }
  }
  void on_command(const script::Command& /*command*/, std::string_view /*lines*/,
                  const script::ScriptNames& names) override {
    clock_.end_line();
    played_.names = names;
  }
  void end() { played_.told = teller_.told(played_.model); }

 private:
  Played& played_;
  ScriptClock clock_;  // each step that moves an object has its time
  Teller teller_;
};

// --- what scripts cannot show
// ---------------------------------------------------------------------

StopState stop_of(const Model& model, StopState::Phase phase) {
  StopState stop;
  stop.cause = StopCause::kGc;
  stop.phase = phase;
  stop.number = 1'234;
  stop.seq = model.seq;
  stop.requested_ns = model.time_ns - 300 * kMs;
  return stop;
}

void wait_for_gc(Model& model) {
  model.stop = stop_of(model, StopState::Phase::kRequested);
  for (GState& g : model.gs) {
    const bool at_put = g.op.kind == Operation::Kind::kPut || g.op.kind == Operation::Kind::kGet;
    if (!at_put || !g.p.valid() || g.p.value >= model.procs) continue;
    g.status = GState::Status::kRunning;
    g.pinned = true;
    model.ps[g.p.value].g = g.id;
    model.stop.waited_for.push_back(g.p);
    if (model.stop.waited_for.size() == 3) break;
  }
  if (model.stop.waited_for.empty()) {
    model.stop.waited_for.push_back(PId{static_cast<std::uint16_t>(model.procs - 1)});
  }
}

/// All goroutines but the first few want a P, and have objects in their hands.
void crowd_out(Model& model, Chance& chance) {
  std::uint32_t n = 0;
  for (GState& g : model.gs) {
    if (++n <= model.procs / 2) continue;
    if (g.p.valid() && g.p.value < model.ps.size() && model.ps[g.p.value].g == g.id) {
      model.ps[g.p.value].g = GId::none();
    }
    g.pinned = false;
    g.status = n % 5 == 0 ? GState::Status::kParked : GState::Status::kWaitingP;
    if (n % 5 == 0) g.park_reason = ParkReason::kSleep;
    for (std::uint32_t i = below(chance, 4); i > 0; --i) {
      g.hand.push_back(ObjectId{static_cast<std::uint32_t>(++model.totals.created)});
      ++model.totals.in_use;
    }
  }
}

void contend(Model& model, Chance& chance) {
  const ArrayState* local = model.local_of(PoolId{0});
  if (local == nullptr) return;
  ArrayState& array = model.arrays.at(local->id);
  for (GState& g : model.gs) {
    const std::uint32_t place =
        below(chance, std::min<std::uint32_t>(3, static_cast<std::uint32_t>(array.locals.size())));
    LockState& lock = array.locals[place].lock;
    if (!lock.holder.valid()) {
      lock.holder = g.id;
      continue;
    }
    if (g.status == GState::Status::kAbsent) g.status = GState::Status::kParked;
    g.waits_for_lock = true;
    g.wait_array = array.id;
    g.wait_index = static_cast<std::uint16_t>(place);
    lock.waiters.push_back(g.id);
  }
}

/// As after many hours at full rate.
void enlarge(Model& model) {
  constexpr std::uint64_t kMany = 123'456'789;
  model.step_time_ns = 0;
  model.totals.created += 3 * kMany;
  model.totals.lost[0] += 3 * kMany;
  for (PState& p : model.ps) {
    p.hits.from_private += kMany;
    p.hits.from_shared += kMany / 7;
    p.hits.from_steal += kMany / 50;
    p.hits.from_new += kMany / 3;
  }
  for (PoolState& pool : model.pools) {
    pool.hits.from_private += kMany;
    pool.hits.from_shared += kMany / 7;
    pool.hits.from_steal += kMany / 50;
    pool.hits.from_victim += kMany / 90;
    pool.hits.from_new += kMany / 3;
    pool.gets += 2 * kMany;
  }
  // Their numbers, too.
  const auto far = [](ObjectId& object) {
    if (object.valid()) object.value += 1'234'000;
  };
  for (auto& [id, array] : model.arrays) {
    for (LocalState& local : array.locals) far(local.private_object);
  }
  for (GState& g : model.gs) {
    far(g.in_flight);
    for (ObjectId& object : g.hand) far(object);
  }
}

void put_on_top(Played& played, const Shape& shape) {
  Model& model = played.model;
  Chance chance(shape.seed + 77);
  switch (shape.happening) {
    case Happening::kGcWaits: return wait_for_gc(model);
    case Happening::kGcStopped:
      model.stop = model.last_gc;
      model.stop.phase = StopState::Phase::kStopped;
      model.stop.stopped_ns = model.time_ns - 200 * kMs;
      model.stop.started_ns = 0;
      model.last_gc = model.stop;
      return;
    case Happening::kCrowd: return crowd_out(model, chance);
    case Happening::kContended: return contend(model, chance);
    case Happening::kFullRate: return enlarge(model);
    case Happening::kDiverged:
      model.divergences = 1'234;
      model.divergence_list.push_back(
          {model.seq, model.time_ns, "#12 is in shared of local[3] for the pool, in none for us"});
      return;
    default: return;
  }
}

}  // namespace

Played play(const Shape& shape) {
  Played played;
  const std::string text = Script(shape).text();
  auto draft = script::draft_lesson(text, "moment.ops");
  check(draft.has_value(), draft ? "" : draft.error().message.c_str());
  played.lesson = std::move(draft->lesson);
  SessionConfig config = script::config_of(played.lesson.script);
  config.workload = WorkloadConfig{};  // looked at as a live session, it has one
  played.model = initial_model(config);
  Audience audience(played);
  if (!played.lesson.lines.empty()) {
    const auto ran = script::run_script(played.lesson.script, {.audience = &audience});
    check(ran.has_value(), ran ? "" : ran.error().message.c_str());
  }
  played.model.step_time_ns = 400 * kMs;
  put_on_top(played, shape);
  audience.end();
  return played;
}

}  // namespace poolscope::views::testing
