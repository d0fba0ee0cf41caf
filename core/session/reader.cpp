#include "core/session/reader.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "core/model/reduce.h"
#include "core/session/format.h"
#include "core/session/model_codec.h"
#include "core/session/sqlite_error.h"

namespace poolscope {
namespace {

namespace fs = std::filesystem;

constexpr int kReaderWaits_ms = 5'000;
constexpr std::size_t kModelBytesMost = std::size_t{128} << 20U;

// The header of an SQLite file (its section 1.3): where the numbers stand, big-endian.
constexpr std::string_view kSqliteMagic{"SQLite format 3\0", 16};
constexpr std::size_t kHeaderBytes = 100;
constexpr std::size_t kUserVersionAt = 60;
constexpr std::size_t kApplicationIdAt = 68;

std::uint32_t big_endian(const std::array<char, kHeaderBytes>& header, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value << 8U | static_cast<std::uint8_t>(header[at + i]);
  }
  return value;
}

std::uint64_t seq_of(const SQLite::Column& column) {
  return static_cast<std::uint64_t>(column.getInt64());
}

/// A text of the file, as long as a text may be.
std::string text_of(const SQLite::Column& column) {
  std::string text = column.getString();
  if (text.size() > format::kTextBytes) text.resize(format::kTextBytes);
  return text;
}

/// What lies nowhere in a session is shown at its start.
std::uint64_t seq_in_bounds(const SQLite::Column& column) {
  const std::uint64_t seq = seq_of(column);
  return seq <= format::kLastSeq ? seq : 0;
}
std::int64_t time_in_bounds(const SQLite::Column& column) {
  const std::int64_t time_ns = column.getInt64();
  return format::in_time(time_ns) ? time_ns : 0;
}

/// A number of 32 bits; another one is that of none of them.
std::uint32_t number_of(const SQLite::Column& column) {
  const std::int64_t number = column.getInt64();
  return number < 0 || number > UINT32_MAX ? UINT32_MAX : static_cast<std::uint32_t>(number);
}

Details details_of(std::uint32_t bits) {
  return {.pins = (bits & format::kPinsBit) != 0,
          .steps = (bits & format::kStepsBit) != 0,
          .locks = (bits & format::kLocksBit) != 0,
          .hands = (bits & format::kHandsBit) != 0};
}

/// `path` as it stands in SQLite's URIs.
std::string uri_path(const std::string& path) {
  std::string text;
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      text += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    } else {
      text += c;
    }
  }
  return text;
}

tl::unexpected<Error> damaged(const fs::path& path, const std::string& what) {
  return failed(fmt::format("{}: {}", path.string(), what));
}

}  // namespace

Reader::Reader(fs::path path) : path_(std::move(path)) {}
Reader::~Reader() = default;

Expected<std::unique_ptr<Reader>> Reader::open(const fs::path& path) {
  std::unique_ptr<Reader> reader(new Reader(path));
  if (auto header = reader->read_header(); !header) return tl::make_unexpected(header.error());
  if (auto connected = reader->connect(); !connected) {
    return tl::make_unexpected(connected.error());
  }
  if (auto index = reader->check_index(); !index) return tl::make_unexpected(index.error());
  auto base = reader->keyframe(0);
  if (!base) return tl::make_unexpected(base.error());
  reader->base_ = std::move(*base);
  return reader;
}

/// Tells what the file is before SQLite is asked, whose own words would be no help.
Expected<void> Reader::read_header() {
  std::error_code problem;
  const fs::file_status status = fs::status(path_, problem);
  if (!fs::exists(status)) {
    return bad_input(fmt::format("{}: no such file: check its name", path_.string()));
  }
  if (!fs::is_regular_file(status)) {
    return bad_input(fmt::format("{}: not a file: name a .poolscope file", path_.string()));
  }
  auto held = HeldFile::open(path_);
  if (!held) {
    return bad_input(
        fmt::format("{}: cannot be read: see that you have the right to", path_.string()));
  }
  held_ = std::move(*held);
  std::array<char, kHeaderBytes> header{};
  const bool sqlite = held_->read(header) == header.size() &&
                      std::memcmp(header.data(), kSqliteMagic.data(), kSqliteMagic.size()) == 0;
  if (!sqlite || big_endian(header, kApplicationIdAt) != format::kApplicationId) {
    return bad_input(
        fmt::format("{}: not a poolscope session: name a file that was recorded by "
                    "poolscope",
                    path_.string()));
  }
  format_ = big_endian(header, kUserVersionAt);
  unpacker_ = std::make_unique<EventUnpacker>(format_);
  if (format_ > format::kFormatVersion) {
    return bad_input(
        fmt::format("{}: made by a newer poolscope (format {}, this one reads up to "
                    "{}): update poolscope",
                    path_.string(), format_, format::kFormatVersion));
  }
  return {};
}

