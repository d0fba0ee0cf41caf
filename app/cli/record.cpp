// `poolscope record`.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/report.h"
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
  /// `most` none: all of them.
  RecordingSink(Recorder& recorder, std::optional<std::uint64_t> most)
      : recorder_(recorder), most_(most) {}

  void on_events(std::span<const Event> events) override {
    if (most_) {
      const std::uint64_t room = *most_ - taken_.load();
      events = events.first(std::min<std::size_t>(events.size(), room));
    }
    recorder_.append(events);
    taken_ += events.size();
  }

  [[nodiscard]] bool has_all() const { return most_ && taken_ == *most_; }
  /// Events that were handed to the recorder.
  [[nodiscard]] std::uint64_t taken() const { return taken_; }

 private:
  Recorder& recorder_;
  const std::optional<std::uint64_t> most_;
  std::atomic<std::uint64_t> taken_ = 0;  // written by the collector, read by the main thread
};

RecorderOptions recorder_options(const RecordArgs& args) {
  RecorderOptions options;
  options.session.program = args.program;
  options.session.keep_last_ns = args.keep_last_ns;
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
  const auto ended = [&] {
    return (args.for_ns && simulation.now_ns() >= *args.for_ns) || sink.has_all() ||
           recorder.error().has_value();
  };
  while (!ended() && !interruption.wait_for(kLook)) {
  }
}

void tell(const Recorder::Summary& summary, std::uint64_t dropped) {
  if (summary.waited >= kWaitToTell) {
    fmt::print(stderr, "poolscope: the recorder held the session up for {:.3f} s in all\n",
               std::chrono::duration<double>(summary.waited).count());
  }
  fmt::print("recorded {} events in {:.3f} s, dropped {}\n", summary.events,
             static_cast<double>(summary.duration_ns) / 1e9, dropped);
}

/// Whether everything that the session made and did has been accounted for.
Expected<void> check_books(const Accounting& session, std::uint64_t dropped, std::uint64_t seed) {
  if (!session.objects_add_up()) {
    return failed(
        fmt::format("objects are unaccounted for: {} created, {} in use, {} pooled, {} "
                    "freed: please report this with the seed {}",
                    session.created, session.in_use, session.pooled, session.freed, seed));
  }
  if (dropped != 0) {
    return failed(fmt::format("{} of {} events were dropped: please report this with the seed {}",
                              dropped, session.stamped, seed));
  }
  return {};
}

/// A session that lasts for no time and has no events.
int end_at_once(Recorder& recorder) {
  const auto summary = recorder.close();
  if (!summary) return report(summary.error());
  tell(*summary, 0);
  return 0;
}

}  // namespace

int run_record(const RecordArgs& args) {
  Interruption interruption;
  SimulationOptions session = args.session;
  session.stop_after_events = args.events.value_or(0);
  session.starts_paused = false;  // nobody is there who would step
  auto simulation = Simulation::create(session);
  if (!simulation) return report(simulation.error());
  auto recorder = Recorder::create(args.output, args.overwrite,
                                   initial_model((*simulation)->config()), recorder_options(args));
  if (!recorder) return report(recorder.error());

  RecordingSink sink(**recorder, args.events);
  if (args.for_ns == 0 || args.events == 0) return end_at_once(**recorder);
  (*simulation)->start(sink);
  wait_for_the_end(args, **simulation, **recorder, sink, interruption);
  (*simulation)->stop();
  const auto summary = (*recorder)->close();
  if (!summary) return report(summary.error());
  // On their way to the sink, and from there into the file.
  const Accounting books = (*simulation)->accounting();
  const std::uint64_t dropped = books.dropped() + (sink.taken() - summary->events);
  if (args.keep_last_ns > 0) {
    const Origin origin = (*recorder)->origin();
    const Model& end = (*recorder)->model();
    fmt::print("kept {} events of the last {:.3f} s\n", end.seq - origin.seq,
               static_cast<double>(end.time_ns - origin.time_ns) / 1e9);
  }
  tell(*summary, dropped);
  if (auto right = check_books(books, dropped, session.config.seed); !right) {
    return report(right.error());
  }
  return interruption.came() ? kInterrupted : 0;
}

}  // namespace poolscope::cli
