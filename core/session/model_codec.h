#pragma once

// A Model as bytes and back: what a keyframe stores.
//
// Thread safety: functions of their arguments.
// Invariants: decode_model(encode_model(m)) == m for every model, given its details. A field added
// to the model does not compile until it stands in model_fields.h.

#include <cstdint>

#include "core/base/error.h"
#include "core/model/model.h"
#include "core/session/bytes.h"
#include "core/session/format.h"

namespace poolscope {

/// All of `model`, uncompressed.
Bytes encode_model(const Model& model);

/// The model that encode_model() was given; an error (words without a place) where the bytes are
/// not such ones, or would take more than `memory_bytes`. `format`: of the file that has them;
/// `details`: of the segment in which it is.
Expected<Model> decode_model(ByteView bytes, std::uint32_t format = format::kFormatVersion,
                             const Details& details = {},
                             std::size_t memory_bytes = format::kModelMemory_bytes);

/// What a file of that format can hold of `model`; the rest has its default.
Model as_stored(Model model, std::uint32_t format);

}  // namespace poolscope
