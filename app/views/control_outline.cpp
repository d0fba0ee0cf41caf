#include "app/views/control_outline.h"

#include <algorithm>
#include <vector>

#include <imgui.h>

#include "app/views/paint/paint.h"

namespace poolscope::views {

void draw_control(const ViewInput& input, std::size_t first, intents::Intents& asked) {
  const ViewState& state = input.state;
  std::vector<const Labels::Item*> controls;
  for (std::size_t i = first; i < input.labels.items().size(); ++i) {
    const Labels::Item& item = input.labels.items()[i];
    if (item.enabled && item.pressable) controls.push_back(&item);
  }
  const auto count = static_cast<int>(controls.size());
  const auto at = std::ranges::find(controls, state.control, &Labels::Item::label);
  const bool there = at != controls.end();
  if (there) {
    // It is drawn in no window of its own.
    Painter::to_measure(input).outline_in_front((*at)->rect.inset(-2 * input.sizes.outline));
  }
  if (state.control_by != 0 && count > 0) {
    const int before =
        there ? static_cast<int>(at - controls.begin()) : (state.control_by > 0 ? -1 : count);
    const int next = ((before + state.control_by) % count + count) % count;
    asked.emplace_back(intents::PointControl{controls[static_cast<std::size_t>(next)]->label});
    return;
  }
  const bool lost = !state.control.empty() && (!there || ImGui::IsMouseClicked(0));
  if (lost || state.control_by != 0) {
    asked.emplace_back(intents::PointControl{});
  } else if (state.control_pressed) {
    asked.emplace_back(intents::PointControl{state.control});
  }
}

}  // namespace poolscope::views
