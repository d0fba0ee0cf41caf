#include "app/views/words/finding_text.h"

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;
using locale::trnf;
using FindingKind = Finding::Kind;

/// main.handle (81 %), fmt.Fprintf (12 %)
std::string callers_text(const Finding& finding) {
  std::string text;
  for (const PoolSample::Caller& caller : finding.callers) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{} ({})", caller.function, percent_text(caller.news, finding.of));
  }
  return text;
}

std::string of_pool(const Finding& finding) {
  const std::string pool = name_of(finding.pool);
  const std::string share = percent_text(finding.count, finding.of);
  switch (finding.kind) {
    case FindingKind::kNews: return trf("Pool {0}: {1} of the Gets call New.", pool, share);
    case FindingKind::kNewsAfterGc:
      return trf(
          "Pool {0}: {1} of the Gets call New, {2} of these within 20 ms after a GC (there is a GC "
          "every {3}).",
          pool, share, percent_text(finding.more, finding.count), duration_text(finding.ns));
    case FindingKind::kNeverPutBack:
      return trf("Pool {0}: {1} Gets and no Put: nothing is ever put back.", pool,
                 count_text(finding.of));
    case FindingKind::kOneUser:
      return trf(
          "Pool {0}: {1} alone uses it, for {2} Gets and {3} Puts: it needs no pool that others "
          "share.",
          pool, name_of(finding.g), count_text(finding.of), count_text(finding.count));
    case FindingKind::kOneGetter:
      return trf("Pool {0}: all of the {2} Gets are of {1}, and not all of the {3} Puts.", pool,
                 name_of(finding.g), count_text(finding.of), count_text(finding.count));
    case FindingKind::kNotPutBack:
      return trf("Pool {0}: {1} of the {2} objects that its Gets gave out were not put back.", pool,
                 count_text(finding.count), count_text(finding.of));
    case FindingKind::kOneAtATime:
      return trf(
          "Pool {0}: in {1} Gets, never were two of its objects in use at once: one object that is "
          "kept would do.",
          pool, count_text(finding.of));
    case FindingKind::kNewCallers:
      return trf("Pool {0}: in the whole recording, New was called for {1}.", pool,
                 callers_text(finding));
    case FindingKind::kLargeBuffers:
      return trf(
          "Pool {0}: in the whole recording, {1} of the buffers that were put have {2} and more, "
          "and half of all that were put have less than {3}.",
          pool, share, bytes_text(finding.large_bytes), bytes_text(finding.usual_bytes));
    default:
      return trf("Pool {0}: {1} Puts and only {2} Gets: objects are put that no Get gave out.",
                 pool, count_text(finding.count), count_text(finding.of));
  }
}

std::string of_p(const Finding& finding) {
  const std::string p = name_of(finding.p);
  const std::string share = percent_text(finding.count, finding.of);
  if (finding.kind == FindingKind::kStealsOn) return trf("{0} of the Gets on {1} steal.", share, p);
  return trf("{0} of the Gets on {1} steal: {2} of all Puts are on {3}.", share, p,
             percent_text(finding.more, finding.all), name_of(finding.other));
}

}  // namespace

std::string finding_text(const Finding& finding) {
  const std::string count = count_text(finding.count);
  switch (finding.kind) {
    case FindingKind::kNews:
    case FindingKind::kNewsAfterGc:
    case FindingKind::kNeverPutBack:
    case FindingKind::kFromOutside:
    case FindingKind::kOneUser:
    case FindingKind::kOneGetter:
    case FindingKind::kNotPutBack:
    case FindingKind::kOneAtATime:
    case FindingKind::kNewCallers:
    case FindingKind::kLargeBuffers: return of_pool(finding);
    case FindingKind::kStealsOn:
    case FindingKind::kStealsFrom: return of_p(finding);
    case FindingKind::kGcDropped:
      return trnf("{1} GC dropped {2} objects of the pools.",
                  "{1} GCs dropped {2} objects of the pools.", finding.of, count_text(finding.of),
                  count);
    case FindingKind::kGrowDropped:
      return trnf("Grown arrays dropped {1} object with the old ones.",
                  "Grown arrays dropped {1} objects with the old ones.", finding.count, count);
    case FindingKind::kOrphaned:
      return trnf("{1} Put came to an array that the pool had dropped.",
                  "{1} Puts came to arrays that the pool had dropped.", finding.count, count);
    case FindingKind::kLockWaits:
      return trf("Waits for locks of the pools: {0}, {1} in all, {2} at most.", count,
                 duration_text(finding.ns), duration_text(finding.longest_ns));
    case FindingKind::kStopWaited:
      return finding.gc
                 ? trf("A GC waited up to {0} for the world to stop: pinned on {1}.",
                       duration_text(finding.ns), list_text(finding.ps))
                 : trf("A change of GOMAXPROCS waited up to {0} for the world to stop: pinned on "
                       "{1}.",
                       duration_text(finding.ns), list_text(finding.ps));
  }
  return "";
}

std::string source_text(GetFrom from) {
  switch (from) {
    case GetFrom::kPrivate: return "private";
    case GetFrom::kOwnShared: return tr("own shared");
    case GetFrom::kSteal: return tr("steal");
    case GetFrom::kVictimPrivate: return "victim private";
    case GetFrom::kVictimShared: return "victim shared";
    case GetFrom::kNew: return "New";
    case GetFrom::kNil: return "nil";
  }
  return "";
}

std::string put_place_text(PutTo to) {
  switch (to) {
    case PutTo::kPrivate: return "private";
    case PutTo::kShared: return "shared";
    case PutTo::kDroppedArray: return tr("dropped array");
    case PutTo::kDice: return tr("race dice");
  }
  return "";
}

std::string percent_text(std::uint64_t count, std::uint64_t of) {
  constexpr double kTen = 9.95;
  const double percent = of == 0 ? 0 : 100.0 * static_cast<double>(count) / static_cast<double>(of);
  // All and none are said of all and none only.
  constexpr double kLeast = 0.05;
  constexpr double kNearlyAll = 99.5;
  if (count != 0 && percent < kLeast) return "<0.1 %";
  if (count < of && percent >= 100 - kLeast) return ">99.9 %";
  if (count < of && percent >= kNearlyAll) return fmt::format("{:.1f} %", percent);
  if (percent != 0 && percent < kTen) return fmt::format("{:.1f} %", percent);
  return fmt::format("{:.0f} %", percent);
}

}  // namespace poolscope::views
