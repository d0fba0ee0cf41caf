#include "app/views/session_picture.h"

#include <cstdint>

#include "app/views/stage/stage.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

// So long after the moment everything is at rest.
constexpr std::int64_t kAtRest_ns = 60'000'000'000;

}  // namespace

void draw_session_picture(const ViewInput& input, const Model& model, const layout::Rect& at) {
  SessionStatus session;
  session.mode = ViewMode::kReplay;
  session.playing = false;
  session.playhead = {model.seq, model.time_ns};
  session.motion_ns = model.time_ns + kAtRest_ns;
  ViewState state;
  state.layout = input.state.layout;
  state.language = input.state.language;
  state.motion = false;
  const float scale = at.w / theme::space::kPicturedStage;
  const Told told;
  const Message message;
  Labels labels;
  // Another session's names are not its own.
  const NamesOfScript names(NamesOfScript::Given{});
  intents::Intents asked;
  draw_stage({.model = model,
              .told = told,
              .lanes = input.lanes,
              .session = session,
              .message = message,
              .state = state,
              .theme = input.theme,
              .sizes = theme::sizes_of(state.layout, 0, scale),
              .fonts = input.fonts,
              .text_scale = scale / input.sizes.scale,
              .window = input.window,
              .labels = labels,
              .interactive = false},
             at, asked);
}

}  // namespace poolscope::views
