// SPDX-License-Identifier: MIT
// One include for Catch2 2.13 (Debian 12) and Catch2 3.
#ifndef LATHE_TESTS_SUPPORT_CATCH_HPP
#define LATHE_TESTS_SUPPORT_CATCH_HPP

#include <string>

#if __has_include(<catch2/catch_test_macros.hpp>) // Catch2 3
#    include <catch2/catch_approx.hpp>
#    include <catch2/catch_template_test_macros.hpp>
#    include <catch2/catch_test_macros.hpp>
#    include <catch2/generators/catch_generators.hpp>
#    include <catch2/generators/catch_generators_range.hpp>
#    include <catch2/matchers/catch_matchers.hpp>
#    include <catch2/matchers/catch_matchers_exception.hpp>
#    include <catch2/matchers/catch_matchers_string.hpp>
namespace lathe_test {
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::Message; // REQUIRE_THROWS_MATCHES(expr, type, Message("..."))
} // namespace lathe_test
#else // Catch2 2
#    include <catch2/catch.hpp>
namespace lathe_test {
using Catch::Matchers::Message;
inline auto ContainsSubstring(const std::string& text) {
    return Catch::Matchers::Contains(text);
}
} // namespace lathe_test
#endif

#endif // LATHE_TESTS_SUPPORT_CATCH_HPP
