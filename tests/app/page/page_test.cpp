#include "app/page/page.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <gtest/gtest.h>

#include "app/page/told_walk.h"
#include "app/views/words/activity.h"
#include "app/views/words/sentence.h"
#include "core/model/dump.h"
#include "core/model/reduce.h"
#include "core/session/session_writer.h"
#include "core/story/teller.h"
#include "tests/app/page/read_page.h"
#include "tests/support/sessions.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using page::What;

constexpr std::uint64_t kEvents = 20'000;
constexpr std::size_t kMostBytes = 2'000'000;

class PageOf : public ::testing::TestWithParam<PoolKind> {
 protected:
  void SetUp() override { write({}); }

  void write(const std::vector<Marker>& markers) {
    auto writer =
        SessionWriter::create(folder_ / "x.poolscope", true, initial_model(session_.config), {});
    ASSERT_TRUE(writer) << writer.error().message;
    ASSERT_TRUE((*writer)->append(session_.events));
    for (const Marker& marker : markers) ASSERT_TRUE((*writer)->add_marker(marker));
    ASSERT_TRUE((*writer)->close());
    reader_ = std::move(*Reader::open(folder_ / "x.poolscope"));
  }

  std::string exported(page::PageOptions options) {
    options.catalogues = POOLSCOPE_CATALOGUES;
    std::ostringstream out;
    const auto done = page::export_page(*reader_, options, out);
    EXPECT_TRUE(done) << done.error().message;
    return out.str();
  }
  std::string exported() { return exported({.stretch = {0, reader_->last_seq()}}); }

  const RecordedEvents session_ = run_session_with_stops(GetParam(), 7, kEvents);
  TemporaryFolder folder_;
  std::unique_ptr<Reader> reader_;
};

std::string name_of_kind(const ::testing::TestParamInfo<PoolKind>& info) {
  return info.param == PoolKind::kClassic ? "Classic" : "Modern";
}
INSTANTIATE_TEST_SUITE_P(Pools, PageOf, ::testing::Values(PoolKind::kClassic, PoolKind::kModern),
                         name_of_kind);

TEST_P(PageOf, EachObjectLiesWhereTheModelHasIt) {
  ReadPage read(exported());
  ASSERT_EQ(read.rows().size(), session_.events.size() + 1);
  Model model = initial_model(session_.config);
  for (std::size_t i = 0; i <= session_.events.size(); ++i) {
    if (i > 0) reduce(model, session_.events[i - 1]);
    read.next();
    ASSERT_EQ(read.seq(), i);
    ASSERT_EQ(read.time_us(), model.time_ns / 1000);
    if (i % 7 != 0) continue;
    ASSERT_EQ(read.placed(), placed_objects(dump_json(model, {}))) << "after event " << i;
  }
}

TEST_P(PageOf, TheCountsAndTheSeatsAreTheModels) {
  ReadPage read(exported());
  Model model = initial_model(session_.config);
  for (std::size_t i = 0; i <= session_.events.size(); ++i) {
    if (i > 0) reduce(model, session_.events[i - 1]);
    read.next();
    const Totals& totals = model.totals;
    ASSERT_EQ(read.value(What::kCreated), totals.created);
    ASSERT_EQ(read.value(What::kInUse), totals.in_use);
    ASSERT_EQ(read.value(What::kInFlight), totals.in_flight);
    ASSERT_EQ(read.value(What::kPooled), totals.pooled);
    ASSERT_EQ(read.value(What::kDropped), totals.dropped());
    ASSERT_EQ(read.value(What::kProcs), model.procs);
    const bool gc_stops =
        model.stop.phase == StopState::Phase::kStopped && model.stop.cause == StopCause::kGc;
    ASSERT_EQ(read.value(What::kGc),
              2 * (model.gc_cycles + (gc_stops ? 1 : 0)) + (gc_stops ? 1 : 0));
    for (std::size_t p = 0; p < model.ps.size(); ++p) {
      ASSERT_EQ(read.value(What::kGets, p * page::kOutcomes), model.ps[p].hits.from_private);
      const GId g = model.ps[p].g;
      if (!g.valid()) continue;
      ASSERT_EQ(read.value(What::kSeat, p), 2 * (std::uint64_t{g.value} + 1) + 1);
    }
  }
}

