#include "core/goimport/log_format.h"

#include <string_view>

#include <fmt/format.h>

#include "core/model/pool_sample.h"

namespace poolscope::goimport {
namespace {

constexpr std::array<std::string_view, kKinds> kKindNames = {"None",
                                                             "Take",
                                                             "Store",
                                                             "PopHead",
                                                             "Push",
                                                             "PopTail",
                                                             "VictimTake",
                                                             "Miss",
                                                             "MadeNew",
                                                             "RaceDrop",
                                                             "Array",
                                                             "DequeueMade",
                                                             "DequeueUnlinked",
                                                             "Cleanup",
                                                             "CheckPool",
                                                             "CheckVictim",
                                                             "CheckLocal",
                                                             "CheckDequeue",
                                                             "CheckItem",
                                                             "CheckCut",
                                                             "CheckEnd",
                                                             "VictimDropped",
                                                             "VictimMade",
                                                             "CleanupEnd",
                                                             "Procs",
                                                             "TypeName",
                                                             "PoolCaller",
                                                             "Text",
                                                             "Clock",
                                                             "FunctionName",
                                                             "Caller",
                                                             "Called",
                                                             "Returned"};

}  // namespace

std::string go_constants() {
  std::string text = "\nconst (\n";
  const auto add = [&text](std::string_view name, auto value) {
    text += fmt::format("\tpoolscope{} = {}\n", name, value);
  };
  add("Magic", kLogMagic);
  add("Version", kLogVersion);
  add("ChunkMagic", kChunkMagic);
  add("ChunkBytes", kChunkBytes);
  add("MostPs", kMostPs);
  add("DefaultBytes", kDefaultLogBytes);
  add("MostItems", kMostCheckItems);
  add("MostText", kMostText);
  add("MissZeroedVictim", kMissZeroedVictim);
  add("MissWithoutNew", kMissWithoutNew);
  add("TypeBits", kTypeBits);
  add("TypeMask", kTypeMask);
  add("GetsEach", PoolSample::kGetsEach);
  add("LevelAll", static_cast<std::uint32_t>(Level::kAll));
  add("OrderSequence", static_cast<std::uint32_t>(Order::kSequence));
  add("LogFull", static_cast<std::uint32_t>(StopReason::kLogFull));
  add("DiskFull", static_cast<std::uint32_t>(StopReason::kDiskFull));
  add("TooManyPs", static_cast<std::uint32_t>(StopReason::kTooManyPs));
  for (std::size_t i = 1; i < kKindNames.size(); ++i) {
    text += fmt::format("\tpoolscopeKind{} = {}\n", kKindNames[i], i);
  }
  return text + ")\n";
}

}  // namespace poolscope::goimport
