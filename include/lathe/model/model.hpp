// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_MODEL_HPP
#define LATHE_MODEL_MODEL_HPP

/// @file
/// @brief Models made of a list of fields, and of other models: lathe::model<"point", field<"x", double>, ...>.
/// @par Example
/// @ref examples/model.cpp

#include <compare>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/core/fixed_string.hpp>
#include <lathe/core/type_name.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/bind.hpp>
#include <lathe/model/detail/member_name.hpp>
#include <lathe/model/detail/model_fields.hpp>
#include <lathe/model/detail/model_storage.hpp>
#include <lathe/model/field.hpp>
#include <lathe/model/named.hpp>
#include <lathe/model/validation_error.hpp>

/// @cond detail
// What is refused says why in the compiler's first line, and is_constructible is false: g++ prints the template
// argument of a deleted function, clang (from 19) the text of the deletion. Not clang::unavailable, as in property.hpp:
// that does not hold for constructors that a derived struct takes over.
#define LATHE_UNKNOWN "lathe::model: there is no field of this name; the names are those in its list, not aliases"
#define LATHE_REPEATED "lathe::model: a field is given twice; give it once"
#define LATHE_MISFIT "lathe::model: this value does not go into the field of that name without loss; convert it first"
#define LATHE_MISSING                                                                                                  \
    "lathe::model: a field that must be given is left out; give it a value, or a default by lathe::defaults_to"
#define LATHE_NAMELESS "lathe::model: a value has no name; write that of its field, as in \"x\"_f = 1.0"
#define LATHE_TEXT_NAME                                                                                                \
    "lathe::model: the name of a field is written \"x\"_f; where it is known at run time only, use a lathe::record"
#define LATHE_TEMPORARY "lathe::model: the field would be gone with the temporary; give the model a name first"
#ifdef __cpp_deleted_function
#    define LATHE_DELETED(sentence) = delete (sentence)
#else
#    define LATHE_DELETED(sentence) = delete
#endif
#ifdef __clang__
#    pragma clang diagnostic push
#    pragma clang diagnostic ignored "-Wc++26-extensions" // the text of a deletion, which clang takes in C++20 too
#endif
/// @endcond

