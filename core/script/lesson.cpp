#include "core/script/lesson.h"

#include <algorithm>
#include <filesystem>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/script/exploration.h"
#include "core/script/lesson_comments.h"

namespace poolscope::script {
namespace {

/// The place of a topic in kLessonTopics; behind them all where it is none of them.
std::size_t place_of(std::string_view topic) {
  return static_cast<std::size_t>(std::ranges::find(kLessonTopics, topic) - kLessonTopics.begin());
}

/// "S11" of ".../S11-put-unpin-gc-lost.ops", "talk" of "talk.ops".
std::string name_of(const std::string& file) {
  const std::string stem = std::filesystem::path(file).stem().string();
  const std::size_t end = stem.find('-');
  const std::string_view number = std::string_view(stem).substr(0, end);
  const bool is_number =
      number.size() > 1 && number[0] >= 'A' && number[0] <= 'Z' &&
      std::ranges::all_of(number.substr(1), [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? std::string(number) : stem;
}

/// Gives each comment of a lesson to the line that it belongs to.
class Reading {
 public:
  Reading(Lesson& lesson, std::vector<LessonProblem>& problems)
      : lesson_(lesson), problems_(problems) {}

  void take(const LessonComment& comment) {
    const LessonKey* key = find_lesson_key(comment.key);
    if (key == nullptr) return fail(comment.line, unknown_key(comment.key));
    if (!key->languages && !comment.language.empty()) {
      return fail(comment.line,
                  fmt::format("{} has no language: write {}:", comment.key, comment.key));
    }
    if (!key->words && comment.language.empty()) {
      return fail(comment.line, fmt::format("{} needs a language: {}.en or {}.zh", comment.key,
                                            comment.key, comment.key));
    }
    if (!comment.language.empty() && comment.language != "en" && comment.language != "zh") {
      return fail(comment.line,
                  fmt::format("the languages are en and zh, not {}", comment.language));
    }
    if (comment.text.empty()) {
      return fail(comment.line, fmt::format("nothing stands after {}:", comment.name()));
    }
    place(comment, *key);
  }

  /// The command on that line takes what was said before it.
  void give_to(std::size_t command) {
    lesson_.lines[command] = std::exchange(pending_, {});
    first_pending_ = 0;
  }

  /// A line of the file that is no step, or its end, has come.
  void expect_nothing_pending(std::string_view where) {
    if (first_pending_ == 0) return;
    fail(first_pending_,
         fmt::format("this belongs before a step such as put, get or gc, not before {}", where));
    pending_ = {};
    first_pending_ = 0;
  }

 private:
  void fail(std::uint32_t line, std::string what) { problems_.push_back({line, std::move(what)}); }

  void place(const LessonComment& comment, const LessonKey& key) {
    if (comment.key == "topic") return place_topic(comment);
    if (comment.key == "explore" && comment.language.empty()) return;  // see exploration_of
    if (key.of_line && first_pending_ == 0) first_pending_ = comment.line;
    if (comment.key == "choice" && comment.language.empty()) return place_choice(comment);
    LessonText* text = text_of(comment);
    if (text == nullptr) return;
    std::string& target = comment.language == "en" ? text->en : text->zh;
    if (!target.empty()) {
      return fail(comment.line, fmt::format("{} was given before", comment.name()));
    }
    target = comment.text;
  }

  void place_topic(const LessonComment& comment) {
    if (!lesson_.topic.empty()) return fail(comment.line, "topic was given before");
    if (place_of(comment.text) == kLessonTopics.size()) {
      return fail(comment.line, fmt::format("there is no such topic: take one of {}",
                                            fmt::join(kLessonTopics, ", ")));
    }
    lesson_.topic = comment.text;
  }

  void place_choice(const LessonComment& comment) {
    if (!pending_.ask) return fail(comment.line, "a choice stands after ask.en and ask.zh");
    pending_.ask->choices.push_back({comment.line, comment.text, {}, {}});
  }

  /// Where a text with a language goes; null, and a problem: there is nothing that it belongs to.
  LessonText* text_of(const LessonComment& comment) {
    if (comment.key == "title") return &lesson_.title;
    if (comment.key == "question") return &lesson_.question;
    if (comment.key == "takeaway") return &lesson_.takeaway;
    if (comment.key == "explore") return &lesson_.exploration_text;
    if (comment.key == "caption") return &pending_.caption;
    if (comment.key == "note") return &pending_.note;
    if (comment.key == "ask") {
      if (!pending_.ask) pending_.ask.emplace().line = comment.line;
      return &pending_.ask->text;
    }
    if (!pending_.ask || pending_.ask->choices.empty()) {
      fail(comment.line,
           fmt::format("{} stands after the choice that it belongs to, choice: ANSWER",
                       comment.name()));
      return nullptr;
    }
    LessonChoice& choice = pending_.ask->choices.back();
    return comment.key == "why" ? &choice.why : &choice.text;
  }

  Lesson& lesson_;
  std::vector<LessonProblem>& problems_;
  LessonLine pending_;               // what waits for its command
  std::uint32_t first_pending_ = 0;  // its first line; 0: nothing waits
};

/// The first word of a line before its comment; empty: it has none.
std::string_view first_word(std::string_view line) {
  constexpr std::string_view kBlanks = " \t\r\v\f";
  line = line.substr(0, line.find('%'));
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  return line.substr(0, line.find_first_of(kBlanks));
}

/// The script of the `explore:` lines, in the world that the lesson declares. Each stands on its
/// own line, so that an error names the right one.
Expected<std::optional<Script>> exploration_of(const std::vector<std::string_view>& lines,
                                               const std::vector<LessonComment>& comments,
                                               const Lesson& lesson, const std::string& file) {
  std::vector<std::string_view> program(lines.size());
  const std::size_t head =
      lesson.script.commands.empty() ? lines.size() : lesson.script.commands[0].line - 1;
  for (std::size_t i = 0; i < head; ++i) program[i] = lines[i];
  bool any = false;
  for (const LessonComment& comment : comments) {
    if (comment.key != "explore" || !comment.language.empty()) continue;
    any = true;
    program[comment.line - 1] = comment.text;
  }
  if (!any) return std::nullopt;
  auto script = parse_script(fmt::format("{}\n", fmt::join(program, "\n")), file);
  if (!script) return tl::make_unexpected(script.error());
  if (auto explorable = check_explorable(*script); !explorable) {
    return tl::make_unexpected(explorable.error());
  }
  return std::optional(std::move(*script));
}

/// The line and the words of an error "FILE:LINE: what".
LessonProblem problem_of(const Error& error, const std::string& file) {
  const std::string_view rest = std::string_view(error.message).substr(file.size() + 1);
  const std::size_t colon = rest.find(": ");
  LessonProblem problem{0, std::string(rest.substr(colon + 2))};
  for (const char c : rest.substr(0, colon)) {
    problem.line = problem.line * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return problem;
}

}  // namespace

Expected<LessonDraft> draft_lesson(std::string_view text, const std::string& file) {
  auto script = parse_script(text, file);
  if (!script) return tl::make_unexpected(script.error());
  LessonDraft draft;
  Lesson& lesson = draft.lesson;
  lesson.name = name_of(file);
  lesson.script = std::move(*script);
  lesson.lines.resize(lesson.script.commands.size());

  const std::vector<std::string_view> lines = lines_of(text);
  const std::vector<LessonComment> comments = lesson_comments(lines);
  Reading reading(lesson, draft.problems);
  std::size_t command = 0;
  auto comment = comments.begin();
  for (std::uint32_t number = 1; number <= lines.size(); ++number) {
    const std::string_view line = lines[number - 1];
    for (; comment != comments.end() && comment->line == number; ++comment) reading.take(*comment);
    if (command < lesson.lines.size() && lesson.script.commands[command].line == number) {
      reading.give_to(command++);
    } else if (const std::string_view word = first_word(line); !word.empty()) {
      reading.expect_nothing_pending(word);
    }
  }
  reading.expect_nothing_pending("the end");

  auto exploration = exploration_of(lines, comments, lesson, file);
  if (exploration) {
    lesson.exploration = std::move(*exploration);
  } else {
    draft.problems.push_back(problem_of(exploration.error(), file));
  }
  std::ranges::stable_sort(draft.problems, {}, &LessonProblem::line);
  return draft;
}

Expected<LessonDraft> read_draft(const std::string& file) {
  const auto text = read_script_text(file);
  if (!text) return tl::make_unexpected(text.error());
  return draft_lesson(*text, file);
}

Expected<Lesson> parse_lesson(std::string_view text, const std::string& file) {
  auto draft = draft_lesson(text, file);
  if (!draft) return tl::make_unexpected(draft.error());
  if (!draft->problems.empty()) {
    const LessonProblem& first = draft->problems.front();
    return bad_input(fmt::format("{}:{}: {}", file, first.line, first.what));
  }
  return std::move(draft->lesson);
}

void sort_lessons(std::vector<Lesson>& lessons) {
  std::ranges::stable_sort(lessons, {}, [](const Lesson& lesson) {
    return std::tuple(place_of(lesson.topic), lesson.name);
  });
}

}  // namespace poolscope::script
