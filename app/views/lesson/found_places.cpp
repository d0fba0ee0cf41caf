#include "app/views/lesson/found_places.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <optional>

#include "app/locale/translate.h"
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

}  // namespace

std::vector<FoundPlace> found_places(const ViewInput& input, std::string_view searched) {
  std::vector<FoundPlace> found;
  const std::string text = plain(searched);
  const SessionStatus& session = input.session;
  const bool numbered = text.starts_with('#');
  const bool goroutine = text.starts_with('g');
  const auto number =
      number_in<std::uint64_t>(std::string_view(text).substr(numbered || goroutine ? 1 : 0));
  if (number && !goroutine && *number >= 1 && *number <= input.model.totals.created) {
    const ObjectId object{static_cast<std::uint32_t>(*number)};
    FoundPlace place{"found.object", trf("Object {0}: its life", name_of(object)), {}};
    if (input.state.followed_object != object) place.go.emplace_back(intents::FollowObject{object});
    place.go.emplace_back(intents::SelectTab{intents::Tab::kObject});
    found.push_back(std::move(place));
  }
  if (number && !numbered && *number < GId::none().value &&
      input.model.gs.find(GId{static_cast<std::uint32_t>(*number)}) != nullptr) {
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
  return found;
}

void draw_found_places(Painter& painter, Rect& in, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const std::vector<FoundPlace> found = found_places(input, input.state.lessons_search);
  if (found.empty()) return;
  const theme::Theme& theme = painter.theme();
  const float line = std::ceil(painter.size_of(FontRole::kBody) * 1.7F);
  const FoundPlace* chosen = nullptr;
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
  if (chosen == nullptr) return;
  asked.insert(asked.end(), chosen->go.begin(), chosen->go.end());
  asked.emplace_back(intents::ToggleLessons{});
}

}  // namespace poolscope::views
