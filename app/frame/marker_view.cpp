#include "app/frame/marker_view.h"

#include "app/intents/tabs.h"
#include "app/theme/names.h"

namespace poolscope::frame {

void show_marker(views::ViewState& state, const Marker& marker) {
  state.followed = marker.followed;
  state.followed_object = marker.followed_object;
  state.timeline_follows = true;
  state.source_middle = {};
  // A file may have any words there.
  if (marker.layout) state.layout = theme::layout_named(*marker.layout).value_or(state.layout);
  if (marker.tab) state.tab = intents::tab_named(*marker.tab).value_or(state.tab);
}

}  // namespace poolscope::frame
