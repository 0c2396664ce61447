# lathe_add_compile_fail_tests(<room> <source>...)
#
# Registers with CTest, for each source file,
#   compile_fail.<room>.<noun>          the file compiles as it stands;
#   compile_fail.<room>.<noun>.<case>   with -DLATHE_CASE_<case> it does not, and the first error is the one
#                                       that // expect-error(<case>): <regex> asks for, in few lines.
# Only the front end runs (-fsyntax-only), outside any build tree, so ctest -j is safe.
# CompileFailCase.cmake tells the rest.
function(lathe_add_compile_fail_tests room)
    foreach(source IN LISTS ARGN)
        cmake_path(GET source STEM noun)
        lathe_usable("${source}" usable links) # also has CMake run again when the cases change
        if(NOT usable)
            continue()
        endif()
        set(directories "")
        set(definitions "")
        foreach(target IN ITEMS lathe ${links})
            list(APPEND directories "$<TARGET_PROPERTY:${target},INTERFACE_INCLUDE_DIRECTORIES>")
            list(APPEND definitions "$<TARGET_PROPERTY:${target},INTERFACE_COMPILE_DEFINITIONS>")
        endforeach()
        set(name compile_fail.${room}.${noun})
        set(command "${CMAKE_COMMAND}"
            "-DCOMPILER=${CMAKE_CXX_COMPILER}"
            "-DCOMPILER_ID=${CMAKE_CXX_COMPILER_ID}"
            "-DSTANDARD=${CMAKE_CXX20_STANDARD_COMPILE_OPTION}"
            "-DFLAGS=${CMAKE_CXX_FLAGS}"
            "-DROOT=${PROJECT_SOURCE_DIR}"
            "-DINCLUDES=${directories}"
            "-DDEFINITIONS=${definitions}"
            "-DSOURCE=${source}")
        set(script -P "${PROJECT_SOURCE_DIR}/cmake/CompileFailCase.cmake")
        add_test(NAME ${name} COMMAND ${command} ${script})
        set_tests_properties(${name} PROPERTIES LABELS compile_fail TIMEOUT 120)

        file(STRINGS "${source}" lines REGEX "^// expect-error\\(")
        foreach(line IN LISTS lines)
            if(NOT line MATCHES "^// expect-error\\(([A-Za-z0-9_]+)\\): ")
                message(FATAL_ERROR "${source}: bad line: ${line}")
            endif()
            set(case "${CMAKE_MATCH_1}")
            add_test(NAME ${name}.${case} COMMAND ${command} "-DCASE=${case}" ${script})
            set_tests_properties(${name}.${case} PROPERTIES LABELS compile_fail TIMEOUT 120)
        endforeach()
    endforeach()
endfunction()
