#include "app/control/padding_measurement.h"

#include "app/control/is_ready.h"
#include "core/sim/measure_padding.h"

namespace poolscope {

void PaddingMeasurement::begin() {
  if (busy()) return;
  measuring_ = std::async(std::launch::async,
                          [this] { return measure_padding([this] { return !given_up_; }); });
}

bool PaddingMeasurement::update() {
  if (!is_ready(measuring_)) return false;
  const Expected<PaddingCost> measured = measuring_.get();
  if (measured) {
    cost_ = *measured;
  } else {
    problem_ = measured.error().message;
  }
  return true;
}

}  // namespace poolscope
