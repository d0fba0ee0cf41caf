#include "app/views/object/object.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/widgets/lost_list.h"
#include "app/views/widgets/script_names.h"
#include "app/views/words/finding_text.h"
#include "app/views/words/life_text.h"
#include "app/views/words/words.h"
#include "core/story/why.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;
using locale::trnf;

float line_of(const Painter& painter) {
  return std::ceil(painter.size_of(FontRole::kSmall) * 1.45F);
}

/// Sentences one under the other, as many as have room.
void draw_sentences(Painter& painter, Rect& in, const std::vector<std::string>& sentences) {
  const float line = line_of(painter);
  for (const std::string& sentence : sentences) {
    const auto lines = static_cast<float>(painter.lines_of(FontRole::kSmall, sentence, in.w));
    if (in.h < line) return;
    const Rect at = in.cut_top(std::min(in.h, lines * line));
    painter.paragraph_in(at, FontRole::kSmall, painter.theme().text_mid, sentence, line);
  }
}

std::vector<std::string> texts_of(const std::vector<Reason>& reasons) {
  std::vector<std::string> texts;
  for (const Reason& reason : reasons) texts.push_back(reason_text(reason));
  return texts;
}

// --- an object ------------------------------------------------------------------------------

/// A row of the list; the one that the playhead has come to last is raised.
void draw_entry(Painter& painter, Rect at, std::size_t number, const LifeEntry& entry, bool now,
                bool later, intents::Intents& asked) {
  const theme::Theme& theme = painter.theme();
  const SessionStatus& session = painter.input().session;
  const Painter::Touch touch = painter.touch(fmt::format("life.{}", number), at);
  if (now || touch.hovered) painter.fill(at, theme.raised, painter.sizes().radius_object);
  if (now) {
    painter.fill({at.x, at.y, painter.px(theme::space::kFine), at.h}, theme.priv.text, 1);
  }
  if (touch.clicked && session.can.can_seek) asked.emplace_back(intents::SeekSeq{entry.seq});
  if (touch.hovered) {
    painter.tooltip(moment_text({entry.seq, entry.time_ns}, session.origin));
  }
  at.cut_left(painter.px(theme::space::kClose));
  const std::string when = clock_text(entry.time_ns - session.origin.time_ns);
  const Rect time = at.cut_left(painter.width_of(FontRole::kMono, "8888.888 s "));
  painter.text_in(time, FontRole::kMono, theme.text_low, when);
  painter.text_in(at, FontRole::kSmall, later ? theme.text_low : theme.text_hi, life_text(entry));
}

