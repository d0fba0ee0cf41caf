#include "app/platform/offscreen.h"

#include <glad/gl.h>
// After glad: EGL/egl.h brings no OpenGL of its own, but platform headers may.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <imgui_impl_opengl3.h>

#include "app/gui/imgui_versions.h"

namespace poolscope::platform {
namespace {

tl::unexpected<Error> no_offscreen(const std::string& why) {
  return failed("cannot draw without a window: " + why +
                "; install a Mesa driver (libegl-mesa0, libgl1-mesa-dri)");
}

EGLDisplay surfaceless_display() {
  const auto get = reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(
      eglGetProcAddress("eglGetPlatformDisplayEXT"));
  if (get == nullptr) return EGL_NO_DISPLAY;
  return get(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
}

GLADapiproc load(const char* name) { return eglGetProcAddress(name); }

void append(std::string& to, const void* bytes, std::size_t size) {
  to.append(static_cast<const char*>(bytes), size);
}

/// All that a frame is drawn from, but for the atlas: its texture's name changes with it.
std::string bytes_of(const ImDrawData& frame, ClearColour background) {
  std::string bytes;
  append(bytes, &background, sizeof background);
  for (const ImDrawList* list : gui::lists_of(frame)) {
    append(bytes, list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
    append(bytes, list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list->CmdBuffer) {
      append(bytes, &command.ClipRect, sizeof command.ClipRect);
      const std::uint64_t texture = gui::texture_of(command);
      append(bytes, &texture, sizeof texture);
      append(bytes, &command.ElemCount, sizeof command.ElemCount);
    }
  }
  return bytes;
}

}  // namespace

Offscreen::Offscreen(int width_px, int height_px) : width_px_(width_px), height_px_(height_px) {}

Expected<std::unique_ptr<Offscreen>> Offscreen::open(int width_px, int height_px) {
  std::unique_ptr<Offscreen> canvas(new Offscreen(width_px, height_px));
  if (auto made = canvas->make_context(); !made) return tl::make_unexpected(made.error());
  if (auto made = canvas->make_framebuffer(); !made) return tl::make_unexpected(made.error());
  canvas->gui_ = std::make_unique<GuiContext>();
  return canvas;
}

Expected<void> Offscreen::make_context() {
  display_ = surfaceless_display();
  EGLint major = 0;
  EGLint minor = 0;
  if (display_ == EGL_NO_DISPLAY || eglInitialize(display_, &major, &minor) == EGL_FALSE) {
    return no_offscreen("there is no EGL without a surface");
  }
  eglBindAPI(EGL_OPENGL_API);
  constexpr std::array<EGLint, 3> kConfig = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint configs = 0;
  if (eglChooseConfig(display_, kConfig.data(), &config, 1, &configs) == EGL_FALSE || configs < 1) {
    config = EGL_NO_CONFIG_KHR;
  }
  constexpr std::array<EGLint, 7> kVersion = {EGL_CONTEXT_MAJOR_VERSION,
                                              3,
                                              EGL_CONTEXT_MINOR_VERSION,
                                              3,
                                              EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                              EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                              EGL_NONE};
  context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, kVersion.data());
  if (context_ == EGL_NO_CONTEXT) return no_offscreen("EGL has no OpenGL 3.3");
  if (eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_FALSE) {
    return no_offscreen("EGL cannot do without a surface");
  }
  if (gladLoadGL(load) == 0) return no_offscreen("EGL has no OpenGL 3.3");
  return {};
}

Expected<void> Offscreen::make_framebuffer() {
  GLint limit = 0;
  glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &limit);
  if (width_px_ > limit || height_px_ > limit) {
    return bad_input("--size: this system draws at most " + std::to_string(limit) + " x " +
                     std::to_string(limit) + " pixels");
  }
  glGenRenderbuffers(1, &colour_);
  glBindRenderbuffer(GL_RENDERBUFFER, colour_);
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width_px_, height_px_);
  glGenFramebuffers(1, &framebuffer_);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colour_);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
    return no_offscreen("OpenGL has no framebuffer for it");
  }
  return {};
}

Offscreen::~Offscreen() {
  gui_.reset();
  if (framebuffer_ != 0) glDeleteFramebuffers(1, &framebuffer_);
  if (colour_ != 0) glDeleteRenderbuffers(1, &colour_);
  if (display_ == EGL_NO_DISPLAY) return;
  eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  if (context_ != EGL_NO_CONTEXT) eglDestroyContext(display_, context_);
  eglTerminate(display_);
}

void Offscreen::begin_frame(float seconds) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(static_cast<float>(width_px_), static_cast<float>(height_px_));
  io.DeltaTime = seconds;
  ImGui::NewFrame();
}

const Picture& Offscreen::end_frame(ClearColour background) {
  ImGui::Render();
  std::string wanted = bytes_of(*ImGui::GetDrawData(), background);
  if (wanted == drawn_) return picture_;
  drawn_ = std::move(wanted);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  GuiContext::draw(width_px_, height_px_, background);
  picture_ = read_framebuffer(width_px_, height_px_);
  return picture_;
}

}  // namespace poolscope::platform
