#include "core/story/findings.h"

#include <algorithm>

namespace poolscope {
namespace {

using FindingKind = Finding::Kind;

// Shares from which on something stands out, in percent.
constexpr std::uint64_t kManyNews = 5;
constexpr std::uint64_t kMost = 50;
// A stop that waits less than this is as good as at once; so is a lock, in all, of the stretch.
constexpr std::int64_t kLongStopWait_ns = 1'000'000;
constexpr std::int64_t kLockShare = 100;

bool at_least(std::uint64_t percent, std::uint64_t count, std::uint64_t of) {
  return of != 0 && count * 100 >= percent * of;
}

class Findings {
 public:
  Findings(const Tally& tally, std::int64_t span_ns) : tally_(tally), span_ns_(span_ns) {}

  std::vector<Finding> all() {
    for (const auto& [number, counts] : tally_.by_pool.rows()) look_at_pool(PoolId{number}, counts);
    for (const auto& [number, counts] : tally_.by_p.rows()) look_at_p(PId{number}, counts);
    look_at_drops();
    look_at_waits();
    return std::move(found_);
  }

 private:
  Finding& find(FindingKind kind) { return found_.emplace_back(Finding{.kind = kind}); }

  void look_at_pool(PoolId pool, const Counts& counts) {
    const std::uint64_t news = counts.of(GetFrom::kNew);
    if (counts.gets() >= kLeastOperations && at_least(kManyNews, news, counts.gets())) {
      const bool by_gc = at_least(kMost, counts.new_soon_after_gc, news) && tally_.gc.count != 0;
      Finding& finding = find(by_gc ? FindingKind::kNewsAfterGc : FindingKind::kNews);
      finding.pool = pool;
      finding.count = news;
      finding.of = counts.gets();
      if (by_gc) {
        finding.more = counts.new_soon_after_gc;
        finding.ns = span_ns_ / static_cast<std::int64_t>(tally_.gc.count);
      }
    }
    if (counts.gets() >= kLeastOperations && counts.puts() == 0) {
      Finding& finding = find(FindingKind::kNeverPutBack);
      finding.pool = pool;
      finding.of = counts.gets();
    }
    if (counts.puts() >= kLeastOperations && counts.puts() > 2 * counts.gets()) {
      Finding& finding = find(FindingKind::kFromOutside);
      finding.pool = pool;
      finding.count = counts.puts();
      finding.of = counts.gets();
    }
  }

  void look_at_p(PId p, const Counts& counts) {
    const std::uint64_t steals = counts.of(GetFrom::kSteal);
    if (counts.gets() < kLeastOperations || !at_least(kMost, steals, counts.gets())) return;
    const auto puts = [](const CountsByNumber::Row& row) { return row.counts.puts(); };
    const auto most = std::ranges::max_element(tally_.by_p.rows(), {}, puts);
    const bool there = most->number != p.value && at_least(kMost, puts(*most), tally_.all.puts());
    Finding& finding = find(there ? FindingKind::kStealsFrom : FindingKind::kStealsOn);
    finding.p = p;
    finding.count = steals;
    finding.of = counts.gets();
    if (!there) return;
    finding.other = PId{most->number};
    finding.more = puts(*most);
    finding.all = tally_.all.puts();
  }

  void look_at_drops() {
    if (tally_.all.dropped_by_gc != 0) {
      Finding& finding = find(FindingKind::kGcDropped);
      finding.count = tally_.all.dropped_by_gc;
      finding.of = tally_.gc.count;
    }
    if (tally_.all.dropped_by_grow != 0) {
      find(FindingKind::kGrowDropped).count = tally_.all.dropped_by_grow;
    }
    if (const std::uint64_t orphans = tally_.all.of(PutTo::kDroppedArray); orphans != 0) {
      find(FindingKind::kOrphaned).count = orphans;
    }
  }

  void look_at_waits() {
    if (tally_.all.lock_waits != 0 && tally_.all.lock_wait_ns * kLockShare >= span_ns_) {
      Finding& finding = find(FindingKind::kLockWaits);
      finding.count = tally_.all.lock_waits;
      finding.ns = tally_.all.lock_wait_ns;
      finding.longest_ns = tally_.all.longest_lock_wait_ns;
    }
    for (const StopSums* stops : {&tally_.gc, &tally_.resize}) {
      const auto& longest = stops->longest_wait;
      if (!longest || longest->wait_ns < kLongStopWait_ns || longest->waited_for.empty()) continue;
      Finding& finding = find(FindingKind::kStopWaited);
      finding.gc = longest->cause == StopCause::kGc;
      finding.ns = longest->wait_ns;
      finding.ps = longest->waited_for;
    }
  }

  const Tally& tally_;
  std::int64_t span_ns_;
  std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> findings_of(const Tally& tally, std::int64_t span_ns) {
  return Findings(tally, span_ns).all();
}

}  // namespace poolscope
