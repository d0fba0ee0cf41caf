#include "app/control/past_scan.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/model/reduce.h"
#include "core/session/reader.h"

namespace poolscope {
namespace {

std::vector<Accumulator*> takers_of(const PastScan::Parts& parts) {
  std::vector<Accumulator*> takers;
  for (const std::shared_ptr<ScanPart>& part : parts) takers.push_back(part.get());
  return takers;
}

}  // namespace

PastScan::Open opener_of(const std::filesystem::path& file) {
  return [file]() -> Expected<std::unique_ptr<EventStore>> {
    auto reader = Reader::open(file);
    if (!reader) return tl::make_unexpected(reader.error());
    return std::make_unique<FileStore>(std::move(*reader));
  };
}

PastScan::Open opener_of(TimelinePast past) {
  return [past = std::move(past)]() -> Expected<std::unique_ptr<EventStore>> {
    return std::make_unique<TimelineStore>(past);
  };
}

Expected<void> scan_slice(EventStore& store, Model& model, std::uint64_t most,
                          std::span<Accumulator* const> takers) {
  const std::uint64_t next = store.next_seq(model.seq);
  if (next == model.seq) return {};
  if (next == store.start_of_part(next)) {
    if (auto sought = store.seek(model, next); !sought) return sought;
    for (Accumulator* taker : takers) taker->begin_part(model);
    return {};
  }
  return store.each_run(next, std::min(next - 1 + most, store.end_of_part(next)),
                        [&](std::span<const Event> events) {
                          for (const Event& event : events) {
                            reduce(model, event);
                            for (Accumulator* taker : takers) taker->add(event, model);
                          }
                        });
}

PastScan::PastScan(Open open, Parts parts)
    : open_(std::move(open)),
      parts_(std::move(parts)),
      takers_(takers_of(parts_)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

double PastScan::progress() const {
  const std::uint64_t events = events_.load();
  if (events == 0) return done() ? 1 : 0;
  return static_cast<double>(scanned_.load()) / static_cast<double>(events);
}

void PastScan::publish() {
  for (const std::shared_ptr<ScanPart>& part : parts_) part->publish();
}

void PastScan::run(const std::stop_token& stop) {
  if (auto store = open_()) scan(**store, stop);
  publish();
  done_.store(true);
}

void PastScan::scan(EventStore& store, const std::stop_token& stop) {
  constexpr auto kPublishEvery = std::chrono::milliseconds(250);
  Model model = store.first_model();
  const std::uint64_t first = model.seq;
  const std::uint64_t last = store.last_seq();
  events_.store(last - first);
  auto published = std::chrono::steady_clock::now();
  while (model.seq < last && !stop.stop_requested()) {
    const std::uint64_t before = model.seq;
    const auto read = scan_slice(store, model, kSlice, takers_);
    scanned_.store(model.seq - first);
    // Damaged from here on, or nothing follows.
    if (!read || model.seq == before) return;
    if (std::chrono::steady_clock::now() - published < kPublishEvery) continue;
    publish();
    published = std::chrono::steady_clock::now();
  }
}

}  // namespace poolscope
