// What a GC does, the field, which pools are listed, and a row for each of them.

#include "app/views/dialogs/pools_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "app/layout/pools.h"
#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/widgets/counted.h"
#include "app/views/widgets/dialog_box.h"
#include "app/views/widgets/scrolled_rows.h"
#include "app/views/widgets/share_bar.h"
#include "app/views/widgets/text_field.h"
#include "app/views/words/finding_text.h"
#include "app/views/words/search_words.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using intents::PoolsListed;
using layout::PoolColumn;
using locale::tr;
using locale::trnf;

constexpr std::size_t kMostPoolSearch = 64;  // bytes

/// Whether each pool is in `list`, by its number.
std::vector<bool> members(const std::vector<PoolId>& list, std::size_t pools) {
  std::vector<bool> in(pools);
  for (const PoolId pool : list) {
    if (pool.value < pools) in[pool.value] = true;
  }
  return in;
}

bool is_listed(const ListedPool& pool, PoolsListed wanted) {
  switch (wanted) {
    case PoolsListed::kAll: return true;
    case PoolsListed::kAllPools: return pool.in_all_pools;
    case PoolsListed::kOldPools: return pool.in_old_pools;
  }
  return true;
}

bool modern(const ViewInput& input) { return input.model.config.pool == PoolKind::kModern; }

/// What the next GC will do, in one sentence.
std::string next_gc_text(const ViewInput& input) {
  const Model& model = input.model;
  const std::string all = count_text(model.all_pools.size());
  if (!modern(input)) {
    return trnf("allPools has {1} pool: a GC clears it, and takes it off the list.",
                "allPools has {1} pools: a GC clears them, and takes them off the list.",
                model.all_pools.size(), all);
  }
  return trnf("allPools has {1} pool: a GC makes its local the victim.",
              "allPools has {1} pools: a GC makes their local the victim.", model.all_pools.size(),
              all) +
         " " +
         trnf("oldPools has {1}: its victim is dropped.",
              "oldPools has {1}: their victims are dropped.", model.old_pools.size(),
              count_text(model.old_pools.size()));
}

layout::PoolColumnWidths widths_of(const Painter& painter) {
  layout::PoolColumnWidths widths;
  const float number = painter.width_of(FontRole::kMono, "8,888,888");
  const auto as_wide = [&](float w, const std::string& head) {
    return std::max(w, painter.width_of(FontRole::kMicro, head));
  };
  widths.name = painter.size_of(FontRole::kBody) * 9;
  widths.gap = painter.px(theme::space::kWide);
  widths.of = {as_wide(number, "Gets"),
               painter.size_of(FontRole::kBody) * 7,
               as_wide(painter.width_of(FontRole::kMono, "8,888,888  100 %"), tr("saved")),
               as_wide(number, "New"),
               as_wide(number, tr("dropped by GCs")),
               as_wide(painter.width_of(FontRole::kMicro, "allPools, oldPools"), "")};
  return widths;
}

void draw_head(Painter& painter, const Rect& line, const layout::PoolColumnWidths& widths) {
  const Color ink = painter.theme().text_low;
  const layout::PoolRow at = layout::pool_row(line, widths);
  const auto head = [&](PoolColumn column, const std::string& text, Align align) {
    painter.text_in(at.at(column), FontRole::kMicro, ink, text, align);
  };
  head(PoolColumn::kGets, "Gets", Align::kRight);
  head(PoolColumn::kTiers, tr("got from"), Align::kLeft);
  head(PoolColumn::kSaved, tr("saved"), Align::kRight);
  head(PoolColumn::kNew, "New", Align::kRight);
  head(PoolColumn::kDropped, tr("dropped by GCs"), Align::kRight);
}

/// The tiers with their counts, for the tooltip.
std::string tiers_text(const PoolFigures& pool) {
  std::string text = name_of(pool.pool);
  for (const GetFrom from : kGetSourcesInOrder) {
    const std::uint64_t count = pool.counts.of(from);
    if (count == 0) continue;
    text += fmt::format("\n{} {} ({})", source_text(from), count_text(count),
                        percent_text(count, pool.counts.gets()));
  }
  return text + "\n" +
         trnf("{1} Put", "{1} Puts", pool.counts.puts(), count_text(pool.counts.puts()));
}

std::string lists_text(const ListedPool& pool) {
  std::string text = pool.in_all_pools ? "allPools" : "";
  if (pool.in_old_pools) text += (text.empty() ? "" : ", ") + std::string("oldPools");
  return text;
}

void draw_name(Painter& painter, Rect at, PoolId pool, bool shown) {
  const auto& theme = painter.theme();
  const std::string type = type_of(pool);
  const std::string name = painter.shortened(FontRole::kBody, short_name_of(pool), at.w);
  at.cut_left(painter.text_in(at, FontRole::kBody, shown ? theme.priv.text : theme.text_hi, name) +
              painter.px(theme::space::kClose));
  // Half a type would say nothing.
  if (painter.width_of(FontRole::kSmall, type) <= at.w) {
    painter.text_in(at, FontRole::kSmall, theme.text_low, type);
  }
}

