#pragma once

// Real sessions for the tests of the file: what a simulation at full rate delivered, once, and
// files made of it.
//
// Thread safety: none.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/model/model.h"
#include "core/session/reader.h"
#include "core/session/recorder.h"
#include "core/trace/event.h"

namespace poolscope::testing {

struct RealSession {
  SessionConfig config;
  std::vector<Event> events;
};

/// 8 Ps, 16 goroutines, two pools, GCs and resizes, at full rate for a moment; `count` events of
/// it.
const RealSession& real_session(std::size_t count = 150'000);

/// The same with modern pools.
const RealSession& real_modern_session();

/// The reduction of `events` on `model`.
Model reduced(Model model, std::span<const Event> events);

/// Records `events` on top of `base` into a new file at `path`, and closes it.
Recorder::Summary record(const std::filesystem::path& path, const Model& base,
                         std::span<const Event> events, RecorderOptions options = {});

/// The file at `path`, which the test expects to open.
std::unique_ptr<Reader> opened(const std::filesystem::path& path);

/// Every event of the file, in order.
std::vector<Event> all_events(Reader& reader);

/// Runs `sql` on the file, as someone with SQLite's shell would.
void change_with_sql(const std::filesystem::path& path, const std::string& sql);

}  // namespace poolscope::testing
