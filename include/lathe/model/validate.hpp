// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_VALIDATE_HPP
#define LATHE_MODEL_VALIDATE_HPP

/// @file
/// @brief Rules of a whole model, and models made or changed with all of their errors at once.
/// @par Example
/// @ref examples/rules.cpp

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/detail/refused.hpp>
#include <lathe/core/fixed_string.hpp>
#include <lathe/core/result.hpp>
#include <lathe/model/detail/deep_check.hpp>
#include <lathe/model/detail/store.hpp>
#include <lathe/model/named.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/reflect.hpp>

/// @cond detail
#define LATHE_NAMELESS "lathe::try_make: a value has no name; write that of its field, as in \"x\"_f = 1.0"
/// @endcond

namespace lathe {
inline namespace v0 {

/// One rule of a whole model; made by `invariant`.
/// @tparam Text what it is called in messages.
/// @tparam Predicate says whether a model obeys it.
template <fixed_string Text, class Predicate>
struct model_invariant {
    Predicate holds; ///< called with a `const Model&`

    static constexpr std::string_view text = Text.view(); ///< what it is called in messages
};

/// A rule about several fields: `lathe::invariant<"arrives after it departs">(f)`.
/// @tparam Text says what must hold.
/// @param predicate called with a `const Model&`; must not change anything.
/// @return the invariant, to be listed by `invariants`.
template <fixed_string Text, class Predicate>
[[nodiscard]] constexpr model_invariant<Text, Predicate> invariant(Predicate predicate) {
    return {std::move(predicate)};
}

/// Lists the rules of a whole model, in the model:
/// `static consteval auto invariants() { return lathe::invariants(lathe::invariant<"...">(f)); }`.
///
/// They are checked by `validate`, `try_make`, `modify(model, f)` and whatever reads models from elsewhere. Assigning a
/// single field cannot check them: change fields that depend on each other by `modify(model, f)`.
/// @param list invariants.
/// @return all of them.
template <fixed_string... Texts, class... Predicates>
[[nodiscard]] constexpr std::tuple<model_invariant<Texts, Predicates>...>
invariants(model_invariant<Texts, Predicates>... list) {
    return {std::move(list)...};
}

/// Checks a whole model without throwing: each field, what is nested in it, and the invariants.
///
/// A property obeys its rules anyway; so this finds broken invariants, and fields that were moved from.
/// @param model any described object.
/// @return success, or all that is wrong.
template <class Model>
[[nodiscard]] result<void, validation_error> try_validate(const Model& model) {
    constexpr bool is_described = described<Model>; // a constant, since compilers explain concepts at length
    static_assert(is_described,
                  "lathe::validate: the type is not described; make it an aggregate, or give it a public static "
                  "consteval auto fields() that returns lathe::fields<&T::a, &T::b>");
    std::vector<issue> issues;
    if constexpr (is_described) detail::check_deep(model, detail::path{}, issues);
    if (issues.empty()) return {};
    return failure(validation_error(std::move(issues), type_name<Model>));
}

/// Checks a whole model: each field, what is nested in it, and the invariants.
/// @param model any described object.
/// @throws validation_error with all that is wrong.
template <class Model>
void validate(const Model& model) {
    try_validate(model).value();
}

/// Changes several fields of a model together: all of the change is made, or none.
/// @param model any described object that can be copied.
/// @param f called once with a copy of the model, as `Model&`; the copy is then validated and moved in.
/// @throws validation_error when the result breaks a rule or an invariant; whatever `f` throws. Then the model is as it
///         was.
template <class Model, class F>
void modify(Model& model, F&& f) {
    constexpr bool can_change = !std::is_const_v<Model>;
    static_assert(can_change, "lathe::modify: the model is const, so it cannot change; take it without const");
    constexpr bool can_be_undone = described<Model> && std::is_copy_constructible_v<Model>;
    static_assert(
        can_be_undone,
        "lathe::modify: the model must be described and able to be copied, or a failed change could not be undone");
    constexpr bool can_be_called = detail::seems_callable<F, std::remove_const_t<Model>&>;
    static_assert(can_be_called || !can_be_undone,
                  "lathe::modify: the function cannot be called with a Model&; let it take the model by reference, as "
                  "in [](auto& model) { ... }");
    if constexpr (can_change && can_be_undone && can_be_called) {
        Model next(model);
        static_cast<void>(std::forward<F>(f)(next));
        validate(next);
        detail::commit(model, std::move(next));
    }
}

namespace detail {

template <class T, fixed_string... Names>
consteval bool names_are_known() {
    return ((index_of_field<T>(Names.view()) < field_count<T>) && ...);
}
template <fixed_string... Names>
consteval bool names_differ() {
    const std::string_view all[] = {Names.view()..., std::string_view()};
    for (std::size_t i = 0; i < sizeof...(Names); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (all[i] == all[j]) return false;
        }
    }
    return true;
}

// Whether a model can be made of values with these names; if not, one sentence.
template <class Model, fixed_string... Names>
consteval bool can_make() {
    constexpr bool is_described = described<Model>; // a constant, since compilers explain concepts at length
    static_assert(is_described,
                  "lathe::try_make: the type is not described; make it an aggregate, or give it a public static "
                  "consteval auto fields() that returns lathe::fields<&T::a, &T::b>");
    if constexpr (is_described) {
        constexpr bool has_blank = access::has_blank<Model>();
        static_assert(has_blank,
                      "lathe::try_make: a member of the model cannot be made without a value; give it a default, "
                      "or make it a std::optional");
        if constexpr (has_blank) {
            constexpr bool known = names_are_known<Model, Names...>();
            static_assert(known,
                          "lathe::try_make: the model has no field of one of these names; the names are those of its "
                          "members, not aliases");
            constexpr bool once = names_differ<Names...>();
            static_assert(once, "lathe::try_make: a field is named twice; name it once");
            return known && once;
        } else {
            return false;
        }
    } else {
        return false;
    }
}

template <fixed_string Name, class Model, class Value>
bool store_named(Model& model, named_value<Name, Value>& given, std::vector<issue>& issues) {
    auto& to = member<Name>(model);
    using member_type = std::remove_reference_t<decltype(to)>;
    using value_type = typename rules_of<member_type>::value_type;
    constexpr bool fits = takes_given<value_type, Value>;
    static_assert(fits,
                  "lathe::try_make: this value does not go into the field of that name without loss; convert it first");
    if constexpr (takes_value<value_type, Value>) {
        return store_converted(to, static_cast<Value>(given.value), path{nullptr, Name.view()}, issues);
    } else if constexpr (fits) { // elements
        using element = element_type<value_type>;
        const path where{nullptr, Name.view()};
        for (const auto& each : given.value) {
            if (!arrives_unchanged<element>(each)) {
                add_unrepresentable<element>(issues, where.text(), each);
                return false;
            }
        }
        return store_checked(to, as_given<Name, value_type>(given.value), where, issues);
    } else {
        return false;
    }
}

template <class Model, fixed_string... Names>
struct missing_fields {
    std::vector<issue>& issues;

    template <class... Members>
    void operator()(const Members&... members) const {
        std::size_t index = 0;
        (report_missing(members, name_store<Model>::names[index++], issues), ...);
    }
    template <class Member>
    static void report_missing(const Member& member, std::string_view name, std::vector<issue>& issues) {
        if (((name == Names.view()) || ...)) return;
        if (rules_of<Member>::must_be_given || !holds_deep(member)) {
            issues.push_back({std::string(name), "required", "is missing", ""});
        }
    }
};

} // namespace detail

/// Makes a model of named values: `lathe::try_make<person>("name"_f = "Ada", "age"_f = 36)`, in any order.
///
/// Fields that are not named keep their defaults. Unlike an initialiser it does not stop at the first error. Unknown
/// and repeated names, and values of the wrong type, do not compile.
/// @tparam Model a described type that is an aggregate or has a default constructor.
/// @param values names with values; values that are moved in are moved from.
/// @return the model, or an issue for each field that is wrong or missing, and for each broken invariant.
template <class Model, fixed_string... Names, class... Values>
[[nodiscard]] result<Model, validation_error> try_make(named_value<Names, Values>... values) {
    if constexpr (detail::can_make<Model, Names...>()) {
        auto model = detail::access::blank<Model>();
        std::vector<issue> issues;
        (detail::store_named<Names>(model, values, issues), ...);
        detail::description<Model>::apply(std::as_const(model), detail::missing_fields<Model, Names...>{issues});
        if (issues.empty()) detail::check_deep(model, detail::path{}, issues);
        if (!issues.empty()) return failure(validation_error(std::move(issues), type_name<Model>));
        return result<Model, validation_error>(std::in_place, std::move(model));
    } else {
        return failure(validation_error({})); // never compiled to the end
    }
}
/// Does not compile: values are given by their names, not by their places.
template <class Model, class First, class... Rest, class Reason = detail::refused<LATHE_NAMELESS>>
    requires(!(detail::has_name<std::remove_cvref_t<First>> && ... && detail::has_name<std::remove_cvref_t<Rest>>))
result<Model, validation_error> try_make(First&& first, Rest&&... rest) LATHE_DETAIL_REFUSED(LATHE_NAMELESS);

#undef LATHE_NAMELESS

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_VALIDATE_HPP