struct RowState {
  bool shown = false;   // on the stage
  bool marked = false;  // Enter shows it
};

void draw_pool_row(Painter& painter, Rect row, const ListedPool& pool, RowState state,
                   const layout::PoolColumnWidths& widths, intents::Intents& asked) {
  const auto& theme = painter.theme();
  const PoolFigures& figures = *pool.figures;
  const Counts& counts = figures.counts;
  const auto touch = painter.touch("pool." + std::to_string(figures.pool.value), row);
  if (touch.hovered || state.marked) painter.fill(row, theme.raised, painter.sizes().radius_object);
  if (state.marked) {
    painter.border(row, theme.stroke_hi, painter.sizes().hairline, painter.sizes().radius_object);
  }
  if (state.shown) {
    painter.fill({row.x, row.y, painter.px(theme::space::kFine), row.h}, theme.priv.text, 1);
  }
  if (touch.hovered) {
    Painter::point_with_hand();
    painter.tooltip(tiers_text(figures));
  }
  if (touch.clicked) asked.emplace_back(intents::ShowPool{figures.pool});
  row = row.inset(painter.px(theme::space::kClose), 0);
  const layout::PoolRow at = layout::pool_row(row, widths);
  draw_name(painter, at.name, figures.pool, state.shown);
  const auto number = [&](PoolColumn column, std::uint64_t n) {
    painter.text_in(at.at(column), FontRole::kMono, n == 0 ? theme.text_low : theme.text_hi,
                    count_text(n), Align::kRight);
  };
  number(PoolColumn::kGets, counts.gets());
  const Rect& bar = at.at(PoolColumn::kTiers);
  const float bar_h = std::round(painter.sizes().bar_h * 2);
  if (!bar.empty() && counts.gets() > 0) {
    draw_share_bar(painter, {bar.x, std::round(bar.center().y - bar_h / 2), bar.w, bar_h},
                   hits_of(counts));
  }
  const std::string share =
      counts.gets() == 0 ? "" : "  " + percent_text(figures.saved(), counts.gets());
  painter.text_in(at.at(PoolColumn::kSaved), FontRole::kMono, theme.text_hi,
                  count_text(figures.saved()) + share, Align::kRight);
  number(PoolColumn::kNew, counts.of(GetFrom::kNew));
  number(PoolColumn::kDropped, counts.dropped_by_gc);
  painter.text_in(at.at(PoolColumn::kLists), FontRole::kMicro, theme.text_mid, lists_text(pool));
}

/// Which pools are listed; the chosen words are raised.
void draw_choice_of_list(Painter& painter, Rect line, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const auto& theme = painter.theme();
  const float gap = painter.px(theme::space::kTight);
  const auto choice = [&](const char* label, const std::string& name, std::size_t count,
                          PoolsListed listed) {
    const std::string text = name + " " + count_text(count);
    const float w = painter.width_of(FontRole::kSmall, text) + 2 * painter.px(theme::space::kWide);
    const Rect at = line.cut_left(w);
    line.cut_left(gap);
    const bool chosen = input.state.pools_listed == listed;
    const auto touch = painter.touch(label, at);
    painter.fill(at, chosen ? theme.raised : theme.well, painter.sizes().radius_object);
    painter.border(at, chosen || touch.hovered ? theme.stroke_hi : theme.stroke,
                   painter.sizes().hairline, painter.sizes().radius_object);
    painter.text_in(at, FontRole::kSmall, chosen ? theme.text_hi : theme.text_mid, text,
                    Align::kCenter);
    if (touch.clicked) asked.emplace_back(intents::ListPools{listed});
  };
  choice("pools.all", tr("all pools"), input.model.pools.size(), PoolsListed::kAll);
  choice("pools.all_pools", "allPools", input.model.all_pools.size(), PoolsListed::kAllPools);
  if (modern(input)) {
    choice("pools.old_pools", "oldPools", input.model.old_pools.size(), PoolsListed::kOldPools);
  }
}

/// The row that Enter shows: the marked one, or the first where that is not listed.
std::size_t marked_row(const std::vector<ListedPool>& pools, PoolId marked) {
  const auto found = std::ranges::find_if(
      pools, [&](const ListedPool& pool) { return pool.figures->pool == marked; });
  return found == pools.end() ? 0 : static_cast<std::size_t>(found - pools.begin());
}

