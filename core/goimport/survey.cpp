#include "core/goimport/survey.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <map>
#include <utility>

#include "core/goimport/log_merge.h"

namespace poolscope::goimport {
namespace {

class Surveyor {
 public:
  explicit Surveyor(Survey& found) : found_(found) {}

  void take(const RecordStream& stream) {
    const Record& record = *stream.next();
    const Kind kind = record.kind();
    if (is_use(kind)) take_use(record);
    switch (kind) {
      case Kind::kStore:
      case Kind::kPush:
        if (SurveyedPool* put_to = pool_of(record)) note_put(*put_to, record.extra);
        break;
      case Kind::kMadeNew: note_type(pool(record.place()), record.extra); break;
      case Kind::kRaceDrop: note_put(pool(record.place()), record.extra); break;
      case Kind::kCaller: take_caller(record); break;
      case Kind::kFunctionName:
        found_.functions.try_emplace(record.extra, text_after(stream));
        break;
      case Kind::kMiss:
      case Kind::kCalled: pool(record.place()); break;
      case Kind::kArray: take_array(record); break;
      case Kind::kDequeueMade:
        if (const std::uint16_t* number = slots_.find(record.object())) {
          slots_[record.place()] = std::uint16_t{*number};
        }
        break;
      case Kind::kTypeName:
        found_.types.try_emplace(record.extra & kTypeMask, text_after(stream));
        break;
      case Kind::kPoolCaller: {
        std::string& caller = pool(record.place()).caller;
        if (caller.empty()) caller = text_after(stream);
        break;
      }
      case Kind::kCleanup: found_.cleanups.push_back(record.time); break;
      default: break;
    }
    ++records_;
  }

 private:
  /// A Get that waits for its New.
  struct Waiting {
    std::uint16_t p = 0;
    std::size_t miss = 0;  // in that P's new_calls
    std::uint64_t pool = 0;
  };
  static constexpr std::size_t kMostWaiting = 64;  // New in New; those that panicked stay
  static constexpr std::size_t kMostCallersKept = 4096;

