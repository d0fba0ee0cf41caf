#include "core/session/verify.h"

#include <fmt/format.h>

#include "core/model/reduce.h"
#include "core/session/model_codec.h"

namespace poolscope {
namespace {

/// Holds the reduced model against the keyframe of the same event.
std::optional<Error> check_keyframe(Reader& reader, std::size_t index, const Model& reduced) {
  const auto keyframe = reader.keyframe(index);
  if (!keyframe) return keyframe.error();
  if (*keyframe == reduced || *keyframe == as_stored(reduced, reader.format())) {
    return std::nullopt;
  }
  return Error{Error::Kind::kFailed,
               fmt::format("{}: keyframe {} (after event #{}) is not the state that the events "
                           "before it lead to: take an intact copy",
                           reader.path().string(), index + 1,
                           reader.keyframes()[index].seq - reader.origin().seq)};
}

}  // namespace

Verification verify(Reader& reader) {
  Verification found;
  const Model& base = reader.base();
  Model model = base;
  std::size_t keyframe = 1;
  const auto check_keyframes_before = [&](std::uint64_t seq) {
    const auto& keyframes = reader.keyframes();
    for (; keyframe < keyframes.size() && keyframes[keyframe].seq < seq; ++keyframe) {
      if (auto wrong = check_keyframe(reader, keyframe, model)) return wrong;
    }
    return std::optional<Error>{};
  };
  for (std::size_t i = 0; i < reader.chunks().size() && !found.damage; ++i) {
    found.damage = check_keyframes_before(reader.chunks()[i].first_seq);
    if (found.damage) break;
    const auto events = reader.chunk(i);
    if (!events) {
      found.damage = events.error();
      break;
    }
    for (const Event& event : **events) reduce(model, event);
    found.events += (*events)->size();
  }
  if (!found.damage) found.damage = check_keyframes_before(reader.last_seq() + 1);
  found.checkpoints = model.checkpoints - base.checkpoints;
  found.divergences = model.divergences - base.divergences;
  // What the base model lists happened before this file.
  const auto first = static_cast<std::ptrdiff_t>(base.divergence_list.size());
  found.divergence_list.assign(model.divergence_list.begin() + first, model.divergence_list.end());
  return found;
}

}  // namespace poolscope
