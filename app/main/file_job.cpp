#include "app/main/file_job.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "app/cli/progress_line.h"
#include "app/control/session_files.h"
#include "app/control/speeds.h"
#include "app/intents/file_kinds.h"
#include "app/locale/translate.h"
#include "app/platform/files.h"
#include "app/theme/names.h"
#include "app/views/words/words.h"
#include "core/base/number.h"

namespace poolscope::app {
namespace {

using intents::FileKind;
using intents::FileMaker;

constexpr std::string_view kOwnName = "poolscope: ";

std::string since_origin(const Position& at, const SessionStatus& session) {
  return fmt::format("{}ns", at.time_ns - session.origin.time_ns);
}

/// What the viewer sees: where the playhead stands at an event, that one. Several may have its
/// time.
std::string seen_moment(const FileSource& source, const SessionStatus& session) {
  const Position& at = session.playhead;
  if (at.time_ns != source.event_ns || at.seq <= session.origin.seq) {
    return since_origin(at, session);
  }
  return fmt::format("#{}", at.seq - session.origin.seq);
}

void add(std::vector<std::string>& to, std::initializer_list<std::string> words) {
  to.insert(to.end(), words);
}

void add_film(std::vector<std::string>& command, const SessionStatus& session) {
  const auto speeds = replay_speeds();
  const auto number = static_cast<std::size_t>(session.speed);
  if (number >= speeds.size()) return;
  const ReplaySpeed& speed = speeds[number];
  if (speed.session_per_host > 0) {
    add(command, {"--speed", fmt::format("{}", speed.session_per_host)});
  } else {
    add(command, {"--by-step", fmt::format("{}", speed.steps_per_second)});
  }
}

/// The last line of what a child said that is no progress, without the program's name.
std::string complaint_in(std::string_view said) {
  std::string last;
  while (!said.empty()) {
    const std::size_t end = std::min(said.find('\n'), said.size());
    const std::string_view line = said.substr(0, end);
    said.remove_prefix(std::min(end + 1, said.size()));
    if (!line.empty() && !cli::progress_in(line)) last = line;
  }
  return last.starts_with(kOwnName) ? last.substr(kOwnName.size()) : last;
}

/// What the newest line of progress says.
std::string newest_progress(std::string_view said) {
  const std::size_t end = said.rfind('\n');
  if (end == std::string_view::npos) return "";
  const std::size_t before = said.rfind('\n', end - (end > 0 ? 1 : 0));
  const std::size_t begin = before == std::string_view::npos || before == end ? 0 : before + 1;
  return std::string(cli::progress_in(said.substr(begin, end - begin)).value_or(""));
}

/// What a file's name has behind that of its session.
std::string_view ending_of(const views::SaveAs& wanted, const SessionStatus& session) {
  switch (wanted.extent(session)) {
    case views::SaveExtent::kLoop: return "-part";
    case views::SaveExtent::kAllButLoop: return "-without";
    case views::SaveExtent::kAll: break;
  }
  if (!intents::is_cut(wanted.kind)) return "";
  return wanted.then.empty() ? "-copy" : "-joined";
}

/// As render --pool takes it.
std::string pool_name(PoolId pool, const SessionStatus& session) {
  const SessionNames* names = session.names.get();
  const views::NamesOfScript named({.pools = names == nullptr ? nullptr : &names->pools});
  return views::name_of(pool);
}

}  // namespace

std::filesystem::path free_name(const views::SaveAs& wanted, const SessionStatus& session) {
  const std::filesystem::path made_of = session.file;
  const intents::FileKindFacts& kind = intents::facts_of(wanted.kind);
  const std::string stem = made_of.stem().string() + std::string(ending_of(wanted, session));
  std::error_code ignored;
  for (int number = 1;; ++number) {
    const std::string name = number == 1 ? stem : fmt::format("{}-{}", stem, number);
    std::filesystem::path file = made_of.parent_path() / (name + std::string(kind.extension));
    if (!std::filesystem::exists(file, ignored)) return file;
  }
}

std::vector<std::string> command_for(const FileSource& source, const views::ViewState& state,
                                     const SessionStatus& session) {
  const intents::FileKindFacts& kind = intents::facts_of(state.save_as.kind);
  const std::string file = without_tilde(state.save_as.path);
  const views::SaveExtent extent = state.save_as.extent(session);
  if (state.save_as.can_join(session) && !state.save_as.then.empty()) {
    return {"cat", source.session.string(), without_tilde(state.save_as.then), "-o", file};
  }
  std::vector<std::string> command;
  switch (kind.maker) {
    case FileMaker::kCut: command = {"cut"}; break;
    case FileMaker::kRender: command = {"render", "--progress"}; break;
    case FileMaker::kExport: command = {"export", "--to", std::string(kind.format)}; break;
  }
  add(command, {source.session.string(), "-o", file});
  if (extent != views::SaveExtent::kAll) {
    // Of an export, --to says what the session becomes.
    const char* until = kind.maker == FileMaker::kExport ? "--until" : "--to";
    add(command, {"--from", since_origin(*session.loop.in, session), until,
                  since_origin(*session.loop.out, session)});
    if (extent == views::SaveExtent::kAllButLoop) add(command, {"--leave-out"});
  } else if (kind.maker == FileMaker::kCut) {
    add(command, {"--from", "0s", "--to", "end"});
  }
  if (kind.kind == FileKind::kPage) add(command, {"--lang", std::string(state.language)});
  if (kind.maker != FileMaker::kRender) return command;
  add(command, {"--lang", std::string(state.language), "--theme",
                std::string(theme::name_of(source.theme))});
  if (state.follows_track && !session.views->empty()) {
    // It says whom one follows and which pool is shown, too.
    add(command, {"--view", "recorded"});
  } else {
    if (state.followed.valid()) {
      add(command, {"--follow", fmt::format("G{}", state.followed.value)});
    }
    if (state.pool) add(command, {"--pool", pool_name(*state.pool, session)});
  }
  const views::SaveAs& wanted = state.save_as;
  if (wanted.size != 0) {
    add(command, {"--size", std::string(intents::kPictureSizes.at(wanted.size))});
  }
  if (intents::is_film(kind.kind) && wanted.fast) add(command, {"--fps", "60"});
  if (intents::has_captions(kind.kind) && wanted.captions) add(command, {"--captions", "srt"});
  switch (kind.kind) {
    case FileKind::kPicture: add(command, {"--at", seen_moment(source, session)}); break;
    case FileKind::kSlides: add(command, {"--at", "markers"}); break;
    default: add_film(command, session); break;
  }
  return command;
}

std::string progress_words(std::string_view progress) {
  constexpr std::string_view kLeft = " s left";
  constexpr std::string_view kAbout = "about ";
  constexpr std::uint64_t kMinute_s = 60;
  constexpr std::uint64_t kLong_s = 2 * kMinute_s;
  std::string words;
  while (!progress.empty()) {
    const std::size_t end = std::min(progress.find(", "), progress.size());
    std::string_view part = progress.substr(0, end);
    progress.remove_prefix(std::min(end + 2, progress.size()));
    if (!words.empty()) words += locale::tr(", ");
    const std::size_t of = part.find(" of ");
    const bool about = part.starts_with(kAbout);
    const std::string_view figure = about ? part.substr(kAbout.size()) : part;
    const auto left_s =
        figure.ends_with(kLeft)
            ? number_in<std::uint64_t>(figure.substr(0, figure.size() - kLeft.size()))
            : std::nullopt;
    if (of != std::string_view::npos) {
      words += locale::trf("{0} of {1}", part.substr(0, of), part.substr(of + 4));
    } else if (left_s && *left_s >= kLong_s) {
      words += locale::trf("about {0} min left", (*left_s + kMinute_s - 1) / kMinute_s);
    } else if (left_s) {
      words += locale::trf("about {0} s left", *left_s);
    } else {
      words += about ? locale::trf("about {0}", figure) : std::string(part);
    }
  }
  return words;
}

FileJob::~FileJob() {
  if (child_ == nullptr) return;
  child_->interrupt();
  child_->finish();
}

void FileJob::start(const std::vector<std::string>& command, std::filesystem::path file) {
  std::vector<std::string> words = {platform::program_file().string()};
  words.insert(words.end(), command.begin(), command.end());
  auto child = exporting::Child::start(words);
  if (!child) {
    problem_ = child.error().message;
    return;
  }
  child_ = std::move(*child);
  file_ = std::move(file);
  progress_.clear();
  cancelled_ = false;
}

void FileJob::cancel() {
  if (child_ == nullptr) return;
  cancelled_ = true;
  child_->interrupt();
}

bool FileJob::update() {
  if (child_ == nullptr) return false;
  if (const auto end = child_->poll()) {
    child_.reset();
    if (end->exit_code == 0) {
      made_ = file_.string();
    } else if (!cancelled_) {
      problem_ = complaint_in(end->diagnostics);
    }
    return true;
  }
  std::string progress = newest_progress(child_->said());
  return std::exchange(progress_, std::move(progress)) != progress_;
}

std::string FileJob::text() const {
  if (progress_.empty()) return text(file_);
  return locale::trf("Making {0}: {1}", file_.filename().string(), progress_words(progress_));
}

std::string FileJob::text(const std::filesystem::path& file) {
  return locale::trf("Making {0} ...", file.filename().string());
}

}  // namespace poolscope::app
