# The plan of the house, in one place. CMakeLists.txt, the checks that CTest runs and .ci/run read it.
#
#   cmake -DSHOW=concurrent -P cmake/LatheRooms.cmake    prints the concurrent rooms that have tests
#   cmake -DSHOW=all        -P cmake/LatheRooms.cmake    prints every room that has tests

cmake_policy(VERSION 3.25)

# From the ground up.
set(LATHE_ROOMS core model meta perf cache task resource data orm)

# Rooms whose promises are about threads: they are run under ThreadSanitizer too.
set(LATHE_CONCURRENT_ROOMS meta cache task perf resource orm)

# What each room may include, beside itself.
set(LATHE_core_USES "")
set(LATHE_model_USES core)
foreach(room IN ITEMS meta perf cache task resource)
    set(LATHE_${room}_USES core)
endforeach()
set(LATHE_data_USES core model task)
set(LATHE_orm_USES core model cache resource)
# Files of the middle floor that may include model as well.
set(LATHE_MAY_USE_MODEL "^(meta/(detail/)?contract|task/(detail/)?processes|cache/(detail/)?memoize)")

# Headers that need a package of their own; paths relative to include/lathe.
set(LATHE_COMPONENTS json sqlite asio benchmark)
set(LATHE_json_HEADERS      "^(model|data)/(detail/)?json[_.]")
set(LATHE_sqlite_HEADERS    "^orm[/.]")
set(LATHE_asio_HEADERS      "^task/(detail/)?asio[_.]")
set(LATHE_benchmark_HEADERS "^perf/memory_manager[.]")

# Headers that no umbrella includes though they need no package: they cost time that only their users should pay.
set(LATHE_BESIDE_UMBRELLAS cache/expiry.hpp cache/policy_laws.hpp cache/to_shared.hpp model/args.hpp model/hana.hpp)

# lathe_component_of(<path> <result>): the component a header belongs to, "core" for most.
function(lathe_component_of path result)
    set(${result} core PARENT_SCOPE)
    foreach(component IN LISTS LATHE_COMPONENTS)
        if(path MATCHES "${LATHE_${component}_HEADERS}")
            set(${result} ${component} PARENT_SCOPE)
        endif()
    endforeach()
endfunction()

# lathe_rooms_with_tests(<result> <room>...): those of the rooms that have tests.
function(lathe_rooms_with_tests result)
    set(found "")
    foreach(room IN LISTS ARGN)
        file(GLOB sources "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../tests/${room}/*.cpp")
        if(sources)
            list(APPEND found ${room})
        endif()
    endforeach()
    set(${result} "${found}" PARENT_SCOPE)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
    set(rooms ${LATHE_ROOMS})
    if(SHOW STREQUAL "concurrent")
        set(rooms ${LATHE_CONCURRENT_ROOMS})
    endif()
    lathe_rooms_with_tests(rooms ${rooms})
    list(JOIN rooms " " rooms)
    execute_process(COMMAND "${CMAKE_COMMAND}" -E echo "${rooms}") # message() writes to stderr
endif()
