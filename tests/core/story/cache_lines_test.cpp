// The hand-overs of cache lines: examples, and random sessions against a count with a pencil.

#include "core/story/cache_lines.h"

#include <map>
#include <set>
#include <utility>

#include <gtest/gtest.h>

#include "tests/core/story/linear_play.h"
#include "tests/support/pools/modern_story.h"
#include "tests/support/sessions.h"

namespace poolscope::testing {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

LineCounts counts(const VirtualPool& v, std::uint32_t stride) {
  const Told told = LinearPlay(v.config(), v.events()).told();
  return lines_of(told, v.model(), v.model().pools[0].local, stride, v.model().time_ns);
}
LineCounts unpadded(const VirtualPool& v) { return counts(v, 48); }
LineCounts padded(const VirtualPool& v) { return counts(v, 128); }

std::uint64_t writes(const LineCounts& counts) {
  std::uint64_t sum = 0;
  for (const LineState& line : counts.lines) sum += line.writes;
  return sum;
}

void wait(VirtualPool& v, std::int64_t ns) {
  const std::int64_t tick_ns = std::exchange(v.tick_ns, ns);
  v.make(1);
  v.tick_ns = tick_ns;
}

TEST(CacheLines, UnpaddedNeighboursShareALineAndPaddedOnesDoNot) {
  VirtualPool v(4, 4);
  v.put(0, v.make(0), 3);
  ASSERT_EQ(unpadded(v).lines.size(), 3U) << "4 places of 48 bytes";
  ASSERT_EQ(padded(v).lines.size(), 8U) << "4 places of 128 bytes";
  EXPECT_EQ(unpadded(v).lines[2].last.by, PId{3}) << "private at 144";
  EXPECT_EQ(padded(v).lines[6].last.by, PId{3}) << "private at 384";
  v.put(1, v.make(1), 0);
  v.put(1, v.make(1), 1);
  const LineState line = unpadded(v).lines[0];
  EXPECT_EQ(line.last.by, PId{1}) << "private of P1 at 48";
  EXPECT_EQ(line.falsely.from.by, PId{0});
  EXPECT_EQ(line.falsely.to.place, 1);
  EXPECT_EQ(unpadded(v).shared, (Sharing{.falsely = 1}));
  EXPECT_EQ(padded(v).shared, Sharing{});
}

TEST(CacheLines, AThiefWritesTheSameLocalWhichIsTrueSharingWithPaddingAndWithout) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 0);
  v.put(0, v.make(0), 0);  // into shared
  ASSERT_EQ(unpadded(v).shared, Sharing{});
  v.get(1, 1);  // its own private and shared (of local 1), then those of local 0
  const LineCounts with = padded(v);
  EXPECT_EQ(with.shared, (Sharing{.truly = 1}));
  EXPECT_EQ(with.lines[0].truly.from.by, PId{0});
  EXPECT_EQ(with.lines[0].truly.to.by, PId{1});
  EXPECT_FALSE(with.lines[0].falsely.happened());
  // Without padding P1's own private lies in line 0 as well: there the line came to it falsely, and
  // the theft found it at P1 already.
  EXPECT_EQ(unpadded(v).lines[0].shared, (Sharing{.falsely = 1}));
  v.put(0, v.hand(0).empty() ? v.make(0) : v.hand(0).back(), 0);
  EXPECT_GE(padded(v).lines[0].shared.truly, 2U) << "the owner writes after the thief";
}

TEST(CacheLines, OnePThatWritesTwoLocalsSharesNothing) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 0);
  v.put(0, v.make(0), 1);
  EXPECT_EQ(unpadded(v).shared, (Sharing{.falsely = 1}));
  v.get(0, 1);
  EXPECT_EQ(unpadded(v).shared, (Sharing{.falsely = 1})) << "P1 has written last";
}

TEST(CacheLines, AMissWritesNilAndALockIsWrittenTwice) {
  VirtualPool v(1, 1);
  v.get(0, 0);  // private empty; lock, unlock; getSlow: lock, unlock of the same place
  EXPECT_EQ(writes(padded(v)), 5U);
  // shared spans bytes 16 .. 39, all in line 0.
  EXPECT_EQ(padded(v).lines[0].writes, 5U);
}

