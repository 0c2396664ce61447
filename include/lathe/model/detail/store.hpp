// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_STORE_HPP
#define LATHE_MODEL_DETAIL_STORE_HPP

/// @file
/// @brief Assignment to a member that collects issues instead of throwing.

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/detail/access.hpp>
#include <lathe/model/detail/commit.hpp>
#include <lathe/model/detail/conversion.hpp>
#include <lathe/model/detail/path.hpp>
#include <lathe/model/detail/property_rules.hpp>
#include <lathe/model/property.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// The rules of a member; a plain one has none.
template <class Member>
struct rules_of {
    using value_type = Member;
    static constexpr bool must_be_given = false;

    static constexpr Member& held(Member& member) noexcept { return member; }
    static constexpr const Member& held(const Member& member) noexcept { return member; }
    template <class V>
    static constexpr bool hold(const V&) noexcept {
        return true;
    }
    template <class V>
    static void collect(const V&, const path&, std::vector<issue>&) {}
    static constexpr void normalise(Member&) noexcept {}
    static constexpr bool takes_text_as_it_is = std::is_same_v<Member, std::string>;
};

template <class T, auto... Rules>
struct rules_of<property<T, Rules...>> {
    using value_type = T;
    static constexpr bool must_be_given = (std::is_same_v<type_of<Rules>, required_attribute> || ...);

    static constexpr T& held(property<T, Rules...>& member) noexcept { return access::held(member); }
    static constexpr const T& held(const property<T, Rules...>& member) noexcept { return member.value(); }
    template <class V>
    static constexpr bool hold(const V& value) {
        return all_hold<Rules...>(value);
    }
    template <class V>
    static void collect(const V& value, const path& where, std::vector<issue>& issues) {
        collect_issues<Rules...>(value, where.text(), issues);
    }
    static constexpr void normalise(T& value) { detail::normalise<Rules...>(value); }
    static constexpr bool takes_text_as_it_is =
        std::is_same_v<T, std::string> && !normalises<Rules...> && rules_fit<std::string_view, Rules...>();
};

// Moves a value in if it obeys the member's rules; else adds issues, and the member is as it was.
template <class Member>
bool store_checked(Member& member,
                   typename rules_of<Member>::value_type&& value,
                   const path& where,
                   std::vector<issue>& issues) {
    using rules = rules_of<Member>;
    rules::normalise(value);
    if (!rules::hold(value)) {
        rules::collect(value, where, issues);
        return false;
    }
    commit(rules::held(member), std::move(value));
    return true;
}

// The same for whatever a property may be assigned.
template <class Member, class U>
    requires takes_value<typename rules_of<Member>::value_type, U>
bool store_converted(Member& member, U&& value, const path& where, std::vector<issue>& issues) {
    using value_type = typename rules_of<Member>::value_type;
    if (!arrives_unchanged<value_type>(value)) {
        add_unrepresentable<value_type>(issues, where.text(), value);
        return false;
    }
    return store_checked(member, convert<value_type>(std::forward<U>(value)), where, issues);
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_STORE_HPP
