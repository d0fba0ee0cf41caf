#include "app/main/ui_dump.h"

#include <utility>

#include <fmt/format.h>

#include "app/frame/view_track.h"
#include "app/intents/tabs.h"
#include "app/platform/files.h"
#include "app/theme/names.h"
#include "core/session/model_codec.h"

namespace poolscope::app {
namespace {

using nlohmann::json;

constexpr std::int64_t kLeastInterval_ns = 50'000'000;

const char* name_of(ViewMode mode) {
  switch (mode) {
    case ViewMode::kLive: return "live";
    case ViewMode::kPaused: return "paused";
    case ViewMode::kPast: return "past";
    case ViewMode::kReplay: return "replay";
    case ViewMode::kStepping: return "stepping";
  }
  return "";
}

const char* name_of(views::Dialog dialog) {
  switch (dialog) {
    case views::Dialog::kNone: return "";
    case views::Dialog::kHelp: return "help";
    case views::Dialog::kWorkload: return "workload";
    case views::Dialog::kMarkers: return "markers";
    case views::Dialog::kPools: return "pools";
    case views::Dialog::kOpen: return "open";
    case views::Dialog::kSaveAs: return "save.as";
    case views::Dialog::kLessons: return "lessons";
    case views::Dialog::kExplained: return "explain";
  }
  return "";
}

/// The step at which the followed goroutine stands; "" where nobody is followed.
std::string followed_step(const Model& model, const views::ViewState& state) {
  const GState* g = state.followed.valid() ? model.gs.find(state.followed) : nullptr;
  return g == nullptr ? "" : std::string(step_info(g->step).name);
}

/// Equal for equal models: what is stored of it, as FNV-1a.
std::string hash_of(const Model& model) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const auto byte : encode_model(model)) {
    hash = (hash ^ static_cast<std::uint64_t>(byte)) * 0x100000001b3U;
  }
  return fmt::format("{:016x}", hash);
}

/// What a recorded program calls the pool; "" where it has only its number.
std::string name_of(const SessionStatus& status, PoolId pool) {
  if (status.names == nullptr || pool.value >= status.names->pools.size()) return "";
  return status.names->pools[pool.value];
}

/// What the dump says of the lesson; of another session it is all empty.
void add_lesson(json& status, const LessonStatus* lesson, const std::string& caption) {
  const PlayedLine* line = lesson == nullptr ? nullptr : lesson->line();
  status["lesson"] = lesson == nullptr ? json(nullptr) : json(lesson->lesson->name);
  status["line"] = lesson == nullptr ? json(nullptr) : json(lesson->lines_shown());
  status["caption"] = caption;
  status["answer"] = line == nullptr ? "" : line->answer;
  const bool answered = lesson != nullptr && lesson->answered;
  status["verdict"] = !answered                                              ? ""
                      : !lesson->answered->right                             ? "open"
                      : *lesson->answered->right == lesson->answered->picked ? "right"
                                                                             : "wrong";
}

std::string speed_name(const SessionStatus& status) {
  const auto index = static_cast<std::size_t>(status.speed);
  return index < status.speeds.size() ? status.speeds[index] : "";
}

json held_names(const SessionStatus& status) {
  json names = json::array();
  for (const GId g : status.held) names.push_back("G" + std::to_string(g.value));
  return names;
}

/// The two ends of the loop, in ns as the playhead's; null where one is not set.
json loop_json(const SessionStatus& status) {
  const auto end = [&](const std::optional<Position>& place) {
    return place ? json(place->time_ns - status.origin.time_ns) : json();
  };
  const json loop = {{"in", end(status.loop.in)}, {"out", end(status.loop.out)}};
  return status.loop == Loop{} ? json() : loop;
}

/// The marker at which the playhead stands, counted from 1.
json marker_json(const SessionStatus& status) {
  const ListedMarker* marker = status.marker();
  if (marker == nullptr) return nullptr;
  return {{"number", *status.at_marker + 1}, {"title", marker->title}, {"note", marker->note}};
}

json side_json(const ComparisonStatus& comparison, std::size_t side, const Model& model) {
  const SeenCall* call = comparison.call_of(side);
  std::uint64_t news = 0;
  for (const PoolState& pool : model.pools) news += pool.news;
  return {{"name", comparison.of->sides[side].name},
          {"pool", word_of(model.config.pool)},
          {"news", news},
          {"dropped", model.totals.dropped()},
          {"pooled", model.totals.pooled},
          {"divergences", model.divergences},
          {"where", call == nullptr ? "" : word_of(call->where)},
          {"cleared", call == nullptr ? 0 : call->dropped}};
}

/// How a comparison stands; of another session null.
json comparison_json(const SessionSource& source) {
  const auto& comparison = source.status().comparison;
  const auto other = source.other_side();
  if (!comparison || !other) return nullptr;
  return {{"by", comparison->of->by_operation ? "operation" : "time"},
          {"call", comparison->shown},
          {"calls", comparison->of->by_operation ? comparison->of->stretches.size() : 0},
          {"time_ns", comparison->time_ns},
          {"length_ns", comparison->of->length_ns()},
          {"a", side_json(*comparison, 0, source.model())},
          {"b", side_json(*comparison, 1, *other->model)}};
}