/// The title, how much is counted, and the field. What the viewer has typed.
Typed draw_title(Painter& painter, Rect head, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const Rect field = head.cut_right(std::round(head.w * 0.4F));
  head.cut_right(painter.sizes().gap);
  const auto& theme = painter.theme();
  const float w = painter.text_in(head, FontRole::kTitle, theme.text_hi, tr("All the pools"));
  head.cut_left(w + painter.px(theme::space::kApart));
  const std::string counted = counted_text(input);
  const std::string note = counted.empty() ? tr("figures of the whole session") : counted;
  painter.text_in(head, FontRole::kSmall, theme.text_low, note);
  Typed typed = draw_text_field(painter, field,
                                {.label = "pools.search",
                                 .id = "pools searched",
                                 .hint = tr("Search: a name or a type"),
                                 .most_bytes = kMostPoolSearch,
                                 .focused = true,
                                 .moves = true},
                                input.state.pools_search);
  if (typed.text) asked.emplace_back(intents::SearchPools{*typed.text});
  return typed;
}

void draw_list(Painter& painter, Rect in, const Typed& typed, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  const layout::PoolColumnWidths widths = widths_of(painter);
  const std::vector<ListedPool> pools = listed_pools(input);
  const float line = std::ceil(painter.size_of(FontRole::kMicro) * 1.6F);
  Rect head = in.cut_top(line).inset(painter.px(theme::space::kClose), 0);
  const float row_h = std::ceil(painter.size_of(FontRole::kBody) * 1.7F);
  // The rows leave room for a scroll bar, and so do the heads over them.
  if (row_h * static_cast<float>(pools.size()) > in.h) {
    head.w -= std::round(theme::space::kApart * input.sizes.scale);
  }
  draw_head(painter, head, widths);
  if (pools.empty()) {
    const std::string text =
        input.state.pools_search.empty()
            ? tr("There is none now: a pool comes in when a P first pins in it.")
            : tr("No pool has these words.");
    painter.text_in(in.cut_top(row_h), FontRole::kBody, painter.theme().text_mid, text);
    return;
  }
  std::size_t marked = marked_row(pools, input.state.pool_marked);
  std::optional<std::size_t> reach;
  if (typed.moved != 0) {
    const auto last = static_cast<std::ptrdiff_t>(pools.size()) - 1;
    marked = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(marked) + typed.moved, 0, last));
    reach = marked;
    asked.emplace_back(intents::MarkPool{pools[marked].figures->pool});
  }
  if (typed.entered) asked.emplace_back(intents::ShowPool{pools[marked].figures->pool});
  const PoolId shown = shown_pool(input);
  draw_scrolled_rows(
      painter, in, {"pools", pools.size(), row_h, reach},
      [&](Painter& scrolled, const Rect& row, std::size_t i) {
        const bool is_shown = pools[i].figures->pool == shown;
        draw_pool_row(scrolled, row, pools[i], {is_shown, i == marked}, widths, asked);
      });
}

}  // namespace

std::vector<ListedPool> listed_pools(const ViewInput& input) {
  std::vector<ListedPool> listed;
  if (input.pools == nullptr) return listed;
  const std::size_t count = input.model.pools.size();
  const std::vector<bool> all = members(input.model.all_pools, count);
  const std::vector<bool> old = members(input.model.old_pools, count);
  const std::string searched = folded(input.state.pools_search);
  for (const PoolFigures& figures : *input.pools) {
    const std::size_t n = figures.pool.value;
    const ListedPool pool{&figures, n < count && all[n], n < count && old[n]};
    if (!is_listed(pool, input.state.pools_listed)) continue;
    if (searched.empty() || has_words(folded(name_of(figures.pool)), searched)) {
      listed.push_back(pool);
    }
  }
  return listed;
}

layout::Rect least_pools(const ViewInput& input) {
  const Painter painter = Painter::to_measure(input);
  const layout::Rect margins = dialog_margins(painter);
  constexpr float kLeastRows = 7;
  return {0, 0, painter.px(theme::space::kLeastPools) + margins.w,
          kLeastRows * dialog_row_height(painter) + margins.h};
}

void draw_pools(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  const layout::Rect most{0, 0, painter.px(theme::space::kPoolsWidth), area.h};
  const auto [box, inside] =
      draw_dialog_box(painter, area, {0, 0, std::min(area.w, most.w), most.h});
  Rect in = inside;
  const float gap = painter.px(theme::space::kClose);
  const Typed typed = draw_title(painter, in.cut_top(painter.sizes().button_h), asked);
  in.cut_top(gap);
  draw_choice_of_list(painter, in.cut_top(std::round(painter.sizes().button_h * 0.8F)), asked);
  in.cut_top(gap);
  const std::string gc = next_gc_text(input);
  const float line = std::ceil(painter.size_of(FontRole::kSmall) * 1.4F);
  const auto lines = static_cast<float>(painter.lines_of(FontRole::kSmall, gc, in.w));
  painter.paragraph_in(in.cut_top(lines * line), FontRole::kSmall, painter.theme().text_mid, gc,
                       line);
  in.cut_top(gap);
  draw_list(painter, in, typed, asked);
  if (closes_dialog(painter, "pools", area, box)) asked.emplace_back(intents::TogglePools{});
}

}  // namespace poolscope::views
