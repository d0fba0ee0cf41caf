#include "app/frame/view_track.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

#include "app/intents/tabs.h"
#include "app/theme/names.h"
#include "core/base/number.h"

namespace poolscope::frame {
namespace {

/// "P3" with the letter 'P' is the id 3; "" and what is no such name is none.
template <class Id>
Id id_in(std::string_view text, char letter) {
  if (text.empty() || text.front() != letter) return Id::none();
  const auto number = number_in<typename Id::rep>(text.substr(1));
  return number ? Id{*number} : Id::none();
}

template <class Id>
std::string name_of(Id id, char letter) {
  return id.valid() ? letter + std::to_string(id.value) : "";
}

void follow(views::ViewState& state, std::string_view who) {
  const std::size_t space = who.find(' ');
  const std::string_view object = space == std::string_view::npos ? who : who.substr(space + 1);
  state.followed = id_in<GId>(who.substr(0, space), 'G');
  state.followed_object = id_in<ObjectId>(object, '#');
  state.source_middle = {};
}

}  // namespace

std::string followed_text(const views::ViewState& state) {
  const std::string g = name_of(state.followed, 'G');
  const std::string object = name_of(state.followed_object, '#');
  return g + (g.empty() || object.empty() ? "" : " ") + object;
}

ViewParts parts_of(const views::ViewState& state, int zoom_percent) {
  return {{"follow", followed_text(state)},
          {"focus", name_of(state.focus, 'P')},
          {"pool", state.pool ? std::to_string(state.pool->value) : ""},
          {"tab", std::string(intents::name_of(state.tab))},
          {"layout", std::string(theme::name_of(state.layout))},
          {"enlarged", state.enlarged ? "1" : "0"},
          {"zoom", std::to_string(zoom_percent)}};
}

void show_part(views::ViewState& state, std::string_view what, std::string_view value) {
  if (what == "follow") return follow(state, value);
  if (what == "focus") {
    state.focus = id_in<PId>(value, 'P');
  } else if (what == "pool") {
    const auto pool = number_in<PoolId::rep>(value);
    state.pool = pool ? std::optional(PoolId{*pool}) : std::nullopt;
  } else if (what == "tab") {
    state.tab = intents::tab_named(value).value_or(state.tab);
  } else if (what == "layout") {
    state.layout = theme::layout_named(value).value_or(state.layout);
  } else if (what == "enlarged") {
    state.enlarged = value == "1";
  }
}

int zoom_of(std::string_view value, int least, int most, int otherwise) {
  const auto zoom = number_in<int>(value);
  return zoom ? std::clamp(*zoom, least, most) : otherwise;
}

ViewParts ViewTrackReader::moved_to(std::span<const ViewChange> track, const Position& at) {
  const auto before = std::ranges::upper_bound(
      track, std::tuple(at.seq, at.time_ns), {},
      [](const ViewChange& change) { return std::tuple(change.seq, change.time_ns); });
  const auto read = static_cast<std::size_t>(before - track.begin());
  if (read == read_) return {};
  ViewParts now;
  // Before its first change a part was as that says: a recording begins with all of them.
  for (const ViewChange& change : track) now.try_emplace(change.what, change.value);
  for (const ViewChange& change : track.first(read)) now[change.what] = change.value;
  ViewParts changed;
  for (const auto& [what, value] : now) {
    const auto known = parts_.find(what);
    if (known == parts_.end() || known->second != value) changed[what] = value;
  }
  parts_ = std::move(now);
  read_ = read;
  return changed;
}

void ViewTrackReader::start(std::span<const ViewChange> track, const Position& at) {
  *this = {};
  moved_to(track, at);
}

}  // namespace poolscope::frame
