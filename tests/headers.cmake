# Every header compiles alone, twice included, under our warnings.
set(sources "")
foreach(target IN ITEMS lathe ${components})
    get_target_property(real ${target} ALIASED_TARGET)
    if(real)
        set(target ${real})
    endif()
    get_target_property(files ${target} HEADER_SET)
    foreach(file IN LISTS files)
        cmake_path(RELATIVE_PATH file BASE_DIRECTORY "${PROJECT_SOURCE_DIR}/include" OUTPUT_VARIABLE path)
        string(MAKE_C_IDENTIFIER "${path}" id)
        file(CONFIGURE OUTPUT "headers/${id}.cpp" CONTENT
"#include <${path}>
#include <${path}> // twice: the guard holds
" @ONLY)
        list(APPEND sources "${CMAKE_CURRENT_BINARY_DIR}/headers/${id}.cpp")
    endforeach()
endforeach()
add_library(lathe_headers OBJECT ${sources})
target_link_libraries(lathe_headers PRIVATE lathe::lathe ${components} lathe_develop)
target_compile_options(lathe_headers PRIVATE $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Werror;-g0>)

# And brings no header of a room that it does not stand on.
add_test(NAME house.dependencies
    COMMAND "${CMAKE_COMMAND}" "-DROOT=${PROJECT_SOURCE_DIR}" "-DCOMPILER=${CMAKE_CXX_COMPILER}"
        "-DFLAGS=${CMAKE_CXX_FLAGS} ${CMAKE_CXX20_STANDARD_COMPILE_OPTION}"
        "-DINCLUDES=$<TARGET_PROPERTY:lathe,INTERFACE_INCLUDE_DIRECTORIES>"
        -P "${PROJECT_SOURCE_DIR}/cmake/CheckDependencies.cmake")
set_tests_properties(house.dependencies PROPERTIES LABELS house TIMEOUT 120)

# The other language modes that are promised.
set(umbrella "${PROJECT_SOURCE_DIR}/include/lathe/lathe.hpp")
if(EXISTS "${umbrella}")
    file(CONFIGURE OUTPUT standard.cpp CONTENT "#include <lathe/lathe.hpp>\n" @ONLY)
    separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_FLAGS}")
    function(lathe_add_standard_test name)
        add_test(NAME house.standard.${name}
            COMMAND "${CMAKE_CXX_COMPILER}" ${flags} ${ARGN} -fsyntax-only -Wall -Wextra -Wpedantic -Werror
                "-I$<JOIN:$<TARGET_PROPERTY:lathe,INTERFACE_INCLUDE_DIRECTORIES>,;-I>"
                "${CMAKE_CURRENT_BINARY_DIR}/standard.cpp"
            COMMAND_EXPAND_LISTS)
        set_tests_properties(house.standard.${name} PROPERTIES LABELS house TIMEOUT 120)
    endfunction()
    lathe_add_standard_test(c++23 -std=c++23)
    lathe_add_standard_test(no_rtti -std=c++20 -fno-rtti)
endif()
