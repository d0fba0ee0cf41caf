// Where the layout says that an object flies, the picture has it: forty pictures at moments in the
// middle of a flight, the colour of the tile at the point where it is predicted. By hand:
// README.md.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stb_image.h>

#include "app/views/stage/standing.h"
#include "core/session/reader.h"
#include "tests/app/views/stage/drawing.h"
#include "tests/core/story/linear_play.h"
#include "tests/support/process.h"
#include "tests/support/sessions.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::views::testing {
namespace {

using poolscope::testing::kFrame_ns;
using poolscope::testing::LinearPlay;
using poolscope::testing::Outcome;
using poolscope::testing::TemporaryFolder;

constexpr int kWidth_px = 1600;
constexpr int kHeight_px = 900;
constexpr std::size_t kMostOfASession = 14;

/// A tile in the middle of its way.
struct Predicted {
  std::int64_t time_ns = 0;
  ObjectId object;
  layout::Point at;  // its middle
  float w = 0;       // px
  float h = 0;
  theme::Color color;
};

/// What has a colour of its own: what comes from private or shared, what goes there, and a steal.
std::optional<theme::Color> color_of(const Flight& flight) {
  const auto& theme = theme::theme_of(theme::ThemeName::kDark);
  if (flight.dissolves || flight.grows || flight.shrinks || flight.victim) return {};
  if (flight.steal) return theme.steal.fill;
  for (const Place::Kind kind : {flight.move.from.kind, flight.move.to.kind}) {
    if (kind == Place::Kind::kPrivate) return theme.priv.fill;
    if (kind == Place::Kind::kShared) return theme.shared.fill;
  }
  return {};
}

std::optional<Predicted> predicted_in(const Scene& scene, std::int64_t now_ns) {
  for (const Flight& flight : scene.flights) {
    const auto color = color_of(flight);
    const auto at = drawn_at(scene, flight.object);
    // Where two fly, one may hide the other.
    if (!color || !at || flight.part < 0.3F || flight.part > 0.7F || scene.flights.size() > 1) {
      continue;
    }
    const float h = scene.input.sizes.object;
    return Predicted{now_ns, flight.object, *at, std::max(scene.stage.cards.front().slot_w, h),
                     h,      *color};
  }
  return {};
}

std::vector<Predicted> predict(Drawing& drawing, Reader& reader) {
  std::vector<Event> events;
  const auto read = reader.each_run(1, reader.last_seq(), [&](std::span<const Event> run) {
    events.insert(events.end(), run.begin(), run.end());
  });
  EXPECT_TRUE(read.has_value());
  std::vector<Predicted> predicted;
  LinearPlay play(reader.base().config);
  std::size_t next = 0;
  const std::int64_t end_ns = events.back().time_ns;
  for (std::int64_t now_ns = 0; now_ns < end_ns && predicted.size() < kMostOfASession;
       now_ns += kFrame_ns) {
    for (; next < events.size() && events[next].time_ns <= now_ns; ++next) play.add(events[next]);
    drawing.at(play.model, play.told(), now_ns, [&](const Scene& scene) {
      const auto found = predicted_in(scene, now_ns);
      const bool is_new = predicted.empty() || now_ns - predicted.back().time_ns > 1'000'000'000;
      if (found && is_new) predicted.push_back(*found);
    });
  }
  return predicted;
}

struct Picture {
  int w = 0;
  int h = 0;
  std::unique_ptr<stbi_uc, void (*)(void*)> pixels{nullptr, stbi_image_free};

  [[nodiscard]] bool has(theme::Color color, float x, float y) const {
    constexpr int kNear = 12;
    const auto at = (static_cast<std::size_t>(std::lround(y)) * static_cast<std::size_t>(w) +
                     static_cast<std::size_t>(std::lround(x))) *
                    3;
    const std::array wanted = {color.r, color.g, color.b};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (std::abs(int{pixels.get()[at + i]} - int{wanted[i]}) > kNear) return false;
    }
    return true;
  }
};

Picture draw(const std::filesystem::path& session, const std::filesystem::path& file,
             std::int64_t time_ns) {
  const Outcome outcome =
      poolscope::testing::run({POOLSCOPE_BINARY, "render", session.string(), "-o", file.string(),
                               "--overwrite", "--size", fmt::format("{}x{}", kWidth_px, kHeight_px),
                               "--at", fmt::format("{:.3f}s", static_cast<double>(time_ns) / 1e9),
                               "--theme", "dark", "--lang", "en"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  Picture picture;
  int channels = 0;
  picture.pixels.reset(stbi_load(file.c_str(), &picture.w, &picture.h, &channels, 3));
  return picture;
}

/// At its edges, where no number stands; something that is drawn over it may hide one of them.
void expect_painted(const Picture& picture, const std::filesystem::path& file,
                    const Predicted& tile) {
  int found = 0;
  found += picture.has(tile.color, tile.at.x - tile.w * 0.42F, tile.at.y) ? 1 : 0;
  found += picture.has(tile.color, tile.at.x + tile.w * 0.42F, tile.at.y) ? 1 : 0;
  found += picture.has(tile.color, tile.at.x, tile.at.y - tile.h * 0.4F) ? 1 : 0;
  found += picture.has(tile.color, tile.at.x, tile.at.y + tile.h * 0.4F) ? 1 : 0;
  if (found >= 3) return;
  const auto kept = std::filesystem::temp_directory_path() /
                    fmt::format("poolscope-painted-{}.png", tile.time_ns / 1'000'000);
  std::filesystem::copy_file(file, kept, std::filesystem::copy_options::overwrite_existing);
  ADD_FAILURE() << "#" << tile.object.value << " at " << tile.at.x << ", " << tile.at.y << " in "
                << kept;
}

TEST(Painted, AnObjectIsWhereItIsPredictedInFortyPictures) {
  const TemporaryFolder folder;
  Drawing drawing(kWidth_px, kHeight_px);
  std::size_t pictures = 0;
  for (const char* pool : {"classic", "modern"}) {
    for (const char* speed : {"story", "lecture"}) {
      SCOPED_TRACE(::testing::Message() << pool << " at " << speed);
      const auto session = folder / (std::string(pool) + speed + ".poolscope");
      const Outcome recorded =
          poolscope::testing::run({POOLSCOPE_BINARY, "record", "--pool", pool, "--speed", speed,
                                   "--procs", "4", "--for", "50s", "-o", std::string(session)});
      ASSERT_EQ(recorded.exit_code, 0) << recorded.err;
      auto reader = Reader::open(session);
      ASSERT_TRUE(reader.has_value());
      for (const Predicted& tile : predict(drawing, **reader)) {
        SCOPED_TRACE(::testing::Message() << "at " << tile.time_ns / 1'000'000 << " ms");
        const Picture picture = draw(session, folder / "picture.png", tile.time_ns);
        ASSERT_NE(picture.pixels, nullptr);
        expect_painted(picture, folder / "picture.png", tile);
        ++pictures;
      }
    }
  }
  EXPECT_GE(pictures, 40U);
}

}  // namespace
}  // namespace poolscope::views::testing
