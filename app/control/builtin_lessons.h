#pragma once

// The lessons that the program carries with it.
//
// Thread safety: functions of constants.

#include <vector>

#include "assets/embedded.h"
#include "core/script/lesson.h"

namespace poolscope {

/// Their files, in the order of their names.
std::vector<EmbeddedFile> lesson_files();

/// All of them, in the order in which they are taught.
std::vector<script::Lesson> builtin_lessons();

}  // namespace poolscope
