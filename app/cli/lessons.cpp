// `poolscope lessons`.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/report.h"
#include "app/control/builtin_lessons.h"
#include "app/locale/translate.h"
#include "core/script/lesson.h"
#include "core/script/lesson_check.h"

namespace poolscope::cli {
namespace {

using script::Lesson;
using script::LessonDraft;

struct LessonSource {
  std::string file;
  std::string text;
};

Expected<std::vector<LessonSource>> sources(const LessonsArgs& args) {
  std::vector<LessonSource> sources;
  for (const std::filesystem::path& file : args.files) {
    auto text = script::read_script_text(file.string());
    if (!text) return tl::make_unexpected(text.error());
    sources.push_back({file.string(), std::move(*text)});
  }
  return sources;
}

void list(const std::vector<Lesson>& lessons, std::string_view language) {
  for (const Lesson& lesson : lessons) {
    fmt::print("{:<4} {:<9} {}\n", lesson.name, lesson.topic, lesson.title.in(language));
  }
}

int list_all(const std::vector<LessonSource>& sources, std::string_view language) {
  std::vector<Lesson> lessons;
  for (const LessonSource& source : sources) {
    auto lesson = script::parse_lesson(source.text, source.file);
    if (!lesson) return report_script(lesson.error());
    lessons.push_back(std::move(*lesson));
  }
  list(lessons, language);
  return 0;
}

int check_all(const std::vector<LessonSource>& sources) {
  std::size_t problems = 0;
  for (const LessonSource& source : sources) {
    const auto draft = script::draft_lesson(source.text, source.file);
    if (!draft) {
      report_script(draft.error());
      ++problems;
      continue;
    }
    for (const script::LessonProblem& problem : script::check_lesson(*draft)) {
      report_script({Error::Kind::kBadInput,
                     fmt::format("{}:{}: {}", source.file, problem.line, problem.what)});
      ++problems;
    }
  }
  fmt::print("lessons {}, problems {}\n", sources.size(), problems);
  return problems == 0 ? 0 : 2;
}

}  // namespace

int run_lessons(const LessonsArgs& args) {
  auto named = sources(args);
  if (!named) return report_script(named.error());
  if (args.check && args.files.empty()) {
    for (const EmbeddedFile& file : lesson_files()) {
      named->push_back({std::string(file.path), std::string(file.text)});
    }
  }
  if (args.check) return check_all(*named);
  const std::string_view language = args.language.empty()
                                        ? locale::code_of(locale::language_of_environment())
                                        : std::string_view(args.language);
  if (!args.files.empty()) return list_all(*named, language);
  list(builtin_lessons(), language);
  return 0;
}

}  // namespace poolscope::cli
