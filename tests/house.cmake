# The rules of the house that a script can check.
function(lathe_add_house_test name script)
    add_test(NAME house.${name} COMMAND "${CMAKE_COMMAND}" "-DROOT=${PROJECT_SOURCE_DIR}" ${ARGN}
             -P "${PROJECT_SOURCE_DIR}/cmake/${script}")
    set_tests_properties(house.${name} PROPERTIES LABELS house TIMEOUT 60)
endfunction()

lathe_add_house_test(diagnostics     CheckDiagnostics.cmake)
lathe_add_house_test(umbrella        CheckUmbrella.cmake)
lathe_add_house_test(arrows          CheckArrows.cmake)
lathe_add_house_test(toplevel        CheckTopLevel.cmake)
lathe_add_house_test(examples        CheckExamples.cmake)
lathe_add_house_test(readme_snippets ReadmeSnippets.cmake)
lathe_add_house_test(course          CheckCourse.cmake)
