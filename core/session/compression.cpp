#include "core/session/compression.h"

#include <zstd.h>

#include "core/base/check.h"

namespace poolscope {
namespace {

// The columns are already free of most repetition: higher levels cost twice the time for a few per
// cent of the size.
constexpr int kLevel = 1;

}  // namespace

void Compressor::Free::operator()(ZSTD_CCtx_s* context) const { ZSTD_freeCCtx(context); }
void Decompressor::Free::operator()(ZSTD_DCtx_s* context) const { ZSTD_freeDCtx(context); }

Compressor::Compressor() : context_(ZSTD_createCCtx()) {
  check(context_ != nullptr, "zstd has a context");
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
}

Bytes Compressor::compress(ByteView bytes) {
  Bytes frame(ZSTD_compressBound(bytes.size()));
  const std::size_t size =
      ZSTD_compress2(context_.get(), frame.data(), frame.size(), bytes.data(), bytes.size());
  check(ZSTD_isError(size) == 0, "zstd compresses into a buffer of its own bound");
  frame.resize(size);
  return frame;
}

Decompressor::Decompressor() : context_(ZSTD_createDCtx()) {
  check(context_ != nullptr, "zstd has a context");
}

Expected<Bytes> Decompressor::decompress(ByteView frame, std::size_t limit) {
  const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
    return failed("not a zstd frame");
  }
  if (size > limit) return failed("too large for what it should hold");
  Bytes bytes(static_cast<std::size_t>(size));
  const std::size_t got =
      ZSTD_decompressDCtx(context_.get(), bytes.data(), bytes.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0) return failed(ZSTD_getErrorName(got));
  if (got != bytes.size()) return failed("shorter than it says");
  return bytes;
}

}  // namespace poolscope
