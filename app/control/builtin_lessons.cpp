#include "app/control/builtin_lessons.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "core/base/check.h"

namespace poolscope {

std::vector<EmbeddedFile> lesson_files() {
  std::vector<EmbeddedFile> files;
  std::ranges::copy_if(embedded_files(), std::back_inserter(files), [](const EmbeddedFile& file) {
    return file.path.starts_with("assets/lessons/");
  });
  return files;
}

std::vector<script::Lesson> builtin_lessons() {
  std::vector<script::Lesson> lessons;
  for (const EmbeddedFile& file : lesson_files()) {
    auto lesson = script::parse_lesson(file.text, std::string(file.path));
    check(lesson.has_value(), "a lesson of ours can be read");
    lessons.push_back(std::move(*lesson));
  }
  script::sort_lessons(lessons);
  return lessons;
}

}  // namespace poolscope
