# The target docs: the reference, from the comments in the headers. A warning is an error.
find_package(Doxygen REQUIRED)
set(DOXYGEN_WARN_AS_ERROR          FAIL_ON_WARNINGS)
set(DOXYGEN_WARN_NO_PARAMDOC       NO) # operators and conversions say all in a sentence
set(DOXYGEN_EXTRACT_ALL            NO)
set(DOXYGEN_JAVADOC_AUTOBRIEF      YES)
set(DOXYGEN_QUIET                  YES)
set(DOXYGEN_GENERATE_LATEX         NO)
set(DOXYGEN_EXCLUDE_SYMBOLS        "*::detail" "*::detail::*")
set(DOXYGEN_EXCLUDE_PATTERNS       "*/detail/*")
set(DOXYGEN_STRIP_FROM_PATH        "${PROJECT_SOURCE_DIR}/include")
set(DOXYGEN_STRIP_FROM_INC_PATH    "${PROJECT_SOURCE_DIR}/include")
# Nobody writes lathe::v0::property. Without v0, Doxygen also knows the names in the examples, and links both ways.
set(DOXYGEN_INPUT_FILTER           "sed -e /^inline.namespace.v0/s/.*// -e /^}.*namespace.v0$/s/.*//")
# For "@ref examples/cache.cpp" and "@snippet tests/cache/expiry.cpp example".
set(DOXYGEN_EXAMPLE_PATH           "${PROJECT_SOURCE_DIR}/examples" "${PROJECT_SOURCE_DIR}/tests")
set(DOXYGEN_EXAMPLE_RECURSIVE      YES)

# A page for each example: the comment at its top, the program, and what it prints.
set(_text "")
file(GLOB _examples CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/examples/*.cpp")
foreach(example IN LISTS _examples)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${example}")
    cmake_path(GET example STEM name)
    file(READ "${example}" source)
    string(REGEX MATCH "^// SPDX[^\n]*\n((// [^\n]*\n)+)" source "${source}")
    string(REGEX REPLACE "(^|\n)// " "\\1" about "${CMAKE_MATCH_1}")
    string(REGEX REPLACE "([<>@#])" "\\\\\\1" about "${about}")
    string(APPEND _text "/*! @example examples/${name}.cpp\n${about}@par Prints\n"
                        "@verbinclude examples/expected/${name}.txt\n*/\n")
endforeach()
file(CONFIGURE OUTPUT examples.dox CONTENT "${_text}" @ONLY)

set(_sources "${PROJECT_SOURCE_DIR}/include" "${CMAKE_CURRENT_BINARY_DIR}/examples.dox")
if(EXISTS "${PROJECT_SOURCE_DIR}/README.md")
    set(DOXYGEN_USE_MDFILE_AS_MAINPAGE "${PROJECT_SOURCE_DIR}/README.md")
    list(APPEND _sources "${PROJECT_SOURCE_DIR}/README.md")
    set(DOXYGEN_VERBATIM_VARS DOXYGEN_FILTER_PATTERNS)
    set(DOXYGEN_FILTER_PATTERNS "*.md=\"sed -f ${CMAKE_CURRENT_LIST_DIR}/readme.sed\"")
endif()
doxygen_add_docs(docs ${_sources} COMMENT "Writing the reference to ${PROJECT_BINARY_DIR}/html")
