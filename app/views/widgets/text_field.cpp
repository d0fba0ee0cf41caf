#include "app/views/widgets/text_field.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <imgui.h>

#include "app/gui/imgui_versions.h"

namespace poolscope::views {

namespace {

/// What ImGui's field asks for, and tells of, while it has the keys.
struct Keys {
  std::string completed;
  int moved = 0;
};

int take_key(ImGuiInputTextCallbackData* data) {
  auto& keys = *static_cast<Keys*>(data->UserData);
  if (data->EventFlag == ImGuiInputTextFlags_CallbackHistory) {
    keys.moved = data->EventKey == ImGuiKey_UpArrow ? -1 : 1;
    return 0;
  }
  const std::string& completed = keys.completed;
  if (completed.empty() || static_cast<int>(completed.size()) >= data->BufSize) return 0;
  data->DeleteChars(0, data->BufTextLen);
  data->InsertChars(0, completed.c_str());
  return 0;
}

// What is typed in the frame in which a field takes the keyboard, ImGui leaves out where it was no
// click that gave it the keyboard. At 60 frames a second nobody notices; on a busy machine a letter
// is lost. So the ImGui window keeps it for the field's next frame.
constexpr int kMostEarly = 16;

ImGuiID early_key(const std::string& id, int number) {
  return ImGui::GetID(("early " + id).c_str()) + static_cast<ImGuiID>(number);
}

void keep_early(const std::string& id, const ImVector<ImWchar>& typed) {
  ImGuiStorage& kept = *ImGui::GetStateStorage();
  const int count = std::min(typed.Size, kMostEarly);
  kept.SetInt(early_key(id, 0), count);
  for (int i = 0; i < count; ++i) kept.SetInt(early_key(id, i + 1), typed[i]);
}

/// Before what is typed in this frame.
void give_back_early(const std::string& id) {
  ImGuiStorage& kept = *ImGui::GetStateStorage();
  ImVector<ImWchar>& queue = ImGui::GetIO().InputQueueCharacters;
  const int count = kept.GetInt(early_key(id, 0));
  for (int i = 0; i < count; ++i) {
    queue.insert(queue.begin() + i, static_cast<ImWchar>(kept.GetInt(early_key(id, i + 1))));
  }
  if (count > 0) kept.SetInt(early_key(id, 0), 0);
}

}  // namespace

Typed draw_text_field(Painter& painter, const Rect& at, const TextField& field,
                      const std::string& text) {
  const ViewInput& input = painter.input();
  const auto& theme = painter.theme();
  std::vector<char> typed(field.most_bytes + 1, '\0');
  text.copy(typed.data(), field.most_bytes);
  const float pad_y = (at.h - painter.size_of(FontRole::kBody)) / 2;
  gui::push_font(*input.fonts[static_cast<std::size_t>(FontRole::kBody)]);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {painter.px(theme::space::kClose), pad_y});
  ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, painter.sizes().radius_button);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, painter.sizes().hairline);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, packed(theme.well));
  ImGui::PushStyleColor(ImGuiCol_Border, packed(theme.stroke_hi));
  ImGui::PushStyleColor(ImGuiCol_Text, packed(theme.text_hi));
  ImGui::PushStyleColor(ImGuiCol_TextDisabled, packed(theme.text_low));
  ImGui::SetCursorScreenPos({at.x, at.y});
  ImGui::SetNextItemWidth(at.w);
  const bool come_to = input.state.control_pressed && input.state.control == field.label;
  const bool opened = field.focused && ImGui::IsWindowAppearing();
  if (opened || field.again || come_to) ImGui::SetKeyboardFocusHere();
  Keys keys{field.completed};
  ImGuiInputTextFlags flags = ImGuiInputTextFlags_EnterReturnsTrue;
  if (!field.completed.empty()) flags |= ImGuiInputTextFlags_CallbackCompletion;
  if (field.moves) flags |= ImGuiInputTextFlags_CallbackHistory;
  give_back_early(field.id);
  const ImVector<ImWchar> early = ImGui::GetIO().InputQueueCharacters;
  Typed done;
  done.entered = ImGui::InputTextWithHint(("##" + field.id).c_str(), field.hint.c_str(),
                                          typed.data(), typed.size(), flags, &take_key, &keys);
  done.moved = keys.moved;
  if (ImGui::IsItemActivated() && !ImGui::IsItemEdited()) keep_early(field.id, early);
  const auto typing = !ImGui::IsItemActive()    ? Labels::Typing::kField
                      : field.completed.empty() ? Labels::Typing::kHere
                                                : Labels::Typing::kKeepsTab;
  // What is wrong with the text can be mended at once.
  if (done.entered && field.focused) ImGui::SetKeyboardFocusHere(-1);
  // With Esc ImGui would bring back the text that the field had at first: what was typed is kept.
  const bool gives_back = ImGui::IsItemDeactivated() && gui::escape_pressed();
  if (ImGui::IsItemEdited() && !gives_back) done.text = typed.data();
  ImGui::PopStyleColor(4);
  ImGui::PopStyleVar(3);
  ImGui::PopFont();
  input.labels.record(field.label, at, true, true, typing);
  return done;
}

void let_go_of_field() { gui::let_go_of_field(); }

}  // namespace poolscope::views
