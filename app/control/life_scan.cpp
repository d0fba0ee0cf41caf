#include "app/control/life_scan.h"

#include <algorithm>
#include <utility>

namespace poolscope {
namespace {

// While a session goes on, its past is looked through again so often.
constexpr std::int64_t kAgain_ns = 1'000'000'000;

}  // namespace

bool FollowedLife::update(ObjectId object, std::uint64_t last_seq, std::int64_t host_now_ns,
                          const std::function<PastScan::Open()>& past) {
  if (!object.valid()) {
    if (scan_ != nullptr || life_ != nullptr) forget();
    return false;
  }
  const bool another = life_ == nullptr || life_->object() != object;
  const bool grown = scan_ != nullptr && scan_->done() && scan_->until_seq() < last_seq &&
                     host_now_ns - begun_ns_ >= kAgain_ns;
  if (another) forget();
  if (another || grown) {
    begun_ns_ = host_now_ns;
    scan_ = std::make_unique<LifeScan>(past(), object, last_seq);
  }
  const double progress = scan_->done() ? 1 : scan_->progress();
  const bool done = scan_->done();
  bool changed = std::exchange(progress_, progress) != progress;
  // A second look must not show less than the first one did.
  if (!whole_ || done) {
    auto latest = scan_->latest();
    changed = changed || latest != life_;
    life_ = std::move(latest);
  }
  whole_ = whole_ || done;
  return changed;
}

}  // namespace poolscope
