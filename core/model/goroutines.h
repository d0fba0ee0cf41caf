#pragma once

// The goroutines that the model knows. A session may have a million of them, one after the other,
// and a handful at a time: those that have ended (or were never said to run), hold nothing and are
// in no operation are forgotten before there are many of them.
//
// Thread safety: a plain value.
// Invariants: each number stands once; iteration is in the order of the numbers; equality is
// equality of what is known, however it came about. A reference stays valid until a goroutine is
// added.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/ids.h"

namespace poolscope {

/// State is GState; a template only because that is declared later.
template <class State>
class GoroutinesOf {
 public:
  /// nullptr: it is not known.
  [[nodiscard]] State* find(GId g) {
    const std::size_t at = place_of(g);
    return at < places_.size() ? &states_[places_[at].state] : nullptr;
  }
  [[nodiscard]] const State* find(GId g) const {
    const std::size_t at = place_of(g);
    return at < places_.size() ? &states_[places_[at].state] : nullptr;
  }
  [[nodiscard]] bool contains(GId g) const { return place_of(g) < places_.size(); }

  /// One that is known.
  [[nodiscard]] const State& operator[](std::size_t number) const { return *find(id_of(number)); }
  /// Known from here on.
  State& operator[](std::size_t number) {
    State* known = find(id_of(number));
    return known != nullptr ? *known : add(id_of(number));
  }

  /// Before one more is added: forgets those that may be forgotten, when there are 64, 128, 256,
  /// ... So that happens at the same events whichever way one has come to a state.
  void make_room() {
    if (size() < kFewest || !std::has_single_bit(size())) return;
    std::erase_if(places_, [this](const Place& place) {
      if (!states_[place.state].forgettable()) return false;
      states_[place.state] = State();
      free_.push_back(place.state);
      return true;
    });
  }
  void clear() { *this = {}; }

  /// How many are known.
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  /// About the bytes on the heap, without what the states hold.
  [[nodiscard]] std::size_t bytes() const {
    return places_.capacity() * sizeof(Place) + states_.capacity() * sizeof(State);
  }

  /// Walks the states in the order of their numbers.
  template <class Of, class Value>
  class Walk {
   public:
    using value_type = State;
    using difference_type = std::ptrdiff_t;

    Walk() = default;
    Walk(Of* of, std::size_t at) : of_(of), at_(at) {}
    Value& operator*() const { return of_->states_[of_->places_[at_].state]; }
    Value* operator->() const { return &**this; }
    Walk& operator++() {
      ++at_;
      return *this;
    }
    Walk operator++(int) {
      Walk before = *this;
      ++at_;
      return before;
    }
    bool operator==(const Walk&) const = default;

   private:
    Of* of_ = nullptr;
    std::size_t at_ = 0;
  };
  [[nodiscard]] auto begin() { return Walk<GoroutinesOf, State>(this, 0); }
  [[nodiscard]] auto end() { return Walk<GoroutinesOf, State>(this, places_.size()); }
  [[nodiscard]] auto begin() const { return Walk<const GoroutinesOf, const State>(this, 0); }
  [[nodiscard]] auto end() const {
    return Walk<const GoroutinesOf, const State>(this, places_.size());
  }

  bool operator==(const GoroutinesOf& other) const {
    if (size() != other.size()) return false;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (!(states_[places_[i].state] == other.states_[other.places_[i].state])) return false;
    }
    return true;
  }

 private:
  static constexpr std::size_t kFewest = 64;

  struct Place {
    GId g;
    std::uint32_t state = 0;
  };

  static GId id_of(std::size_t number) { return GId{static_cast<GId::rep>(number)}; }

  /// Its place in places_; their number when it is not known. Numbers are mostly dense from 0.
  [[nodiscard]] std::size_t place_of(GId g) const {
    if (g.value < places_.size() && places_[g.value].g == g) return g.value;
    const auto at = std::ranges::lower_bound(places_, g, {}, &Place::g);
    return at != places_.end() && at->g == g ? static_cast<std::size_t>(at - places_.begin())
                                             : places_.size();
  }

  State& add(GId g) {
    std::uint32_t state = 0;
    if (free_.empty()) {
      state = static_cast<std::uint32_t>(states_.size());
      states_.emplace_back();
    } else {
      state = free_.back();
      free_.pop_back();
    }
    states_[state] = State();
    states_[state].id = g;
    const auto at = std::ranges::lower_bound(places_, g, {}, &Place::g);
    places_.insert(at, Place{g, state});
    return states_[state];
  }

  std::vector<Place> places_;  // by number
  std::vector<State> states_;
  std::vector<std::uint32_t> free_;  // of states_
};

}  // namespace poolscope
