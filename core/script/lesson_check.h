#pragma once

// Is a lesson whole, and is it true? Its words in both languages, and the right answers of its
// questions, held against what the script does.
//
// Thread safety: functions of their arguments.
// Invariants: the script is run, on real threads, at most once a check.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/script/lesson.h"

namespace poolscope::script {

/// What one command answered, from its lines of the transcript: behind "->", or, of a dump, its
/// lines.
std::string answer_of(const Command& command, std::string_view lines);

/// The same of each command, from the transcript of the whole script. As many as there are
/// commands.
std::vector<std::string> answers_in(const Script& script, std::string_view transcript);

/// Whether a choice of the question before command `command` is right: the words of its answer
/// stand side by side in what the command answered, or in one line of a dump that follows it at
/// once.
bool is_right(const LessonChoice& choice, const Script& script,
              const std::vector<std::string>& answers, std::size_t command);

/// All that is wrong with a lesson or missing in it, in the order of lines; none: it is whole.
std::vector<LessonProblem> check_lesson(const LessonDraft& draft);

}  // namespace poolscope::script