TEST(CacheLines, AreCountedForAsLongAsTheStoryGoesBack) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 1);  // the array; private of P1 lies in the unpadded line 0
  v.put(0, v.make(0), 0);
  v.get(1, 1);
  EXPECT_EQ(unpadded(v).shared.falsely, 2U);
  EXPECT_EQ(unpadded(v).counted_ns, kSecond) << "the session is younger than that";
  wait(v, 3 * kSecond);
  EXPECT_EQ(unpadded(v).shared.falsely, 2U);
  EXPECT_EQ(unpadded(v).counted_ns, v.model().time_ns);
  EXPECT_NEAR(a_second(2, unpadded(v).counted_ns), 0.66, 0.01);
  wait(v, kToldFor_ns);
  EXPECT_EQ(writes(unpadded(v)), 0U) << "nobody has written for long";
  EXPECT_EQ(unpadded(v).shared, Sharing{});
  EXPECT_EQ(unpadded(v).counted_ns, kToldFor_ns);
}

TEST(CacheLines, OfAQuietSessionGoOutByThemselves) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 1);
  v.put(0, v.make(0), 0);
  const Told told = LinearPlay(v.config(), v.events()).told();
  const auto after = [&](std::int64_t quiet_ns) {
    return lines_of(told, v.model(), v.model().pools[0].local, 48, v.model().time_ns + quiet_ns);
  };
  EXPECT_EQ(after(0).shared.falsely, 1U);
  EXPECT_EQ(after(kToldFor_ns / 2).shared.falsely, 1U);
  EXPECT_EQ(after(kToldFor_ns).shared, Sharing{});
  EXPECT_FALSE(after(kToldFor_ns).lines[0].falsely.happened());
}

TEST(CacheLines, AFullListOfWritesIsTakenForWhatItSpans) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 0);
  v.tick_ns = 10;
  while (v.events().size() < 16 * kWritesTold) {
    v.get(0, 0);
    v.put(0, v.hand(0).back(), 1);
    v.get(1, 1);
    v.put(1, v.hand(1).back(), 0);
  }
  const Told told = LinearPlay(v.config(), v.events()).told();
  ASSERT_EQ(told.writes.size(), kWritesTold);
  EXPECT_EQ(unpadded(v).counted_ns, v.model().time_ns - told.writes.front().time_ns);
}

TEST(CacheLines, StartAnewWithTheNextArray) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 0);
  ASSERT_GT(writes(unpadded(v)), 0U);
  v.gc();
  EXPECT_TRUE(unpadded(v).lines.empty());
  v.put(0, v.make(0), 0);
  EXPECT_EQ(writes(unpadded(v)), 1U);
}

TEST(CacheLines, APushOfTheModernPoolWritesToItsDequeueAndNotToThePoolLocal) {
  ModernStory s(2);
  s.begin_put(0);
  const ArrayId array = s.make_array(0, 2);
  s.tell(EventKind::kPrivateStore, 0, 1, array, 0);
  s.end_put(0);
  const std::uint32_t object = s.push(0, array, 8);
  const auto padded_lines = [&] {
    return lines_of(LinearPlay(s.model.config, s.events).told(), s.model, array, 128,
                    s.model.time_ns)
        .lines;
  };
  const std::uint64_t before = padded_lines().at(0).writes;
  s.push(0, array);
  EXPECT_EQ(padded_lines().at(0).writes, before);
  s.begin_steal(1, array);
  s.pop_tail(1, object, array, 0, 0);
  EXPECT_EQ(padded_lines().at(0).writes, before) << "the thief wrote to the dequeue as well";
  EXPECT_EQ(padded_lines().at(2).writes, 1U) << "the miss in its own private";
}

// --- the same with a pencil -----------------------------------------------------------------

struct Bytes {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;  // 0: nothing of a poolLocal is written
};

