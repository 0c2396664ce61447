// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/cache/expiry.hpp>
#include <lathe/cache/w_tiny_lfu.hpp>
#include <lathe/cache/weak_cache.hpp>

#include <memory>
#include <string>

struct key_without_hash {
    int number;
    bool operator==(const key_without_hash&) const = default;
};
struct key_without_comparison {
    int number;
};
struct any_hash {
    using is_transparent = void;
    template <class T>
    std::size_t operator()(const T&) const {
        return 0;
    }
};
struct any_equal {
    using is_transparent = void;
    template <class T, class U>
    bool operator()(const T&, const U&) const {
        return true;
    }
};

lathe::weak_cache<key_without_hash, int, lathe::hashed_by<any_hash>> control;

// expect-error(reference_key): lathe::weak_cache<Key, Value>: Key must be an object type, not a reference and not
// const; use
#ifdef LATHE_CASE_reference_key
lathe::weak_cache<int&, int> cache;
#endif

// expect-error(const_key): lathe::weak_cache<Key, Value>: Key must be an object type, not a reference and not const;
// use
#ifdef LATHE_CASE_const_key
lathe::weak_cache<const std::string, int> cache;
#endif

// expect-error(reference_value): lathe::weak_cache<Key, Value>: Value must be an object type and no array; for a
// reference
#ifdef LATHE_CASE_reference_value
lathe::weak_cache<int, int&> cache;
#endif

// expect-error(array_value): lathe::weak_cache<Key, Value>: Value must be an object type and no array; for a reference
#ifdef LATHE_CASE_array_value
lathe::weak_cache<int, int[3]> cache;
#endif

// expect-error(no_option): lathe::weak_cache<Key, Value, Options...>: one of Options is neither an option of
#ifdef LATHE_CASE_no_option
lathe::weak_cache<int, int, std::string> cache;
#endif

// expect-error(two_policies): lathe::weak_cache<Key, Value, Options...>: two of Options choose the same thing, such as
// the policy
#ifdef LATHE_CASE_two_policies
lathe::weak_cache<int, int, lathe::lru, lathe::fifo> cache;
#endif

// Clang says where it was asked, too.
// max-lines(half_a_policy): gcc 12 clang 14
// expect-error(half_a_policy): lathe::eviction_policy<Policy>: Policy::queue must be a class template of an entry and
// an
#ifdef LATHE_CASE_half_a_policy
struct half {
    struct entry {};
};
lathe::weak_cache<int, int, half> cache;
#endif

// expect-error(no_hash): lathe::weak_cache<Key, Value>: Key has no hash; specialise std::hash for it, make it a
// described model
#ifdef LATHE_CASE_no_hash
lathe::weak_cache<key_without_hash, int> cache;
#endif

// expect-error(no_comparison): lathe::weak_cache<Key, Value>: keys cannot be compared; give Key an operator==
#ifdef LATHE_CASE_no_comparison
lathe::weak_cache<key_without_comparison, int, lathe::hashed_by<any_hash>> cache;
#endif

// expect-error(idle_clock): lathe::weak_cache<Key, Value, Options...>: timed_by<Clock> is of use only with
// expire_after_write
#ifdef LATHE_CASE_idle_clock
lathe::weak_cache<int, int, lathe::timed_by<std::chrono::steady_clock>> cache;
#endif

// expect-error(option_of_another_cache): lathe::weak_cache: this member of the options needs an option of the cache's
// type
#ifdef LATHE_CASE_option_of_another_cache
lathe::weak_cache<int, int> cache{{.capacity = 5, .expire_after_write = std::chrono::seconds(5)}};
#endif

// expect-error(clock_that_stands): lathe::weak_cache<Key, Value, Options...>: the Clock in timed_by does not tell the
// time
#ifdef LATHE_CASE_clock_that_stands
struct sundial {
    int hour = 12;
};
lathe::weak_cache<int, int, lathe::expire_after_write, lathe::timed_by<sundial>> cache;
#endif

