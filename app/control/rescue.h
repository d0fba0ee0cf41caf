#pragma once

// What was left of sessions whose programs were killed, offered to the viewer one after another: to
// keep it, or to throw it away. Whoever does neither is offered it again at the next start.
//
// Thread safety: the window's thread. Disks are waited for on a thread beside.
// Invariants: one change at a time; another that is asked for meanwhile is left out.

#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/control/leftovers.h"
#include "core/base/error.h"

namespace poolscope {

class Rescue {
 public:
  /// Starts to look in `folder`. What is kept goes to `recordings`. `program`: see CopyOptions.
  Rescue(std::filesystem::path folder, std::filesystem::path recordings, std::string program);

  /// Takes in what the thread beside has done.
  void update();
  /// What is offered now; nullptr: nothing.
  [[nodiscard]] const Leftover* offered() const;
  /// How many are offered, this one with them.
  [[nodiscard]] std::size_t left() const { return leftovers_.size(); }

  void keep();
  void discard();

  /// Whether the thread beside is at work.
  [[nodiscard]] bool busy() const { return looking_.valid() || changing_.valid(); }

  /// The file that was kept since the last call.
  std::optional<std::string> take_kept() { return std::exchange(kept_, std::nullopt); }
  /// What has gone wrong since the last call.
  std::optional<std::string> take_problem() { return std::exchange(problem_, std::nullopt); }

 private:
  const std::filesystem::path recordings_;
  const std::string program_;
  std::vector<Leftover> leftovers_;  // the first is offered
  std::optional<std::string> kept_;
  std::optional<std::string> problem_;
  std::future<std::vector<Leftover>> looking_;
  std::future<Expected<std::string>> changing_;  // "": it was thrown away
};

}  // namespace poolscope
