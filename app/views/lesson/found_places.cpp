#include "app/views/lesson/found_places.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/words/search_words.h"
#include "app/views/words/words.h"
#include "core/base/number.h"

namespace poolscope::views {
namespace {

using locale::trf;

/// None where it is below zero, too.
std::optional<double> decimal_of(std::string_view text) {
  const auto n = number_in<double>(text);
  return n && *n >= 0 ? n : std::nullopt;
}

/// ns; nothing where `text` is no time.
std::optional<std::int64_t> time_of(std::string_view text) {
  constexpr double kLongest_s = 1e9;
  double seconds = 0;
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    const auto minutes = number_in<std::uint64_t>(text.substr(0, colon));
    const auto rest = decimal_of(text.substr(colon + 1));
    if (!minutes || !rest) return std::nullopt;
    seconds = static_cast<double>(*minutes) * 60 + *rest;
  } else {
    const bool milli = text.ends_with("ms");
    if (!text.ends_with("s")) return std::nullopt;
    text.remove_suffix(milli ? 2 : 1);
    const auto n = decimal_of(text);
    if (!n) return std::nullopt;
    seconds = milli ? *n / 1e3 : *n;
  }
  if (seconds > kLongest_s) return std::nullopt;
  return static_cast<std::int64_t>(seconds * 1e9);
}

/// Without spaces, letters small.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ') out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

/// Objects that the session has made: those of the model, which stands at one moment of it, and all
/// that were counted.
std::uint64_t objects_of(const ViewInput& input) {
  std::uint64_t made = 0;
  if (input.statistics != nullptr) {
    for (const Tally& tally : input.statistics->stretches()) {
      made += tally.made_by_new + tally.made_by_user;
    }
  }
  return std::max(made, input.model.totals.created);
}

void find_markers(const ViewInput& input, std::string_view searched,
                  std::vector<FoundPlace>& found) {
  constexpr std::size_t kMostMarkers = 5;
  const std::string words = folded(std::string(searched));
  if (plain(words).empty()) return;
  const ListedMarkers& markers = *input.session.markers;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < markers.size() && shown < kMostMarkers; ++i) {
    const std::string& title = markers[i].title.empty() ? markers[i].note : markers[i].title;
    if (!has_words(folded(markers[i].title + " " + markers[i].note), words)) continue;
    ++shown;
    found.push_back({fmt::format("found.marker.{}", i + 1),
                     trf("Marker {0}: {1}", count_text(i + 1), title),
                     {intents::ShowMarker{i}}});
  }
}

}  // namespace

std::vector<FoundPlace> found_places(const ViewInput& input, std::string_view searched) {
  std::vector<FoundPlace> found;
  const std::string text = plain(searched);
  const SessionStatus& session = input.session;
  const bool numbered = text.starts_with('#');
  const bool goroutine = text.starts_with('g');
  const auto number =
      number_in<std::uint64_t>(std::string_view(text).substr(numbered || goroutine ? 1 : 0));
  if (number && !goroutine && *number >= 1 && *number <= objects_of(input)) {
    const ObjectId object{static_cast<std::uint32_t>(*number)};
    FoundPlace place{"found.object", trf("Object {0}: its life", name_of(object)), {}};
    if (input.state.followed_object != object) place.go.emplace_back(intents::FollowObject{object});
    place.go.emplace_back(intents::SelectTab{intents::Tab::kObject});
    found.push_back(std::move(place));
  }
  const auto is_there = [&](GId g) {
    return g.value < input.model.config.workers || input.model.gs.find(g) != nullptr;
  };
  if (number && !numbered && *number < GId::none().value &&
      is_there(GId{static_cast<std::uint32_t>(*number)})) {
    const GId g{static_cast<std::uint32_t>(*number)};
    FoundPlace place{"found.goroutine", trf("Follow goroutine {0}", name_of(g)), {}};
    if (input.state.followed != g) place.go.emplace_back(intents::FollowGoroutine{g});
    found.push_back(std::move(place));
  }
  const std::uint64_t events = session.last.seq - session.origin.seq;
  if (number && !goroutine && session.can.can_seek && *number >= 1 && *number <= events &&
      session.origin.seq + *number >= session.first.seq) {
    found.push_back({"found.event",
                     trf("Event #{0}", count_text(*number)),
                     {intents::SeekSeq{session.origin.seq + *number}}});
  }
  const auto time_ns = time_of(text);
  if (time_ns && session.can.can_seek &&
      session.origin.time_ns + *time_ns >= session.first.time_ns &&
      session.origin.time_ns + *time_ns <= session.last.time_ns) {
    found.push_back({"found.moment",
                     trf("The moment {0}", clock_text(*time_ns)),
                     {intents::SeekTime{session.origin.time_ns + *time_ns}}});
  }
  find_markers(input, searched, found);
  return found;
}

bool draw_found_places(Painter& painter, Rect& in, bool entered, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const std::vector<FoundPlace> found = found_places(input, input.state.lessons_search);
  if (found.empty()) return false;
  const theme::Theme& theme = painter.theme();
  const float line = std::ceil(painter.size_of(FontRole::kBody) * 1.7F);
  const FoundPlace* chosen = entered ? &found.front() : nullptr;
  for (const FoundPlace& place : found) {
    if (in.h < line) break;
    Rect at = in.cut_top(line);
    const Painter::Touch touch = painter.touch(place.label, at);
    if (touch.hovered) painter.fill(at, theme.raised, painter.sizes().radius_object);
    if (touch.clicked) chosen = &place;
    at.cut_left(painter.px(theme::space::kClose));
    painter.text_in(at, FontRole::kBody, theme.text_hi, place.text);
  }
  in.cut_top(painter.sizes().gap);
  if (chosen == nullptr) return true;
  asked.insert(asked.end(), chosen->go.begin(), chosen->go.end());
  asked.emplace_back(intents::ToggleLessons{});
  return true;
}

}  // namespace poolscope::views
