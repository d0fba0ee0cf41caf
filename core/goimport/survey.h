#pragma once

// The first walk through a log: what must be known before the first event can be written. How many
// pools and goroutines there are, where each goroutine is seen last, which Gets can be shown while
// their New runs.
//
// Thread safety: one thread at a time.

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/goimport/address_map.h"
#include "core/goimport/log_file.h"
#include "core/model/pool_sample.h"

namespace poolscope::goimport {

struct SurveyedGoroutine {
  std::uint32_t go_number = 0;    // Go's own, its lower 32 bits
  std::uint64_t last_record = 0;  // its last one, counted over all Ps from 0
};

/// What becomes of a Get that calls New.
enum class NewCall : std::uint8_t {
  kPlain,         // the goroutine is next heard of when New has made the object, or never again
  kReturnsLater,  // New uses pools itself, and then gives the object
  kNeverReturns,  // the goroutine goes on without it: New has panicked
};

struct SurveyedPool {
  std::uint16_t number = 0;  // in the session, from 0
  std::uint64_t address = 0;
  std::uint32_t type = 0;  // of the first object that was put or made; 0: none was
  std::string caller;      // who used it first
};

/// What was sampled of a pool.
struct Sampled {
  /// Of the functions that call Get, by their number: Gets that were sampled, and all News.
  struct Calls {
    std::uint64_t gets = 0;
    std::uint64_t news = 0;
  };
  std::unordered_map<std::uint32_t, Calls> callers;
  std::array<std::uint64_t, 64> capacities{};  // Puts, by the bits of what they put
};

struct Survey {
  AddressMap<std::uint32_t> goroutine_numbers;  // in the session, from 0; by Go's number + 1
  std::vector<SurveyedGoroutine> goroutines;    // by their number in the session
  AddressMap<std::uint16_t> pool_numbers;       // by address
  std::vector<SurveyedPool> pools;
  std::unordered_map<std::uint32_t, std::string> types;
  std::unordered_map<std::uint32_t, std::string> functions;
  std::unordered_map<std::uint16_t, Sampled> sampled;  // by the pool's number
  /// When the world was stopped for a GC, in ticks, in order.
  std::vector<std::uint64_t> cleanups;
  /// Of the misses of each P that call New, in their order.
  std::vector<std::vector<NewCall>> new_calls;
};

/// What `found` knows of who calls Get of the pool of that number, and of the buffers that are put.
PoolSample sample_of(std::uint16_t pool, const Survey& found);

/// Walks through all of `log`.
Survey survey(LogFile& log);

/// Whether a record is about a goroutine's use of a pool.
constexpr bool is_use(Kind kind) {
  return (kind != Kind::kNone && kind < Kind::kCleanup) || kind == Kind::kCalled ||
         kind == Kind::kReturned;
}

/// The text that belongs to the next record of `stream`.
std::string text_after(const RecordStream& stream);

}  // namespace poolscope::goimport
