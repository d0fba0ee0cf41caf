// Damaged and hostile files, given to the program itself: 2,000 flipped bits, 200 truncations, 500
// edits made with SQLite. By hand, best under AddressSanitizer: README.md.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

constexpr int kFlips = 2'000;
constexpr int kTruncations = 200;
constexpr int kEdits = 500;
constexpr std::chrono::seconds kMost{5};
constexpr long kMostKib = 500L * 1024;
// A sanitizer keeps what was freed, and its own notes, in memory.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kMemoryIsOurs = false;
#else
constexpr bool kMemoryIsOurs = true;
#endif

const std::array kFiles = {"format-1.poolscope", "format-2.poolscope", "format-3.poolscope"};

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class HostileFiles : public ::testing::Test {
 protected:
  fs::path golden(int number) const {
    return fs::path(POOLSCOPE_TEST_DATA_DIR) / kFiles[static_cast<std::size_t>(number) % 3];
  }
  void write(const std::string& bytes) const {
    std::ofstream(file_, std::ios::binary | std::ios::trunc) << bytes;
  }
  /// Every command that reads a file says what is wrong in one line, or does what it is there for.
  void expect_handled(int number) {
    const std::string out = (folder_ / "out").string();
    const std::string file = file_.string();
    const std::vector<std::vector<std::string>> commands = {
        {"info", "--json", file},
        {"state", file, "--at", "end", "--json"},
        {"export", file, "--to", "jsonl"},
        {"export", file, "--to", "chrome"},
        {"export", file, "--to", "html", "-o", out + ".html", "--overwrite"},
        {"stats", file, "--json"},
        {"cut", file, "--from", "0s", "--to", "end", "-o", out + ".poolscope", "--overwrite"}};
    expect_handled({"verify", file}, number);
    expect_handled(commands[static_cast<std::size_t>(number) % commands.size()], number);
  }
  void expect_handled(const std::vector<std::string>& arguments, int number) {
    std::vector<std::string> words = {POOLSCOPE_BINARY};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Outcome outcome = run(words, {{"DISPLAY", std::nullopt}}, kMost);
    ++ended_with_[outcome.exit_code];
    const bool known = outcome.exit_code >= 0 && outcome.exit_code <= 2;
    if (!known) {
      const fs::path kept = fs::temp_directory_path() / fmt::format("hostile-{}.poolscope", number);
      fs::copy_file(file_, kept, fs::copy_options::overwrite_existing);
      ADD_FAILURE() << arguments.front() << " ended with " << outcome.exit_code << "; the file is "
                    << kept << "\n"
                    << outcome.err.substr(0, 2000);
    }
    if (outcome.exit_code == 2) {
      EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
    }
  }
  void TearDown() override {
    for (const auto& [code, count] : ended_with_) {
      std::printf("  exit %d: %d times\n", code, count);
    }
    rusage used{};
    getrusage(RUSAGE_CHILDREN, &used);
    std::printf("  the largest took %ld MiB\n", used.ru_maxrss / 1024);
    if (kMemoryIsOurs) {
      EXPECT_LT(used.ru_maxrss, kMostKib);
    }
  }

  TemporaryFolder folder_;
  const fs::path file_ = folder_ / "hostile.poolscope";
  std::map<int, int> ended_with_;
  std::mt19937_64 random_{1};
};

TEST_F(HostileFiles, FlippedBits) {
  for (int i = 0; i < kFlips; ++i) {
    std::string bytes = bytes_of(golden(i));
    const std::size_t bit = random_() % (8 * bytes.size());
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    write(bytes);
    expect_handled(i);
  }
}

TEST_F(HostileFiles, Truncations) {
  for (int i = 0; i < kTruncations; ++i) {
    std::string bytes = bytes_of(golden(i));
    bytes.resize(random_() % bytes.size());
    write(bytes);
    expect_handled(i);
  }
}

/// What a column of that type never has.
std::string hostile_value(std::mt19937_64& random, const std::string& type) {
  if (type == "INTEGER") {
    constexpr std::array kNumbers = {"-1",  "0",          "1",       "9223372036854775807",
                                     "255", "4294967296", "1000000", "-9223372036854775808"};
    return kNumbers[random() % kNumbers.size()];
  }
  if (type == "BLOB") {
    constexpr std::array kBlobs = {"x''", "x'28b52ffd'", "randomblob(40)", "randomblob(100000)",
                                   "zeroblob(3000000)"};
    return kBlobs[random() % kBlobs.size()];
  }
  constexpr std::array kTexts = {"''",
                                 "'%n%s%p'",
                                 "'<script>'",
                                 "'##x'",
                                 "char(0, 1, 2)",
                                 "'{}'",
                                 "'[1'",
                                 "'99999999999999'",
                                 "'G99999999999'",
                                 "char(8238) || 'rtl'",
                                 "hex(zeroblob(1000000))",
                                 "'{\"procs\":-1,\"pool\":\"x\"}'",
                                 "x'ff' || 'a'"};
  return kTexts[random() % kTexts.size()];
}

TEST_F(HostileFiles, EditsMadeWithSqlite) {
  int edits = 0;
  while (edits < kEdits) {
    write(bytes_of(golden(2)));
    std::string edit;
    try {
      SQLite::Database database(file_.string(), SQLite::OPEN_READWRITE);
      std::vector<std::pair<std::string, std::pair<std::string, std::string>>> columns;
      SQLite::Statement all(database,
                            "SELECT m.name, p.name, p.type FROM sqlite_schema m JOIN "
                            "pragma_table_info(m.name) p WHERE m.type = 'table'");
      while (all.executeStep()) {
        columns.push_back({all.getColumn(0).getString(),
                           {all.getColumn(1).getString(), all.getColumn(2).getString()}});
      }
      const auto& [table, column] = columns[random_() % columns.size()];
      const std::string row =
          fmt::format("(SELECT {1} FROM {0} ORDER BY random() LIMIT 1)", table, column.first);
      switch (random_() % 8) {
        case 0: edit = fmt::format("DELETE FROM {}", table); break;
        case 1:
          edit = fmt::format("DELETE FROM {0} WHERE {1} = {2}", table, column.first, row);
          break;
        case 2: edit = fmt::format("DROP TABLE {}", table); break;
        default:
          edit = fmt::format("UPDATE {0} SET {1} = {2} WHERE {1} = {3}", table, column.first,
                             hostile_value(random_, column.second), row);
      }
      database.exec(edit);
    } catch (const SQLite::Exception&) {
      continue;  // a key that is there already: no edit
    }
    SCOPED_TRACE(edit);
    ++edits;
    expect_handled(edits);
  }
}

}  // namespace
}  // namespace poolscope::testing
