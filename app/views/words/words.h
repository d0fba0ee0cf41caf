#pragma once

// The words that all panels use for the same things: an identity is #19, a goroutine G4, a count
// 1,240, a duration 42 µs.
//
// Thread safety: pure functions, but for the language (see locale) and the names of a script, which
// are those of the calling thread.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/position.h"
#include "core/model/model.h"

namespace poolscope::views {

/// While it lives, what a script or a recorded program has given a name is called so: goroutines,
/// objects and pools by their numbers. Where there is no name, or "", the number is said. The
/// vectors outlive it.
class NamesOfScript {
 public:
  using Names = std::vector<std::string>;
  struct Given {  // nullptr: none
    const Names* goroutines = nullptr;
    const Names* objects = nullptr;
    const Names* pools = nullptr;
  };
  explicit NamesOfScript(const Given& names);
  NamesOfScript(const NamesOfScript&) = delete;
  NamesOfScript& operator=(const NamesOfScript&) = delete;
  ~NamesOfScript();

 private:
  const Given before_;
};

std::string name_of(GId g);            // G4
std::string name_of(PId p);            // P2
std::string name_of(ObjectId object);  // #19
std::string name_of(PoolId pool);      // A, B, ..., Z, AA, ...; fmt.ppFree (*fmt.pp)
/// The same without the type of its objects: fmt.ppFree.
std::string short_name_of(PoolId pool);
/// The type of its objects, *fmt.pp; "" where nobody knows it.
std::string type_of(PoolId pool);
/// Whether it has a name, not only its number.
bool is_named(PoolId pool);

/// 1,240
std::string count_text(std::uint64_t n);
/// What a tile says that stands for several objects: "2 more: #7 #12" of those beside it, else "2
/// objects: #7 #12". Of many it names the first.
std::string sum_text(std::span<const ObjectId> objects, bool more);
/// Two or three digits and a unit: 42 µs, 1.2 ms, 3.4 s.
std::string duration_text(std::int64_t ns);
/// 512 B, 4 KiB, 1.5 MiB.
std::string bytes_text(std::uint64_t bytes);
/// 12.480 s
std::string clock_text(std::int64_t ns);
/// 12.480 s  #1,240: a moment of a session, counted from the origin of its file as `state` does it.
std::string moment_text(const Position& moment, const Position& origin);
/// How the pool came to forget an object.
std::string cause_text(LostCause cause);
/// How many objects are in no pool, for fmt: "{0} in use", or "{0} outside" where nobody knows
/// which of them are garbage by now (Details::hands).
const char* outside_words(bool hands);
/// What a GC does to the pools, as its curtain says it.
std::string gc_text(PoolKind pool);
/// A slot by its P, P3; by its place, local[5], when no P owns it.
std::string place_text(std::uint16_t place, PId owner);
std::string place_text(const Model& model, std::uint16_t place);
/// P3, or P3 and P5, or P3, P5 and P6; of more than four the first three and how many more.
std::string list_text(const std::vector<PId>& ps);

}  // namespace poolscope::views
