#include "app/control/lanes_loader.h"

#include <chrono>

#include "core/model/reduce.h"
#include "core/session/reader.h"

namespace poolscope {

LanesLoader::LanesLoader(std::filesystem::path file)
    : file_(std::move(file)), thread_([this](const std::stop_token& stop) { load(stop); }) {}

std::shared_ptr<const Lanes> LanesLoader::lanes() const {
  const std::scoped_lock lock(mutex_);
  return lanes_;
}

void LanesLoader::publish(const Lanes& lanes) {
  auto copy = std::make_shared<const Lanes>(lanes);
  const std::scoped_lock lock(mutex_);
  lanes_ = std::move(copy);
}

void LanesLoader::load(const std::stop_token& stop) {
  constexpr auto kPublishEvery = std::chrono::milliseconds(250);
  auto reader = Reader::open(file_);
  if (!reader) return;
  Lanes lanes;
  Model model = (*reader)->base();
  auto published = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < (*reader)->chunks().size() && !stop.stop_requested(); ++i) {
    const auto events = (*reader)->chunk(i);
    if (!events) break;
    for (const Event& event : **events) {
      reduce(model, event);
      lanes.add(event, model);
    }
    if (std::chrono::steady_clock::now() - published < kPublishEvery) continue;
    publish(lanes);
    published = std::chrono::steady_clock::now();
  }
  publish(lanes);
}

}  // namespace poolscope
