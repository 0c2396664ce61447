# The target coverage of the preset coverage: which lines of lathe's headers the tests reached since it was built last.
find_program(LATHE_GCOVR gcovr)
find_program(LATHE_PYTHON python3)
mark_as_advanced(LATHE_GCOVR LATHE_PYTHON)
if(NOT LATHE_GCOVR OR NOT LATHE_PYTHON)
    message(FATAL_ERROR "Coverage needs gcovr and Python: cmake/setup.sh --all installs them")
endif()
string(REGEX REPLACE "\\..*" "" version "${CMAKE_CXX_COMPILER_VERSION}")
find_program(LATHE_GCOV NAMES gcov-${version} gcov)
mark_as_advanced(LATHE_GCOV)

add_custom_target(coverage
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${PROJECT_BINARY_DIR}/html"
    # Counts that were reported are deleted, so that those of the next run are its own.
    COMMAND "${LATHE_GCOVR}" --root "${PROJECT_SOURCE_DIR}" --filter "${PROJECT_SOURCE_DIR}/include/lathe/"
        --gcov-executable "${LATHE_GCOV}" --exclude-unreachable-branches --exclude-throw-branches --delete -j 2
        --json-summary coverage.json --html-details html/index.html .
    COMMAND "${LATHE_PYTHON}" "${PROJECT_SOURCE_DIR}/cmake/coverage.py" --build "${PROJECT_BINARY_DIR}" --print
    WORKING_DIRECTORY "${PROJECT_BINARY_DIR}"
    COMMENT "Which lines the tests reached; each of them is in ${PROJECT_BINARY_DIR}/html/index.html"
    USES_TERMINAL VERBATIM)
