# cmake -DROOT=<source tree> -P CheckTopLevel.cmake
# The top level holds these and dotfiles, nothing else.
cmake_minimum_required(VERSION 3.25)
set(allowed include tests examples benchmarks cmake CMakeLists.txt CMakePresets.json README.md LICENSE)

execute_process(COMMAND git -C "${ROOT}" ls-files RESULT_VARIABLE status OUTPUT_VARIABLE files ERROR_QUIET)
if(NOT status EQUAL 0 OR NOT EXISTS "${ROOT}/.git")
    message(STATUS "not a git checkout, nothing to check")
    return()
endif()
string(REGEX REPLACE "(/[^\n]*)?\n" ";" names "${files}")
list(REMOVE_DUPLICATES names)
list(REMOVE_ITEM names "" ${allowed})
list(FILTER names EXCLUDE REGEX "^\\.")
if(names)
    list(JOIN names ", " names)
    message(FATAL_ERROR "not allowed at the top level: ${names}")
endif()
