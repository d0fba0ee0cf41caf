#include "core/script/script_events.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "core/base/check.h"

namespace poolscope::script {

ScriptEvents::ScriptEvents(EventSink& sink) : sink_(sink) { names_.objects.emplace_back(); }

ScriptEvents::~ScriptEvents() = default;

void ScriptEvents::set_machine(std::uint32_t procs, const void* first_pool,
                               std::size_t bytes_of_one) {
  procs_ = procs;
  pools_ = first_pool;
  pool_bytes_ = bytes_of_one;
}

ScriptContext& ScriptEvents::context_of(Goroutine& g) {
  std::unique_ptr<ScriptContext>& context = contexts_[&g];
  if (context == nullptr) {
    // In a stop-the-world there are as many events as pools.
    const std::size_t capacity =
        &g == &coordinator_ ? std::bit_ceil(ScriptContext::kCapacity + 4 * names_.pools.size())
                            : ScriptContext::kCapacity;
    context = std::make_unique<ScriptContext>(g, tickets_, *this, capacity);
    context->pools = pools_;
    context->pool_bytes = pool_bytes_;
    g.trace = context.get();
  }
  return *context;
}

void ScriptEvents::run(ScriptContext& context) {
  if (context.g.p.value >= procs_) return;
  if (!running_.emplace(context.g.p, context.g.id).second) return;
  context.emit(EventKind::kGoRun);
}

void ScriptEvents::park(ScriptContext& context, ParkReason reason) {
  const auto it = running_.find(context.g.p);
  if (it == running_.end() || it->second != context.g.id) return;
  running_.erase(it);
  context.emit(EventKind::kGoPark, {}, {}, 0, static_cast<std::uint8_t>(reason));
}

void ScriptEvents::start(Goroutine& g, std::string_view name) {
  auto it = numbers_.find(name);
  if (it == numbers_.end()) {
    const GId number{static_cast<std::uint32_t>(names_.goroutines.size())};
    names_.goroutines.emplace_back(name);
    it = numbers_.emplace(name, number).first;
  }
  ScriptContext& context = context_of(g);
  g.id = it->second;
  context.emit(EventKind::kGoStart);
  run(context);
}

ObjectId ScriptEvents::new_object(std::string_view name) {
  names_.objects.emplace_back(name);
  return ObjectId{static_cast<std::uint32_t>(names_.objects.size() - 1)};
}

void ScriptEvents::make(Goroutine& g, ObjectId object) {
  context_of(g).emit(EventKind::kObjectMade, object);
}

void ScriptEvents::fetch(Goroutine& g, ObjectId object) {
  const auto it = hands_.find(object);
  if (it == hands_.end()) return;
  std::vector<GId>& hands = it->second;
  const auto own = std::ranges::find(hands, g.id);
  const auto from = own != hands.end() ? own : hands.begin();
  if (*from != g.id) {
    Event handed;
    handed.set_giver(*from);
    context_of(g).emit(EventKind::kObjectHanded, object, handed.array, handed.index);
  }
  hands.erase(from);
  if (hands.empty()) hands_.erase(it);
}

void ScriptEvents::end(Goroutine& g, ObjectId got) {
  if (got.valid()) hands_[got].push_back(g.id);
  ScriptContext& context = context_of(g);
  context.stamp();
  park(context, ParkReason::kSleep);
  context.emit(EventKind::kGoExit);
}

void ScriptEvents::stand(ScriptContext& context, const Stand& where) {
  const bool stopped = where.kind == Stand::Kind::kStopped;
  if (stopped) {
    context.emit(EventKind::kStand, {}, {}, 0, static_cast<std::uint8_t>(where.step));
  }
  if (!context.g.pinned) park(context, stopped ? ParkReason::kStep : ParkReason::kLock);
}

void ScriptEvents::go_on(ScriptContext& context) {
  if (!context.g.pinned) run(context);
}

void ScriptEvents::stop(StopCause cause, std::uint32_t procs) {
  cause_ = cause;
  ScriptContext& context = context_of(coordinator_);
  context.emit_number(EventKind::kStopRequested, procs, {}, 0, static_cast<std::uint8_t>(cause));
  context.emit(EventKind::kWorldStopped);
}

void ScriptEvents::pools_cleaned() { context_of(coordinator_).emit(EventKind::kAllPoolsCleared); }

void ScriptEvents::procs_changed(std::uint32_t procs) {
  procs_ = procs;
  context_of(coordinator_).emit_number(EventKind::kProcsChanged, procs);
}

void ScriptEvents::array_freed(ArrayId array) {
  context_of(coordinator_).emit(EventKind::kArrayFreed, {}, array);
  collect();
}

void ScriptEvents::objects_freed(std::uint64_t count) {
  if (count == 0) return;
  context_of(coordinator_).emit_number(EventKind::kObjectsFreed, static_cast<std::uint32_t>(count));
}

void ScriptEvents::start_world() {
  context_of(coordinator_)
      .emit(EventKind::kWorldStarted, {}, {}, 0, static_cast<std::uint8_t>(cause_));
}

void ScriptEvents::end_command() {
  collect();
  time_ns_ += kStep_ns;
}

void ScriptEvents::collect() {
  collected_.clear();
  for (const auto& [g, context] : contexts_) {
    for (auto events = context->ring.readable(); !events.empty();
         events = context->ring.readable()) {
      collected_.insert(collected_.end(), events.begin(), events.end());
      context->ring.drop(events.size());
    }
  }
  if (collected_.empty()) return;
  std::ranges::sort(collected_, {}, [](const Event& e) { return e.seq; });
  check(collected_.front().seq == delivered_ + 1 &&
            collected_.back().seq == delivered_ + collected_.size(),
        "a script's events are dense");
  delivered_ += collected_.size();
  for (Event& event : collected_) event.time_ns = time_ns_;
  if (!closed_) sink_.on_events(collected_);
}

}  // namespace poolscope::script
