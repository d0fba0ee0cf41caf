#include "app/platform/offscreen.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include <fontconfig/fontconfig.h>
#include <gtest/gtest.h>
#include <stb_image.h>

#include "app/gui/imgui_versions.h"
#include "app/platform/fonts.h"
#include "app/platform/utf8.h"

namespace poolscope::platform {
namespace {

constexpr ClearColour kRed{.red = 1, .green = 0, .blue = 0};

std::array<int, 3> pixel(const Picture& picture, int x, int y) {
  const auto at = std::size_t{3} * static_cast<std::size_t>(y * picture.width_px + x);
  return {picture.rgb[at], picture.rgb[at + 1], picture.rgb[at + 2]};
}

std::unique_ptr<Offscreen> canvas(int width_px, int height_px) {
  auto opened = Offscreen::open(width_px, height_px);
  EXPECT_TRUE(opened) << opened.error().message;
  return std::move(opened.value());
}

TEST(OffscreenDrawing, NeedsNoWindowAndPutsTheFirstRowOnTop) {
  const auto offscreen = canvas(64, 32);
  offscreen->begin_frame(0.1F);
  ImGui::GetBackgroundDrawList()->AddRectFilled({0, 0}, {64, 8}, IM_COL32(0, 0, 255, 255));
  const Picture picture = offscreen->end_frame(kRed);
  EXPECT_EQ(picture.width_px, 64);
  EXPECT_EQ(picture.height_px, 32);
  EXPECT_EQ(pixel(picture, 30, 3), (std::array<int, 3>{0, 0, 255}));
  EXPECT_EQ(pixel(picture, 30, 20), (std::array<int, 3>{255, 0, 0}));
}

TEST(OffscreenDrawing, APictureSurvivesItsPng) {
  const auto offscreen = canvas(33, 17);  // rows that are no multiple of four bytes
  offscreen->begin_frame(0.1F);
  ImGui::GetBackgroundDrawList()->AddLine({0, 0}, {33, 17}, IM_COL32(9, 99, 199, 255), 3);
  const Picture picture = offscreen->end_frame(kRed);
  const std::string png = encode_png(picture);
  int width = 0;
  int height = 0;
  int channels = 0;
  stbi_uc* pixels =
      stbi_load_from_memory(reinterpret_cast<const stbi_uc*>(png.data()),
                            static_cast<int>(png.size()), &width, &height, &channels, 3);
  ASSERT_NE(pixels, nullptr);
  const Picture again{
      width, height,
      std::vector<std::uint8_t>(pixels, pixels + std::ptrdiff_t{3} * width * height)};
  stbi_image_free(pixels);
  EXPECT_EQ(again, picture);
}

TEST(OffscreenDrawing, ASizeBeyondTheDriversLimitIsOneLine) {
  const auto opened = Offscreen::open(1'000'000, 10);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Error::Kind::kBadInput);
}

TEST(Fonts, AFamilyThatIsNotInstalledIsNotFoundThoughFontconfigAnswers) {
  EXPECT_FALSE(find_family("No Such Family At All", FC_WEIGHT_REGULAR));
}

class BuiltFonts : public ::testing::Test {
 protected:
  BuiltFonts() : fonts_(find_fonts()), offscreen_(canvas(kWidth, kHeight)) {
    fonts_.request(theme::font_specs(theme::LayoutKind::kWorkbench, 900, 1));
  }
  [[nodiscard]] ImFont& body() const {
    return *fonts_.fonts()[static_cast<std::size_t>(theme::FontRole::kBody)];
  }
  [[nodiscard]] float width_of(const char* text) const {
    return body().CalcTextSizeA(gui::size_of(body()), 1e9F, 0, text).x;
  }
  /// White text on red at (kLeft, kTop), nothing else.
  Picture picture_of(const char* text) const {
    offscreen_->begin_frame(0.1F);
    ImGui::GetBackgroundDrawList()->AddText(&body(), gui::size_of(body()), {kLeft, kTop},
                                            IM_COL32_WHITE, text);
    return offscreen_->end_frame(kRed);
  }

