#include "core/script/call_run.h"

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/script/lesson_check.h"

namespace poolscope::script {
namespace {

using Kind = Command::Kind;

/// Gives a script's runner the next call as a command, and notes what it has answered.
class Caller final : public CommandSource, public ScriptAudience {
 public:
  Caller(const CallList& list, CallAudience& audience) : list_(list), audience_(audience) {
    objects_.reserve(list.calls.size());
    commands_.reserve(list.calls.size());
  }

  const Command* next() override {
    const std::size_t number = commands_.size();
    if (number == list_.calls.size()) return nullptr;
    commands_.push_back(command_of(list_.calls[number], number));
    return &commands_.back();
  }
  void on_events(std::span<const Event> events) override { audience_.on_events(events); }
  void on_command(const Command& command, std::string_view lines,
                  const ScriptNames& /*names*/) override {
    const std::string answer = answer_of(command, lines);
    const std::string got = answer.substr(0, answer.find(' '));
    if (got == "refused" && refused_.empty()) {
      refused_ = fmt::format("call {}, `{}`: {}", objects_.size() + 1, command.text, answer);
    }
    objects_.push_back(command.kind == Kind::kGet && got != "nil" ? got : command.object);
    audience_.on_call(objects_.size() - 1);
  }

  /// The first call that could not be made, and why; "": all could.
  [[nodiscard]] const std::string& refused() const { return refused_; }
  [[nodiscard]] std::vector<Command> take_commands() { return std::move(commands_); }

 private:
  /// What a Put puts; "": nothing.
  [[nodiscard]] std::string object_for(const Call& call, std::size_t number) const {
    if (!call.of) return fmt::format("x{}", number + 1);
    check(*call.of < number, "a call puts what an earlier one got or put");
    return objects_[*call.of];
  }

  [[nodiscard]] Command command_of(const Call& call, std::size_t number) const {
    Command command;
    command.line = static_cast<std::uint32_t>(number + 1);
    command.p = call.p.value;
    command.has_p = call.p.valid();
    command.pool = call.pool.valid() ? call.pool.value : 0;
    command.number = call.procs;
    if (call.puts()) command.object = object_for(call, number);
    switch (call.kind) {
      case Call::Kind::kPut: command.kind = Kind::kPut; break;
      case Call::Kind::kDrop: command.kind = Kind::kDrop; break;
      case Call::Kind::kGet: command.kind = Kind::kGet; break;
      case Call::Kind::kGc: command.kind = Kind::kGc; break;
      case Call::Kind::kResize: command.kind = Kind::kResize; break;
    }
    if (call.puts() && command.object.empty()) command.kind = Kind::kPutNil;
    command.text = text_of(command);
    return command;
  }
  [[nodiscard]] std::string text_of(const Command& command) const {
    const auto on_pool = [&](const char* word) {
      return fmt::format("{} p{} {}", word, command.p, list_.pools[command.pool].name);
    };
    switch (command.kind) {
      case Kind::kPut: return on_pool("put") + " " + command.object;
      case Kind::kDrop: return on_pool("drop") + " " + command.object;
      case Kind::kPutNil: return on_pool("putnil");
      case Kind::kGet: return on_pool("get");
      case Kind::kResize: return fmt::format("resize {}", command.number);
      default: return "gc";
    }
  }

  const CallList& list_;
  CallAudience& audience_;
  std::vector<Command> commands_;     // reserved: the runner keeps a pointer to the last
  std::vector<std::string> objects_;  // by call: what it got or put; "": nothing
  std::string refused_;
};

}  // namespace

Script script_for(const CallList& list, PoolKind pool) {
  Script script;
  script.file = fmt::format("the calls on the {} pool", word_of(pool));
  script.variant = pool;
  script.procs = list.procs;
  for (const CallPool& declared : list.pools) {
    script.pools.push_back({declared.name, declared.has_new});
  }
  return script;
}

Expected<CallRun> run_calls(const CallList& list, PoolKind pool, CallAudience& audience) {
  CallRun run{.script = script_for(list, pool), .transcript = {}};
  Caller caller(list, audience);
  auto transcript = run_script(run.script, {.audience = &caller, .commands = &caller});
  if (!transcript) return tl::make_unexpected(transcript.error());
  if (!caller.refused().empty()) {
    return bad_input(fmt::format("{}: {}", run.script.file, caller.refused()));
  }
  run.script.commands = caller.take_commands();
  run.transcript = std::move(*transcript);
  return run;
}

Expected<void> check_whole_calls(const Script& script) {
  for (const Command& command : script.commands) {
    const bool stops = command.kind == Kind::kBegin || command.kind == Kind::kContinue ||
                       command.kind == Kind::kTogether;
    if (!stops) continue;
    return bad_input(fmt::format(
        "{}:{}: `{}` is no whole call, and both pools get whole calls only (put, get, putnil, "
        "drop, gc, resize); compare two scripts, one for each pool, to see it by time",
        script.file, command.line, command.text));
  }
  return {};
}

}  // namespace poolscope::script