Expected<void> Reader::connect() {
  try {
    const std::string name = fs::absolute(path_).string();
    recorded_by_ = poolscope::recorded_by(path_);
    const std::string journal = name + "-journal";
    // A journal is there when the recording was cut off in a commit, and SQLite must be let to roll
    // that back. A file of somebody else's that has its name, it would delete.
    const bool there = fs::exists(journal);
    const bool cut_off = there && is_sqlite_companion(journal);
    const bool in_the_way = there && !cut_off;
    database_ = std::make_unique<SQLite::Database>(
        in_the_way ? "file:" + uri_path(name) + "?immutable=1" : name,
        (cut_off ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY) |
            (in_the_way ? SQLite::OPEN_URI : 0),
        kReaderWaits_ms);
    // Nothing that a file says of itself may call functions, and its pages are checked.
    database_->exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
    const SQLite::Transaction one_state(*database_);
    read_meta();
    if (closed_cleanly_) recorded_by_.reset();
    read_index();
    read_markers();
    if (format_ >= 3) read_tables_of_3();
    begin_segments();
    // SQLite reads a page that is cut off as one that ends in zeros.
    const auto page_bytes = database_->execAndGet("PRAGMA page_size").getInt64();
    if (!cut_off && fs::file_size(path_) % static_cast<std::uintmax_t>(page_bytes) != 0) {
      return damaged(path_, "it ends in the middle of a page");
    }
  } catch (const SQLite::Exception& exception) {
    return tl::make_unexpected(sqlite_error(path_, "read", exception));
  } catch (const fs::filesystem_error& error) {
    return damaged(path_, fmt::format("cannot be read: {}", error.code().message()));
  }
  return {};
}

void Reader::read_meta() {
  SQLite::Statement statement(*database_, "SELECT key, value FROM meta");
  while (statement.executeStep()) {
    const std::string key = text_of(statement.getColumn(0));
    const std::string value = text_of(statement.getColumn(1));
    if (key == format::kProgramKey) program_ = value;
    if (key == format::kStartedKey) started_ = value;
    if (key == format::kClosedCleanlyKey) closed_cleanly_ = value == "1";
  }
}

void Reader::read_index() {
  SQLite::Statement chunk(*database_,
                          "SELECT first_seq, count, first_time_ns, last_time_ns FROM chunks "
                          "ORDER BY first_seq");
  while (chunk.executeStep()) {
    chunks_.push_back({seq_of(chunk.getColumn(0)), seq_of(chunk.getColumn(1)),
                       chunk.getColumn(2).getInt64(), chunk.getColumn(3).getInt64()});
    event_count_ += chunks_.back().count;
  }
  SQLite::Statement keyframe(*database_, "SELECT seq, time_ns FROM keyframes ORDER BY seq");
  while (keyframe.executeStep()) {
    keyframes_.push_back({seq_of(keyframe.getColumn(0)), keyframe.getColumn(1).getInt64()});
  }
}

void Reader::read_markers() {
  // Formats 1 and 2 know one text, which is the title.
  const char* sql =
      format_ < 3 ? "SELECT seq, time_ns, text, '', NULL, NULL, NULL, NULL, NULL FROM markers "
                    "ORDER BY seq, time_ns, id"
                  : "SELECT seq, time_ns, title, note, followed_g, followed_object, layout, "
                    "tab, speed FROM markers ORDER BY seq, time_ns, id";
  SQLite::Statement row(*database_, sql);
  while (row.executeStep()) {
    Marker& marker = markers_.emplace_back();
    marker.seq = seq_in_bounds(row.getColumn(0));
    marker.time_ns = time_in_bounds(row.getColumn(1));
    marker.title = text_of(row.getColumn(2));
    marker.note = text_of(row.getColumn(3));
    if (!row.isColumnNull(4)) marker.followed = GId{number_of(row.getColumn(4))};
    if (!row.isColumnNull(5)) marker.followed_object = ObjectId{number_of(row.getColumn(5))};
    if (!row.isColumnNull(6)) marker.layout = text_of(row.getColumn(6));
    if (!row.isColumnNull(7)) marker.tab = text_of(row.getColumn(7));
    if (!row.isColumnNull(8)) marker.speed = text_of(row.getColumn(8));
  }
}

