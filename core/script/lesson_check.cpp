#include "core/script/lesson_check.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/script/lesson_comments.h"
#include "core/script/run.h"

namespace poolscope::script {
namespace {

constexpr std::size_t kFewestChoices = 2;

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = line.find_first_not_of(' '); at < line.size();
       at = line.find_first_not_of(' ', at)) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

/// Whether the words stand side by side in a line of the answer.
bool stands_in(const std::vector<std::string_view>& words, std::string_view answer) {
  return std::ranges::any_of(lines_of(answer), [&words](std::string_view line) {
    const std::vector<std::string_view> there = words_of(line);
    return !std::ranges::search(there, words).empty();
  });
}

class Check {
 public:
  explicit Check(const LessonDraft& draft) : lesson_(draft.lesson), problems_(draft.problems) {}

  std::vector<LessonProblem> run() {
    check_head();
    const Script& script = lesson_.script;
    for (std::size_t i = 0; i < lesson_.lines.size(); ++i) check_line(script.commands[i], i);
    check_exploration();
    if (auto transcript = run_script(script, {})) {
      answers_ = answers_in(script, *transcript);
      for (std::size_t i = 0; i < lesson_.lines.size(); ++i) check_answer(i);
    } else {
      fail(1, "the lesson does not run: " + transcript.error().message);
    }
    std::ranges::stable_sort(problems_, {}, &LessonProblem::line);
    return std::move(problems_);
  }

 private:
  void fail(std::uint32_t line, std::string what) { problems_.push_back({line, std::move(what)}); }

  /// Both languages of a text must be there.
  void want(const LessonText& text, std::uint32_t line, std::string_view key) {
    if (text.en.empty()) fail(line, fmt::format("{}.en is missing", key));
    if (text.zh.empty()) fail(line, fmt::format("{}.zh is missing", key));
  }

  void check_head() {
    want(lesson_.title, 1, "title");
    want(lesson_.question, 1, "question");
    if (lesson_.topic.empty()) fail(1, "topic is missing");
    want(lesson_.takeaway, 1, "takeaway");
  }

  void check_line(const Command& command, std::size_t i) {
    const LessonLine& line = lesson_.lines[i];
    want(line.caption, command.line, "caption");
    if (!line.note.empty()) want(line.note, command.line, "note");
    if (!line.ask) return;
    want(line.ask->text, line.ask->line, "ask");
    for (const LessonChoice& choice : line.ask->choices) {
      want(choice.text, choice.line, "choice");
      want(choice.why, choice.line, "why");
    }
    if (line.ask->choices.size() < kFewestChoices) {
      fail(line.ask->line, fmt::format("a question has at least {} choices", kFewestChoices));
    }
  }

  void check_answer(std::size_t i) {
    if (!lesson_.lines[i].ask) return;
    const LessonAsk& ask = *lesson_.lines[i].ask;
    const auto right = std::ranges::count_if(ask.choices, [&](const LessonChoice& choice) {
      return is_right(choice, lesson_.script, answers_, i);
    });
    if (right == 1) return;
    fail(ask.line, fmt::format("{} of the choices are right, and one should be; the answer is: {}",
                               right, lines_of(answers_[i]).front()));
  }

  void check_exploration() {
    const LessonText& text = lesson_.exploration_text;
    if (!lesson_.exploration) {
      if (!text.empty()) fail(1, "there is nothing to explore: explore: COMMAND is missing");
      return;
    }
    want(text, lesson_.exploration->commands.front().line, "explore");
  }

  const Lesson& lesson_;
  std::vector<LessonProblem> problems_;
  std::vector<std::string> answers_;
};

}  // namespace

std::string answer_of(const Command& command, std::string_view lines) {
  constexpr std::string_view kArrow = " -> ";
  const std::vector<std::string_view> all = lines_of(lines);
  if (command.kind != Command::Kind::kDump) {
    return std::string(all.front().substr(command.text.size() + kArrow.size()));
  }
  std::string answer;
  for (auto line = all.begin() + 1; *line != "end"; ++line) answer += fmt::format("{}\n", *line);
  return answer;
}

std::vector<std::string> answers_in(const Script& script, std::string_view transcript) {
  constexpr std::string_view kEnd = "\nend\n";
  std::vector<std::string> answers;
  for (const Command& command : script.commands) {
    const bool dump = command.kind == Command::Kind::kDump;
    const std::size_t length =
        dump ? transcript.find(kEnd) + kEnd.size() : transcript.find('\n') + 1;
    answers.push_back(answer_of(command, transcript.substr(0, length)));
    transcript.remove_prefix(length);
  }
  return answers;
}

bool is_right(const LessonChoice& choice, const Script& script,
              const std::vector<std::string>& answers, std::size_t command) {
  const std::vector<std::string_view> words = words_of(choice.answer);
  if (stands_in(words, answers[command])) return true;
  const std::size_t next = command + 1;
  return next < answers.size() && script.commands[next].kind == Command::Kind::kDump &&
         stands_in(words, answers[next]);
}

std::vector<LessonProblem> check_lesson(const LessonDraft& draft) { return Check(draft).run(); }

}  // namespace poolscope::script
