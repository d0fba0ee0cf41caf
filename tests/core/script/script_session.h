#pragma once

// A script's events, reduced as they come, and what the transcript must then say.
//
// Thread safety: one thread at a time.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/model.h"
#include "core/model/reduce.h"
#include "core/script/run.h"

namespace poolscope::script {

/// Every object that is lost, and why: the model keeps only the newest.
class LostObjects {
 public:
  /// `after`: the model with `event` in it.
  void scan(const Event& event, const Model& after);
  [[nodiscard]] const std::map<ObjectId, LostCause>& all() const { return lost_; }

 private:
  std::map<ObjectId, LostCause> lost_;
  std::uint64_t losses_ = 0;  // scanned
};

/// Reduces a script's events and holds each line of the transcript against the model.
class ScriptSession final : public ScriptAudience {
 public:
  explicit ScriptSession(const Script& script)
      : script_(script), model_(initial_model(config_of(script))) {}

  void on_events(std::span<const Event> events) override;
  void on_command(const Command& command, std::string_view lines,
                  const ScriptNames& names) override;

  [[nodiscard]] const Model& model() const { return model_; }
  /// Lines that were held against the model.
  [[nodiscard]] std::size_t compared() const { return compared_; }

 private:
  [[nodiscard]] std::string dump() const;
  void dump_pool(std::string& text, const PoolState& pool) const;
  void dump_array(std::string& text, const std::string& name, const ArrayState* array) const;
  [[nodiscard]] std::string tasks() const;
  [[nodiscard]] std::string lost() const;
  [[nodiscard]] std::string names_of(const std::vector<ObjectId>& objects) const;
  [[nodiscard]] std::string names_of(const std::vector<PoolId>& pools) const;
  [[nodiscard]] std::string name_of(ObjectId object) const;
  [[nodiscard]] std::string result_of(const GState& g) const;

  const Script& script_;
  Model model_;
  LostObjects lost_;
  GId acting_;  // in the last event that names a goroutine
  const ScriptNames* names_ = nullptr;
  std::size_t compared_ = 0;
};

}  // namespace poolscope::script
