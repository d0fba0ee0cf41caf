#include "app/views/control_outline.h"

#include <algorithm>
#include <vector>

#include <imgui.h>

#include "app/views/paint/paint.h"
#include "app/views/widgets/text_field.h"

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
    using enum Labels::Typing;
    const auto typed = std::ranges::find_if(controls, [](const Labels::Item* item) {
      return item->typing == kHere || item->typing == kKeepsTab;
    });
    // From where one types, else from the control that is outlined.
    const auto from = typed != controls.end() ? typed : at;
    if (from != controls.end() && (*from)->typing == kKeepsTab) {
      return void(asked.emplace_back(intents::PointControl{state.control}));
    }
    const int before = from != controls.end() ? static_cast<int>(from - controls.begin())
                                              : (state.control_by > 0 ? -1 : count);
    const int number = ((before + state.control_by) % count + count) % count;
    const Labels::Item& next = *controls[static_cast<std::size_t>(number)];
    asked.emplace_back(intents::PointControl{next.label});
    // A field that is come to is typed in at once.
    if (next.typing != kNone) asked.emplace_back(intents::PressControl{});
    if (next.typing == kNone && typed != controls.end()) let_go_of_field();
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
