// SPDX-License-Identifier: MIT
#ifndef LATHE_META_CONTRACT_HPP
#define LATHE_META_CONTRACT_HPP

/// @file
/// @brief What a class must be able to do, checked where it is defined: requirements, contracts, validated classes.
/// @par Example
/// @ref examples/contract.cpp

#include <compare>
#include <concepts>
#include <string_view>
#include <type_traits>

#include <lathe/core/fixed_string.hpp>
#include <lathe/meta/detail/contract_check.hpp>
#include <lathe/meta/detail/contract_words.hpp>

namespace lathe {
inline namespace v0 {

/// The base of a requirement, which says in words what a type must have:
/// `struct saves : lathe::requirement<"save() -> bool"> { ... };`.
///
/// The derived class decides, by `template <class T> static constexpr bool met`, mostly a requires-expression:
/// `met = requires(T& t) { { t.save() } -> std::same_as<bool>; }`. It may ask for anything that C++ can ask for:
/// functions, operators, nested types, constructors, constants, traits. What is false is false without an error.
///
/// It looks at `T` from outside, so private members do not count, unless `T` makes the requirement its friend.
/// A `T` is asked once: one that is incomplete then has nothing, for the rest of the file.
/// @tparam Text what is asked for, as messages of the compiler shall show it; not empty.
/// @tparam Types what each `{}` in the text stands for, when the requirement is a template:
///         `template <class U> struct converts_to : lathe::requirement<"conversion to {}", U>`.
template <fixed_string Text, class... Types>
struct requirement : detail::requirement_words<detail::filled_in<Text, Types...>()> {
    static_assert(!Text.empty(),
                  "lathe::requirement<Text>: Text is empty, and messages need one; write what is asked for, such as "
                  "\"save() -> bool\"");
    static_assert(
        sizeof...(Types) == 0 || detail::holes(Text.view()) == sizeof...(Types),
        "lathe::requirement<Text, Types...>: Text must have one {} for each of the types; add or remove some");

    /// What is asked for, in words; valid as long as the program.
    static constexpr std::string_view text = requirement::lathe_words.view();
};

/// Several requirements under one name: `using archive = lathe::contract<saves, loads>;`, or
/// `struct archive : lathe::contract<saves, loads> {};`, which has the shorter name in messages.
///
/// Contracts may be made of contracts. What stands in several of them is asked once.
/// @tparam Parts requirements and contracts.
template <class... Parts>
struct contract {
    /// Tells whoever takes requirements that these are several.
    using lathe_contract = detail::requirement_list<Parts...>;
};

/// A type that meets all requirements: for constraints, and for `static_assert(lathe::conforms<report, saves>)` beside
/// a class, which is how aggregates are checked.
///
/// Any type may be asked about: one that is incomplete, abstract or void just does not have much. Two `conforms` of
/// different requirements are of equal rank to overload resolution; for a ranking name the first one as a concept and
/// add to it: `template <class T> concept archive = saver<T> && lathe::conforms<T, loads>;`.
/// @tparam T any type.
/// @tparam Requirements requirements and contracts.
template <class T, class... Requirements>
concept conforms = detail::has_all<typename detail::lacking<T, Requirements...>::type>;

/// The texts of the requirements that `T` does not meet, in order: a constant that has `size()`, `empty()`, `[i]`, and
/// can be iterated. The texts live as long as the program.
/// @tparam T any type.
/// @tparam Requirements requirements and contracts.
template <class T, class... Requirements>
inline constexpr auto unmet = detail::lacking<T, Requirements...>::texts();

/// The base of a class that must meet requirements: `class report : public lathe::validated<report, saves, loads>`.
///
/// The constructors of `T` do not compile unless it meets all of them; the compiler's message lists those that it does
/// not meet. That costs nothing: no byte, no instruction, and constant expressions, trivial copies, order and equality
/// of `T` stay what they are.
///
/// It is checked at the end of a file in which a constructor of `T` is compiled or used; all of `T` is known then. A
/// class that nobody constructs, and an aggregate, for which a base is in the way of its initialisers, should have a
/// `static_assert` of `conforms` behind it instead.
/// @tparam T the class that derives from this one. Classes that derive from it in turn are not checked, for they may
///         hide what it has: derive them from a `validated` of their own too.
/// @tparam Requirements requirements and contracts.
template <class T, class... Requirements>
class validated {
    static_assert(detail::strangers_in<Requirements...>::none,
                  "lathe::validated<T, Requirements...>: what is listed here is no requirement; derive it from "
                  "lathe::requirement<\"text\"> and give it template <class T> static constexpr bool met");

public:
    /// Does not compile unless `T` meets the requirements.
    constexpr validated() noexcept { static_cast<void>(&validated::check); }

    /// Nothing to compare; so that `T` may have its comparisons by default. Not for a `T`, which brings its own.
    template <std::same_as<validated> Self>
    friend constexpr bool operator==(const Self&, const Self&) noexcept {
        return true;
    }
    /// Nothing to compare.
    template <std::same_as<validated> Self>
    friend constexpr std::strong_ordering operator<=>(const Self&, const Self&) noexcept {
        return std::strong_ordering::equal;
    }

private:
    // Named and never called. Compilers look into it at the end of the file, when all of T is known; clang would look
    // into the constructor while it reads that of T, and miss functions of T whose result is `auto` and comes later.
    static void check() noexcept {
        constexpr bool is_base = std::is_base_of_v<validated, T>;
        static_assert(is_base,
                      "lathe::validated<T, Requirements...>: T must be the class that derives from it; write "
                      "class report : public lathe::validated<report, ...>");
        if constexpr (is_base && detail::strangers_in<Requirements...>::none) {
            static_assert(detail::lacking<T, Requirements...>::type::nothing,
                          "lathe::validated<T, Requirements...>: T lacks what is listed here; add it to T, public, or "
                          "drop the requirement");
        }
    }
};

} // namespace v0
} // namespace lathe

#endif // LATHE_META_CONTRACT_HPP
