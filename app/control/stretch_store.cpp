#include "app/control/stretch_store.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "app/control/event_store.h"

namespace poolscope {
namespace {

class StretchStore final : public EventStore {
 public:
  StretchStore(std::unique_ptr<EventStore> whole, Model first, std::uint64_t last_seq,
               std::int64_t last_time_ns)
      : whole_(std::move(whole)),
        first_(std::move(first)),
        last_seq_(last_seq),
        last_time_ns_(last_time_ns) {}

  [[nodiscard]] std::uint64_t first_seq() const override { return first_.seq; }
  [[nodiscard]] std::int64_t first_time_ns() const override { return first_.time_ns; }
  [[nodiscard]] std::uint64_t last_seq() const override { return last_seq_; }
  [[nodiscard]] std::int64_t last_time_ns() const override { return last_time_ns_; }
  [[nodiscard]] Model first_model() const override { return first_; }
  using EventStore::seek;
  Expected<void> seek(Model& model, std::uint64_t seq) override {
    return whole_->seek(model, std::clamp(seq, first_.seq, last_seq_));
  }
  Expected<std::uint64_t> seq_at_time(std::int64_t time_ns) override {
    auto seq = whole_->seq_at_time(time_ns);
    if (seq) *seq = std::clamp(*seq, first_.seq, last_seq_);
    return seq;
  }
  Expected<void> each_run(std::uint64_t from, std::uint64_t to, const Run& take) override {
    return whole_->each_run(from, std::min(to, last_seq_), take);
  }
  [[nodiscard]] std::span<const Segment> later_parts() const override {
    return whole_->later_parts();
  }
  [[nodiscard]] std::uint64_t next_seq(std::uint64_t seq) const override {
    return std::min(whole_->next_seq(seq), last_seq_);
  }

 private:
  std::unique_ptr<EventStore> whole_;
  Model first_;
  std::uint64_t last_seq_;
  std::int64_t last_time_ns_;
};

}  // namespace

PastScan::Open stretch_of(PastScan::Open past, std::uint64_t first_seq, std::uint64_t last_seq) {
  return [past = std::move(past), first_seq, last_seq]() -> Expected<std::unique_ptr<EventStore>> {
    auto whole = past();
    if (!whole) return whole;
    EventStore& store = **whole;
    Model first = store.first_model();
    if (auto sought = store.seek(first, std::max(first_seq, store.first_seq())); !sought) {
      return tl::make_unexpected(sought.error());
    }
    const std::uint64_t last = std::clamp(last_seq, first.seq, store.last_seq());
    const auto last_time_ns = store.time_of(last);
    if (!last_time_ns) return tl::make_unexpected(last_time_ns.error());
    return std::make_unique<StretchStore>(std::move(*whole), std::move(first), last, *last_time_ns);
  };
}

}  // namespace poolscope
