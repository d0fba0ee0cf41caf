#include "core/session/copy.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/session/format.h"
#include "core/session/session_writer.h"
#include "core/session/whole_session.h"

namespace poolscope {
namespace {

namespace fs = std::filesystem;

/// Writes a stretch of one file into another, part by part.
class Copier {
 public:
  /// `base`: the state with which the stretch begins.
  Copier(SessionPart part, const Model& base, SessionWriter& to, const CopyOptions& options)
      : from_(*part.session),
        to_(to),
        stretch_(part.stretch),
        first_ns_(base.time_ns),
        options_(options) {}

  Expected<void> run() {
    if (auto noted = copy_notes(); !noted) return noted;
    const auto& segments = from_.segments();
    std::size_t part = segment_of(segments, stretch_.first);
    for (std::uint64_t after = stretch_.first;;) {
      const bool goes_on = part + 1 < segments.size() && segments[part + 1].seq <= stretch_.last;
      const std::uint64_t end = goes_on ? segments[part + 1].seq - 1 : stretch_.last;
      if (auto copied = copy_events(after, end); !copied) return copied;
      if (!goes_on) return {};
      const Segment& next = segments[++part];
      const auto first = from_.first_of(next);
      if (!first) return tl::make_unexpected(first.error());
      if (auto begun = to_.begin_segment(*first); !begun) return begun;
      after = next.seq;
    }
  }

 private:
  /// Markers and the view track. Of the views before the stretch the last of each kind holds
  /// on: the stretch begins with it.
  Expected<void> copy_notes() {
    for (const Marker& marker : from_.markers()) {
      if (marker.seq < stretch_.first || marker.seq > stretch_.last) continue;
      if (auto put = to_.add_marker(marker); !put) return put;
    }
    std::map<std::string, std::size_t> last_before;
    const auto& views = from_.views();
    for (std::size_t i = 0; i < views.size() && views[i].seq < stretch_.first; ++i) {
      last_before[views[i].what] = i;
    }
    for (std::size_t i = 0; i < views.size() && views[i].seq <= stretch_.last; ++i) {
      if (views[i].seq < stretch_.first && last_before[views[i].what] != i) continue;
      ViewChange view = views[i];
      if (view.seq < stretch_.first) {
        view.seq = stretch_.first;
        view.time_ns = first_ns_;
      }
      if (auto put = to_.add_view(view); !put) return put;
    }
    return {};
  }

  /// The events with after < seq <= end. Whole chunks that lead to a keyframe go as they are.
  Expected<void> copy_events(std::uint64_t after, std::uint64_t end) {
    const auto& chunks = from_.chunks();
    for (std::size_t i = from_.chunk_after(after);
         i < chunks.size() && chunks[i].first_seq <= end;) {
      const std::size_t keyframe = keyframe_after(i, after, end);
      if (keyframe < from_.keyframes().size()) {
        if (auto copied = copy_packed(i, keyframe); !copied) return copied;
        i = from_.chunk_after(from_.keyframes()[keyframe].seq);
      } else {
        if (auto copied = copy_unpacked(chunks[i], after, end); !copied) return copied;
        ++i;
      }
    }
    return {};
  }

  /// The next keyframe up to `end` to which chunks lead of which the chunk `i` is the first, and
  /// whole; keyframes().size() where there is none.
  [[nodiscard]] std::size_t keyframe_after(std::size_t i, std::uint64_t after,
                                           std::uint64_t end) const {
    const auto& keyframes = from_.keyframes();
    const ChunkInfo& chunk = from_.chunks()[i];
    const std::size_t none = keyframes.size();
    if (from_.format() != format::kFormatVersion || to_.moves_numbers() ||
        chunk.first_seq <= after) {
      return none;
    }
    const auto next = std::ranges::lower_bound(keyframes, chunk.first_seq, {}, &KeyframeInfo::seq);
    if (next == keyframes.end() || next->seq > end) return none;
    // The last chunk before it ends with it.
    const std::size_t behind = from_.chunk_after(next->seq);
    if (behind == 0 || from_.chunks()[behind - 1].last_seq() != next->seq) return none;
    return static_cast<std::size_t>(next - keyframes.begin());
  }

  [[nodiscard]] Expected<void> goes_on() const {
    if (!options_.goes_on || options_.goes_on()) return {};
    return failed(fmt::format("{}: the copy was given up", to_.path().string()));
  }

