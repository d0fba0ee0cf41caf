#pragma once

// What ui.perfetto.dev asks of a trace in JSON, rule by rule, and what a trace of a session has to
// say beside.
//
// Thread safety: functions of their arguments.

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace poolscope::testing {

/// Each breach of a rule, as a line; at most some of each rule.
///  names     every process and every track that is used has a name; no number is 0
///  times     each record has a time; what lasts does not last less than nothing
///  nesting   of two spans of a track one lies in the other, or they are apart; the outer one
///  stands
///            first
///  instants  each says how far it reaches
///  counters  are numbers of a P's objects, in the order of time
///  arrows    start within a Put and end within a Get, not before, and both are about one object
///  runtime   each stop of the world has its two phases within, and none lasts into another
std::vector<std::string> breaches_of(const nlohmann::json& trace);

/// The records of a phase ("X", "C", ...), and where it is given of a name, in their order.
std::vector<nlohmann::json> records_of(const nlohmann::json& trace, const std::string& phase,
                                       const std::string& name = {});

/// The process or track of that name: (pid, tid); of a process, tid is 0.
std::pair<int, std::uint64_t> numbers_of(const nlohmann::json& trace, const std::string& name);

}  // namespace poolscope::testing