  static constexpr int kWidth = 400;
  static constexpr int kHeight = 200;
  static constexpr float kLeft = 20;
  static constexpr float kTop = 40;
  Fonts fonts_;  // outlives the ImGui context
  std::unique_ptr<Offscreen> offscreen_;
};

/// The first row of the picture that has something drawn in it, and the row after the last.
std::pair<int, int> rows_drawn(const Picture& picture) {
  std::pair<int, int> rows{picture.height_px, 0};
  for (int y = 0; y < picture.height_px; ++y) {
    for (int x = 0; x < picture.width_px; ++x) {
      if (pixel(picture, x, y) == std::array<int, 3>{255, 0, 0}) continue;
      rows.first = std::min(rows.first, y);
      rows.second = y + 1;
    }
  }
  return rows;
}

TEST_F(BuiltFonts, HaveTheSizesOfTheTheme) {
  const auto specs = theme::font_specs(theme::LayoutKind::kWorkbench, 900, 1);
  fonts_.build();
  for (std::size_t i = 0; i < specs.size(); ++i) {
    EXPECT_EQ(gui::size_of(*fonts_.fonts()[i]), specs[i].size_px) << i;
  }
}

TEST_F(BuiltFonts, StandInTheMiddleOfTheirLine) {
  fonts_.build();
  const float em_px = gui::size_of(body());
  const auto [first, end] = rows_drawn(picture_of("H"));
  const float above = static_cast<float>(first) - kTop;
  const float below = kTop + em_px - static_cast<float>(end);
  EXPECT_NEAR(above, below, 0.08F * em_px + 1);
}

TEST_F(BuiltFonts, AreSharp) {
  fonts_.build();
  // The bar of an E that is drawn on whole pixels has rows as white as they can be.
  const Picture picture = picture_of("EEEE");
  const auto [first, end] = rows_drawn(picture);
  int brightest = 0;
  for (int x = 0; x < picture.width_px; ++x) {
    brightest = std::max(brightest, pixel(picture, x, end - 1)[1]);
  }
  EXPECT_GT(brightest, 200) << "rows " << first << " to " << end;
}

TEST_F(BuiltFonts, ACharacterThatWasNeededIsDrawnAfterTheNextBuild) {
  if (!fonts_.files().chinese) GTEST_SKIP() << "no font with Chinese is installed";
  fonts_.build();
  EXPECT_FALSE(fonts_.stale());
  fonts_.need("填充");
  EXPECT_EQ(fonts_.stale(), !gui::kAtlasGrows);
  if (fonts_.stale()) fonts_.build();
  fonts_.need("填");
  EXPECT_FALSE(fonts_.stale());
  EXPECT_NE(picture_of("填"), picture_of("充"));
  // One em wide, as a Chinese character is: the sizes of the two families fit.
  EXPECT_NEAR(width_of("填"), gui::size_of(body()), 1);
}

/// The memory that is this process's alone, in KiB.
long anonymous_kib() {
  std::ifstream status("/proc/self/status");
  const std::string wanted = "RssAnon:";
  for (std::string word; status >> word;) {
    long kib = 0;
    if (word == wanted && status >> kib) return kib;
  }
  return -1;
}

TEST_F(BuiltFonts, DoNotCopyTheirFiles) {
  if (!fonts_.files().chinese) GTEST_SKIP() << "no font with Chinese is installed";
  fonts_.need("填充");
  const long before_kib = anonymous_kib();
  ASSERT_GT(before_kib, 0);
  fonts_.build();
  const auto file_kib =
      static_cast<long>(std::filesystem::file_size(fonts_.files().chinese->path) / 1024);
  // Every role has the Chinese file in it.
  EXPECT_LT(anonymous_kib() - before_kib, std::max(file_kib, 10'000L));
}

TEST_F(BuiltFonts, CanBeBuiltAgainInOtherSizesBetweenFrames) {
  fonts_.build();
  const auto small = rows_drawn(picture_of("H"));
  fonts_.request(theme::font_specs(theme::LayoutKind::kWorkbench, 900, 2));
  ASSERT_TRUE(fonts_.stale());
  fonts_.build();
  const auto large = rows_drawn(picture_of("H"));
  EXPECT_NEAR(large.second - large.first, 2 * (small.second - small.first), 2);
}

TEST(Utf8, ReadsOneToFourBytesAndSaysWhatIsBroken) {
  std::u32string seen;
  for_each_code_point(
      "aµ填\U0001f600\xff"
      "b\xe5\xa1",
      [&](char32_t c) { seen += c; });
  EXPECT_EQ(seen, U"aµ填\U0001f600\ufffdb\ufffd\ufffd");
}

TEST(FontFiles, SayWhichPackageIsMissing) {
  FontFiles none;
  EXPECT_NE(none.sentence().find("fonts-inter"), std::string::npos);
  FontFiles latin;
  latin.regular = latin.mono = FontFile{};
  EXPECT_NE(latin.sentence().find("fonts-noto-cjk"), std::string::npos);
  latin.chinese = FontFile{};
  EXPECT_EQ(latin.sentence(), "");
}

}  // namespace
}  // namespace poolscope::platform
