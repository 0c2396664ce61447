// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_READ_DOCUMENT_HPP
#define LATHE_MODEL_DETAIL_READ_DOCUMENT_HPP

/// @file
/// @brief What the decoder must know of each type: one constant for a type, made of few small functions.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/type_name.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/codec.hpp>
#include <lathe/model/detail/decoder.hpp>
#include <lathe/model/detail/deep_check.hpp>
#include <lathe/model/detail/document_shapes.hpp>
#include <lathe/model/detail/document_types.hpp>
#include <lathe/model/detail/member_types.hpp>
#include <lathe/model/detail/read_scalar.hpp>
#include <lathe/model/detail/store.hpp>
#include <lathe/model/reflect.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

template <class T>
consteval codec make_codec();

// Not constexpr: types that contain themselves refer to it in a circle.
template <class T>
constinit inline const codec codec_of = make_codec<T>();

// ---- properties and what may be absent ----

template <class Property>
void* open_property(void* to) {
    return __builtin_addressof(rules_of<Property>::held(*static_cast<Property*>(to)));
}

template <class Property>
void check_property(void* to, decoder& by) {
    using rules = rules_of<Property>;
    auto& held = rules::held(*static_cast<Property*>(to));
    rules::normalise(held);
    if (rules::hold(held)) return;
    by.collect([&held](const path& where, std::vector<issue>& issues) { rules::collect(held, where, issues); });
}

template <class Property>
void finish_property(const codec&, void* to, decoder& by) {
    check_property<Property>(to, by);
}

// The value and its rules in one step.
template <class Property>
void take_property(void* to, const scalar_event& given, decoder& by) {
    using rules = rules_of<Property>;
    const std::size_t before = by.issue_count();
    take_scalar(rules::held(*static_cast<Property*>(to)), given, by);
    if (by.issue_count() == before) check_property<Property>(to, by);
}

// Of a property around something that `inner` reads.
template <class Property>
constexpr codec property_codec(const codec* inner) {
    using value_type = typename rules_of<Property>::value_type;
    codec made;
    made.kind = codec_kind::property;
    made.own_kinds = kinds_of<value_type>();
    made.expected = expected_for<value_type>();
    made.inner = inner;
    made.open = &open_property<Property>;
    made.peek = &open_property<Property>;
    made.finish = &finish_property<Property>;
    return made;
}
template <class Property>
consteval codec property_codec() {
    using value_type = typename rules_of<Property>::value_type;
    if constexpr (scalar_like<value_type>) {
        codec made;
        made.own_kinds = kinds_of_scalar<value_type>();
        made.expected = scalar_expected<value_type>();
        made.take = &take_property<Property>;
        return made;
    } else {
        return property_codec<Property>(&codec_of<value_type>);
    }
}

template <class T>
void* open_nullable(void* to) {
    auto& holder = *static_cast<T*>(to);
    using held = std::remove_reference_t<decltype(*holder)>;
    if constexpr (is_optional<T>) {
        holder = T(std::in_place, made_blank<held>());
    } else {
        holder.reset(new held(made_blank<held>()));
    }
    return __builtin_addressof(*holder);
}
template <class T>
void* peek_nullable(void* to) {
    return __builtin_addressof(**static_cast<T*>(to));
}
template <class T>
void reset_nullable(void* to) {
    static_cast<T*>(to)->reset();
}

// ---- containers ----

template <class T>
void* open_container(void* to) {
    if constexpr (requires(T& container) { container.clear(); }) static_cast<T*>(to)->clear();
    return to;
}

template <class Element>
void* make_temporary(temporary& element) {
    element.reset();
    element.object = new Element(made_blank<Element>());
    element.destroy = [](void* object) noexcept {
        delete static_cast<Element*>(object);
    };
    return element.object;
}

template <class T>
void* place_at_end(void* to, std::size_t, temporary&) {
    auto& container = *static_cast<T*>(to);
    using element = typename T::value_type;
    if constexpr (std::is_scalar_v<element> || std::is_same_v<element, std::string>) {
        return __builtin_addressof(container.emplace_back());
    } else {
        container.push_back(made_blank<element>());
        return __builtin_addressof(container.back());
    }
}
template <class Element>
void* place_apart(void*, std::size_t, temporary& element) {
    return make_temporary<Element>(element);
}
template <class T, class Element>
bool keep_element(void* to, temporary& element) {
    auto& container = *static_cast<T*>(to);
    auto& complete = *static_cast<Element*>(element.object);
    if constexpr (requires { container.push_back(std::move(complete)); }) {
        container.push_back(std::move(complete));
        return true;
    } else if constexpr (requires { container.insert(std::move(complete)).second; }) {
        return container.insert(std::move(complete)).second;
    } else {
        container.insert(container.end(), std::move(complete));
        return true;
    }
}

