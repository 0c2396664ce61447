// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/model/number_rules.hpp>

#include <limits>

struct unordered {
    int value;
};

[[maybe_unused]] constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

static_assert(lathe::in_range<0, 150>.check(0) && lathe::in_range<1, 1>.check(1));
static_assert(lathe::at_least<1.5>.check(2) && lathe::multiple_of<2>.check(2) && lathe::one_of<1>.check(1));

// expect-error(swapped): lathe::in_range<Low, High>: Low is above High, so no value is allowed; swap them
#ifdef LATHE_CASE_swapped
bool swapped = lathe::in_range<150, 0>.check(1);
#endif

// expect-error(swapped_mixed): lathe::in_range<Low, High>: Low is above High, so no value is allowed; swap them
#ifdef LATHE_CASE_swapped_mixed
bool swapped = lathe::in_range<0U, -1>.check(1);
#endif

// expect-error(range_of_nan): lathe::in_range<Low, High>: Low and High cannot be compared, or one is NaN; give two numbers
#ifdef LATHE_CASE_range_of_nan
bool nan_range = lathe::in_range<0.0, not_a_number>.check(1);
#endif

// expect-error(range_of_unordered): lathe::in_range<Low, High>: Low and High cannot be compared, or one is NaN; give two numbers
#ifdef LATHE_CASE_range_of_unordered
auto unordered_range = lathe::in_range<unordered{1}, unordered{2}>;
#endif

// expect-error(range_of_two_kinds): lathe::in_range<Low, High>: Low and High cannot be compared, or one is NaN; give two numbers
#ifdef LATHE_CASE_range_of_two_kinds
auto two_kinds = lathe::in_range<1, 'a'>;
#endif

// expect-error(at_least_nan): lathe::at_least<Bound>: Bound is NaN or has no operator<, so no value is allowed; write a number
#ifdef LATHE_CASE_at_least_nan
bool nan_bound = lathe::at_least<not_a_number>.check(1);
#endif

// expect-error(at_most_nan): lathe::at_most<Bound>: Bound is NaN or has no operator<, so no value is allowed; write a number
#ifdef LATHE_CASE_at_most_nan
bool nan_bound = lathe::at_most<not_a_number>.check(1);
#endif

// expect-error(greater_than_nan): lathe::greater_than<Bound>: Bound is NaN or has no operator<, so no value is allowed; write a number
#ifdef LATHE_CASE_greater_than_nan
bool nan_bound = lathe::greater_than<not_a_number>.check(1);
#endif

// expect-error(less_than_nan): lathe::less_than<Bound>: Bound is NaN or has no operator<, so no value is allowed; write a number
#ifdef LATHE_CASE_less_than_nan
bool nan_bound = lathe::less_than<not_a_number>.check(1);
#endif

// expect-error(unordered_bound): lathe::at_least<Bound>: Bound is NaN or has no operator<, so no value is allowed; write a number
#ifdef LATHE_CASE_unordered_bound
auto unordered_bound = lathe::at_least<unordered{1}>;
#endif

// expect-error(multiple_of_zero): lathe::multiple_of<Divisor>: Divisor must be a finite number other than zero; to allow zero alone write one_of<0>
#ifdef LATHE_CASE_multiple_of_zero
auto zero = lathe::multiple_of<0>;
#endif

// expect-error(multiple_of_infinity): lathe::multiple_of<Divisor>: Divisor must be a finite number other than zero
#ifdef LATHE_CASE_multiple_of_infinity
auto infinite = lathe::multiple_of<std::numeric_limits<double>::infinity()>;
#endif

// expect-error(one_of_none): lathe::one_of<Values...>: there are no Values, so none is allowed; list at least one
#ifdef LATHE_CASE_one_of_none
auto none = lathe::one_of<>;
#endif
