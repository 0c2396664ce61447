// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_WRITE_DOCUMENT_HPP
#define LATHE_MODEL_DETAIL_WRITE_DOCUMENT_HPP

/// @file
/// @brief Any value that a model may hold, into a document. One function for each type, and one loop for all models.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/core/type_name.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/calendar.hpp>
#include <lathe/model/detail/conversion.hpp>
#include <lathe/model/detail/document.hpp>
#include <lathe/model/detail/document_types.hpp>
#include <lathe/model/detail/member_types.hpp>
#include <lathe/model/detail/path.hpp>
#include <lathe/model/detail/property_rules.hpp>
#include <lathe/model/detail/read_text.hpp>
#include <lathe/model/detail/write_value.hpp>
#include <lathe/model/enumerators.hpp>
#include <lathe/model/reflect.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// One field of a model, to be written with its type forgotten.
struct written_field {
    std::string_view name;
    std::string_view key; // its first alias, or its name
    void (*write)(const void* value, document_writer& to, const path& where);
    const std::string_view* aliases;
    std::size_t alias_count;
    bool extra; // a dict whose entries stand beside the fields

    [[nodiscard]] bool is_called(std::string_view other) const noexcept {
        if (name == other) return true;
        for (std::size_t i = 0; i < alias_count; ++i) {
            if (aliases[i] == other) return true;
        }
        return false;
    }
};

struct written_model {
    const written_field* fields;
    std::size_t count;
    void (*places)(const void* model, const void** to);
};

[[noreturn, gnu::cold, gnu::noinline]] inline void
refuse_to_write(const path& where, std::string_view rule, std::string shown, std::string_view failure) {
    std::string message = shown;
    message += ' ';
    message += failure;
    std::vector<issue> issues;
    issues.push_back({where.text(), std::string(rule), std::move(message), std::move(shown)});
    throw validation_error(std::move(issues));
}

// Counts how deep a writer is; on the way down it refuses what has no end.
class level {
public:
    level(document_writer& to, const path& where) : m_to(to) {
        if (to.depth == document_writer::max_depth) {
            refuse_to_write(where, "depth", "the value", "is nested more than 1000 deep, or has no end");
        }
        ++to.depth;
    }
    level(const level&) = delete;
    level& operator=(const level&) = delete;
    ~level() { --m_to.depth; }

private:
    document_writer& m_to;
};

inline void write_dynamic(const value& from, document_writer& to, const path& where);

