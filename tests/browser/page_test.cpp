// The page of `poolscope export --to html` in a real browser: what it shows is what `poolscope
// state` says, and nothing leaves it. Needs chromium: tests/README.md.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/session/annotation_rows.h"
#include "core/session/reader.h"
#include "tests/cli/program.h"
#include "tests/support/local_server.h"
#include "tests/support/placed_objects.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    text.replace(at, what.size(), by);
  }
  return text;
}

/// What a page that wanted to call that server would try.
std::string attempt_at(const LocalServer& server) {
  return replaced(R"(
    const form = document.createElement("form");
    form.action = "ADDRESS/form"; document.body.append(form); form.submit();
    new Image().src = "ADDRESS/image"; fetch("ADDRESS/fetch").catch(() => 0);
    const made = document.createElement("script"); made.src = "ADDRESS/script"; document.body.append(made);
    answer = "tried")",
                  "ADDRESS", server.address());
}

/// How long a browser has for that.
constexpr std::chrono::seconds kToTry{3};

class InBrowser : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    // On a busy machine a session as short as that may have no GC.
    do {
      const Outcome recorded =
          poolscope({"record",     "-o",   session_,         "--overwrite", "--events",  "20000",
                     "--rate",     "2000", "--step-time",    "0",           "--pool",    GetParam(),
                     "--pools",    "2",    "--procs",        "6",           "--workers", "9",
                     "--gc-every", "8ms",  "--resize-every", "13ms"});
      ASSERT_EQ(recorded.exit_code, 0) << recorded.err;
    } while (info(session_).at("gc_cycles") == 0);
  }

  void export_page() {
    const Outcome exported = poolscope({"export", session_, "--to", "html", "-o", page_});
    ASSERT_EQ(exported.exit_code, 0) << exported.err;
    ASSERT_LT(std::filesystem::file_size(page_), 2'000'000U);
  }

  /// What the page leaves in `answer` when `script` has run in it, as one of its own scripts. The
  /// browser waits so long for what the page loads.
  json ask(const std::string& html, const std::string& script,
           std::chrono::milliseconds most = std::chrono::seconds(50)) {
    const std::size_t nonce = html.find("nonce=\"");
    const std::string attribute = html.substr(nonce, html.find('"', nonce + 7) + 1 - nonce);
    const std::string added = "<script " + attribute + ">let answer; " + script +
                              ";{const box = document.createElement(\"pre\"); box.id = \"answer\";"
                              "box.textContent = encodeURIComponent(JSON.stringify(answer));"
                              "document.body.append(box);}</script>";
    std::string asked = html;
    asked.insert(asked.rfind("</body>"), added);
    std::ofstream(folder_ / "asked.html", std::ios::binary) << asked;
    const Outcome outcome =
        run({POOLSCOPE_CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-background-networking", "--timeout=" + std::to_string(most.count()),
             "--user-data-dir=" + (folder_ / "profile").string(), "--dump-dom",
             "file://" + (folder_ / "asked.html").string()},
            {}, std::chrono::seconds(60));
    const std::string begin = "<pre id=\"answer\">";
    const std::size_t at = outcome.out.find(begin);
    EXPECT_NE(at, std::string::npos) << outcome.err;
    if (at == std::string::npos) return {};
    const std::size_t end = outcome.out.find("</pre>", at);
    return json::parse(decoded(outcome.out.substr(at + begin.size(), end - at - begin.size())));
  }

  /// What encodeURIComponent has made of a text, back.
  static std::string decoded(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '%') {
        plain += text[i];
        continue;
      }
      plain += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    }
    return plain;
  }

  TemporaryFolder folder_;
  const std::string session_ = folder_ / "x.poolscope";
  const std::string page_ = folder_ / "x.html";
};

INSTANTIATE_TEST_SUITE_P(Pools, InBrowser, ::testing::Values("classic", "modern"),
                         [](const auto& pool) { return std::string(pool.param); });