void Reader::read_tables_of_3() {
  SQLite::Statement view(*database_,
                         "SELECT seq, time_ns, what, value FROM views ORDER BY seq, time_ns, id");
  while (view.executeStep()) {
    views_.push_back({seq_in_bounds(view.getColumn(0)), time_in_bounds(view.getColumn(1)),
                      text_of(view.getColumn(2)), text_of(view.getColumn(3))});
  }
  SQLite::Statement name(*database_,
                         "SELECT kind, id, text FROM names WHERE kind BETWEEN 1 AND 4 "
                         "ORDER BY kind, id");
  while (name.executeStep()) {
    names_.push_back({static_cast<Name::Of>(name.getColumn(0).getInt()), seq_of(name.getColumn(1)),
                      text_of(name.getColumn(2))});
  }
  SQLite::Statement segment(*database_, "SELECT seq, time_ns, details FROM segments ORDER BY seq");
  while (segment.executeStep()) {
    segments_.push_back({seq_of(segment.getColumn(0)), segment.getColumn(1).getInt64(),
                         details_of(number_of(segment.getColumn(2)))});
  }
}

/// Makes the first segment start at the origin. With keep_last it may have started before it;
/// formats 1 and 2 have the only one.
void Reader::begin_segments() {
  if (keyframes_.empty()) return;
  const KeyframeInfo& origin = keyframes_.front();
  Segment first{origin.seq, origin.time_ns, {}};
  const auto later = std::ranges::upper_bound(segments_, origin.seq, {}, &Segment::seq);
  if (later != segments_.begin()) first.details = std::prev(later)->details;
  segments_.erase(segments_.begin(), later);
  segments_.insert(segments_.begin(), first);
}

Expected<void> Reader::check_index() const {
  if (keyframes_.empty()) return damaged(path_, "damaged: it has no keyframe to begin with");
  const KeyframeInfo* last = nullptr;
  for (const KeyframeInfo& keyframe : keyframes_) {
    if (keyframe.seq > format::kLastSeq || !format::in_time(keyframe.time_ns) ||
        (last != nullptr && keyframe.time_ns < last->time_ns)) {
      return damaged(path_, "damaged: its keyframes are out of their order; take an intact copy");
    }
    last = &keyframe;
  }
  std::uint64_t before = keyframes_.front().seq;
  for (std::size_t i = 0; i < chunks_.size(); ++i) {
    const ChunkInfo& chunk = chunks_[i];
    if (chunk.count == 0 || chunk.count > format::kChunkEvents || chunk.first_seq <= before ||
        chunk.first_seq > format::kLastSeq - chunk.count || !format::in_time(chunk.first_time_ns) ||
        !format::in_time(chunk.last_time_ns) || chunk.first_time_ns > chunk.last_time_ns) {
      return damaged(path_, fmt::format("chunk {} is damaged: its row does not fit the one before "
                                        "it; take an intact copy",
                                        i + 1));
    }
    before = chunk.last_seq();
  }
  return check_segments();
}

/// Each later segment starts with a keyframe, between two chunks and not before either's time.
Expected<void> Reader::check_segments() const {
  for (std::size_t i = 1; i < segments_.size(); ++i) {
    const Segment& segment = segments_[i];
    const auto wrong = [&](std::string_view what) {
      return damaged(path_, fmt::format("segment {} of {} is damaged: {}; take an intact copy",
                                        i + 1, segments_.size(), what));
    };
    const auto keyframe = std::ranges::lower_bound(keyframes_, segment.seq, {}, &KeyframeInfo::seq);
    if (keyframe == keyframes_.end() || keyframe->seq != segment.seq ||
        keyframe->time_ns != segment.time_ns) {
      return wrong("it has no keyframe to begin with");
    }
    const std::size_t next = chunk_after(segment.seq - 1);
    if (next > 0 && chunks_[next - 1].last_time_ns > segment.time_ns) {
      return wrong("it begins before the events that precede it");
    }
    if (next == chunks_.size()) continue;
    if (chunks_[next].first_seq <= segment.seq) return wrong("it begins within a chunk");
    if (chunks_[next].first_time_ns < segment.time_ns) {
      return wrong("its events lie before its begin");
    }
  }
  return {};
}

