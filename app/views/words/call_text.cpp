#include "app/views/words/call_text.h"

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/words/finding_text.h"
#include "app/views/words/words.h"
#include "core/story/tally.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;
using locale::trnf;

std::string got_text(const SeenCall& seen) {
  const auto from = get_from(seen.where);
  return from ? source_text(*from) : "";
}

std::string put_text(const SeenCall& seen) {
  const auto to = put_to(seen.where);
  return to ? put_place_text(*to) : tr("nothing to put");
}

}  // namespace

std::string version_text(PoolKind pool) {
  return pool == PoolKind::kModern ? tr("Go >= 1.13") : tr("Go <= 1.12");
}

std::string call_text(const Call& call, std::size_t pools) {
  if (call.kind == Call::Kind::kGc) return "GC";
  if (call.kind == Call::Kind::kResize) return fmt::format("GOMAXPROCS({})", call.procs);
  const char* const name = call.puts() ? "Put" : "Get";
  const std::string p = name_of(call.p);
  return pools > 1 ? trf("{0} on {1}, pool {2}", name, p, name_of(call.pool))
                   : trf("{0} on {1}", name, p);
}

std::string outcome_text(const SeenCall& seen) {
  switch (seen.call.kind) {
    case Call::Kind::kGet: return got_text(seen);
    case Call::Kind::kPut:
    case Call::Kind::kDrop: return put_text(seen);
    case Call::Kind::kGc:
      return trnf("{1} object dropped", "{1} objects dropped", seen.dropped,
                  count_text(seen.dropped));
    case Call::Kind::kResize: break;
  }
  return "";
}

std::string whole_outcome_text(const SeenCall& seen) {
  const auto from = seen.call.kind == Call::Kind::kGet ? get_from(seen.where) : std::nullopt;
  const bool elsewhere = from == GetFrom::kSteal || from == GetFrom::kVictimShared;
  return elsewhere ? trf("{0}, from {1}", outcome_text(seen), name_of(PId{seen.found_at}))
                   : outcome_text(seen);
}

}  // namespace poolscope::views
