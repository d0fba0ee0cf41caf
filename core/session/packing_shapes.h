#pragma once

// Where the fields of each kind of event are likely to come from: the table by which chunks are
// packed. It is the packing's own and frozen for each format: the table of the catalogue may change
// with what is shown, this one may not, or files would be read as what they are not.
//
// Thread safety: constants.

#include <array>
#include <cstdint>

#include "core/trace/event.h"

namespace poolscope {

enum class ArrayFrom : std::uint8_t { kNone, kOwn, kPool, kNew, kVictim };
enum class IndexFrom : std::uint8_t { kZero, kPlace, kPool, kP };
enum class ObjectFrom : std::uint8_t { kNone, kFlight, kPrivate, kTop, kNew, kNumber, kOldest };

/// Where the fields of a kind are likely to come from.
struct Shape {
  ArrayFrom array = ArrayFrom::kNone;
  IndexFrom index = IndexFrom::kZero;
  ObjectFrom object = ObjectFrom::kNone;
};

using ShapeTable = std::array<Shape, 256>;

/// The table of that format. A kind that a format does not know is predicted to have no fields.
const ShapeTable& packing_shapes(std::uint32_t format);

}  // namespace poolscope
