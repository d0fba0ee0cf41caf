#include "core/story/findings.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace poolscope {
namespace {

using FindingKind = Finding::Kind;

// Shares from which on something stands out, in percent.
constexpr std::uint64_t kManyNews = 5;
constexpr std::uint64_t kManyLost = 5;
constexpr std::uint64_t kMost = 50;
// A stop that waits less than this is as good as at once; so is a lock, in all, of the stretch.
constexpr std::int64_t kLongStopWait_ns = 1'000'000;
constexpr std::int64_t kLockShare = 100;
constexpr std::size_t kCallersNamed = 3;
// A buffer is large that has 32 times what half of them have at most, and 16 KiB.
constexpr unsigned kLargerBits = 5;
constexpr unsigned kLargeBits = 14;
constexpr unsigned kMostBits = 63;
constexpr std::uint64_t kFewBuffers = 1;  // percent

bool at_least(std::uint64_t percent, std::uint64_t count, std::uint64_t of) {
  return of != 0 && count * 100 >= percent * of;
}

class Findings {
 public:
  Findings(const Tally& tally, std::int64_t span_ns, const PoolSamples& samples, bool whole)
      : tally_(tally), span_ns_(span_ns), samples_(samples), whole_(whole) {}

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
      look_at_callers(pool);
    }
    if (whole_) look_at_habits(pool, counts);
    look_at_buffers(pool);
  }

  /// What the program does with the pool from its first to its last use.
  void look_at_habits(PoolId pool, const Counts& counts) {
    if (counts.gets() >= kLeastOperations && counts.puts() == 0) {
      Finding& finding = find(FindingKind::kNeverPutBack);
      finding.pool = pool;
      finding.of = counts.gets();
    }
    const std::uint64_t given = counts.gets() - counts.of(GetFrom::kNil);
    const auto lost = static_cast<std::uint64_t>(std::max<std::int64_t>(counts.out.now, 0));
    // Where the program puts objects that no Get gave out, the difference says nothing.
    if (counts.puts() != 0 && counts.out.least == 0 && lost >= kLeastOperations &&
        at_least(kManyLost, lost, given)) {
      Finding& finding = find(FindingKind::kNotPutBack);
      finding.pool = pool;
      finding.count = lost;
      finding.of = given;
    }
    if (counts.puts() >= kLeastOperations && counts.puts() > 2 * counts.gets()) {
      Finding& finding = find(FindingKind::kFromOutside);
      finding.pool = pool;
      finding.count = counts.puts();
      finding.of = counts.gets();
    }
    look_at_users(pool, counts);
  }

  void look_at_callers(PoolId pool) {
    const auto sample = samples_.find(pool.value);
    if (sample == samples_.end() || sample->second.news < kLeastOperations) return;
    std::vector<PoolSample::Caller> callers = sample->second.callers;
    std::ranges::stable_sort(callers, std::greater(), &PoolSample::Caller::news);
    if (callers.size() > kCallersNamed) callers.resize(kCallersNamed);
    std::erase_if(callers, [](const PoolSample::Caller& caller) { return caller.news == 0; });
    if (callers.empty()) return;
    Finding& finding = find(FindingKind::kNewCallers);
    finding.pool = pool;
    finding.of = sample->second.news;
    finding.callers = std::move(callers);
  }

  void look_at_buffers(PoolId pool) {
    const auto sample = samples_.find(pool.value);
    if (sample == samples_.end()) return;
    const std::vector<PoolSample::Capacity>& capacities = sample->second.capacities;
    std::uint64_t all = 0;
    for (const PoolSample::Capacity& capacity : capacities) all += capacity.puts;
    if (all < kLeastOperations) return;
    std::uint64_t so_far = 0;
    const auto usual = std::ranges::find_if(capacities, [&](const PoolSample::Capacity& capacity) {
      so_far += capacity.puts;
      return so_far >= all - so_far;
    });
    const unsigned large_bits = std::max(usual->bits + kLargerBits, kLargeBits);
    std::uint64_t large = 0;
    for (const PoolSample::Capacity& capacity : capacities) {
      if (capacity.bits > large_bits) large += capacity.puts;
    }
    if (large_bits > kMostBits || !at_least(kFewBuffers, large, all)) return;
    Finding& finding = find(FindingKind::kLargeBuffers);
    finding.pool = pool;
    finding.count = large;
    finding.of = all;
    finding.usual_bytes = std::uint64_t{1} << usual->bits;
    finding.large_bytes = std::uint64_t{1} << large_bits;
  }

  void look_at_users(PoolId pool, const Counts& counts) {
    if (counts.gets() < kLeastOperations || counts.puts() < kLeastOperations) return;
    const GId getter = counts.getters.one;
    if (counts.getters.several && counts.out.most == 1 && counts.out.least == 0) {
      Finding& finding = find(FindingKind::kOneAtATime);
      finding.pool = pool;
      finding.of = counts.gets();
    }
    if (!counts.getters.only(getter)) return;
    const bool puts_alone = counts.putters.only(getter);
    Finding& finding = find(puts_alone ? FindingKind::kOneUser : FindingKind::kOneGetter);
    finding.pool = pool;
    finding.g = getter;
    finding.of = counts.gets();
    finding.count = counts.puts();
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
  const PoolSamples& samples_;
  bool whole_;
  std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> findings_of(const Tally& tally, std::int64_t span_ns,
                                 const PoolSamples& samples, bool whole) {
  return Findings(tally, span_ns, samples, whole).all();
}

}  // namespace poolscope
