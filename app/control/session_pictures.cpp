#include "app/control/session_pictures.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>

#include "app/control/is_ready.h"
#include "core/session/reader.h"

namespace poolscope {
namespace {

/// Whether what was read of the one is true of the other.
bool same_state(const SessionFile& a, const SessionFile& b) {
  return a.path == b.path && a.bytes == b.bytes && a.changed == b.changed;
}

const SessionFile* find(const std::vector<SessionFile>& files, const SessionFile& file) {
  const auto found = std::ranges::find_if(
      files, [&](const SessionFile& other) { return same_state(other, file); });
  return found == files.end() ? nullptr : &*found;
}

}  // namespace

std::shared_ptr<const Model> session_moment(const std::filesystem::path& file) {
  const auto reader = Reader::open(file);
  if (!reader) return nullptr;
  Expected<std::uint64_t> seq = 0;
  if ((*reader)->markers().empty()) {
    seq = (*reader)->seq_at_time((*reader)->origin().time_ns + (*reader)->duration_ns() / 2);
  } else {
    seq = (*reader)->markers().front().seq;
  }
  if (!seq) return nullptr;
  auto model = (*reader)->model_at(*seq);
  return model ? std::make_shared<const Model>(std::move(*model)) : nullptr;
}

void SessionPictures::want(const std::vector<SessionFile>& files) {
  std::erase_if(read_, [&](const SessionFile& file) { return find(files, file) == nullptr; });
  wanted_.clear();
  for (const SessionFile& file : files) {
    const bool is_read = reading_.valid() && same_state(file, under_way_);
    if (!file.script && !is_read && find(read_, file) == nullptr) wanted_.push_back(file);
  }
  std::ranges::stable_sort(wanted_, std::greater{}, &SessionFile::bytes);
}

bool SessionPictures::update() {
  bool news = false;
  if (is_ready(reading_)) {
    under_way_.pictured = reading_.get();
    news = under_way_.pictured != nullptr;
    read_.push_back(std::move(under_way_));
  }
  if (!reading_.valid() && !wanted_.empty()) {
    under_way_ = std::move(wanted_.back());
    wanted_.pop_back();
    reading_ = std::async(std::launch::async, &session_moment, under_way_.path);
  }
  return news;
}

std::shared_ptr<const Model> SessionPictures::of(const SessionFile& file) const {
  const SessionFile* read = find(read_, file);
  return read == nullptr ? nullptr : read->pictured;
}

}  // namespace poolscope
