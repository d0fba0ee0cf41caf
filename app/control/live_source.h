#pragma once

// A session that runs now: the simulation's goroutines, its timeline, and the viewer who looks at
// it live, stops it, or looks back while it goes on.
//
// Looking back does not stop anything: it is a playhead over the timeline's past. "Now" leads back.
//
// Thread safety: the window's thread. Events come in on the collector's; they meet in Timeline and
// LiveRecording. The window takes copies and never makes the collector wait for more than one.
// Invariants: in the modes live and paused model() is the state after the last event that has come
// in at the last update; in the mode past the session goes on by itself and model() is the
// playhead's.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/control/again.h"
#include "app/control/annotation_writer.h"
#include "app/control/flight_recorder.h"
#include "app/control/live_recording.h"
#include "app/control/marker_list.h"
#include "app/control/player.h"
#include "app/control/session_source.h"
#include "app/control/settling.h"
#include "core/base/error.h"
#include "core/model/timeline.h"
#include "core/sim/simulation.h"
#include "core/story/live_story.h"

namespace poolscope {

struct LiveOptions {
  SimulationOptions session;
  std::filesystem::path record;             // records there from the first event; empty: not
  bool overwrite = false;                   // of `record`
  std::filesystem::path recordings_folder;  // where recordings go that the viewer asks for
  RecorderOptions recorder;                 // of all recordings
  std::shared_ptr<FlightRecorder> flight;   // the program's; nullptr: it has none
  /// The one that the session before has handed over; nullptr: none is under way.
  std::shared_ptr<LiveRecording> recording;
  TimelineLimits limits;
};

class LiveSource final : public SessionSource, private EventSink {
 public:
  /// Starts the session. Errors: bad options; the recording cannot be made.
  static Expected<std::unique_ptr<LiveSource>> start(LiveOptions options);
  ~LiveSource() override;

  bool update(std::int64_t host_now_ns) override;
  void apply(const intents::ToSession& intent) override;
  [[nodiscard]] const Model& model() const override;
  [[nodiscard]] const Told& told() const override;
  [[nodiscard]] const SessionStatus& status() const override { return status_; }
  [[nodiscard]] std::shared_ptr<const Lanes> lanes() const override { return lanes_; }
  [[nodiscard]] std::shared_ptr<const Statistics> statistics() const override {
    return statistics_;
  }
  [[nodiscard]] PastScan::Open past() const override { return opener_of(timeline_.past()); }
  std::optional<EndedRecording> take_ended_recording() override;
  std::shared_ptr<LiveRecording> hand_over_recording() override;
  bool hasten_annotations() override { return annotation_writer_.hasten(); }
  void close() override;

  /// After close(): whether every object is accounted for.
  [[nodiscard]] Accounting accounting() const { return simulation_->accounting(); }

 private:
  /// A recording of this session that has ended, and which events are in it.
  struct MarkedFile {
    std::filesystem::path file;
    std::uint64_t first_seq = 0;
    std::uint64_t last_seq = 0;
    Position moved_by;            // this session's numbers and times in it
    std::vector<Marker> earlier;  // of the sessions before in it
  };

  LiveSource(LiveOptions options, std::unique_ptr<Simulation> simulation);

  void on_events(std::span<const Event> events) override;

  // What intents do.
  void move(const intents::MovePlayhead& wanted);
  void hold(GId g, bool held);
  void send(const intents::SendGoroutine& wanted);
  void change_procs(std::int64_t procs);
  [[nodiscard]] std::uint32_t procs_to_come() const;
  void change_rate(int by);
  void change_held(int by);
  void show_again();
  void toggle_play();
  void play_backwards();
  void pause();
  void set_speed(int speed);
  void toggle_record();
  void look_back(const intents::MovePlayhead& wanted);
  void enter_past();
  void set_past_speed(int speed);
  void play_lesson(const intents::PlayLesson& wanted);
  void change_markers(const intents::ChangeMarkers& wanted);
  void go_to_marker(const intents::GoToMarker& wanted);
  void play_to_next_marker();
  void write_markers(const MarkedFile& into);
  void note_view(const intents::NoteView& shown);
  void change_loop(const intents::ChangeLoop& wanted);
  void return_to_now();

  // What an update looks at.
  void take_head(bool with_lanes = false);
  void take_lanes(std::int64_t host_now_ns);
  bool play_past(std::int64_t host_ns);
  void measure_rate();
  void tell_status();

  const LiveOptions options_;
  LiveStory story_;  // read while the timeline is looked at
  Timeline timeline_;
  const std::shared_ptr<LiveRecording> recording_;

  std::shared_ptr<const Model> head_;
  Told head_told_;
  std::shared_ptr<const Lanes> lanes_;
  std::shared_ptr<const Statistics> statistics_;
  std::int64_t next_lanes_ns_ = 0;  // host time
  std::optional<Player> past_;      // while the viewer looks back
  int past_speed_ = as_it_was();    // then, into replay_speeds()
  bool skips_waits_ = false;        // then
  bool tells_past_speeds_ = false;  // the status has those names
  GId by_hand_;                     // of those that are held, the one that a step moves
  Settling settling_;
  std::optional<Again> again_;  // what is shown once more
  MarkerTour markers_;
  AnnotationWriter annotation_writer_;
  std::vector<MarkedFile> marked_files_;
  bool recording_goes_on_ = false;       // in the session that follows
  bool has_marked_ = false;              // one was ever set, and may be gone again
  std::optional<EndedRecording> ended_;  // by close(), until it is taken
  std::int64_t host_ns_ = 0;             // of the last update; 0: none yet
  int speed_;
  bool closed_ = false;
  std::uint64_t rate_operations_ = 0;  // at the start of the time that is measured
  std::int64_t rate_since_ns_ = 0;     // session time
  double operations_per_second_ = 0;
  SessionStatus status_;

  // Last: its threads end first.
  std::unique_ptr<Simulation> simulation_;
};

}  // namespace poolscope
