#include "app/export/playback.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "app/intents/intents.h"

namespace poolscope::exporting {
namespace {

constexpr std::size_t kMostSteps = 1'000'000;
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

std::vector<std::int64_t> Playback::steps(std::int64_t begin_ns, std::int64_t end_ns) {
  seek_ns(begin_ns);
  std::vector<std::int64_t> times = {begin_ns};
  while (times.size() < kMostSteps) {
    const std::uint64_t seq = session_.status().playhead.seq;
    ask(intents::StepForward{});
    if (time_ns() >= end_ns || session_.status().playhead.seq == seq) break;
    times.push_back(time_ns());
  }
  times.push_back(end_ns);
  return times;
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
