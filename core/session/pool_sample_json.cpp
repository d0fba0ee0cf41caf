#include "core/session/pool_sample_json.h"

#include <cstdint>
#include <exception>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

namespace poolscope {
namespace {

using Json = nlohmann::ordered_json;

/// Of a file: no more than can be true.
constexpr std::uint64_t kMostBits = 63;
constexpr std::uint64_t kMostCount = std::uint64_t{1} << 48U;

/// A count of the file. Throws where there is none.
std::uint64_t number_at(const Json& json, const char* key, std::uint64_t most = kMostCount) {
  const Json& number = json.at(key);
  if (!number.is_number_unsigned() || number.get<std::uint64_t>() > most) {
    throw std::invalid_argument("no such number");
  }
  return number;
}

}  // namespace

std::string to_json_text(const PoolSample& sample) {
  Json callers = Json::array();
  for (const PoolSample::Caller& caller : sample.callers) {
    callers.push_back(
        {{"function", caller.function}, {"gets", caller.gets}, {"news", caller.news}});
  }
  Json capacities = Json::array();
  for (const PoolSample::Capacity& capacity : sample.capacities) {
    capacities.push_back({{"bits", capacity.bits}, {"puts", capacity.puts}});
  }
  const Json json = {{"gets_each", PoolSample::kGetsEach},
                     {"gets", sample.gets},
                     {"news", sample.news},
                     {"callers", std::move(callers)},
                     {"capacities", std::move(capacities)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<PoolSample> pool_sample_of(std::string_view json) {
  const Json read = Json::parse(json, nullptr, false);
  if (!read.is_object()) return std::nullopt;
  try {
    PoolSample sample;
    sample.gets = number_at(read, "gets");
    sample.news = number_at(read, "news");
    for (const Json& caller : read.at("callers")) {
      if (sample.callers.size() == PoolSample::kMostCallers) break;
      sample.callers.push_back(
          {caller.at("function"), number_at(caller, "gets"), number_at(caller, "news")});
    }
    for (const Json& capacity : read.at("capacities")) {
      if (sample.capacities.size() > kMostBits) return std::nullopt;
      const std::uint64_t bits = number_at(capacity, "bits", kMostBits);
      sample.capacities.push_back({static_cast<unsigned>(bits), number_at(capacity, "puts")});
    }
    return sample;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace poolscope
