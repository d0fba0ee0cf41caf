// A log that cannot be read is refused in one line, and leaves nothing behind.

#include <cstring>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/core/goimport/log_builder.h"

namespace poolscope::goimport::testing {
namespace {

std::string good_log() {
  LogBuilder log;
  log.array(0, 7);
  for (std::uint64_t i = 0; i < 3000; ++i) {
    log.add(0, 7, Kind::kStore, local(0), 0xc000'0000 + i % 5 * 64, 64);
    log.add(0, 7, Kind::kTake, local(0), 0xc000'0000 + i % 5 * 64);
  }
  return log.bytes();
}

void expect_line(const std::string& said, const std::string& words) {
  EXPECT_NE(said.find(words), std::string::npos) << said;
  EXPECT_EQ(said.find('\n'), std::string::npos) << said;
}

TEST(BadLog, IsNone) {
  expect_line(refused("SQLite format 3"), "not the log of a Go program");
  expect_line(refused(""), "not the log of a Go program");
  expect_line(refused(std::string(100'000, 'x')), "not the log of a Go program");
}

TEST(BadLog, IsOfAnotherVersionOrArchitecture) {
  LogBuilder later;
  later.header().version = kLogVersion + 1;
  expect_line(refused(later.bytes()), "a log of version 3, this poolscope reads version 2");
  LogBuilder other;
  other.header().arch = 7;
  expect_line(refused(other.bytes()), "another architecture (number 7)");
  LogBuilder order;
  order.header().order = 2;
  expect_line(refused(order.bytes()), "damaged at byte 648: there is no such order of records");
}

TEST(BadLog, IsEmpty) {
  expect_line(refused(LogBuilder().bytes()), "the program has used no sync.Pool");
}

TEST(BadLog, IsCutShort) {
  const std::string log = good_log();
  expect_line(refused(log.substr(0, log.size() - 1)), "cut short: it has");
  expect_line(refused(log.substr(0, kChunkBytes)), "cut short: it has");
}

TEST(BadLog, IsDamagedAndTheByteIsNamed) {
  std::string chunk = good_log();
  chunk[kChunkBytes + offsetof(ChunkHeader, magic)] ^= 1;
  expect_line(refused(chunk), "damaged at byte 65536: no chunk begins here");

  std::string kind = good_log();
  kind[kChunkBytes + sizeof(ChunkHeader) + offsetof(Record, object_kind)] = 99;
  expect_line(refused(kind), "damaged at byte 65568: there is no such kind of record");

  std::string time = good_log();
  time[kChunkBytes + sizeof(ChunkHeader) + 2 * sizeof(Record) + offsetof(Record, time) + 1] = 0;
  expect_line(refused(time), "its time lies before the last one's");
}

TEST(BadLog, WhateverIsInItEitherIsRefusedOrBecomesASession) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 chance(seed);
  for (int round = 0; round < 60; ++round) {
    std::string log = good_log();
    for (auto changes = 1 + chance() % 20U; changes > 0; --changes) {
      // Past the magic number, and within what is looked at.
      const std::size_t at =
          chance() % 2U == 0 ? 8 + chance() % 100U : kChunkBytes + chance() % (kChunkBytes / 4);
      log[at] = static_cast<char>(chance());
    }
    const std::string said = refused(log);
    EXPECT_EQ(said.find('\n'), std::string::npos) << said;
  }
}

}  // namespace
}  // namespace poolscope::goimport::testing
