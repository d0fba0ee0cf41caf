#include "app/views/comparison_panels.h"

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <imgui.h>

#include "app/layout/stage.h"
#include "app/views/compare/calls.h"
#include "app/views/paint/paint.h"
#include "app/views/stage/caption.h"
#include "app/views/stage/conservation.h"
#include "app/views/stage/stage.h"
#include "app/views/toolbar/toolbar.h"

namespace poolscope::views {
namespace {

/// What the viewer has chosen, as one side is to have it: who is followed is of one side only.
ViewState state_of(const ViewState& state, std::size_t side) {
  ViewState own = state;
  if (state.side == side) return own;
  own.followed = GId::none();
  own.followed_object = ObjectId::none();
  return own;
}

/// One side as a session of its own.
ViewInput side_of(const ViewInput& input, const OtherSide& side, const ViewState& state,
                  const Message& message, Labels& labels) {
  return {.model = *side.model,
          .told = *side.told,
          .lanes = input.lanes,
          .session = *side.status,
          .message = message,
          .state = state,
          .theme = input.theme,
          .sizes = input.sizes,
          .fonts = input.fonts,
          .window = input.window,
          .labels = labels,
          .interactive = input.interactive,
          .drawn = input.drawn};
}

/// What is drawn from here on belongs there.
void enter_panel(const ViewInput& input, std::string_view name, const layout::Rect& at) {
  if (input.drawn != nullptr) input.drawn->enter(name, at);
}

bool follows(const intents::Intent& intent) {
  const auto* wanted = std::get_if<intents::ToViewer>(&intent);
  return wanted != nullptr && (std::holds_alternative<intents::FollowGoroutine>(*wanted) ||
                               std::holds_alternative<intents::FollowObject>(*wanted));
}

void draw_one_side(const ViewInput& input, std::size_t side,
                   const layout::ComparisonLayout::Side& at, int sentence_lines,
                   intents::Intents& asked) {
  intents::Intents here;
  ImGui::PushID(static_cast<int>(side));
  enter_panel(input, "stage", at.stage);
  const std::vector<ObjectId> flying = draw_stage(input, at.stage, here);
  enter_panel(input, "caption", at.caption);
  draw_caption(input, at.caption, sentence_lines, here);
  enter_panel(input, "conservation", at.conservation);
  draw_conservation(input, at.conservation, flying, here);
  ImGui::PopID();
  for (intents::Intent& intent : here) {
    if (follows(intent)) asked.emplace_back(intents::LookAtSide{side});
    asked.push_back(std::move(intent));
  }
}

}  // namespace

// Before the labels of the second side.
constexpr std::string_view kSecondSide = "b.";

void draw_comparison(const ViewInput& input, const layout::ComparisonLayout& at,
                     intents::Intents& asked) {
  layout::Rect unhidden = at.toolbar;
  unhidden.h =
      layout::stage_heading(at.sides[0].stage, input.sizes, font_specs_of(input)).bottom() -
      unhidden.y;
  enter_panel(input, "toolbar", at.toolbar);
  draw_toolbar(input, at.toolbar, unhidden, at.toolbar_rows, true, asked);
  const OtherSide first{&input.model, &input.told, &input.session};
  const ViewState first_state = state_of(input.state, 0);
  draw_one_side(side_of(input, first, first_state, input.message, input.labels), 0, at.sides[0],
                at.sentence_lines, asked);
  ViewState second_state = state_of(input.state, 1);
  // What the keyboard is at there has a name of its own for the window.
  const bool at_second = input.state.control.starts_with(kSecondSide);
  second_state.control = at_second ? input.state.control.substr(kSecondSide.size()) : "";
  const Message nothing;
  Labels labels;
  draw_one_side(side_of(input, *input.other, second_state, nothing, labels), 1, at.sides[1],
                at.sentence_lines, asked);
  for (const Labels::Item& item : labels.items()) {
    input.labels.record(std::string(kSecondSide) + item.label, item.rect, item.enabled,
                        item.pressable);
  }
  enter_panel(input, "calls", at.calls);
  draw_calls(input, at.calls, asked);
}

}  // namespace poolscope::views
