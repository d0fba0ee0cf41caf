#pragma once

// The log that a Go program with our probes writes (assets/go): its numbers, and the layout of its
// parts. The Go side gets the numbers from go_constants(), so there is one list of them.
//
//   log    := file header, to the first multiple of kChunkBytes; then chunks of kChunkBytes
//   chunk  := chunk header, then records until one whose time is 0, or the end of the chunk
//
// Each chunk belongs to one P, and a P's chunks stand in the order in which it wrote them. What was
// never written is 0. A text is a record that says what it is and how long, and the next records of
// that P, of the kind kText.
//
// Thread safety: values.
// Invariants: little endian. A change of a layout or of a number's meaning is a new kLogVersion.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace poolscope::goimport {

inline constexpr std::uint64_t kLogMagic = 0x474f'4c'45'50'4f'4353;  // "SCOPELOG"
inline constexpr std::uint32_t kLogVersion = 2;
inline constexpr std::uint32_t kChunkMagic = 0x4b'4e'48'43;  // "CHNK"
inline constexpr std::uint32_t kChunkBytes = 65'536;
inline constexpr std::uint32_t kMostPs = 1024;
/// A program's log grows to this at most, unless it is told otherwise. It takes no more of the disk
/// than was written.
inline constexpr std::uint64_t kDefaultLogBytes = std::uint64_t{16} << 30U;
/// Objects that one checkpoint reports; the world is stopped meanwhile.
inline constexpr std::uint32_t kMostCheckItems = 8192;
/// Bytes of a name; the rest of a longer one is left out.
inline constexpr std::uint32_t kMostText = 240;
/// Bits of Record::extra.
inline constexpr std::uint32_t kMissZeroedVictim = 1;
inline constexpr std::uint32_t kMissWithoutNew = 2;

/// Of FileHeader::arch.
enum class Arch : std::uint32_t { kAmd64 = 1, kArm64 = 2 };

/// Of FileHeader::stop_reason.
enum class StopReason : std::uint32_t { kNone = 0, kLogFull = 1, kDiskFull = 2, kTooManyPs = 3 };

/// Of FileHeader::order: what the `time` of a record is.
enum class Order : std::uint32_t {
  kTime = 0,      // ticks of the processor's counter
  kSequence = 1,  // its number in one sequence of all Ps; kClock says what time it is
};

/// Of FileHeader::level.
enum class Level : std::uint32_t {
  kSlots = 0,  // what became of each place
  kAll = 1,    // also when each Put and Get was called and when it returned
};

/// What a record is about. `place` and `object` are addresses; each kind's comment says what
/// `extra` is.
enum class Kind : std::uint16_t {
  kNone = 0,
  // Of the P that has the place (a poolLocal), or of a dequeue (`place`). They end an operation.
  kTake = 1,        // private of place -> a Get
  kStore = 2,       // a Put -> private of place; type
  kPopHead = 3,     // dequeue -> a Get; position
  kPush = 4,        // a Put -> dequeue; type
  kPopTail = 5,     // dequeue -> a Get; position
  kVictimTake = 6,  // private of place, in a victim -> a Get
  kMiss = 7,        // place: the pool. A Get has found nothing; kMissZeroedVictim, kMissWithoutNew
  // Of no P: a goroutine that is not pinned. place: the pool.
  kMadeNew = 8,   // New gave the object to the Get that had missed; type
  kRaceDrop = 9,  // the race detector's dice dropped the object before Put did anything; type
  // Before the record that ends the operation.
  kArray = 10,            // place: the pool; object: its new array; length | stride << 16
  kDequeueMade = 11,      // place: the dequeue; object: the poolLocal that it is of; length
  kDequeueUnlinked = 12,  // place: the dequeue
  // With the world stopped, in this order.
  kCleanup = 13,       // it begins
  kCheckPool = 14,     // place: the pool; object: its array (0: none); length
  kCheckVictim = 15,   // the same for its victim
  kCheckLocal = 16,    // place: the next poolLocal of that array; object: in private
  kCheckDequeue = 17,  // place: its next dequeue; object: count << 1 | whether items are cut; tail
  kCheckItem = 18,     // place: that dequeue; object; position
  kCheckCut = 19,      // there was more
  kCheckEnd = 20,
  kVictimDropped = 21,  // place: the pool
  kVictimMade = 22,     // place: the pool; object: the array
  kCleanupEnd = 23,
  // Anywhere.
  kProcs = 24,         // GOMAXPROCS
  kTypeName = 25,      // extra: the type; object: length of its name
  kPoolCaller = 26,    // place: the pool; object: length of the name of who used it first
  kText = 27,          // 16 bytes of it
  kClock = 28,         // object: microseconds since start_ns, at the record's time
  kFunctionName = 29,  // extra: the function; object: length of its name
  // After the record of a Get (place: that record's) or of a kMadeNew (place: the pool).
  kCaller = 30,  // extra: the function that has called Get; object: 1 for a kMadeNew
  // Only of Level::kAll, of no P. place: the pool; extra: 1 for a Put, 0 for a Get.
  kCalled = 31,    // before pin; object: what is put
  kReturned = 32,  // a Put has unpinned, or a Get has its answer
};
inline constexpr std::uint16_t kKinds = 33;

