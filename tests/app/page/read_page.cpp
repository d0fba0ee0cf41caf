#include "tests/app/page/read_page.h"

#include <algorithm>
#include <stdexcept>

#include "app/page/places.h"

namespace poolscope::testing {

using nlohmann::json;

std::string script_of(const std::string& html, const std::string& id) {
  const std::size_t name = html.find("id=\"" + id + "\">");
  if (name == std::string::npos) throw std::runtime_error("no script " + id);
  const std::size_t begin = html.find('>', name) + 1;
  return html.substr(begin, html.find("</script>", begin) - begin);
}

ReadPage::ReadPage(const std::string& html)
    : data_(json::parse(script_of(html, "data"))), rows_(json::parse(script_of(html, "rows"))) {
  time_us_ = data_.at("begin");
  for (const auto& start : data_.at("numbers")) starts_[start[0]] = start[1];
  for (std::size_t i = 0; i < data_.at("fields").size(); ++i) {
    const json& field = data_["fields"][i];
    fields_[{field[0].get<int>(), field[1].get<std::uint64_t>()}] = i;
  }
  values_.resize(data_["fields"].size());
  lists_.resize(data_.at("places").size() + 1);
}

void ReadPage::next() {
  const json& row = rows_.at(applied_);
  const auto start = starts_.find(applied_);
  seq_ = start == starts_.end() ? seq_ + 1 : start->second;
  time_us_ += row[0].get<std::int64_t>();
  ++applied_;
  if (row.size() > 1) {
    for (std::size_t i = 0; i < row[1].size(); i += 2) values_.at(row[1][i]) = row[1][i + 1];
  }
  if (row.size() > 2) {
    for (std::size_t i = 0; i < row[2].size(); i += 3) {
      const std::uint32_t object = row[2][i];
      std::vector<std::uint32_t>& from = lists_.at(row[2][i + 1]);
      if (row[2][i + 1] != 0) {
        const auto at = std::ranges::find(from, object);
        if (at == from.end())
          throw std::runtime_error("an object leaves a place that it is not in");
        from.erase(at);
      }
      if (row[2][i + 2] != 0) lists_.at(row[2][i + 2]).push_back(object);
    }
  }
  if (row.size() > 3) {
    for (const json& anew : row[3]) lists_.at(anew[0]) = anew[1].get<std::vector<std::uint32_t>>();
  }
}

std::uint64_t ReadPage::value(page::What what, std::uint64_t index) const {
  const auto field = fields_.find({static_cast<int>(what), index});
  return field == fields_.end() ? 0 : values_[field->second];
}

PlacedObjects ReadPage::placed() const {
  PlacedObjects placed;
  for (std::size_t i = 1; i < lists_.size(); ++i) {
    if (lists_[i].empty()) continue;
    const json& spot = data_["places"][i - 1];
    const auto number = [&](std::size_t at) {
      return std::to_string(spot[at].get<std::uint32_t>());
    };
    std::string name;
    switch (static_cast<page::Spot::Kind>(spot[0].get<int>())) {
      case page::Spot::Kind::kPrivate:
        name = "array " + number(2) + " [" + number(3) + "] private";
        break;
      case page::Spot::Kind::kShared:
        name = "array " + number(2) + " [" + number(3) + "] shared";
        break;
      case page::Spot::Kind::kOrphans: name = "array " + number(2) + " orphans"; break;
      case page::Spot::Kind::kHand: name = "G" + number(1) + " hand"; break;
      case page::Spot::Kind::kFlight: name = "G" + number(1) + " flight"; break;
      case page::Spot::Kind::kOutside: name = "outside"; break;
    }
    placed[name] = lists_[i];
  }
  return placed;
}

std::string ReadPage::text(std::uint64_t number, std::size_t language) const {
  if (number == 0) return "";
  const json& entry = data_["texts"].at(number - 1);
  const json& parts = data_["patterns"].at(entry[0].get<std::size_t>()).at(language);
  std::string said;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    said += i % 2 == 0
                ? parts[i].get<std::string>()
                : std::to_string(entry.at(parts[i].get<std::size_t>() + 1).get<std::uint64_t>());
  }
  return said;
}

}  // namespace poolscope::testing
