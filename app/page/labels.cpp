#include "app/page/labels.h"

#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/page/drawing.h"
#include "app/views/widgets/share_bar.h"
#include "app/views/words/span_name.h"
#include "app/views/words/words.h"

namespace poolscope::page {

using locale::tr;
using nlohmann::json;

json labels(const Languages& languages, TextTable& texts, bool hands) {
  json list = json::object();
  const auto add = [&](const std::string& name, const auto& make) {
    list[name] = texts.number_of(languages.say(make));
  };
  add("play", [] { return tr("Play"); });
  add("pause", [] { return tr("Pause"); });
  add("back", [] { return tr("One step back"); });
  add("step", [] { return tr("one step"); });
  add("first", [] { return tr("to the beginning"); });
  add("last", [] { return tr("to the end"); });
  add("speed", [] { return tr("Speed"); });
  add("bySeconds", [] { return tr("by time"); });
  add("bySteps", [] { return tr("by step"); });
  add("aSecond", [] { return tr("{0} steps a second"); });
  add("theme", [] { return tr("Theme"); });
  add("dark", [] { return tr("dark"); });
  add("light", [] { return tr("light"); });
  add("contrast", [] { return tr("high contrast"); });
  add("pool", [] { return tr("Pool"); });
  add("markers", [] { return tr("Markers"); });
  add("timeline", [] { return tr("Timeline"); });
  add("idle", [] { return tr("idle"); });
  add("pinned", [] { return tr("pinned"); });
  add("inHand", [] { return tr("in hand"); });
  add("created", [] { return tr("Created {0}"); });
  add("inUse", [hands] { return views::outside_words(hands); });
  add("inFlight", [] { return tr("{0} in flight"); });
  add("pooled", [] { return tr("{0} pooled"); });
  add("dropped", [] { return tr("{0} dropped"); });
  add("none", [] { return tr("none"); });
  add("again", [] { return tr("− {0} counted twice"); });
  add("diverged", [] {
    return locale::trn("DIVERGED: {0} difference between model and pool",
                       "DIVERGED: {0} differences between model and pool", 2);
  });
  add("lockedOut", [] { return tr("waiting for a lock:"); });
  add("withoutP", [] { return tr("no P right now:"); });
  add("asleep", [] { return tr("asleep:"); });
  add("ended",
      [hands] { return hands ? tr("in use, outside the pool:") : tr("outside the pools:"); });
  add("nobody", [] { return tr("no P right now: nobody"); });
  add("noLocal", [] { return tr("no local[{0}]: the next pin here runs pinSlow"); });
  add("noLocalShort", [] { return tr("no local[{0}]"); });
  add("stranded", [] { return tr("private: stranded until the next GC"); });
  add("stealable", [] { return tr("shared: can still be stolen"); });
  add("noP", [] { return tr("no P runs below here"); });
  add("endsClassic", [] { return tr("oldest ... newest, all take here"); });
  add("endsModern", [] { return tr("tail: thieves ... head: the owner"); });
  add("endsShort", [] { return tr("tail ... head"); });
  add("keys", [] {
    return tr("Space plays, arrow keys step, Home and End, PgUp and PgDn to the markers");
  });
  add("stoppedAt", [] { return tr("Event {0} of {1}"); });
  for (std::size_t i = 0; i < kSpanKinds; ++i) {
    add(fmt::format("span{}", i), [i] { return views::name_of(static_cast<Span::Kind>(i)); });
  }
  for (std::size_t i = 0; i < kGetSources; ++i) {
    add(fmt::format("gets{}", i), [i] { return views::name_of(static_cast<views::GetSource>(i)); });
  }
  return list;
}

}  // namespace poolscope::page
