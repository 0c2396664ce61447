// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/rules.hpp>

#include <vector>

static_assert(lathe::length<5, 5>.check("abcde"));
[[maybe_unused]] static const bool good = lathe::each<lathe::positive>.check(std::vector<int>{1});

// expect-error(length_swapped): lathe::length<Least, Most>: Least is above Most, so no length is allowed; swap them
#ifdef LATHE_CASE_length_swapped
auto swapped = lathe::length<5, 2>;
#endif

// expect-error(each_of_none): lathe::each<Rules...>: give at least one rule, and rules only
#ifdef LATHE_CASE_each_of_none
auto none = lathe::each<>;
#endif

// expect-error(each_of_a_normaliser): lathe::each<Rules...>: give at least one rule, and rules only; attributes and normalisers belong into the list of the property itself
#ifdef LATHE_CASE_each_of_a_normaliser
auto trimmed_each = lathe::each<lathe::not_empty, lathe::trimmed>;
#endif

// expect-error(all_of_an_attribute): lathe::all_of<Rules...>: give at least one rule, and rules only
#ifdef LATHE_CASE_all_of_an_attribute
auto documented = lathe::all_of<lathe::not_empty, lathe::doc<"x">>;
#endif

// expect-error(any_of_none): lathe::any_of<Rules...>: give at least one rule, and rules only
#ifdef LATHE_CASE_any_of_none
auto nothing = lathe::any_of<>;
#endif

// expect-error(not_an_attribute): lathe::not_<Rule>: Rule must be a rule; attributes and normalisers have no opposite
#ifdef LATHE_CASE_not_an_attribute
auto opposite = lathe::not_<lathe::required>;
#endif
