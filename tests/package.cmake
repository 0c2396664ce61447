# What users do with lathe: install and find it, add it as a subproject, or point -I at it.
function(lathe_build_and_test name directory)
    add_test(NAME package.${name}
        COMMAND "${CMAKE_CTEST_COMMAND}" --build-and-test
            "${CMAKE_CURRENT_SOURCE_DIR}/${directory}" "${CMAKE_CURRENT_BINARY_DIR}/${directory}"
            --build-generator "${CMAKE_GENERATOR}" --build-makeprogram "${CMAKE_MAKE_PROGRAM}"
            --build-options --fresh ${ARGN} "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}" "-DCMAKE_CXX_FLAGS=${CMAKE_CXX_FLAGS}"
                -DCMAKE_BUILD_TYPE=Release # the optimiser has warnings of its own
            --test-command "./${directory}")
    set_tests_properties(package.${name} PROPERTIES LABELS package TIMEOUT 300)
endfunction()

set(prefix "${CMAKE_CURRENT_BINARY_DIR}/prefix")
if(LATHE_INSTALL)
    add_test(NAME package.clean COMMAND "${CMAKE_COMMAND}" -E rm -rf "${prefix}") # no header of yesterday
    add_test(NAME package.install
        COMMAND "${CMAKE_COMMAND}" --install "${PROJECT_BINARY_DIR}" --prefix "${prefix}" --config $<CONFIG>)
    set_tests_properties(package.clean package.install PROPERTIES FIXTURES_SETUP lathe_prefix LABELS package)
    set_tests_properties(package.install PROPERTIES DEPENDS package.clean)
    add_test(NAME package.gdb # its printers, where the README says they are
        COMMAND "${CMAKE_COMMAND}" -E compare_files "${PROJECT_SOURCE_DIR}/cmake/lathe_gdb.py"
                "${prefix}/${CMAKE_INSTALL_DATADIR}/lathe/gdb/lathe_gdb.py")
    set_tests_properties(package.gdb PROPERTIES FIXTURES_REQUIRED lathe_prefix LABELS package)
    list(TRANSFORM components REPLACE "^lathe::" "" OUTPUT_VARIABLE names)
    list(JOIN names "+" names) # a list would not survive ctest
    lathe_build_and_test(find_package consumer "-DCMAKE_PREFIX_PATH=${prefix}" "-DCOMPONENTS=${names}"
        "-DEXPECTED_VERSION=${PROJECT_VERSION}")
    set_tests_properties(package.find_package PROPERTIES FIXTURES_REQUIRED lathe_prefix)
endif()

lathe_build_and_test(subproject subproject "-DFETCHCONTENT_SOURCE_DIR_LATHE=${PROJECT_SOURCE_DIR}")

# No CMake at all.
separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_FLAGS}")
set(program "${CMAKE_CURRENT_BINARY_DIR}/plain_include")
add_test(NAME package.plain_include.build
    COMMAND "${CMAKE_CXX_COMPILER}" ${flags} -std=c++20 "-I${PROJECT_SOURCE_DIR}/include"
            "${CMAKE_CURRENT_SOURCE_DIR}/consumer/main.cpp" -o "${program}" -lfmt -pthread)
add_test(NAME package.plain_include COMMAND "${program}")
set_tests_properties(package.plain_include.build PROPERTIES FIXTURES_SETUP lathe_plain LABELS package TIMEOUT 120)
set_tests_properties(package.plain_include PROPERTIES FIXTURES_REQUIRED lathe_plain LABELS package TIMEOUT 60)

find_program(LATHE_PKG_CONFIG pkg-config)
mark_as_advanced(LATHE_PKG_CONFIG)
if(LATHE_INSTALL AND LATHE_PKG_CONFIG)
    add_test(NAME package.pkg_config
        COMMAND sh -ec "${CMAKE_CXX_COMPILER} ${CMAKE_CXX_FLAGS} '${CMAKE_CURRENT_SOURCE_DIR}/consumer/main.cpp' \
            $('${LATHE_PKG_CONFIG}' --cflags --libs 'lathe = ${PROJECT_VERSION}') -o pkg_config && ./pkg_config"
        WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
    set_tests_properties(package.pkg_config PROPERTIES FIXTURES_REQUIRED lathe_prefix LABELS package TIMEOUT 120
        ENVIRONMENT "PKG_CONFIG_PATH=${prefix}/${CMAKE_INSTALL_DATADIR}/pkgconfig")
endif()