  /// The chunks from `i` on up to that keyframe.
  Expected<void> copy_packed(std::size_t i, std::size_t keyframe) {
    const auto end = from_.keyframe(keyframe);
    if (!end) return tl::make_unexpected(end.error());
    return to_.append_packed(
        [&]() -> Expected<std::optional<PackedChunk>> {
          if (i == from_.chunks().size() || from_.chunks()[i].first_seq > end->seq) {
            return std::nullopt;
          }
          if (auto on = goes_on(); !on) return tl::make_unexpected(on.error());
          auto bytes = from_.packed_chunk(i);
          if (!bytes) return tl::make_unexpected(bytes.error());
          return PackedChunk{from_.chunks()[i++], std::move(*bytes)};
        },
        *end);
  }

  /// What of that chunk lies in after < seq <= end.
  Expected<void> copy_unpacked(const ChunkInfo& chunk, std::uint64_t after, std::uint64_t end) {
    if (auto on = goes_on(); !on) return on;
    Expected<void> written;
    const auto read =
        from_.each_run(std::max(after + 1, chunk.first_seq), std::min(end, chunk.last_seq()),
                       [&](std::span<const Event> run) { written = to_.append(run); });
    return read ? written : read;
  }

  Reader& from_;
  SessionWriter& to_;
  const Stretch stretch_;
  const std::int64_t first_ns_;
  const CopyOptions& options_;
};

std::string_view word_for(Name::Of of) {
  switch (of) {
    case Name::Of::kPool: return "pool";
    case Name::Of::kGoroutine: return "goroutine";
    case Name::Of::kType: return "type";
    case Name::Of::kSampleOfPool: return "sample of pool";
  }
  return "";
}

/// Whether a part is all of its session.
bool is_whole(const SessionPart& part) {
  return part.stretch.first <= part.session->origin().seq &&
         part.stretch.last >= part.session->last_seq();
}

/// The names of all parts: a file has one for each thing. What was sampled is of the whole of a
/// recording: it stays where every part is all of its session and has the same sample.
Expected<std::vector<Name>> names_of(std::span<const SessionPart> parts) {
  struct Named {
    const Name* name;
    const Reader* in;
  };
  std::map<std::pair<Name::Of, std::uint64_t>, Named> first;
  std::map<std::uint64_t, std::size_t> with_sample;  // parts, by the pool's number
  for (const SessionPart& part : parts) {
    for (const Name& name : part.session->names()) {
      const auto [known, is_new] = first.try_emplace({name.of, name.id}, &name, part.session);
      const Named& other = known->second;
      const bool same = is_new || other.name->text == name.text;
      if (name.of == Name::Of::kSampleOfPool) {
        if (same && is_whole(part)) ++with_sample[name.id];
        continue;
      }
      if (same) continue;
      return bad_input(fmt::format(
          "{}: {} {} is {} there and {} in {}: only sessions with the same names can be joined",
          part.session->path().string(), word_for(name.of), name.id, name.text, other.name->text,
          other.in->path().string()));
    }
  }
  std::vector<Name> names;
  for (const auto& [thing, named] : first) {
    const auto [of, id] = thing;
    if (of == Name::Of::kSampleOfPool && with_sample[id] != parts.size()) continue;
    names.push_back(*named.name);
  }
  return names;
}

/// The state with which `part` begins. Clamps its stretch to what the session has.
Expected<Model> begin(SessionPart& part) {
  auto base = part.session->model_at(part.stretch.first);
  if (!base) return base;
  // Between two segments the state is that of an earlier number.
  part.stretch = {base->seq, std::clamp(part.stretch.last, base->seq, part.session->last_seq())};
  return base;
}

}  // namespace

SessionPart all_of(Reader& session) {
  return {&session, {session.origin().seq, session.last_seq()}};
}

Expected<void> copy_stretch(Reader& from, Stretch stretch, const fs::path& to,
                            const CopyOptions& options) {
  const SessionPart part{&from, stretch};
  return join_parts({&part, 1}, to, options);
}

Expected<void> join_parts(std::span<const SessionPart> parts, const fs::path& to,
                          const CopyOptions& options) {
  const auto names = names_of(parts);
  if (!names) return tl::make_unexpected(names.error());
  SessionPart part = parts.front();
  auto base = begin(part);
  if (!base) return tl::make_unexpected(base.error());
  const Model first = *base;
  return make_whole_session(to, options.overwrite, first, {.program = options.program},
                            [&](SessionWriter& writer) -> Expected<void> {
                              for (const Name& name : *names) {
                                if (auto put = writer.add_name(name); !put) return put;
                              }
                              for (std::size_t i = 0;;) {
                                if (auto copied = Copier(part, *base, writer, options).run();
                                    !copied)
                                  return copied;
                                if (++i == parts.size()) return {};
                                part = parts[i];
                                base = begin(part);
                                if (!base) return tl::make_unexpected(base.error());
                                if (auto begun = writer.begin_session(*base); !begun) return begun;
                              }
                            });
}

}  // namespace poolscope
