# unit.perf.uncounted: a program that does not define the hooks has the operators of the standard library.
add_executable(tests_perf_uncounted perf/programs/uncounted.cpp)
target_link_libraries(tests_perf_uncounted PRIVATE lathe::lathe lathe_develop)
add_test(NAME unit.perf.uncounted COMMAND tests_perf_uncounted)
set_tests_properties(unit.perf.uncounted PROPERTIES LABELS unit TIMEOUT 60)
