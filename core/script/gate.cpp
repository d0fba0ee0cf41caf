#include "core/script/gate.h"

#include <utility>

namespace poolscope::script {

Gate* Gate::next_after(const Stand& where) {
  standing_ = where;
  if (machine_.conductor == nullptr) return nullptr;
  Goroutine* const self = std::exchange(current_g, nullptr);
  Gate* const next = machine_.conductor->after_stand(*this);
  current_g = self;
  return next;
}

void Gate::meet_access(const void* what, bool writes) {
  static constexpr Stand kHere{.kind = Stand::Kind::kReady};
  const bool stands = accesses == Accesses::kStops && stops_ >= stands_from_;
  if (log_ == nullptr) {
    if (stands) stand(kHere);
    return;
  }
  if (stands) stand(kHere);
  log_->push_back({what, writes});
}

void Gate::note_access(const void* what, bool writes) {
  if (log_ != nullptr) log_->push_back({what, writes});
}

}  // namespace poolscope::script
