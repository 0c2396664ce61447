// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_MEMOIZE_HPP
#define LATHE_CACHE_MEMOIZE_HPP

/// @file
/// @brief Functions that remember their results.
/// @par Example
/// @ref examples/memoize.cpp

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <lathe/cache/detail/memoize_checks.hpp>
#include <lathe/cache/detail/memoize_key.hpp>
#include <lathe/cache/detail/memoize_signature.hpp>
#include <lathe/cache/detail/memoize_table.hpp>
#include <lathe/cache/handle.hpp>

namespace lathe {
inline namespace v0 {

/// What a memo has done since it was made or cleared, and what it holds: the `cache_info()` of Python's `lru_cache`.
struct memo_info {
    std::uint64_t hits = 0;   ///< calls that were answered from memory
    std::uint64_t misses = 0; ///< calls that called the function, or waited for another thread that did
    std::size_t capacity = 0; ///< how many results are kept at most
    std::size_t size = 0;     ///< how many results are kept
    /// Equal when all numbers are.
    friend constexpr bool operator==(const memo_info&, const memo_info&) = default;
};

template <class F, class Signature, class... Options>
class memo;

/// A function that remembers its results; made by `memoize`.
///
/// It is called as the function itself is. Of each result only the first call, for these arguments, calls the function;
/// further threads that ask meanwhile wait for it. Up to `capacity` results are kept, chosen by the policy.
///
/// Arguments are the same when they are equal by `==`, if their type has that and a `std::hash`, and otherwise part by
/// part: models by their fields, as `lathe::equal` compares them, and so tuples, optionals, variants and containers.
/// Text that is taken as `std::string_view` or `const char*` is compared as text, and kept as a string; other pointers
/// are compared by address. A number that is not equal to itself (NaN) is never found again.
///
/// A call that is answered from memory copies no argument. Results are kept by value, also those that the function
/// returns by reference; what pointers and views in them refer to must outlive the memo.
///
/// @tparam F the function, or anything that can be called.
/// @tparam R what it returns.
/// @tparam A what it takes.
/// @tparam Options of the `weak_cache` that has the results, such as a policy.
/// @par Thread safety
/// All members may be called by all threads at a time, if the function may. It is called with no lock held.
/// @par Example
/// @ref examples/memoize.cpp
template <class F, class R, class... A, class... Options>
class memo<F, R(A...), Options...> {
    static_assert(detail::check_memo<R(A...)>());
    using table_type = detail::memo_table<R(A...), Options...>;

public:
    /// What a call returns.
    using result_type = typename table_type::result;
    /// An owner of a kept result.
    using handle = cache_handle<const result_type>;
    /// How much is kept, and for how long: those of the `weak_cache`.
    using options = typename table_type::options;

    /// A memo that has no results yet.
    /// @param chosen how much is kept.
    /// @param function what is called for results.
    memo(options chosen, F function) : m_table(std::move(chosen)), m_function(std::move(function)) {}
    memo(const memo&) = delete;
    memo& operator=(const memo&) = delete;
    ~memo() = default;

    /// The result of the function for these arguments.
    /// @param arguments what the function takes; by const reference what it takes by value.
    /// @return a copy of the result; `call_shared` copies nothing.
    /// @throws what the function throws, to all who wait for it; nothing is kept then, and the next call calls it
    /// again.
    /// @throws cache_error if the function, called with these arguments, asks for its result with the same arguments.
    result_type operator()(detail::memo_parameter<A>... arguments) const {
        static_assert(std::is_copy_constructible_v<result_type>,
                      "lathe::memoize: the result cannot be copied, and the memo keeps it; ask by call_shared(...), "
                      "which returns a handle to it");
        return *call_shared(arguments...);
    }
    /// The result of the function for these arguments, shared with the memo: for results that are large, or cannot be
    /// copied or moved.
    /// @param arguments what the function takes.
    /// @return an owner of the result, never empty. It keeps the result alive and in the memo, whatever the capacity.
    /// @throws as the call operator.
    [[nodiscard]] handle call_shared(detail::memo_parameter<A>... arguments) const {
        return m_table.get(query{{arguments...}}, [&]() -> result_type { return call(arguments...); });
    }

    /// Forgets one result.
    /// @param arguments of which call.
    /// @return whether there was one.
    bool forget(detail::memo_parameter<A>... arguments) { return m_table.forget(query{{arguments...}}); }
    /// Forgets all results, and sets `hits` and `misses` back to 0. What is being computed meanwhile is not kept.
    void clear() { m_table.clear(); }

    /// @return what the memo has done and what it holds.
    [[nodiscard]] memo_info cache_info() const {
        const cache_stats now = m_table.stats();
        return {now.hits, now.misses, m_table.capacity(), now.resident};
    }

private:
    using query = detail::memo_query<A...>;

    R call(detail::memo_parameter<A>... arguments) const {
        if constexpr (std::is_invocable_v<F&, detail::memo_passed<A>...>) {
            return m_function(static_cast<detail::memo_passed<A>>(arguments)...);
        } else {
            static_assert(std::is_invocable_v<F&, const memo&, detail::memo_passed<A>...>,
                          "lathe::memoize<R(A...)>: f can be called neither with arguments A, nor with the memo before "
                          "them; write the types that it takes");
            return m_function(*this, static_cast<detail::memo_passed<A>>(arguments)...);
        }
    }

    table_type m_table;
    mutable F m_function; // it may have state of its own, as a mutable lambda has
};

namespace detail {

// What memoize returns, and takes options for, where there is a mistake: so that it gives no message but its own.
struct refused_memo {
    using options = cache_options<cache_traits<int, int>>;
    template <class F>
    refused_memo(options /*chosen*/, const F& /*f*/) {}
    template <class... Arguments>
    int operator()(const Arguments&... /*arguments*/) const;
};

template <class F, class... Chosen>
struct memo_maker {
    using type = refused_memo;
    static consteval void check() {
        constexpr bool is_member = std::is_member_function_pointer_v<F>;
        static_assert(!is_member,
                      "lathe::memoize: f is a member function; use lathe::memoize_method, or a member "
                      "lathe::method_memo<&C::f> of its class");
        static_assert(is_member,
                      "lathe::memoize: what f takes and returns cannot be seen, for it is generic or overloaded; write "
                      "it: memoize<long(int)>(capacity, f)");
    }
};
template <class F, class Signature, class... Options>
struct memo_maker_for {
    using type = std::conditional_t<memo_terms<Signature>::met, memo<F, Signature, Options...>, refused_memo>;
    static consteval void check() { check_memo<Signature>(); }
};
template <class F, class... Options>
    requires without_signature<Options...> && known_callable<F>
struct memo_maker<F, Options...> : memo_maker_for<F, typename memo_signature<F>::type, Options...> {};
template <class F, class R, class... A, class... Options>
struct memo_maker<F, R(A...), Options...> : memo_maker_for<F, R(A...), Options...> {};

template <class F, class... Chosen>
using memo_of = typename memo_maker<F, Chosen...>::type;

} // namespace detail

/// Makes a function remember its results.
///
/// `lathe::memoize(1000, f)` finds what `f` takes and returns where `f` is a function, a lambda, or an object with one
/// call operator. A function that calls itself takes the memo first and writes its result:
/// `[](auto& self, int n) -> long { return n < 2 ? n : self(n - 1) + self(n - 2); }`. For other generic or overloaded
/// ones say it: `lathe::memoize<long(int)>(1000, f)`.
/// @tparam Chosen the signature, if it cannot be found, then options of the `weak_cache` that has the results:
/// `memoize<lathe::lru>`, `memoize<long(int), lathe::lru>`.
/// @param capacity how many results are kept. With 0 none is, but threads that ask for the same at a time share it.
/// @param f the function. Its result depends on nothing but its arguments.
/// @return the memo, which has `f`; it can be neither copied nor moved.
template <class... Chosen, class F>
[[nodiscard]] auto memoize(std::size_t capacity, F f) {
    detail::memo_maker<F, Chosen...>::check();
    return detail::memo_of<F, Chosen...>({.capacity = capacity, .shards = 1}, std::move(f));
}

/// As above, with all that the cache of the results can be told: a bound by weight, a lifetime, more shards for more
/// threads (above there is one, which fills to the last place).
/// @param chosen as in `memoize<lathe::expire_after_write>({.capacity = 1000, .expire_after_write = 5min}, f)`.
/// @param f the function.
/// @return the memo.
template <class... Chosen, class F>
[[nodiscard]] auto memoize(typename detail::memo_of<F, Chosen...>::options chosen, F f) {
    detail::memo_maker<F, Chosen...>::check();
    return detail::memo_of<F, Chosen...>(std::move(chosen), std::move(f));
}

/// Does not compile: how many results are kept comes first, and is never guessed.
template <class... Chosen, class F>
detail::refused_memo memoize(const F& /*f*/, std::size_t capacity = 0) {
    static_assert(detail::always_false<F>,
                  "lathe::memoize: how many results are kept comes first; write memoize(1000, f)");
    return {{.capacity = capacity}, 0};
}

} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_MEMOIZE_HPP