/// What the dump says of the session.
json session_status(const SessionSource& source) {
  const SessionStatus& status = source.status();
  const Origin origin = status.origin;
  const Model& model = source.model();
  return {{"mode", name_of(status.mode)},
          {"playing", status.playing},
          {"pool", model.config.pool == PoolKind::kClassic ? "classic" : "modern"},
          {"padding", model.config.padding},
          {"procs", model.procs},
          {"procs_target", status.procs_target != 0 ? status.procs_target : model.procs},
          {"workers", model.config.workers},
          {"workload", model.config.workload ? json(model.config.workload->name) : json()},
          {"rate", status.workload ? json(status.workload->rate_per_s) : json()},
          {"kept", status.workload ? json(status.workload->held) : json()},
          {"race", model.config.race},
          {"pools", model.pools.size()},
          {"gc_cycles", model.gc_cycles},
          {"resizes", model.resizes},
          {"events", status.last.seq - origin.seq},
          {"seq", status.playhead.seq - origin.seq},
          {"time_ns", status.playhead.time_ns - origin.time_ns},
          {"motion_ns", status.motion_ns - origin.time_ns},
          {"settling", status.settling},
          {"stepped", status.stepped},
          {"divergences", model.divergences},
          {"created", model.totals.created},
          {"in_use", model.totals.in_use},
          {"in_flight", model.totals.in_flight},
          {"pooled", model.totals.pooled},
          {"dropped", model.totals.dropped()},
          {"state_hash", hash_of(model)},
          {"recording", status.recording},
          {"recording_file", status.recording_file},
          {"speed", speed_name(status)},
          {"held", held_names(status)},
          {"skips_waits", status.skips_waits},
          {"markers", status.markers->size()},
          {"marker", marker_json(status)},
          {"loop", loop_json(status)},
          {"comparison", comparison_json(source)}};
}

json measured_json(const PaddingCost& cost) {
  return {{"threads", cost.threads},
          {"unpadded_ns", cost.unpadded_ns},
          {"padded_ns", cost.padded_ns},
          {"ratio", cost.ratio()}};
}

}  // namespace

json presenter_json(const views::PresenterTexts& texts) {
  return {{"title", texts.title},     {"now", texts.now},    {"under", texts.under},
          {"next", texts.next},       {"note", texts.note},  {"clock", texts.clock},
          {"elapsed", texts.elapsed}, {"black", texts.black}};
}

json status_json(const SessionSource& source, const Viewer& viewer, const ShownTexts& texts) {
  json status = session_status(source);
  const views::ViewState& state = viewer.state;
  status["layout"] = theme::name_of(state.layout);
  status["theme"] = theme::name_of(viewer.theme);
  status["lang"] = state.language;
  status["tab"] = intents::name_of(state.tab);
  status["focus"] = state.focus.valid() ? json(state.focus.value) : json(nullptr);
  status["followed"] = frame::followed_text(state);
  status["followed_step"] = followed_step(source.model(), state);
  status["motion"] = state.motion;
  status["shown_pool"] = texts.shown_pool.value;
  status["shown_pool_name"] = name_of(source.status(), texts.shown_pool);
  const layout::TimeRange shown =
      layout::shown_range(timeline_choice(state), views::session_times(source.status()));
  status["shown_from_ns"] = shown.begin_ns - source.status().origin.time_ns;
  status["shown_to_ns"] = shown.end_ns - source.status().origin.time_ns;
  status["sentence"] = texts.sentence;
  status["banner"] = texts.banner;
  status["black"] = state.black;
  status["laser"] = state.laser;
  status["lit"] = intents::name_of(state.lit);
  status["axis"] = state.axis == views::TimelineAxis::kTime ? "time" : "step";
  status["zoom"] = viewer.zoom_percent;
  status["maximised"] = texts.maximised;
  status["presenter"] = texts.presenter;
  status["job"] = texts.job.empty() ? json(nullptr) : json(texts.job);
  status["enlarged"] = state.enlarged;
  status["view"] = state.follows_track ? "recorded" : "default";
  status["retaking_view"] = source.status().retaking_view;
  status["dialog"] = name_of(state.dialog);
  status["control"] = state.control.empty() ? json(nullptr) : json(state.control);
  status["explained"] =
      state.dialog == views::Dialog::kExplained ? json(state.explained_step + 1) : json(nullptr);
  status["measured"] = texts.measured ? measured_json(*texts.measured) : json(nullptr);
  add_lesson(status, source.status().lesson.get(), texts.caption);
  return status;
}

json items_json(const views::Labels& labels, float pixels_per_unit) {
  json items = json::object();
  for (const views::Labels::Item& item : labels.items()) {
    items[item.label] = {{"x", item.rect.x / pixels_per_unit},
                         {"y", item.rect.y / pixels_per_unit},
                         {"w", item.rect.w / pixels_per_unit},
                         {"h", item.rect.h / pixels_per_unit},
                         {"enabled", item.enabled}};
  }
  return items;
}

void UiDump::show(std::uint64_t frame, json status, json items) {
  frame_ = frame;
  shown_ = {{"status", std::move(status)}, {"items", std::move(items)}};
}

Expected<void> UiDump::write_if_due(std::int64_t host_now_ns, bool now) {
  if (!waiting()) return {};
  if (ever_ && !now && host_now_ns - last_write_ns_ < kLeastInterval_ns) return {};
  ever_ = true;
  last_write_ns_ = host_now_ns;
  written_ = shown_;
  json whole = shown_;
  whole["frame"] = frame_;
  // A text of a broken file name must not stop the dump.
  return platform::write_whole(file_,
                               whole.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

}  // namespace poolscope::app
