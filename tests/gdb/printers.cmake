# cmake -DGDB=<gdb> -DPROGRAM=<printers> -DPRINTERS=<lathe_gdb.py> -P printers.cmake
# Runs printers.py in gdb; skipped where there is no gdb, or one without Python.
cmake_minimum_required(VERSION 3.25)

if(NOT GDB)
    message(STATUS "skipped: there is no gdb")
    return()
endif()
execute_process(COMMAND "${GDB}" -batch -nx -ex "python print(6 * 7)" OUTPUT_VARIABLE answer ERROR_QUIET)
if(NOT answer MATCHES "42")
    message(STATUS "skipped: this gdb has no Python")
    return()
endif()
foreach(auto_load IN ITEMS on off) # off: without the printers of libstdc++
    execute_process(
        COMMAND "${GDB}" -batch -nx -iex "set auto-load python-scripts ${auto_load}" -x "${PRINTERS}"
                -x "${CMAKE_CURRENT_LIST_DIR}/printers.py" "${PROGRAM}"
        RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "gdb, auto-load ${auto_load}: exit status ${status}")
    endif()
endforeach()
