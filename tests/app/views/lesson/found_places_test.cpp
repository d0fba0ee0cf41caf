#include "app/views/lesson/found_places.h"

#include <algorithm>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/story/statistics.h"
#include "tests/app/views/plain_view.h"

namespace poolscope::views {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> labels_of(const ViewInput& input, std::string_view searched) {
  std::vector<std::string> labels;
  for (const FoundPlace& place : found_places(input, searched)) labels.push_back(place.label);
  return labels;
}

class Search : public ::testing::Test {
 protected:
  [[nodiscard]] ViewInput input() {
    ViewInput input = view_.input();
    input.statistics = &statistics_;
    return input;
  }

  testing::PlainView view_;
  Statistics statistics_;
};

TEST_F(Search, FindsWhatTheSessionHasThoughThePlayheadHasNotComeThere) {
  view_.model.config.workers = 3;
  EXPECT_THAT(labels_of(input(), "G2"), ElementsAre("found.goroutine"));
  EXPECT_THAT(labels_of(input(), "G3"), ElementsAre());
  EXPECT_THAT(labels_of(input(), "#1"), ElementsAre());
  Event made;
  made.kind = EventKind::kObjectMade;
  statistics_.add(made, view_.model);
  EXPECT_THAT(labels_of(input(), "#1"), ElementsAre("found.object"));
  EXPECT_THAT(labels_of(input(), "#2"), ElementsAre());
}

TEST_F(Search, FindsMarkersByTheirWords) {
  ListedMarkers markers(7);
  for (ListedMarker& marker : markers) marker.title = "a Steal";
  markers[1].title = "GC";
  markers[1].note = "the world waits";
  view_.session.markers = std::make_shared<const ListedMarkers>(markers);
  EXPECT_THAT(labels_of(input(), "world gc"), ElementsAre("found.marker.2"));
  EXPECT_EQ(labels_of(input(), "steal").size(), 5U) << "the first";
  EXPECT_THAT(labels_of(input(), " "), ElementsAre());
  const FoundPlace place = found_places(input(), "world").front();
  EXPECT_EQ(place.text, "Marker 2: GC");
}

}  // namespace
}  // namespace poolscope::views
