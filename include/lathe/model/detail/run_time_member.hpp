// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_RUN_TIME_MEMBER_HPP
#define LATHE_MODEL_DETAIL_RUN_TIME_MEMBER_HPP

/// @file
/// @brief What a run-time model can do with a member: one constant for each type with its rules.

#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/compare.hpp>
#include <lathe/model/detail/document_shapes.hpp>
#include <lathe/model/detail/read_document.hpp>
#include <lathe/model/detail/run_time_model.hpp>
#include <lathe/model/detail/store.hpp>
#include <lathe/model/detail/write_document.hpp>
#include <lathe/model/detail/write_value.hpp>
#include <lathe/model/field_info.hpp>
#include <lathe/model/property.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Whether a T is a record, or holds some.
template <class T>
consteval bool holds_records() {
    constexpr type_shape shape = shape_in_document<T>();
    if constexpr (shape == type_shape::record) {
        return true;
    } else if constexpr (shape == type_shape::nullable) {
        return holds_records<held_in<T>>();
    } else if constexpr (shape == type_shape::map) {
        return holds_records<typename T::mapped_type>();
    } else if constexpr (shape == type_shape::list) {
        return holds_records<typename list_element<T>::type>();
    } else {
        return false;
    }
}

template <class Member>
inline constexpr bool declares_default = false;
template <class T, auto... Rules>
inline constexpr bool declares_default<property<T, Rules...>> = has_default<Rules...>;

// Reads a T whose records are of that model.
template <class T>
const codec* codec_of_records(run_time_model& owner, const run_time_field& field) {
    constexpr type_shape shape = shape_in_document<T>();
    if constexpr (shape == type_shape::record) {
        return &field.records->type();
    } else if constexpr (shape == type_shape::nullable) {
        return owner.keep({nullable_codec<T>(codec_of_records<held_in<T>>(owner, field)), &field});
    } else if constexpr (shape == type_shape::map) {
        return owner.keep({map_codec<T>(codec_of_records<typename T::mapped_type>(owner, field)), &field});
    } else {
        return owner.keep({list_codec<T>(codec_of_records<typename list_element<T>::type>(owner, field)), &field});
    }
}

// Adds an issue for each record in a T that is not of that model.
template <class T>
void check_record_types(const T& value, const run_time_model& wanted, const path& where, std::vector<issue>& issues) {
    constexpr type_shape shape = shape_in_document<T>();
    if constexpr (shape == type_shape::record) {
        T::lathe_record::check_type(value, wanted, where, issues);
    } else if constexpr (shape == type_shape::nullable) {
        if (static_cast<bool>(value)) check_record_types(*value, wanted, where, issues);
    } else if constexpr (shape == type_shape::map) {
        for (const auto& [key, mapped] : value) {
            const std::string label = "[" + shown_value(key) + "]";
            check_record_types(mapped, wanted, path{&where, label}, issues);
        }
    } else if constexpr (holds_records<T>()) {
        std::size_t index = 0;
        for (const auto& element : value)
            check_record_types(element, wanted, path{&where, {}, index++}, issues);
    }
}

template <class Member>
struct run_time_member {
    using rules = rules_of<Member>;
    using value_type = typename rules::value_type;

    static Member& in(void* member) noexcept { return *static_cast<Member*>(member); }
    static const Member& in(const void* member) noexcept { return *static_cast<const Member*>(member); }

    static void make(void* member) { ::new (member) Member(made_blank<Member>()); }
    static void copy(void* member, const void* from) { ::new (member) Member(in(from)); }
    static void destroy(void* member) noexcept { in(member).~Member(); }
    static void commit(void* member, void* from) {
        detail::commit(rules::held(in(member)), std::move(rules::held(in(from))));
    }
    static const void* held(const void* member) noexcept { return __builtin_addressof(rules::held(in(member))); }
    static bool equal(const void* a, const void* b) { return equal_deep(rules::held(in(a)), rules::held(in(b))); }
    static std::size_t hash(const void* member) { return hash_deep(rules::held(in(member))); }
    static void text(const void* member, std::string& out) { write_value(out, rules::held(in(member))); }

    static void check(const void* member, const run_time_field& field, const path& where, std::vector<issue>& issues) {
        const std::size_t before = issues.size();
        check_deep(in(member), where, issues);
        if (issues.size() == before) field.check_rules(held(member), where, issues);
    }

    // The last step of each change: all rules, then the value moves in.
    static bool take(
        Member& member, value_type&& next, const run_time_field& field, const path& where, std::vector<issue>& issues) {
        const std::size_t before = issues.size();
        rules::normalise(next);
        if (!rules::hold(next)) rules::collect(next, where, issues);
        if (!field.rules.empty()) field.check_rules(__builtin_addressof(next), where, issues);
        if constexpr (holds_records<value_type>()) check_record_types(next, *field.records, where, issues);
        if (issues.size() != before) return false;
        detail::commit(rules::held(member), std::move(next));
        return true;
    }

