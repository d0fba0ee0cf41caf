// Twelve main states, drawn without a display, are as they were: tests/golden/pictures. Another
// machine draws letters a little differently, so blocks of pixels are compared, with a tolerance.
// Once a new look is right, tests/looks --renew keeps it.

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <stb_image.h>

#include "tests/cli/program.h"
#include "tests/support/process.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

constexpr int kBlock_px = 8;
// Letters of another version of FreeType move the mean of a block by less than this, of 255.
constexpr double kSameBlock = 28;
// So many blocks of a picture's 64 x 64 pixels may differ: a tile that is missing is more.
constexpr int kNeighbours = 8;  // blocks in each direction
constexpr int kMostDiffering = 16;

struct State {
  const char* name;
  const char* session;  // below the sources
  std::vector<std::string> how;
};

void PrintTo(const State& state, std::ostream* out) { *out << state.name; }

const std::vector<State> kStates = {
    {"private-and-shared", "assets/lessons/S02-private-then-shared.ops", {}},
    {"steal-under-way", "assets/lessons/S04-steal-newest-classic.ops", {"--at", "7.2s"}},
    {"gc-done", "assets/lessons/S09-gc-clears-all-classic.ops", {"--theme", "light"}},
    {"put-into-a-dropped-array", "assets/lessons/S11-put-unpin-gc-lost.ops", {"--lang", "zh"}},
    {"grow", "assets/lessons/S14-resize-grow-loses.ops", {"--theme", "contrast"}},
    {"shrink-with-orphans",
     "assets/lessons/S15-resize-shrink-orphans.ops",
     {"--layout", "workbench", "--size", "1600x900"}},
    {"waiting-for-a-lock", "assets/lessons/S20-lock-contention.ops", {"--follow", "G3"}},
    {"victims",
     "assets/lessons/S26-victim-one-gc-two-gc.ops",
     {"--layout", "workbench", "--theme", "light", "--lang", "zh", "--size", "1600x900"}},
    {"a-chain-of-dequeues", "assets/lessons/S29-chain-growth.ops", {}},
    {"a-gc-waits", "assets/lessons/S35-stw-waits-for-pin.ops", {"--at", "2.5s"}},
    {"two-pools", "assets/lessons/S10-two-pools-allpools.ops", {"--size", "1024x768"}},
    {"a-busy-session", "tests/golden/format-3.poolscope", {"--at", "#1500", "--size", "640x400"}},
};

struct Pixels {
  int width = 0;
  int height = 0;
  std::unique_ptr<unsigned char, decltype(&stbi_image_free)> rgb{nullptr, &stbi_image_free};
};

Pixels pixels_of(const fs::path& file) {
  Pixels read;
  int channels = 0;
  read.rgb.reset(stbi_load(file.c_str(), &read.width, &read.height, &channels, 3));
  EXPECT_NE(read.rgb, nullptr) << file << ": " << stbi_failure_reason();
  return read;
}

double block_mean(const Pixels& picture, int left, int top, int channel) {
  double sum = 0;
  int count = 0;
  for (int y = top; y < top + kBlock_px && y < picture.height; ++y) {
    for (int x = left; x < left + kBlock_px && x < picture.width; ++x, ++count) {
      sum += picture.rgb
                 .get()[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                             static_cast<std::size_t>(x)) +
                        static_cast<std::size_t>(channel)];
    }
  }
  return sum / count;
}

