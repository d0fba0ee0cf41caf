#include "app/platform/gui_context.h"

#include <string_view>

#include <glad/gl.h>
#include <imgui_impl_opengl3.h>

namespace poolscope::platform {

GuiContext::GuiContext() {
  IMGUI_CHECKVERSION();
  context_ = ImGui::CreateContext();
  make_current();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  ImGui_ImplOpenGL3_Init("#version 330 core");
  const auto* renderer = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  const std::string_view name = renderer == nullptr ? "" : renderer;
  software_renderer_ = name.find("llvmpipe") != std::string_view::npos ||
                       name.find("softpipe") != std::string_view::npos ||
                       name.find("SWR") != std::string_view::npos;
}

GuiContext::~GuiContext() {
  make_current();
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext(context_);
}

void GuiContext::draw(int width_px, int height_px, ClearColour background) {
  glViewport(0, 0, width_px, height_px);
  glClearColor(background.red, background.green, background.blue, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace poolscope::platform
