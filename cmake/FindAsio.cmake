# Standalone Asio has no CMake package of its own. Defines asio::asio.
find_path(Asio_INCLUDE_DIR asio.hpp)
mark_as_advanced(Asio_INCLUDE_DIR)
if(Asio_INCLUDE_DIR AND EXISTS "${Asio_INCLUDE_DIR}/asio/version.hpp")
    file(STRINGS "${Asio_INCLUDE_DIR}/asio/version.hpp" _line REGEX "^#define ASIO_VERSION +[0-9]+")
    string(REGEX REPLACE "^#define ASIO_VERSION +([0-9]+).*$" "\\1" _number "${_line}") # 102201 is 1.22.1
    math(EXPR _major "${_number} / 100000")
    math(EXPR _minor "${_number} / 100 % 1000")
    math(EXPR _patch "${_number} % 100")
    set(Asio_VERSION "${_major}.${_minor}.${_patch}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Asio REQUIRED_VARS Asio_INCLUDE_DIR VERSION_VAR Asio_VERSION)
if(Asio_FOUND AND NOT TARGET asio::asio)
    find_package(Threads REQUIRED)
    add_library(asio::asio INTERFACE IMPORTED)
    target_include_directories(asio::asio SYSTEM INTERFACE "${Asio_INCLUDE_DIR}")
    target_link_libraries(asio::asio INTERFACE Threads::Threads)
    # Asio before 1.24 does not see that newer Clang has coroutines.
    target_compile_definitions(asio::asio INTERFACE ASIO_STANDALONE
        $<$<CXX_COMPILER_ID:Clang,AppleClang>:ASIO_HAS_CO_AWAIT=1>
        $<$<CXX_COMPILER_ID:Clang,AppleClang>:ASIO_HAS_STD_COROUTINE=1>)
endif()
