# Which window systems a fetched GLFW is built for: those whose headers are there. By itself it would
# stop where the headers of one are missing.
function(poolscope_window_systems)
  find_package(X11 QUIET)
  set(x11 ${X11_FOUND})
  foreach(part Xrandr Xinerama Xkb Xcursor Xi Xshape)
    if(NOT X11_${part}_INCLUDE_PATH)
      set(x11 OFF)
    endif()
  endforeach()
  pkg_check_modules(wayland QUIET
    wayland-client wayland-cursor wayland-egl wayland-scanner xkbcommon)
  # In the cache: GLFW's options that depend on the system look nowhere else.
  set(GLFW_BUILD_X11 "${x11}" CACHE BOOL "Build a fetched GLFW for X11")
  set(GLFW_BUILD_WAYLAND "${wayland_FOUND}" CACHE BOOL "Build a fetched GLFW for Wayland")
endfunction()

# To be called when GLFW is there.
function(poolscope_say_window_systems)
  FetchContent_GetProperties(glfw SOURCE_DIR fetched)
  if(fetched)
    poolscope_optional(X11 "${GLFW_BUILD_X11}" "windows, by the fetched GLFW")
    poolscope_optional(Wayland "${GLFW_BUILD_WAYLAND}" "windows, by the fetched GLFW")
  endif()
endfunction()
