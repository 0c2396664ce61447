// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/convert.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <lathe/model/property.hpp>

struct model {
    int a;
};
[[maybe_unused]] static bool good() {
    return lathe::from_text<int>("1").has_value() && lathe::from_text<lathe::property<std::string>>("x").has_value();
}

// expect-error(a_model): lathe::from_text: a value of this type cannot be read from one text; give it a
#ifdef LATHE_CASE_a_model
auto a_model = lathe::from_text<model>("");
#endif

// expect-error(container): lathe::from_text: a value of this type cannot be read from one text; give it a
#ifdef LATHE_CASE_container
auto container = lathe::from_text<std::vector<int>>("");
#endif

// expect-error(view): lathe::from_text: a value of this type cannot be read from one text; give it a
#ifdef LATHE_CASE_view
auto view = lathe::from_text<std::string_view>("");
#endif

// expect-error(property): lathe::from_text: a value of this type cannot be read from one text; give it a
#ifdef LATHE_CASE_property
auto property = lathe::from_text<lathe::property<model>>("");
#endif

// expect-error(alternative): lathe::from_text: a value of this type cannot be read from one text; give it a
#ifdef LATHE_CASE_alternative
auto alternative = lathe::from_text<std::optional<std::variant<int, model>>>("");
#endif

enum unfixed { some };
// expect-error(unfixed_enum): lathe::from_text: a value of this type cannot be read from one text; give it a
#ifdef LATHE_CASE_unfixed_enum
auto unfixed_enum = lathe::from_text<unfixed>("some");
#endif

// expect-error(ignored): nodiscard
#ifdef LATHE_CASE_ignored
#    pragma GCC diagnostic error "-Wunused-result"
void ignored() {
    lathe::from_text<int>("1");
}
#endif