TEST_P(InBrowser, AtFiftyRandomPointsThePageShowsWhatStateSays) {
  export_page();
  constexpr std::uint32_t kSeed = 5;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  std::vector<std::uint64_t> points = {1, 20'000};
  while (points.size() < 50) points.push_back(1 + random() % 20'000);
  const json answers = ask(read(page_), "answer = " + json(points).dump() +
                                            ".map((seq) => { window.poolscope.seek(seq); return "
                                            "window.poolscope.state(); })");
  ASSERT_EQ(answers.size(), points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Outcome outcome =
        poolscope({"state", session_, "--at", "#" + std::to_string(points[i]), "--json"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    const json state = json::parse(outcome.out);
    const json& shown = answers[i];
    ASSERT_EQ(shown.at("seq"), state.at("seq"));
    ASSERT_EQ(shown.at("places").get<PlacedObjects>(), placed_objects(state)) << points[i];
    ASSERT_EQ(shown.at("procs"), state.at("procs"));
    const json& totals = state.at("totals");
    ASSERT_EQ(shown["totals"]["created"], totals.at("created"));
    ASSERT_EQ(shown["totals"]["inUse"], totals.at("in_use"));
    ASSERT_EQ(shown["totals"]["inFlight"], totals.at("in_flight"));
    ASSERT_EQ(shown["totals"]["pooled"], totals.at("pooled"));
    ASSERT_EQ(shown["totals"]["dropped"], totals.at("dropped"));
    // Each object once, where it is.
    for (const auto& [object, places] : shown.at("objects").items()) {
      for (const std::string place : places) {
        const auto in = shown["places"][place].get<std::vector<std::uint32_t>>();
        ASSERT_NE(std::ranges::find(in, std::stoul(object)), in.end());
      }
    }
  }
}

TEST_P(InBrowser, ACurtainLiesOverTheStageWhileAGcHasStoppedTheWorld) {
  export_page();
  const json answer = ask(read(page_), R"(
    const curtain = byId("curtain");
    const seen = () => [curtain.hidden, curtain.className, curtain.textContent];
    const stands = () => value(What.gc) % 2 === 1;
    goTo(0);
    while (!stands()) goTo(state.row + 1);
    const first = state.row;
    while (stands()) goTo(state.row + 1);
    const after = state.row;
    show(first - 1); const before = seen();
    show(first); const during = seen();
    show(after); const behind = seen();
    show(first - 1); show(after, { moves: true }); const passed = seen();
    answer = { before, during, behind, passed })");
  EXPECT_EQ(answer.at("before")[0], true);
  EXPECT_EQ(answer.at("during")[0], false);
  EXPECT_EQ(answer.at("behind")[0], true);
  EXPECT_EQ(answer.at("passed")[0], false);
  EXPECT_EQ(answer.at("passed")[1], "falls");
  for (const char* when : {"during", "passed"}) {
    EXPECT_EQ(answer.at(when)[2], GetParam() == std::string("classic")
                                      ? "GC: poolCleanup empties allPools"
                                      : "GC: local becomes the victim, the old victim is dropped");
  }
}

TEST_P(InBrowser, StepsForwardAndBackLeadToTheSameStates) {
  export_page();
  const json answer = ask(read(page_), R"(
    const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    const shown = () => JSON.stringify(window.poolscope.state()) + sentence.textContent;
    const sentence = document.getElementById("sentence");
    window.poolscope.seek(10000); press("ArrowRight"); press("ArrowLeft");
    const there = [], back = [];
    for (let i = 0; i < 300; ++i) { there.push(shown()); press("ArrowRight"); }
    for (let i = 0; i < 300; ++i) { press("ArrowLeft"); back.unshift(shown()); }
    answer = { same: there.every((state, i) => state === back[i]), different: new Set(there).size })");
  EXPECT_EQ(answer.at("same"), true);
  EXPECT_GE(answer.at("different"), 300);
}

TEST_P(InBrowser, TextsOfMarkersDoNothingButStandThere) {
  const std::vector<std::string> texts = {"<script>window.hacked = 1</script>",
                                          "</script><script>window.hacked = 2</script>",
                                          "<img src=x onerror='window.hacked = 3'>",
                                          "%n%s%n",
                                          "##x",
                                          "\xE2\x80\xAEright to left",
                                          "\\u003cscript\\u003e ${window.hacked = 4} `",
                                          std::string(1'000'000, 'x')};
  std::vector<Marker> markers;
  {
    const auto reader = Reader::open(session_);
    ASSERT_TRUE(reader);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::uint64_t seq = 100 * (i + 1);
      markers.push_back({.seq = seq,
                         .time_ns = (*reader)->model_at(seq)->time_ns,
                         .title = texts[i],
                         .note = texts[i]});
    }
  }
  ASSERT_TRUE(replace_annotations(session_, {.markers = markers}));
  const Outcome exported = poolscope({"export", session_, "--to", "html", "-o", page_});
  ASSERT_EQ(exported.exit_code, 0) << exported.err;
  const json answer = ask(read(page_), R"(
    const violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
    const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    window.poolscope.seek(0);
    const notes = [];
    for (let i = 0; i < )" + std::to_string(texts.size()) +
                                           R"(; ++i) {
      press("PageDown");
      notes.push([window.poolscope.state().seq, document.getElementById("sentence").textContent]);
    }
    answer = { notes, violations, hacked: window.hacked ?? null,
               scripts: document.scripts.length, images: document.images.length })");
  ASSERT_EQ(answer.at("notes").size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(answer["notes"][i][0], 100 * (i + 1));
    // Nobody reads a caption as long as the last one: it is cut.
    const std::string shown = answer["notes"][i][1];
    EXPECT_EQ(shown.substr(0, 5000), texts[i].substr(0, 5000));
    EXPECT_LE(shown.size(), 5010U);
  }
  EXPECT_EQ(answer.at("hacked"), nullptr);
  EXPECT_EQ(answer.at("images"), 0);
  EXPECT_EQ(answer.at("violations").size(), 0U);
  // The data, the rows, the script, and the one of this test.
  EXPECT_EQ(answer.at("scripts"), 4);
}

TEST_P(InBrowser, NoRequestLeavesThePage) {
  export_page();
  const json plain = ask(read(page_), R"(
    window.poolscope.seek(500); window.poolscope.setTheme("light"); window.poolscope.setLanguage("zh");
    answer = performance.getEntriesByType("resource").map((entry) => entry.name))");
  EXPECT_EQ(plain.size(), 0U) << plain;
  // Nor could one, even if the page's own script tried to.
  const LocalServer server;
  EXPECT_EQ(ask(read(page_), attempt_at(server), kToTry), "tried");
  EXPECT_FALSE(server.was_asked());
}

TEST_P(InBrowser, WithoutItsPolicyARequestCouldLeaveThePage) {
  export_page();
  const LocalServer server;
  const std::string html = replaced(read(page_), "http-equiv=\"Content-Security-Policy\"", "");
  bool asked = false;
  for (int i = 0; i < 4 && !asked; ++i) {
    ask(html, attempt_at(server), kToTry);
    asked = server.was_asked();
  }
  EXPECT_TRUE(asked);
}

}  // namespace
}  // namespace poolscope::testing
