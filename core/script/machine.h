#pragma once

// The machine of a script: pools, Ps, GOMAXPROCS and the goroutines that are stopped in the middle
// of a Put or Get. It knows no names and prints nothing.
//
// Thread safety: the controller's thread; the goroutines run one at a time, inside go_on.
// Invariants:
//  1. At most one goroutine is pinned on a P, and none on a P that is no more.
//  2. gc and resize change nothing while a goroutine is pinned.
//  3. Between two commands every object is in use, in flight, in a pool, in an array that an
//     unfinished operation holds, lost, or freed; lost ones are freed in the next stopped world.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/base/check.h"
#include "core/pool/classic_pool.h"
#include "core/pool/modern_pool.h"
#include "core/script/gate.h"
#include "core/script/script.h"
#include "core/trace/traced_object.h"

namespace poolscope::script {

/// An object of a script: memory that whoever holds it reads and writes.
class ScriptObject : public TracedObject {
 public:
  /// False: it is not as its last holder left it, because it was freed.
  [[nodiscard]] bool use() {
    if (check_ != ~uses_) return false;
    check_ = ~++uses_;
    return true;
  }
  /// Where its memory is kept though it is freed: from now on nobody may use it.
  void spoil() { check_ = uses_; }
  void renew() {
    uses_ = 0;
    check_ = ~std::uint64_t{0};
  }

 private:
  std::uint64_t uses_ = 0;
  std::uint64_t check_ = ~std::uint64_t{0};
};
/// The type of an object is its own, and says which it is: that can be asked when the object's
/// memory is gone.
struct ScriptType : TypeTag {
  std::uint32_t number = 0;
};
/// Not nil, and not what only a broken pool gives: a type without data.
inline bool is_object(Value x) { return x.data != nullptr; }
inline ScriptObject* memory_of(Value x) { return static_cast<ScriptObject*>(object_of(x)); }
inline std::uint32_t number_of(Value x) { return static_cast<const ScriptType*>(x.type)->number; }

/// Why a command is not carried out. It then changes nothing.
enum class Refusal : std::uint8_t { kNone, kNoSuchP, kPPinnedBy, kPinned, kPGone };

template <class PoolT, class GateT>
class Machine {
 public:
  using Pool = PoolT;
  using Local = typename Pool::Local;
  using FreeValue = typename World<Pool>::FreeValue;
  struct EndsPool {
    void operator()(Pool* pool) const { std::destroy_at(pool); }
  };
  using OnePool = std::unique_ptr<Pool, EndsPool>;

  /// A goroutine in the middle of an operation.
  struct Task {
    Task(GateMachine& machine, typename GateT::Common& common) : gate(machine, common) {}
    GateT gate;
    Pool* pool = nullptr;
    bool has_new = false;  // the pool
    Value result;
    [[nodiscard]] const Stand& stand() const { return gate.standing(); }
    [[nodiscard]] bool ended() const { return stand().kind == Stand::Kind::kEnded; }
    [[nodiscard]] std::uint32_t p() const { return gate.g.p.value; }
    [[nodiscard]] bool pinned() const { return gate.g.pinned; }
  };
  struct Answer {
    Refusal refusal = Refusal::kNone;
    const Task* by = nullptr;  // kPPinnedBy
  };

  /// `most_pools`: as many as add_pool may be asked for. `free_value`: what the world is to do with
  /// a place of an object that is forgotten.
  Machine(std::uint32_t procs, std::size_t most_pools, FreeValue free_value)
      : free_value_(std::move(free_value)),
        most_pools_(most_pools),
        block_(std::make_unique<PlaceOfAPool[]>(most_pools)) {
    pools_.reserve(most_pools);
    make_world(procs);
  }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  ~Machine() {
    spare_arrays();
    while (shared_.spare_arrays != nullptr) {
      free_local_array(
          locals_of<Local>(*std::exchange(shared_.spare_arrays, shared_.spare_arrays->next)));
    }
  }