std::uint64_t Reader::next_seq(std::uint64_t seq) const {
  std::uint64_t next = last_seq();
  const auto segment = std::ranges::upper_bound(segments_, seq, {}, &Segment::seq);
  if (segment != segments_.end()) next = segment->seq;
  const std::size_t index = chunk_after(seq);
  if (index < chunks_.size()) next = std::min(next, std::max(chunks_[index].first_seq, seq + 1));
  return next;
}

std::uint64_t Reader::last_seq() const {
  const std::uint64_t start = segments_.back().seq;
  return chunks_.empty() ? start : std::max(start, chunks_.back().last_seq());
}

std::int64_t Reader::last_time_ns() const {
  const std::int64_t start_ns = segments_.back().time_ns;
  return chunks_.empty() ? start_ns : std::max(start_ns, chunks_.back().last_time_ns);
}

Expected<Bytes> Reader::blob(const char* sql, std::uint64_t key) {
  try {
    SQLite::Statement statement(*database_, sql);
    statement.bind(1, static_cast<std::int64_t>(key));
    if (!statement.executeStep()) {
      return failed("it is no longer in the file, which has changed; open it again");
    }
    const SQLite::Column column = statement.getColumn(0);
    const auto* bytes = static_cast<const std::uint8_t*>(column.getBlob());
    return Bytes(bytes, bytes + column.getBytes());
  } catch (const SQLite::Exception& exception) {
    return tl::make_unexpected(sqlite_error(path_, "read", exception));
  }
}

std::string Reader::chunk_name(std::size_t index) const {
  const std::uint64_t before = keyframes_.front().seq;
  return fmt::format("{}: chunk {} of {} (events #{} to #{})", path_.string(), index + 1,
                     chunks_.size(), chunks_[index].first_seq - before,
                     chunks_[index].last_seq() - before);
}

Expected<Reader::Events> Reader::chunk(std::size_t index) {
  const auto kept = std::ranges::find(kept_, index, [](const auto& entry) { return entry.first; });
  if (kept != kept_.end()) {
    std::rotate(kept_.begin(), kept, kept + 1);
    return kept_.front().second;
  }
  auto events = decode_chunk(index);
  if (!events) return events;
  kept_.emplace_front(index, *events);
  if (kept_.size() > kChunksKept) kept_.pop_back();
  return events;
}

Expected<Reader::Events> Reader::decode_chunk(std::size_t index) {
  const ChunkInfo& info = chunks_[index];
  const auto bytes = blob("SELECT events FROM chunks WHERE first_seq = ?", info.first_seq);
  if (!bytes) return failed(fmt::format("{}: {}", chunk_name(index), bytes.error().message));
  auto events = unpacker_->unpack(*bytes);
  if (!events) {
    return failed(fmt::format("{} is damaged: {}; the events before it can be read",
                              chunk_name(index), events.error().message));
  }
  // While a recording goes on its last chunk may have grown since the file was opened.
  const bool fits = events->size() >= info.count && events->front().seq == info.first_seq &&
                    events->front().time_ns == info.first_time_ns &&
                    (*events)[info.count - 1].time_ns == info.last_time_ns;
  if (!fits) {
    return failed(
        fmt::format("{} is damaged: its events are not those of its row; the events "
                    "before it can be read",
                    chunk_name(index)));
  }
  events->resize(static_cast<std::size_t>(info.count));
  return std::make_shared<const std::vector<Event>>(std::move(*events));
}

Expected<Bytes> Reader::packed_chunk(std::size_t index) {
  const ChunkInfo& info = chunks_[index];
  auto bytes = blob("SELECT events FROM chunks WHERE first_seq = ?", info.first_seq);
  if (!bytes) return failed(fmt::format("{}: {}", chunk_name(index), bytes.error().message));
  if (const auto whole = unpacker_->check_whole(*bytes, info.first_seq, info.count); !whole) {
    return failed(fmt::format("{} is damaged: {}; the events before it can be read",
                              chunk_name(index), whole.error().message));
  }
  return bytes;
}