/// Of any kNeighbours x kNeighbours blocks that stand side by side, how many differ at most. Both
/// pictures have the same size.
int most_differing(const Pixels& a, const Pixels& b) {
  const int columns = (a.width + kBlock_px - 1) / kBlock_px;
  const int rows = (a.height + kBlock_px - 1) / kBlock_px;
  // How many differ above and left of a block.
  std::vector<std::vector<int>> before(static_cast<std::size_t>(rows) + 1,
                                       std::vector<int>(static_cast<std::size_t>(columns) + 1));
  const auto at = [&](int row, int column) -> int& {
    return before[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
  };
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      bool differs = false;
      for (int channel = 0; channel < 3; ++channel) {
        const double by = block_mean(a, column * kBlock_px, row * kBlock_px, channel) -
                          block_mean(b, column * kBlock_px, row * kBlock_px, channel);
        differs = differs || by > kSameBlock || by < -kSameBlock;
      }
      at(row + 1, column + 1) =
          at(row, column + 1) + at(row + 1, column) - at(row, column) + (differs ? 1 : 0);
    }
  }
  int most = 0;
  for (int row = kNeighbours; row <= rows; ++row) {
    for (int column = kNeighbours; column <= columns; ++column) {
      most = std::max(most, at(row, column) - at(row - kNeighbours, column) -
                                at(row, column - kNeighbours) +
                                at(row - kNeighbours, column - kNeighbours));
    }
  }
  return most;
}

class Pictures : public ::testing::TestWithParam<State> {
 protected:
  /// The state as it is drawn now.
  static fs::path drawn() {
    const State& state = GetParam();
    const fs::path folder = fs::path(POOLSCOPE_BINARY).parent_path() / "tests" / "pictures";
    fs::create_directories(folder);
    fs::path picture = folder / (std::string(state.name) + ".png");
    std::vector<std::string> words = {
        "render",      (fs::path(POOLSCOPE_SOURCE_DIR) / state.session).string(),
        "-o",          picture.string(),
        "--overwrite", "--lang",
        "en"};
    // What is said twice holds as it is said last.
    words.insert(words.end(), state.how.begin(), state.how.end());
    const Outcome outcome = poolscope(words);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return picture;
  }
};

TEST_P(Pictures, AreAsTheyWere) {
  const fs::path now = drawn();
  const fs::path golden = fs::path(POOLSCOPE_TEST_DATA_DIR) / "pictures" / now.filename();
  if (std::getenv("POOLSCOPE_RENEW_PICTURES") != nullptr) {
    fs::create_directories(golden.parent_path());
    fs::copy_file(now, golden, fs::copy_options::overwrite_existing);
    return;
  }
  ASSERT_TRUE(fs::exists(golden)) << golden << ": tests/looks --renew makes it";
  const Pixels drawn_now = pixels_of(now);
  const Pixels was = pixels_of(golden);
  ASSERT_TRUE(drawn_now.rgb != nullptr && was.rgb != nullptr);
  ASSERT_EQ(drawn_now.width, was.width);
  ASSERT_EQ(drawn_now.height, was.height);
  EXPECT_LE(most_differing(drawn_now, was), kMostDiffering)
      << "see " << now << "; if it is right: tests/looks --renew";
}

INSTANTIATE_TEST_SUITE_P(States, Pictures, ::testing::ValuesIn(kStates), [](const auto& state) {
  std::string name = state.param.name;
  std::erase(name, '-');
  return name;
});

// The tolerance sees what it is there for.
TEST(PicturesOfTwoStates, Differ) {
  const fs::path folder = fs::path(POOLSCOPE_TEST_DATA_DIR) / "pictures";
  const Pixels a = pixels_of(folder / "private-and-shared.png");
  ASSERT_NE(a.rgb, nullptr) << "tests/looks --renew makes it";
  Pixels b = pixels_of(folder / "private-and-shared.png");
  EXPECT_EQ(most_differing(a, b), 0);
  // A tile of 40 x 40 pixels that is gone.
  for (int y = 300; y < 340; ++y) {
    for (int x = 3 * 400; x < 3 * 440; ++x) {
      auto& value =
          b.rgb.get()[static_cast<std::size_t>(y) * 3 * static_cast<std::size_t>(b.width) +
                      static_cast<std::size_t>(x)];
      value = static_cast<unsigned char>(value ^ 0x80U);
    }
  }
  EXPECT_GT(most_differing(a, b), kMostDiffering);
}

}  // namespace
}  // namespace poolscope::testing
