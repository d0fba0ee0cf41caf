#pragma once

// Gathers the story of the moment (told.h), event by event.
//
// The sentence. What happens often must not chase the sentence, and what happens once must have it
// at once. A GC, a change of GOMAXPROCS and a loss are in the model; the newest of them has the
// sentence for kRareHold_ns, and keeps it until another fact takes it. Of the other facts (an
// object is stored, taken, stolen, made) one is said at once when no fact has happened for
// kSentenceHold_ns. When facts follow each other faster, the next one takes the sentence when the
// last has stood for kSentenceHold_ns; a hit or store in private a quarter of a second later, for
// something rarer may come. In the last kSentenceHold_ns of a period none does: so the next period
// begins anew. Each thus stands for kSentenceHold_ns at least, begins with its event, and depends
// on nothing from before first_time_told_ns(). Where there are more than kToldEvents events since
// then, the newest fact is said. A rescue takes back that an object was lost, as rare as that.
//
// Where goroutines take turns, each step is said at once: it stands until the next one comes. After
// a GC or a change of GOMAXPROCS all of them rest for kRareHold_ns, so its sentence stands whole.
// An object that moves all the same, because the viewer has sent its goroutine, is said at once.
//
// Thread safety: none of its own.

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/model/accumulator.h"
#include "core/model/model.h"
#include "core/story/told.h"
#include "core/trace/event.h"

namespace poolscope {

class Teller final : public Accumulator {
 public:
  Teller() = default;
  /// `model` is the state before the first event that will be added.
  explicit Teller(const Model& model) { start(model); }

  /// Forgets all; `model` is the state before the next event.
  void start(const Model& model);
  void add(const Event& event, const Model& model) override;
  void begin_part(const Model& first) override { start(first); }

  /// The state before the first event added is the one after this.
  [[nodiscard]] std::uint64_t since() const { return since_; }
  /// The story after the last event added; `model` is the state after it.
  [[nodiscard]] Told told(const Model& model) const;

 private:
  static constexpr std::int64_t kNever_ns = std::numeric_limits<std::int64_t>::min() / 2;

  /// A list of bounded length; what is added to a full one takes the place of the oldest.
  template <class T, std::size_t kMost>
  class Newest {
   public:
    void clear() {
      list_.clear();
      next_ = 0;
    }
    void add(const T& value) {
      if (list_.size() < kMost) {
        list_.push_back(value);
      } else {
        list_[next_] = value;
        next_ = (next_ + 1) % kMost;
      }
    }
    /// Those that `wanted` holds for, oldest first.
    template <class Wanted>
    [[nodiscard]] std::vector<T> those(const Wanted& wanted) const {
      std::vector<T> found;
      for (std::size_t i = 0; i < list_.size(); ++i) {
        const T& value = list_[(next_ + i) % list_.size()];
        if (wanted(value)) found.push_back(value);
      }
      return found;
    }

   private:
    std::vector<T> list_;
    std::size_t next_ = 0;  // the oldest, once the list is full
  };

  /// An event that something is said of. What is said is looked up in the model.
  struct Noted {
    GId g;               // none: a stop-the-world
    bool moves = false;  // an object
    std::int64_t time_ns = kNever_ns;
    std::uint64_t seq = 0;
  };

  struct Beat {
    std::int64_t number = -1;
    std::uint64_t first_seq = 0;
  };

  void note_beat(const Event& event);
  void note_losses(const Event& event, const Model& model);
  void note_move(const Event& event, Place from, Place to);
  void note_robbery(const Event& event, const GState& g);
  void note_write(const Event& event, Field field);
  void note_fact(const Event& event, const Model& model, Spotlight::Rarity rarity,
                 const Operation& op);
  void note_step(const Event& event, const Model& model);
  void add_of_goroutine(const Event& event, const Model& model);
  void add_of_private(const Event& event, const Model& model, const GState& g);
  void add_of_shared(const Event& event, const Model& model, const GState& g);
  /// `free_ns`: when nothing rare keeps the sentence any more.
  [[nodiscard]] bool takes_the_sentence(std::int64_t time_ns, Spotlight::Rarity rarity,
                                        std::int64_t free_ns);
  /// Until when the newest GC, change of GOMAXPROCS, loss or rescue keeps the sentence.
  [[nodiscard]] std::int64_t held_until_ns(const Model& model) const;
  [[nodiscard]] Spotlight spotlight(const Model& model) const;
  [[nodiscard]] Spotlight fact(const Model& model, const Spotlight& rare) const;
  [[nodiscard]] Spotlight step(const Model& model, const Spotlight& rare) const;
  [[nodiscard]] Spotlight about(const Noted& noted, const Model& model) const;
  /// Whether there are fewer events than kToldEvents since first_time_told_ns().
  [[nodiscard]] bool beats_are_known(const Model& model) const;

  std::uint64_t since_ = 0;
  std::uint64_t lost_ = 0;  // all objects lost so far
  Newest<Move, kMovesTold> moves_;
  Newest<FieldWrite, kWritesTold> writes_;
  std::vector<Robbery> robberies_;                  // by P; seq 0: none
  std::array<Beat, 2 * kBeatsInPeriod + 2> beats_;  // the last ones with events, oldest first
  Noted latest_;                                    // event of an operation or of a stop-the-world
  Noted step_;                                      // the last one that is worth a sentence
  Noted stood_;                        // where its goroutine has come to stand; seq 0: not yet
  Spotlight rescue_;                   // the last one
  Spotlight newest_;                   // fact
  Spotlight chosen_;                   // the last fact that has taken the sentence
  std::int64_t fact_ns_ = kNever_ns;   // the last fact
  std::int64_t alone_ns_ = kNever_ns;  // the last one with none shortly before it
  std::int64_t taken_ns_ = kNever_ns;  // when one has last taken the sentence
};

}  // namespace poolscope
