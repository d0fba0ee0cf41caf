#pragma once

// What is gathered from a past beside the model: the timeline's lanes, the moment's story,
// statistics. One scan over the events, reduced once, feeds as many of these as are wanted.
//
// Thread safety: none of its own.

#include "core/model/model.h"
#include "core/trace/event.h"

namespace poolscope {

class Accumulator {
 public:
  virtual ~Accumulator() = default;
  /// Takes in the next event; `model` is the model after it.
  virtual void add(const Event& event, const Model& model) = 0;
  /// A later part of the session starts, with the state `first`: to what follows, what was before
  /// is another session.
  virtual void begin_part(const Model& first) = 0;

 protected:
  Accumulator() = default;
  Accumulator(const Accumulator&) = default;
  Accumulator(Accumulator&&) = default;
  Accumulator& operator=(const Accumulator&) = default;
  Accumulator& operator=(Accumulator&&) = default;
};

}  // namespace poolscope
