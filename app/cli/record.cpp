// `poolscope record`.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <span>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "core/model/reduce.h"
#include "core/session/recorder.h"
#include "core/sim/simulation.h"

namespace poolscope::cli {
namespace {

constexpr std::chrono::milliseconds kLook{20};  // how often the end of the recording is looked for
constexpr std::chrono::milliseconds kWaitToTell{1};

/// Hands the events to the recorder, up to a number of them.
class RecordingSink : public EventSink {
 public:
  /// `most` 0: all of them.
  RecordingSink(Recorder& recorder, std::uint64_t most) : recorder_(recorder), most_(most) {}

  void on_events(std::span<const Event> events) override {
    if (most_ > 0) {
      const std::uint64_t room = most_ - taken_.load();
      events = events.first(std::min<std::size_t>(events.size(), room));
    }
    recorder_.append(events);
    taken_ += events.size();
  }

  [[nodiscard]] bool has_all() const { return most_ > 0 && taken_ == most_; }

 private:
  Recorder& recorder_;
  const std::uint64_t most_;
  std::atomic<std::uint64_t> taken_ = 0;  // written by the collector, read by the main thread
};

RecorderOptions recorder_options(const RecordArgs& args) {
  RecorderOptions options;
  options.program = args.program;
  options.keep_last_ns = args.keep_last_ns;
  if (args.progress) {
    options.on_commit = [](std::uint64_t number, std::int64_t time_ns) {
      fmt::print(stderr, "committed #{} {}\n", number, time_ns);
    };
  }
  return options;
}

void wait_for_the_end(const RecordArgs& args, const Simulation& simulation,
                      const Recorder& recorder, const RecordingSink& sink,
                      Interruption& interruption) {
  while (!interruption.wait_for(kLook)) {
    if (args.for_ns > 0 && simulation.now_ns() >= args.for_ns) return;
    if (sink.has_all() || recorder.error()) return;
  }
}

void tell(const Recorder::Summary& summary) {
  if (summary.waited >= kWaitToTell) {
    fmt::print(stderr, "poolscope: the recorder held the session up for {:.3f} s in all\n",
               std::chrono::duration<double>(summary.waited).count());
  }
  fmt::print("recorded {} events in {:.3f} s, dropped 0\n", summary.events,
             static_cast<double>(summary.duration_ns) / 1e9);
}

}  // namespace

int run_record(const RecordArgs& args) {
  Interruption interruption;
  SimulationOptions session = args.session;
  session.stop_after_events = args.events;
  auto simulation = Simulation::create(session);
  if (!simulation) return report(simulation.error());
  auto recorder = Recorder::create(args.output, args.overwrite,
                                   initial_model((*simulation)->config()), recorder_options(args));
  if (!recorder) return report(recorder.error());

  RecordingSink sink(**recorder, args.events);
  (*simulation)->start(sink);
  wait_for_the_end(args, **simulation, **recorder, sink, interruption);
  (*simulation)->stop();
  const auto summary = (*recorder)->close();
  if (!summary) return report(summary.error());
  tell(*summary);
  if (const Accounting objects = (*simulation)->accounting(); !objects.holds()) {
    return report({Error::Kind::kFailed,
                   fmt::format("objects are unaccounted for: {} created, {} in use, {} pooled, {} "
                               "freed: please report this with the seed {}",
                               objects.created, objects.in_use, objects.pooled, objects.freed,
                               session.config.seed)});
  }
  return interruption.came() ? kInterrupted : 0;
}

}  // namespace poolscope::cli
