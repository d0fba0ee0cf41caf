#pragma once

// The markers of a recording that is replayed, kept in its file as the viewer changes them.
//
// Thread safety: the window's thread.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "app/control/marker_list.h"
#include "app/control/marker_writer.h"
#include "core/base/error.h"

namespace poolscope {

class KeptMarkers {
 public:
  /// Those that the file has.
  KeptMarkers(std::filesystem::path file, std::vector<Marker> markers)
      : file_(std::move(file)), tour_(std::move(markers)) {}

  [[nodiscard]] const MarkerTour& tour() const { return tour_; }
  void change(const intents::ChangeMarkers& wanted, Position now) {
    tour_.change(wanted, now);
    writer_.want(file_, tour_.list().stored());
  }
  void arrive(std::size_t number, Position place) { tour_.arrive(number, place); }

  /// As of MarkerWriter.
  Expected<void> update(std::int64_t host_now_ns, bool reads) {
    return writer_.update(host_now_ns, reads);
  }
  Expected<void> finish() { return writer_.finish(); }

 private:
  std::filesystem::path file_;
  MarkerTour tour_;
  MarkerWriter writer_;
};

}  // namespace poolscope
