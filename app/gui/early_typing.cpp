#include "app/gui/early_typing.h"

#include <utility>

namespace poolscope::gui {
namespace {

struct Kept {
  const ImGuiContext* context = nullptr;
  Characters characters;
};

Kept& kept() {
  thread_local Kept kept;
  return kept;
}

}  // namespace

Characters untaken_characters() {
  const ImVector<ImWchar>& queue = ImGui::GetIO().InputQueueCharacters;
  return {queue.begin(), queue.end()};
}

void keep_characters(Characters typed) { kept() = {ImGui::GetCurrentContext(), std::move(typed)}; }

void give_back_characters() {
  if (kept().context != ImGui::GetCurrentContext()) return;
  ImVector<ImWchar>& queue = ImGui::GetIO().InputQueueCharacters;
  const Kept given = std::exchange(kept(), {});
  ImWchar* at = queue.begin();
  for (const ImWchar character : given.characters) at = queue.insert(at, character) + 1;
}

}  // namespace poolscope::gui
