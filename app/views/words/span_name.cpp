#include "app/views/words/span_name.h"

#include "app/locale/translate.h"

namespace poolscope::views {

using locale::tr;

std::string name_of(Span::Kind kind) {
  using Kind = Span::Kind;
  switch (kind) {
    case Kind::kUser: return tr("user code");
    case Kind::kPut: return "Put";
    case Kind::kGet:
    case Kind::kHit: return "Get";
    case Kind::kNew: return "New";
    case Kind::kSteal: return tr("steal");
    case Kind::kNil: return "Get nil";
    case Kind::kLockWait: return tr("waits for the lock");
  }
  return "";
}

}  // namespace poolscope::views