  /// One more pool; `new_func` outlives the machine, nullptr for none.
  void add_pool(const NewFunc* new_func) {
    check(pools_.size() < most_pools_, "a machine has no more pools than it was made for");
    void* const place = &block_[pools_.size()];
    new_funcs_.push_back(new_func);
    pools_.emplace_back(::new (place) Pool(new_func));
  }
  /// As it was made, with as many pools, which are fresh. No operation is under way.
  void reset(std::uint32_t procs) {
    check(tasks_.empty(), "a machine begins anew with no operation under way");
    spare_arrays();
    make_world(procs);
    for (std::size_t i = 0; i < pools_.size(); ++i) {
      std::destroy_at(pools_[i].get());
      std::construct_at(pools_[i].get(), new_funcs_[i]);
    }
  }

  // --- commands ------------------------------------------------------------------------------

  /// Whether a goroutine could begin on P p.
  [[nodiscard]] Answer may_begin(std::uint32_t p) const {
    if (p >= shared_.procs) return {Refusal::kNoSuchP};
    return free_of_pins(p, nullptr);
  }

  /// A goroutine on P p that is to Put `x`, or to Get when it is nil; it has not gone a step yet.
  /// The task stays valid until end_task.
  Task& make_task(std::uint32_t p, std::size_t pool, Value x) {
    if (idle_.empty()) idle_.push_back(std::make_unique<Task>(shared_, common_));
    Task& task = *tasks_.emplace_back(std::move(idle_.back()));
    idle_.pop_back();
    renew(task, p, pool, x);
    return task;
  }
  /// A task that is to be done whole, with nothing in its way, by run_here() of its gate. It stays
  /// valid until the next one.
  Task& make_task_alone(std::uint32_t p, std::size_t pool, Value x) {
    renew(alone_, p, pool, x);
    return alone_;
  }

  /// Whether a task could go on, on P `p` if one is named.
  [[nodiscard]] Answer may_go_on(const Task& task, std::optional<std::uint32_t> p) const {
    const std::uint32_t wanted = p.value_or(task.p());
    if (task.pinned() && wanted != task.p()) return {Refusal::kPinned};
    if (wanted >= shared_.procs) return {p ? Refusal::kNoSuchP : Refusal::kPGone};
    return free_of_pins(wanted, &task);
  }

  /// Lets a task go on, to where its gate stops it, it is refused a lock, or it ends.
  void run(Task& task) {
    task.gate.go_on();
    if (task.stand().kind == Stand::Kind::kStopped) task.gate.until = Step::kNone;
  }

  /// Forgets a task that has ended.
  void end_task(const Task& task) {
    check(task.ended(), "only a task that has ended is forgotten");
    world_->forget(task.gate.g);
    const auto it = std::ranges::find(tasks_, &task, &std::unique_ptr<Task>::get);
    idle_.push_back(std::move(*it));
    tasks_.erase(it);
  }

  /// Of the pinned goroutines the first begun: the world cannot stop because of it. nullptr: it
  /// can.
  [[nodiscard]] const Task* stop_blocked_by() const {
    for (const auto& task : tasks_) {
      if (task->pinned()) return task.get();
    }
    return nullptr;
  }
  /// poolCleanup, by `coordinator` if there is one. The world can be stopped.
  void gc(Goroutine* coordinator) {
    check(stop_blocked_by() == nullptr, "the world is stopped while nobody is pinned");
    Goroutine* const before = std::exchange(current_g, coordinator);
    Pool::pool_cleanup(*world_);
    current_g = before;
  }
  /// GOMAXPROCS(procs). The world can be stopped.
  void resize(std::uint32_t procs) { shared_.procs = procs; }
  /// Frees the dropped arrays that nobody can reach, with freed(ArrayId) for each. The world can be
  /// stopped.
  template <class Freed>
  void reclaim(const Freed& freed) {
    std::vector<const Goroutine*> goroutines;
    goroutines.reserve(tasks_.size());
    for (const auto& task : tasks_) goroutines.push_back(&task->gate.g);
    world_->reclaim(goroutines, [&](ArrayId array) {
      std::erase_if(shared_.arrays,
                    [array](const LocalArrayHeader* header) { return header->id == array; });
      freed(array);
    });
  }
  /// Nobody is refused a lock any more: so that operations end which wait for each other.
  void open_locks() { shared_.opens_locks = true; }
  [[nodiscard]] bool locks_opened() const { return shared_.opens_locks; }

