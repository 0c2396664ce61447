// SPDX-License-Identifier: MIT
#ifndef LATHE_META_DETAIL_CONTRACT_CHECK_HPP
#define LATHE_META_DETAIL_CONTRACT_CHECK_HPP

/// @file
/// @brief Lists of requirements: contracts taken apart, and what a type lacks.

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include <lathe/core/fixed_string.hpp>
#include <lathe/meta/detail/contract_words.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

struct met_name {
    static constexpr bool met = false;
};
template <class Requirement>
struct met_probe : Requirement, met_name {};

// Whether there is a member `met`, whatever it is: then the name has two meanings in the probe.
template <class Requirement>
inline constexpr bool names_met = !requires { met_probe<Requirement>::met; };
template <class Requirement>
    requires std::is_final_v<Requirement>
inline constexpr bool names_met<Requirement> = true;

template <class T>
inline constexpr bool is_requirement = false;
template <std::derived_from<requirement_base> T>
inline constexpr bool is_requirement<T> = names_met<T> && !requires { static_cast<bool>(T::met); }; // a template

template <class... Requirements>
struct requirement_list {};

template <class T>
concept contract_like = requires { typename T::lathe_contract; };

// All requirements of a list, contracts taken apart, each once.
template <class Found, class... Rest>
struct flattened {
    using type = Found;
};
template <class... Found, class First, class... Rest>
struct flattened<requirement_list<Found...>, First, Rest...>
    : flattened<std::conditional_t<(std::is_same_v<Found, First> || ...),
                                   requirement_list<Found...>,
                                   requirement_list<Found..., First>>,
                Rest...> {};
template <class... Found, class... Parts, class... Rest>
struct flattened<requirement_list<Found...>, requirement_list<Parts...>, Rest...>
    : flattened<requirement_list<Found...>, Parts..., Rest...> {};
template <class... Found, contract_like First, class... Rest>
struct flattened<requirement_list<Found...>, First, Rest...>
    : flattened<requirement_list<Found...>, typename First::lathe_contract, Rest...> {};

// Those of a list of which a question is true.
template <template <class...> class List, class... Left, class... Right>
consteval List<Left..., Right...> operator+(List<Left...>, List<Right...>) {
    return {};
}
template <template <class...> class Found, class Question, class List>
struct sifted;
template <template <class...> class Found, class Question, class... Types>
struct sifted<Found, Question, requirement_list<Types...>> {
    using type =
        decltype((Found<>{} + ... + std::conditional_t<Question::template yes<Types>, Found<Types>, Found<>>{}));
};

// Those that are no requirements: what compilers show when `none` is false.
template <class... Types>
struct strangers {
    static constexpr bool none = sizeof...(Types) == 0;
};
struct is_stranger {
    template <class T>
    static constexpr bool yes = !is_requirement<T>;
};

template <class... Requirements>
using flat = typename flattened<requirement_list<>, Requirements...>::type;
template <class... Requirements>
using strangers_in = typename sifted<strangers, is_stranger, flat<Requirements...>>::type;

// A `met` that is a function template is called: as a constant it would be true, for it has an address. One that takes
// arguments is a mistake.
template <class Requirement, class T>
inline constexpr bool is_met = false;
template <class Requirement, class T>
    requires requires { static_cast<bool>(Requirement::template met<T>); }
inline constexpr bool is_met<Requirement, T> = [] {
    if constexpr (requires { static_cast<bool>(Requirement::template met<T>()); }) {
        return static_cast<bool>(Requirement::template met<T>());
    } else {
        constexpr bool takes_nothing =
            !std::is_function_v<std::remove_pointer_t<decltype(&Requirement::template met<T>)>>;
        static_assert(takes_nothing,
                      "lathe::requirement<Text>: met is a function that takes arguments, and nobody has a T to call it "
                      "with; write template <class T> static constexpr bool met = requires(T& t) { ... }");
        if constexpr (takes_nothing) {
            return static_cast<bool>(Requirement::template met<T>);
        } else {
            return true; // the sentence above is enough
        }
    }
}();

// What T lacks, in words: what compilers show when `nothing` is false.
template <class T, fixed_string... Texts>
struct lacks {
    static constexpr bool nothing = sizeof...(Texts) == 0;
    static constexpr std::size_t count = sizeof...(Texts);
};

template <class Lacks, fixed_string Text>
struct with_words;
template <class T, fixed_string... Texts, fixed_string Text>
struct with_words<lacks<T, Texts...>, Text> {
    using type = lacks<T, Texts..., Text>;
};
template <class T, fixed_string... Texts, fixed_string Text>
    requires(Text.size() > shown_length)
struct with_words<lacks<T, Texts...>, Text> : with_words<lacks<T, Texts..., first_words<Text>()>, other_words<Text>()> {
};

template <class Lacks, class... Requirements>
struct collected {
    using type = Lacks;
};
template <class T, fixed_string... Texts, class First, class... Rest>
struct collected<lacks<T, Texts...>, First, Rest...>
    : collected<typename with_words<lacks<T, Texts...>, First::lathe_words>::type, Rest...> {};
template <class T, fixed_string... Texts, class First, class... Rest>
    requires is_met<First, T>
struct collected<lacks<T, Texts...>, First, Rest...> : collected<lacks<T, Texts...>, Rest...> {};

template <class T, class List>
struct answer;
template <class T, class... Requirements>
struct answer<T, requirement_list<Requirements...>> : collected<lacks<T>, Requirements...> {
    static constexpr std::size_t unmet = (std::size_t{0} + ... + (is_met<Requirements, T> ? 0U : 1U));
    static consteval unmet_list<unmet> texts() {
        unmet_list<unmet> list{};
        [[maybe_unused]] std::size_t i = 0;
        ((is_met<Requirements, T> ? void() : void(list.at[i++] = Requirements::text)), ...);
        return list;
    }
};

// `type` is what T lacks. The list itself must be one of requirements for any T, or nobody could be asked.
template <class T, class... Requirements>
struct lacking
    : answer<T, std::conditional_t<strangers_in<Requirements...>::none, flat<Requirements...>, requirement_list<>>> {
    static_assert(strangers_in<Requirements...>::none,
                  "lathe::conforms<T, Requirements...>: what is listed here is no requirement; derive it from "
                  "lathe::requirement<\"text\"> and give it template <class T> static constexpr bool met");
};

// A concept of the list, not of what it is made from: compilers show what a concept is asked about.
template <class Lacks>
concept has_all = Lacks::nothing;

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_META_DETAIL_CONTRACT_CHECK_HPP
