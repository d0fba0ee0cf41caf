# The OpenGL loader, written by the program glad (package python3-glad) at build time: OpenGL 3.3 core
# with KHR_debug, the least that Dear ImGui and the stage need. Makes glad::glad.
# --reproducible: without it glad asks the network for newer specifications.
find_program(POOLSCOPE_GLAD glad PATHS /usr/bin NO_DEFAULT_PATH)  # Debian's, not another Python's
find_program(POOLSCOPE_GLAD glad REQUIRED)

set(glad_directory "${CMAKE_CURRENT_BINARY_DIR}/glad")
add_custom_command(
  OUTPUT "${glad_directory}/src/gl.c" "${glad_directory}/include/glad/gl.h"
  COMMAND "${POOLSCOPE_GLAD}" --quiet --reproducible --api gl:core=3.3 --extensions GL_KHR_debug
          --out-path "${glad_directory}" c
  COMMENT "Writing the OpenGL loader" VERBATIM)
add_library(glad STATIC "${glad_directory}/src/gl.c" "${glad_directory}/include/glad/gl.h")
target_include_directories(glad SYSTEM PUBLIC "${glad_directory}/include")
add_library(glad::glad ALIAS glad)
