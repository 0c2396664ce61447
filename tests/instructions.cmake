# What lathe costs in machine code, against the same written by hand.
#   instructions.model.stores    numbers: from the assembly, exact
#   instructions.model.strings   strings: counted by callgrind; only where valgrind is installed
set(_script "${PROJECT_SOURCE_DIR}/cmake/InstructionCount.cmake")

if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$") # whose assembly the script reads
    add_test(NAME instructions.model.stores
             COMMAND "${CMAKE_COMMAND}" -DMODE=assembly "-DROOT=${PROJECT_SOURCE_DIR}" "-DCOMPILER=${CMAKE_CXX_COMPILER}"
                     "-DSTANDARD=${CMAKE_CXX20_STANDARD_COMPILE_OPTION}"
                     "-DSOURCE=${CMAKE_CURRENT_SOURCE_DIR}/model/instructions/stores.cpp" -P "${_script}")
    set_tests_properties(instructions.model.stores PROPERTIES LABELS instructions TIMEOUT 120)
else()
    message(STATUS "lathe: instructions are counted on x86-64 only")
endif()

add_executable(tests_model_instructions model/instructions/strings.cpp)
target_link_libraries(tests_model_instructions PRIVATE lathe::lathe lathe_develop)
# As in users' release builds, whatever this one is: without the checks of the standard library.
target_compile_options(tests_model_instructions PRIVATE -O2 -DNDEBUG -U_GLIBCXX_ASSERTIONS)

find_program(LATHE_VALGRIND valgrind)
mark_as_advanced(LATHE_VALGRIND)
if(LATHE_VALGRIND)
    add_test(NAME instructions.model.strings
             COMMAND "${CMAKE_COMMAND}" -DMODE=callgrind "-DVALGRIND=${LATHE_VALGRIND}"
                     "-DPROGRAM=$<TARGET_FILE:tests_model_instructions>" -P "${_script}")
    set_tests_properties(instructions.model.strings PROPERTIES LABELS instructions TIMEOUT 300)
else()
    message(STATUS "lathe: no valgrind, so the instructions of string assignments are not counted")
    add_test(NAME instructions.model.strings_stored COMMAND tests_model_instructions)
    set_tests_properties(instructions.model.strings_stored PROPERTIES LABELS instructions TIMEOUT 60)
endif()
