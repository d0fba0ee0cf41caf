#pragma once

// The life of one object, looked for in the whole past of a session, beside the window.
//
// Thread safety: as of PastScan.

#include <cstdint>
#include <memory>

#include "app/control/past_scan.h"
#include "core/story/object_life.h"

namespace poolscope {

class LifeScan {
 public:
  /// `until_seq`: the last event of that past.
  LifeScan(PastScan::Open open, ObjectId object, std::uint64_t until_seq)
      : object_(object),
        until_seq_(until_seq),
        life_(std::make_shared<Gathered<ObjectLife>>(ObjectLife(object))),
        scan_(std::move(open), {life_}) {}

  [[nodiscard]] ObjectId object() const { return object_; }
  [[nodiscard]] std::uint64_t until_seq() const { return until_seq_; }
  /// What is known so far; never null.
  [[nodiscard]] std::shared_ptr<const ObjectLife> latest() const { return life_->latest(); }
  [[nodiscard]] double progress() const { return scan_.progress(); }
  [[nodiscard]] bool done() const { return scan_.done(); }

 private:
  ObjectId object_;
  std::uint64_t until_seq_;
  std::shared_ptr<Gathered<ObjectLife>> life_;
  PastScan scan_;
};

/// Keeps the life of the object that is asked for at hand, while a session goes on.
///
/// Thread safety: the window's thread.
class FollowedLife {
 public:
  /// `object` none: nothing is asked for. Returns whether what is known has changed.
  /// `past` opens the session's past up to `last_seq`.
  bool update(ObjectId object, std::uint64_t last_seq, std::int64_t host_now_ns,
              const std::function<PastScan::Open()>& past);
  /// Another session is shown.
  void forget() { *this = {}; }

  /// nullptr: nothing is asked for.
  [[nodiscard]] const ObjectLife* life() const { return life_.get(); }
  /// 0 .. 1: how much of the past has been looked through for it.
  [[nodiscard]] double progress() const { return progress_; }

 private:
  std::unique_ptr<LifeScan> scan_;
  std::shared_ptr<const ObjectLife> life_;
  double progress_ = 1;
  bool whole_ = false;  // life_ is of a scan that went to its end
  std::int64_t begun_ns_ = 0;
};

}  // namespace poolscope
