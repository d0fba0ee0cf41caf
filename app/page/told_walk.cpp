#include "app/page/told_walk.h"

#include <algorithm>
#include <utility>

#include "core/model/reduce.h"
#include "core/story/teller.h"

namespace poolscope::page {
namespace {

/// The state from which the story of the one after `seq` can be told: see told.h.
Expected<std::uint64_t> told_from(Reader& reader, std::uint64_t seq) {
  const auto there = reader.model_at(seq);
  if (!there) return tl::make_unexpected(there.error());
  auto before = reader.seq_at_time(first_time_told_ns(there->time_ns) - 1);
  if (!before) return before;
  const std::uint64_t newest = seq > kToldEvents ? seq - kToldEvents : 0;
  return std::max({*before, newest, reader.segment_at(seq).seq});
}

}  // namespace

Expected<void> each_told(Reader& reader, const Stretch& stretch,
                         const std::function<void(const ToldState&)>& take) {
  const auto begin = told_from(reader, stretch.first);
  if (!begin) return tl::make_unexpected(begin.error());
  auto model = reader.model_at(*begin);
  if (!model) return tl::make_unexpected(model.error());
  Teller teller(*model);
  const auto give = [&](const Event* event) {
    if (model->seq < stretch.first) return;
    take({*model, teller.told(*model), model->seq == stretch.first ? nullptr : event});
  };
  give(nullptr);
  for (std::size_t i = segment_of(reader.segments(), *begin); i < reader.segments().size(); ++i) {
    const Segment& segment = reader.segments()[i];
    if (segment.seq > stretch.last) break;
    if (segment.seq > *begin) {
      auto first = reader.first_of(segment);
      if (!first) return tl::make_unexpected(first.error());
      *model = std::move(*first);
      teller.begin_part(*model);
      give(nullptr);
    }
    const bool has_next = i + 1 < reader.segments().size();
    const std::uint64_t end = has_next ? reader.segments()[i + 1].seq - 1 : reader.last_seq();
    auto read = reader.each_run(model->seq + 1, std::min(end, stretch.last),
                                [&](std::span<const Event> events) {
                                  for (const Event& event : events) {
                                    reduce(*model, event);
                                    teller.add(event, *model);
                                    give(&event);
                                  }
                                });
    if (!read) return read;
  }
  return {};
}

}  // namespace poolscope::page