// expect-error(no_observer): lathe::weak_cache<Key, Value, Options...>: the Observer in observed_by is none
#ifdef LATHE_CASE_no_observer
lathe::weak_cache<int, int, lathe::observed_by<std::string>> cache;
#endif

// expect-error(no_allocator): lathe::weak_cache<Key, Value, Options...>: the Allocator in allocated_by is none
#ifdef LATHE_CASE_no_allocator
lathe::weak_cache<int, int, lathe::allocated_by<int>> cache;
#endif

// expect-error(bare_number): use of deleted function|call to deleted constructor
// expect-text(bare_number): // lathe::weak_cache: say what the number is: {{.capacity = 512}}
#ifdef LATHE_CASE_bare_number
lathe::weak_cache<int, int> cache{512};
#endif

// expect-error(no_weight): lathe::weak_cache<Key, Value, Options...>: the callable in weighed_by can be called neither
#ifdef LATHE_CASE_no_weight
struct blob {
    std::size_t size() { return 1; } // not const
};
lathe::weak_cache<int, blob, lathe::weighed_by<&blob::size>> cache;
auto use = cache.put(1, blob{});
#endif

// expect-error(loader_takes_something_else): lathe::weak_cache::get_or_load: the loader can be called neither with the
// key
#ifdef LATHE_CASE_loader_takes_something_else
lathe::weak_cache<std::string, int> cache;
auto use = cache.get_or_load("a", [](int*) { return 1; });
#endif

// expect-error(loader_returns_nothing): lathe::weak_cache::get_or_load: no Value can be made of what the loader
// returns;
#ifdef LATHE_CASE_loader_returns_nothing
lathe::weak_cache<std::string, int> cache;
auto use = cache.get_or_load("a", [] {});
#endif

// expect-error(loader_returns_something_else): lathe::weak_cache::get_or_load: no Value can be made of what the loader
// returns;
#ifdef LATHE_CASE_loader_returns_something_else
lathe::weak_cache<std::string, int> cache;
auto use = cache.get_or_load("a", [] { return std::string("no number"); });
#endif

// Objects of derived classes are destroyed as what they are only by a virtual destructor.
// expect-error(no_virtual_destructor): lathe::weak_cache::get_or_load: no Value can be made of what the loader returns;
#ifdef LATHE_CASE_no_virtual_destructor
struct base {};
struct derived : base {};
lathe::weak_cache<std::string, base> cache;
auto use = cache.get_or_load("a", [] { return std::make_unique<derived>(); });
#endif

// expect-error(no_key_to_load): lathe::weak_cache::get_or_load: a Key cannot be made of what is looked up; make it
// yourself and
#ifdef LATHE_CASE_no_key_to_load
lathe::weak_cache<key_without_comparison, int, lathe::hashed_by<any_hash>, lathe::compared_by<any_equal>> cache;
auto use = cache.get_or_load(std::string("a"), [] { return 1; });
#endif

// expect-error(put_something_else): lathe::weak_cache::put: no Value can be made of this; pass a Value, or a
// std::unique_ptr to an
#ifdef LATHE_CASE_put_something_else
lathe::weak_cache<std::string, int> cache;
auto use = cache.put("a", std::string("no number"));
#endif

// expect-error(snapshot_of_what_is_not_copied): lathe::weak_cache::snapshot: it copies the keys, and Key cannot be
// copied; let
#ifdef LATHE_CASE_snapshot_of_what_is_not_copied
lathe::weak_cache<std::unique_ptr<int>, int> cache;
auto use = cache.snapshot();
#endif

// What is lent is not the callable's to change.
// expect-error(with_changes_it): lathe::weak_cache::with: f cannot be called with the value
#ifdef LATHE_CASE_with_changes_it
lathe::weak_cache<std::string, int> cache;
auto use = cache.with("a", [](int& value) { ++value; });
#endif

// expect-error(erase_if_by_value): lathe::weak_cache::erase_if: the predicate cannot be asked about a key and its value
#ifdef LATHE_CASE_erase_if_by_value
lathe::weak_cache<std::string, int> cache;
auto use = cache.erase_if([](int value) { return value > 1; });
#endif