inline void write_entries(const dict& from, document_writer& to, const path& where) {
    for (const auto& [key, held] : from) {
        to.key(key, where);
        const path here{&where, key};
        write_dynamic(held, to, here);
    }
}
inline void write_dynamic(const dict& from, document_writer& to, const path& where) {
    const level deeper(to, where);
    to.begin_dict(from.size());
    write_entries(from, to, where);
    to.end_dict();
}
inline void write_dynamic(const list& from, document_writer& to, const path& where) {
    const level deeper(to, where);
    to.begin_list(from.size());
    std::size_t index = 0;
    for (const value& element : from)
        write_dynamic(element, to, path{&where, {}, index++});
    to.end_list();
}
inline void write_dynamic(const value& from, document_writer& to, const path& where) {
    switch (from.kind()) {
    case value_kind::null:
        return to.null();
    case value_kind::boolean:
        return to.boolean(from.as<bool>());
    case value_kind::integer:
        return to.integer(from.as<std::int64_t>());
    case value_kind::natural:
        return to.natural(from.as<std::uint64_t>());
    case value_kind::real:
        return to.real(from.as<double>(), where);
    case value_kind::text:
        return to.text(from.as<std::string>(), where);
    case value_kind::bytes:
        return to.raw(from.as<bytes>().data(), from.as<bytes>().size());
    case value_kind::list:
        return write_dynamic(from.as<list>(), to, where);
    case value_kind::dict:
        return write_dynamic(from.as<dict>(), to, where);
    }
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_extra(const path& where, std::string_view key) {
    refuse_to_write(path{&where, key}, "unknown", std::string(key), "is a field, and among the extra keys too");
}

inline void write_extra(const written_model& model, const dict& extra, document_writer& to, const path& where) {
    for (const auto& [key, held] : extra) {
        for (std::size_t i = 0; i < model.count; ++i) {
            if (!model.fields[i].extra && model.fields[i].is_called(key)) refuse_extra(where, key);
        }
    }
    write_entries(extra, to, where);
}

// Asks for the place of each member when its turn comes; of the extra keys, for that of their dict.
template <class PlaceOf>
void write_model(const written_model& model, document_writer& to, const path& where, PlaceOf place_of) {
    const level deeper(to, where);
    const bool aliases = to.writes_aliases();
    to.begin_dict(model.count);
    for (std::size_t i = 0; i < model.count; ++i) {
        const written_field& field = model.fields[i];
        const void* const place = place_of(i);
        if (field.extra) {
            write_extra(model, *static_cast<const dict*>(place), to, where);
            continue;
        }
        to.key(aliases ? field.key : field.name, where);
        field.write(place, to, path{&where, field.name});
    }
    to.end_dict();
}
inline void write_model(const written_model& model, const void* const* places, document_writer& to, const path& where) {
    write_model(model, to, where, [places](std::size_t i) { return places[i]; });
}

template <class T>
void write_document(const T& from, document_writer& to, const path& where);

template <class Member>
void write_field(const void* from, document_writer& to, const path& where) {
    write_document(*static_cast<const Member*>(from), to, where);
}

// Where the members of a model are; of the extra keys, their dict.
struct places_of_members {
    const void** to;

    template <class... Members>
    void operator()(Members&... members) const noexcept { // no values, which do not stay
        [[maybe_unused]] const void** next = to;
        ((*next++ = place(members)), ...);
    }
    template <class Member>
    static const void* place(const Member& member) noexcept {
        if constexpr (keeps_extra_keys<Member>) {
            return __builtin_addressof(member.value());
        } else {
            return static_cast<const void*>(__builtin_addressof(member));
        }
    }
};

template <class T>
void places_to_write(const void* model, const void** to) {
    description<T>::apply(*static_cast<const T*>(model), places_of_members{to});
}

template <class T, class Members>
struct model_to_write;
template <class T, class... Members>
struct model_to_write<T, type_list<Members...>> {
    struct fields {
        written_field at[sizeof...(Members) + 1];
    };
    static constexpr fields make() {
        check_labels<T, Members...>();
        static_cast<void>(extra_keys_are_kept<Members...>());
        fields all{{{{},
                     first_alias<Members>(),
                     &write_field<Members>,
                     aliases_of<Members>::begin(),
                     aliases_of<Members>::count,
                     keeps_extra_keys<Members> && holds_dict<Members>}...,
                    {}}};
        for (std::size_t i = 0; i < sizeof...(Members); ++i) {
            all.at[i].name = name_store<T>::names.at[i];
            if (all.at[i].key.empty()) all.at[i].key = all.at[i].name;
        }
        return all;
    }
    static constexpr fields table = make();
    static constexpr written_model value{table.at, sizeof...(Members), &places_to_write<T>};
};

// What is written can be read again: neither 0000-00-00 can, nor what lies beyond four digits.
inline void check_date(std::string_view text, const path& where) {
    civil date{};
    std::string_view rest = text;
    if (take_date(rest, date) == reading::done) return;
    refuse_to_write(where, "type", std::string(text), "is not in the calendar of the years 0 to 9999");
}

template <class T>
[[noreturn, gnu::cold, gnu::noinline]] void refuse_nameless(const T& from, const path& where) {
    refuse_to_write(where, "one_of", shown_value(from), "has no name");
}

template <class T>
void write_keyed(const T& from, document_writer& to, const path& where) {
    const level deeper(to, where);
    to.begin_dict(from.size());
    std::string key;
    for (const auto& [name, held] : from) {
        if constexpr (string_like<typename T::key_type>) {
            key = std::string_view(name);
        } else {
            if constexpr (std::is_enum_v<typename T::key_type>) {
                if (enum_name(name).empty()) refuse_nameless(name, where);
            }
            key.clear();
            write_key(key, name);
            if constexpr (calendar_date<typename T::key_type> || time_point<typename T::key_type>) {
                check_date(key, where);
            }
        }
        std::string label;
        label.reserve(key.size() + 4);
        label += '[';
        write_quoted(label, key);
        label += ']';
        const path here{&where, label};
        to.key(key, here);
        write_document(held, to, here);
    }
    to.end_dict();
}

template <class T>
void write_listed(const T& from, std::size_t size, document_writer& to, const path& where) {
    const level deeper(to, where);
    to.begin_list(size);
    std::size_t index = 0;
    for (const auto& element : from) {
        const path here{&where, {}, index++};
        if constexpr (map_like<T>) {
            to.begin_list(2);
            write_document(element.first, to, here);
            write_document(element.second, to, here);
            to.end_list();
        } else {
            // std::vector<bool> hands out something else.
            write_document<typename range_element<T>::type>(element, to, here);
        }
    }
    to.end_list();
}

template <class T>
void write_document(const T& from, document_writer& to, const path& where) {
    if constexpr (property_like<T>) {
        write_document(from.value(), to, where);
    } else if constexpr (std::is_same_v<T, value> || std::is_same_v<T, dict> || std::is_same_v<T, list>) {
        write_dynamic(from, to, where);
    } else if constexpr (record_like<T>) {
        T::lathe_record::write(from, to, where);
    } else if constexpr (std::is_same_v<T, bool>) {
        to.boolean(from);
    } else if constexpr (std::is_same_v<T, char>) {
        to.text({&from, 1}, where);
    } else if constexpr (integer<T>) {
        if constexpr (std::is_signed_v<T>) {
            to.integer(from);
        } else {
            to.natural(from);
        }
    } else if constexpr (std::is_same_v<T, float>) {
        to.single(from, where);
    } else if constexpr (std::is_same_v<T, long double>) {
        const auto near = static_cast<double>(from);
        if (near != from && from == from) {
            refuse_to_write(where, "representable", shown_value(from), "is not exact as a double");
        }
        to.real(near, where);
    } else if constexpr (std::is_floating_point_v<T>) {
        to.real(from, where);
    } else if constexpr (char_array<T>) {
        to.text(text_in(from), where);
    } else if constexpr (string_like<T>) {
        if constexpr (std::is_pointer_v<T>) {
            if (from == nullptr) return to.null();
        }
        to.text(std::string_view(from), where);
    } else if constexpr (text_both_ways<T>) {
        to.text(std::string_view(to_string(from)), where);
    } else if constexpr (std::is_enum_v<T>) {
        const std::string_view name = enum_name(from);
        if (name.empty()) refuse_nameless(from, where);
        to.text(name, where);
    } else if constexpr (stands_for_nothing<T>) {
        to.null();
    } else if constexpr (described<T>) {
        if constexpr (name_store<T>::in_reach) {
            const void* places[field_count<T> + 1] = {};
            const written_model& model = model_to_write<T, member_types<T>>::value;
            model.places(__builtin_addressof(from), places);
            write_model(model, places, to, where);
        }
    } else if constexpr (nullable<T>) {
        if (static_cast<bool>(from)) {
            write_document(*from, to, where);
        } else {
            to.null();
        }
    } else if constexpr (variant_like<T>) {
        if (from.valueless_by_exception()) return to.null();
        visit([&](const auto& held) { write_document(held, to, where); }, from);
    } else if constexpr (plain_duration<T>) {
        write_document(from.count(), to, where);
    } else if constexpr (calendar_date<T> || time_point<T>) {
        std::string text;
        write_value(text, from);
        check_date(text, where);
        to.text(text, where);
    } else if constexpr (duration<T>) {
        std::string text;
        write_value(text, from);
        to.text(text, where);
    } else if constexpr (byte_range<T>) {
        to.raw(from.data(), from.size());
    } else if constexpr (keyed_map<T>) {
        write_keyed(from, to, where);
    } else if constexpr (std::is_bounded_array_v<T>) {
        write_listed(from, std::extent_v<T>, to, where);
    } else if constexpr (range_like<T>) {
        write_listed(from, size_hint(from), to, where);
    } else if constexpr (tuple_like<T>) {
        const level deeper(to, where);
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            using std::get;
            to.begin_list(sizeof...(I));
            (write_document(get<I>(from), to, path{&where, {}, I}), ...);
            to.end_list();
        }(std::make_index_sequence<std::tuple_size<T>::value>{});
    } else {
        static_assert(text_both_ways<T>,
                      "lathe::to_dict: a value of this type has no place in a document; make it a model, or give it "
                      "to_string and read_text in its namespace");
    }
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_WRITE_DOCUMENT_HPP
