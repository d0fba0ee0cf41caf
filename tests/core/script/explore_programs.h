#pragma once

// The small programs of which every interleaving is walked, by the tests and by the bench.
//
// Thread safety: constants. Invariants: each program is explorable (check_explorable).

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/script/script.h"

namespace poolscope::script {

/// How a program is walked at every shared access: by the bench whole, if it is not kPruned.
enum class Walk {
  kWhole,
  kSeconds,  // millions of schedules: in the tests, whole where no sanitizer is on
  kMinutes,  // tens of millions: in the tests, pruned
  kPruned,   // three tasks and more: too many for anybody
};

struct Program {
  std::string name;
  PoolKind variant = PoolKind::kClassic;
  std::string text;          // after the variant
  std::size_t outcomes = 0;  // how many there are, wherever it stops
  Walk walk = Walk::kWhole;
  bool chain = false;  // on ChainPool, not on the whole pool

  [[nodiscard]] std::string script() const {
    return fmt::format("variant {}\n{}", word_of(variant), text);
  }
};

inline std::vector<Program> classic_programs() {
  const std::string two_ps = "procs 2\npool A new\n";
  return {
      {"PutWithPut", PoolKind::kClassic,
       two_ps + "put p0 A a\nput p1 A b\ntogether\nput p0 A c\nput p1 A d\n", 1},
      {"PutWithPutOnOneP", PoolKind::kClassic,
       two_ps + "put p0 A a\ntogether\nput p0 A c\nput p0 A d\n", 2},
      {"PutWithGc", PoolKind::kClassic, two_ps + "put p0 A a\ntogether\nput p0 A b\ngc\n", 3},
      {"GetWithGc", PoolKind::kClassic, two_ps + "put p0 A a\nput p0 A b\ntogether\nget p1 A\ngc\n",
       3},
      {"GetWithPutAndSteal", PoolKind::kClassic,
       two_ps + "put p0 A a\nget p1 A\ntogether\nget p1 A\nput p0 A b\n", 2},
      {"GetWithGrow", PoolKind::kClassic,
       two_ps + "put p0 A a\nput p0 A b\nresize 3\ntogether\nget p1 A\nput p2 A c\n", 3,
       Walk::kSeconds},
      {"GetWithGrowAndAThirdPsPut", PoolKind::kClassic,
       two_ps + "put p0 A a\nput p0 A b\nresize 3\ntogether\nget p1 A\nput p2 A c\nput p0 A d\n",
       11, Walk::kPruned},
      {"TwoPutsWithTwoGets", PoolKind::kClassic,
       two_ps + "put p0 A x\ntogether\nput p0 A a\nput p1 A b\nget p0 A\nget p1 A\n", 5,
       Walk::kPruned},
  };
}

inline std::vector<Program> modern_programs() {
  const std::string two_ps = "procs 2\npool A new\n";
  return {
      {"PushWithTwoThieves", PoolKind::kModern,
       "procs 3\npool A new\nput p0 A p\nput p0 A a\nget p1 A\nput p0 A b\ntogether\n"
       "put p0 A c\nget p1 A\nget p2 A\n",
       4, Walk::kPruned},
      {"PopWithAThiefOnTheLastElement", PoolKind::kModern,
       two_ps + "put p0 A p\nput p0 A a\nput p1 A q\nget p1 A\nget p0 A\ntogether\n"
                "get p0 A\nget p1 A\n",
       2, Walk::kSeconds},
      {"GrowOfTheChainUnderAThief", PoolKind::kModern,
       two_ps + "put p0 A p\nput p0 A a\nput p0 A b\nput p0 A c\nput p0 A d\nput p0 A e\n"
                "put p0 A f\nput p0 A g\nput p0 A h\nget p1 A\nput p0 A i\ntogether\n"
                "put p0 A j\nget p1 A\n",
       2, Walk::kMinutes},
      {"GetWithGc", PoolKind::kModern, two_ps + "put p0 A a\nput p0 A b\ntogether\nget p1 A\ngc\n",
       2},
  };
}

/// The situations of the modern programs at the chain alone, where all of them are soon walked.
inline std::vector<Program> chain_programs() {
  const std::string two_ps = "procs 2\npool A nonew\n";
  const std::string eight =
      "put p0 A a\nput p0 A b\nput p0 A c\nput p0 A d\nput p0 A e\nput p0 A f\nput p0 A g\n"
      "put p0 A h\n";
  std::string eight_stolen;
  for (int i = 0; i < 8; ++i) eight_stolen += "get p1 A\n";
  const auto chain = [](std::string name, std::string text, std::size_t outcomes,
                        Walk walk = Walk::kWhole) {
    return Program{std::move(name), PoolKind::kModern, std::move(text), outcomes, walk, true};
  };
  return {
      chain("PushWithAThief", two_ps + "put p0 A a\ntogether\nput p0 A b\nget p1 A\n", 1),
      chain("PushWithTwoThieves",
            "procs 3\npool A nonew\nput p0 A a\ntogether\nput p0 A b\nget p1 A\nget p2 A\n", 4,
            Walk::kPruned),
      chain("PopWithAThiefOnTheLastElement", two_ps + "put p0 A a\ntogether\nget p0 A\nget p1 A\n",
            2),
      // Full, and perhaps not any more; perhaps not yet cleared by the thief.
      chain("GrowOfTheChainUnderAThief", two_ps + eight + "together\nput p0 A i\nget p1 A\n", 2),
      // The oldest dequeue is empty: the thief takes it out of the list.
      chain("PushWhileAThiefUnlinks",
            two_ps + eight + "put p0 A i\n" + eight_stolen + "together\nput p0 A j\nget p1 A\n", 1),
      chain("PopWhileAThiefUnlinks",
            two_ps + eight + "put p0 A i\n" + eight_stolen + "together\nget p0 A\nget p1 A\n", 2),
  };
}

/// Two tasks of ten shared accesses each, on which exploration is timed: each P pops from its own
/// chain.
inline Program two_tasks_of_ten_steps() {
  return {"TwoPopsOfTenSteps", PoolKind::kModern,
          "procs 2\npool A new\nput p0 A a\nput p0 A b\nget p0 A\nput p1 A c\nput p1 A d\n"
          "get p1 A\ntogether\nget p0 A\nget p1 A\n",
          1};
}

}  // namespace poolscope::script
