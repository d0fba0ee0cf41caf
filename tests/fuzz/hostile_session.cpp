#include "tests/fuzz/hostile_session.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/base/check.h"
#include "core/model/dump.h"
#include "core/model/reduce.h"
#include "core/session/event_codec.h"
#include "core/session/format.h"
#include "core/session/model_codec.h"

namespace poolscope::testing {
namespace {

// Dumping a model takes longer than all the rest; a large one shows nothing that a small one does
// not.
constexpr std::size_t kDumpedBytes = 20'000;
constexpr std::size_t kRawEvents = 2'000;
constexpr std::size_t kMostGoroutines = 20'000;

Model first_model(ByteView bytes, std::uint32_t format) {
  if (!bytes.empty()) {
    auto decoded = decode_model(bytes, format);
    if (decoded) return std::move(*decoded);
  }
  SessionConfig config;
  config.pool = format == 1 ? PoolKind::kClassic : PoolKind::kModern;
  config.pools = 2;
  return initial_model(config);
}

std::vector<Event> raw_events(ByteView bytes) {
  std::vector<Event> events(std::min(bytes.size() / sizeof(Event), kRawEvents));
  std::uint64_t seq = 0;
  for (Event& event : events) {
    std::memcpy(&event, bytes.data() + seq * sizeof(Event), sizeof(Event));
    event.set_seq(++seq);
    event.time_ns = static_cast<std::int64_t>(seq);
  }
  return events;
}

}  // namespace

void survive_session(ByteView input) {
  ByteReader in{input};
  const std::uint32_t format = 1 + in.byte() % format::kFormatVersion;
  const bool raw = in.byte() % 2 == 1;
  const ByteView keyframe = in.block();
  const ByteView rest = in.rest();
  Model model = first_model(keyframe, format);
  std::vector<Event> events;
  if (raw) {
    events = raw_events(rest);
  } else if (auto decoded = EventUnpacker{format}.decode(rest)) {
    events = std::move(*decoded);
  }
  for (const Event& event : events) reduce(model, event);
  if (model.gs.size() > kMostGoroutines) return;
  const Bytes bytes = encode_model(model);
  const auto again = decode_model(bytes);
  if (!again) fmt::print(stderr, "{}\n", again.error().message);
  check(again.has_value(), "a model that was reduced can be stored");
  check(*again == model, "a model that was stored is the same");
  if (bytes.size() > kDumpedBytes) return;
  static_cast<void>(dump_text(model, Origin{}));
  static_cast<void>(dump_json(model, Origin{}));
}

}  // namespace poolscope::testing
