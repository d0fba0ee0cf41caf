#include "app/page/drawing.h"

#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/theme/names.h"
#include "app/theme/tokens.h"
#include "app/theme/type.h"
#include "app/views/stage/activity_color.h"
#include "app/views/timeline/bar_look.h"
#include "app/views/widgets/share_bar.h"

namespace poolscope::page {
namespace {

using layout::CardDetail;
using layout::CardLayout;
using layout::Rect;
using nlohmann::json;

// A page has the type and the sizes of the workbench at scale 1: it is read as a text is.
constexpr auto kLayout = theme::LayoutKind::kWorkbench;
constexpr float kNoWindow_px = 0;  // the workbench does not ask how high it is

theme::Sizes sizes() { return theme::sizes_of(kLayout, kNoWindow_px, 1); }

// --- the stage
// -----------------------------------------------------------------------------------------------

constexpr std::array<float, 3> kWidths_px = {1280, 800, 400};

json numbers(const Rect& r) {
  return {std::lround(r.x), std::lround(r.y), std::lround(r.w), std::lround(r.h)};
}

void add(json& card, const char* name, const Rect& rect) {
  if (!rect.empty()) card[name] = numbers(rect);
}

void add_slots(json& card, const char* name, const CardLayout& of, std::size_t slots,
               Rect (CardLayout::*slot)(std::size_t) const) {
  if (slots == 0) return;
  json list = json::array();
  for (std::size_t i = 0; i < slots; ++i) list.push_back(numbers((of.*slot)(i)));
  card[name] = std::move(list);
}

json card_of(const CardLayout& at) {
  json card = {{"index", at.index}, {"frame", numbers(at.frame)}};
  if (at.live) card["live"] = 1;
  if (at.detail == CardDetail::kCompact) return card;
  add(card, "name", at.name);
  add(card, "badge", at.badge);
  add(card, "status", at.status);
  add(card, "gets", at.hits);
  add(card, "handLabel", at.hand_label);
  add(card, "tray", at.tray);
  add(card, "privateLabel", at.private_label);
  add(card, "private", at.private_slot);
  add(card, "lock", at.lock);
  add(card, "sharedLabel", at.shared_label);
  add(card, "ends", at.ends);
  add(card, "victim", at.victim);
  add(card, "victimLabel", at.victim_label);
  add(card, "victimPrivate", at.victim_private);
  add_slots(card, "hand", at, at.hand_slots, &CardLayout::hand_slot);
  add_slots(card, "shared", at, at.shared_slots, &CardLayout::shared_slot);
  add_slots(card, "victimShared", at, at.victim_slots, &CardLayout::victim_slot);
  return card;
}

// The height in which the cards show most, without taking more than a window has.
float height_of(float width, const layout::StageShape& shape, const theme::FontSpecs& fonts) {
  constexpr float kHighest_px = 900;
  for (const CardDetail detail :
       {CardDetail::kRoomy, CardDetail::kFull, CardDetail::kShort, CardDetail::kDense,
        CardDetail::kTall, CardDetail::kNarrow, CardDetail::kMini}) {
    const float height = layout::height_for(detail, width, shape, sizes(), fonts);
    // Cards below each other: a reader scrolls.
    const bool narrow = width <= kWidths_px.back();
    // A little more than the least gives the rows some air.
    constexpr float kAir = 1.1F;
    if (height <= (narrow ? 4 * kHighest_px : kHighest_px)) return kAir * height;
  }
  // Cells: each has room for a name and, under it, for private and shared.
  constexpr float kCell_px = 70.0F * 50.0F;
  const float heading_and_foot = 3 * sizes().badge_h + 2 * sizes().panel_inset;
  return static_cast<float>(std::max(shape.live, shape.places)) * kCell_px / width +
         heading_and_foot;
}

json stage_of(float width, const layout::StageShape& shape) {
  const theme::FontSpecs fonts = theme::font_specs(kLayout, kNoWindow_px, 1);
  const float height = height_of(width, shape, fonts);
  layout::StageLayout stage = layout::stage_layout({0, 0, width, height}, shape, sizes(), fonts);
  // The page has its own heading and foot: only the cards are taken.
  const float up = stage.cards.empty() ? 0 : stage.cards.front().frame.y;
  float bottom = 0;
  for (const CardLayout& card : stage.cards) bottom = std::max(bottom, card.frame.bottom());
  json cards = json::array();
  for (const CardLayout& card : stage.cards) cards.push_back(card_of(card));
  json result = {{"w", std::lround(width)},
                 {"top", std::lround(up)},
                 {"h", std::lround(std::ceil(bottom - up))},
                 {"cards", std::move(cards)}};
  if (stage.detail == CardDetail::kCompact) result["compact"] = 1;
  if (!stage.divider.empty()) result["divider"] = numbers(stage.divider);
  return result;
}

// --- colours
// -------------------------------------------------------------------------------------------------

std::string hex(theme::Color color) {
  return fmt::format("#{:02x}{:02x}{:02x}", color.r, color.g, color.b);
}

class Css {
 public:
  void begin(std::string_view selector) { text_ += fmt::format("{} {{\n", selector); }
  void set(std::string_view name, std::string_view value) {
    text_ += fmt::format("  --{}: {};\n", name, value);
  }
  void set(std::string_view name, theme::Color color) { set(name, hex(color)); }
  void set(std::string_view name, const theme::RoleColor& color) {
    set(name, color.fill);
    set(fmt::format("{}-text", name), color.text);
  }
  void end() { text_ += "}\n"; }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

constexpr std::size_t kActivities = static_cast<std::size_t>(views::Activity::Kind::kLost) + 1;

void define(Css& css, const theme::Theme& theme) {
  css.set("bg", theme.bg);
  css.set("panel", theme.panel);
  css.set("card", theme.card);
  css.set("raised", theme.raised);
  css.set("well", theme.well);
  css.set("stroke", theme.stroke);
  css.set("stroke-hi", theme.stroke_hi);
  css.set("text-hi", theme.text_hi);
  css.set("text-mid", theme.text_mid);
  css.set("text-low", theme.text_low);
  css.set("ghost", theme.ghost);
  css.set("on-fill", theme.on_fill);
  css.set("priv", theme.priv);
  css.set("shared", theme.shared);
  css.set("hit", theme.hit);
  css.set("steal", theme.steal);
  css.set("fresh", theme.fresh);
  css.set("contended", theme.contended);
  css.set("victim", theme.victim);
  css.set("danger", theme.danger);
  css.set("user", theme.user);
  css.set("badge-fill", fmt::format("{}%", std::lround(theme.badge_fill * 100)));
  css.set("badge-border", fmt::format("{}%", std::lround(theme.badge_border * 100)));
  css.set("unlit", fmt::format("{:.2f}", theme.unlit));
  css.set("curtain", fmt::format("{}%", std::lround(theme.curtain * 100)));
  css.set("future", fmt::format("{:.2f}", theme.future));
  for (std::size_t i = 0; i < kActivities; ++i) {
    css.set(fmt::format("does-{}", i),
            views::color_of(theme, static_cast<views::Activity::Kind>(i)));
  }
  for (std::size_t i = 0; i < kSpanKinds; ++i) {
    const views::BarLook look = views::look_of(theme, static_cast<Span::Kind>(i));
    css.set(fmt::format("span-{}", i), look.fill);
    css.set(fmt::format("span-{}-hollow", i), look.hollow ? "1" : "0");
  }
  for (std::size_t i = 0; i < kGetSources; ++i) {
    css.set(fmt::format("gets-{}", i), views::color_of(theme, static_cast<views::GetSource>(i)));
  }
}

}  // namespace

json stages_of(const layout::StageShape& shape) {
  json list = json::array();
  for (const float width : kWidths_px) list.push_back(stage_of(width, shape));
  return list;
}

std::string colors_css() {
  Css css;
  for (const auto name :
       {theme::ThemeName::kDark, theme::ThemeName::kLight, theme::ThemeName::kContrast}) {
    css.begin(fmt::format(":root[data-theme=\"{}\"]", theme::name_of(name)));
    css.set("scheme", name == theme::ThemeName::kLight ? "light" : "dark");
    define(css, theme::theme_of(name));
    css.end();
  }
  // A class for each number that the rows name.
  std::string text = std::move(css).text();
  const auto end = std::back_inserter(text);
  for (std::size_t i = 0; i < kActivities; ++i) {
    fmt::format_to(end, ".does-{0} {{ color: var(--does-{0}); }}\n", i);
  }
  for (std::size_t i = 0; i < kSpanKinds; ++i) {
    fmt::format_to(end, ".span-{0} {{ background: var(--span-{0}); color: var(--span-{0}); }}\n",
                   i);
  }
  for (std::size_t i = 0; i < kGetSources; ++i) {
    fmt::format_to(end, ".gets-{0} {{ background: var(--gets-{0}); }}\n", i);
  }
  return text;
}

std::string sizes_css() {
  Css css;
  const theme::Sizes of = sizes();
  const theme::FontSpecs fonts = theme::font_specs(kLayout, kNoWindow_px, 1);
  const auto px = [&css](std::string_view name, float value) {
    css.set(name, fmt::format("{}px", std::lround(value)));
  };
  css.begin(":root");
  px("gap", of.gap);
  px("inset", of.panel_inset);
  px("radius-panel", of.radius_panel);
  px("radius-card", of.radius_card);
  px("radius-button", of.radius_button);
  px("radius-object", of.radius_object);
  px("button-h", of.button_h);
  px("badge-h", of.badge_h);
  px("object", of.object);
  px("row-h", of.timeline_row_h);
  px("outline", of.outline);
  px("type-micro", spec_of(fonts, theme::FontRole::kMicro).size_px);
  px("type-small", spec_of(fonts, theme::FontRole::kSmall).size_px);
  px("type-body", spec_of(fonts, theme::FontRole::kBody).size_px);
  px("type-title", spec_of(fonts, theme::FontRole::kTitle).size_px);
  px("type-sentence", spec_of(fonts, theme::FontRole::kSentence).size_px);
  css.set("flight", fmt::format("{}ms", theme::kFlight_ns / 1'000'000));
  css.set("fall", fmt::format("{}ms", theme::kCurtain_ns / 1'000'000));
  css.end();
  return std::move(css).text();
}

}  // namespace poolscope::page
