#include "app/theme/tokens.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace poolscope::theme {
namespace {

constexpr RoleColor one(std::uint32_t hex) { return {Color::rgb(hex), Color::rgb(hex)}; }
constexpr RoleColor two(std::uint32_t fill, std::uint32_t text) {
  return {Color::rgb(fill), Color::rgb(text)};
}

// The meanings' colours are after Okabe and Ito, who chose them so that colour-blind people tell
// them apart. Low text, New and contended are lighter as text: their fills are too dark on
// `raised`.
constexpr Theme kDark = {
    .name = ThemeName::kDark,
    .bg = Color::rgb(0x0D1117),
    .panel = Color::rgb(0x131922),
    .card = Color::rgb(0x1A222D),
    .raised = Color::rgb(0x232D3A),
    .well = Color::rgb(0x10161E),
    .stroke = Color::rgb(0x2A3543),
    .stroke_hi = Color::rgb(0x3B4959),
    .edge = Color::rgb(0x6B7A8E),
    .text_hi = Color::rgb(0xE8EEF4),
    .text_mid = Color::rgb(0xB0BBC7),
    .text_low = Color::rgb(0x94A2B2),
    .ghost = Color::rgb(0x4A5767),
    .on_fill = Color::rgb(0x0B0F14),
    .priv = one(0x56B4E9),
    .shared = one(0xE69F00),
    .hit = two(0x1FBF92, 0x21C396),
    .steal = one(0xF0E442),
    .fresh = one(0xE8EEF4),
    .contended = two(0xEB6A1E, 0xFB924F),
    .victim = two(0xD88BB5, 0xDF9AC0),
    .danger = one(0xFF7B72),
    .user = two(0x4A5767, 0xA3B0BF),
    .code_plain = Color::rgb(0xE8EEF4),
    .code_keyword = Color::rgb(0x7FB7F0),
    .code_literal = Color::rgb(0x8FD3A8),
    .code_comment = Color::rgb(0x94A2B2),
    .laser = Color::rgb(0xFF3B30),
    .laser_core = Color::rgb(0xFFF0EE),
};

constexpr Theme kLight = {
    .name = ThemeName::kLight,
    .bg = Color::rgb(0xE9EDF2),
    .panel = Color::rgb(0xFFFFFF),
    .card = Color::rgb(0xF5F7FA),
    .raised = Color::rgb(0xE6EBF1),
    .well = Color::rgb(0xFFFFFF),
    .stroke = Color::rgb(0xCDD6E0),
    .stroke_hi = Color::rgb(0xA9B6C4),
    .edge = Color::rgb(0x788695),
    .text_hi = Color::rgb(0x10161D),
    .text_mid = Color::rgb(0x37424E),
    .text_low = Color::rgb(0x4D5966),
    .ghost = Color::rgb(0xB4BFCB),
    .on_fill = Color::rgb(0x0B0F14),
    .priv = two(0x56B4E9, 0x0B5F92),
    .shared = two(0xE69F00, 0x7A4F00),
    .hit = two(0x1FBF92, 0x09644A),
    .steal = two(0xE5D51E, 0x625900),
    .fresh = two(0xE6EBF1, 0x10161D),
    .contended = two(0xF0813F, 0x9A3804),
    .victim = two(0xDB93BA, 0x8D3A66),
    .danger = two(0xF2857C, 0xAB2018),
    .user = two(0x9AA7B5, 0x4D5966),
    .code_plain = Color::rgb(0x10161D),
    .code_keyword = Color::rgb(0x1C4FA0),
    .code_literal = Color::rgb(0x0B5F3F),
    .code_comment = Color::rgb(0x4D5966),
    .laser = Color::rgb(0xE8112D),
    .laser_core = Color::rgb(0xFFF0EE),
};

constexpr Theme kContrast = {
    .name = ThemeName::kContrast,
    .bg = Color::rgb(0x000000),
    .panel = Color::rgb(0x000000),
    .card = Color::rgb(0x0A0D12),
    .raised = Color::rgb(0x14191F),
    .well = Color::rgb(0x000000),
    .stroke = Color::rgb(0x6B7A8A),
    .stroke_hi = Color::rgb(0xA8B6C5),
    .edge = Color::rgb(0xA8B6C5),
    .text_hi = Color::rgb(0xFFFFFF),
    .text_mid = Color::rgb(0xE6ECF2),
    .text_low = Color::rgb(0xCBD5DF),
    .ghost = Color::rgb(0x7C8A99),
    .on_fill = Color::rgb(0x000000),
    .priv = one(0x7CC9F5),
    .shared = one(0xFFB627),
    .hit = one(0x3FE0B0),
    .steal = one(0xFFF35C),
    .fresh = one(0xFFFFFF),
    .contended = two(0xFFA366, 0xFFB07A),
    .victim = one(0xF3AFD2),
    .danger = one(0xFF9D95),
    .user = two(0x98A6B4, 0xCBD5DF),
    .code_plain = Color::rgb(0xFFFFFF),
    .code_keyword = Color::rgb(0x9CCBFF),
    .code_literal = Color::rgb(0x9AF0C0),
    .code_comment = Color::rgb(0xCBD5DF),
    .laser = Color::rgb(0xFF453A),
    .laser_core = Color::rgb(0xFFFFFF),
    .unlit = 0.7F,
    .future = 0.5F,
};

double linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Color c) {
  return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

// What the lecture layout's sizes are for: in a window this high they hold at scale 1.
constexpr float kLectureHeight_px = 630;

}  // namespace

