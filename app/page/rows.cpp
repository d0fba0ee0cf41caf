#include "app/page/rows.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace poolscope::page {
namespace {

using nlohmann::json;

std::string list_of(const FieldChanges& fields) {
  std::string text;
  for (const auto& [number, value] : fields) {
    fmt::format_to(std::back_inserter(text), "{}{},{}", text.empty() ? "" : ",", number, value);
  }
  return "[" + text + "]";
}

std::string list_of(const std::vector<Step>& steps) {
  std::string text;
  for (const Step& step : steps) {
    fmt::format_to(std::back_inserter(text), "{}{},{},{}", text.empty() ? "" : ",",
                   step.object.value, step.from, step.to);
  }
  return "[" + text + "]";
}

std::string list_of(const std::vector<Anew>& anew) {
  std::string text;
  for (const Anew& place : anew) {
    std::string objects;
    for (const ObjectId object : place.objects) {
      fmt::format_to(std::back_inserter(objects), "{}{}", objects.empty() ? "" : ",", object.value);
    }
    fmt::format_to(std::back_inserter(text), "{}[{},[{}]]", text.empty() ? "" : ",", place.place,
                   objects);
  }
  return "[" + text + "]";
}

}  // namespace

void Rows::add(const ToldState& state) {
  const Model& model = state.model;
  constexpr std::int64_t kMicro_ns = 1000;
  const std::int64_t time_us = (model.time_ns - origin_.time_ns) / kMicro_ns;
  if (seqs_.empty()) {
    begin_us_ = time_us;
    last_us_ = time_us;
  }
  if (state.event != nullptr) {
    lanes_.add(*state.event, model);
  } else {
    lanes_.begin_part(model);
  }
  const FieldChanges fields = picture_.update(model, state.told);
  const PlaceChanges places = places_.update(model);
  text_ += seqs_.empty() ? "\n[" : ",\n[";
  text_ += std::to_string(time_us - last_us_);
  if (!fields.empty() || !places.steps.empty() || !places.anew.empty()) {
    text_ += "," + list_of(fields);
  }
  if (!places.steps.empty() || !places.anew.empty()) text_ += "," + list_of(places.steps);
  if (!places.anew.empty()) text_ += "," + list_of(places.anew);
  text_ += "]";
  last_us_ = time_us;
  seqs_.push_back(model.seq);
}

std::size_t Rows::row_of(std::uint64_t seq) const {
  const auto after = std::ranges::upper_bound(seqs_, seq);
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - seqs_.begin() - 1, 0));
}

json Rows::numbers() const {
  json list = json::array();
  for (std::size_t i = 0; i < seqs_.size(); ++i) {
    if (i > 0 && seqs_[i] == seqs_[i - 1] + 1) continue;
    list.push_back({i, seqs_[i] - origin_.seq});
  }
  return list;
}

json Rows::lanes() const {
  json list = json::array();
  for (const std::vector<Span>& lane : lanes_.lanes()) {
    json spans = json::array();
    for (const Span& span : lane) {
      spans.push_back(row_of(span.begin_seq));
      spans.push_back(span.open() ? json(-1) : json(row_of(span.end_seq)));
      spans.push_back(static_cast<int>(span.kind));
      spans.push_back(span.object.value);
    }
    list.push_back(std::move(spans));
  }
  return list;
}

json Rows::marks() const {
  json list = json::array();
  for (const Mark& mark : lanes_.marks()) {
    list.push_back({row_of(mark.seq), static_cast<int>(mark.kind), mark.procs});
  }
  return list;
}

}  // namespace poolscope::page
