#include "tests/core/goimport/log_builder.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>

#include <gtest/gtest.h>

#include "core/session/pool_sample_json.h"
#include "core/session/reader.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::goimport::testing {

namespace fs = std::filesystem;
using poolscope::testing::TemporaryFolder;

Record check(Kind kind, std::uint64_t place, std::uint64_t object, std::uint32_t extra) {
  Record record;
  record.place_p = place << 16U;
  record.object_kind = object << 16U | static_cast<std::uint16_t>(kind);
  record.extra = extra;
  return record;
}

LogBuilder::LogBuilder(std::uint32_t procs) {
  header_.magic = kLogMagic;
  header_.version = kLogVersion;
  header_.arch = static_cast<std::uint32_t>(Arch::kAmd64);
  header_.record_bytes = sizeof(Record);
  header_.chunk_bytes = kChunkBytes;
  header_.start_ticks = now_;
  header_.procs = procs;
}

LogBuilder& LogBuilder::add(std::uint16_t p, std::uint32_t g, Kind kind, std::uint64_t place,
                            std::uint64_t object, std::uint32_t extra) {
  Record record = check(kind, place, object, extra);
  record.place_p |= p;
  record.g = g;
  record.time = now_ += 10;
  records_.push_back(record);
  return *this;
}

LogBuilder& LogBuilder::text(std::uint16_t p, std::uint32_t g, Kind kind, std::uint64_t place,
                             std::uint32_t extra, std::string_view text) {
  add(p, g, kind, place, text.size(), extra);
  while (!text.empty()) {
    std::array<char, 16> bytes{};
    const std::size_t count = std::min(text.size(), bytes.size());
    std::ranges::copy(text.substr(0, count), bytes.begin());
    std::array<std::uint64_t, 2> words{};
    std::memcpy(words.data(), bytes.data(), sizeof words);
    constexpr std::uint64_t kLow48 = 0xffff'ffff'ffff;
    add(p, g, Kind::kText, words[0] & kLow48, (words[0] >> 48U | words[1] << 16U) & kLow48,
        static_cast<std::uint32_t>(words[1] >> 32U));
    text.remove_prefix(count);
  }
  return *this;
}

LogBuilder& LogBuilder::array(std::uint16_t p, std::uint32_t g, std::uint32_t length,
                              std::uint64_t array, std::uint64_t pool) {
  return add(p, g, Kind::kArray, pool, array, length | kStride << 16U);
}

LogBuilder& LogBuilder::gc(std::uint16_t p, std::uint32_t g, const std::vector<Record>& contents,
                           const std::vector<std::uint64_t>& dropped,
                           const std::map<std::uint64_t, std::uint64_t>& moved) {
  add(p, g, Kind::kCleanup);
  for (const Record& record : contents) {
    add(p, g, record.kind(), record.place(), record.object(), record.extra);
  }
  add(p, g, Kind::kCheckEnd);
  for (const std::uint64_t pool : dropped) add(p, g, Kind::kVictimDropped, pool);
  for (const auto& [pool, array] : moved) add(p, g, Kind::kVictimMade, pool, array);
  return add(p, g, Kind::kCleanupEnd);
}

LogBuilder& LogBuilder::lose(std::size_t number) {
  records_.erase(records_.begin() + static_cast<std::ptrdiff_t>(number));
  return *this;
}

std::string LogBuilder::bytes() const {
  std::map<std::uint16_t, std::vector<Record>> by_p;
  for (const Record& record : records_) by_p[record.p()].push_back(record);
  constexpr std::size_t kPerChunk = (kChunkBytes - sizeof(ChunkHeader)) / sizeof(Record);
  std::string chunks;
  for (const auto& [p, records] : by_p) {
    for (std::size_t at = 0; at < records.size(); at += kPerChunk) {
      std::string chunk(kChunkBytes, '\0');
      const std::uint64_t ticks = records[at].time;
      const ChunkHeader header{p, kChunkMagic, ticks, ticks - header_.start_ticks, 0};
      std::memcpy(chunk.data(), &header, sizeof header);
      std::memcpy(chunk.data() + sizeof header, &records[at],
                  std::min(kPerChunk, records.size() - at) * sizeof(Record));
      chunks += chunk;
    }
  }
  FileHeader header = header_;
  header.size = kChunkBytes + chunks.size();
  header.next = header.size;
  std::string all(kChunkBytes, '\0');
  std::memcpy(all.data(), &header, sizeof header);
  return all + chunks;
}

void LogBuilder::write(const fs::path& path) const {
  std::ofstream(path, std::ios::binary) << bytes();
}

std::size_t Session::count(EventKind kind) const {
  return static_cast<std::size_t>(std::ranges::count(events, kind, &Event::kind));
}

std::int64_t Session::time_of(EventKind kind) const {
  return std::ranges::find(events, kind, &Event::kind)->time_ns;
}

std::vector<ObjectId> Session::objects(EventKind kind) const {
  std::vector<ObjectId> all;
  for (const Event& event : events) {
    if (event.kind == kind) all.push_back(event.object);
  }
  return all;
}

Session imported(const LogBuilder& log) {
  const TemporaryFolder folder;
  log.write(folder / "log");
  Session session;
  auto file = LogFile::open(folder / "log");
  if (!file) {
    ADD_FAILURE() << file.error().message;
    return session;
  }
  const auto summary = import_log(*file, folder / "x.poolscope", {});
  if (!summary) {
    ADD_FAILURE() << summary.error().message;
    return session;
  }
  session.summary = *summary;
  auto reader = Reader::open(folder / "x.poolscope");
  if (!reader) {
    ADD_FAILURE() << reader.error().message;
    return session;
  }
  session.verification = verify(**reader);
  session.end = *(*reader)->model_at((*reader)->last_seq());
  const auto read = (*reader)->each_run(1, (*reader)->last_seq(), [&](std::span<const Event> run) {
    session.events.insert(session.events.end(), run.begin(), run.end());
  });
  EXPECT_TRUE(read);
  for (const Name& name : (*reader)->names()) {
    if (name.of == Name::Of::kPool) session.names.push_back(name.text);
    if (name.of != Name::Of::kSampleOfPool) continue;
    const auto sample = pool_sample_of(name.text);
    EXPECT_TRUE(sample) << name.text;
    if (sample) session.samples.push_back(*sample);
  }
  for (const Marker& marker : (*reader)->markers()) session.markers.push_back(marker.title);
  return session;
}

std::string refused(const std::string& bytes) {
  const TemporaryFolder folder;
  std::ofstream(folder / "log", std::ios::binary) << bytes;
  auto file = LogFile::open(folder / "log");
  std::string message;
  if (!file) {
    message = file.error().message;
  } else if (const auto made = import_log(*file, folder / "x.poolscope", {}); !made) {
    message = made.error().message;
  }
  fs::remove(folder / "log");
  if (!message.empty()) {
    EXPECT_TRUE(fs::is_empty(folder.path())) << "something was left behind";
  }
  return message;
}

Session sound(const LogBuilder& log) {
  Session session = imported(log);
  EXPECT_EQ(session.verification.divergences, 0U)
      << (session.verification.divergence_list.empty()
              ? ""
              : session.verification.divergence_list.front().what);
  EXPECT_FALSE(session.verification.damage);
  return session;
}

}  // namespace poolscope::goimport::testing
