#include "app/views/words/words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "core/model/words.h"

namespace poolscope::views {

using locale::tr;

namespace {

thread_local NamesOfScript::Given named;

/// The name of number `n`, "" where there is none.
std::string given(const NamesOfScript::Names* names, std::size_t n) {
  return names != nullptr && n < names->size() ? (*names)[n] : "";
}
std::string or_else(std::string name, std::string otherwise) {
  return name.empty() ? std::move(otherwise) : std::move(name);
}

}  // namespace

NamesOfScript::NamesOfScript(const Given& names) : before_(std::exchange(named, names)) {}
NamesOfScript::~NamesOfScript() { named = before_; }

std::string name_of(GId g) {
  return or_else(given(named.goroutines, g.value), fmt::format("G{}", g.value));
}
std::string name_of(PId p) { return fmt::format("P{}", p.value); }
std::string name_of(ObjectId object) {
  return or_else(given(named.objects, object.value), fmt::format("#{}", object.value));
}
std::string name_of(PoolId pool) {
  return or_else(given(named.pools, pool.value), pool_name(pool));
}

bool is_named(PoolId pool) { return !given(named.pools, pool.value).empty(); }

namespace {

/// Where the type of its objects begins in a pool's name: at " (".
std::size_t type_in(const std::string& name) {
  return name.ends_with(')') ? name.find(" (") : std::string::npos;
}

}  // namespace

std::string short_name_of(PoolId pool) {
  const std::string name = name_of(pool);
  return name.substr(0, type_in(name));
}

std::string type_of(PoolId pool) {
  const std::string name = name_of(pool);
  const std::size_t at = type_in(name);
  return at == std::string::npos ? "" : name.substr(at + 2, name.size() - at - 3);
}

std::string count_text(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string sum_text(std::span<const ObjectId> objects, bool more) {
  constexpr std::size_t kMost = 12;
  std::string names;
  for (std::size_t i = 0; i < std::min(objects.size(), kMost); ++i) {
    names += (i > 0 ? " " : "") + name_of(objects[i]);
  }
  if (objects.size() > kMost) names += " …";
  const std::string number = count_text(objects.size());
  return more ? locale::trf("{0} more: {1}", number, names)
              : locale::trnf("{1} object: {2}", "{1} objects: {2}", objects.size(), number, names);
}

std::string duration_text(std::int64_t ns) {
  const auto value = static_cast<double>(ns);
  constexpr double kMicro = 1e3;
  constexpr double kMilli = 1e6;
  constexpr double kSecond = 1e9;
  const auto in = [value](double unit, const char* name) {
    const double n = value / unit;
    return n < 9.95 ? fmt::format("{:.1f} {}", n, name) : fmt::format("{:.0f} {}", n, name);
  };
  if (value < kMicro) return fmt::format("{} ns", ns);
  if (value < kMilli) return in(kMicro, "µs");
  if (value < kSecond) return in(kMilli, "ms");
  return in(kSecond, "s");
}

std::string bytes_text(std::uint64_t bytes) {
  constexpr std::uint64_t kStep = 1024;
  constexpr std::array kUnits = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  std::size_t unit = 0;
  std::uint64_t size = 1;
  while (unit + 1 < kUnits.size() && bytes / size >= kStep) {
    size *= kStep;
    ++unit;
  }
  if (bytes % size == 0) return fmt::format("{} {}", bytes / size, kUnits[unit]);
  return fmt::format("{:.1f} {}", static_cast<double>(bytes) / static_cast<double>(size),
                     kUnits[unit]);
}

std::string clock_text(std::int64_t ns) {
  const std::int64_t ms = ns / 1'000'000;
  return fmt::format("{}.{:03} s", ms / 1000, ms % 1000);
}

std::string moment_text(const Position& moment, const Position& origin) {
  return clock_text(moment.time_ns - origin.time_ns) + "  #" + count_text(moment.seq - origin.seq);
}

std::string gc_text(PoolKind pool) {
  return pool == PoolKind::kModern ? tr("GC: local becomes the victim, the old victim is dropped")
                                   : tr("GC: poolCleanup empties allPools");
}

std::string cause_text(LostCause cause) {
  switch (cause) {
    case LostCause::kGc: return tr("cleared by GC");
    case LostCause::kRealloc: return tr("old array dropped by a grow");
    case LostCause::kOrphan: return tr("put into an old array");
    case LostCause::kRaceDrop: return tr("dropped at random (race mode)");
  }
  return "";
}

const char* outside_words(bool hands) { return hands ? tr("{0} in use") : tr("{0} outside"); }

std::string place_text(std::uint16_t place, PId owner) {
  return owner.valid() ? name_of(owner) : fmt::format("local[{}]", place);
}

std::string place_text(const Model& model, std::uint16_t place) {
  return place_text(place, place < model.procs ? PId{place} : PId::none());
}

std::string list_text(const std::vector<PId>& ps) {
  // A banner has one line.
  constexpr std::size_t kMost = 4;
  std::string text;
  if (ps.size() > kMost) {
    for (std::size_t i = 0; i + 1 < kMost; ++i) text += (i > 0 ? tr(", ") : "") + name_of(ps[i]);
    return locale::trf("{0} and {1} more", text, count_text(ps.size() + 1 - kMost));
  }
  for (std::size_t i = 0; i < ps.size(); ++i) {
    if (i > 0) text += i + 1 == ps.size() ? tr(" and ") : tr(", ");
    text += name_of(ps[i]);
  }
  return text;
}

}  // namespace poolscope::views
