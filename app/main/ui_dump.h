#pragma once

// The file of --ui-dump: where the controls are, and what the window shows, for tests that click.
//
// Thread safety: none.
// Invariants: the file is replaced as a whole, only when its contents but the frame's number have
// changed, and at most 20 times a second.

#include <cstdint>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "app/control/session_source.h"
#include "app/frame/labels.h"
#include "app/main/viewer.h"
#include "app/views/presenter/presenter.h"
#include "core/base/error.h"
#include "core/sim/padding_cost.h"

namespace poolscope::app {

/// The words under the cards, as they are shown, and what is seen of the windows.
struct ShownTexts {
  std::string sentence;
  std::string banner;
  std::string caption;
  std::string job;  // what goes on beside the window; "": nothing
  PoolId shown_pool = {};
  std::optional<PaddingCost> measured = {};
  bool maximised = false;
  nlohmann::json presenter;  // presenter_json; null: the lecturer's window is closed
};

/// What the lecturer's window says.
nlohmann::json presenter_json(const views::PresenterTexts& texts);

/// The value of "status"; its keys are those of the command line's description.
nlohmann::json status_json(const SessionSource& source, const Viewer& viewer,
                           const ShownTexts& texts);

/// The value of "items", in window coordinates: pixels / pixels_per_unit.
nlohmann::json items_json(const views::Labels& labels, float pixels_per_unit);

class UiDump {
 public:
  explicit UiDump(std::filesystem::path file) : file_(std::move(file)) {}

  /// Says what a frame showed. It is written by the next write_if_due that may write.
  void show(std::uint64_t frame, nlohmann::json status, nlohmann::json items);

  /// Says what the lecturer's window showed; the first window shows the same as before.
  void show_presenter(nlohmann::json presenter) {
    shown_["status"]["presenter"] = std::move(presenter);
  }

  /// Writes what was shown last unless the file has it; also soon after another write if `now`.
  Expected<void> write_if_due(std::int64_t host_now_ns, bool now = false);

  /// Whether something waits for its turn to be written.
  [[nodiscard]] bool waiting() const { return shown_ != written_; }

 private:
  std::filesystem::path file_;
  std::uint64_t frame_ = 0;
  nlohmann::json shown_;
  nlohmann::json written_;
  std::int64_t last_write_ns_ = 0;
  bool ever_ = false;
};

}  // namespace poolscope::app
