// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/core/result.hpp>

#include <string>

enum class trouble { absent, late };

[[maybe_unused]] static lathe::result<int, trouble> good() {
    return 1;
}
[[maybe_unused]] static lathe::result<void, trouble> done() {
    return {};
}

// expect-error(reference): lathe::result<Value, Error>: both must be object types; for a reference, use a
#ifdef LATHE_CASE_reference
auto reference = sizeof(lathe::result<int&, trouble>);
#endif

// expect-error(array): lathe::result<Value, Error>: both must be object types; for a reference, use a
#ifdef LATHE_CASE_array
auto array = sizeof(lathe::result<int[2], trouble>);
#endif

// expect-error(error_reference): lathe::result<Value, Error>: both must be object types; for a reference,
#ifdef LATHE_CASE_error_reference
auto error_reference = sizeof(lathe::result<int, trouble&>);
#endif

// expect-error(void_error_reference): lathe::result<Value, Error>: both must be object types; for a
#ifdef LATHE_CASE_void_error_reference
auto void_error_reference = sizeof(lathe::result<void, trouble&>);
#endif

// An error is no value by accident.
// expect-error(bare_error): lathe::result: an error is no value; return it as lathe::failure
#ifdef LATHE_CASE_bare_error
lathe::result<int, trouble> bare() {
    return trouble::late;
}
#endif

// expect-error(ignored): nodiscard
#ifdef LATHE_CASE_ignored
#    pragma GCC diagnostic error "-Wunused-result"
void ignore() {
    good();
}
#endif

// expect-error(ignored_void): nodiscard
#ifdef LATHE_CASE_ignored_void
#    pragma GCC diagnostic error "-Wunused-result"
void ignore() {
    done();
}
#endif

// expect-error(bare_error_of_none): lathe::result: an error is no value; return it as lathe::failure
#ifdef LATHE_CASE_bare_error_of_none
lathe::result<void, trouble> bare() {
    return trouble::late;
}
#endif