/// What an event writes of its poolLocal, by Go's own layout of it.
Bytes written_by(const Event& event, PoolKind pool) {
  const bool classic = pool == PoolKind::kClassic;
  switch (event.kind) {
    case EventKind::kPrivateStore:
    case EventKind::kPrivateTake:
    case EventKind::kPrivateEmpty:
    case EventKind::kVictimPrivateTake:
    case EventKind::kVictimPrivateEmpty: return {0, 16};
    case EventKind::kSharedPush:
    case EventKind::kSharedPop:
    case EventKind::kTailPop: return classic ? Bytes{16, 24} : Bytes{};
    case EventKind::kDequeueMade:
    case EventKind::kDequeueUnlinked: return {16, 16};
    case EventKind::kLocked:
    case EventKind::kUnlocked: return {40, 8};
    default: return {};
  }
}

/// Goes through the last 512 writes of the last 6 s with a note on each line: who, and which local.
Sharing with_a_pencil(std::span<const Event> events, PoolKind pool, ArrayId array,
                      std::uint32_t stride) {
  std::vector<Event> last;
  const Event& now = events.back();
  for (std::size_t i = events.size(); i-- > 0 && last.size() < 512;) {
    if (now.time_ns - events[i].time_ns >= 6'000'000'000 || now.seq - events[i].seq >= 16'384)
      break;
    if (written_by(events[i], pool).size != 0) last.insert(last.begin(), events[i]);
  }
  Sharing sharing;
  std::map<std::uint32_t, std::pair<PId, std::uint16_t>> note;
  for (const Event& event : last) {
    if (event.array != array) continue;
    const Bytes bytes = written_by(event, pool);
    std::set<std::uint32_t> lines;
    for (std::uint32_t i = 0; i < bytes.size; ++i) {
      lines.insert((event.index * stride + bytes.begin + i) / 64);
    }
    for (const std::uint32_t line : lines) {
      const auto before = note.find(line);
      if (before != note.end() && before->second.first != event.p) {
        before->second.second == event.index ? ++sharing.truly : ++sharing.falsely;
      }
      note[line] = {event.p, event.index};
    }
  }
  return sharing;
}

/// Over all of it, at some of its events; adds up what was found.
Sharing compare_with_a_pencil(const SessionConfig& config, std::span<const Event> events,
                              std::size_t each) {
  Sharing found;
  LinearPlay play(config);
  for (std::size_t i = 0; i < events.size(); ++i) {
    play.add(events[i]);
    if (i % each != 0) continue;
    const Told told = play.told();
    for (const auto& [array, state] : play.model.arrays) {
      for (const std::uint32_t stride : {config.unpadded_stride, config.padded_stride}) {
        const Sharing counted =
            lines_of(told, play.model, array, stride, play.model.time_ns).shared;
        const Sharing plain = with_a_pencil(events.first(i + 1), config.pool, array, stride);
        EXPECT_EQ(counted.falsely, plain.falsely) << "#" << i + 1 << ", " << stride;
        EXPECT_EQ(counted.truly, plain.truly) << "#" << i + 1 << ", " << stride;
        if (stride == config.padded_stride) {
          EXPECT_EQ(counted.falsely, 0U) << "#" << i + 1;
        }
        found.falsely += counted.falsely;
        found.truly += counted.truly;
      }
    }
  }
  return found;
}

TEST(CacheLines, OfRandomSessionsAreCountedAsWithAPencil) {
  Sharing found;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    const VirtualPool v = random_session(seed, 1500);
    const Sharing more = compare_with_a_pencil(v.config(), v.events(), 97);
    found.falsely += more.falsely;
    found.truly += more.truly;
  }
  EXPECT_GT(found.falsely, 1000U);
  EXPECT_GT(found.truly, 1000U);
}

TEST(CacheLines, OfRealPoolsAreCountedAsWithAPencil) {
  for (const PoolKind pool : {PoolKind::kClassic, PoolKind::kModern}) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      SCOPED_TRACE(seed);
      const RecordedEvents session = run_session(busy_session(pool, seed), 20'000, 60 * kSecond);
      compare_with_a_pencil(session.config, session.events, 503);
    }
  }
}

}  // namespace
}  // namespace poolscope::testing
