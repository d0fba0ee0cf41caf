# Targets for the libraries that come without a CMake project, where they had to be fetched: the same
# names that the finders beside this file make of the system's packages.
if(NOT TARGET stb::stb)
  FetchContent_GetProperties(stb SOURCE_DIR stb_SOURCE_DIR)
  set(stb_implementation "${CMAKE_CURRENT_BINARY_DIR}/stb.cpp")
  file(CONFIGURE OUTPUT "${stb_implementation}" CONTENT "\
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image.h>
#include <stb_image_write.h>
")
  add_library(stb STATIC "${stb_implementation}")
  target_include_directories(stb SYSTEM PUBLIC "${stb_SOURCE_DIR}")
  add_library(stb::stb ALIAS stb)
endif()

if(NOT TARGET imgui::imgui)
  FetchContent_GetProperties(ImGui SOURCE_DIR root)
  add_library(imgui STATIC
    "${root}/imgui.cpp" "${root}/imgui_draw.cpp" "${root}/imgui_tables.cpp" "${root}/imgui_widgets.cpp"
    "${root}/imgui_demo.cpp" "${root}/misc/freetype/imgui_freetype.cpp"
    "${root}/backends/imgui_impl_glfw.cpp" "${root}/backends/imgui_impl_opengl3.cpp")
  target_include_directories(imgui SYSTEM PUBLIC
    "${root}" "${root}/backends" "${root}/misc/freetype")
  # Without names that are about to go: what a newer release does away with fails here first.
  target_compile_definitions(imgui PUBLIC IMGUI_ENABLE_FREETYPE IMGUI_DISABLE_OBSOLETE_FUNCTIONS)
  target_link_libraries(imgui PUBLIC glfw Freetype::Freetype OpenGL::GL ${CMAKE_DL_LIBS})
  add_library(imgui::imgui ALIAS imgui)
endif()
