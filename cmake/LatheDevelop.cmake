# lathe_develop: what tests, examples and benchmarks are compiled with. Link it PRIVATE; it is never exported.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 12)
    message(FATAL_ERROR "lathe needs g++ 12 or newer; this is ${CMAKE_CXX_COMPILER_VERSION}")
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 18)
    message(FATAL_ERROR "lathe needs clang 18 or newer; this is ${CMAKE_CXX_COMPILER_VERSION}")
endif()

add_library(lathe_develop INTERFACE)
target_compile_options(lathe_develop INTERFACE
    $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion
        -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi -Wnull-dereference>
    $<$<CXX_COMPILER_ID:MSVC>:/W4 /permissive->
    $<$<AND:$<BOOL:${LATHE_WERROR}>,$<CXX_COMPILER_ID:GNU,Clang,AppleClang>>:-Werror>)
# The sanitizer presets leave LATHE_WERROR off: what g++ instruments, it also warns about without cause.
# The standard library checks its preconditions in debug builds.
target_compile_definitions(lathe_develop INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
set(CMAKE_CXX_EXTENSIONS OFF)

if(PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(LATHE_CCACHE ccache)
    mark_as_advanced(LATHE_CCACHE)
    if(LATHE_CCACHE)
        set(CMAKE_CXX_COMPILER_LAUNCHER "${LATHE_CCACHE}")
    endif()
endif()