Color blend(Color over, Color under) {
  const float alpha = static_cast<float>(over.a) / 255.0F;
  const auto channel = [alpha](std::uint8_t top, std::uint8_t bottom) {
    return static_cast<std::uint8_t>(
        std::lround(static_cast<float>(top) * alpha + static_cast<float>(bottom) * (1 - alpha)));
  };
  return {channel(over.r, under.r), channel(over.g, under.g), channel(over.b, under.b), 255};
}

double contrast_ratio(Color a, Color b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

const Theme& theme_of(ThemeName name) {
  switch (name) {
    case ThemeName::kLight: return kLight;
    case ThemeName::kContrast: return kContrast;
    case ThemeName::kDark: break;
  }
  return kDark;
}

float layout_scale(LayoutKind layout, float window_h_px, float scale, float zoom) {
  if (layout == LayoutKind::kWorkbench) return scale * zoom;
  return std::max(scale, window_h_px / kLectureHeight_px) * zoom;
}

Sizes sizes_of(LayoutKind layout, float window_h_px, float scale, float zoom) {
  const float s = layout_scale(layout, window_h_px, scale, zoom);
  Sizes sizes;
  const auto px = [s](float at_one) { return std::round(at_one * s); };
  sizes.scale = s;
  for (float* size :
       {&sizes.gap,         &sizes.panel_inset,    &sizes.card_inset,    &sizes.radius_panel,
        &sizes.radius_card, &sizes.radius_button,  &sizes.radius_object, &sizes.button_h,
        &sizes.toolbar_h,   &sizes.object,         &sizes.object_gap,    &sizes.badge_h,
        &sizes.code_line_h, &sizes.timeline_row_h, &sizes.timeline_h,    &sizes.processors_h,
        &sizes.inspector_w, &sizes.hairline,       &sizes.outline,       &sizes.halo,
        &sizes.hatch_step,  &sizes.dash,           &sizes.bar_h,         &sizes.dot}) {
    *size = std::max(1.0F, px(*size));
  }
  sizes.scroll_bar = std::round(sizes.scroll_bar * scale);
  if (layout == LayoutKind::kLecture) {
    sizes.gap = px(9);
    sizes.panel_inset = px(12);
    sizes.card_inset = px(10);
    sizes.badge_h = px(24);
  }
  return sizes;
}

}  // namespace poolscope::theme
