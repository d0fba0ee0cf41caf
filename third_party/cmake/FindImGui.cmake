# Debian's Dear ImGui (libimgui-dev): a static library with the GLFW, OpenGL 3 and FreeType parts in it.
# Its pkg-config file does not name what those need, so it is named here. Makes imgui::imgui.
find_path(ImGui_INCLUDE_DIR imgui.h PATH_SUFFIXES imgui)
find_library(ImGui_LIBRARY imgui)
mark_as_advanced(ImGui_INCLUDE_DIR ImGui_LIBRARY)
if(ImGui_INCLUDE_DIR)
  file(STRINGS "${ImGui_INCLUDE_DIR}/imgui.h" ImGui_VERSION REGEX "^#define IMGUI_VERSION +\"")
  string(REGEX REPLACE ".*\"([0-9.]+).*" "\\1" ImGui_VERSION "${ImGui_VERSION}")
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(ImGui
  REQUIRED_VARS ImGui_LIBRARY ImGui_INCLUDE_DIR VERSION_VAR ImGui_VERSION)
if(ImGui_FOUND AND NOT TARGET imgui::imgui)
  add_library(imgui::imgui STATIC IMPORTED GLOBAL)
  set_target_properties(imgui::imgui PROPERTIES
    IMPORTED_LOCATION "${ImGui_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${ImGui_INCLUDE_DIR};${ImGui_INCLUDE_DIR}/backends"
    INTERFACE_LINK_LIBRARIES "glfw;Freetype::Freetype;stb::stb;OpenGL::GL;${CMAKE_DL_LIBS}")
endif()
