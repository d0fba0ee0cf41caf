#include "core/session/packing_shapes.h"

namespace poolscope {
namespace {

/// Formats 1 to 3: the kinds of the classic and of the modern pool, each with its number in the
/// catalogue. Never changed: a kind that comes later gets its shape in a table of its own format.
constexpr Shape shape_of(EventKind kind) {
  switch (kind) {
    case EventKind::kObjectMade: return {.object = ObjectFrom::kNew};
    case EventKind::kObjectHanded:
    case EventKind::kGetEnd: return {.object = ObjectFrom::kFlight};
    case EventKind::kPutBegin:
    case EventKind::kRaceDrop: return {.index = IndexFrom::kPool, .object = ObjectFrom::kFlight};
    case EventKind::kGetBegin:
    case EventKind::kNewBegin:
    case EventKind::kPinSlow:
    case EventKind::kAllPoolsAppend: return {.index = IndexFrom::kPool};
    case EventKind::kPinned: return {ArrayFrom::kPool, IndexFrom::kP, ObjectFrom::kNone};
    case EventKind::kPrivateStore:
    case EventKind::kSharedPush: return {ArrayFrom::kOwn, IndexFrom::kPlace, ObjectFrom::kFlight};
    case EventKind::kPrivateTake:
    case EventKind::kCheckpointShard:
      return {ArrayFrom::kOwn, IndexFrom::kPlace, ObjectFrom::kPrivate};
    case EventKind::kSharedPop: return {ArrayFrom::kOwn, IndexFrom::kPlace, ObjectFrom::kTop};
    case EventKind::kTailPop: return {ArrayFrom::kOwn, IndexFrom::kPlace, ObjectFrom::kOldest};
    case EventKind::kVictimPrivateTake:
      return {ArrayFrom::kOwn, IndexFrom::kPlace, ObjectFrom::kPrivate};
    case EventKind::kVictimPrivateEmpty:
      return {ArrayFrom::kOwn, IndexFrom::kPlace, ObjectFrom::kNone};
    case EventKind::kDequeueMade:
    case EventKind::kDequeueUnlinked:
      return {ArrayFrom::kOwn, IndexFrom::kPlace, ObjectFrom::kNumber};
    case EventKind::kVictimLoaded: return {ArrayFrom::kVictim, IndexFrom::kP, ObjectFrom::kNumber};
    case EventKind::kVictimSizeZeroed: return {.index = IndexFrom::kPool};
    case EventKind::kVictimDropped:
      return {ArrayFrom::kVictim, IndexFrom::kPool, ObjectFrom::kNone};
    case EventKind::kLocalToVictim: return {ArrayFrom::kPool, IndexFrom::kPool, ObjectFrom::kNone};
    case EventKind::kCheckpointVictim:
      return {ArrayFrom::kVictim, IndexFrom::kPool, ObjectFrom::kNumber};
    case EventKind::kCheckpointDequeue:
      return {.index = IndexFrom::kPlace, .object = ObjectFrom::kNumber};
    case EventKind::kPrivateFull:
    case EventKind::kPrivateEmpty:
    case EventKind::kLockWait:
    case EventKind::kLocked:
    case EventKind::kUnlocked:
    case EventKind::kSharedEmpty: return {ArrayFrom::kOwn, IndexFrom::kPlace, ObjectFrom::kNone};
    case EventKind::kSlowLoaded: return {ArrayFrom::kPool, IndexFrom::kP, ObjectFrom::kNumber};
    case EventKind::kNewMade: return {.index = IndexFrom::kPool, .object = ObjectFrom::kNew};
    case EventKind::kArrayMade: return {ArrayFrom::kNew, IndexFrom::kPool, ObjectFrom::kNumber};
    case EventKind::kLocalStored:
    case EventKind::kPoolCleaned: return {ArrayFrom::kOwn, IndexFrom::kPool, ObjectFrom::kNone};
    case EventKind::kLocalSizeStored:
      return {.index = IndexFrom::kPool, .object = ObjectFrom::kNumber};
    case EventKind::kCheckpointPool:
      return {ArrayFrom::kPool, IndexFrom::kPool, ObjectFrom::kNumber};
    case EventKind::kCheckpointCells:
      return {.index = IndexFrom::kPlace, .object = ObjectFrom::kNumber};
    case EventKind::kArrayFreed: return {.array = ArrayFrom::kOwn};
    case EventKind::kRingWaited:
    case EventKind::kStopRequested:
    case EventKind::kCheckpointHeap:
    case EventKind::kProcsChanged:
    case EventKind::kObjectsFreed:
    case EventKind::kSpeedChanged:
    case EventKind::kProcsWanted:
    case EventKind::kPaceChanged: return {.object = ObjectFrom::kNumber};
    default: return {};
  }
}

constexpr ShapeTable kUpTo3 = [] {
  ShapeTable shapes{};
  for (std::size_t kind = 0; kind < shapes.size(); ++kind) {
    shapes[kind] = shape_of(static_cast<EventKind>(kind));
  }
  return shapes;
}();

}  // namespace

const ShapeTable& packing_shapes(std::uint32_t /*format*/) { return kUpTo3; }

}  // namespace poolscope
