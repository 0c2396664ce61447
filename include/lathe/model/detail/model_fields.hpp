// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_MODEL_FIELDS_HPP
#define LATHE_MODEL_DETAIL_MODEL_FIELDS_HPP

/// @file
/// @brief The list of fields that a lathe::model is made of: found by name, and compared with the values that are
/// given.

#include <compare>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <lathe/core/fixed_string.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/bind.hpp>
#include <lathe/model/detail/conversion.hpp>
#include <lathe/model/detail/member_name.hpp>
#include <lathe/model/detail/model_storage.hpp>
#include <lathe/model/detail/property_rules.hpp>
#include <lathe/model/named.hpp>
#include <lathe/model/property.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {

template <fixed_string Name, class... Fields>
class model;

namespace detail {

// ---- a field's name, as a template argument ----

template <class Attribute>
struct label_in;
template <fixed_string Name>
struct label_in<label<Name>> {
    static constexpr auto name = Name;
};

template <class Field>
struct label_parts {
    static constexpr bool is_field = false;
};
template <class T, auto First, auto... Rules>
    requires is_label<First>
struct label_parts<property<T, First, Rules...>> {
    static constexpr bool is_field = true;
    static constexpr auto name = label_in<type_of<First>>::name;
};

template <class Type>
inline constexpr bool is_field = label_parts<Type>::is_field;
template <class Field>
inline constexpr auto label_text = label_parts<Field>::name;

// ---- whether a list of fields can be a model ----

// Names that fall into the same of 256 boxes are compared, so the work is that of reading the names once.
template <class... Fields>
consteval bool labels_differ() {
    struct chained {
        std::string_view name;
        std::size_t next = 0;
    };
    chained all[] = {{}, {label_text<Fields>.view()}...};
    std::size_t boxes[256] = {};
    for (std::size_t i = 1; i <= sizeof...(Fields); ++i) {
        std::size_t hash = 0;
        for (const char c : all[i].name)
            hash = hash * 31 + static_cast<unsigned char>(c);
        std::size_t& box = boxes[hash % 256];
        for (std::size_t other = box; other != 0; other = all[other].next) {
            if (all[other].name == all[i].name) return false;
        }
        all[i].next = box;
        box = i;
    }
    return true;
}

template <class... Fields>
consteval bool make_a_model() {
    if constexpr (sizeof...(Fields) > 128 || !(is_field<Fields> && ...)) {
        return false;
    } else {
        return labels_differ<Fields...>();
    }
}

// Takes the place of the fields after one of the sentences of lathe::model, so that nothing else fails.
struct no_storage {
    template <class... Values>
    constexpr no_storage(const Values&...) noexcept {} // NOLINT: takes anything
};
template <bool Good, class... Fields>
struct choose_storage {
    using type = no_storage;
};
template <class... Fields>
struct choose_storage<true, Fields...> {
    using type = typename storage<sizeof...(Fields)>::template of<Fields...>;
};
template <class... Fields>
using storage_of = typename choose_storage<make_a_model<Fields...>(), Fields...>::type;

template <class... Fields>
consteval bool all_have_defaults() {
    if constexpr (make_a_model<Fields...>()) {
        return (!Fields::is_required && ...);
    } else {
        return true;
    }
}

// ---- fields by name ----

template <fixed_string Name, class Field, std::size_t Index>
struct field_entry {
    using type = Field;
    static constexpr std::size_t index = Index;
};
template <class Indices, class... Fields>
struct field_entries;
template <std::size_t... Index, class... Fields>
struct field_entries<std::index_sequence<Index...>, Fields...> : field_entry<label_text<Fields>, Fields, Index>... {};

template <class Model>
struct field_table;
template <fixed_string Name, class... Fields>
struct field_table<model<Name, Fields...>> : field_entries<std::index_sequence_for<Fields...>, Fields...> {};

// The compiler searches the bases of a table, and that is all: no template is made for each field.
template <fixed_string Name, class Field, std::size_t Index>
field_entry<Name, Field, Index> entry_of(const field_entry<Name, Field, Index>*);

template <class Model, fixed_string Name>
concept knows_field = requires { entry_of<Name>(static_cast<const field_table<Model>*>(nullptr)); };
template <class Model, fixed_string Name>
using entry_in = decltype(entry_of<Name>(static_cast<const field_table<Model>*>(nullptr)));
template <class Model, fixed_string Name>
using field_in = typename entry_in<Model, Name>::type;

// ---- whether values with names make a model ----

enum class fault { none, unknown, repeated, misfit, missing };

struct verdict {
    fault kind = fault::none;
    std::size_t which = 0; // of the names, or of the fields where one is missing
};

constexpr std::size_t no_field = static_cast<std::size_t>(-1);

template <class Model, fixed_string Name>
inline constexpr std::size_t position_of = no_field;
template <class Model, fixed_string Name>
    requires knows_field<Model, Name>
inline constexpr std::size_t position_of<Model, Name> = entry_in<Model, Name>::index;

template <class Model, fixed_string Name, class Value>
inline constexpr bool takes_named = true; // of what is unknown there is nothing more to say
template <class Model, fixed_string Name, class Value>
    requires knows_field<Model, Name>
inline constexpr bool takes_named<Model, Name, Value> = takes_given<typename field_in<Model, Name>::value_type, Value>;

template <class Model, class... Named>
struct judgement;
template <fixed_string Name, class... Fields, fixed_string... Names, class... Values>
struct judgement<model<Name, Fields...>, named_value<Names, Values>...> {
    using judged = model<Name, Fields...>;

