#include "core/session/chrome_trace.h"

#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace poolscope {
namespace {

/// Microseconds with three digits behind the point, exact for any time of a session.
std::string micros(std::int64_t ns) {
  const std::int64_t whole = ns / 1000;
  const std::int64_t rest = ns % 1000;
  return fmt::format("{}{}.{:03}", ns < 0 && whole == 0 ? "-" : "", whole, rest < 0 ? -rest : rest);
}

}  // namespace

std::string json_text(std::string_view text) {
  using nlohmann::json;
  return json(std::string(text)).dump(-1, ' ', false, json::error_handler_t::replace);
}

ChromeTrace::ChromeTrace(std::ostream& out) : out_(out) {
  out_ << R"({"displayTimeUnit":"ns","traceEvents":[)";
}

void ChromeTrace::name_process(int process, std::string_view name) {
  separate();
  fmt::format_to(
      std::back_inserter(text_),
      R"({{"ph":"M","pid":{0},"name":"process_name","args":{{"name":{1}}}}},)"
      "\n"
      R"({{"ph":"M","pid":{0},"name":"process_sort_index","args":{{"sort_index":{0}}}}})",
      process, json_text(name));
}

void ChromeTrace::write_track(const Track& track, std::string_view name) {
  separate();
  fmt::format_to(
      std::back_inserter(text_),
      R"({{"ph":"M","pid":{0},"tid":{1},"name":"thread_name","args":{{"name":{2}}}}},)"
      "\n"
      R"({{"ph":"M","pid":{0},"tid":{1},"name":"thread_sort_index","args":{{"sort_index":{1}}}}})",
      track.process, track.thread, json_text(name));
}

void ChromeTrace::begin(char phase, const Track& track, std::int64_t time_ns,
                        std::string_view name) {
  separate();
  fmt::format_to(std::back_inserter(text_),
                 R"({{"ph":"{}","pid":{},"tid":{},"ts":{},"cat":"pool","name":{})", phase,
                 track.process, track.thread, micros(time_ns), json_text(name));
}

void ChromeTrace::end(std::string_view args) {
  if (!args.empty()) fmt::format_to(std::back_inserter(text_), R"(,"args":{})", args);
  text_ += '}';
}

void ChromeTrace::span(const Track& track, std::string_view name, std::int64_t begin_ns,
                       std::int64_t end_ns, std::string_view args) {
  begin('X', track, begin_ns, name);
  fmt::format_to(std::back_inserter(text_), R"(,"dur":{})", micros(end_ns - begin_ns));
  end(args);
}

void ChromeTrace::instant(const Track& track, Scope scope, std::string_view name,
                          std::int64_t time_ns, std::string_view args) {
  begin('i', track, time_ns, name);
  fmt::format_to(std::back_inserter(text_), R"(,"s":"{}")", static_cast<char>(scope));
  end(args);
}

void ChromeTrace::counter(int process, std::string_view name, std::int64_t time_ns,
                          std::string_view args) {
  begin('C', {process, 1}, time_ns, name);
  end(args);
}

void ChromeTrace::arrow(std::string_view name, const Track& from, std::int64_t from_ns,
                        const Track& to, std::int64_t to_ns) {
  ++arrows_;
  begin('s', from, from_ns, name);
  fmt::format_to(std::back_inserter(text_), R"(,"id":{})", arrows_);
  end({});
  begin('f', to, to_ns, name);
  fmt::format_to(std::back_inserter(text_), R"(,"id":{},"bp":"e")", arrows_);
  end({});
}

void ChromeTrace::finish() { out_ << text_ << "\n]}\n"; }

void ChromeTrace::separate() {
  constexpr std::size_t kLong = 1U << 16U;
  if (text_.size() > kLong) {
    out_ << text_;
    text_.clear();
  }
  text_ += first_ ? "\n" : ",\n";
  first_ = false;
}

}  // namespace poolscope
