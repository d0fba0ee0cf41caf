#pragma once

// The window's loop: time passes in the session, the viewer's wishes are carried out, a frame is
// drawn when there is something new to see, and the files that the flags asked for are written.
//
// Thread safety: the main thread.
// Invariants: while nothing changes and nobody touches it, nothing is drawn. However the loop ends,
// the session is closed, so that a recording is whole; the window draws until it is. Only a viewer
// who closes the window once more does not wait for that.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/interruption.h"
#include "app/control/current_session.h"
#include "app/control/flight_recorder.h"
#include "app/control/lane_details.h"
#include "app/control/life_scan.h"
#include "app/control/padding_measurement.h"
#include "app/control/pool_list.h"
#include "app/control/replay_place.h"
#include "app/control/rescue.h"
#include "app/control/session_files.h"
#include "app/control/session_source.h"
#include "app/frame/frame.h"
#include "app/frame/labels.h"
#include "app/frame/view_track.h"
#include "app/main/file_job.h"
#include "app/main/frame_stats.h"
#include "app/main/presenter_window.h"
#include "app/main/viewer.h"
#include "app/platform/fonts.h"
#include "app/platform/window.h"
#include "core/base/error.h"
#include "core/sim/simulation.h"

namespace poolscope::app {

class UiDump;

struct WindowRequest {
  int width_px = 1600;
  int height_px = 900;
  bool size_is_exact = false;
  std::optional<float> scale;  // instead of the display's content scale
  bool presenter = false;      // the lecturer's window is opened too
  std::optional<std::int64_t> exit_after_ns;
  std::filesystem::path screenshot;  // these five: empty for none
  std::filesystem::path frame_stats;
  std::filesystem::path state_dump;
  std::filesystem::path ui_dump;
  std::filesystem::path transcript;
};

/// Opens a recording for a replay, or a script to step through.
using OpenSession =
    std::function<Expected<std::unique_ptr<SessionSource>>(const std::filesystem::path&)>;

/// Starts a live session of the program. What was being recorded goes on in it.
using StartSession = std::function<Expected<std::unique_ptr<SessionSource>>(
    const SimulationOptions&, std::shared_ptr<LiveRecording>)>;

/// Where a window gets its sessions from after the first. Called on a thread beside the window's.
struct SessionMakers {
  OpenSession open;
  StartSession start;
  SimulationOptions live;  // of the live session that runs, or that one would be like
};

/// What is kept of the live session without being asked for.
struct AlwaysKept {
  std::shared_ptr<FlightRecorder> flight;  // of the sessions that run here; nullptr: none
  std::unique_ptr<Rescue> rescue;          // of those that were cut off; nullptr: none
  std::filesystem::path recordings;        // where what is saved goes
};

class SessionWindow {
 public:
  /// Opens the window. The viewer's state is as settings and flags have made it.
  static Expected<std::unique_ptr<SessionWindow>> open(const WindowRequest& request, Viewer viewer,
                                                       SessionMakers makers, AlwaysKept kept);
  SessionWindow(const SessionWindow&) = delete;
  SessionWindow& operator=(const SessionWindow&) = delete;
  ~SessionWindow();

  /// Shows `source` until the viewer closes the window, the time is up or a signal came.
  /// `interruption` was made before the source's threads.
  Expected<void> run(std::unique_ptr<SessionSource> source, cli::Interruption& interruption);

  /// After run(): whether a thread still waits for a disk. It would keep whoever destroys this.
  [[nodiscard]] bool waits_for_a_disk() const {
    return (session_ && session_->busy()) || (kept_.rescue && kept_.rescue->busy()) ||
           files_.busy();
  }

 private:
  SessionWindow(const WindowRequest& request, Viewer viewer, SessionMakers makers, AlwaysKept kept);

