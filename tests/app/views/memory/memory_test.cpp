// The memory strip, drawn into a window that nobody sees.

#include "app/views/memory/memory.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/story/teller.h"
#include "tests/app/views/undrawn_window.h"
#include "tests/support/pools/virtual_pool.h"

namespace poolscope::views {
namespace {

using poolscope::testing::VirtualPool;
using testing::UndrawnWindow;

struct Moment {
  Model model;
  Told told;
};

// Each P has put two objects, and the second one has stolen one of them.
Moment busy_moment(std::uint32_t procs) {
  const auto workers = std::min(procs, 8U);
  VirtualPool v(procs, workers);
  for (int g = 0; g < static_cast<int>(workers); ++g) {
    for (int i = 0; i < 2; ++i) v.put(g, v.make(g), g);
  }
  if (workers > 1) {
    for (int i = 0; i < 3; ++i) v.get(1, 1);
  }
  Moment moment{initial_model(v.config()), {}};
  moment.model.config.fields = {
      {"private", 0, 16}, {"shared", 16, 24}, {"Mutex", 40, 8}, {"pad", 48, 80}};
  Teller teller(moment.model);
  for (const Event& event : v.events()) {
    reduce(moment.model, event);
    teller.add(event, moment.model);
  }
  moment.told = teller.told(moment.model);
  return moment;
}

bool has(const Labels& labels, std::string_view label) {
  return std::ranges::find(labels.items(), label, &Labels::Item::label) != labels.items().end();
}

struct Size {
  float w;
  float h;
  layout::Rect panel;
};
constexpr Size kSizes[] = {{640, 400, {110, 260, 520, 130}},   {1024, 768, {180, 560, 830, 196}},
                           {1280, 720, {180, 520, 1090, 190}}, {1600, 900, {210, 600, 1380, 288}},
                           {1600, 900, {210, 150, 1380, 560}}, {3200, 1800, {420, 1200, 2760, 580}},
                           {1600, 900, {12, 480, 1168, 200}}};

TEST(MemoryStrip, DrawsNothingOutsideItsPanel) {
  for (const std::uint32_t procs : {1U, 2U, 4U, 7U, 8U, 64U, 256U}) {
    const Moment moment = busy_moment(procs);
    for (const Size& size : kSizes) {
      UndrawnWindow window(size.w, size.h);
      window.interactive = true;
      for (const bool measured : {false, true}) {
        if (measured) window.padding_cost = PaddingCost{2, 17.1, 7.4};
        for (const std::uint32_t focus : {0U, procs - 1}) {
          window.state.focus = PId{static_cast<std::uint16_t>(focus)};
          window.at(moment.model, moment.told, moment.model.time_ns, [&](const ViewInput& input) {
            intents::Intents asked;
            draw_memory(input, size.panel, asked);
            const layout::Rect drawn = UndrawnWindow::drawn();
            EXPECT_TRUE(size.panel.inset(-1).contains(drawn))
                << procs << " Ps at " << size.w << "x" << size.h << ", panel " << size.panel.h
                << ": x " << drawn.x << " to " << drawn.right() << ", y " << drawn.y << " to "
                << drawn.bottom();
          });
        }
      }
    }
  }
}

TEST(MemoryStrip, LeadsToEveryPlaceOfALargeArray) {
  const Moment moment = busy_moment(256);
  UndrawnWindow window(1600, 900);
  window.interactive = true;
  const auto draw = [&](const ViewInput& input) {
    intents::Intents asked;
    draw_memory(input, kSizes[3].panel, asked);
  };
  window.at(moment.model, moment.told, 0, draw);
  EXPECT_TRUE(has(window.labels, "measure"));
  EXPECT_TRUE(has(window.labels, "explain"));
  std::size_t pages = 0;
  for (const Labels::Item& item : window.labels.items()) {
    if (item.label.starts_with("memory.place.")) ++pages;
  }
  ASSERT_GT(pages, 1U);
  EXPECT_EQ(256 % pages, 0U);
  EXPECT_TRUE(has(window.labels, "memory.place." + std::to_string(256 - 256 / pages)));
}

TEST(MemoryStrip, HasNoButtonsInAPictureThatNobodyCanClick) {
  const Moment moment = busy_moment(4);
  UndrawnWindow window(1600, 900);
  window.at(moment.model, moment.told, 0, [&](const ViewInput& input) {
    intents::Intents asked;
    draw_memory(input, kSizes[3].panel, asked);
  });
  EXPECT_TRUE(window.labels.items().empty());
}

}  // namespace
}  // namespace poolscope::views
