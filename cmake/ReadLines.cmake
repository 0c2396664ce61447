# Text as a CMake list. The characters that mean something in lists are stood for by control characters.
string(ASCII 1 _semicolon)
string(ASCII 2 _open)
string(ASCII 3 _close)
string(ASCII 4 _backslash)

# lathe_guard(<result> <text>): the text with its special characters replaced.
function(lathe_guard result text)
    string(REPLACE "\\" "${_backslash}" text "${text}")
    string(REPLACE ";" "${_semicolon}" text "${text}")
    string(REPLACE "[" "${_open}" text "${text}")
    string(REPLACE "]" "${_close}" text "${text}")
    set(${result} "${text}" PARENT_SCOPE)
endfunction()

# lathe_plain(<result> <text>): the text as it was.
function(lathe_plain result text)
    string(REPLACE "${_semicolon}" ";" text "${text}")
    string(REPLACE "${_open}" "[" text "${text}")
    string(REPLACE "${_close}" "]" text "${text}")
    string(REPLACE "${_backslash}" "\\" text "${text}")
    set(${result} "${text}" PARENT_SCOPE)
endfunction()

# lathe_lines(<result> <guarded text>): its lines; a newline at the end begins no further line.
function(lathe_lines result text)
    string(REPLACE "\r" "" text "${text}")
    string(REGEX REPLACE "\n$" "" text "${text}")
    string(REPLACE "\n" ";" text "${text}")
    set(${result} "${text}" PARENT_SCOPE)
endfunction()

# lathe_line_matches(<result> <line> <pattern>): both guarded; <any> in the pattern stands for any text.
function(lathe_line_matches result line pattern)
    if(line STREQUAL pattern)
        set(${result} TRUE PARENT_SCOPE)
        return()
    endif()
    string(REGEX REPLACE "([.*+?^$|()])" "\\\\\\1" pattern "${pattern}")
    string(REPLACE "<any>" ".*" pattern "${pattern}")
    if(line MATCHES "^${pattern}$")
        set(${result} TRUE PARENT_SCOPE)
    else()
        set(${result} FALSE PARENT_SCOPE)
    endif()
endfunction()
