#pragma once

// Private to core/goimport: the second walk through a log, which writes the events.
//
// Thread safety: one thread at a time.
// Invariants: at most one operation is under way on a P, apart from those that wait for New; its
// records stand together in the P's stream. An array is the pool's from the first record about one
// of its places on, not from the record that announces it: that one is stamped before the store,
// and others may use the array before until then.

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/goimport/address_map.h"
#include "core/goimport/import.h"
#include "core/goimport/import_events.h"
#include "core/goimport/log_file.h"
#include "core/goimport/mirror.h"
#include "core/goimport/survey.h"

namespace poolscope::goimport {

/// What contradicts the log gets a number that nothing has: the audit will say so.
inline constexpr ObjectId kUnknownObject{0xffff'ffff};
inline constexpr ArrayId kUnknownArray{0xffff'ffff};

/// What an object is looked up by. 0 is the address of a value that is a nil pointer; nothing else
/// has the address 1.
constexpr std::uint64_t key_of(std::uint64_t address) { return address == 0 ? 1 : address; }

class Replay {
 public:
  Replay(LogFile& log, const Survey& found, ImportEvents& events, ImportSummary& summary);

  /// Writes all events. An error: the log cannot be, or `goes_on` is there and has said no.
  Expected<void> run(const std::function<bool()>& goes_on);

 private:
  /// How far an operation has been told.
  enum class Stage : std::uint8_t { kNone, kBegun, kPrivateSeen, kSlow, kVictim };

  struct Operation {
    Stage stage = Stage::kNone;
    bool is_put = false;
    GId g;
    PoolId pool;
    ObjectId object;                     // of a Put
    NewCall new_call = NewCall::kPlain;  // of a Get that misses
  };
  struct OnP {
    PId p;
    RecordStream* stream = nullptr;
    GId runs;
    Operation op;
    std::size_t new_calls = 0;  // misses so far that call New
    // An array that is announced, and not yet the pool's.
    MirrorArray* announced = nullptr;
    GId announced_by;
  };
  /// A Put or Get of a log that says when it was called and when it returned.
  struct Call {
    PoolId pool;
    bool is_put = false;
    bool ended = false;  // before it has returned: its New uses pools itself, or never returns
    ObjectId object;     // what is put; what the Get will return, and its address
    std::uint64_t address = 0;
    bool made = false;  // by New
  };
  struct OnG {
    PId p;                // where it runs
    bool in_new = false;  // a Get of it is told as far as NewBegin
    // Those that New will give it, of Gets that were told to their end.
    std::vector<std::pair<PoolId, ObjectId>> to_come;
    std::vector<Call> calls;  // that have not returned, the innermost one at the end
  };
  /// What the checkpoint under way has reported of one place so far.
  struct Checked {
    MirrorArray* array = nullptr;
    ArrayId id;
    std::uint16_t next_index = 0;
    std::uint16_t index = 0;
    bool open = false;
    bool cut = false;
    ObjectId private_object;
    struct Dequeue {
      std::uint32_t length = 0;
      std::uint32_t count = 0;
      std::uint32_t tail = 0;
    };
    std::vector<Dequeue> dequeues;
    std::vector<ObjectId> cells;
  };

  // replay.cpp: what a record is about
  void take(OnP& on, const Record& record);
  [[nodiscard]] GId goroutine(const Record& record) const;
  [[nodiscard]] PoolId pool_at(std::uint64_t address) const;
  Event& add(EventKind kind, const OnP& on, GId g);
  Event& add_at(EventKind kind, const OnP& on, GId g, ArrayId array, std::size_t index);
  void fail(const Record& record, const std::string& what);
  void run_on(OnP& on, GId g);
  void park(OnP& on, ParkReason why);
  void leave_if_last(OnP& on, GId g);
  void stop_world(StopCause cause, std::uint32_t procs);
  void start_world(StopCause cause);
  void change_procs(std::uint32_t procs);
  [[nodiscard]] std::uint32_t coming_procs(std::uint32_t least) const;
  void take_about_place(OnP& on, const Record& record);

  // replay_operations.cpp: Put and Get
  [[nodiscard]] static const Record* final_of(const OnP& on);
  [[nodiscard]] MirrorArray* array_of_final(const OnP& on, const Record& final);
  [[nodiscard]] MirrorArray* array_at(std::uint64_t address);
  [[nodiscard]] PoolId pool_of_final(const OnP& on, const Record& final);
  bool begin(OnP& on, GId g);
  void add_begin(const OnP& on, GId g, bool is_put, PoolId pool, ObjectId object);
  [[nodiscard]] Call* open_call(GId g);
  void call(OnP& on, const Record& record);
  void return_from(OnP& on, const Record& record);
  [[nodiscard]] MirrorArray* own_array(OnP& on, PoolId pool);
  void see_private(OnP& on, const MirrorArray* own);
  void go_slow(OnP& on, const MirrorArray* own);
  void go_to_victim(OnP& on, const MirrorArray& victim);
  [[nodiscard]] ObjectId object_to_put(OnP& on, GId g, std::uint64_t address);
  void end_put(OnP& on, GId g);
  void end_get(OnP& on, GId g, std::uint64_t address, ObjectId object, bool made);
  void come_out(std::uint64_t address, ObjectId object, bool made);
  [[nodiscard]] static ObjectId taken(Item& item, std::uint64_t address);
  void contradict(OnP& on, GId g);
  void go_after(OnP& on, const MirrorDequeue& dequeue);
  void look_into_victim(OnP& on, const MirrorArray& victim);
  void take_final(OnP& on, const Record& record);
  void take_private(OnP& on, const Record& record, const MirrorPlace& place);
  void store_private(OnP& on, const Record& record, const MirrorPlace& place);
  void push(OnP& on, const Record& record, MirrorDequeue& dequeue);
  void pop_head(OnP& on, const Record& record, MirrorDequeue& dequeue);
  void pop_tail(OnP& on, const Record& record, MirrorDequeue& dequeue);
  void miss(OnP& on, const Record& record);
  void made_new(OnP& on, const Record& record);
  void drop_by_dice(OnP& on, const Record& record);

  // replay_arrays.cpp: pinSlow, dequeues, GC
  void announce_array(OnP& on, const Record& record);
  void publish_array(OnP& maker);
  void publish_where_used(OnP& on, const Record& record);
  void publish_of(PoolId pool);
  void begin_those_in(const MirrorArray& old, const OnP& maker);
  void make_dequeue(OnP& on, const Record& record);
  void unlink_dequeue(OnP& on, const Record& record);
  void take_cleanup(const Record& record);
  void check_pool(const Record& record, bool victim);
  void check_local(const Record& record);
  void check_dequeue(const Record& record);
  void check_item(const Record& record);
  void end_check_of_place();
  void end_checkpoint();
  void drop_victim(const Record& record);
  void make_victim(const Record& record);
  void end_cleanup();

  LogFile& log_;
  const Survey& found_;
  ImportEvents& events_;
  ImportSummary& summary_;
  Mirror mirror_;
  OutsideObjects outside_;
  std::vector<OnP> ps_;
  std::vector<OnG> gs_;
  AddressMap<char> foreign_dequeues_;
  std::uint32_t procs_;
  std::uint32_t objects_ = 0;  // made so far
  std::uint32_t cleanups_ = 0;
  std::uint64_t record_ = 0;   // number of the one under way
  std::size_t announced_ = 0;  // arrays that are not yet their pools'
  Checked checked_;
  std::string error_;
};

}  // namespace poolscope::goimport
