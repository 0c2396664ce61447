# lathe_add_compile_fail_tests(<room> <source>...)
#
# Registers with CTest, for each source file,
#   compile_fail.<room>.<noun>          the file compiles as it stands;
#   compile_fail.<room>.<noun>.<case>   with -DLATHE_CASE_<case> it does not, and the first error is the one
#                                       that // expect-error(<case>): <regex> asks for, in few lines.
# Only the front end runs (-fsyntax-only), outside any build tree, so ctest -j is safe.
# Most of a case's time goes into the headers. So with g++, for a source with many cases,
#   compile_fail.<room>.<noun>.headers  precompiles what the source includes, for its cases alone (the headers of
#                                       others would add candidates to messages), and .cleanup deletes that.
# CompileFailCase.cmake tells the rest.
function(lathe_add_compile_fail_tests room)
    set(enough_to_precompile 8) # which takes g++ about as long as reading the headers for five cases
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
            "-DCOMPILER_VERSION=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
            "-DSTANDARD=${CMAKE_CXX20_STANDARD_COMPILE_OPTION}"
            "-DFLAGS=${CMAKE_CXX_FLAGS}"
            "-DROOT=${PROJECT_SOURCE_DIR}"
            "-DINCLUDES=${directories}"
            "-DDEFINITIONS=${definitions}"
            "-DSOURCE=${source}")
        set(script -P "${PROJECT_SOURCE_DIR}/cmake/CompileFailCase.cmake")
        add_test(NAME ${name} COMMAND ${command} ${script})
        set_tests_properties(${name} PROPERTIES LABELS compile_fail TIMEOUT 120)

        set(of_cases LABELS compile_fail TIMEOUT 120)
        file(STRINGS "${source}" lines REGEX "^// expect-error\\(")
        list(LENGTH lines count)
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND count GREATER_EQUAL enough_to_precompile)
            set(headers "${CMAKE_CURRENT_BINARY_DIR}/compile_fail/${room}/${noun}.hpp")
            add_test(NAME ${name}.headers COMMAND ${command} "-DPRECOMPILE=${headers}" ${script})
            add_test(NAME ${name}.cleanup COMMAND "${CMAKE_COMMAND}" -E rm -f "${headers}.gch")
            set_tests_properties(${name}.headers PROPERTIES ${of_cases} FIXTURES_SETUP ${name})
            set_tests_properties(${name}.cleanup PROPERTIES ${of_cases} FIXTURES_CLEANUP ${name})
            list(APPEND of_cases FIXTURES_REQUIRED ${name})
            list(APPEND command "-DPRECOMPILED=${headers}")
        endif()
        foreach(line IN LISTS lines)
            if(NOT line MATCHES "^// expect-error\\(([A-Za-z0-9_]+)\\): ")
                message(FATAL_ERROR "${source}: bad line: ${line}")
            endif()
            set(case "${CMAKE_MATCH_1}")
            add_test(NAME ${name}.${case} COMMAND ${command} "-DCASE=${case}" ${script})
            set_tests_properties(${name}.${case} PROPERTIES ${of_cases})
        endforeach()
    endforeach()
endfunction()
