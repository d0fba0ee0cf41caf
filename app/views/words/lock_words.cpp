#include "app/views/words/lock_words.h"

#include "app/locale/translate.h"
#include "app/views/words/words.h"

namespace poolscope::views {

using locale::tr;
using locale::trf;
using locale::trnf;

namespace {

std::string held_text(GId holder) { return trf("held by {0}", name_of(holder)); }

std::string waiting_text(std::size_t waiting) {
  return trnf("{0} waiting", "{0} waiting", waiting);
}

std::string names_of(const std::vector<GId>& gs, const char* between) {
  std::string names;
  for (const GId g : gs) names += (names.empty() ? "" : between) + name_of(g);
  return names;
}

}  // namespace

std::vector<std::string> lock_texts(const LockState& lock) {
  if (!taken(lock)) return {};
  const std::size_t waiting = lock.waiters.size();
  if (!lock.holder.valid()) {
    // One of those that wait has it by now, or will have it.
    constexpr std::size_t kMostNamed = 3;
    const std::string next = names_of(lock.waiters, tr(" or "));
    if (waiting == 1) return {trf("goes to {0}", next), next};
    const std::string number = waiting_text(waiting);
    if (waiting <= kMostNamed) return {trf("goes to {0}", next), number, count_text(waiting)};
    return {tr("changes hands") + std::string(" · ") + number, number, count_text(waiting)};
  }
  const std::string held = held_text(lock.holder);
  std::vector<std::string> texts;
  if (waiting > 0) {
    texts.push_back(held + " · " + waiting_text(waiting));
    texts.push_back(trnf("by {1} · {0} waits", "by {1} · {0} wait", waiting, name_of(lock.holder)));
  }
  texts.push_back(held);
  texts.push_back(name_of(lock.holder));
  return texts;
}

std::string lock_tooltip(const LockState& lock, std::size_t place) {
  const std::string who = lock.holder.valid() ? held_text(lock.holder)
                          : taken(lock)       ? tr("changes hands")
                                              : tr("free");
  std::string text = trf("Mutex of local[{0}]: {1}", place, who);
  if (!lock.waiters.empty()) text += trf("; waiting: {0}", names_of(lock.waiters, tr(", ")));
  return text;
}

}  // namespace poolscope::views