  [[nodiscard]] SessionSource& source() const { return session_->source(); }
  [[nodiscard]] frame::Look look() const;
  [[nodiscard]] layout::SessionTimes session_times() const;
  void carry_out(const intents::Intent& intent);
  void change_view(const intents::ToViewer& wanted);
  void change_program(const intents::ToProgram& wanted);
  void take_keys();
  void take_key(const platform::KeyPress& press);
  /// What Esc closes before it lets go of what is followed; nullopt: nothing is open.
  [[nodiscard]] std::optional<intents::Intent> what_escape_closes() const;
  void toggle_presenter();
  /// Draws the lecturer's window where it says something new.
  void show_presenter(std::int64_t now_ns);
  void take_dropped_files();
  void start_again(const SimulationOptions& wanted);
  void open_lesson(const std::string& name);
  void toggle_comparison();
  void use_language();
  void take_change();
  void tell_marker(const intents::ToSession& wanted);
  void take_marker();
  void note_view();
  void take_view_track();
  void tell_view_track();
  void keep_own_view(const frame::ViewParts& shown);
  void return_to_own_view();
  void show_part(const std::string& what, const std::string& value);
  void tell_skipped(const intents::ToSession& wanted);
  void tell_retake(const intents::ToSession& wanted);
  void take_retake();
  void look_for_files();
  void take_files();
  void open_file(const std::string& path, const std::optional<ReplayPlace>& from = {});
  void note_opened();
  void save_viewer();
  void begin_session();
  void save_last();
  void save_kept();
  void save_end(std::int64_t length_ns);
  void measure_padding();
  void take_measured();
  void name_file();
  void make_file();
  void start_waiting_file();
  void show_folder(const std::string& path);
  void take_made();
  void tell_made_of();
  void undo();
  /// A step of the explanation is drawn until its motion has come to rest.
  void take_explained(std::int64_t now_ns);
  void take_problem();
  void take_life(std::int64_t now_ns);
  void take_pools();
  void take_lane_details();
  [[nodiscard]] ShownTimes shown_times() const;
  void take_kept();
  void take_rescued();
  void show_title();
  [[nodiscard]] bool saving() const { return kept_.flight && kept_.flight->saving(); }
  /// Also while it waits for the session's own file.
  [[nodiscard]] bool makes_file() const { return file_job_.running() || waiting_file_; }
  /// What goes on beside the window, by the label that asked for it; "": nothing.
  [[nodiscard]] std::string job() const {
    if (saving()) return "save.last";
    if (makes_file()) return "save.as";
    return measurement_.busy() ? "measure" : "";
  }
  [[nodiscard]] const Leftover* offered() const {
    return kept_.rescue ? kept_.rescue->offered() : nullptr;
  }
  [[nodiscard]] views::Message message_to_show() const;
  /// The newest message hides an older one.
  void tell(std::string text, views::Message::Kind kind = views::Message::Kind::kProblem) {
    message_ = {std::move(text), kind};
    frames_due_ = kFramesAfterChange;
  }
  void tell_saved(const std::string& file);

  /// Draws one frame, without showing it, and queues what the viewer asked for in it.
  void draw();
  /// The same where it is time for one, and shows it.
  void show_frame_if_due(std::int64_t now_ns);
  [[nodiscard]] double seconds_to_wait(std::int64_t now_ns) const;
  Expected<void> write_state(const Model& model, Origin origin) const;
  Expected<void> write_transcript() const;
  Expected<void> take_ended_recording();
  Expected<void> turn();
  bool close_session(cli::Interruption& interruption);
  Expected<void> end(cli::Interruption& interruption);

  // ImGui shows the effect of an input in the frame after it, at times only in the next.
  static constexpr int kFramesAfterChange = 3;

  WindowRequest request_;
  Viewer viewer_;
  SessionMakers makers_;
  AlwaysKept kept_;
  platform::Fonts fonts_;  // outlives the window's ImGui context
  std::unique_ptr<platform::Window> window_;
  views::Labels labels_;
  std::unique_ptr<PresenterWindow> presenter_;  // nullptr: it is closed
  views::PresenterTexts presenter_texts_;       // of the last frame
  FrameStats frame_stats_;
  FollowedLife life_;
  PoolList pools_;
  LaneDetails lane_details_;
  PaddingMeasurement measurement_;
  SessionFiles files_;
  FileJob file_job_;
  struct WaitingFile {
    std::vector<std::string> command;
    std::string file;
  };
  std::optional<WaitingFile> waiting_file_;  // until the session's file has what was chosen last
  int frames_to_measure_ = 0;                // that are drawn while it measures
  std::unique_ptr<UiDump> ui_dump_;          // nullptr: none is wanted
  views::Message message_;  // the newest of the program's and the source's; until the next intent
  intents::Intents asked_;  // in the last frame
  std::string opened_;      // the file or the lesson that is opened, or was last
  bool from_disk_ = false;  // it is a file of the viewer's
  struct Compared {
    std::string file;
    ReplayPlace left_at;
  };
  std::optional<Compared> compared_;  // the recording whose calls are shown side by side; or others
  std::map<std::string, std::string> made_of_;  // which session was cut or joined of which, here
  std::string rescued_;                         // the file that was kept last of what was cut off
  std::shared_ptr<const ListedMarkers> markers_with_fonts_;  // whose letters are there
  std::optional<int> speed_wanted_;                          // of the next session
  frame::ViewParts noted_view_;                              // what the session's view track has
  std::string noted_in_;  // the recording that has it too; "": none
  frame::ViewTrackReader track_;
  bool was_retaking_ = false;  // the view, at the last turn
  // Of the parts that the track, or a marker of a live session, has changed: what the viewer had,
  // and what it shows.
  frame::ViewParts own_view_;
  frame::ViewParts lecturers_view_;
  bool recording_goes_on_ = false;       // in the session that is being started
  std::uint32_t at_marker_ = 0;          // the id of the one whose view was shown last; 0: of none
  bool ending_ = false;                  // the session is being ended for good
  std::int64_t explained_since_ns_ = 0;  // its step is shown
  std::uint64_t frame_ = 0;
  int frames_due_ = 1;
  std::int64_t next_frame_ns_ = 0;
  std::int64_t begin_ns_ = 0;
  std::int64_t lecture_begin_ns_ = 0;        // from where the lecturer's clock counts
  std::unique_ptr<CurrentSession> session_;  // last: its threads use makers_
};

}  // namespace poolscope::app
