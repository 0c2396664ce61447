# instructions.meta.contract: validated classes and erased values in machine code, against the same written by hand.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$") # whose assembly the script reads
    add_test(NAME instructions.meta.contract
             COMMAND "${CMAKE_COMMAND}" -DMODE=assembly "-DROOT=${PROJECT_SOURCE_DIR}" "-DCOMPILER=${CMAKE_CXX_COMPILER}"
                     "-DSTANDARD=${CMAKE_CXX20_STANDARD_COMPILE_OPTION}"
                     "-DSOURCE=${CMAKE_CURRENT_SOURCE_DIR}/meta/instructions/contract.cpp"
                     -P "${PROJECT_SOURCE_DIR}/cmake/InstructionCount.cmake")
    set_tests_properties(instructions.meta.contract PROPERTIES LABELS instructions TIMEOUT 120)
endif()
