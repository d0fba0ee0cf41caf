#include "app/export/render.h"

#include <string>
#include <system_error>

#include "app/export/drawn_stage.h"
#include "app/export/film.h"
#include "app/export/playback.h"
#include "app/export/series.h"
#include "app/export/video.h"
#include "core/session/held_file.h"

namespace poolscope::exporting {
namespace {

Expected<void> check_output(const RenderOptions& options) {
  const std::string name = options.output.string();
  const auto format = video_format_of(options.output);
  if (options.output.extension() != ".png" && !format) {
    return bad_input(name + ": unknown kind of output; end its name in .png, .mp4, .webm or .gif");
  }
  if (format && options.pictures != Pictures::kOne) {
    return bad_input(name + ": a series is of pictures; end the name in .png");
  }
  if (format && options.at) {
    return bad_input(name + ": --at is of a picture; end the name in .png, or use --from and --to");
  }
  if (!format && options.captions != Captions::kInPicture) {
    return bad_input(name + ": captions beside it are of a video; end the name in .mp4 or .webm");
  }
  if ((!format || *format == VideoFormat::kGif) && options.silent_audio) {
    return bad_input(name + ": only .mp4 and .webm have sound");
  }
  std::error_code ignored;
  const std::filesystem::path folder = options.output.parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
    return failed(name + ": there is no folder " + folder.string() + "; make it first");
  }
  if (options.pictures != Pictures::kOne) return {};  // they have other names
  if (options.captions != Captions::kInPicture) {
    auto checked = check_free(captions_file(options), options.overwrite);
    if (!checked) return checked;
  }
  return check_free(options.output, options.overwrite);
}

Expected<void> render_picture(DrawnStage& stage, Playback& playback, const RenderOptions& options) {
  if (options.at) {
    playback.seek(*options.at);
  } else {
    playback.seek_last_scene();
  }
  stage.draw(playback.session());  // ImGui settles its sizes in the first frame
  return platform::write_png(options.output, stage.draw(playback.session()));
}

}  // namespace

std::filesystem::path captions_file(const RenderOptions& options) {
  std::filesystem::path file = options.output;
  return file.replace_extension(options.captions == Captions::kVtt ? ".vtt" : ".srt");
}

Expected<void> check_free(const std::filesystem::path& file, bool overwrite) {
  std::error_code ignored;
  if (!overwrite && std::filesystem::exists(file, ignored)) {
    return bad_input(file.string() + ": is there already; add --overwrite or choose another name");
  }
  return refuse_while_recorded(file);
}

Error interruption() { return {Error::Kind::kFailed, "interrupted"}; }

Expected<void> render(SessionSource& session, const RenderOptions& wanted,
                      const std::function<bool()>& interrupted) {
  if (auto checked = check_output(wanted); !checked) return checked;
  RenderOptions options = wanted;
  const auto format = video_format_of(options.output);
  if (format && *format != VideoFormat::kGif) {
    // Videos halve the resolution of colours.
    options.width_px -= options.width_px % 2;
    options.height_px -= options.height_px % 2;
  }
  auto stage = DrawnStage::open(options);
  if (!stage) return tl::make_unexpected(stage.error());
  Playback playback(session, options.notice);
  if (format) return render_film(**stage, playback, options, *format, interrupted);
  if (options.pictures != Pictures::kOne) {
    return render_series(**stage, playback, options, interrupted);
  }
  return render_picture(**stage, playback, options);
}

}  // namespace poolscope::exporting
