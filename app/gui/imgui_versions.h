#pragma once

// What the versions of Dear ImGui do differently, 1.86 to 1.92: the only place that asks for a
// version. Up to 1.91 an atlas holds the glyphs that it was built with; since 1.92 it grows by
// itself, and its fonts know neither their glyphs nor one size. Up to 1.91 FreeType is asked for
// whole pixels from ascender to descender, so glyphs may be a pixel smaller than their em;
// since 1.92 they are exact.
//
// Thread safety: the thread of the ImGui context.
// Invariants: a font's size is its em, and the box of a line of text is that high, capital letters
// standing in its middle. (ImGui by itself calls ascender to descender the size, which differs
// between families.)

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include <imgui.h>

namespace poolscope::gui {

/// Whether the atlas draws a glyph when it is first shown. If not, it must be built with all of
/// them.
inline constexpr bool kAtlasGrows = IMGUI_VERSION_NUM >= 19200;

/// The em of a font that was added with `set_em`, in pixels.
inline float size_of(const ImFont& font) {
#if IMGUI_VERSION_NUM >= 19200
  return font.LegacySize;
#else
  return font.FontSize;
#endif
}

/// ImGui's own controls use `font` at its size, until PopFont.
inline void push_font(ImFont& font) {
#if IMGUI_VERSION_NUM >= 19200
  ImGui::PushFont(&font, font.LegacySize);
#else
  ImGui::PushFont(&font);
#endif
}

// Since 1.92.8 a stroke's width comes before its flags.

/// An outline, half of `width` on each side of the rectangle.
inline void stroke_rect(ImDrawList& list, ImVec2 low, ImVec2 high, ImU32 colour, float rounding,
                        float width) {
#if IMGUI_VERSION_NUM >= 19280
  list.AddRect(low, high, colour, rounding, width);
#else
  list.AddRect(low, high, colour, rounding, 0, width);
#endif
}

/// Draws the path that was put together, open, and forgets it.
inline void stroke_path(ImDrawList& list, ImU32 colour, float width) {
#if IMGUI_VERSION_NUM >= 19280
  list.PathStroke(colour, width);
#else
  list.PathStroke(colour, 0, width);
#endif
}

/// Shows the mouse's state to the next frame, before NewFrame: where it is, which buttons are down,
/// and how far the wheel has turned since the frame before.
inline void set_mouse(ImVec2 at, std::span<const bool> down, ImVec2 wheel) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddMousePosEvent(at.x, at.y);
  for (std::size_t i = 0; i < down.size(); ++i) {
    io.AddMouseButtonEvent(static_cast<int>(i), down[i]);
  }
  if (wheel.x != 0 || wheel.y != 0) io.AddMouseWheelEvent(wheel.x, wheel.y);
#else
  io.MousePos = at;
  for (std::size_t i = 0; i < down.size(); ++i) io.MouseDown[i] = down[i];
  io.MouseWheelH = wheel.x;
  io.MouseWheel = wheel.y;
#endif
}

/// What a frame is drawn from.
inline std::span<ImDrawList* const> lists_of(const ImDrawData& frame) {
#if IMGUI_VERSION_NUM >= 18980
  return {frame.CmdLists.Data, static_cast<std::size_t>(frame.CmdLists.Size)};
#else
  return {frame.CmdLists, static_cast<std::size_t>(frame.CmdListsCount)};
#endif
}

/// A number for the texture that a command draws with; no two textures of a context share one.
inline std::uint64_t texture_of(const ImDrawCmd& command) {
#if IMGUI_VERSION_NUM >= 19200
  // A texture that was not drawn with yet has no name in OpenGL.
  if (command.TexRef._TexData != nullptr) {
    return static_cast<std::uint64_t>(command.TexRef._TexData->UniqueID);
  }
#endif
  return std::bit_cast<std::uint64_t>(command.GetTexID());
}

/// For text fields, before NewFrame: the keys of `pressed` (GLFW's numbers) went down since the
/// last frame, perhaps only for an instant; those of `released` are up again. Up to 1.86 ImGui
/// looks at keys once a frame and would not see that; later it queues them by itself.
void hold_keys(std::span<const int> pressed, std::span<const int> released);

/// Between two frames: whether a text field has the keyboard. ImGui itself says so for a frame or
/// two longer, in which a key would be lost: where a field has just let go, or is gone.
bool field_has_keyboard();

/// The field that has the keyboard lets go of it, with what was typed.
void let_go_of_field();

/// Whether Esc went down in this frame.
inline bool escape_pressed() {
#if IMGUI_VERSION_NUM >= 18700
  return ImGui::IsKeyPressed(ImGuiKey_Escape);
#else
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape));
#endif
}

/// After the last font was added, in a context that nobody draws: its texts have a size.
inline void finish_atlas_undrawn() {
#if IMGUI_VERSION_NUM >= 19200
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
#else
  ImGui::GetIO().Fonts->Build();
#endif
}

/// A font to be added: its em is `em_px`. `height_per_em`: ascender to descender of its file.
void set_em(ImFontConfig& config, float em_px, double height_per_em);

/// Adds the font of `file`, whose bytes the atlas reads where they are, for as long as it lives. Up
/// to 1.91 ImGui would copy them for each font that it does not own. `ranges` as in ImGui.
ImFont* add_font(ImFontAtlas& atlas, std::span<const std::byte> file, const ImFontConfig& config,
                 const ImWchar* ranges);

/// Empties the atlas; FreeType, with light hinting, draws the glyphs of the fonts that are added.
void start_atlas(ImFontAtlas& atlas);

/// After the last font was added, not within a frame: makes the texture, where the atlas does not
/// grow. `fonts` have the ems `em_px`. In a context without a backend texts are measured only.
void finish_atlas(ImFontAtlas& atlas, std::span<ImFont* const> fonts, std::span<const float> em_px);

}  // namespace poolscope::gui
