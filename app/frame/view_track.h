#pragma once

// The view track: what of the view a session's file keeps beside the events (whom the lecturer
// followed, which tab, which layout), and how a picture is led through it.
//
// Thread safety: none.
// Invariants: a part that the viewer has changed stays so until the track changes it.

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/frame/view_input.h"
#include "core/base/position.h"
#include "core/session/annotations.h"

namespace poolscope::frame {

/// The parts of a view that the track keeps, by their names in the file: "follow" is as of
/// followed_text(), "focus" is "P2" or "", "pool" is "1" or "", "tab" and "layout" are names,
/// "enlarged" is "1" or "0", "zoom" is a number in percent.
using ViewParts = std::map<std::string, std::string, std::less<>>;

ViewParts parts_of(const views::ViewState& state, int zoom_percent);
/// Whom one follows: "G3", "#12", "G3 #12"; "": nobody.
std::string followed_text(const views::ViewState& state);

/// `what` is shown as `value` has it. A file may have any words there: those that mean nothing here
/// change nothing. The zoom is not of the state: see zoom_of().
void show_part(views::ViewState& state, std::string_view what, std::string_view value);
/// The zoom in percent, within [least, most]; `otherwise` where the value is no number.
int zoom_of(std::string_view value, int least, int most, int otherwise);

/// Leads a picture through a track as the playhead moves, in either direction.
class ViewTrackReader {
 public:
  /// What the track says at `at`, of the parts that it changes between there and where one was
  /// before.
  ViewParts moved_to(std::span<const ViewChange> track, const Position& at);
  /// One is there: what the track says so far is known.
  void start(std::span<const ViewChange> track, const Position& at);

 private:
  ViewParts parts_;                  // as the track has them where one is
  std::optional<std::size_t> read_;  // how many changes lead there; none: one is nowhere yet
};

}  // namespace poolscope::frame
