#include "core/session/event_codec.h"

#include <algorithm>
#include <array>

#include "core/base/check.h"
#include "core/session/format.h"
#include "core/session/goroutine_number.h"

namespace poolscope {
namespace {

// The flags of one event: which of its fields are not as predicted and stand in their columns.
constexpr unsigned kSameG = 0;  // bits 0 and 1: the goroutine
constexpr unsigned kOtherG = 1;
constexpr unsigned kWrittenG = 2;
constexpr unsigned kGBits = 3;
constexpr unsigned kKindWritten = 1U << 2U;
constexpr unsigned kPWritten = 1U << 3U;
constexpr unsigned kArrayWritten = 1U << 4U;
constexpr unsigned kIndexWritten = 1U << 5U;
constexpr unsigned kObjectWritten = 1U << 6U;
constexpr unsigned kDetailWritten = 1U << 7U;

enum Column : std::size_t {
  kFlags,
  kTime,
  kTimeMore,
  kG,
  kKind,
  kP,
  kArray,
  kIndex,
  kObject,
  kDetail,
  kColumns,
};

// The most that the columns of one event can take, for refusing a blob that claims more.
constexpr std::size_t kEventBytesMost = 40;
constexpr std::size_t kHeaderBytesMost = 128;
constexpr std::size_t kChunkBytesMost = format::kChunkEvents * kEventBytesMost + kHeaderBytesMost;

template <class Number>
void put_difference(Bytes& out, Number value, Number from) {
  const auto difference = static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(from);
  put_varint(out, zigzag(difference));
}

template <class Number>
Number get_difference(ByteReader& in, Number from) {
  return static_cast<Number>(static_cast<std::uint64_t>(from) + unzigzag(in.varint()));
}

// The first byte of a time stands in one column and the rest in another: the first ones look alike
// to the compressor, the rest are few.
void put_time(Bytes& first, Bytes& more, std::uint64_t code) {
  if (code < 0x80) {
    first.push_back(static_cast<std::uint8_t>(code));
    return;
  }
  first.push_back(static_cast<std::uint8_t>(code | 0x80U));
  put_varint(more, code >> 7U);
}

std::uint64_t get_time(ByteReader& first, ByteReader& more) {
  const std::uint8_t low = first.byte();
  if (low < 0x80) return low;
  return (more.varint() << 7U) | (low & 0x7fU);
}

/// Writes what of `event` is not as predicted; `time_ns` is the time of the event before it.
void put_event(std::vector<Bytes>& columns, EventPredictor& predictor, const Event& event,
               std::int64_t time_ns) {
  unsigned flags = kSameG;
  if (event.g != predictor.same_g()) {
    flags = event.g == predictor.other_g() ? kOtherG : kWrittenG;
    if (flags == kWrittenG) put_varint(columns[kG], format::stored_number(event.g));
  }
  if (event.kind != predictor.kind(event.g)) {
    flags |= kKindWritten;
    columns[kKind].push_back(static_cast<std::uint8_t>(event.kind));
  }
  if (const PId p = predictor.p(event.g); event.p != p) {
    flags |= kPWritten;
    put_varint(columns[kP], event.p.value);
  }
  const EventPredictor::Fields fields = predictor.fields(event.g, event.p, event.kind);
  if (event.array != fields.array) {
    flags |= kArrayWritten;
    put_difference(columns[kArray], event.array.value, fields.array.value);
  }
  if (event.index != fields.index) {
    flags |= kIndexWritten;
    put_difference(columns[kIndex], event.index, fields.index);
  }
  if (event.object != predictor.object(event.g, event.kind, event.array, event.index)) {
    flags |= kObjectWritten;
    put_difference(columns[kObject], event.object.value, predictor.newest_object());
  }
  if (event.detail != fields.detail) {
    flags |= kDetailWritten;
    columns[kDetail].push_back(event.detail);
  }
  columns[kFlags].push_back(static_cast<std::uint8_t>(flags));
  put_time(columns[kTime], columns[kTimeMore],
           zigzag(static_cast<std::uint64_t>(event.time_ns) - static_cast<std::uint64_t>(time_ns)));
  predictor.observe(event);
}

/// The inverse of put_event; seq is the caller's.
Event get_event(std::array<ByteReader, kColumns>& columns, EventPredictor& predictor,
                std::int64_t time_ns) {
  const unsigned flags = columns[kFlags].byte();
  Event event;
  switch (flags & kGBits) {
    case kSameG: event.g = predictor.same_g(); break;
    case kOtherG: event.g = predictor.other_g(); break;
    default: event.g = format::goroutine_of(columns[kG].varint(), predictor.format()); break;
  }
  event.kind = (flags & kKindWritten) != 0 ? static_cast<EventKind>(columns[kKind].byte())
                                           : predictor.kind(event.g);
  event.p = (flags & kPWritten) != 0 ? PId{static_cast<std::uint16_t>(columns[kP].varint())}
                                     : predictor.p(event.g);
  const EventPredictor::Fields fields = predictor.fields(event.g, event.p, event.kind);
  event.array = fields.array;
  if ((flags & kArrayWritten) != 0) {
    event.array = ArrayId{get_difference(columns[kArray], fields.array.value)};
  }
  event.index = fields.index;
  if ((flags & kIndexWritten) != 0) {
    event.index = get_difference(columns[kIndex], fields.index);
  }
  event.object = (flags & kObjectWritten) != 0
                     ? ObjectId{get_difference(columns[kObject], predictor.newest_object())}
                     : predictor.object(event.g, event.kind, event.array, event.index);
  event.detail = (flags & kDetailWritten) != 0 ? columns[kDetail].byte() : fields.detail;
  event.time_ns = static_cast<std::int64_t>(static_cast<std::uint64_t>(time_ns) +
                                            unzigzag(get_time(columns[kTime], columns[kTimeMore])));
  predictor.observe(event);
  return event;
}

}  // namespace

Bytes EventPacker::pack(std::span<const Event> events) {
  check(!events.empty() && events.size() <= format::kChunkEvents, "a chunk has its size");
  check(events.back().seq - events.front().seq == events.size() - 1, "seq is dense in a chunk");
  predictor_.reset();
  columns_.resize(kColumns);
  for (Bytes& column : columns_) column.clear();
  std::int64_t time_ns = events.front().time_ns;
  for (const Event& event : events) {
    put_event(columns_, predictor_, event, time_ns);
    time_ns = event.time_ns;
  }
  joined_.clear();
  put_varint(joined_, events.size());
  put_varint(joined_, events.front().seq);
  put_varint(joined_, zigzag(static_cast<std::uint64_t>(events.front().time_ns)));
  for (const Bytes& column : columns_) put_block(joined_, column);
  return compressor_.compress(joined_);
}

Expected<std::vector<Event>> EventUnpacker::unpack(ByteView bytes) {
  const auto joined = decompressor_.decompress(bytes, kChunkBytesMost);
  if (!joined) return tl::make_unexpected(joined.error());
  return decode(*joined);
}

Expected<void> EventUnpacker::check_whole(ByteView bytes, std::uint64_t first_seq,
                                          std::uint64_t count) {
  const auto joined = decompressor_.decompress(bytes, kChunkBytesMost);
  if (!joined) return tl::make_unexpected(joined.error());
  ByteReader in{*joined};
  const bool right = in.varint() == count && in.varint() == first_seq && in.ok();
  return right ? Expected<void>{} : failed("its events are not those of its row");
}

Expected<std::vector<Event>> EventUnpacker::decode(ByteView bytes) {
  ByteReader in{bytes};
  const std::uint64_t count = in.varint();
  const std::uint64_t first_seq = in.varint();
  auto time_ns = static_cast<std::int64_t>(unzigzag(in.varint()));
  std::array<ByteReader, kColumns> columns;
  for (ByteReader& column : columns) column = ByteReader{in.block()};
  if (!in.ok() || !in.at_end() || columns[kFlags].remaining() != count || count == 0 ||
      count > format::kChunkEvents) {
    return failed("its columns do not add up");
  }
  if (first_seq > format::kLastSeq - count) return failed("its numbers are too large");
  predictor_.reset();
  std::vector<Event> events;
  events.reserve(static_cast<std::size_t>(count));
  for (std::uint64_t i = 0; i < count; ++i) {
    Event event = get_event(columns, predictor_, time_ns);
    event.set_seq(first_seq + i);
    time_ns = event.time_ns;
    if (time_ns < 0 || time_ns > format::kLastTime_ns) return failed("its times cannot be");
    events.push_back(event);
  }
  const bool whole = std::ranges::all_of(
      columns, [](const ByteReader& column) { return column.ok() && column.at_end(); });
  if (!whole) return failed("its columns end too early or too late");
  return events;
}

}  // namespace poolscope
