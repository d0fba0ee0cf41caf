#pragma once

// The model's enumerations and lists in the words of the transcripts, for the dumps.
//
// Thread safety: functions of their arguments.

#include <string>
#include <string_view>
#include <vector>

#include "core/model/model.h"

namespace poolscope {

std::string_view word_of(Role role);
std::string_view word_of(GState::Status status);
std::string_view word_of(ParkReason reason);
std::string_view word_of(Operation::Kind kind);
std::string_view word_of(Pacing pacing);
std::string_view word_of(StopCause cause);
std::string_view word_of(StopState::Phase phase);

/// A, B, ... Z, AA, AB, ...
std::string pool_name(PoolId pool);
/// #19, "-" for none.
std::string object_name(ObjectId object);

// What a dump lists, each object once.
std::vector<ObjectId> objects_in_use(const Model& model);
std::vector<ObjectId> objects_in_flight(const Model& model);
/// In dropped arrays that an operation may still reach, and nowhere else.
std::vector<ObjectId> stale_objects(const Model& model);

// The same in words, by the numbers of the objects.
std::vector<std::string> in_use_names(const Model& model);
std::vector<std::string> in_flight_names(const Model& model);
std::vector<std::string> stale_names(const Model& model);
/// The kept ones, as #3:gc.
std::vector<std::string> lost_names(const Model& model);

/// The unfinished operations in the order of their beginning, as G3@p1=put.unpinned: where the
/// goroutine stands, or the lock that it waits for, or how it goes on; /pinned where it is.
std::vector<std::string> task_names(const Model& model);

}  // namespace poolscope
