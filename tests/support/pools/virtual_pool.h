#pragma once

// A classic pool of values, run step by step on one thread: it emits the events that the real one
// would, in an interleaving that the test chooses, and knows by itself what its pools hold. What
// the model says is held against that.
//
// Thread safety: none.
// Invariants: a goroutine stands at a breakpoint of scripts, or between two operations, whenever
// nothing is being advanced.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/model/model.h"
#include "core/trace/event.h"

namespace poolscope::testing {

class VirtualPool {
 public:
  VirtualPool(std::uint32_t procs, std::uint32_t workers, std::uint32_t pools = 1);

  // --- what has happened -------------------------------------------------------------------------
  [[nodiscard]] const SessionConfig& config() const { return config_; }
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  /// The reduction of all events so far.
  [[nodiscard]] const Model& model() const { return model_; }

  // --- what may happen; false: it cannot now, nothing has changed --------------------------------
  /// A new object in the hand of goroutine `g`.
  ObjectId make(int g);
  /// G begins a Put on P p (-1: the one it remembers, or any) and goes to its first stop, or ends.
  bool begin_put(int g, ObjectId object, int p = -1, int pool = 0);
  bool begin_get(int g, int p = -1, int pool = 0);
  /// G goes on to its next stop, on P p (-1 as above).
  bool advance(int g, int p = -1);
  /// Stop the world, checkpoint, poolCleanup or GOMAXPROCS(n).
  bool gc();
  bool resize(std::uint32_t procs);
  bool check();
  /// The dice of race mode: a whole Put that drops.
  bool drop(int g, ObjectId object);

  // --- put together of the above -----------------------------------------------------------------
  void put(int g, ObjectId object, int p = -1, int pool = 0);
  /// What the Get returns.
  ObjectId get(int g, int p = -1, int pool = 0);
  void finish(int g, int p = -1);
  void advance_to(int g, Step step, int p = -1);

  [[nodiscard]] bool busy(int g) const { return gs_[index(g)].stop != Step::kNone; }
  [[nodiscard]] Step stop_of(int g) const { return gs_[index(g)].stop; }
  [[nodiscard]] const std::vector<ObjectId>& hand(int g) const { return gs_[index(g)].hand; }

  /// What private and shared of the pool's places hold, as text: "#1[#2 #3] -[]".
  [[nodiscard]] std::string contents(int pool = 0) const;

  /// Time between two events.
  std::int64_t tick_ns = 1000;

 private:
  struct Local {
    ObjectId private_object;
    std::vector<ObjectId> shared;
    int holder = -1;
  };
  struct Array {
    ArrayId id;
    std::vector<Local> locals;
  };
  using ArrayRef = std::shared_ptr<Array>;
  struct Pool {
    ArrayRef local;
    std::uint32_t local_size = 0;
  };
  struct Goroutine {
    Step stop = Step::kNone;  // kNone: between two operations
    bool running = false;
    bool pinned = false;
    bool waits = false;  // refused a lock, at `stop`
    bool is_put = false;
    int pool = 0;
    int p = -1;
    ObjectId object;  // in flight
    ArrayRef array;   // pinned
    int place = 0;
    ArrayRef slow_array;
    std::uint32_t slow_size = 0;
    std::uint32_t probes = 0;
    int slow_pid = 0;
    std::vector<ObjectId> hand;
  };

  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  Event& emit(EventKind kind, int g, ObjectId object = {}, ArrayId array = {}, int place = 0,
              int detail = 0);
  Event& emit_number(EventKind kind, int g, std::uint32_t number, ArrayId array = {}, int place = 0,
                     int detail = 0);
  void apply();

  bool take_p(int g, int p);
  void park(int g, ParkReason reason);
  void stand(int g, Step step);
  void begin(int g, bool put, int pool);
  bool lock(int g, Local& local, const Array& array, int place);
  void unlock(int g, Local& local, const Array& array, int place);

  void pin(int g);
  void pin_slow(int g);
  void pinned_at(int g, const ArrayRef& array);
  void unpin(int g);
  void after_pin(int g);
  void own_shard(int g);
  void get_slow(int g);
  void probe(int g);
  void found_nothing(int g);
  void end(int g);
  void go_on(int g);

  bool can_stop() const;
  void stop_the_world(StopCause cause, std::uint32_t wanted, const std::function<void()>& act);
  void checkpoint();

  SessionConfig config_;
  Model model_;
  std::vector<Event> events_;
  std::size_t applied_ = 0;
  std::vector<Goroutine> gs_;
  std::vector<Pool> pools_;
  std::vector<int> all_pools_;
  std::uint32_t procs_;
  int all_pools_holder_ = -1;
  std::uint32_t arrays_ = 0;
  std::uint32_t objects_ = 0;
  std::uint32_t freed_ = 0;
};

}  // namespace poolscope::testing