TEST_P(PageOf, TheTextsAreThoseOfTheWindowInEachLanguage) {
  ReadPage read(exported());
  const std::size_t languages = read.data().at("languages").size();
  if (languages == 1 && std::filesystem::exists(POOLSCOPE_CATALOGUES)) {
#ifdef POOLSCOPE_HAS_BOOST_LOCALE
    FAIL() << "the page has one language";
#endif
  }
  Model model = initial_model(session_.config);
  Teller teller(model);
  for (std::size_t i = 0; i <= session_.events.size(); ++i) {
    if (i > 0) {
      reduce(model, session_.events[i - 1]);
      teller.add(session_.events[i - 1], model);
    }
    read.next();
    if (i % 11 != 0) continue;
    const Told told = teller.told(model);
    for (std::size_t n = 0; n < languages; ++n) {
      const auto language = n == 0 ? locale::Language::kEnglish : locale::Language::kChinese;
      ASSERT_TRUE(locale::set_language(language, POOLSCOPE_CATALOGUES));
      ASSERT_EQ(read.text(read.value(What::kSentence), n),
                views::sentence_of(model, told.spotlight));
      ASSERT_EQ(read.text(read.value(What::kStepText), n), views::sentence_of(model, told.latest));
      ASSERT_EQ(read.text(read.value(What::kBanner), n), views::banner_of(model, model.time_ns));
      for (std::size_t p = 0; p < model.ps.size(); ++p) {
        const std::uint64_t activity = read.value(What::kActivity, p);
        ASSERT_GT(activity, 0U);
        if (!model.ps[p].g.valid()) continue;
        ASSERT_EQ(read.text(read.data()["activities"][activity - 1][1], n),
                  views::activity_of(model, model.ps[p].g).text);
      }
    }
    ASSERT_TRUE(locale::set_language(locale::Language::kEnglish, POOLSCOPE_CATALOGUES));
  }
}

TEST_P(PageOf, TwentyThousandEventsTakeLessThanTwoMegabytes) {
  EXPECT_LT(exported().size(), kMostBytes);
}

TEST_P(PageOf, AStretchHasTheStatesAndTheTextsOfTheWhole) {
  ReadPage whole(exported());
  ReadPage part(exported({.stretch = {12'000, 13'000}}));
  ASSERT_EQ(part.rows().size(), 1001U);
  while (whole.applied() < 12'000) whole.next();
  for (std::size_t i = 0; i < part.rows().size(); ++i) {
    whole.next();
    part.next();
    ASSERT_EQ(part.seq(), whole.seq());
    ASSERT_EQ(part.time_us(), whole.time_us());
    ASSERT_EQ(part.placed(), whole.placed());
    for (const What what : {What::kSentence, What::kStepText, What::kBanner}) {
      ASSERT_EQ(part.text(part.value(what)), whole.text(whole.value(what)));
    }
  }
}

TEST_P(PageOf, AMarkersTextIsNothingButText) {
  const std::vector<std::string> texts = {"<script>alert(1)</script>",
                                          "</script><img src=x onerror=alert(1)>",
                                          "<!--",
                                          "%n%s%n",
                                          "##x",
                                          "{{nonce}}{{data}}",
                                          "\xE2\x80\xAEright to left\xE2\x80\xAC",
                                          "\xE2\x80\xA8\"\\'`",
                                          std::string(1'000'000, 'x')};
  std::vector<Marker> markers;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    markers.push_back({.seq = 100 * (i + 1),
                       .time_ns = session_.events[100 * (i + 1) - 1].time_ns,
                       .title = texts[i],
                       .note = "note: " + texts[i]});
  }
  const std::string plain = exported();
  write(markers);
  const std::string html = exported();
  // The texts are there, word for word; and there is no more markup than without them.
  const ReadPage read(html);
  const auto& listed = read.data().at("markers");
  ASSERT_EQ(listed.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(listed[i]["title"], texts[i]);
    EXPECT_EQ(listed[i]["note"], "note: " + texts[i]);
    EXPECT_EQ(listed[i]["row"], 100 * (i + 1));
  }
  EXPECT_EQ(std::ranges::count(html, '<'), std::ranges::count(plain, '<'));
}

