#include "core/session/event_codec.h"

#include <algorithm>
#include <span>

#include <gtest/gtest.h>

#include "core/session/format.h"
#include "tests/core/session/recorded_session.h"

#ifdef POOLSCOPE_HAS_RAPIDCHECK
#include <rapidcheck.h>
#endif

namespace poolscope::testing {
namespace {

std::vector<Event> unpacked(const Bytes& bytes) {
  EventUnpacker unpacker;
  auto events = unpacker.unpack(bytes);
  if (!events) {
    ADD_FAILURE() << events.error().message;
    return {};
  }
  return *events;
}

TEST(EventCodec, KeepsEveryEventOfARealSession) {
  EventPacker packer;
  for (const RealSession* session : {&real_session(), &real_modern_session()}) {
    std::span<const Event> left = session->events;
    while (!left.empty()) {
      const auto chunk = left.first(std::min(left.size(), format::kChunkEvents));
      EXPECT_TRUE(std::ranges::equal(unpacked(packer.pack(chunk)), chunk));
      left = left.subspan(chunk.size());
    }
  }
}

TEST(EventCodec, NeedsAtMostThreeBytesForAnEventAtFullRate) {
  EventPacker packer;
  for (const RealSession* session : {&real_session(), &real_modern_session()}) {
    const auto chunk = std::span(session->events).first(format::kChunkEvents);
    EXPECT_LT(packer.pack(chunk).size(), 3 * chunk.size());
  }
}

TEST(EventCodec, PacksAChunkAlikeWhateverWasPackedBefore) {
  const std::span<const Event> events = real_session().events;
  EventPacker fresh;
  EventPacker used;
  used.pack(events.first(10'000));
  EXPECT_EQ(fresh.pack(events.subspan(10'000, 10'000)), used.pack(events.subspan(10'000, 10'000)));
}

// README.md shows these bytes.
TEST(EventCodec, PacksTheExampleOfTheReadmeAsItSays) {
  const auto event = [](std::uint64_t seq, std::int64_t time_ns, EventKind kind) {
    Event made{.kind = kind, .time_ns = time_ns, .g = GId{2}, .p = PId{1}};
    made.set_seq(seq);
    return made;
  };
  std::vector<Event> events = {
      event(41, 1000, EventKind::kPutBegin), event(42, 1300, EventKind::kPinned),
      event(43, 1350, EventKind::kPrivateStore), event(44, 1390, EventKind::kUnpinned)};
  events[0].object = events[2].object = ObjectId{7};
  events[1].array = events[2].array = ArrayId{3};
  events[1].index = events[2].index = 1;
  EventPacker packer;
  Decompressor decompressor;
  const Bytes shown = {0x04, 0x29, 0xd0, 0x0f, 0x04, 0x4e, 0x14, 0x04, 0x04, 0x04, 0x00,
                       0xd8, 0x64, 0x50, 0x01, 0x04, 0x01, 0x03, 0x04, 0x10, 0x15, 0x20,
                       0x16, 0x01, 0x01, 0x01, 0x06, 0x00, 0x01, 0x0e, 0x00};
  EXPECT_EQ(decompressor.decompress(packer.pack(events), 1'000).value(), shown);
}

TEST(EventCodec, RefusesBytesThatAreCutOff) {
  EventPacker packer;
  EventUnpacker unpacker;
  const Bytes whole = packer.pack(std::span(real_session().events).first(2'000));
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    EXPECT_FALSE(unpacker.unpack(ByteView(whole).first(size))) << size << " bytes of it";
  }
}

TEST(EventCodec, RefusesBytesOfWhichOneBitIsOther) {
  EventPacker packer;
  EventUnpacker unpacker;
  const auto events = std::span(real_session().events).first(2'000);
  const Bytes whole = packer.pack(events);
  for (std::size_t at = 0; at < whole.size(); at += 5) {
    Bytes changed = whole;
    changed[at] ^= 0x10U;
    const auto result = unpacker.unpack(changed);
    // A few bits of a frame mean nothing; all that is given out must be what went in.
    if (result) {
      EXPECT_TRUE(std::ranges::equal(*result, events)) << "byte " << at;
    }
  }
}

TEST(EventCodec, RefusesTimesAndNumbersThatNoSessionHas) {
  EventPacker packer;
  EventUnpacker unpacker;
  for (const std::int64_t time_ns : {std::int64_t{-1}, INT64_MIN, INT64_MAX}) {
    const std::vector<Event> events = {Event{.seq = 1, .time_ns = time_ns}};
    EXPECT_FALSE(unpacker.unpack(packer.pack(events))) << time_ns;
  }
  Bytes beyond;  // one event, whose number has 49 bits
  put_varint(beyond, 1);
  put_varint(beyond, std::uint64_t{1} << 48U);
  put_varint(beyond, 0);
  for (int column = 0; column < 10; ++column) {
    put_varint(beyond, column < 2 ? 1 : 0);
    if (column < 2) beyond.push_back(0);
  }
  EXPECT_FALSE(unpacker.decode(beyond));
}

#ifdef POOLSCOPE_HAS_RAPIDCHECK

/// Any bits in any field but seq, which is dense, and the time, which no session can have beyond
/// its bounds.
rc::Gen<std::vector<Event>> any_events() {
  const auto event = rc::gen::apply(
      [](std::int64_t time_ns, std::uint32_t object, std::uint32_t array, std::uint32_t g,
         std::uint16_t p, std::uint16_t index, std::uint8_t kind, std::uint8_t detail) {
        return Event{.kind = static_cast<EventKind>(kind),
                     .detail = detail,
                     .time_ns = time_ns & (format::kLastTime_ns - 1),
                     .object = ObjectId{object},
                     .array = ArrayId{array},
                     .g = GId{g},
                     .p = PId{p},
                     .index = index};
      },
      rc::gen::arbitrary<std::int64_t>(), rc::gen::arbitrary<std::uint32_t>(),
      rc::gen::arbitrary<std::uint32_t>(),
      rc::gen::element<std::uint32_t>(0, 1, 2, 3, 65'535, 70'000, 4'000'000'000, GId::none().value),
      rc::gen::arbitrary<std::uint16_t>(), rc::gen::inRange<std::uint16_t>(0, 3),
      rc::gen::arbitrary<std::uint8_t>(), rc::gen::inRange<std::uint8_t>(0, 3));
  return rc::gen::nonEmpty(rc::gen::container<std::vector<Event>>(event));
}

TEST(EventCodec, KeepsAnyBitsInAnyField) {
  EXPECT_TRUE(rc::check([] {
    std::vector<Event> events = *any_events();
    std::uint64_t seq = *rc::gen::arbitrary<std::uint32_t>();
    for (Event& event : events) event.set_seq(seq++);
    EventPacker packer;
    EventUnpacker unpacker;
    const auto result = unpacker.unpack(packer.pack(events));
    RC_ASSERT(result.has_value());
    RC_ASSERT(std::ranges::equal(*result, events));
  }));
}

TEST(EventCodec, NeverReadsBeyondBytesThatAreNotItsOwn) {
  EXPECT_TRUE(rc::check([] {
    const auto inside = *rc::gen::arbitrary<Bytes>();
    Compressor compressor;
    EventUnpacker unpacker;
    static_cast<void>(unpacker.unpack(inside));
    static_cast<void>(unpacker.unpack(compressor.compress(inside)));
  }));
}

#endif

}  // namespace
}  // namespace poolscope::testing
