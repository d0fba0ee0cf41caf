// Probes are put in where Go's text is as they expect it, and nowhere else. The texts here have the
// lines that are looked for, in functions of those names, and nothing else of Go's.

#include "core/goimport/overlay.h"

#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace poolscope::goimport {
namespace {

constexpr RecorderSource kSource = {"package runtime\n// poolscope: from here on\nRECORDER\n",
                                    "package sync\n// poolscope: from here on\nPROBES\n"};

/// Functions that have each anchor of `file` once, or `times` times the one of number `changed`.
std::string text_of(std::string_view file, bool later = false, std::size_t changed = SIZE_MAX,
                    int times = 1) {
  std::map<std::string_view, std::string> functions;
  const auto probes = probes_of(file);
  for (std::size_t i = 0; i < probes.size(); ++i) {
    const Probe& probe = probes[i];
    std::string& body = functions[probe.function];
    const std::string_view anchor =
        later && !probe.later_anchor.empty() ? probe.later_anchor : probe.anchor;
    for (int n = i == changed ? times : 1; n > 0; --n) {
      body.append("\t\t").append(anchor).append(anchor.starts_with("//") ? "\n" : " // as in Go\n");
    }
  }
  std::string text = "package sync\n\n";
  if (file == GoFiles::kPool) text += "// victim cache\n";
  for (const auto& [function, body] : functions) {
    text.append(function).append(") {\n").append(body).append("\tother()\n}\n\n");
  }
  return text;
}

GoFiles files(bool later = false) {
  return {text_of(GoFiles::kPool, later), text_of(GoFiles::kPoolQueue, later),
          "package runtime\nimport \"runtime/internal/syscall\"\n",
          "func (t *_type) string() string {\n"};
}

/// Without the lines that have our calls in them, and what stands at the end.
std::string without_probes(const std::string& text) {
  std::istringstream all(text);
  std::string rest;
  for (std::string line; std::getline(all, line) && line != "PROBES";) {
    if (line.find("poolscope") == std::string::npos) rest += line + "\n";
  }
  return rest;
}

TEST(Overlay, OnlyAddsLines) {
  for (const bool later : {false, true}) {
    const GoFiles original = files(later);
    const auto made = put_probes(original, kSource);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(without_probes(made->pool), original.pool);
    EXPECT_NE(made->pool.find("PROBES"), std::string::npos);
    EXPECT_NE(made->runtime.find("RECORDER"), std::string::npos);
    EXPECT_EQ(made->runtime.find("package runtime\n// poolscope"), std::string::npos)
        << "the package is named twice";
  }
}

TEST(Overlay, PutsEachProbeBesideItsLine) {
  const GoFiles original = files();
  const auto made = put_probes(original, kSource);
  ASSERT_TRUE(made);
  for (const auto& [file, text] :
       {std::pair{GoFiles::kPool, &made->pool}, {GoFiles::kPoolQueue, &made->pool_queue}}) {
    for (const Probe& probe : probes_of(file)) {
      SCOPED_TRACE(probe.call);
      std::vector<std::string> lines;
      std::istringstream all(*text);
      for (std::string line; std::getline(all, line);) lines.push_back(line);
      std::size_t found = 0;
      for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
        if (lines[i].find(probe.call) == std::string::npos) continue;
        ++found;
        // Two probes of one line may stand between.
        bool beside = false;
        for (std::size_t n = 1; n <= 2 && n <= i && i + n < lines.size(); ++n) {
          const std::string& line = probe.side == Side::kBefore ? lines[i + n] : lines[i - n];
          beside = beside || line.find(probe.anchor) != std::string::npos;
        }
        EXPECT_TRUE(beside);
      }
      EXPECT_EQ(found, 1U);
    }
  }
}

TEST(Overlay, RefusesWhatItDoesNotKnowAndNamesFileFunctionAnchorAndCount) {
  for (const std::string_view file : {GoFiles::kPool, GoFiles::kPoolQueue}) {
    for (std::size_t i = 0; i < probes_of(file).size(); ++i) {
      const Probe& probe = probes_of(file)[i];
      for (const int times : {0, 2}) {
        GoFiles changed = files();
        (file == GoFiles::kPool ? changed.pool : changed.pool_queue) =
            text_of(file, false, i, times);
        const auto made = put_probes(changed, kSource);
        ASSERT_FALSE(made) << probe.anchor;
        const std::string& said = made.error().message;
        EXPECT_EQ(made.error().kind, Error::Kind::kBadInput);
        EXPECT_NE(said.find(file), std::string::npos) << said;
        EXPECT_NE(said.find("'" + std::string(probe.anchor) + "' stands " + std::to_string(times)),
                  std::string::npos)
            << said;
        EXPECT_EQ(said.find('\n'), std::string::npos) << said;
      }
    }
  }
}

TEST(Overlay, RefusesAGoWhoseRuntimeLacksWhatTheRecorderNeeds) {
  GoFiles older = files();
  older.runtime = "package runtime\n";
  const auto made = put_probes(older, kSource);
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().message.find("this Go is older than 1.19"), std::string::npos);
}

TEST(Overlay, RefusesAFunctionThatIsNotThere) {
  GoFiles changed = files();
  changed.pool_queue = "package sync\n";
  const auto made = put_probes(changed, kSource);
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().message.find("no function (d *poolDequeue) pushHead"), std::string::npos)
      << made.error().message;
}

TEST(Overlay, RefusesAPoolWithoutVictimsAndOneThatHasProbesAlready) {
  GoFiles old = files();
  old.pool = "package sync\n";
  EXPECT_NE(put_probes(old, kSource).error().message.find("older than 1.13"), std::string::npos);
  GoFiles again = files();
  again.pool += "// poolscope\n";
  EXPECT_NE(put_probes(again, kSource).error().message.find("already"), std::string::npos);
}

TEST(Overlay, WritesTheNameOfATypeAsThisVersionDoes) {
  GoFiles newer = files();
  newer.types += "\nfunc toRType(t *abi.Type) rtype {\n";
  EXPECT_NE(put_probes(newer, kSource)->runtime.find("toRType(t).string()"), std::string::npos);
  EXPECT_EQ(put_probes(files(), kSource)->runtime.find("toRType(t).string()"), std::string::npos);
}

}  // namespace
}  // namespace poolscope::goimport
