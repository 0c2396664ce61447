# What lathe costs in machine code, against the same written by hand.
#   instructions.model.stores    numbers: from the assembly, exact
#   instructions.model.strings   strings: counted by callgrind; only where valgrind is installed
#   instructions.meta.contract   validated classes and erased values: from the assembly, exact
#   instructions.meta.uses       singletons: from the assembly, exact
#   instructions.meta.runs       singletons: counted by callgrind, likewise
#   instructions.perf.disabled   scopes that LATHE_PERF=0 leaves out: from the assembly, exact
#   instructions.perf.scopes     measured scopes: counted by callgrind, likewise
#   instructions.task.observers  a scheduler's tasks with and without an observer: likewise
set(_script "${PROJECT_SOURCE_DIR}/cmake/InstructionCount.cmake")
find_program(LATHE_VALGRIND valgrind)
mark_as_advanced(LATHE_VALGRIND)
if(NOT LATHE_VALGRIND)
    message(STATUS "lathe: no valgrind, so instructions of strings, singletons, scopes and tasks are not counted")
endif()
if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$") # whose assembly the script reads
    message(STATUS "lathe: instructions are counted on x86-64 only")
endif()

# lathe_count_in_assembly(<room> <source>)
function(lathe_count_in_assembly room source)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
        set(name instructions.${room}.${source})
        add_test(NAME ${name}
                 COMMAND "${CMAKE_COMMAND}" -DMODE=assembly "-DROOT=${PROJECT_SOURCE_DIR}"
                         "-DCOMPILER=${CMAKE_CXX_COMPILER}" "-DSTANDARD=${CMAKE_CXX20_STANDARD_COMPILE_OPTION}"
                         "-DSOURCE=${CMAKE_CURRENT_SOURCE_DIR}/${room}/instructions/${source}.cpp" -P "${_script}")
        set_tests_properties(${name} PROPERTIES LABELS instructions TIMEOUT 120)
    endif()
endfunction()

# lathe_count_in_runs(<room> <source> [<option of the script>...])
function(lathe_count_in_runs room source)
    add_executable(tests_${room}_instructions ${room}/instructions/${source}.cpp)
    target_link_libraries(tests_${room}_instructions PRIVATE lathe::lathe lathe_develop)
    # As in users' release builds, whatever this one is: without the checks of the standard library.
    target_compile_options(tests_${room}_instructions PRIVATE -O2 -DNDEBUG -U_GLIBCXX_ASSERTIONS)
    if(LATHE_VALGRIND)
        set(name instructions.${room}.${source})
        add_test(NAME ${name}
                 COMMAND "${CMAKE_COMMAND}" -DMODE=callgrind "-DVALGRIND=${LATHE_VALGRIND}"
                         "-DPROGRAM=$<TARGET_FILE:tests_${room}_instructions>" ${ARGN} -P "${_script}")
        set_tests_properties(${name} PROPERTIES LABELS instructions TIMEOUT 300)
    else()
        set(name instructions.${room}.${source}_ran)
        add_test(NAME ${name} COMMAND tests_${room}_instructions)
        set_tests_properties(${name} PROPERTIES LABELS instructions TIMEOUT 60)
    endif()
endfunction()

if("model" IN_LIST rooms)
    lathe_count_in_assembly(model stores)
    lathe_count_in_runs(model strings "-DCASES=string view chars" "-DSIZES=3 40" -DPERCENT=105)
endif()
if("meta" IN_LIST rooms)
    lathe_count_in_assembly(meta contract)
    lathe_count_in_assembly(meta uses)
    lathe_count_in_runs(meta runs "-DCASES=instance per_thread uses" -DSIZES=1000 -DPERCENT=100)
endif()
if("perf" IN_LIST rooms)
    lathe_count_in_assembly(perf disabled)
    lathe_count_in_runs(perf scopes "-DSOURCE=${CMAKE_CURRENT_SOURCE_DIR}/perf/instructions/scopes.cpp" -DHAND=loop
                        -DSIZES=1000)
endif()
if("task" IN_LIST rooms)
    lathe_count_in_runs(task observers "-DCASES=post run" -DSIZES=1000 -DPERCENT=105)
endif()
