#include "tests/core/script/script_session.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "core/model/reduction.h"
#include "core/model/words.h"
#include "core/script/dump.h"

namespace poolscope::script {
namespace {

std::string sorted_list(std::vector<std::string> words) {
  std::ranges::sort(words);
  return fmt::format("[{}]", fmt::join(words, " "));
}

std::string stand_of(const GState& g) {
  if (!g.waits_for_lock) return std::string(step_info(g.step).name);
  return g.wait_array.valid() ? fmt::format("local[{}]", g.wait_index) : "allPoolsMu";
}

}  // namespace

void LostObjects::scan(const Event& event, const Model& after) {
  if (event.kind == EventKind::kPutBegin) lost_.erase(event.object);
  const std::uint64_t losses = after.totals.lost_sum();
  if (losses == losses_) return;
  const std::size_t news = static_cast<std::size_t>(losses - losses_);
  losses_ = losses;
  const std::size_t kept = std::min(news, after.lost.size());
  LostCause cause = LostCause::kGc;
  for (const LostObject& lost : std::span(after.lost).last(kept)) {
    lost_[lost.object] = lost.cause;
    if (lost.cause != LostCause::kOrphan) cause = lost.cause;
  }
  if (kept == news) return;
  // More at once than the model keeps: with one array, and none of them put into it as an orphan.
  for (ObjectId object{1}; object.value <= after.totals.created; ++object.value) {
    if (reduction::places_of(after, object) == 0) lost_.emplace(object, cause);
  }
}

void ScriptSession::on_events(std::span<const Event> events) {
  for (const Event& event : events) {
    const std::uint64_t divergences = model_.divergences;
    reduce(model_, event);
    if (model_.divergences != divergences) {
      ADD_FAILURE() << "#" << event.seq << ": " << model_.divergence_list.back().what;
    }
    lost_.scan(event, model_);
    if (event.g.valid()) acting_ = event.g;
  }
}

void ScriptSession::on_command(const Command& command, std::string_view lines,
                               const ScriptNames& names) {
  names_ = &names;
  if (command.kind == Command::Kind::kDump) {
    EXPECT_EQ(dump(), lines) << script_.file << ":" << command.line;
    compared_ += static_cast<std::size_t>(std::ranges::count(lines, '\n'));
    return;
  }
  const std::string_view result =
      lines.substr(std::string_view(command.text).size() + std::string_view(" -> ").size());
  if (result.starts_with("refused") || result.starts_with("blocked-by")) return;
  ++compared_;
  switch (command.kind) {
    case Command::Kind::kGc:
    case Command::Kind::kResize:
      EXPECT_EQ(model_.stop.phase, StopState::Phase::kStarted);
      EXPECT_EQ(model_.stop.cause,
                command.kind == Command::Kind::kGc ? StopCause::kGc : StopCause::kResize);
      return;
    case Command::Kind::kPutNil: return;
    case Command::Kind::kDrop:
      EXPECT_EQ(model_.gs[acting_.value].last_op.where, Where::kDropped);
      return;
    default: break;
  }
  std::string expected(result.substr(0, result.find('\n')));
  if (const auto as = expected.find(" as "); as != std::string::npos) {
    EXPECT_EQ(names.goroutines[acting_.value], expected.substr(as + 4));
    expected.resize(as);
  }
  EXPECT_EQ(result_of(model_.gs[acting_.value]), expected)
      << script_.file << ":" << command.line << ": " << command.text;
}

std::string ScriptSession::result_of(const GState& g) const {
  if (g.op.kind != Operation::Kind::kNone) {
    return (g.waits_for_lock ? "blocked " : "stopped ") + stand_of(g);
  }
  const Operation& op = g.last_op;
  std::string text = "ok";
  if (op.kind == Operation::Kind::kGet) {
    text = op.where == Where::kNil ? "nil" : name_of(op.object);
  }
  return fmt::format("{} | {} pinslow={}", text, where_of(op.where, op.found_at), op.pin_slows);
}

std::string ScriptSession::name_of(ObjectId object) const {
  return object.valid() ? names_->objects.at(object.value) : "-";
}

std::string ScriptSession::names_of(const std::vector<ObjectId>& objects) const {
  std::vector<std::string> words;
  words.reserve(objects.size());
  for (const ObjectId object : objects) words.push_back(name_of(object));
  return sorted_list(std::move(words));
}

std::string ScriptSession::names_of(const std::vector<PoolId>& pools) const {
  std::vector<std::string> words;
  words.reserve(pools.size());
  for (const PoolId pool : pools) words.push_back(names_->pools.at(pool.value));
  return fmt::format("[{}]", fmt::join(words, " "));
}

std::string ScriptSession::dump() const {
  std::string text = fmt::format("dump\n  procs={} allPools={} oldPools={}\n", model_.procs,
                                 names_of(model_.all_pools), names_of(model_.old_pools));
  for (const PoolState& pool : model_.pools) dump_pool(text, pool);
  return text + fmt::format("  tasks=[{}]\n  inuse={} inflight={} stale={} lost={}\nend\n", tasks(),
                            names_of(objects_in_use(model_)), names_of(objects_in_flight(model_)),
                            names_of(stale_objects(model_)), lost());
}

void ScriptSession::dump_pool(std::string& text, const PoolState& pool) const {
  const std::string& name = names_->pools.at(pool.id.value);
  text += fmt::format("  {} local={} localSize={}", name, pool.local.valid() ? "set" : "nil",
                      pool.local_size);
  if (model_.config.pool == PoolKind::kModern) {
    text += fmt::format(" victim={} victimSize={}", pool.victim.valid() ? "set" : "nil",
                        pool.victim_size);
  }
  text += '\n';
  dump_array(text, name, model_.local_of(pool.id));
  dump_array(text, name + ".v", model_.victim_of(pool.id));
}

void ScriptSession::dump_array(std::string& text, const std::string& name,
                               const ArrayState* array) const {
  if (array == nullptr) return;
  for (std::size_t i = 0; i < array->locals.size(); ++i) {
    const LocalState& local = array->locals[i];
    std::vector<std::string> cells;
    for (const ObjectId object : local.shared.cells()) cells.push_back(name_of(object));
    text += fmt::format("  {}[{}] private={} shared=[{}]", name, i, name_of(local.private_object),
                        fmt::join(cells, " "));
    if (!local.chain.empty()) {
      std::vector<std::string> chain;
      chain.reserve(local.chain.size());
      for (const DequeueState& d : local.chain) {
        chain.push_back(fmt::format("{}:{}", d.length, d.count));
      }
      text += fmt::format(" chain=[{}]", fmt::join(chain, " "));
    }
    text += '\n';
  }
}

std::string ScriptSession::tasks() const {
  std::vector<const GState*> under_way;
  for (const GState& g : model_.gs) {
    if (g.op.kind != Operation::Kind::kNone) under_way.push_back(&g);
  }
  std::ranges::stable_sort(under_way, {}, [](const GState* g) { return g->op.begin_ns; });
  std::vector<std::string> words;
  words.reserve(under_way.size());
  for (const GState* g : under_way) {
    words.push_back(fmt::format("{}@p{}={}{}", names_->goroutines.at(g->id.value), g->p.value,
                                stand_of(*g), g->pinned ? "/pinned" : ""));
  }
  return fmt::format("{}", fmt::join(words, " "));
}

std::string ScriptSession::lost() const {
  std::vector<std::string> words;
  for (const auto& [object, cause] : lost_.all()) {
    const std::string name = name_of(object);
    // A script may make another object by the name of a lost one.
    const auto later = names_->objects.begin() + static_cast<std::ptrdiff_t>(object.value) + 1;
    if (std::find(later, names_->objects.end(), name) != names_->objects.end()) continue;
    words.push_back(fmt::format("{}:{}", name, word_of(cause)));
  }
  return sorted_list(std::move(words));
}

}  // namespace poolscope::script
