#pragma once

// A file that is made of a session, by this program's own commands in a process beside the window:
// so the window never waits for it, and what is broken off leaves nothing half-written.
//
// Thread safety: the window's thread.
// Invariants: one at a time. When a FileJob is gone, its process has ended.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/control/session_status.h"
#include "app/export/child.h"
#include "app/frame/view_input.h"
#include "app/theme/tokens.h"

namespace poolscope::app {

/// What it is made of, and how it is to look.
struct FileSource {
  std::filesystem::path session;
  theme::ThemeName theme = theme::ThemeName::kDark;
  /// Of the event that the playhead stands behind.
  std::int64_t event_ns = 0;
};

/// A name beside the session's file that nobody has: talk.mp4, talk-part.mp4, talk-2.mp4, ...
std::filesystem::path free_name(const views::SaveAs& wanted, const SessionStatus& session);

/// The words after the program's name that make `state.save_as` of it. A film goes at the speed of
/// the replay.
std::vector<std::string> command_for(const FileSource& source, const views::ViewState& state,
                                     const SessionStatus& session);

/// What a command's line of progress says ("120 of 600, about 90 s left, about 2 MiB"), in the
/// window's language; what is not understood stands as it is.
std::string progress_words(std::string_view progress);

class FileJob {
 public:
  ~FileJob();

  /// Starts the program's command that makes `file`. Not while one runs.
  void start(const std::vector<std::string>& command, std::filesystem::path file);
  [[nodiscard]] bool running() const { return child_ != nullptr; }
  void cancel();

  /// Takes in what it has said and done; whether that is new.
  bool update();
  /// "Making talk.mp4: 120 of 600", while it runs.
  [[nodiscard]] std::string text() const;
  /// The same before anything is known of it, and before it runs.
  [[nodiscard]] static std::string text(const std::filesystem::path& file);

  /// The file that was made since the last call.
  std::optional<std::string> take_made() { return std::exchange(made_, std::nullopt); }
  /// Why it could not be made, one line; said once. Nothing where it was broken off.
  std::optional<std::string> take_problem() { return std::exchange(problem_, std::nullopt); }

 private:
  std::unique_ptr<exporting::Child> child_;
  std::filesystem::path file_;
  std::string progress_;
  bool cancelled_ = false;
  std::optional<std::string> made_;
  std::optional<std::string> problem_;
};

}  // namespace poolscope::app