/// Record::extra of a record with a type: its number; above it, for bytes that are put, 1 + the
/// bits that their capacity takes; 0: no bytes.
inline constexpr std::uint32_t kTypeBits = 26;
inline constexpr std::uint32_t kTypeMask = (1U << kTypeBits) - 1;

struct Record {
  std::uint64_t place_p = 0;
  std::uint64_t object_kind = 0;
  std::uint32_t extra = 0;
  std::uint32_t g = 0;     // the goroutine's number, its lower bits
  std::uint64_t time = 0;  // its stamp, see Order

  [[nodiscard]] std::uint64_t place() const { return place_p >> 16U; }
  [[nodiscard]] std::uint16_t p() const { return static_cast<std::uint16_t>(place_p); }
  [[nodiscard]] std::uint64_t object() const { return object_kind >> 16U; }
  [[nodiscard]] Kind kind() const { return static_cast<Kind>(object_kind & 0xffffU); }
};
static_assert(sizeof(Record) == 32);

struct ChunkHeader {
  std::uint32_t p = 0;
  std::uint32_t magic = 0;
  std::uint64_t ticks = 0;  // a stamp, and its time
  std::uint64_t ns = 0;
  std::uint64_t reserved = 0;
};
static_assert(sizeof(ChunkHeader) == 32);

struct FileHeader {
  std::uint64_t magic = 0;
  std::uint32_t version = 0;
  std::uint32_t arch = 0;
  std::uint32_t record_bytes = 0;
  std::uint32_t chunk_bytes = 0;
  std::uint64_t size = 0;  // of the file, in bytes
  std::uint64_t next = 0;  // where the next chunk would be taken; may be past size
  std::uint64_t start_ticks = 0;
  std::uint64_t start_ns = 0;
  std::uint64_t start_wall = 0;  // seconds since 1970
  std::uint64_t stop_ticks = 0;  // the recording ended here; 0: with the program
  std::uint32_t stop_reason = 0;
  std::uint32_t pid = 0;
  std::uint64_t text_start = 0;   // address of runtime.text
  std::uint64_t types_start = 0;  // what types count from
  std::uint32_t procs = 0;        // at the start
  std::array<char, 36> go_version{};
  std::array<char, 512> program{};  // its path
  std::uint32_t order = 0;
  std::uint32_t level = 0;
  std::array<char, 128> build_id{};  // the executable's, see build_id_of(); empty: not known
  std::array<char, 240> reserved{};
  std::uint64_t sequence = 0;  // of the record that was stamped last. No other field on its lines
};
static_assert(offsetof(FileHeader, go_version) == 100 && offsetof(FileHeader, order) == 648 &&
              offsetof(FileHeader, build_id) == 656 && offsetof(FileHeader, sequence) == 1024);

/// The constants of the Go side, as Go text.
std::string go_constants();

}  // namespace poolscope::goimport