    static consteval verdict judge() {
        if constexpr (make_a_model<Fields...>()) { // else there is a sentence about it already
            const std::size_t at[] = {position_of<judged, Names>..., 0};
            const bool fits[] = {takes_named<judged, Names, Values>..., true};
            const bool required[] = {Fields::is_required..., false};
            bool given[sizeof...(Fields) + 1] = {};
            for (std::size_t i = 0; i < sizeof...(Names); ++i) {
                if (at[i] == no_field) return {fault::unknown, i};
                if (given[at[i]]) return {fault::repeated, i};
                if (!fits[i]) return {fault::misfit, i};
                given[at[i]] = true;
            }
            for (std::size_t i = 0; i < sizeof...(Fields); ++i) {
                if (required[i] && !given[i]) return {fault::missing, i};
            }
        }
        return {};
    }
    static constexpr verdict found = judge();

    // The name that is to blame.
    static consteval auto culprit() {
        if constexpr (found.kind == fault::none) {
            return fixed_string("");
        } else {
            constexpr std::string_view names[] = {Names.view()..., {}};
            constexpr std::string_view fields[] = {label_text<Fields>.view()..., {}};
            constexpr std::string_view text = (found.kind == fault::missing ? fields : names)[found.which];
            char copied[text.size() + 1] = {};
            for (std::size_t i = 0; i < text.size(); ++i)
                copied[i] = text[i];
            return fixed_string<text.size()>(copied);
        }
    }
};

template <class Model, class... Named>
inline constexpr fault fault_of = judgement<Model, Named...>::found.kind;

// What a refused initialiser has for a template argument, which g++ prints: the sentence and the name.
template <fixed_string Sentence, fixed_string Name>
struct refused_name;
template <fixed_string Sentence, class Model, class... Named>
using refused_values = refused_name<Sentence, judgement<Model, Named...>::culprit()>;

// Values by their places. A single object of a class may turn into a model: of that the compiler speaks.
template <class First, class... Rest>
consteval bool is_positional() {
    if constexpr (sizeof...(Rest) > 0) {
        return !(has_name<std::remove_cvref_t<First>> && ... && has_name<std::remove_cvref_t<Rest>>);
    } else {
        return !std::is_class_v<std::remove_cvref_t<First>> || string_like<std::remove_cvref_t<First>>;
    }
}

// ---- the values, on their way into the fields ----

// Inlined always: an initialiser of a struct is no call either, and to compile them is faster so.
template <class... Named>
struct given_values : Named... {};

template <class Field, fixed_string Name, class Value>
[[gnu::always_inline]] constexpr Field made_field(named_value<Name, Value>* given) {
    return Field(as_given<Name, typename Field::value_type>(static_cast<Value&&>(given->value)));
}
template <class Field, fixed_string>
[[gnu::always_inline]] constexpr Field made_field(const void*) { // there is none for it
    return Field();
}

// A field's message has its name already: "x: 200 is not in [0, 150]" -> "point.x: 200 is not in [0, 150]".
[[noreturn, gnu::cold, gnu::noinline]] inline void rethrow_of(const validation_error& thrown, std::string_view model) {
    if (!thrown.model().empty()) throw; // of a model that is being made for a field of this one
    throw validation_error(thrown.issues(), model);
}

// ---- what reflection knows of it ----

template <class T, class Model>
struct description_of_model;
template <class T, fixed_string Name, class... Fields>
struct description_of_model<T, model<Name, Fields...>> {
    using adapts = T;
    static constexpr std::string_view title = Name.view();
    static constexpr std::size_t count = make_a_model<Fields...>() ? sizeof...(Fields) : 0;

    static consteval raw_names<count> names() {
        static_assert(!std::is_aggregate_v<T>,
                      "lathe::model: a struct that is derived from a model takes its constructors over; write using "
                      "model::model; in it");
        if constexpr (count == 0) {
            return {};
        } else {
            return {{{label_text<Fields>.chars, label_text<Fields>.size()}...}};
        }
    }

