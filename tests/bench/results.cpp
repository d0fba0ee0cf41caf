#include "tests/bench/results.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/base/check.h"
#include "tests/bench/contestants.h"

namespace poolscope::bench {
namespace {

constexpr int kNameWidth = 22;
constexpr int kTimeWidth = 11;
constexpr int kRatioWidth = 20;

const std::vector<double>* times_in(const Times& times, const Case& c) {
  const auto it = times.find(c.key);
  return it == times.end() || it->second.empty() ? nullptr : &it->second;
}

/// other / ours, round by round; nothing where one of them does not take part.
std::optional<Quartiles> ratio(const Times& other, const Times& ours, const Case& c) {
  const std::vector<double>* over = times_in(other, c);
  const std::vector<double>* under = times_in(ours, c);
  if (over == nullptr || under == nullptr) return std::nullopt;
  check(over->size() == under->size(), "a contestant has one time for each round");
  std::vector<double> ratios;
  for (std::size_t i = 0; i < over->size(); ++i) ratios.push_back((*over)[i] / (*under)[i]);
  return quartiles_of(ratios);
}

/// Three digits.
std::string short_number(double value) {
  return fmt::format("{:.{}f}", value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}

std::string text_of(const Quartiles& q) {
  return fmt::format("{} ({}-{})", short_number(q.median), short_number(q.low),
                     short_number(q.high));
}

template <class Pool>
std::size_t stride() {
  return sizeof(typename Pool::Local);
}

void print_footnote() {
  fmt::print(
      R"(No GC runs while a contestant is timed, on either side. What ours does not have to do: be preempted at
any instruction (safepoints are cooperative, one between two operations), tell a concurrent collector of
every pointer it writes (no write barrier), grow its stack.
tuned: a thief that met others lets its next 1, 2, 4 ... 1024 steals pass; such a Get returns nothing where
Go's would find an object. It is a what-if, not Go's pool.
traced: each event is stamped and given to the collector, a thread that drops it here. With 2 threads on
2 cores it is the third.
From one poolLocal to the next, at padding 128, 64 and 0: classic {}, {} and {} bytes, modern {}, {} and {}.
)",
      stride<ClassicPool<NullEnv, 128>>(), stride<ClassicPool<NullEnv, 64>>(),
      stride<ClassicPool<NullEnv, 0>>(), stride<ModernPool<NullEnv, 128>>(),
      stride<ModernPool<NullEnv, 64>>(), stride<ModernPool<NullEnv, 0>>());
}

}  // namespace

Results::Results(std::vector<Case> cases, const std::vector<std::string>& names)
    : cases_(std::move(cases)) {
  for (const std::string& name : names) contestants_.push_back({name, {}});
}

void Results::add(std::string_view contestant, const Case& c, double ns) {
  const auto it = std::ranges::find(contestants_, contestant, &Contestant::name);
  check(it != contestants_.end(), "a contestant is known by its name");
  it->ns[c.key].push_back(ns);
}

const Times* Results::find(std::string_view contestant) const {
  const auto it = std::ranges::find(contestants_, contestant, &Contestant::name);
  return it == contestants_.end() ? nullptr : &it->ns;
}

void Results::print(const std::string& go_version) const {
  print_times();
  if (!go_version.empty()) {
    fmt::print("\nHow many times faster than {}'s: median of the rounds' ratios (quartiles)\n",
               go_version);
  } else {
    fmt::print("\nThere is no Go here to compare with.\n");
  }
  print_ratios();
  print_footnote();
}

void Results::print_times() const {
  fmt::print(
      "ns an operation (a pair; of the batches a Get with its share of Puts), medians\n{:{}}", "",
      kNameWidth);
  for (const Case& c : cases_) fmt::print("{:>{}}", c.key, kTimeWidth);
  fmt::print("\n");
  for (const Contestant& contestant : contestants_) {
    fmt::print("{:{}}", contestant.name, kNameWidth);
    for (const Case& c : cases_) {
      const std::vector<double>* ns = times_in(contestant.ns, c);
      const std::string text =
          ns == nullptr ? "-" : fmt::format("{:.2f}", quartiles_of(*ns).median);
      fmt::print("{:>{}}", text, kTimeWidth);
    }
    fmt::print("\n");
  }
}

void Results::print_ratios() const {
  fmt::print("{:{}}", "", kNameWidth);
  for (const Case& c : cases_) fmt::print("{:>{}}", c.key, kRatioWidth);
  fmt::print("\n");
  if (const Times* go = find(kGo); go != nullptr) {
    for (const Contestant& contestant : contestants_) {
      if (contestant.name != kGo) print_ratio_row(contestant.name, *go, contestant.ns);
    }
  }
  print_ratio_row("unpadded / padded", *find(kUnpadded), *find(kClassic));
}

void Results::print_ratio_row(std::string_view name, const Times& other, const Times& ours) const {
  fmt::print("{:{}}", name, kNameWidth);
  for (const Case& c : cases_) {
    const auto r = ratio(other, ours, c);
    const std::string text = r ? text_of(*r) : "-";
    fmt::print("{:>{}}", text, kRatioWidth);
  }
  fmt::print("\n");
}

std::string Results::json() const {
  struct Row {
    std::string_view prefix;
    std::string_view ours;
    std::string_view other;
  };
  // The last: the unpadded pool stands in the place of Go.
  constexpr Row kRows[] = {{"", kClassic, kGo},
                           {"modern_", kModern, kGo},
                           {"tuned_", kTuned, kGo},
                           {"traced_", kTraced, kGo},
                           {"pad_", kClassic, kUnpadded}};
  std::string text;
  for (const Row& row : kRows) {
    const Times* ours = find(row.ours);
    const Times* other = find(row.other);
    if (ours == nullptr || other == nullptr) continue;
    for (const Case& c : cases_) {
      const auto r = ratio(*other, *ours, c);
      if (!r) continue;
      text += fmt::format(
          "{}  \"{}{}\": {{\"ours_ns\": {:.3f}, \"go_ns\": {:.3f}, \"ratio\": {:.3f}}}",
          text.empty() ? "" : ",\n", row.prefix, c.key, quartiles_of(*times_in(*ours, c)).median,
          quartiles_of(*times_in(*other, c)).median, r->median);
    }
  }
  return fmt::format("{{\n{}\n}}\n", text);
}

}  // namespace poolscope::bench
