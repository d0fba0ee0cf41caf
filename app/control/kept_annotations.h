#pragma once

// The markers and the view track of a recording that is replayed, kept in its file as the viewer
// changes them.
//
// Thread safety: the window's thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "app/control/annotation_writer.h"
#include "app/control/marker_list.h"
#include "core/base/error.h"

namespace poolscope {

class KeptAnnotations {
 public:
  /// Those that the file has.
  KeptAnnotations(std::filesystem::path file, std::vector<Marker> markers,
                  std::vector<ViewChange> views)
      : file_(std::move(file)), tour_(std::move(markers)), views_(shared(std::move(views))) {}

  [[nodiscard]] const MarkerTour& tour() const { return tour_; }
  void change(const intents::ChangeMarkers& wanted, Position now) {
    tour_.change(wanted, now);
    writer_.want(file_, tour_.list().stored());
    views_before_ = nullptr;
  }
  void arrive(std::size_t number, Position place) { tour_.arrive(number, place); }

  /// In the order of their places; never null.
  [[nodiscard]] const std::shared_ptr<const std::vector<ViewChange>>& views() const {
    return views_;
  }
  void replace_views(std::vector<ViewChange> views) {
    views_before_ = std::exchange(views_, shared(std::move(views)));
    writer_.want(file_, *views_);
  }
  /// Whether the last change was one of the views.
  [[nodiscard]] bool can_undo_views() const { return views_before_ != nullptr; }
  void undo_views() {
    if (!can_undo_views()) return;
    views_ = std::exchange(views_before_, nullptr);
    writer_.want(file_, *views_);
  }

  /// As of AnnotationWriter.
  Expected<void> update(std::int64_t host_now_ns, bool reads) {
    return writer_.update(host_now_ns, reads);
  }
  bool hasten() { return writer_.hasten(); }
  Expected<void> finish() { return writer_.finish(); }

 private:
  static std::shared_ptr<const std::vector<ViewChange>> shared(std::vector<ViewChange> views) {
    return std::make_shared<const std::vector<ViewChange>>(std::move(views));
  }

  std::filesystem::path file_;
  MarkerTour tour_;
  std::shared_ptr<const std::vector<ViewChange>> views_;
  std::shared_ptr<const std::vector<ViewChange>> views_before_;  // nullptr: nothing to undo
  AnnotationWriter writer_;
};

}  // namespace poolscope
