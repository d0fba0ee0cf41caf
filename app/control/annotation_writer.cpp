#include "app/control/annotation_writer.h"

#include <utility>

#include "app/control/is_ready.h"

namespace poolscope {
namespace {

constexpr std::int64_t kWriteAfter_ns = 500'000'000;

}  // namespace

void AnnotationWriter::want(const std::filesystem::path& file, std::vector<Marker> markers) {
  wanted_[file].markers = std::move(markers);
  changed_ns_.reset();
}

void AnnotationWriter::want(const std::filesystem::path& file, std::vector<ViewChange> views) {
  wanted_[file].views = std::move(views);
  changed_ns_.reset();
}

void AnnotationWriter::begin_writing() {
  auto next = wanted_.extract(wanted_.begin());
  hastened_ = hastened_ && !wanted_.empty();
  writing_ = std::async(std::launch::async,
                        [file = std::move(next.key()), annotations = std::move(next.mapped())] {
                          return replace_annotations(file, annotations);
                        });
}

Expected<void> AnnotationWriter::update(std::int64_t host_now_ns, bool reads) {
  if (is_ready(writing_)) {
    if (auto written = writing_.get(); !written) return written;
  }
  if (wanted_.empty() || writing_.valid()) return {};
  if (!changed_ns_) changed_ns_ = host_now_ns;
  const bool due = !reads && host_now_ns - *changed_ns_ >= kWriteAfter_ns;
  if (hastened_ || due) begin_writing();
  return {};
}

bool AnnotationWriter::hasten() {
  hastened_ = writing_.valid() || !wanted_.empty();
  return !hastened_;
}

Expected<void> AnnotationWriter::finish() {
  Expected<void> outcome;
  for (;;) {
    if (writing_.valid()) {
      if (auto written = writing_.get(); !written && outcome) outcome = std::move(written);
    }
    if (wanted_.empty()) return outcome;
    begin_writing();
  }
}

}  // namespace poolscope