template <class T>
void* map_entry(void* to, std::string_view text, decoder& by) {
    using key_type = typename T::key_type;
    key_type key{};
    const std::size_t before = by.issue_count();
    if constexpr (std::is_same_v<key_type, std::string>) {
        key.assign(text.data(), text.size());
    } else {
        const reading outcome = read_value(text, key);
        if (outcome != reading::done) refuse_reading<key_type>(scalar_event::of(text), outcome, by);
    }
    if (by.issue_count() != before) return nullptr;
    auto& map = *static_cast<T*>(to);
    const auto [at, fresh] = map.try_emplace(std::move(key), made_blank<typename T::mapped_type>());
    if (!fresh) {
        by.add("duplicate", "the key is there already", {});
        return nullptr;
    }
    return __builtin_addressof(at->second);
}

// ---- arrays, tuples, variants ----

template <class T>
void* place_in_array(void* to, std::size_t index, temporary&) {
    return __builtin_addressof((*static_cast<T*>(to))[index]);
}
template <class T>
void* place_in_tuple(void* to, std::size_t index, temporary&) {
    void* place = nullptr;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        using std::get;
        ((I == index ? void(place = __builtin_addressof(get<I>(*static_cast<T*>(to)))) : void()), ...);
    }(std::make_index_sequence<std::tuple_size<T>::value>{});
    return place;
}
template <template <class...> class Variant, class... Types>
struct alternatives<Variant<Types...>> {
    template <std::size_t I, class Type>
    static void* make(void* to) {
        return __builtin_addressof(static_cast<Variant<Types...>*>(to)->template emplace<I>(made_blank<Type>()));
    }
    static void* place(void* to, std::size_t index, temporary&) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            constexpr void* (*makers[])(void*) = {&make<I, Types>...};
            return makers[index](to);
        }(std::index_sequence_for<Types...>{});
    }
    struct types {
        static constexpr const codec* at[] = {&codec_of<Types>...};
        static constexpr read_parts parts{at, sizeof...(Types)};
    };
    static consteval kind_set own_kinds() { return static_cast<kind_set>((kinds_of<Types>() | ...)); }
};

template <class T, class Indices = std::make_index_sequence<std::tuple_size<T>::value>>
struct tuple_parts;
template <class T, std::size_t... I>
struct tuple_parts<T, std::index_sequence<I...>> {
    static constexpr const codec* at[sizeof...(I) + 1] = {&codec_of<typename std::tuple_element<I, T>::type>...,
                                                          nullptr};
    static constexpr read_parts parts{at, sizeof...(I)};
};
template <class Element, std::size_t Count>
struct array_parts {
    struct list {
        const codec* at[Count + 1];
    };
    static constexpr list types = [] {
        list all{};
        for (std::size_t i = 0; i < Count; ++i)
            all.at[i] = &codec_of<Element>;
        return all;
    }();
    static constexpr read_parts parts{types.at, Count};
};

// ---- models ----

template <class Member>
bool member_may_be_absent(const void* member) {
    return !rules_of<Member>::must_be_given && holds_deep(*static_cast<const Member*>(member));
}

// Null where anything may stay as it is.
template <class Member>
consteval auto absence_of() -> bool (*)(const void*) {
    if constexpr (keeps_extra_keys<Member> || (!is_property<Member> && is_inert<Member>)) {
        return nullptr;
    } else {
        return &member_may_be_absent<Member>;
    }
}

struct places_of_fields {
    void** to;

    template <class... Members>
    void operator()(Members&... members) const noexcept {
        constexpr bool can_be_filled = (!std::is_const_v<Members> && ...);
        static_assert(can_be_filled,
                      "lathe::from_dict: a const member cannot be filled; drop the const, or list the other members "
                      "with lathe::fields");
        if constexpr (can_be_filled) {
            [[maybe_unused]] void** next = to;
            ((*next++ = static_cast<void*>(__builtin_addressof(members))), ...);
        }
    }
};
template <class T>
void places_to_read(void* model, void** to) {
    description<T>::apply(*static_cast<T*>(model), places_of_fields{to});
}

template <class T>
void check_invariants(const void* model, const path& where, std::vector<issue>& issues) {
    const T& whole = *static_cast<const T*>(model);
    std::apply([&](const auto&... each) { (check_invariant(each, whole, where, issues), ...); },
               invariant_list<T>::value);
}
template <class T>
consteval auto invariants_of() -> void (*)(const void*, const path&, std::vector<issue>&) {
    if constexpr (has_invariants<T>) {
        return &check_invariants<T>;
    } else {
        return nullptr;
    }
}

