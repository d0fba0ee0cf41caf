#pragma once

// What a dump shows, and where an operation found its object, in the words of the transcripts.
//
// Thread safety: functions of their arguments; the controller's thread. Invariants: equal states
// give equal texts.

#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/pool/local_array.h"
#include "core/script/gated_operation.h"
#include "core/script/ledger.h"
#include "core/script/script.h"

namespace poolscope::script {

/// Where an operation found its object: "steal:2", "new".
inline std::string where_of(Where where, std::uint32_t found_at) {
  if (where == Where::kNone) where = Where::kNil;
  const bool at_a_place = where != Where::kNil && where != Where::kNew;
  return at_a_place ? fmt::format("{}:{}", word_of(where), found_at) : std::string(word_of(where));
}

/// What is in use, in flight, stale and lost.
inline std::string objects_as_text(const Ledger& ledger) {
  return fmt::format("  inuse=[{}] inflight=[{}] stale=[{}] lost=[{}]\n",
                     fmt::join(ledger.in_use(), " "), fmt::join(ledger.in_flight(), " "),
                     fmt::join(ledger.stale(), " "), fmt::join(ledger.lost(), " "));
}

/// Writes the pools of a stage.
template <class Stage>
class PoolsAsText {
 public:
  using Pool = typename Stage::Pool;

  PoolsAsText(const Script& script, const Stage& stage, const Ledger& ledger)
      : script_(script), stage_(stage), ledger_(ledger) {}

  std::string write() {
    fmt::format_to(out(), "  procs={} allPools=[{}] oldPools=[{}]\n", stage_.machine().procs(),
                   fmt::join(names_of(stage_.machine().world().all_pools), " "),
                   fmt::join(names_of(stage_.machine().world().old_pools), " "));
    for (std::size_t i = 0; i < script_.pools.size(); ++i) dump_pool(i);
    return std::move(text_);
  }

 private:
  std::back_insert_iterator<std::string> out() { return std::back_inserter(text_); }

  std::vector<std::string> names_of(const std::vector<Pool*>& pools) {
    std::vector<std::string> names;
    for (const Pool* pool : pools) {
      for (std::size_t i = 0; i < script_.pools.size(); ++i) {
        if (stage_.machine().pools()[i].get() == pool) names.push_back(script_.pools[i].name);
      }
    }
    return names;
  }

  void dump_pool(std::size_t place) {
    const Pool& pool = *stage_.machine().pools()[place];
    const std::string& name = script_.pools[place].name;
    fmt::format_to(out(), "  {} local={} localSize={}", name,
                   pool.locals() == nullptr ? "nil" : "set", pool.local_size());
    if constexpr (requires { pool.victim(); }) {
      fmt::format_to(out(), " victim={} victimSize={}", pool.victim() == nullptr ? "nil" : "set",
                     pool.victim_size());
    }
    text_ += '\n';
    dump_array(name, pool.locals());
    dump_array(name + ".v", Stage::TheMachine::victim_of(pool));
  }

  void dump_array(const std::string& name, typename Pool::Local* locals) {
    if (locals == nullptr) return;
    std::size_t i = 0;
    for (const auto& l : std::span(locals, header_of(locals).length)) {
      std::vector<std::string> cells;
      Pool::for_each_value(l, [&](Value x) { cells.push_back(ledger_.name_of(x)); });
      const bool has_private = !l.private_value.is_nil();
      if (has_private) cells.erase(cells.begin());
      fmt::format_to(out(), "  {}[{}] private={} shared=[{}]", name, i++,
                     has_private ? ledger_.name_of(l.private_value) : "-", fmt::join(cells, " "));
      if constexpr (requires { l.shared.oldest(); }) dump_chain(l);
      text_ += '\n';
    }
  }

  void dump_chain(const typename Pool::Local& l) {
    if (l.shared.oldest() == nullptr) return;
    std::vector<std::string> dequeues;
    l.shared.for_each_dequeue([&](const auto& dequeue) {
      dequeues.push_back(fmt::format("{}:{}", dequeue.length(), dequeue.count()));
    });
    fmt::format_to(out(), " chain=[{}]", fmt::join(dequeues, " "));
  }

  const Script& script_;
  const Stage& stage_;
  const Ledger& ledger_;
  std::string text_;
};

template <class Stage>
std::string pools_as_text(const Script& script, const Stage& stage, const Ledger& ledger) {
  return PoolsAsText<Stage>(script, stage, ledger).write();
}

}  // namespace poolscope::script