    template <class Object>
    using storage_in = std::conditional_t<std::is_const_v<Object>, const storage_of<Fields...>, storage_of<Fields...>>;

    template <class Object, class F>
    static constexpr decltype(auto) apply(Object& object, F&& f) {
        return binder<count>::apply(static_cast<storage_in<Object>&>(object), static_cast<F&&>(f));
    }
    template <class Object, std::size_t Index>
    static constexpr auto& apply(Object& object, member_picker<Index>) noexcept {
        return member_at<Index>::in(static_cast<storage_in<Object>&>(object));
    }
};

template <class T>
    requires(made_of_fields<T> && !lists_fields<T>)
struct description<T> : description_of_model<T, typename T::lathe_model> {};

// ---- two models of one type, field by field ----

template <class Member>
struct two_fields {
    const Member& a;
    const Member& b;
};
template <class T, class Pairwise>
struct with_fields_of {
    const T& second;

    template <class... Members>
    constexpr auto operator()(const Members&... of_first) const {
        return description<T>::apply(second, [&](const Members&... of_second) {
            return Pairwise::of(two_fields<Members>{of_first, of_second}...);
        });
    }
};
struct all_equal {
    template <class... Members>
    static constexpr bool of(two_fields<Members>... fields) {
        return (static_cast<bool>(fields.a == fields.b) && ...);
    }
};
struct first_that_differs {
    template <class... Members>
    static constexpr auto of(two_fields<Members>... fields) {
        using category = std::common_comparison_category_t<decltype(fields.a <=> fields.b)...>;
        category order = category::equivalent;
        static_cast<void>(((order = fields.a <=> fields.b, order == 0) && ...));
        return order;
    }
};

template <class Model>
inline constexpr bool fields_compare = false;
template <fixed_string Name, class... Fields>
inline constexpr bool fields_compare<model<Name, Fields...>> =
    (comparable<typename Fields::value_type, typename Fields::value_type> && ...);
template <class Model>
inline constexpr bool fields_have_order = false;
template <fixed_string Name, class... Fields>
inline constexpr bool fields_have_order<model<Name, Fields...>> =
    (sortable<typename Fields::value_type, typename Fields::value_type> && ...);

// ---- models made of models ----

// The names of a model's fields that From has too, and that are not given.
template <class... A, class... B>
consteval type_list<A..., B...> operator+(type_list<A...>, type_list<B...>) noexcept {
    return {};
}
template <class From, fixed_string Name, fixed_string... Given>
consteval auto name_to_copy() noexcept {
    if constexpr (index_of_field<From>(Name.view()) < field_count<From> && !((Name.view() == Given.view()) || ...)) {
        return type_list<field_name<Name>>{};
    } else {
        return type_list<>{};
    }
}
template <class From, class Model, class... Given>
struct names_to_copy;
template <class From, fixed_string Name, class... Fields, fixed_string... Given>
struct names_to_copy<From, model<Name, Fields...>, field_name<Given>...> {
    using type = decltype((type_list<>{} + ... + name_to_copy<From, label_text<Fields>, Given...>()));
};

template <class To, class From, fixed_string... Copied, class... Named>
constexpr To copy_named(const From& from, type_list<field_name<Copied>...>, Named&&... named) {
    return To{(field_name<Copied>{} = lathe::get<Copied>(from))..., std::move(named)...};
}

template <class Model, fixed_string Name>
struct picked_field {
    static constexpr bool known = knows_field<Model, Name>;
    static_assert(known,
                  "lathe::pick: the model has no field of this name; the names are those in its list, not aliases");
    using type = property<int, label<Name>{}>; // so that nothing else fails
};
template <class Model, fixed_string Name>
    requires knows_field<Model, Name>
struct picked_field<Model, Name> {
    using type = field_in<Model, Name>;
};

template <class Model>
struct parts;
template <fixed_string Name, class... Fields>
struct parts<model<Name, Fields...>> {
    template <class... More>
    using with = model<Name, Fields..., More...>;
    template <fixed_string... Names>
    using only = model<Name, typename picked_field<model<Name, Fields...>, Names>::type...>;
    template <fixed_string Other>
    using called = model<Other, Fields...>;
};

template <class Model>
struct parts_of : parts<model<"nothing">> {
    static constexpr bool is_model = made_of_fields<Model>;
    static_assert(is_model,
                  "lathe::extend, pick, renamed: only a lathe::model, or a struct that is derived from one, has a list "
                  "of fields that others are made of; list the fields of other types anew");
};
template <made_of_fields Model>
struct parts_of<Model> : parts<typename Model::lathe_model> {};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_MODEL_FIELDS_HPP
