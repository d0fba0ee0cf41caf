#include "app/gui/imgui_versions.h"

#include <cmath>

#include <imgui_freetype.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>

namespace poolscope::gui {

bool field_has_keyboard() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  return context.IO.WantTextInput && context.ActiveId != 0 &&
         context.ActiveIdIsAlive == context.ActiveId;
}

void let_go_of_field() { ImGui::ClearActiveID(); }

ImFont* add_font(ImFontAtlas& atlas, std::span<const std::byte> file, const ImFontConfig& config,
                 const ImWchar* ranges) {
  // Where ImGui would copy what the atlas does not own, the atlas owns it while it is added.
  void* bytes = const_cast<std::byte*>(file.data());
  const int size = static_cast<int>(file.size());
  ImFontConfig borrowed = config;
  borrowed.FontDataOwnedByAtlas = IMGUI_VERSION_NUM < 19200;
  ImFont* font = atlas.AddFontFromMemoryTTF(bytes, size, config.SizePixels, &borrowed, ranges);
#if IMGUI_VERSION_NUM < 19200
  atlas.ConfigData.back().FontDataOwnedByAtlas = false;
#endif
  return font;
}

#if IMGUI_VERSION_NUM >= 18700

void hold_keys(std::span<const int> /*pressed*/, std::span<const int> /*released*/) {}

#else

void hold_keys(std::span<const int> pressed, std::span<const int> released) {
  ImGuiIO& io = ImGui::GetIO();
  for (const int key : released) io.KeysDown[key] = false;
  for (const int key : pressed) io.KeysDown[key] = true;
}

#endif

#if IMGUI_VERSION_NUM >= 19200

namespace {

const ImFontLoader& freetype() {
  static const ImFontLoader loader = *ImGuiFreeType::GetFontLoader();
  return loader;
}

/// FreeType's, with the box of a line trimmed to one em: what is cut off above and below is the
/// same.
bool start_size(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* sized, void* data) {
  if (!freetype().FontBakedInit(atlas, source, sized, data)) return false;
  if (source->MergeMode) return true;  // the font that it is merged into has the box
  const float height_per_em = source->ExtraSizeScale;
  const float cut = std::round((sized->Size * height_per_em - sized->Size) / 2);
  sized->Ascent = std::round(sized->Ascent * height_per_em) - cut;
  sized->Descent = sized->Ascent - sized->Size;
  return true;
}

const ImFontLoader& trimming_freetype() {
  static const ImFontLoader loader = [] {
    ImFontLoader trimming = freetype();
    trimming.FontBakedInit = start_size;
    return trimming;
  }();
  return loader;
}

}  // namespace

void set_em(ImFontConfig& config, float em_px, double height_per_em) {
  config.SizePixels = em_px;
  config.ExtraSizeScale = static_cast<float>(height_per_em);
}

void start_atlas(ImFontAtlas& atlas) {
  atlas.Clear();
  atlas.SetFontLoader(&trimming_freetype());
  atlas.FontLoaderFlags = ImGuiFreeTypeLoaderFlags_LightHinting;
}

void finish_atlas(ImFontAtlas& /*atlas*/, std::span<ImFont* const> /*fonts*/,
                  std::span<const float> /*em_px*/) {
  if (ImGui::GetIO().BackendRendererUserData == nullptr) finish_atlas_undrawn();
}

#else

namespace {

/// Makes the box of a line one em high, with the same space left away above and below.
void trim_to_em(ImFont& font, float em_px) {
  const float cut = std::round((font.FontSize - em_px) / 2);
  for (ImFontGlyph& glyph : font.Glyphs) {
    glyph.Y0 -= cut;
    glyph.Y1 -= cut;
  }
  font.Ascent -= cut;
  font.Descent += font.FontSize - em_px - cut;
  font.FontSize = em_px;
}

}  // namespace

void set_em(ImFontConfig& config, float em_px, double height_per_em) {
  config.SizePixels = static_cast<float>(em_px * height_per_em);
}

void start_atlas(ImFontAtlas& atlas) {
  atlas.Clear();
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
}

void finish_atlas(ImFontAtlas& atlas, std::span<ImFont* const> fonts,
                  std::span<const float> em_px) {
  atlas.Build();
  for (std::size_t i = 0; i < fonts.size(); ++i) {
    if (fonts[i]->FontSize != em_px[i]) trim_to_em(*fonts[i], em_px[i]);
  }
  if (ImGui::GetIO().BackendRendererUserData == nullptr) return;
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
}

#endif

}  // namespace poolscope::gui
