// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_MEMOIZE_METHOD_HPP
#define LATHE_CACHE_MEMOIZE_METHOD_HPP

/// @file
/// @brief Member functions that remember their results, and keep no object alive for that.
/// @par Example
/// @ref examples/memoize.cpp

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <lathe/cache/detail/memoize_checks.hpp>
#include <lathe/cache/detail/memoize_key.hpp>
#include <lathe/cache/detail/memoize_signature.hpp>
#include <lathe/cache/detail/memoize_table.hpp>
#include <lathe/cache/error.hpp>
#include <lathe/cache/memoize.hpp>
#include <lathe/cache/policy.hpp>
#include <lathe/cache/s3_fifo.hpp>
#include <lathe/core/type_name.hpp>

namespace lathe {
inline namespace v0 {

namespace detail {

template <class Method>
consteval bool is_const_method() {
    if constexpr (std::is_member_function_pointer_v<Method> && known_signature<Method>) {
        return memo_signature<Method>::is_const;
    } else {
        return false;
    }
}

template <class Method>
consteval bool has_key_receiver() {
    if constexpr (is_const_method<Method>()) {
        return flaw_of<typename memo_signature<Method>::class_type>() == key_flaw::none;
    } else {
        return true; // there is a sentence about it already
    }
}

template <class Method>
struct method_signature {
    using type = int(); // stands in for what is no member function
};
template <class Method>
    requires(is_const_method<Method>())
struct method_signature<Method> : memo_signature<Method> {};

// The receiver is an argument like the others.
template <class C, class Method, class R, class... A>
auto with_receiver(Method method, std::type_identity<R(A...)> /*signature*/) {
    return [method](const C& receiver, A... arguments) -> R {
        return (receiver.*method)(static_cast<A&&>(arguments)...);
    };
}

} // namespace detail

/// Makes a member function remember its results, by the value of its object.
///
/// The memo is called with the object first: `auto total = lathe::memoize_method(1000, &report::total); total(r,
/// 2024)`. The object is an argument like the others: it is looked up as it is, and copied when there is no result yet.
/// So the memo keeps no object alive, an object that has changed is another argument, and objects of equal value share
/// results.
/// @tparam Options of the `weak_cache` that has the results, such as a policy.
/// @param capacity how many results are kept.
/// @param method a const member function whose result depends on nothing but the value of its object and its arguments.
/// Its class can be copied, and is a described model or has `==` and a `std::hash`; otherwise give the class a member
/// `method_memo`.
/// @return the memo; see `memo`.
template <class... Options, class Method>
[[nodiscard]] auto memoize_method(std::size_t capacity, Method method) {
    constexpr bool is_const = detail::is_const_method<Method>();
    constexpr bool is_key = detail::has_key_receiver<Method>();
    static_assert(is_const,
                  "lathe::memoize_method: this is no const member function, and one that may change its object does "
                  "more than its result tells; pass a const one, such as &report::total");
    static_assert(is_key,
                  "lathe::memoize_method: objects of this class cannot be told apart by value: that takes a copy "
                  "constructor and all members with hash and ==, or std::hash and == of its own; or give the class "
                  "a member lathe::method_memo<&C::f>");
    if constexpr (is_const && is_key) {
        using signature = detail::memo_signature<Method>;
        return memoize<Options...>(capacity,
                                   detail::with_receiver<typename signature::class_type>(
                                       method, std::type_identity<typename signature::type>{}));
    } else {
        return detail::refused_memo({}, method);
    }
}

/// Does not compile: how many results are kept comes first, and is never guessed.
template <class... Options, class Method>
detail::refused_memo memoize_method(Method /*method*/, std::size_t capacity = 0) {
    static_assert(detail::always_false<Method>,
                  "lathe::memoize_method: how many results are kept comes first; write memoize_method(1000, &C::f)");
    return {{.capacity = capacity}, 0};
}

template <auto Method,
          class Policy = s3_fifo,
          class Signature = typename detail::method_signature<decltype(Method)>::type>
class method_memo;

/// The results of a member function for one object: a member of that object, which dies with it.
///
/// ```
/// class report {
/// public:
///     double total(int year) const { return m_total(*this, year); }
/// private:
///     double compute_total(int year) const;
///     lathe::method_memo<&report::compute_total> m_total{1000};
/// };
/// ```
/// It belongs to its object and is no part of its value: a copy of the object begins without results, an object that is
/// assigned to or moved from loses them, and all memos are equal. So the class stays copyable, movable and comparable
/// if it was. What else changes the object has to call `clear()`. Results take no memory before the first call.
/// @tparam Method a const member function of the class, declared before the memo.
/// @tparam Policy which results are kept; see `weak_cache`.
/// @par Thread safety
/// Calls may be made by all threads at a time, if the member function may be called so.
template <auto Method, class Policy, class R, class... A>
class method_memo<Method, Policy, R(A...)> {
    static_assert(detail::is_const_method<decltype(Method)>(),
                  "lathe::method_memo<&C::f>: f is no const member function, and one that may change its object does "
                  "more than its result tells; declare it const");
    static_assert(detail::check_memo<R(A...)>());
    using table_type = detail::memo_table<detail::sound_signature<R(A...)>, Policy>;

public:
    /// What a call returns.
    using result_type = std::remove_cvref_t<R>;
    /// An owner of a kept result.
    using handle = cache_handle<const result_type>;

    /// A memo that has no results.
    /// @param capacity how many results are kept, for each object.
    explicit method_memo(std::size_t capacity) noexcept : m_capacity(capacity) {}
    /// A memo of another object: without its results.
    method_memo(const method_memo& other) noexcept : m_capacity(other.m_capacity) {}
    /// As the copy constructor, but the object that is moved from changes: its results are forgotten.
    method_memo(method_memo&& other) noexcept : m_capacity(other.m_capacity) { other.drop(); }
    /// The object becomes another one: its results are forgotten.
    method_memo& operator=(const method_memo& other) noexcept {
        drop();
        m_capacity = other.m_capacity;
        return *this;
    }
    /// As the copy assignment; the results of the object that is moved from are forgotten too.
    method_memo& operator=(method_memo&& other) noexcept {
        other.drop();
        return *this = std::as_const(other);
    }
    ~method_memo() { drop(); }

    /// The result of the member function, as `memo` has it.
    /// @param receiver `*this` of the object that the memo is a member of.
    /// @param arguments what the member function takes.
    /// @return a copy of the result.
    /// @throws what the member function throws; nothing is kept then.
    /// @throws cache_error if the memo is no member of `receiver`, or if the member function asks for its result with
    /// the same arguments.
    template <class Receiver>
    result_type operator()(const Receiver& receiver, detail::memo_parameter<A>... arguments) const {
        static_assert(std::is_copy_constructible_v<result_type>,
                      "lathe::method_memo<&C::f>: the result cannot be copied, and the memo keeps it; ask by "
                      "call_shared(...), which returns a handle to it");
        return *call_shared(receiver, arguments...);
    }
    /// The result of the member function, shared with the memo.
    /// @param receiver `*this` of the object that the memo is a member of.
    /// @param arguments what the member function takes.
    /// @return an owner of the result, never empty; it may outlive the object.
    /// @throws as the call operator.
    template <class Receiver>
    [[nodiscard]] handle call_shared(const Receiver& receiver, detail::memo_parameter<A>... arguments) const {
        if (!is_member_of(receiver)) [[unlikely]] {
            fail<Receiver>();
        }
        return table().get(query{{arguments...}}, [&]() -> result_type {
            return (receiver.*Method)(static_cast<detail::memo_passed<A>>(arguments)...);
        });
    }

    /// Forgets one result.
    /// @param arguments of which call.
    /// @return whether there was one.
    bool forget(detail::memo_parameter<A>... arguments) {
        table_type* const made = m_table.load(std::memory_order_acquire);
        return made != nullptr && made->forget(query{{arguments...}});
    }
    /// Forgets all results, as is due when the object changes, and sets `hits` and `misses` back to 0.
    void clear() {
        if (table_type* const made = m_table.load(std::memory_order_acquire)) made->clear();
    }
    /// @return what the memo has done for this object, and what it holds.
    [[nodiscard]] memo_info cache_info() const {
        const table_type* const made = m_table.load(std::memory_order_acquire);
        if (made == nullptr) return {.capacity = m_capacity};
        const cache_stats now = made->stats();
        return {now.hits, now.misses, m_capacity, now.resident};
    }

    /// Memos are no part of their objects' values, so all are equal.
    friend constexpr bool operator==(const method_memo& /*left*/, const method_memo& /*right*/) noexcept {
        return true;
    }

private:
    using query = detail::memo_query<A...>;

    // An object that has another one's memo would get answers about that one.
    template <class Receiver>
    [[nodiscard]] bool is_member_of(const Receiver& receiver) const noexcept {
        const auto here = reinterpret_cast<std::uintptr_t>(this);
        const auto begin = reinterpret_cast<std::uintptr_t>(&reinterpret_cast<const char&>(receiver));
        return here - begin < sizeof(Receiver);
    }
    template <class Receiver>
    [[noreturn, gnu::cold]] static void fail() {
        throw cache_error("lathe::method_memo: it is asked about a " + std::string(type_name<Receiver>) +
                          " that it is no member of; call it with *this of the object that has it");
    }

    // Acquire and release: who sees the table sees it complete.
    table_type& table() const {
        if (table_type* const made = m_table.load(std::memory_order_acquire)) return *made;
        table_type* const mine = new table_type({.capacity = m_capacity, .shards = 1});
        table_type* others = nullptr;
        if (m_table.compare_exchange_strong(others, mine, std::memory_order_acq_rel, std::memory_order_acquire)) {
            return *mine;
        }
        delete mine;
        return *others;
    }
    // By whoever has the object to himself.
    void drop() noexcept { delete m_table.exchange(nullptr, std::memory_order_relaxed); }

    std::size_t m_capacity;
    mutable std::atomic<table_type*> m_table = nullptr;
};

} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_MEMOIZE_METHOD_HPP