    // Of a value of type U: its own, or what is in an optional.
    template <class U>
    static bool take_same(void* member,
                          const void* value,
                          bool may_move,
                          const run_time_field& field,
                          const path& where,
                          std::vector<issue>& issues) {
        if constexpr (std::is_copy_constructible_v<U>) {
            if (!may_move) {
                return take(in(member), value_type(*static_cast<const U*>(value)), field, where, issues);
            }
        }
        // What cannot be copied comes as an rvalue: assigning checks it.
        auto& from = *static_cast<U*>(const_cast<void*>(value));
        return take(in(member), value_type(std::move(from)), field, where, issues);
    }

    template <class U>
    static intake_outcome take_converted(
        Member& member, U given, const run_time_field& field, const path& where, std::vector<issue>& issues) {
        if constexpr (takes_value<value_type, U>) {
            if (!arrives_unchanged<value_type>(given)) {
                add_unrepresentable<value_type>(issues, where.text(), given);
                return intake_outcome::refused;
            }
            return take(member, convert<value_type>(given), field, where, issues) ? intake_outcome::stored
                                                                                  : intake_outcome::refused;
        } else {
            return intake_outcome::not_taken;
        }
    }

    static intake_outcome take_scalar(void* member,
                                      const scalar_event& given,
                                      const run_time_field& field,
                                      const path& where,
                                      std::vector<issue>& issues) {
        switch (given.kind) {
        case value_kind::boolean:
            return take_converted(in(member), given.boolean, field, where, issues);
        case value_kind::integer:
            return take_converted(in(member), given.integer, field, where, issues);
        case value_kind::natural:
            return take_converted(in(member), given.natural, field, where, issues);
        case value_kind::real:
            return take_converted(in(member), given.real, field, where, issues);
        case value_kind::text:
            if constexpr (rules::takes_text_as_it_is) {
                // No copy before the check, and none of the string's memory given up.
                if (field.rules.empty()) {
                    if (!rules::hold(given.text)) {
                        rules::collect(given.text, where, issues);
                        return intake_outcome::refused;
                    }
                    rules::held(in(member)).assign(given.text.data(), given.text.size());
                    return intake_outcome::stored;
                }
            }
            return take_converted(in(member), given.text, field, where, issues);
        case value_kind::null:
            return take_converted(in(member), std::nullopt, field, where, issues);
        default:
            return intake_outcome::not_taken;
        }
    }

    // ---- in documents ----

    static void finish(const codec& self, void* member, decoder& by) {
        const run_time_field& field = *static_cast<const run_time_codec&>(self).field;
        const std::size_t before = by.issue_count();
        check_property<Member>(member, by);
        if (by.issue_count() != before || field.rules.empty()) return;
        by.collect(
            [&](const path& where, std::vector<issue>& issues) { field.check_rules(held(member), where, issues); });
    }
    static const codec* make_codec([[maybe_unused]] run_time_model& owner,
                                   [[maybe_unused]] const run_time_field& field) {
        if constexpr (is_property<Member>) {
            if constexpr (holds_records<value_type>()) {
                return ruled(owner, field, codec_of_records<value_type>(owner, field));
            } else {
                if (!field.rules.empty()) return ruled(owner, field, &codec_of<value_type>);
                return &codec_of<Member>;
            }
        } else {
            return &codec_of<Member>;
        }
    }
    static const codec* ruled(run_time_model& owner, const run_time_field& field, const codec* inner) {
        run_time_codec made{property_codec<Member>(inner), &field};
        made.finish = &finish;
        return owner.keep(made);
    }

    static constexpr member_operations make_operations() {
        member_operations all{};
        all.size = sizeof(Member);
        all.alignment = alignof(Member);
        all.tag = &type_tag<value_type>;
        all.info = &info_of<Member>::value;
        all.make = &make;
        if constexpr (std::is_copy_constructible_v<Member>) all.copy = &copy;
        all.destroy = &destroy;
        all.commit = &commit;
        all.held = &held;
        if constexpr (with_equality::of<value_type>) all.equal = &equal;
        if constexpr (with_hash::of<value_type>) all.hash = &hash;
        all.text = &text;
        all.write = &write_field<Member>;
        all.may_be_absent = &member_may_be_absent<Member>;
        all.check = &check;
        all.take_same = &take_same<value_type>;
        if constexpr (is_optional<value_type>) {
            all.inner_tag = &type_tag<without_optional<value_type>>;
            all.take_inner = &take_same<without_optional<value_type>>;
        }
        all.take_scalar = &take_scalar;
        all.make_codec = &make_codec;
        all.is_record = record_like<value_type>;
        all.holds_records = holds_records<value_type>();
        all.must_be_given = rules::must_be_given;
        all.has_default = declares_default<Member>;
        all.keeps_extra_keys = detail::keeps_extra_keys<Member>;
        return all;
    }
    static constexpr member_operations operations = make_operations();
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_RUN_TIME_MEMBER_HPP