TEST_P(PageOf, ThePageForbidsItselfTheNetworkAndAllOtherScripts) {
  const std::string html = exported();
  EXPECT_NE(html.find("default-src 'none'; script-src 'nonce-"), std::string::npos);
  for (const char* word : {"http://", "https://", "src=", "href=", "@import", "url(", "fetch(",
                           "XMLHttpRequest", "innerHTML", "outerHTML", "insertAdjacentHTML",
                           "document.write", "eval(", "unsafe-inline"}) {
    EXPECT_EQ(html.find(word), std::string::npos) << word;
  }
  // Its own number for each page.
  const auto nonce = [](const std::string& page) {
    const std::size_t at = page.find("'nonce-");
    return page.substr(at, page.find('\'', at + 1) - at);
  };
  EXPECT_NE(nonce(html), nonce(exported()));
}

TEST_P(PageOf, MoreEventsThanAPageHoldsAreRefused) {
  std::ostringstream out;
  const auto done = page::export_page(*reader_, {.stretch = {0, page::kMostEvents + 1}}, out);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Error::Kind::kBadInput);
  EXPECT_NE(done.error().message.find("--from '#1' --until '#100000'"), std::string::npos)
      << done.error().message;
  const auto later = page::export_page(*reader_, {.stretch = {70, page::kMostEvents + 80}}, out);
  ASSERT_FALSE(later);
  EXPECT_NE(later.error().message.find("--from '#71' --until '#100070'"), std::string::npos)
      << later.error().message;
  EXPECT_EQ(out.str(), "");
}

TEST(Page, GoesOverTheBorderOfTwoParts) {
  const RecordedEvents classic = run_session_with_stops(PoolKind::kClassic, 1, 6'000);
  const RecordedEvents modern = run_session_with_stops(PoolKind::kModern, 2, 6'000);
  const TemporaryFolder folder;
  auto writer =
      SessionWriter::create(folder / "x.poolscope", false, initial_model(classic.config), {});
  ASSERT_TRUE(writer) << writer.error().message;
  ASSERT_TRUE((*writer)->append(classic.events));
  ASSERT_TRUE((*writer)->begin_session(initial_model(modern.config)));
  ASSERT_TRUE((*writer)->append(modern.events));
  ASSERT_TRUE((*writer)->close());
  const auto reader = std::move(*Reader::open(folder / "x.poolscope"));
  std::ostringstream out;
  ASSERT_TRUE(page::export_page(*reader, {.stretch = {0, reader->last_seq()}}, out));
  ReadPage read(out.str());
  ASSERT_EQ(read.rows().size(), classic.events.size() + 1 + modern.events.size() + 1);
  while (read.applied() < read.rows().size()) {
    read.next();
    if (read.applied() % 97 != 0 && read.applied() != classic.events.size() + 2) continue;
    const auto model = reader->model_at(read.seq());
    ASSERT_TRUE(model);
    ASSERT_EQ(read.placed(), placed_objects(dump_json(*model, {}))) << "after " << read.seq();
    ASSERT_EQ(read.value(What::kCreated), model->totals.created);
  }
}

}  // namespace
}  // namespace poolscope::testing
