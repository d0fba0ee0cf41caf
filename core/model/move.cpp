#include "core/model/move.h"

namespace poolscope {
namespace {

class Mover {
 public:
  explicit Mover(Position by) : by_(by) {}

  void move(Model& model) const {
    seq(model.seq);
    time(model.time_ns);
    for (auto& g : model.gs) move(g);
    for (auto& [id, array] : model.arrays) {
      if (array.status == ArrayState::Status::kDropped) time(array.dropped_at_ns);
      for (LocalState& local : array.locals) move(local.lock);
    }
    move(model.all_pools_mu);
    for (LostObject& lost : model.lost) time(lost.time_ns);
    if (model.last_loss.count > 0) {
      seq(model.last_loss.seq);
      time(model.last_loss.time_ns);
    }
    for (StopState* stop : {&model.stop, &model.last_gc, &model.last_resize}) move(*stop);
    for (Divergence& divergence : model.divergence_list) {
      seq(divergence.seq);
      time(divergence.time_ns);
    }
  }

 private:
  void seq(std::uint64_t& number) const { number += by_.seq; }
  void time(std::int64_t& time_ns) const { time_ns += by_.time_ns; }

  void move(Operation& operation) const {
    if (operation.kind == Operation::Kind::kNone) return;
    time(operation.begin_ns);
    if (operation.end_ns != 0) time(operation.end_ns);
  }
  void move(LockState& lock) const {
    if (lock.holder.valid()) time(lock.held_since_ns);
  }
  void move(GState& g) const {
    time(g.status_since_ns);
    if (g.pinned) time(g.pinned_since_ns);
    if (g.waits_for_lock) time(g.wait_since_ns);
    move(g.op);
    move(g.last_op);
  }
  void move(StopState& stop) const {
    using Phase = StopState::Phase;
    if (stop.phase == Phase::kNone) return;
    seq(stop.seq);
    time(stop.requested_ns);
    if (stop.phase != Phase::kRequested) time(stop.stopped_ns);
    if (stop.phase == Phase::kStarted) time(stop.started_ns);
  }

  Position by_;
};

}  // namespace

void move_by(Model& model, Position by) { Mover(by).move(model); }

}  // namespace poolscope
