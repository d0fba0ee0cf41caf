#pragma once

// The tokens: every colour, size and duration of the picture. They are written here and in
// tokens.cpp and nowhere else; a view asks for a role ("held lock"), never for a value.
//
// Thread safety: values and constant tables.
// Invariants: every text colour reaches 4.5 : 1 (7 : 1 in high contrast) on every surface that text
// of that colour stands on; tests/app/theme computes it.

#include <cstdint>

namespace poolscope::theme {

enum class ThemeName : std::uint8_t { kDark, kLight, kContrast };

/// What stands where: toolbar, cards, one lower panel, large type (lecture), or all panels at once.
enum class LayoutKind : std::uint8_t { kLecture, kWorkbench };

struct Color {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;

  /// 0xRRGGBB.
  static constexpr Color rgb(std::uint32_t hex) {
    return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8),
            static_cast<std::uint8_t>(hex)};
  }
  /// The same colour, `opacity` (0 .. 1) times as opaque.
  [[nodiscard]] constexpr Color faded(float opacity) const {
    const int twice = static_cast<int>(2.0F * static_cast<float>(a) * opacity);
    return {r, g, b, static_cast<std::uint8_t>((twice + 1) / 2)};
  }
  bool operator==(const Color&) const = default;
};

/// `over` (its alpha counts) laid over the opaque `under`; opaque.
Color blend(Color over, Color under);

/// What is drawn where nothing is to be seen.
inline constexpr Color kBlack = Color::rgb(0x000000);

/// Contrast of two opaque colours as WCAG defines it, 1 .. 21.
double contrast_ratio(Color a, Color b);

/// One meaning's colour. `fill` is for tiles, bars and borders, with Theme::on_fill written on it;
/// `text` is the same hue where it has to be read on a surface.
struct RoleColor {
  Color fill;
  Color text;
};

struct Theme {
  ThemeName name = ThemeName::kDark;

  // Surfaces, from the back to the front.
  Color bg;
  Color panel;
  Color card;
  Color raised;  // buttons, the current row, tiles without a role
  Color well;    // what is let into a card: the tray, code, a strip
  Color stroke;
  Color stroke_hi;
  Color edge;  // of what a number stands in: seen on every surface

  // Text on those.
  Color text_hi;
  Color text_mid;
  Color text_low;
  Color ghost;    // decoration only: empty slots, rulers, hatching
  Color on_fill;  // on any RoleColor::fill

  // Meanings. Each has a second cue besides its colour, see the panels that use it.
  RoleColor priv;       // private, selection, primary action
  RoleColor shared;     // shared, a held lock
  RoleColor hit;        // a Get answered without New; a running goroutine
  RoleColor steal;      // a steal, the current line
  RoleColor fresh;      // New(): no hue of its own, an outline and a plus
  RoleColor contended;  // a contended lock, recording
  RoleColor victim;     // victim, GC
  RoleColor danger;     // a divergence
  RoleColor user;       // the user's own code between two operations

  // Source code.
  Color code_plain;
  Color code_keyword;
  Color code_literal;
  Color code_comment;

  // The spot with which a lecturer points, and what makes it stand out.
  Color laser;
  Color laser_core;

  // Opacities.
  float badge_fill = 0.16F;
  float badge_border = 0.55F;
  float unlit = 0.55F;      // what is not followed
  float future = 0.35F;     // the timeline right of the playhead
  float hatch = 0.5F;       // hatching, of Theme::ghost
  float curtain = 0.30F;    // the GC's curtain, of victim
  float open_slot = 0.75F;  // the dashes of an open place, of its meaning's text
};

const Theme& theme_of(ThemeName name);

/// Sizes in px at scale 1, or times a scale.
struct Sizes {
  float scale = 1.0F;
  float gap = 12;
  float panel_inset = 16;
  float card_inset = 12;
  float radius_panel = 10;
  float radius_card = 9;
  float radius_button = 7;
  float radius_object = 5;
  float button_h = 36;
  float toolbar_h = 56;
  float object = 28;  // height of an object's tile, and its least width
  float object_gap = 5;
  float badge_h = 22;
  float code_line_h = 22;
  float timeline_row_h = 14;
  float timeline_h = 196;    // workbench
  float processors_h = 434;  // workbench
  float inspector_w = 404;   // workbench
  float hairline = 1;
  float outline = 2;  // selection, routes
  float halo = 6;     // under a route
  float hatch_step = 6;
  float dash = 4;
  float bar_h = 4;  // thin shares under a card
  float dot = 8;
  float scroll_bar = 12;  // its thickness; the viewer's zoom leaves it as it is

