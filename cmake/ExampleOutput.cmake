# cmake -DPROGRAM=<file> -DARGUMENTS=<list> -DEXPECTED=<file> -P ExampleOutput.cmake
# Runs an example; what it prints must be the expected file, line by line. <any> there stands for any text.
cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/ReadLines.cmake")

execute_process(COMMAND "${PROGRAM}" ${ARGUMENTS}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE errors)
if(NOT status EQUAL 0)
    message("${output}${errors}")
    message(FATAL_ERROR "${PROGRAM} ended with ${status}")
endif()

file(READ "${EXPECTED}" expected)
foreach(name IN ITEMS output expected)
    lathe_guard(text "${${name}}")
    lathe_lines(${name}_lines "${text}")
    list(LENGTH ${name}_lines ${name}_count)
endforeach()

set(number 0)
foreach(line pattern IN ZIP_LISTS output_lines expected_lines)
    math(EXPR number "${number} + 1")
    lathe_line_matches(same "${line}" "${pattern}")
    if(NOT same OR number GREATER output_count OR number GREATER expected_count)
        lathe_plain(line "${line}")
        lathe_plain(pattern "${pattern}")
        message("${output}${errors}")
        message("line ${number} is\n  ${line}\nand ${EXPECTED} says\n  ${pattern}")
        message(FATAL_ERROR "${output_count} lines printed, ${expected_count} expected, the first difference in line ${number}")
    endif()
endforeach()
message(STATUS "${output_count} lines as expected")
