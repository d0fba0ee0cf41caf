#include "core/session/verify.h"

#include <utility>

#include <fmt/format.h>

#include "core/model/reduce.h"
#include "core/session/model_codec.h"

namespace poolscope {
namespace {

/// Goes through a file from its beginning.
class Verifier {
 public:
  explicit Verifier(Reader& reader) : reader_(reader), model_(reader.base()) { note_start(); }

  Verification run() {
    found_.damage = look_at_all();
    note_end();
    return std::move(found_);
  }

 private:
  std::optional<Error> look_at_all() {
    for (std::size_t i = 0; i < reader_.chunks().size(); ++i) {
      if (auto wrong = look_at_keyframes_before(reader_.chunks()[i].first_seq)) return wrong;
      const auto events = reader_.chunk(i);
      if (!events) return events.error();
      for (const Event& event : **events) reduce(model_, event);
      found_.events += (*events)->size();
    }
    return look_at_keyframes_before(reader_.last_seq() + 1);
  }

  std::optional<Error> look_at_keyframes_before(std::uint64_t seq) {
    const auto& keyframes = reader_.keyframes();
    for (; next_ < keyframes.size() && keyframes[next_].seq < seq; ++next_) {
      auto keyframe = reader_.keyframe(next_);
      if (!keyframe) return keyframe.error();
      if (reader_.segment_at(keyframe->seq).seq == keyframe->seq) {
        // No event leads to the state with which a segment starts.
        note_end();
        model_ = std::move(*keyframe);
        note_start();
      } else if (auto wrong = check(*keyframe)) {
        return wrong;
      }
    }
    return std::nullopt;
  }

  /// Holds the reduced model against the keyframe of the same event.
  [[nodiscard]] std::optional<Error> check(const Model& keyframe) const {
    if (keyframe == model_ || keyframe == as_stored(model_, reader_.format())) return std::nullopt;
    return Error{Error::Kind::kFailed,
                 fmt::format("{}: keyframe {} (after event #{}) is not the state that the events "
                             "before it lead to: take an intact copy",
                             reader_.path().string(), next_ + 1,
                             reader_.keyframes()[next_].seq - reader_.origin().seq)};
  }

  // What the first state of a segment has counted and lists happened before the file, or in another
  // segment.
  void note_start() {
    checkpoints_ = model_.checkpoints;
    divergences_ = model_.divergences;
    listed_ = model_.divergence_list.size();
  }

  void note_end() {
    found_.checkpoints += model_.checkpoints - checkpoints_;
    found_.divergences += model_.divergences - divergences_;
    for (std::size_t i = listed_; i < model_.divergence_list.size(); ++i) {
      if (found_.divergence_list.size() == kDivergencesKept) return;
      found_.divergence_list.push_back(model_.divergence_list[i]);
    }
  }

  Reader& reader_;
  Model model_;
  std::size_t next_ = 1;  // the next keyframe
  std::uint64_t checkpoints_ = 0;
  std::uint64_t divergences_ = 0;
  std::size_t listed_ = 0;
  Verification found_;
};

}  // namespace

Verification verify(Reader& reader) { return Verifier(reader).run(); }

}  // namespace poolscope
