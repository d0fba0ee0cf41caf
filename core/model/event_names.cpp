#include "core/model/event_names.h"

namespace poolscope {

std::string_view name_of(EventKind kind) {
  switch (kind) {
    case EventKind::kNone: return "?";
    case EventKind::kGoStart: return "GoStart";
    case EventKind::kGoExit: return "GoExit";
    case EventKind::kGoRun: return "GoRun";
    case EventKind::kGoPark: return "GoPark";
    case EventKind::kGoWaitP: return "GoWaitP";
    case EventKind::kStand: return "Stand";
    case EventKind::kObjectMade: return "ObjectMade";
    case EventKind::kObjectHanded: return "ObjectHanded";
    case EventKind::kRingWaited: return "RingWaited";
    case EventKind::kPutBegin: return "PutBegin";
    case EventKind::kPutEnd: return "PutEnd";
    case EventKind::kGetBegin: return "GetBegin";
    case EventKind::kGetEnd: return "GetEnd";
    case EventKind::kRaceDrop: return "RaceDrop";
    case EventKind::kPinned: return "Pinned";
    case EventKind::kUnpinned: return "Unpinned";
    case EventKind::kPrivateStore: return "PrivateStore";
    case EventKind::kPrivateFull: return "PrivateFull";
    case EventKind::kPrivateTake: return "PrivateTake";
    case EventKind::kPrivateEmpty: return "PrivateEmpty";
    case EventKind::kLockWait: return "LockWait";
    case EventKind::kLocked: return "Locked";
    case EventKind::kUnlocked: return "Unlocked";
    case EventKind::kSharedPush: return "SharedPush";
    case EventKind::kSharedPop: return "SharedPop";
    case EventKind::kSharedEmpty: return "SharedEmpty";
    case EventKind::kSlowLoaded: return "SlowLoaded";
    case EventKind::kTailPop: return "TailPop";
    case EventKind::kDequeueMade: return "DequeueMade";
    case EventKind::kDequeueUnlinked: return "DequeueUnlinked";
    case EventKind::kVictimLoaded: return "VictimLoaded";
    case EventKind::kVictimPrivateTake: return "VictimPrivateTake";
    case EventKind::kVictimPrivateEmpty: return "VictimPrivateEmpty";
    case EventKind::kVictimSizeZeroed: return "VictimSizeZeroed";
    case EventKind::kNewBegin: return "NewBegin";
    case EventKind::kNewMade: return "NewMade";
    case EventKind::kPinSlow: return "PinSlow";
    case EventKind::kAllPoolsWait: return "AllPoolsWait";
    case EventKind::kAllPoolsLocked: return "AllPoolsLocked";
    case EventKind::kAllPoolsAppend: return "AllPoolsAppend";
    case EventKind::kArrayMade: return "ArrayMade";
    case EventKind::kLocalStored: return "LocalStored";
    case EventKind::kLocalSizeStored: return "LocalSizeStored";
    case EventKind::kAllPoolsUnlocked: return "AllPoolsUnlocked";
    case EventKind::kStopRequested: return "StopRequested";
    case EventKind::kWorldStopped: return "WorldStopped";
    case EventKind::kCheckpointPool: return "CheckpointPool";
    case EventKind::kCheckpointShard: return "CheckpointShard";
    case EventKind::kCheckpointCells: return "CheckpointCells";
    case EventKind::kCheckpointHeap: return "CheckpointHeap";
    case EventKind::kPoolCleaned: return "PoolCleaned";
    case EventKind::kAllPoolsCleared: return "AllPoolsCleared";
    case EventKind::kProcsChanged: return "ProcsChanged";
    case EventKind::kArrayFreed: return "ArrayFreed";
    case EventKind::kObjectsFreed: return "ObjectsFreed";
    case EventKind::kWorldStarted: return "WorldStarted";
    case EventKind::kVictimDropped: return "VictimDropped";
    case EventKind::kLocalToVictim: return "LocalToVictim";
    case EventKind::kCheckpointVictim: return "CheckpointVictim";
    case EventKind::kCheckpointDequeue: return "CheckpointDequeue";
    case EventKind::kPaceChanged: return "PaceChanged";
    case EventKind::kPaused: return "Paused";
    case EventKind::kResumed: return "Resumed";
  }
  return "?";
}

}  // namespace poolscope