  bool operator==(const Sizes&) const = default;
};

/// The factor of all sizes: the display's content `scale`, or more where the lecture layout grows
/// with its window, times the viewer's `zoom`.
float layout_scale(LayoutKind layout, float window_h_px, float scale, float zoom = 1);

/// Sizes for a layout in a window of that height. The lecture layout grows with the window, so that
/// its smallest type stays 1/45 of the height at zoom 1.
Sizes sizes_of(LayoutKind layout, float window_h_px, float scale, float zoom = 1);

// Distances and widths in px at scale 1, from the smallest to the largest.
namespace space {
inline constexpr float kHair = 1;
inline constexpr float kThin = 2;
inline constexpr float kFine = 3;
inline constexpr float kTight = 4;
inline constexpr float kSnug = 5;
inline constexpr float kNear = 6;
inline constexpr float kClose = 8;
inline constexpr float kLoose = 10;
inline constexpr float kWide = 12;
inline constexpr float kApart = 16;
inline constexpr float kFar = 20;
inline constexpr float kSwitchWord = 9;     // at each side of a word of a switch
inline constexpr float kRulerLabels = 7;    // the least between two labels of the timeline's ruler
inline constexpr float kRoundBar = 7;       // a narrower bar of the timeline has no round corners
inline constexpr float kBarSign = 11;       // the highest sign in a bar of the timeline
inline constexpr float kPlayheadPill = 14;  // what the playhead's pill adds to its text
inline constexpr float kLeastTicks = 96;    // the least between two ticks of the timeline
inline constexpr float kPill = 24;          // what a badge adds to its text and dot
inline constexpr float kButton = 28;        // what a button adds to its text and sign
inline constexpr float kLeastRule = 60;     // the two lines beside a dividing text
inline constexpr float kLeastBar = 120;     // a bar shorter than that says nothing
inline constexpr float kPlacesBar = 160;    // the bar of all places of an array
inline constexpr float kLaserCore = 3;      // radii of the lecturer's spot
inline constexpr float kLaserSpot = 7;
inline constexpr float kLaserGlow = 15;
inline constexpr float kTooltipWidth = 360;
inline constexpr float kHelpWidth = 900;
inline constexpr float kExplainedWidth = 860;
inline constexpr float kLeastExplainedWidth = 560;
inline constexpr float kWorkloadWidth = 980;
inline constexpr float kKindName = 190;     // of a kind of file, where what it is for begins
inline constexpr float kPoolsWidth = 1180;  // of the list of pools, where there is so much room
inline constexpr float kLeastPools = 420;   // the least width of the list of pools
inline constexpr float kPoolName = 260;     // of the shown pool's, in the stage's heading
inline constexpr float kFlagWords = 120;    // of a marker's title beside its flag
inline constexpr float kFirstChoice = 200;  // the least width of a choice of the first start
inline constexpr float kFileWidth = 470;    // the least width of a file that may be opened
inline constexpr float kFilePicture = 160;  // of its small picture
inline constexpr float kFilePictureHeight = 90;
inline constexpr float kPicturedStage = 640;  // of the stage that is drawn small there
}  // namespace space

// Durations of motion, in ns of the time that the picture shows.
inline constexpr std::int64_t kFlight_ns = 600'000'000;          // an object between two places
inline constexpr std::int64_t kFlightShortest_ns = 120'000'000;  // the same at high speed
inline constexpr std::int64_t kLegLeast_ns = 250'000'000;        // one that another follows at once
inline constexpr std::int64_t kCurtain_ns = 600'000'000;         // the GC's curtain
inline constexpr std::int64_t kSlide_ns = 600'000'000;           // a dropped array to its shelf
inline constexpr std::int64_t kLineMoves_ns = 900'000'000;       // a cache line between two cores
inline constexpr std::int64_t kUntouched_ns = 2'000'000'000;     // "in use: untouched" after a GC
inline constexpr std::int64_t kLossStands_ns = 4'000'000'000;    // what was lost, on its shelf
inline constexpr std::int64_t kRobbed_ns = 1'500'000'000;        // "robbed by P2" stays

}  // namespace poolscope::theme