Expected<Model> Reader::keyframe(std::size_t index) {
  const KeyframeInfo& info = keyframes_[index];
  const auto where = [&] {
    return fmt::format("{}: keyframe {} of {} (after event #{})", path_.string(), index + 1,
                       keyframes_.size(), info.seq - keyframes_.front().seq);
  };
  const auto frame = blob("SELECT model FROM keyframes WHERE seq = ?", info.seq);
  if (!frame) return failed(fmt::format("{}: {}", where(), frame.error().message));
  auto model = decompressor_.decompress(*frame, kModelBytesMost).and_then([&](const Bytes& bytes) {
    return decode_model(bytes, format_, segments_[segment_of(segments_, info.seq)].details);
  });
  if (!model) return failed(fmt::format("{} is damaged: {}", where(), model.error().message));
  if (model->seq != info.seq || model->time_ns != info.time_ns) {
    return failed(fmt::format("{} is damaged: its model is not that of its row", where()));
  }
  return model;
}

Expected<Model> Reader::first_of(const Segment& segment) {
  const auto at = std::ranges::lower_bound(keyframes_, segment.seq, {}, &KeyframeInfo::seq);
  return keyframe(static_cast<std::size_t>(at - keyframes_.begin()));
}

std::size_t Reader::chunk_after(std::uint64_t seq) const {
  const auto found = std::ranges::upper_bound(
      chunks_, seq, {}, [](const ChunkInfo& chunk) { return chunk.last_seq(); });
  return static_cast<std::size_t>(found - chunks_.begin());
}

Expected<void> Reader::each_run(std::uint64_t first_seq, std::uint64_t last_seq,
                                const std::function<void(std::span<const Event>)>& take) {
  if (first_seq > last_seq) return {};
  const std::size_t begin = first_seq == 0 ? 0 : chunk_after(first_seq - 1);
  for (std::size_t i = begin; i < chunks_.size() && chunks_[i].first_seq <= last_seq; ++i) {
    const auto events = chunk(i);
    if (!events) return tl::make_unexpected(events.error());
    std::span<const Event> run(**events);
    if (chunks_[i].last_seq() > last_seq) {
      run = run.first(static_cast<std::size_t>(last_seq - chunks_[i].first_seq + 1));
    }
    if (chunks_[i].first_seq < first_seq) {
      run = run.subspan(static_cast<std::size_t>(first_seq - chunks_[i].first_seq));
    }
    take(run);
  }
  return {};
}

Expected<void> Reader::each_part(const std::function<void(const Model&)>& starts,
                                 const std::function<void(std::span<const Event>)>& take) {
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    if (i > 0) {
      const auto first = first_of(segments_[i]);
      if (!first) return tl::make_unexpected(first.error());
      starts(*first);
    }
    const std::uint64_t last = i + 1 < segments_.size() ? segments_[i + 1].seq - 1 : last_seq();
    if (auto read = each_run(segments_[i].seq + 1, last, take); !read) return read;
  }
  return {};
}

Expected<Model> Reader::model_at(std::uint64_t seq) {
  seq = std::clamp(seq, origin().seq, last_seq());
  const auto after = std::ranges::upper_bound(keyframes_, seq, {}, &KeyframeInfo::seq);
  auto model = keyframe(static_cast<std::size_t>(after - keyframes_.begin()) - 1);
  if (!model) return model;
  const auto done = each_run(model->seq + 1, seq, [&](std::span<const Event> events) {
    for (const Event& event : events) reduce(*model, event);
  });
  if (!done) return tl::make_unexpected(done.error());
  return model;
}

Expected<std::uint64_t> Reader::seq_at_time(std::int64_t time_ns) {
  auto event = event_at_time(time_ns);
  const auto later = std::ranges::upper_bound(segments_, time_ns, {}, &Segment::time_ns);
  if (!event || later == segments_.begin()) return event;
  return std::max(*event, std::prev(later)->seq);
}

Expected<std::uint64_t> Reader::event_at_time(std::int64_t time_ns) {
  if (chunks_.empty()) return origin().seq;
  const auto found = std::ranges::upper_bound(chunks_, time_ns, {}, &ChunkInfo::last_time_ns);
  if (found == chunks_.end()) return chunks_.back().last_seq();
  const std::size_t index = static_cast<std::size_t>(found - chunks_.begin());
  const auto events = chunk(index);
  if (!events) return tl::make_unexpected(events.error());
  const auto after = std::ranges::upper_bound(**events, time_ns, {}, &Event::time_ns);
  if (after != (*events)->begin()) return std::prev(after)->seq;
  return index == 0 ? origin().seq : chunks_[index - 1].last_seq();
}

}  // namespace poolscope
