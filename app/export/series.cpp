#include "app/export/series.h"

#include <algorithm>
#include <limits>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/platform/files.h"

namespace poolscope::exporting {
namespace {

constexpr std::size_t kMostPictures = 10'000;
constexpr std::size_t kLeastDigits = 2;

/// Pictures under passing names, until all of them are there.
class UnfinishedPictures {
 public:
  UnfinishedPictures() = default;
  ~UnfinishedPictures() {
    std::error_code ignored;
    for (const Name& name : names_) std::filesystem::remove(name.passing, ignored);
  }
  UnfinishedPictures(const UnfinishedPictures&) = delete;
  UnfinishedPictures& operator=(const UnfinishedPictures&) = delete;

  Expected<void> add(const std::filesystem::path& wanted, const platform::Picture& picture) {
    names_.push_back({platform::unfinished_name(wanted), wanted});
    return platform::write_png(names_.back().passing, picture);
  }
  Expected<void> finish() {
    for (const Name& name : names_) {
      std::error_code error;
      std::filesystem::rename(name.passing, name.wanted, error);
      if (error) return failed(name.wanted.string() + ": cannot be made: " + error.message());
    }
    names_.clear();
    return {};
  }

 private:
  struct Name {
    std::filesystem::path passing;
    std::filesystem::path wanted;
  };
  std::vector<Name> names_;
};

Expected<void> check_names(const RenderOptions& options, std::size_t count) {
  if (count > kMostPictures) {
    return bad_input(
        fmt::format("{}: that would be {} pictures, {} at most; draw a part of it "
                    "with --from and --to",
                    options.output.string(), count, kMostPictures));
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::filesystem::path file = numbered(options.output, i, count);
    if (auto checked = check_free(file, options.overwrite); !checked) return checked;
  }
  return {};
}

/// Draws `count` pictures; `go_to(i)` puts the session to where the i-th is taken.
template <class GoTo>
Expected<void> draw(DrawnStage& stage, Playback& playback, const RenderOptions& options,
                    const std::function<bool()>& interrupted, std::size_t count, GoTo go_to) {
  if (auto checked = check_names(options, count); !checked) return checked;
  UnfinishedPictures pictures;
  for (std::size_t i = 0; i < count; ++i) {
    if (interrupted()) return tl::make_unexpected(interruption());
    options.progress(i, count);
    go_to(i);
    const auto& session = playback.session();
    stage.draw(session);  // ImGui settles its sizes in the first frame
    auto added = pictures.add(numbered(options.output, i, count), stage.draw(session));
    if (!added) return added;
  }
  options.progress(count, count);
  return pictures.finish();
}

/// The numbers of the markers from `from` to `to`. A marker may lie behind the last event: the end
/// of the session leaves none out.
std::vector<std::size_t> markers_between(Playback& playback, const RenderOptions& options) {
  const std::int64_t begin_ns = playback.time_of(options.from);
  const std::int64_t end_ns = options.to.kind == WantedMoment::Kind::kEnd
                                  ? std::numeric_limits<std::int64_t>::max()
                                  : playback.time_of(options.to);
  const ListedMarkers& markers = *playback.session().status().markers;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < markers.size(); ++i) {
    const std::int64_t at_ns = markers[i].marker.time_ns;
    if (begin_ns <= at_ns && at_ns <= end_ns) numbers.push_back(i);
  }
  return numbers;
}

}  // namespace

std::filesystem::path numbered(const std::filesystem::path& file, std::size_t number,
                               std::size_t count) {
  const std::size_t digits = std::max(kLeastDigits, std::to_string(count).size());
  const std::string name = fmt::format("{}-{:0{}}{}", file.stem().string(), number + 1, digits,
                                       file.extension().string());
  return file.parent_path() / name;
}

Expected<void> render_series(DrawnStage& stage, Playback& playback, const RenderOptions& options,
                             const std::function<bool()>& interrupted) {
  if (options.pictures == Pictures::kAtMarkers) {
    const std::vector<std::size_t> numbers = markers_between(playback, options);
    if (numbers.empty()) {
      return bad_input("--at markers: the session has no marker there; set some in the window (M)");
    }
    return draw(stage, playback, options, interrupted, numbers.size(), [&](std::size_t i) {
      const auto& markers = playback.session().status().markers;
      playback.seek_marker(numbers[i]);
      stage.show_marker(playback.session(), (*markers)[numbers[i]].marker);
    });
  }
  const auto steps = playback.steps(options.from, options.to);
  if (!steps) return tl::make_unexpected(steps.error());
  if (steps->empty()) return bad_input("--from lies behind --to: nothing to draw");
  return draw(stage, playback, options, interrupted, steps->size(),
              [&](std::size_t i) { playback.seek((*steps)[i]); });
}

}  // namespace poolscope::exporting
