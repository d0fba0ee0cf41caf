#include "app/page/page.h"

#include <algorithm>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/page/drawing.h"
#include "app/page/labels.h"
#include "app/page/languages.h"
#include "app/page/picture.h"
#include "app/page/rows.h"
#include "app/page/text_table.h"
#include "app/page/told_walk.h"
#include "assets/embedded.h"
#include "core/model/words.h"

namespace poolscope::page {
namespace {

using nlohmann::json;

/// As a JSON text that a <script> may hold: no "<" begins a tag in it.
std::string dumped(const json& data) {
  std::string text;
  for (const char c : data.dump(-1, ' ', false, json::error_handler_t::replace)) {
    if (c == '<') {
      text += "\\u003c";
    } else {
      text += c;
    }
  }
  return text;
}

/// What only this page's own script and style have: a text of the session cannot guess it.
std::string nonce() {
  std::random_device random;
  std::string text;
  for (int i = 0; i < 4; ++i) text += fmt::format("{:08x}", random());
  return text;
}

json markers_of(const Reader& reader, const Rows& rows, const Stretch& stretch) {
  json list = json::array();
  for (const Marker& marker : reader.markers()) {
    if (marker.seq < stretch.first || marker.seq > stretch.last) continue;
    list.push_back(
        {{"row", rows.row_of(marker.seq)}, {"title", marker.title}, {"note", marker.note}});
  }
  return list;
}

json pools_of(const Reader& reader, std::size_t pools) {
  json list = json::array();
  for (std::size_t i = 0; i < pools; ++i) {
    list.push_back(pool_name(PoolId{static_cast<std::uint16_t>(i)}));
  }
  for (const Name& name : reader.names()) {
    if (name.of == Name::Of::kPool && name.id < pools) list[name.id] = name.text;
  }
  return list;
}

std::string script() {
  std::string text;
  for (const std::string_view file : {"state", "words", "stage", "foot", "timeline", "player"}) {
    text += embedded_text(fmt::format("assets/page/{}.js", file));
  }
  return text;
}

/// `page` with each {{name}} replaced.
std::string filled(std::string_view page,
                   const std::vector<std::pair<std::string, std::string>>& values) {
  std::string text;
  while (!page.empty()) {
    const std::size_t at = page.find("{{");
    text += page.substr(0, at);
    if (at == std::string_view::npos) break;
    const std::size_t end = page.find("}}", at);
    const std::string_view name = page.substr(at + 2, end - at - 2);
    for (const auto& [known, value] : values) {
      if (known == name) text += value;
    }
    page.remove_prefix(end + 2);
  }
  return text;
}

}  // namespace

Expected<void> export_page(Reader& reader, const PageOptions& options, std::ostream& out) {
  const Stretch& stretch = options.stretch;
  if (stretch.last - stretch.first > kMostEvents) {
    const std::uint64_t first = stretch.first - reader.origin().seq + 1;
    return bad_input(fmt::format(
        "{}: a page holds {} events, there are {}: choose a stretch, such as --from '#{}' --until "
        "'#{}'",
        reader.path().string(), kMostEvents, stretch.last - stretch.first, first,
        first + kMostEvents - 1));
  }
  const Languages languages(options.catalogues);
  if (languages.missing()) options.notice(*languages.missing());
  TextTable texts;
  Picture picture(languages, texts);
  Rows rows(picture, reader.origin());
  std::size_t pools = 0;
  auto walked = each_told(reader, stretch, [&](const ToldState& state) {
    rows.add(state);
    pools = std::max(pools, state.model.pools.size());
  });
  if (!walked) return walked;

  json stages = json::array();
  for (const layout::StageShape& shape : picture.shapes()) stages.push_back(stages_of(shape));
  json codes = json::array();
  for (const locale::Language language : languages.all()) {
    codes.push_back(locale::code_of(language));
  }
  json data = {{"name", reader.path().filename().string()},
               {"languages", std::move(codes)},
               {"language", locale::code_of(options.language)},
               {"begin", rows.begin_us()},
               {"numbers", rows.numbers()},
               {"pools", pools_of(reader, pools)},
               {"places", rows.places().spots()},
               {"fields", picture.fields()},
               {"activities", picture.activities()},
               {"locks", picture.locks()},
               {"stages", std::move(stages)},
               {"lanes", rows.lanes()},
               {"marks", rows.marks()},
               {"markers", markers_of(reader, rows, stretch)},
               {"labels", labels(languages, texts, reader.config().details.hands)}};
  // The labels are texts too: these come last.
  data["patterns"] = texts.patterns();
  data["texts"] = texts.texts();
  out << filled(embedded_text("assets/page/page.html"),
                {{"nonce", nonce()},
                 {"colors", sizes_css() + colors_css()},
                 {"style", std::string(embedded_text("assets/page/page.css"))},
                 {"data", dumped(data)},
                 {"rows", rows.rows()},
                 {"script", script()}});
  return {};
}

}  // namespace poolscope::page
