// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_CONCEPTS_HPP
#define LATHE_CORE_CONCEPTS_HPP

/// @file
/// @brief What the rooms of lathe may ask of each other: observers and executors.
/// @par Example
/// @snippet tests/core/concepts.cpp example

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

namespace lathe {
inline namespace v0 {

/// Something that wants to know when named work begins and ends.
///
/// @par Requires
/// `o.observe(name)` with a `std::string_view` returns an object. The work begins with the call and
/// ends when that object is destroyed, on the same thread. `name` is read during the call only.
/// @par Law
/// Observing never changes what the observed work does, and does not throw.
template <class T>
concept observer = requires(T& o, std::string_view name) {
    { o.observe(name) } -> std::destructible;
    requires !std::is_void_v<decltype(o.observe(name))>;
    requires noexcept(o.observe(name));
};

/// The observer that does nothing, at no cost.
struct null_observer {
    /// What `observe` hands out.
    struct scope {
        // A destructor of its own, so that an unused scope is not reported as an unused variable.
        constexpr ~scope() {} // NOLINT(modernize-use-equals-default)
    };
    /// @return an object whose destruction does nothing either.
    static constexpr scope observe(std::string_view /*name*/) noexcept { return {}; }
};

/// Something that runs work, somewhere and at some time.
///
/// @par Requires
/// `e.execute(f)` takes any move-constructible callable without parameters. Executors are cheap to
/// copy, and copies run work in the same place.
/// @par Law
/// `f` is called exactly once, or `execute` throws and `f` is not called at all. What `f` throws is
/// the executor's to handle: `f` should not let anything out.
template <class T>
concept executor = std::copy_constructible<T> && requires(const T& e, void (*f)()) { e.execute(f); };

/// The executor that calls the work at once, in the caller's thread.
struct inline_executor {
    /// Calls `work` before it returns; what `work` throws goes to the caller.
    /// @param work a callable without parameters.
    template <std::invocable Work>
    constexpr void execute(Work&& work) const {
        std::forward<Work>(work)();
    }
    /// All of them run work in the same place.
    friend constexpr bool operator==(const inline_executor&, const inline_executor&) = default;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_CONCEPTS_HPP
