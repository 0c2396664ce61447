# unit.model.json_schema_check: what to_json writes, and its schema, shown to python3-jsonschema. Where that is missing
# the test is reported as skipped, and without Python as disabled; never as passed.
find_program(LATHE_PYTHON python3)
mark_as_advanced(LATHE_PYTHON)
if(TARGET tests_model AND TARGET lathe::json)
    add_test(NAME unit.model.json_schema_check
             COMMAND "${LATHE_PYTHON}" "${CMAKE_CURRENT_SOURCE_DIR}/model/json_schema_check.py"
                     $<TARGET_FILE:tests_model>)
    set_tests_properties(unit.model.json_schema_check PROPERTIES LABELS unit TIMEOUT 120 SKIP_RETURN_CODE 77)
    if(NOT LATHE_PYTHON)
        set_tests_properties(unit.model.json_schema_check PROPERTIES DISABLED TRUE)
    endif()
endif()