  SurveyedPool& pool(std::uint64_t address) {
    if (const std::uint16_t* number = found_.pool_numbers.find(address)) {
      return found_.pools[*number];
    }
    const auto number =
        static_cast<std::uint16_t>(std::min<std::size_t>(found_.pools.size(), 65'535));
    found_.pool_numbers[address] = number;
    return found_.pools.emplace_back(SurveyedPool{.number = number, .address = address});
  }
  /// The pool of the poolLocal or dequeue that the record is about; nullptr: it has none.
  SurveyedPool* pool_of(const Record& record) {
    const std::uint16_t* number = slots_.find(record.place());
    return number == nullptr ? nullptr : &found_.pools[*number];
  }
  static void note_type(SurveyedPool& pool, std::uint32_t extra) {
    if (pool.type == 0) pool.type = extra & kTypeMask;
  }
  void note_put(SurveyedPool& pool, std::uint32_t extra) {
    note_type(pool, extra);
    const std::uint32_t bits = extra >> kTypeBits;
    if (bits != 0) ++found_.sampled[pool.number].capacities[bits - 1];
  }
  void take_caller(const Record& record) {
    const bool made = record.object() != 0;
    SurveyedPool* used = made ? &pool(record.place()) : pool_of(record);
    if (used == nullptr) return;
    auto& callers = found_.sampled[used->number].callers;
    if (!callers.contains(record.extra) && callers.size() == kMostCallersKept) return;
    Sampled::Calls& calls = callers[record.extra];
    ++(made ? calls.news : calls.gets);
  }
  void take_array(const Record& record) {
    const std::uint16_t number = pool(record.place()).number;
    const std::uint64_t stride = record.extra >> 16U;
    for (std::uint64_t i = 0; i < (record.extra & 0xffffU); ++i) {
      slots_[record.object() + i * stride] = number;
    }
  }
  std::uint32_t goroutine(const Record& record) {
    const std::uint64_t key = std::uint64_t{record.g} + 1;
    if (const std::uint32_t* number = found_.goroutine_numbers.find(key)) return *number;
    const auto number = static_cast<std::uint32_t>(found_.goroutines.size());
    found_.goroutine_numbers[key] = number;
    found_.goroutines.push_back({.go_number = record.g});
    waiting_.emplace_back();
    return number;
  }
  void take_use(const Record& record) {
    const std::uint32_t g = goroutine(record);
    found_.goroutines[g].last_record = records_;
    std::vector<Waiting>& waiting = waiting_[g];
    if (!waiting.empty()) settle_new(waiting, record);
    if (record.kind() != Kind::kMiss || (record.extra & kMissWithoutNew) != 0) return;
    if (found_.new_calls.size() <= record.p()) found_.new_calls.resize(record.p() + std::size_t{1});
    std::vector<NewCall>& calls = found_.new_calls[record.p()];
    if (waiting.size() == kMostWaiting) waiting.erase(waiting.begin());
    waiting.push_back({record.p(), calls.size(), record.place()});
    calls.push_back(NewCall::kPlain);
  }
  void settle_new(std::vector<Waiting>& waiting, const Record& record) {
    const auto call = [this](const Waiting& one) -> NewCall& {
      return found_.new_calls[one.p][one.miss];
    };
    if (record.kind() != Kind::kMadeNew) {
      call(waiting.back()) = NewCall::kNeverReturns;  // as far as is known
      return;
    }
    // Those that are left between did not return.
    while (!waiting.empty()) {
      const Waiting last = waiting.back();
      waiting.pop_back();
      if (last.pool == record.place()) {
        if (call(last) == NewCall::kNeverReturns) call(last) = NewCall::kReturnsLater;
        return;
      }
      call(last) = NewCall::kNeverReturns;
    }
  }

  Survey& found_;
  std::vector<std::vector<Waiting>> waiting_;  // by the goroutine's number
  AddressMap<std::uint16_t> slots_;            // the pool of a poolLocal, of a dequeue
  std::uint64_t records_ = 0;
};

/// The first half of what is kept are those with the most News, the rest those with the most Gets.
void keep_most_frequent(std::vector<PoolSample::Caller>& callers) {
  constexpr std::size_t kByNews = PoolSample::kMostCallers / 2;
  std::ranges::stable_sort(callers, std::greater(), &PoolSample::Caller::news);
  if (callers.size() <= kByNews) return;
  const auto rest = callers.begin() + kByNews;
  std::ranges::stable_sort(rest, callers.end(), std::greater(), &PoolSample::Caller::gets);
  if (callers.size() > PoolSample::kMostCallers) callers.resize(PoolSample::kMostCallers);
}

}  // namespace

std::string text_after(const RecordStream& stream) {
  const std::size_t length = std::min<std::size_t>(stream.next()->object(), kMostText);
  std::string text;
  for (std::size_t ahead = 1; text.size() < length; ++ahead) {
    const Record* piece = stream.peek(ahead);
    if (piece == nullptr || piece->kind() != Kind::kText) break;
    std::array<std::uint64_t, 2> words{};
    words[0] = piece->place() | piece->object() << 48U;
    words[1] = piece->object() >> 16U | std::uint64_t{piece->extra} << 32U;
    std::array<char, 16> bytes{};
    std::memcpy(bytes.data(), words.data(), sizeof words);
    text.append(bytes.data(), std::min(bytes.size(), length - text.size()));
  }
  // Only what can be shown: a damaged name is no reason to refuse the session.
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, '?');
  return text;
}

PoolSample sample_of(std::uint16_t pool, const Survey& found) {
  PoolSample sample;
  const auto sampled = found.sampled.find(pool);
  if (sampled == found.sampled.end()) return sample;
  std::map<std::string, PoolSample::Caller> by_name;
  for (const auto& [number, calls] : sampled->second.callers) {
    const auto function = found.functions.find(number);
    if (function == found.functions.end()) continue;
    PoolSample::Caller& caller = by_name[function->second];
    caller.function = function->second;
    caller.gets += calls.gets;
    caller.news += calls.news;
    sample.gets += calls.gets;
    sample.news += calls.news;
  }
  for (auto& [name, caller] : by_name) sample.callers.push_back(std::move(caller));
  keep_most_frequent(sample.callers);
  const auto& capacities = sampled->second.capacities;
  for (unsigned bits = 0; bits < capacities.size(); ++bits) {
    if (const std::uint64_t puts = capacities[bits]; puts != 0) {
      sample.capacities.push_back({bits, puts});
    }
  }
  return sample;
}

Survey survey(LogFile& log) {
  Survey found;
  Surveyor surveyor(found);
  for (LogMerge merge(log.streams()); merge.stream() != nullptr; merge.advance()) {
    surveyor.take(*merge.stream());
  }
  return found;
}

}  // namespace poolscope::goimport
