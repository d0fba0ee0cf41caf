// `poolscope export`.

#include "core/session/export.h"

#include <filesystem>
#include <fstream>
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/report.h"
#include "app/cli/session_text.h"
#include "app/locale/translate.h"
#include "app/page/page.h"
#include "core/session/held_file.h"
#include "core/session/reader.h"

namespace poolscope::cli {
namespace {

namespace fs = std::filesystem;

Expected<void> write_page(Reader& reader, const ExportArgs& args, std::ostream& out) {
  const auto stretch = stretch_of(reader, args.from, args.until, "--until");
  if (!stretch) return tl::make_unexpected(stretch.error());
  page::PageOptions options;
  options.stretch = *stretch;
  options.language = args.language.empty() ? locale::language_of_environment()
                                           : locale::language_of_code(args.language);
  options.catalogues = args.catalogues;
  options.notice = [](const Error& error) { report(error); };
  return page::export_page(reader, options, out);
}

Expected<void> write(Reader& reader, const ExportArgs& args, std::ostream& out) {
  if (args.to == "html") return write_page(reader, args, out);
  if (args.to == "chrome") return export_chrome(reader, out);
  if (args.to == "csv") return export_csv(reader, out);
  return export_jsonl(reader, out);
}

/// The flags that only a page has.
Expected<void> check(const ExportArgs& args) {
  if (args.to == "html") return {};
  const char* flag = !args.language.empty()   ? "--lang"
                     : args.from.has_value()  ? "--from"
                     : args.until.has_value() ? "--until"
                                              : nullptr;
  if (flag == nullptr) return {};
  return bad_input(
      fmt::format("{}: only with --to html: leave it out, or cut the session first", flag));
}

tl::unexpected<Error> cannot_write(const fs::path& path) {
  return failed(
      fmt::format("{}: cannot be written: see that its folder is there, may be written, "
                  "and has room",
                  path.string()));
}

/// Writes beside the output and renames, so that it is never there in half.
Expected<void> write_file(Reader& reader, const ExportArgs& args) {
  if (!args.overwrite && fs::exists(args.output)) {
    return bad_input(fmt::format("{}: exists already: name another file or add --overwrite",
                                 args.output.string()));
  }
  if (auto checked = refuse_while_recorded(args.output); !checked) return checked;
  std::error_code problem;
  if (fs::equivalent(args.output, args.file, problem)) {
    return bad_input(
        fmt::format("{}: is the session itself: name another file", args.output.string()));
  }
  // A name that nobody else has: not merely one that ends with .part.
  const fs::path part = args.output.parent_path() /
                        fmt::format(".{}.unfinished-{}", args.output.filename().string(), getpid());
  const RemovedByInterruption removed(part);
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  if (!out) return cannot_write(args.output);
  auto written = write(reader, args, out);
  out.close();
  if (written && !out) written = cannot_write(args.output);
  if (written) {
    fs::rename(part, args.output, problem);
    if (problem) written = cannot_write(args.output);
  }
  if (!written) fs::remove(part, problem);
  return written;
}

}  // namespace

int run_export(const ExportArgs& args) {
  if (const auto checked = check(args); !checked) return report(checked.error());
  auto reader = Reader::open(args.file);
  if (!reader) return report(reader.error());
  const auto written =
      args.output.empty() ? write(**reader, args, std::cout) : write_file(**reader, args);
  if (!written) return report(written.error());
  std::cout.flush();
  return 0;
}

}  // namespace poolscope::cli
