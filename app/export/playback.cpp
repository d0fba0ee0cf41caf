#include "app/export/playback.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "app/intents/intents.h"

namespace poolscope::exporting {
namespace {

constexpr std::chrono::milliseconds kPoll{5};
constexpr int kMostIdlePolls = 600;

std::size_t goroutines_of(const Model& model) {
  return static_cast<std::size_t>(std::ranges::count_if(
      model.gs, [](const GState& g) { return g.status != GState::Status::kAbsent; }));
}

}  // namespace

Playback::Playback(SessionSource& session, std::function<void(const Error&)> notice)
    : session_(session), notice_(std::move(notice)) {
  session_.update(0);
  if (session_.status().playing) session_.apply(intents::TogglePlay{});
  wait_for_lanes();
}

void Playback::ask(const intents::ToSession& intent) {
  session_.apply(intent);
  session_.update(0);
  pass_on_problem();
}

void Playback::seek_ns(std::int64_t time_ns) { ask(intents::SeekTime{time_ns}); }

void Playback::seek(const FrameMoment& at) {
  if (at.seq) return ask(intents::SeekSeq{*at.seq});
  seek_ns(at.time_ns);
}

void Playback::seek(const WantedMoment& at) {
  const Origin origin = session_.status().origin;
  switch (at.kind) {
    case WantedMoment::Kind::kTime: return seek_ns(origin.time_ns + at.time_ns);
    case WantedMoment::Kind::kEvent: return ask(intents::SeekSeq{origin.seq + at.number});
    case WantedMoment::Kind::kEnd: return seek_ns(session_.status().last.time_ns);
  }
}

void Playback::seek_marker(std::size_t number) { ask(intents::ShowMarker{number}); }

void Playback::seek_last_scene() {
  constexpr std::int64_t kStep_ns = 100'000'000;
  constexpr int kSteps = 40;
  const std::int64_t last_ns = session_.status().last.time_ns;
  const std::int64_t first_ns = session_.status().first.time_ns;
  std::int64_t best_ns = last_ns;
  std::size_t most = 0;
  for (int i = 0; i < kSteps; ++i) {
    const std::int64_t at_ns = last_ns - i * kStep_ns;
    if (at_ns < first_ns) break;
    seek_ns(at_ns);
    const std::size_t there = goroutines_of(session_.model());
    if (there <= most) continue;
    most = there;
    best_ns = at_ns;
  }
  seek_ns(best_ns);
}

std::int64_t Playback::time_of(const WantedMoment& at) {
  seek(at);
  return time_ns();
}

Expected<std::vector<FrameMoment>> Playback::steps(const WantedMoment& from,
                                                   const WantedMoment& to) {
  seek(to);
  const Position end = session_.status().playhead;
  seek(from);
  std::vector<Position> steps = {session_.status().playhead};
  std::vector<FrameMoment> moments;
  if (end.time_ns < steps.front().time_ns || end.seq < steps.front().seq) return moments;
  for (;;) {
    ask(intents::StepForward{});
    const Position now = session_.status().playhead;
    if (now.seq >= end.seq || now.seq == steps.back().seq) break;
    steps.push_back(now);
    if (steps.size() == kMostSteps) {
      return bad_input(
          fmt::format("more than {} steps: draw a part of it with --from and --to", kMostSteps));
    }
  }
  steps.push_back(end);
  // A time alone means the last event that has it.
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool more = i + 1 < steps.size() && steps[i + 1].time_ns == steps[i].time_ns;
    moments.push_back({steps[i].time_ns, more ? std::optional(steps[i].seq) : std::nullopt});
  }
  if (to.kind == WantedMoment::Kind::kEvent) moments.back().seq = end.seq;
  return moments;
}

/// The same fault meets every frame of its stretch; it is reported once.
void Playback::pass_on_problem() {
  const auto problem = session_.take_problem();
  if (!problem || *problem == reported_) return;
  reported_ = *problem;
  notice_({Error::Kind::kFailed, reported_});
}

/// A replay reads them on a thread of its own; a picture must not depend on how far that is. Of a
/// damaged file they never come to the end.
void Playback::wait_for_lanes() {
  std::int64_t known_ns = session_.lanes()->end_ns();
  int idle = 0;
  while (known_ns < session_.status().last.time_ns && idle < kMostIdlePolls) {
    std::this_thread::sleep_for(kPoll);
    session_.update(0);
    const std::int64_t now_known_ns = session_.lanes()->end_ns();
    idle = now_known_ns == known_ns ? idle + 1 : 0;
    known_ns = now_known_ns;
  }
}

}  // namespace poolscope::exporting