template <class T, class Members>
struct model_to_read;
template <class T, class... Members>
struct model_to_read<T, type_list<Members...>> {
    static constexpr std::size_t count = sizeof...(Members);
    struct fields {
        read_field at[count + 1];
        std::size_t extra = count;
    };
    static constexpr fields make() {
        check_labels<T, Members...>();
        constexpr bool kept = extra_keys_are_kept<Members...>();
        fields all{{{{},
                     aliases_of<Members>::begin(),
                     aliases_of<Members>::count,
                     &codec_of<Members>,
                     absence_of<Members>()}...,
                    {}}};
        constexpr bool keeps[count + 1] = {keeps_extra_keys<Members>..., false};
        for (std::size_t i = 0; i < count; ++i) {
            all.at[i].name = name_store<T>::names.at[i];
            if (kept && keeps[i]) all.extra = i;
        }
        return all;
    }
    static constexpr fields table = make();
    static constexpr read_model value{
        type_name<T>, table.at, count, table.extra, &places_to_read<T>, invariants_of<T>()};
};

// ---- any type ----

template <class T>
consteval codec array_codec() {
    codec made;
    made.kind = codec_kind::array;
    made.own_kinds = set_of(value_kind::list);
    if constexpr (is_array<T>) {
        made.parts = &array_parts<typename range_element<T>::type, array_size<T>>::parts;
        made.place = &place_in_array<T>;
    } else {
        made.parts = &tuple_parts<T>::parts;
        made.place = &place_in_tuple<T>;
    }
    made.expected = "a list";
    return made;
}

// The next three are asked at run time too, with what is not a constant for `inner`.
template <class T>
constexpr codec list_codec(const codec* inner) {
    using element = typename list_element<T>::type;
    codec made;
    made.kind = codec_kind::list;
    made.own_kinds = set_of(value_kind::list);
    made.expected = "a list";
    made.inner = inner;
    made.open = &open_container<T>;
    if constexpr (grows_in_place<T>) {
        made.place = &place_at_end<T>;
    } else {
        made.place = &place_apart<element>;
        made.keep = &keep_element<T, element>;
        made.forgives_repetition = !map_like<T>;
    }
    return made;
}

template <class T>
constexpr codec map_codec(const codec* inner) {
    codec made;
    made.kind = codec_kind::map;
    made.own_kinds = set_of(value_kind::dict);
    made.expected = "a dict";
    made.inner = inner;
    made.open = &open_container<T>;
    made.entry = &map_entry<T>;
    return made;
}

// What an optional or a pointer holds.
template <class T>
using held_in = std::remove_cvref_t<decltype(*std::declval<T&>())>;

template <class T>
constexpr codec nullable_codec(const codec* inner) {
    codec made;
    made.kind = codec_kind::nullable;
    made.own_kinds = kinds_of<T>();
    made.expected = expected_for<held_in<T>>();
    made.inner = inner;
    made.open = &open_nullable<T>;
    made.peek = &peek_nullable<T>;
    made.reset = &reset_nullable<T>;
    return made;
}

template <class T>
consteval codec make_codec() {
    constexpr type_shape shape = shape_in_document<T>();
    static_assert(shape != type_shape::none,
                  "lathe::from_dict: a value of this type cannot be read from a document; make it a model, or give it "
                  "to_string and read_text in its namespace");
    static_assert(shape != type_shape::record,
                  "lathe::from_dict: the fields of a record are known at run time only; read it by its type, as in "
                  "person_type(dict)");
    codec made;
    made.own_kinds = kinds_of<T>();
    made.expected = expected_for<T>();
    if constexpr (shape == type_shape::none || shape == type_shape::record) {
        return made;
    } else if constexpr (shape == type_shape::property) {
        return property_codec<T>();
    } else if constexpr (shape == type_shape::dynamic) {
        made.kind = codec_kind::dynamic;
    } else if constexpr (shape == type_shape::scalar) {
        made.take = &take_plain<T>;
    } else if constexpr (shape == type_shape::model) {
        made.kind = codec_kind::model;
        made.model = &model_to_read<T, member_types<T>>::value;
    } else if constexpr (shape == type_shape::nullable) {
        return nullable_codec<T>(&codec_of<held_in<T>>);
    } else if constexpr (shape == type_shape::variant) {
        made.kind = codec_kind::variant;
        made.parts = &alternatives<T>::types::parts;
        made.place = &alternatives<T>::place;
    } else if constexpr (shape == type_shape::map) {
        return map_codec<T>(&codec_of<typename T::mapped_type>);
    } else if constexpr (shape == type_shape::list) {
        return list_codec<T>(&codec_of<typename list_element<T>::type>);
    } else {
        return array_codec<T>();
    }
    return made;
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_READ_DOCUMENT_HPP