/// The entries around the one that the playhead has come to, in as many columns as are wide enough.
void draw_entries(Painter& painter, const Rect& in, const std::vector<LifeEntry>& entries,
                  intents::Intents& asked) {
  const float line = line_of(painter);
  const float least_w =
      painter.width_of(FontRole::kMono, "8888.888 s ") + painter.size_of(FontRole::kSmall) * 22;
  const auto columns = static_cast<std::size_t>(std::max(1.0F, std::floor(in.w / least_w)));
  const auto rows = static_cast<std::size_t>(std::max(1.0F, std::floor(in.h / line)));
  const std::uint64_t head = painter.input().session.playhead.seq;
  const auto after = std::ranges::upper_bound(entries, head, {}, &LifeEntry::seq);
  const auto passed = static_cast<std::size_t>(after - entries.begin());
  const std::size_t most = std::min(columns * rows, entries.size());
  // A third of what is shown lies before the playhead's.
  const std::size_t before = std::min(passed, most * 2 / 3);
  const std::size_t first = std::min(passed - before, entries.size() - most);
  const float gap = painter.px(theme::space::kApart);
  const float w =
      std::floor((in.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
  for (std::size_t i = 0; i < most; ++i) {
    const float x = in.x + static_cast<float>(i / rows) * (w + gap);
    const float y = in.y + static_cast<float>(i % rows) * line;
    const std::size_t at = first + i;
    draw_entry(painter, {x, y, w, line}, at, entries[at], at + 1 == passed, at >= passed, asked);
  }
}

/// The type of what lies in the pool that it was in; "" where nobody knows.
std::string type_of_life(const std::vector<LifeEntry>& entries) {
  const auto in_pool =
      std::ranges::find_if(entries, [](const LifeEntry& entry) { return entry.pool.valid(); });
  return in_pool == entries.end() ? "" : type_of(in_pool->pool);
}

float heading_h(const Painter& painter) {
  return std::ceil(painter.size_of(FontRole::kBodyStrong) * 1.5F);
}

/// Of an object that has been dropped by the time that is shown: why.
void draw_drop(Painter& painter, Rect& in, const std::vector<LifeEntry>& entries) {
  const ViewInput& input = painter.input();
  if (entries.empty() || entries.back().seq > input.session.playhead.seq) return;
  const std::vector<std::string> why = drop_texts(entries, input.session.origin);
  if (why.empty()) return;
  painter.heading(in.cut_top(heading_h(painter)),
                  trf("Why was {0} dropped?", name_of(input.state.followed_object)), "");
  draw_sentences(painter, in, why);
  in.cut_top(std::min(in.h, painter.px(theme::space::kClose)));
}

void draw_life(Painter& painter, Rect in, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const ObjectLife* life = input.life;
  std::string title = trf("The life of {0}", name_of(input.state.followed_object));
  if (life == nullptr) {
    return static_cast<void>(painter.heading(in.cut_top(heading_h(painter)), title, ""));
  }
  const std::vector<LifeEntry> entries = life->entries();
  if (input.life_progress >= 1) draw_drop(painter, in, entries);
  if (const std::string type = type_of_life(entries); !type.empty()) title += " (" + type + ")";
  std::string note = trnf("{1} Get", "{1} Gets", life->gets(), count_text(life->gets())) + ", " +
                     trnf("{1} entry", "{1} entries", entries.size(), count_text(entries.size()));
  if (life->left_out() > 0)
    note += ", " + trf("{0} between left out", count_text(life->left_out()));
  if (input.life_progress < 1) {
    constexpr double kPercent = 100;
    note = trf("{0} of the session is looked through so far",
               percent_text(static_cast<std::uint64_t>(input.life_progress * kPercent), 100));
  }
  painter.heading(in.cut_top(heading_h(painter)), title, note);
  if (entries.empty() && input.life_progress >= 1) {
    painter.paragraph_in(in, FontRole::kSmall, painter.theme().text_mid,
                         tr("Nothing is known of it: the session has it from before its start."),
                         line_of(painter));
    return;
  }
  draw_entries(painter, in, entries, asked);
}

// --- a goroutine, or nothing ----------------------------------------------------------------

std::string question_of(const ViewInput& input, const GState& g, const Operation& op) {
  const std::string who = full_name_of(input, g.id);
  if (missed(op)) return trf("Why did this Get of {0} miss?", who);
  if (op.where == Where::kNone) return trf("What has this Get of {0} looked at so far?", who);
  return trf("How did this Get of {0} find {1}?", who, name_of(op.object));
}

/// Of the last Get, or the one under way: where it looked, and what it found.
void draw_why(Painter& painter, Rect in, const GState& g) {
  const Operation& op = explained_operation(g);
  const ViewInput& input = painter.input();
  if (op.kind != Operation::Kind::kGet) {
    painter.heading(in.cut_top(heading_h(painter)), full_name_of(input, g.id), "");
    return draw_sentences(
        painter, in,
        {tr("Its last operation was no Get. Step on to one, and here stands where it looked.")});
  }
  const std::string note = op.where == Where::kNew ? "New" : op.where == Where::kNil ? "nil" : "";
  painter.heading(in.cut_top(heading_h(painter)), question_of(input, g, op), note);
  const std::vector<Reason> reasons = reasons_of_get(input.model, op);
  if (reasons.empty()) {
    return draw_sentences(painter, in, {tr("It has looked at nothing yet.")});
  }
  draw_sentences(painter, in, texts_of(reasons));
}

void draw_stop_and_hint(Painter& painter, Rect in, intents::Intents& asked) {
  const std::vector<Reason> reasons = reasons_of_stop(painter.input().model);
  if (!reasons.empty()) {
    painter.heading(in.cut_top(heading_h(painter)), tr("Why did the world wait?"), "");
    draw_sentences(painter, in, texts_of(reasons));
    in.cut_top(std::min(in.h, painter.px(theme::space::kWide)));
  }
  draw_sentences(painter, in,
                 {tr("Click an object, and here stands its whole life: who made it, where it was "
                     "put and found, how it was dropped."),
                  tr("Click a goroutine, a card or a span of the timeline, and here stands where "
                     "its Get looked and why it missed.")});
  if (painter.input().model.lost.empty()) return;
  in.cut_top(std::min(in.h, painter.px(theme::space::kWide)));
  draw_lost(painter, in, asked);
}

}  // namespace

void draw_object(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  if (area.empty()) return;
  Painter painter(input);
  Rect in = painter.panel(area);
  const GState* g = explained(input);
  const bool life = input.state.followed_object.valid();
  if (g == nullptr)
    return life ? draw_life(painter, in, asked) : draw_stop_and_hint(painter, in, asked);
  if (!life) return draw_why(painter, in, *g);
  // Both, side by side where they are wide enough for their sentences.
  const bool beside = in.w > painter.size_of(FontRole::kSmall) * 60;
  const Rect why =
      beside ? in.cut_left(std::round(in.w * 0.4F)) : in.cut_top(std::round(in.h * 0.4F));
  const float gap = painter.px(theme::space::kApart);
  beside ? in.cut_left(gap) : in.cut_top(gap);
  draw_why(painter, why, *g);
  draw_life(painter, in, asked);
}

}  // namespace poolscope::views
