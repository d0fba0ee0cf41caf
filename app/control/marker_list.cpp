#include "app/control/marker_list.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "core/base/overloaded.h"
#include "core/base/utf8.h"

namespace poolscope {
namespace {

bool is_before(Position a, Position b) {
  return std::tie(a.time_ns, a.seq) < std::tie(b.time_ns, b.seq);
}

Position listed_place(const ListedMarker& listed) { return place_of(listed.marker); }

/// `text` on one line, without half a letter at its end.
std::string shown(const std::string& stored, std::size_t most_bytes) {
  std::string text(whole_letters(stored, most_bytes));
  for (char& c : text) {
    if (std::iscntrl(static_cast<unsigned char>(c)) != 0) c = ' ';
  }
  return text;
}

ListedMarker listed(std::uint32_t id, Marker marker) {
  std::string title = shown(marker.title, kMarkerTitleBytes);
  std::string note = shown(marker.note, kMarkerNoteBytes);
  return {id, std::move(marker), std::move(title), std::move(note)};
}

}  // namespace

MarkerList::MarkerList(std::vector<Marker> markers) {
  ListedMarkers all;
  for (Marker& marker : markers) all.push_back(listed(next_id_++, std::move(marker)));
  all_ = sorted(std::move(all));
}

MarkerList::All MarkerList::sorted(ListedMarkers markers) {
  std::ranges::stable_sort(markers, is_before, listed_place);
  return std::make_shared<const ListedMarkers>(std::move(markers));
}

void MarkerList::keep_for_undo(const intents::ChangeMarkers& wanted) {
  std::optional<Typed> typed;
  if (const auto* edit = std::get_if<intents::EditMarker>(&wanted)) {
    typed = Typed{edit->id, edit->title.has_value()};
  }
  if (typed && typed == typed_) return;
  typed_ = typed;
  before_.push_back(all_);
  if (before_.size() > kMostUndone) before_.pop_front();
}

std::vector<Marker> MarkerList::stored() const {
  std::vector<Marker> markers;
  std::ranges::transform(*all_, std::back_inserter(markers), &ListedMarker::marker);
  return markers;
}

void MarkerList::undo() {
  typed_.reset();
  if (before_.empty()) return;
  all_ = std::move(before_.back());
  before_.pop_back();
}

std::optional<Marker> MarkerList::change(const intents::ChangeMarkers& wanted, Position now) {
  if (std::holds_alternative<intents::UndoMarkers>(wanted)) {
    undo();
    return std::nullopt;
  }
  ListedMarkers markers = *all_;
  std::optional<Marker> added;
  std::visit(Overloaded{
                 [&](const intents::AddMarker& i) {
                   added = Marker{.seq = now.seq,
                                  .time_ns = now.time_ns,
                                  .followed = i.followed,
                                  .followed_object = i.followed_object,
                                  .layout = i.layout,
                                  .tab = i.tab,
                                  .speed = i.speed};
                   markers.push_back(listed(next_id_++, *added));
                 },
                 [&](const intents::EditMarker& i) {
                   const auto found = std::ranges::find(markers, i.id, &ListedMarker::id);
                   if (found == markers.end()) return;
                   Marker edited = found->marker;
                   if (i.title) edited.title = *i.title;
                   if (i.note) edited.note = *i.note;
                   *found = listed(i.id, std::move(edited));
                 },
                 [&](const intents::RemoveMarker& i) {
                   std::erase_if(markers, [&](const ListedMarker& m) { return m.id == i.id; });
                 },
                 [](const intents::UndoMarkers&) {},
             },
             wanted);
  if (markers == *all_) return added;
  keep_for_undo(wanted);
  all_ = sorted(std::move(markers));
  return added;
}

std::optional<std::size_t> MarkerList::after(Position place) const {
  const auto found = std::ranges::upper_bound(*all_, place, is_before, listed_place);
  if (found == all_->end()) return std::nullopt;
  return static_cast<std::size_t>(found - all_->begin());
}

std::optional<std::size_t> MarkerList::before(Position place) const {
  const auto found = std::ranges::lower_bound(*all_, place, is_before, listed_place);
  if (found == all_->begin()) return std::nullopt;
  return static_cast<std::size_t>(found - all_->begin()) - 1;
}

std::optional<std::size_t> MarkerList::at(Position place) const {
  const auto behind = std::ranges::upper_bound(*all_, place, is_before, listed_place);
  if (behind == all_->begin() || listed_place(*(behind - 1)) != place) return std::nullopt;
  return static_cast<std::size_t>(behind - all_->begin()) - 1;
}

void MarkerTour::arrive(std::size_t number, Position place) {
  arrived_ = Arrived{(*list_.all())[number].id, place};
}

std::optional<std::size_t> MarkerTour::seen_at(Position place) const {
  if (arrived_ && arrived_->place == place) {
    const auto found = std::ranges::find(*list_.all(), arrived_->id, &ListedMarker::id);
    if (found != list_.all()->end()) return static_cast<std::size_t>(found - list_.all()->begin());
  }
  return list_.at(place);
}

std::optional<std::size_t> MarkerTour::meant(const intents::GoToMarker& wanted,
                                             Position place) const {
  const std::size_t count = list_.all()->size();
  const auto seen = seen_at(place);
  return std::visit(Overloaded{
                        [&](const intents::ShowMarker& i) {
                          return i.number < count ? std::optional(i.number) : std::nullopt;
                        },
                        [&](const intents::MarkerForward&) {
                          if (!seen) return list_.after(place);
                          return *seen + 1 < count ? std::optional(*seen + 1) : std::nullopt;
                        },
                        [&](const intents::MarkerBack&) {
                          if (!seen) return list_.before(place);
                          return *seen > 0 ? std::optional(*seen - 1) : std::nullopt;
                        },
                    },
                    wanted);
}

const char* no_marker_text(const intents::GoToMarker& wanted) {
  return std::holds_alternative<intents::MarkerBack>(wanted) ? "There is no marker before this"
                                                             : "There is no marker after this";
}

}  // namespace poolscope
