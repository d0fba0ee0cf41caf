#pragma once

// Goes through a stretch of a session, state by state, with what is told of each.
//
// Thread safety: one thread at a time for a Reader.
// Invariants: the story of the first state is that of somebody who has watched from the start of
// the session.

#include <functional>

#include "core/base/error.h"
#include "core/model/model.h"
#include "core/session/copy.h"
#include "core/session/reader.h"
#include "core/story/told.h"
#include "core/trace/event.h"

namespace poolscope::page {

/// One state. `event` has led to it; nullptr: it is the first of all, or the first of a segment.
struct ToldState {
  const Model& model;
  const Told& told;
  const Event* event = nullptr;
};

/// Hands the states from the one after stretch.first to the one after stretch.last to `take`.
Expected<void> each_told(Reader& reader, const Stretch& stretch,
                         const std::function<void(const ToldState&)>& take);

}  // namespace poolscope::page
