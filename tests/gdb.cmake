# What gdb shows of lathe's types, with the standard library's own printers and without them.
find_program(LATHE_GDB gdb)
mark_as_advanced(LATHE_GDB)

add_executable(gdb_printers gdb/printers.cpp)
target_link_libraries(gdb_printers PRIVATE lathe::lathe lathe_develop)
target_compile_options(gdb_printers PRIVATE -g -O0)

add_test(NAME gdb.printers
    COMMAND "${CMAKE_COMMAND}" "-DGDB=${LATHE_GDB}" "-DPROGRAM=$<TARGET_FILE:gdb_printers>"
        "-DPRINTERS=${PROJECT_SOURCE_DIR}/cmake/lathe_gdb.py" -P "${CMAKE_CURRENT_SOURCE_DIR}/gdb/printers.cmake")
set_tests_properties(gdb.printers PROPERTIES LABELS gdb TIMEOUT 60 SKIP_REGULAR_EXPRESSION "skipped: ")
