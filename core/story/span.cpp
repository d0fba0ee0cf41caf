#include "core/story/span.h"

namespace poolscope {

Span merged(const Span& a, const Span& b) {
  Span sum = a;
  sum.end_ns = b.end_ns;
  sum.end_seq = b.end_seq;
  sum.busy_ns += b.busy_ns;
  sum.parts += b.parts;
  sum.object = ObjectId::none();
  sum.op_seq = 0;
  if (a.g != b.g) sum.g = GId::none();
  sum.kinds |= b.kinds;
  // The kind of a sum is a pool operation's, where there is one: user code is what lies between.
  const bool a_is_user = a.kind == Span::Kind::kUser;
  const bool b_is_user = b.kind == Span::Kind::kUser;
  if (a.kind == b.kind) {
    sum.kind_ns += b.kind_ns;
  } else if (a_is_user || (!b_is_user && b.kind_ns > a.kind_ns)) {
    sum.kind = b.kind;
    sum.kind_ns = b.kind_ns;
  }
  return sum;
}

}  // namespace poolscope
