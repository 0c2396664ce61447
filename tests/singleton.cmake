# unit.meta.singleton_<linked|opened>.<default|hidden>: two shared libraries that include the singleton's header have one
# object, whether a program is linked with them or opens them. Once as compilers do by default, and once with all names
# hidden that are not marked, functions of headers included.
foreach(visibility IN ITEMS default hidden)
    set(arguments "")
    if(visibility STREQUAL "hidden")
        set(arguments hidden)
    endif()
    foreach(name IN ITEMS first second linked)
        set(target tests_meta_${name}_${visibility})
        if(name STREQUAL "linked")
            add_executable(${target} meta/libraries/${name}.cpp)
        else()
            add_library(${target} SHARED meta/libraries/${name}.cpp)
        endif()
        target_link_libraries(${target} PRIVATE lathe::lathe lathe_develop)
        set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET ${visibility})
        if(visibility STREQUAL "hidden")
            set_target_properties(${target} PROPERTIES VISIBILITY_INLINES_HIDDEN ON)
        endif()
    endforeach()
    set(libraries tests_meta_first_${visibility} tests_meta_second_${visibility})
    target_link_libraries(tests_meta_linked_${visibility} PRIVATE ${libraries})

    add_executable(tests_meta_opened_${visibility} meta/libraries/opened.cpp)
    target_link_libraries(tests_meta_opened_${visibility} PRIVATE lathe::lathe lathe_develop ${CMAKE_DL_LIBS})
    set_target_properties(tests_meta_opened_${visibility} PROPERTIES CXX_VISIBILITY_PRESET ${visibility})
    add_dependencies(tests_meta_opened_${visibility} ${libraries})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang") # opened.cpp tells why
        set_target_properties(tests_meta_opened_${visibility} PROPERTIES ENABLE_EXPORTS ON)
        target_compile_definitions(tests_meta_opened_${visibility} PRIVATE LATHE_TEST_HOST)
    endif()

    add_test(NAME unit.meta.singleton_linked.${visibility} COMMAND tests_meta_linked_${visibility} ${arguments})
    add_test(NAME unit.meta.singleton_opened.${visibility}
             COMMAND tests_meta_opened_${visibility} $<TARGET_FILE:tests_meta_first_${visibility}>
                     $<TARGET_FILE:tests_meta_second_${visibility}> ${arguments})
    set_tests_properties(unit.meta.singleton_linked.${visibility} unit.meta.singleton_opened.${visibility}
                         PROPERTIES LABELS unit TIMEOUT 60)
endforeach()