  /// Arrays that pinSlow has put another one in the place of.
  [[nodiscard]] std::uint32_t arrays_dropped() const { return shared_.arrays_dropped; }

  // --- what is there -------------------------------------------------------------------------

  [[nodiscard]] std::uint32_t procs() const { return shared_.procs; }
  /// Says which gate goes on after a stand; nullptr: go_on returns there.
  void set_conductor(Conductor* conductor) { shared_.conductor = conductor; }
  /// Shared accesses are written down from here on; nullptr: not.
  void set_log(AccessLog* log) { shared_.log = log; }
  /// They stand one behind the other.
  [[nodiscard]] const std::vector<OnePool>& pools() const { return pools_; }
  [[nodiscard]] const World<Pool>& world() const { return *world_; }
  /// In the order of beginning.
  [[nodiscard]] const std::vector<std::unique_ptr<Task>>& tasks() const { return tasks_; }

  static Local* victim_of(const Pool& pool) {
    if constexpr (requires { pool.victim(); }) {
      return pool.victim();
    } else {
      return nullptr;
    }
  }

  /// Whether there are arrays that no pool uses any more.
  [[nodiscard]] bool has_dropped_arrays() const {
    std::size_t used = 0;
    for (const auto& pool : pools_) {
      if (pool->locals() != nullptr) ++used;
      if (victim_of(*pool) != nullptr) ++used;
    }
    return used != shared_.arrays.size();
  }
  /// Whether a pool or an unfinished operation has an array that was freed.
  [[nodiscard]] bool has_freed_array() const {
    const auto is_freed = [this](const Local* locals) {
      return locals != nullptr && std::ranges::none_of(shared_.arrays, [&](LocalArrayHeader* h) {
               return locals_of<Local>(*h) == locals;
             });
    };
    for (const auto& pool : pools_) {
      if (is_freed(pool->locals()) || is_freed(victim_of(*pool))) return true;
    }
    return std::ranges::any_of(tasks_, [&](const auto& task) {
      return !task->ended() && std::ranges::any_of(task->gate.op.arrays, [&](const void* locals) {
        return is_freed(static_cast<const Local*>(locals));
      });
    });
  }
  /// Calls f(Value) for each filled place of the arrays that there are, whether anybody can reach
  /// them or not.
  template <class F>
  void for_each_value_in_memory(const F& f) const {
    for (LocalArrayHeader* header : shared_.arrays) for_each_value_in(locals_of<Local>(*header), f);
  }

  /// Calls f(Value) for each place of an array that is filled.
  template <class F>
  static void for_each_value_in(const Local* locals, const F& f) {
    if (locals == nullptr) return;
    for (const Local& l : std::span(locals, header_of(const_cast<Local*>(locals)).length)) {
      Pool::for_each_value(l, f);
    }
  }

  /// Calls pooled(Value) for what the pools hold, their victims included, and stale(Value) for what
  /// lies in arrays that only unfinished operations still reach.
  template <class Pooled, class Stale>
  void for_each_value(const Pooled& pooled, const Stale& stale) const {
    for (const auto& pool : pools_) {
      for_each_value_in(pool->locals(), pooled);
      for_each_value_in(victim_of(*pool), pooled);
    }
    stale_.clear();
    for (const auto& task : tasks_) {
      if (task->ended()) continue;
      for (const void* locals : task->gate.op.arrays) {
        if (is_used(locals) || std::ranges::find(stale_, locals) != stale_.end()) continue;
        stale_.push_back(locals);
        for_each_value_in(static_cast<const Local*>(locals), stale);
      }
    }
  }

 private:
  struct alignas(Pool) PlaceOfAPool {
    std::byte bytes[sizeof(Pool)];
  };

