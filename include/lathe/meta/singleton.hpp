// SPDX-License-Identifier: MIT
#ifndef LATHE_META_SINGLETON_HPP
#define LATHE_META_SINGLETON_HPP

/// @file
/// @brief Classes of which there is one object.
/// @par Example
/// @ref examples/singleton.cpp

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <type_traits>
#include <utility>

#include <lathe/core/type_name.hpp>
#include <lathe/meta/detail/singleton_checks.hpp>
#include <lathe/meta/detail/singleton_making.hpp>
#include <lathe/meta/detail/singleton_slot.hpp>
#include <lathe/meta/singleton_error.hpp>

namespace lathe {
inline namespace v0 {

/// How long singletons live.
namespace lifetime {

/// From the first use to the end of the program; destroyed in reverse order of making, as statics are.
struct [[gnu::visibility("default")]] scoped {};
/// From the first use on, and never destroyed.
struct [[gnu::visibility("default")]] immortal {};
/// One object for each thread, from the first use there to the end of the thread.
struct [[gnu::visibility("default")]] per_thread {};
/// Made by the compiler, as a `constinit` variable is: always there.
struct [[gnu::visibility("default")]] constant {};

} // namespace lifetime

/// Puts back what was there before `T::replace`, and destroys the object that stood in, when it is destroyed itself.
/// @tparam T the singleton.
/// @par Thread safety
/// Replacing is safe at any time, but the object that stood in is destroyed with this: by then no other thread may
/// use it. With lifetime::per_thread it stays on its thread.
template <class T>
class [[nodiscard]] singleton_replacement {
public:
    /// Takes over; the other one then puts back nothing.
    singleton_replacement(singleton_replacement&& other) noexcept
        : m_slot(other.m_slot), m_substitute(std::exchange(other.m_substitute, nullptr)) {}
    singleton_replacement& operator=(singleton_replacement&&) = delete; ///< A guard guards one replacement.
    /// Puts back what was there before, even if that is nothing. Replacements may end in any order.
    ~singleton_replacement() {
        if (m_substitute == nullptr) return;
        m_slot->remove(*m_substitute);
        delete m_substitute;
    }

private:
    template <class, class>
    friend class singleton;

    singleton_replacement(detail::singleton_slot<T>& slot, detail::singleton_substitute<T>* substitute) noexcept
        : m_slot(&slot), m_substitute(substitute) {
        slot.add(*substitute);
    }

    detail::singleton_slot<T>* m_slot;
    detail::singleton_substitute<T>* m_substitute; // owned; by hand, since <memory> is as large as all of this
};

/// Makes a class one of which there is one object, made on first use, once, whichever thread comes first.
///
/// The class itself inherits from it, keeps its constructors private, and befriends it, by one line for all lifetimes:
/// `class logger : public lathe::singleton<logger> { friend lathe::singleton<logger>; ... };`. Every class that does so
/// has its own object, and so has every specialisation of a class template: `logger<"audit">` and `logger<"error">`
/// are two.
///
/// A constructor that throws leaves nothing; its exception goes to the thread that ran it, and the next use, or one of
/// the threads that wait, tries again. Different singletons are made in parallel. Those that need each other to be made
/// are an error, be it on one thread or on several, and not a deadlock.
///
/// @tparam T the class that inherits.
/// @tparam Lifetime one of `lathe::lifetime`.
/// @par Thread safety
/// Every member may be called from any thread at any time, before `main` and during the exit too. The object itself
/// has to see to its own members.
/// @par Complexity
/// Once made, a use costs no more instructions than that of a static variable in a function.
/// @par Shared libraries
/// All libraries of a process share the object if the class is visible; with -fvisibility=hidden, mark it
/// `[[gnu::visibility("default")]]`. A hidden class is another class in each library, and has an object in each. What
/// is opened with RTLD_LOCAL shares it as well when it is compiled by g++; clang's plug-ins do so where their host, or
/// a library that it is linked with, uses the singleton and exports its symbols.
template <class T, class Lifetime = lifetime::scoped>
class [[gnu::visibility("default")]] singleton {
    static_assert(std::is_same_v<Lifetime, lifetime::scoped> || std::is_same_v<Lifetime, lifetime::immortal> ||
                      std::is_same_v<Lifetime, lifetime::per_thread>,
                  "lathe::singleton<T, Lifetime>: Lifetime must be one of lathe::lifetime; write scoped, immortal, "
                  "per_thread or constant");

public:
    singleton(const singleton&) = delete;            ///< There is one.
    singleton& operator=(const singleton&) = delete; ///< There is one.

    /// @return the object, which is made now if it is not yet. While its destructor runs it is still the one.
    /// @throws singleton_error when its own constructor asks for it, or that of another which it needs; after its
    ///         destruction; and when it is not made yet and has no constructor without arguments.
    /// @throws anything its constructor throws; then there is none.
    static T& instance() {
        if constexpr (detail::is_single<T, singleton>()) {
            if (T* const made = current()) [[likely]]
                return *made;
            return first_use();
        } else {
            __builtin_unreachable(); // does not compile
        }
    }

    /// Makes the object with arguments, before its first use.
    /// @param args for a private constructor of `T`.
    /// @return the object.
    /// @throws singleton_error when it is made or replaced already, since arguments are never ignored; and as
    /// instance().
    template <class... Args>
    static T& emplace(Args&&... args);

    /// @return whether it is there: made and not destroyed, or replaced. While its constructor runs it is not there.
    [[nodiscard]] static bool is_constructed() noexcept { return current() != nullptr; }

    /// Has another object stand in, for a test: `auto guard = settings::replace("test.toml");`. That is made first,
    /// and its constructor may use what it replaces. References from before keep to the old object, which lives on.
    /// @tparam Other `T`, or a class that inherits from it.
    /// @param args for a constructor of `Other`.
    /// @return the guard, which puts back what was there before, even if that is nothing.
    /// @throws singleton_error after the destruction of the object.
    /// @throws anything the constructor throws; then nothing has changed.
    template <class Other = T, class... Args>
    [[nodiscard]] static singleton_replacement<T> replace(Args&&... args);

protected:
    ~singleton() = default; ///< Only a part of its class.

private:
    friend T;
    template <class, class>
    friend class singleton;

    constexpr singleton() noexcept = default;

    static constexpr bool is_per_thread = std::is_same_v<Lifetime, lifetime::per_thread>;
    using home = std::conditional_t<is_per_thread, detail::thread_singleton<T>, detail::shared_singleton<T>>;

    static T* current() noexcept {
        // Acquire, for who sees the pointer must see the object; that of the own thread is seen anyway.
        return home::slot.current.load(is_per_thread ? std::memory_order_relaxed : std::memory_order_acquire);
    }
    [[gnu::cold, gnu::noinline]] static T& first_use();
    template <class... Args>
    static T& make(detail::singleton_making& making, Args&&... args);
    static void destroy() noexcept;

    struct destroyer {
        ~destroyer() { destroy(); }
    };
    template <class Other>
    struct stand_in : detail::singleton_substitute<T> {
        template <class... Args>
        explicit stand_in(Args&&... args)
            : made(singleton<T>::template make_at<Other>(storage, std::forward<Args>(args)...)) {
            this->object = made;
        }
        ~stand_in() override { singleton<T>::destroy_at(made); }

        alignas(Other) std::byte storage[sizeof(Other)];
        Other* made;
    };

    // T befriends singleton<T> whatever its lifetime is, so the others reach the constructors of T through that one.
    template <class U, class... Args>
    static constexpr bool can_make =
        requires(void* where, Args&&... args) { ::new (where) U(static_cast<Args&&>(args)...); };
    template <class U>
    static constexpr bool make_and_drop() {
        static_cast<void>(U());
        return true;
    }
    template <class U>
    static constexpr bool can_make_constant = requires {
        requires can_make<U>;
        typename std::bool_constant<make_and_drop<U>()>;
    };
    template <class U, class... Args>
    static U* make_at(void* where, Args&&... args) {
        return ::new (where) U(std::forward<Args>(args)...);
    }
    template <class U>
    static void destroy_at(U* object) noexcept {
        object->U::~U();
    }
    struct constant {
        static inline constinit T object = T();
    };
};

/// The one for constants: a `constinit` object in static storage, made by the compiler. There is no guard and no code:
/// a use of it is a use of a global variable.
///
/// @tparam T the class that inherits; it has a private constexpr constructor without arguments, and a trivial
///           destructor. The object is not const: its members may be, or be atomic.
template <class T>
class [[gnu::visibility("default")]] singleton<T, lifetime::constant> {
public:
    singleton(const singleton&) = delete;            ///< There is one.
    singleton& operator=(const singleton&) = delete; ///< There is one.

    /// @return the object.
    static constexpr T& instance() noexcept;

    /// Does not compile: there is no first use, and arguments are never ignored.
    template <class... Args>
    static T& emplace(Args&&...) {
        static_assert(!std::is_same_v<T, T>,
                      "lathe::singleton<T, lifetime::constant>::emplace: the compiler has made the object already; use "
                      "another lifetime, or write its values in the class");
        __builtin_unreachable(); // does not compile
    }

    /// @return true.
    [[nodiscard]] static constexpr bool is_constructed() noexcept { return true; }

    /// Does not compile: a use knows no other object.
    template <class Other = T, class... Args>
    static singleton_replacement<T> replace(Args&&...) {
        static_assert(
            !std::is_same_v<T, T>,
            "lathe::singleton<T, lifetime::constant>::replace: uses of a constant are compiled in and know no "
            "other object; use another lifetime");
        __builtin_unreachable(); // does not compile
    }

protected:
    ~singleton() = default; ///< Only a part of its class.

private:
    friend T;
    constexpr singleton() noexcept = default;
};

// ---- implementation --------------------------------------------------------

template <class T, class Lifetime>
T& singleton<T, Lifetime>::first_use() {
    while (true) {
        constexpr bool can = singleton<T>::template can_make<T>;
        detail::singleton_making making(home::slot.state, type_name<T>, can);
        if (making.is_mine()) {
            if constexpr (can) return make(making);
        } else if (T* const made = current()) {
            return *made;
        }
    }
}

template <class T, class Lifetime>
template <class... Args>
T& singleton<T, Lifetime>::emplace(Args&&... args) {
    constexpr bool is_single = detail::is_single<T, singleton>();
    constexpr bool can = !is_single || singleton<T>::template can_make<T, Args...>;
    static_assert(can,
                  "lathe::singleton<T>::emplace: T has no constructor that takes these arguments, or hides it from "
                  "lathe::singleton<T>; write that constructor, and friend lathe::singleton<T>");
    constexpr bool is_closed = !is_single || !can || !detail::made_by_anyone<T, Args...>();
    static_assert(is_closed,
                  "lathe::singleton<T>::emplace: this constructor of T is public, so there could be two; "
                  "make it private, and write friend lathe::singleton<T>");
    if constexpr (is_single && can && is_closed) {
        if (current() == nullptr) {
            detail::singleton_making making(home::slot.state, type_name<T>, true);
            if (making.is_mine()) return make(making, std::forward<Args>(args)...);
        }
        detail::throw_singleton_error(type_name<T>,
                                      "::emplace",
                                      "it is made already, and the arguments would be ignored; call emplace before "
                                      "the first use");
    } else {
        __builtin_unreachable(); // does not compile
    }
}

template <class T, class Lifetime>
template <class... Args>
T& singleton<T, Lifetime>::make(detail::singleton_making& making, Args&&... args) {
    T* const object = singleton<T>::template make_at<T>(home::slot.storage, std::forward<Args>(args)...);
    // Now and not before, so that it is destroyed earlier than what its constructor has used.
    if constexpr (is_per_thread) {
        static thread_local destroyer at_end_of_thread;
        static_cast<void>(at_end_of_thread);
    } else if constexpr (std::is_same_v<Lifetime, lifetime::scoped>) {
        if (std::atexit(&singleton::destroy) != 0) {
            singleton<T>::destroy_at(object);
            throw std::bad_alloc();
        }
    }
    home::slot.set_own(object, making);
    return *object;
}

template <class T, class Lifetime>
void singleton<T, Lifetime>::destroy() noexcept {
    if (T* const object = home::slot.get_own()) {
        singleton<T>::destroy_at(object);
        home::slot.forget_own();
    }
}

template <class T, class Lifetime>
template <class Other, class... Args>
singleton_replacement<T> singleton<T, Lifetime>::replace(Args&&... args) {
    constexpr bool is_single = detail::is_single<T, singleton>();
    constexpr bool is_kin = !is_single || std::is_base_of_v<T, Other>;
    static_assert(is_kin,
                  "lathe::singleton<T>::replace<Other>: Other must be T or inherit from it, or who uses T could "
                  "not use it; let Other inherit from T, whose constructor is then protected");
    constexpr bool can = !is_single || !is_kin || singleton<T>::template can_make<Other, Args...>;
    static_assert(can,
                  "lathe::singleton<T>::replace: no constructor takes these arguments, or it is hidden from "
                  "lathe::singleton<T>; write that constructor, and friend lathe::singleton<T>");
    if constexpr (is_single && is_kin && can) {
        if (home::slot.state.phase == detail::singleton_state::gone) detail::throw_singleton_gone(type_name<T>);
        return {home::slot, new stand_in<Other>(std::forward<Args>(args)...)};
    } else {
        __builtin_unreachable(); // does not compile
    }
}

template <class T>
constexpr T& singleton<T, lifetime::constant>::instance() noexcept {
    constexpr bool is_single = detail::is_single<T, singleton>();
    constexpr bool is_trivial = !is_single || std::is_trivially_destructible_v<T>;
    static_assert(is_trivial,
                  "lathe::singleton<T, lifetime::constant>: T has a destructor, which nobody would call; "
                  "use lifetime::immortal, or lifetime::scoped, which calls it");
    constexpr bool is_constant = !is_single || !is_trivial || singleton<T>::template can_make_constant<T>;
    static_assert(is_constant,
                  "lathe::singleton<T, lifetime::constant>: the compiler cannot make a T; write a constexpr "
                  "constructor without arguments, and friend lathe::singleton<T>");
    if constexpr (is_single && is_trivial && is_constant) {
        return singleton<T>::constant::object;
    } else {
        __builtin_unreachable(); // does not compile
    }
}

} // namespace v0
} // namespace lathe

#endif // LATHE_META_SINGLETON_HPP
