# cmake -DROOT=<source tree> -DCOMPILER=<compiler> -DFLAGS=<flags> -DINCLUDES=<directories> -P CheckDependencies.cmake
# A program that includes the umbrella of one room compiles headers of that room and of those below it only. What
# the compiler really reads is asked of the compiler, in a dependency file.
cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/LatheRooms.cmake")

separate_arguments(FLAGS UNIX_COMMAND "${FLAGS}")
list(TRANSFORM INCLUDES PREPEND "-I")
set(problems "")
foreach(room IN LISTS LATHE_ROOMS)
    if(NOT EXISTS "${ROOT}/include/lathe/${room}.hpp")
        continue()
    endif()
    # Rooms come from the ground up, so what those below may reach is known.
    set(reach_${room} ${room} ${LATHE_${room}_USES})
    foreach(below IN LISTS LATHE_${room}_USES)
        list(APPEND reach_${room} ${reach_${below}})
    endforeach()
    if(room MATCHES "^(meta|cache|task)$") # see LATHE_MAY_USE_MODEL
        list(APPEND reach_${room} model)
    endif()

    execute_process(
        COMMAND "${COMPILER}" ${FLAGS} ${INCLUDES} -M -x c++ "${ROOT}/include/lathe/${room}.hpp"
        OUTPUT_VARIABLE dependencies COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "/include/lathe/[a-z_]+/" others "${dependencies}")
    list(REMOVE_DUPLICATES others)
    list(TRANSFORM others REPLACE "^.*/([a-z_]+)/$" "\\1")
    if(NOT room IN_LIST others)
        string(APPEND problems "\n  no header of ${room} is in the dependency file of <lathe/${room}.hpp>")
    endif()
    foreach(other IN LISTS others)
        if(NOT other IN_LIST reach_${room})
            string(APPEND problems "\n  <lathe/${room}.hpp> compiles headers of ${other}")
        endif()
    endforeach()
    list(JOIN others " " others)
    message(STATUS "<lathe/${room}.hpp> compiles headers of: ${others}")
endforeach()
if(problems)
    message("Rooms reach further than they say:${problems}")
    message(FATAL_ERROR "dependencies")
endif()