  void renew(Task& task, std::uint32_t p, std::size_t pool, Value x) {
    task.pool = pools_[pool].get();
    task.has_new = new_funcs_[pool] != nullptr;
    task.result = Value::nil();
    task.gate.renew({&operate, &task});
    Goroutine& g = task.gate.g;
    g.p = PId{static_cast<std::uint16_t>(p)};
    g.world = &*world_;
    task.gate.op.kind = x.is_nil() ? OperationKind::kGet : OperationKind::kPut;
    task.gate.op.put = x;
    task.gate.op.in_flight = x;
  }
  /// On the goroutine's side: the Put or Get of a task.
  static void operate(void* of) {
    Task& task = *static_cast<Task*>(of);
    const GatedOperation& op = task.gate.op;
    if (op.kind == OperationKind::kPut) {
      use(task, op.put);
      task.pool->put(op.put);
    } else {
      task.result = task.pool->get();
      use(task, task.result);
    }
  }
  /// The holder of an object writes to it.
  static void use(Task& task, Value x) {
    if (is_object(x) && !memory_of(x)->use()) task.gate.op.note("an object is used that was freed");
  }

  void make_world(std::uint32_t procs) {
    std::vector<LocalArrayHeader*> arrays = std::move(shared_.arrays);
    arrays.clear();
    shared_ = {.procs = procs, .arrays = std::move(arrays), .spare_arrays = shared_.spare_arrays};
    world_.emplace([this](Value x) {
      if (!forgets_) free_value_(x);
    });
    forgets_ = false;
  }
  /// As it was made; the padding is nobody's and was never written.
  static void clear(Local& l) {
    const auto renew = [](auto& what) {
      std::destroy_at(&what);
      std::construct_at(&what);
    };
    if constexpr (requires { l.pad; }) {
      constexpr bool kHasMutex = requires { l.mutex; };
      renew(l.private_value);
      renew(l.shared);
      if constexpr (kHasMutex) renew(l.mutex);
      constexpr std::size_t kMutex = kHasMutex ? sizeof(Lock) : 0;
      static_assert(
          sizeof(l.private_value) + sizeof(l.shared) + kMutex + sizeof(l.pad) == sizeof(l),
          "a poolLocal has a field that is not renewed");
    } else {
      renew(l);
    }
  }
  /// Takes the pools' arrays away from them, for the next ones: allocating them anew would take a
  /// good part of an exploration's time.
  void spare_arrays() {
    forgets_ = true;
    for (auto& pool : pools_) {
      for (Local* locals : {pool->locals(), victim_of(*pool)}) {
        if (locals == nullptr) continue;
        LocalArrayHeader& header = header_of(locals);
        for (Local& l : std::span(locals, header.length)) clear(l);
        header.next = std::exchange(shared_.spare_arrays, &header);
      }
    }
    world_->reclaim(std::vector<const Goroutine*>{}, [](ArrayId) {});
  }

  /// Whether a pool uses an array, be it as its victim.
  [[nodiscard]] bool is_used(const void* locals) const {
    return std::ranges::any_of(pools_, [locals](const auto& pool) {
      return pool->locals() == locals || victim_of(*pool) == locals;
    });
  }

  [[nodiscard]] Answer free_of_pins(std::uint32_t p, const Task* but) const {
    for (const auto& task : tasks_) {
      if (task.get() != but && task->pinned() && task->p() == p) {
        return {Refusal::kPPinnedBy, task.get()};
      }
    }
    return {};
  }

  const FreeValue free_value_;
  bool forgets_ = false;  // all objects, without a call of free_value_
  GateMachine shared_;
  typename GateT::Common common_;
  std::optional<World<Pool>> world_;  // another one after each reset
  std::vector<const NewFunc*> new_funcs_;
  const std::size_t most_pools_;
  const std::unique_ptr<PlaceOfAPool[]> block_;
  std::vector<OnePool> pools_;  // in the block
  std::vector<std::unique_ptr<Task>> tasks_;
  std::vector<std::unique_ptr<Task>> idle_;  // those that have ended, for the next operations
  Task alone_{shared_, common_};
  // By for_each_value; kept, because it is called at every step.
  mutable std::vector<const void*> stale_;
};

}  // namespace poolscope::script