namespace lathe {
inline namespace v0 {

/// A struct made of a list of fields: `using point = lathe::model<"point", field<"x", double>, field<"y", double>>;`.
///
/// It is made of values with names, in any order: `point p{"y"_f = 2.0, "x"_f = 1.0};`. A name that is unknown or
/// stands twice, a value that would lose something, and a field that is required and left out do not compile.
/// `p["x"_f]` is the field itself, which checks what is assigned; `auto& [x, y] = p;` are all of them. Whatever works
/// for an aggregate works for it: text, equality, order, hash, dictionaries, JSON, CSV, command lines, validation,
/// `try_make`.
///
/// It is laid out as the struct with these members: same size, same offsets, standard layout, and trivially copyable
/// where that is. Moves are those of the fields: a model that was moved from may only be assigned or destroyed.
///
/// A struct of its own, with functions, invariants, or fields that hold the struct itself, is derived from it and takes
/// its constructors over. Data that such a struct adds is no field:
/// @code
/// struct node : lathe::model<"node", field<"value", int>, field<"children", std::vector<node>>> {
///     using model::model;
/// };
/// @endcode
///
/// @tparam Name what messages and `type_name` call it, and a derived struct too.
/// @tparam Fields up to 128 `lathe::field<Name, T, Rules...>`, no two of the same name.
/// @par Thread safety
/// As for a plain struct: concurrent reads are safe.
template <fixed_string Name, class... Fields>
class model : public detail::storage_of<Fields...> {
    // No names of its own here: a derived struct would find them before those around it.
    static_assert(!Name.empty(),
                  "lathe::model<Name, Fields...>: Name is empty; messages begin with it, so give it one");
    static_assert(sizeof...(Fields) <= 128,
                  "lathe::model<Name, Fields...>: there are more than 128 fields; put some into a model of their own");
    static_assert((detail::is_field<Fields> && ...),
                  "lathe::model<Name, Fields...>: one of Fields has no name; write it lathe::field<\"name\", T, "
                  "Rules...>");
    static_assert(detail::make_a_model<Fields...>() || !(detail::is_field<Fields> && ...) || sizeof...(Fields) > 128,
                  "lathe::model<Name, Fields...>: two fields have the same name; rename one of them");

public:
    using lathe_model = model; ///< tells reflection that this is a model

    /// Starts with the defaults of all fields: those of `defaults_to`, else `T{}`.
    constexpr model() noexcept((std::is_nothrow_default_constructible_v<Fields> && ...))
        requires(detail::all_have_defaults<Fields...>())
        : detail::storage_of<Fields...>{Fields()...} {}

    /// Starts with values for fields; one that is left out has its default.
    /// @param values what `"x"_f = 1.0` makes, in any order. A value is whatever a property of the field's type takes;
    ///        for a container also elements: `"tags"_f = {"a", "b"}`. Values that are moved in are moved from.
    /// @throws validation_error when a value breaks a rule of its field: "point.x: 200 is not in [0, 150]".
    template <fixed_string... Names, class... Values>
        requires(sizeof...(Names) > 0 && detail::fault_of<model, named_value<Names, Values>...> == detail::fault::none)
    [[gnu::always_inline]] constexpr model(
        named_value<Names, Values>... values) // NOLINT: implicit, so that braces make one
        try
        : model(detail::given_values<named_value<Names, Values>...>{std::move(values)...}) {
    } catch (const validation_error& thrown) {
        detail::rethrow_of(thrown, Name.view());
    }

    /// Does not compile: there is no field of one of the names.
    template <fixed_string... Names,
              class... Values,
              class Reason = detail::refused_values<LATHE_UNKNOWN, model, named_value<Names, Values>...>>
        requires(detail::fault_of<model, named_value<Names, Values>...> == detail::fault::unknown)
    constexpr model(named_value<Names, Values>... values) LATHE_DELETED(LATHE_UNKNOWN);
    /// Does not compile: a name stands twice.
    template <fixed_string... Names,
              class... Values,
              class Reason = detail::refused_values<LATHE_REPEATED, model, named_value<Names, Values>...>>
        requires(detail::fault_of<model, named_value<Names, Values>...> == detail::fault::repeated)
    constexpr model(named_value<Names, Values>... values) LATHE_DELETED(LATHE_REPEATED);
    /// Does not compile: a value would lose something, or is of another kind.
    template <fixed_string... Names,
              class... Values,
              class Reason = detail::refused_values<LATHE_MISFIT, model, named_value<Names, Values>...>>
        requires(detail::fault_of<model, named_value<Names, Values>...> == detail::fault::misfit)
    constexpr model(named_value<Names, Values>... values) LATHE_DELETED(LATHE_MISFIT);
    /// Does not compile: a field is left out that has no default.
    template <fixed_string... Names,
              class... Values,
              class Reason = detail::refused_values<LATHE_MISSING, model, named_value<Names, Values>...>>
        requires(sizeof...(Names) > 0 &&
                 detail::fault_of<model, named_value<Names, Values>...> == detail::fault::missing)
    constexpr model(named_value<Names, Values>... values) LATHE_DELETED(LATHE_MISSING);
    /// Does not compile: values are given by their names, not by their places.
    template <class First, class... Rest, class Reason = detail::refused_name<LATHE_NAMELESS, "">>
        requires(detail::is_positional<First, Rest...>())
    constexpr explicit model(First&& first, Rest&&... rest) LATHE_DELETED(LATHE_NAMELESS);

    /// @cond detail
    // For detail::access, which fills models that have no values yet.
    constexpr explicit model(detail::blank_key) noexcept(noexcept(detail::storage_of<Fields...>{
        detail::access::blank<Fields>()...}))
        requires((detail::access::has_blank<Fields>() && ...))
        : detail::storage_of<Fields...>{detail::access::blank<Fields>()...} {}
    /// @endcond

    /// The field of that name, to be read and assigned: `p["x"_f] = 3.0` checks the rules.
    /// @return a reference to the property, as `p.x` of a struct would be.
    template <fixed_string Field>
        requires detail::knows_field<model, Field>
    [[nodiscard]] constexpr detail::field_in<model, Field>& operator[](field_name<Field>) & noexcept {
        return detail::member_at<detail::entry_in<model, Field>::index>::in(
            static_cast<detail::storage_of<Fields...>&>(*this));
    }
    /// @copydoc operator[]()
    template <fixed_string Field>
        requires detail::knows_field<model, Field>
    [[nodiscard]] constexpr const detail::field_in<model, Field>& operator[](field_name<Field>) const& noexcept {
        return detail::member_at<detail::entry_in<model, Field>::index>::in(
            static_cast<const detail::storage_of<Fields...>&>(*this));
    }
    /// @copydoc operator[]()
    template <fixed_string Field>
        requires detail::knows_field<model, Field>
    [[nodiscard]] constexpr detail::field_in<model, Field>&& operator[](field_name<Field>) && noexcept {
        return std::move(detail::member_at<detail::entry_in<model, Field>::index>::in(
            static_cast<detail::storage_of<Fields...>&>(*this)));
    }
    /// Does not compile: there is no field of this name.
    template <fixed_string Field, class Reason = detail::refused_name<LATHE_UNKNOWN, Field>>
        requires(!detail::knows_field<model, Field>)
    constexpr void operator[](field_name<Field>) const LATHE_DELETED(LATHE_UNKNOWN);

    /// Does not compile: text is no name of a field.
    template <class Reason = detail::refused_name<LATHE_TEXT_NAME, "">>
    constexpr void operator[](std::string_view name) const LATHE_DELETED(LATHE_TEXT_NAME);

    /// Reads a field, as `lathe::get<"x">(p)` does.
    /// @tparam Field the field's name.
    /// @return the value; valid as long as the model is unchanged.
    template <fixed_string Field>
        requires detail::knows_field<model, Field>
    [[nodiscard]] constexpr const typename detail::field_in<model, Field>::value_type& get() const& noexcept {
        return (*this)[field_name<Field>{}].value();
    }
    /// Does not compile: the value would be gone with the temporary.
    template <fixed_string Field, class Reason = detail::refused_name<LATHE_TEMPORARY, Field>>
        requires detail::knows_field<model, Field>
    constexpr void get() const&& LATHE_DELETED(LATHE_TEMPORARY);
    /// Does not compile: there is no field of this name.
    template <fixed_string Field, class Reason = detail::refused_name<LATHE_UNKNOWN, Field>>
        requires(!detail::knows_field<model, Field>)
    constexpr void get() const LATHE_DELETED(LATHE_UNKNOWN);

    /// Changes a field, as `lathe::set<"x">(p, value)` does. Strong guarantee.
    /// @tparam Field the field's name.
    /// @param value whatever a property of the field's type takes.
    /// @throws validation_error when it breaks a rule: "point.x: 200 is not in [0, 150]"; then the model is as it was.
    template <fixed_string Field, class Value>
        requires detail::knows_field<model, Field>
    constexpr void set(Value&& value) {
        lathe::set<Field>(*this, std::forward<Value>(value));
    }
    /// Does not compile: there is no field of this name.
    template <fixed_string Field, class Value, class Reason = detail::refused_name<LATHE_UNKNOWN, Field>>
        requires(!detail::knows_field<model, Field>)
    constexpr void set(Value&& value) LATHE_DELETED(LATHE_UNKNOWN);

private:
    friend struct detail::access;

    constexpr model() // lathe: a field of this model is required: give it a value
        requires(!detail::all_have_defaults<Fields...>())
        : detail::storage_of<Fields...>{detail::access::blank<Fields>()...} {}

    template <class... Named>
    [[gnu::always_inline]] constexpr explicit model(detail::given_values<Named...>&& values)
        : detail::storage_of<Fields...>{detail::made_field<Fields, detail::label_text<Fields>>(&values)...} {}
};

#undef LATHE_UNKNOWN
#undef LATHE_REPEATED
#undef LATHE_MISFIT
#undef LATHE_MISSING
#undef LATHE_NAMELESS
#undef LATHE_TEXT_NAME
#undef LATHE_TEMPORARY
#undef LATHE_DELETED
#ifdef __clang__
#    pragma clang diagnostic pop
#endif

/// Equal when all fields are; only where each has an `operator==`. A derived struct may define its own.
/// @tparam Model a lathe::model, or a struct that is derived from one.
template <detail::made_of_fields Model>
    requires detail::fields_compare<typename Model::lathe_model>
[[nodiscard]] constexpr bool operator==(const Model& a, const Model& b) {
    return detail::description<Model>::apply(a, detail::with_fields_of<Model, detail::all_equal>{b});
}

/// Ordered by the first field that differs; only where each field has an order.
/// @tparam Model a lathe::model, or a struct that is derived from one.
template <detail::made_of_fields Model>
    requires detail::fields_have_order<typename Model::lathe_model>
[[nodiscard]] constexpr auto operator<=>(const Model& a, const Model& b) {
    return detail::description<Model>::apply(a, detail::with_fields_of<Model, detail::first_that_differs>{b});
}

/// A model is called what its template argument says; so is a struct that is derived from it.
/// @tparam Model a lathe::model.
template <class Model>
    requires detail::made_of_fields<Model>
inline constexpr std::string_view type_name<Model> = detail::description<std::remove_cv_t<Model>>::title;

/// A model with more fields: `lathe::extend<point, lathe::field<"z", double>>`. It keeps the name; see `renamed`.
/// @tparam Model a lathe::model, or a struct that is derived from one.
/// @tparam More fields that go behind those of the model.
template <class Model, class... More>
using extend = typename detail::parts_of<Model>::template with<More...>;

/// A model with some fields of another, in the order of the names: `lathe::pick<person, "name", "email">`.
/// @tparam Model a lathe::model, or a struct that is derived from one. The result keeps its name; see `renamed`.
/// @tparam Names the fields' names.
template <class Model, fixed_string... Names>
using pick = typename detail::parts_of<Model>::template only<Names...>;

/// The same fields under another name: `lathe::renamed<"point3d", lathe::extend<point, lathe::field<"z", double>>>`.
/// @tparam Name of the new model.
/// @tparam Model a lathe::model, or a struct that is derived from one.
template <fixed_string Name, class Model>
using renamed = typename detail::parts_of<Model>::template called<Name>;

/// Makes a model of another one's fields: `lathe::copy_as<point3d>(p, "z"_f = 3.0)`.
///
/// Each field of the new model has the value that is given, else that of the field of the same name in `from`, else its
/// default. Other fields of `from` do not matter. What would lose something, and a required field that is in neither,
/// do not compile.
/// @tparam To a lathe::model, or a struct that is derived from one.
/// @param from any described object.
/// @param values what `"z"_f = 3.0` makes, in any order.
/// @return the new model.
/// @throws validation_error when a value breaks a rule of the new model.
template <detail::made_of_fields To, class From, fixed_string... Names, class... Values>
[[nodiscard]] constexpr To copy_as(const From& from, named_value<Names, Values>... values) {
    using copied = typename detail::names_to_copy<From, typename To::lathe_model, field_name<Names>...>::type;
    return detail::copy_named<To>(from, copied{}, std::move(values)...);
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_MODEL_HPP
