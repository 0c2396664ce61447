# Headers, the CMake package, lathe.pc and the printers for gdb. One export set for lathe::lathe and one for each
# component, so that a user's machine needs a component's package only when the component is asked for.
include(CMakePackageConfigHelpers)
set(LATHE_CMAKEDIR "${CMAKE_INSTALL_DATADIR}/cmake/lathe" CACHE STRING "Where the package files go")

# INCLUDES DESTINATION: a file set alone says nothing to consumers with CMake < 3.23.
function(lathe_install target set)
    install(TARGETS ${target} EXPORT lathe-${set} FILE_SET HEADERS
            INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
    install(EXPORT lathe-${set} NAMESPACE lathe:: FILE lathe-${set}-targets.cmake DESTINATION ${LATHE_CMAKEDIR})
endfunction()

lathe_install(lathe core)
set(LATHE_COMPONENT_BLOCKS "")
get_property(_built DIRECTORY PROPERTY LATHE_BUILT_COMPONENTS)
list(JOIN _built " " LATHE_INSTALLED_COMPONENTS)
foreach(component IN LISTS _built)
    lathe_install(lathe_${component} ${component})
    get_property(_find DIRECTORY PROPERTY LATHE_PACKAGE_${component})
    string(REGEX REPLACE " .*" "" _package "${_find}")
    string(APPEND LATHE_COMPONENT_BLOCKS "
if(\"${component}\" IN_LIST lathe_FIND_COMPONENTS)
    find_package(${_find} QUIET)
    if(${_package}_FOUND)
        include(\"\${CMAKE_CURRENT_LIST_DIR}/lathe-${component}-targets.cmake\")
        set(lathe_${component}_FOUND TRUE)
    else()
        string(APPEND lathe_NOT_FOUND_MESSAGE \"lathe::${component} needs ${_find}, which is not found. \")
    endif()
endif()
")
endforeach()

write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/lathe-config-version.cmake"
    COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT) # SameMajorVersion from 1.0 on
configure_package_config_file(cmake/lathe-config.cmake.in lathe-config.cmake
    INSTALL_DESTINATION ${LATHE_CMAKEDIR} NO_SET_AND_CHECK_MACRO)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/lathe-config.cmake"
              "${CMAKE_CURRENT_BINARY_DIR}/lathe-config-version.cmake"
              cmake/FindAsio.cmake
        DESTINATION ${LATHE_CMAKEDIR})

configure_file(cmake/lathe.pc.in lathe.pc @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/lathe.pc" DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
install(FILES cmake/lathe_gdb.py DESTINATION ${CMAKE_INSTALL_DATADIR}/lathe/gdb)
