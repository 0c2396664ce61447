// SPDX-License-Identifier: MIT
#ifndef LATHE_CORE_DETAIL_CALLBACK_HPP
#define LATHE_CORE_DETAIL_CALLBACK_HPP

/// @file
/// @brief Any callable that is told of something.

#include <concepts>
#include <utility>

namespace lathe {
inline namespace v0 {
namespace detail {

// std::function would cost more to include than this, and what it holds must be copyable.
template <class... Args>
class callback {
public:
    callback() = default;
    // Takes whatever is given, so that what cannot be called gets this sentence: within the braces of options,
    // compilers would say no more than that nothing fits.
    template <class F>
    callback(F callable) { // NOLINT(google-explicit-constructor)
        constexpr bool is_callable = std::invocable<F&, Args...>;
        static_assert(
            is_callable,
            "lathe::callback<Args...>: what is given for this member of the options cannot be called with Args, "
            "which compilers show here; pass a callable that takes them");
        if constexpr (is_callable) m_callee = new callee_of<F>(std::move(callable));
    }
    callback(callback&& other) noexcept : m_callee(std::exchange(other.m_callee, nullptr)) {}
    callback& operator=(callback&&) = delete;
    ~callback() { delete m_callee; }

    [[nodiscard]] explicit operator bool() const noexcept { return m_callee != nullptr; }
    void operator()(Args... args) const { m_callee->call(std::forward<Args>(args)...); }

private:
    struct callee {
        callee() = default;
        callee(const callee&) = delete;
        callee& operator=(const callee&) = delete;
        virtual ~callee() = default;
        virtual void call(Args... args) = 0;
    };
    template <class F>
    struct callee_of final : callee {
        explicit callee_of(F&& given) : callable(std::move(given)) {}
        void call(Args... args) override { callable(std::forward<Args>(args)...); }
        F callable;
    };

    callee* m_callee = nullptr;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CORE_DETAIL_CALLBACK_HPP
