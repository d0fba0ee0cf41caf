#pragma once

// The counters of a trace: how many objects lie at each place of the pools' arrays, in local and in
// the victim, of all pools together. The place of a P is that of its number.
//
// Thread safety: none of its own.
// Invariants: a counter is written when its value has changed, and then only.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/model/model.h"
#include "core/session/chrome_trace.h"
#include "core/trace/event.h"

namespace poolscope {

class PlaceCounts {
 public:
  PlaceCounts(ChromeTrace& trace, int process) : trace_(trace), process_(process) {}

  /// A part of a session starts with this state.
  void start(const Model& first, std::int64_t now_ns);
  /// Takes in the next event; `model` is the model after it.
  void add(const Event& event, const Model& model, std::int64_t now_ns);

 private:
  struct Lying {
    std::uint64_t in_private = 0;
    std::uint64_t in_shared = 0;
    std::uint64_t in_victim = 0;
    bool operator==(const Lying&) const = default;
  };

  static Lying lying_at(const Model& model, std::size_t place);
  static void count_in(Lying& lying, const ArrayState* array, std::size_t place, bool victim);
  void count_all(const Model& model, std::int64_t now_ns);
  void count_place(std::size_t place, const Model& model, std::int64_t now_ns);

  ChromeTrace& trace_;
  const int process_;
  std::vector<Lying> counted_;  // by place, as it was written last
};

}  // namespace poolscope
