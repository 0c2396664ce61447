# One executable per room, from tests/<room>/*.cpp.
find_package(Catch2 REQUIRED CONFIG) # 2.13 (Debian 12) or 3.x; no version range finds both
if(Catch2_VERSION VERSION_LESS 2.13.4 OR NOT TARGET Catch2::Catch2WithMain)
    message(FATAL_ERROR "The tests need Catch2 2.13.4 or newer, with Catch2WithMain")
endif()
include(Catch) # catch_discover_tests

# Two translation units with every header in each test executable: a missing inline is a link error.
set(text "")
if(EXISTS "${PROJECT_SOURCE_DIR}/include/lathe/lathe.hpp")
    set(text "#include <lathe/lathe.hpp>\n")
endif()
foreach(component IN LISTS LATHE_COMPONENTS)
    if(TARGET lathe::${component})
        get_target_property(files lathe_${component} HEADER_SET)
        list(FILTER files EXCLUDE REGEX "/detail/")
        foreach(file IN LISTS files)
            cmake_path(RELATIVE_PATH file BASE_DIRECTORY "${PROJECT_SOURCE_DIR}/include" OUTPUT_VARIABLE path)
            string(APPEND text "#include <${path}>\n")
        endforeach()
    endif()
endforeach()
file(CONFIGURE OUTPUT odr_a.cpp CONTENT "${text}" @ONLY)
file(CONFIGURE OUTPUT odr_b.cpp CONTENT "${text}" @ONLY)
add_library(lathe_odr OBJECT "${CMAKE_CURRENT_BINARY_DIR}/odr_a.cpp" "${CMAKE_CURRENT_BINARY_DIR}/odr_b.cpp")
target_link_libraries(lathe_odr PRIVATE lathe::lathe ${components} lathe_develop)

foreach(room IN LISTS rooms)
    file(GLOB all CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${room}/*.cpp")
    set(sources "")
    set(stress FALSE)
    foreach(source IN LISTS all)
        lathe_usable("${source}" usable links)
        if(usable)
            file(STRINGS "${source}" hit REGEX "\\[stress\\]" LIMIT_COUNT 1)
            if(hit)
                # Optimised a little, and linked first, so that the linker keeps their copies of what is inline: a
                # few seconds more for the compiler, three minutes less for the tests.
                set(stress TRUE)
                set_source_files_properties("${source}" PROPERTIES COMPILE_OPTIONS -O1)
                list(PREPEND sources "${source}")
            else()
                list(APPEND sources "${source}")
            endif()
        endif()
    endforeach()
    if(NOT sources)
        continue() # all of it needs a component that is not there
    endif()

    add_executable(tests_${room} ${sources} $<TARGET_OBJECTS:lathe_odr>)
    target_link_libraries(tests_${room} PRIVATE lathe::lathe ${components} lathe_develop Catch2::Catch2WithMain)
    target_include_directories(tests_${room} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}") # "support/catch.hpp"

    if("unit" IN_LIST LATHE_TEST_KINDS)
        catch_discover_tests(tests_${room} TEST_PREFIX "unit.${room}." TEST_SPEC "~[stress]"
            WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" PROPERTIES TIMEOUT 60 LABELS unit)
        # Once more in one process and in random order: what each test leaves behind must not matter.
        add_test(NAME unit_in_one_process.${room} COMMAND tests_${room} "~[stress]" --order rand --rng-seed time
                 WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
        set_tests_properties(unit_in_one_process.${room} PROPERTIES LABELS unit TIMEOUT 300)
    endif()
    if(stress AND "stress" IN_LIST LATHE_TEST_KINDS)
        # A test that has nothing to work on, for want of such a variable, is reported as skipped.
        catch_discover_tests(tests_${room} TEST_PREFIX "stress.${room}." TEST_SPEC "[stress]"
            WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
            PROPERTIES TIMEOUT 600 RUN_SERIAL TRUE LABELS stress SKIP_REGULAR_EXPRESSION "LATHE_[A-Z]+ is not set")
    endif()
endforeach()
