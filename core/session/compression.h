#pragma once

// zstd frames with a checksum of their contents, as every blob of a .poolscope file is one.
//
// Thread safety: one thread at a time for an object of either class.
// Invariants: decompress(compress(bytes)) == bytes; a frame that was changed is refused.

#include <cstddef>
#include <memory>
#include <string>

#include "core/base/error.h"
#include "core/session/bytes.h"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace poolscope {

class Compressor {
 public:
  Compressor();

  /// One frame that holds `bytes`.
  Bytes compress(ByteView bytes);

 private:
  struct Free {
    void operator()(ZSTD_CCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_CCtx_s, Free> context_;
};

class Decompressor {
 public:
  Decompressor();

  /// The contents of `frame`; an error (words without a place: the caller knows it) where it is no
  /// frame, is cut off, fails its checksum, or would hold more than `limit` bytes.
  Expected<Bytes> decompress(ByteView frame, std::size_t limit);

 private:
  struct Free {
    void operator()(ZSTD_DCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_DCtx_s, Free> context_;
};

}  // namespace poolscope
