// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_BIND_HPP
#define LATHE_MODEL_DETAIL_BIND_HPP

/// @file
/// @brief The members of an aggregate, by structured bindings, and their names.

#include <cstddef>
#include <utility>

#include <lathe/model/detail/member_name.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// C++20 cannot bind a pack, so there is one specialisation for each number of members; the macros live in
// this header only.
//  apply(object, f)  calls f with all members.
//  names<T>()        the members' names, or no_names where a member has no address to name it by
//                    (a bit-field) or an address that is not its own (a reference).
template <std::size_t Members>
struct binder;

template <>
struct binder<0> {
    template <class T, class F>
    static constexpr decltype(auto) apply(T&, F&& f) {
        return f();
    }
    template <class T>
    static consteval auto names() {
        return raw_names<0>{};
    }
};

#ifdef __clang__
#    pragma clang diagnostic push
#    pragma clang diagnostic ignored "-Wundefined-var-template" // the object of which names are taken is never defined
#    pragma clang diagnostic ignored "-Wundefined-internal"     // nor is that of a local or unnamed type
#endif

// Never defined and never read: its members only lend their addresses, in which the compiler spells their names.
template <class T>
struct nameless {
    const T value;
};
template <class T>
extern const nameless<T> never_defined;

#define LATHE_BINDER(count, ...)                                                                                       \
    template <>                                                                                                        \
    struct binder<count> {                                                                                             \
        template <class T, class F>                                                                                    \
        static constexpr decltype(auto) apply(T& object, F&& f) {                                                      \
            auto& [__VA_ARGS__] = object;                                                                              \
            return f(__VA_ARGS__);                                                                                     \
        }                                                                                                              \
        template <class T>                                                                                             \
        static consteval auto names() {                                                                                \
            auto& [__VA_ARGS__] = never_defined<T>.value;                                                              \
            if constexpr (requires { member_names<__VA_ARGS__>(); }) {                                                 \
                return member_names<__VA_ARGS__>();                                                                    \
            } else {                                                                                                   \
                return no_names{};                                                                                     \
            }                                                                                                          \
        }                                                                                                              \
    }

// The same for many members, where names() would cost each file that includes this a lot, used or not: the parser's
// work for a template argument is ten times that for one of a function. The names come from addresses instead, at
// some cost for the types that have so many.
template <std::size_t Members>
struct addresses {
    const void* at[Members];
};
struct address_taker {
    template <class... Members>
    constexpr addresses<sizeof...(Members)> operator()(const Members&... members) const noexcept {
        return {{__builtin_addressof(members)...}};
    }
};
template <addresses Taken>
struct named_by_address {
    template <std::size_t... I>
    static consteval auto names(std::index_sequence<I...>) {
        return cut_names<sizeof...(I)>({{spelling_of<Taken.at[I]>()...}});
    }
};
template <std::size_t Members>
struct names_by_address {
    template <class T>
    static consteval auto names() {
        // A bit-field is copied to be looked at, and the address of a copy is no constant.
        if constexpr (requires {
                          typename named_by_address<binder<Members>::apply(never_defined<T>.value, address_taker{})>;
                      }) {
            return named_by_address<binder<Members>::apply(never_defined<T>.value, address_taker{})>::names(
                std::make_index_sequence<Members>{});
        } else {
            return no_names{};
        }
    }
};

#define LATHE_MANY(count, ...)                                                                                         \
    template <>                                                                                                        \
    struct binder<count> : names_by_address<count> {                                                                   \
        template <class T, class F>                                                                                    \
        static constexpr decltype(auto) apply(T& object, F&& f) {                                                      \
            auto& [__VA_ARGS__] = object;                                                                              \
            return f(__VA_ARGS__);                                                                                     \
        }                                                                                                              \
    }

// clang 18 does not see in a requirement what a template's structured bindings name.
#if defined(__clang__) && __clang_major__ < 19
#    undef LATHE_BINDER
#    define LATHE_BINDER(count, ...) LATHE_MANY(count, __VA_ARGS__)
#endif

#define LATHE_MEMBERS_8 m0, m1, m2, m3, m4, m5, m6, m7
#define LATHE_MEMBERS_16 LATHE_MEMBERS_8, m8, m9, m10, m11, m12, m13, m14, m15
#define LATHE_MEMBERS_24 LATHE_MEMBERS_16, m16, m17, m18, m19, m20, m21, m22, m23
#define LATHE_MEMBERS_32 LATHE_MEMBERS_24, m24, m25, m26, m27, m28, m29, m30, m31
#define LATHE_MEMBERS_40 LATHE_MEMBERS_32, m32, m33, m34, m35, m36, m37, m38, m39
#define LATHE_MEMBERS_48 LATHE_MEMBERS_40, m40, m41, m42, m43, m44, m45, m46, m47
#define LATHE_MEMBERS_56 LATHE_MEMBERS_48, m48, m49, m50, m51, m52, m53, m54, m55
#define LATHE_MEMBERS_64 LATHE_MEMBERS_56, m56, m57, m58, m59, m60, m61, m62, m63
#define LATHE_MEMBERS_72 LATHE_MEMBERS_64, m64, m65, m66, m67, m68, m69, m70, m71
#define LATHE_MEMBERS_80 LATHE_MEMBERS_72, m72, m73, m74, m75, m76, m77, m78, m79
#define LATHE_MEMBERS_88 LATHE_MEMBERS_80, m80, m81, m82, m83, m84, m85, m86, m87
#define LATHE_MEMBERS_96 LATHE_MEMBERS_88, m88, m89, m90, m91, m92, m93, m94, m95
#define LATHE_MEMBERS_104 LATHE_MEMBERS_96, m96, m97, m98, m99, m100, m101, m102, m103
#define LATHE_MEMBERS_112 LATHE_MEMBERS_104, m104, m105, m106, m107, m108, m109, m110, m111
#define LATHE_MEMBERS_120 LATHE_MEMBERS_112, m112, m113, m114, m115, m116, m117, m118, m119
#define LATHE_MEMBERS_128 LATHE_MEMBERS_120, m120, m121, m122, m123, m124, m125, m126, m127

LATHE_BINDER(1, m0);
LATHE_BINDER(2, m0, m1);
LATHE_BINDER(3, m0, m1, m2);
LATHE_BINDER(4, m0, m1, m2, m3);
LATHE_BINDER(5, m0, m1, m2, m3, m4);
LATHE_BINDER(6, m0, m1, m2, m3, m4, m5);
LATHE_BINDER(7, m0, m1, m2, m3, m4, m5, m6);
LATHE_BINDER(8, LATHE_MEMBERS_8);
LATHE_BINDER(9, LATHE_MEMBERS_8, m8);
LATHE_BINDER(10, LATHE_MEMBERS_8, m8, m9);
LATHE_BINDER(11, LATHE_MEMBERS_8, m8, m9, m10);
LATHE_BINDER(12, LATHE_MEMBERS_8, m8, m9, m10, m11);
LATHE_BINDER(13, LATHE_MEMBERS_8, m8, m9, m10, m11, m12);
LATHE_BINDER(14, LATHE_MEMBERS_8, m8, m9, m10, m11, m12, m13);
LATHE_BINDER(15, LATHE_MEMBERS_8, m8, m9, m10, m11, m12, m13, m14);
LATHE_BINDER(16, LATHE_MEMBERS_16);
LATHE_BINDER(17, LATHE_MEMBERS_16, m16);
LATHE_BINDER(18, LATHE_MEMBERS_16, m16, m17);
LATHE_BINDER(19, LATHE_MEMBERS_16, m16, m17, m18);
LATHE_BINDER(20, LATHE_MEMBERS_16, m16, m17, m18, m19);
LATHE_BINDER(21, LATHE_MEMBERS_16, m16, m17, m18, m19, m20);
LATHE_BINDER(22, LATHE_MEMBERS_16, m16, m17, m18, m19, m20, m21);
LATHE_BINDER(23, LATHE_MEMBERS_16, m16, m17, m18, m19, m20, m21, m22);
LATHE_BINDER(24, LATHE_MEMBERS_24);
LATHE_BINDER(25, LATHE_MEMBERS_24, m24);
LATHE_BINDER(26, LATHE_MEMBERS_24, m24, m25);
LATHE_BINDER(27, LATHE_MEMBERS_24, m24, m25, m26);
LATHE_BINDER(28, LATHE_MEMBERS_24, m24, m25, m26, m27);
LATHE_BINDER(29, LATHE_MEMBERS_24, m24, m25, m26, m27, m28);
LATHE_BINDER(30, LATHE_MEMBERS_24, m24, m25, m26, m27, m28, m29);
LATHE_BINDER(31, LATHE_MEMBERS_24, m24, m25, m26, m27, m28, m29, m30);
LATHE_BINDER(32, LATHE_MEMBERS_32);
LATHE_MANY(33, LATHE_MEMBERS_32, m32);
LATHE_MANY(34, LATHE_MEMBERS_32, m32, m33);
LATHE_MANY(35, LATHE_MEMBERS_32, m32, m33, m34);
LATHE_MANY(36, LATHE_MEMBERS_32, m32, m33, m34, m35);
LATHE_MANY(37, LATHE_MEMBERS_32, m32, m33, m34, m35, m36);
LATHE_MANY(38, LATHE_MEMBERS_32, m32, m33, m34, m35, m36, m37);
LATHE_MANY(39, LATHE_MEMBERS_32, m32, m33, m34, m35, m36, m37, m38);
LATHE_MANY(40, LATHE_MEMBERS_40);
LATHE_MANY(41, LATHE_MEMBERS_40, m40);
LATHE_MANY(42, LATHE_MEMBERS_40, m40, m41);
LATHE_MANY(43, LATHE_MEMBERS_40, m40, m41, m42);
LATHE_MANY(44, LATHE_MEMBERS_40, m40, m41, m42, m43);
LATHE_MANY(45, LATHE_MEMBERS_40, m40, m41, m42, m43, m44);
LATHE_MANY(46, LATHE_MEMBERS_40, m40, m41, m42, m43, m44, m45);
LATHE_MANY(47, LATHE_MEMBERS_40, m40, m41, m42, m43, m44, m45, m46);
LATHE_MANY(48, LATHE_MEMBERS_48);
LATHE_MANY(49, LATHE_MEMBERS_48, m48);
LATHE_MANY(50, LATHE_MEMBERS_48, m48, m49);
LATHE_MANY(51, LATHE_MEMBERS_48, m48, m49, m50);
LATHE_MANY(52, LATHE_MEMBERS_48, m48, m49, m50, m51);
LATHE_MANY(53, LATHE_MEMBERS_48, m48, m49, m50, m51, m52);
LATHE_MANY(54, LATHE_MEMBERS_48, m48, m49, m50, m51, m52, m53);
LATHE_MANY(55, LATHE_MEMBERS_48, m48, m49, m50, m51, m52, m53, m54);
LATHE_MANY(56, LATHE_MEMBERS_56);
LATHE_MANY(57, LATHE_MEMBERS_56, m56);
LATHE_MANY(58, LATHE_MEMBERS_56, m56, m57);
LATHE_MANY(59, LATHE_MEMBERS_56, m56, m57, m58);
LATHE_MANY(60, LATHE_MEMBERS_56, m56, m57, m58, m59);
LATHE_MANY(61, LATHE_MEMBERS_56, m56, m57, m58, m59, m60);
LATHE_MANY(62, LATHE_MEMBERS_56, m56, m57, m58, m59, m60, m61);
LATHE_MANY(63, LATHE_MEMBERS_56, m56, m57, m58, m59, m60, m61, m62);
LATHE_MANY(64, LATHE_MEMBERS_64);
LATHE_MANY(65, LATHE_MEMBERS_64, m64);
LATHE_MANY(66, LATHE_MEMBERS_64, m64, m65);
LATHE_MANY(67, LATHE_MEMBERS_64, m64, m65, m66);
LATHE_MANY(68, LATHE_MEMBERS_64, m64, m65, m66, m67);
LATHE_MANY(69, LATHE_MEMBERS_64, m64, m65, m66, m67, m68);
LATHE_MANY(70, LATHE_MEMBERS_64, m64, m65, m66, m67, m68, m69);
LATHE_MANY(71, LATHE_MEMBERS_64, m64, m65, m66, m67, m68, m69, m70);
LATHE_MANY(72, LATHE_MEMBERS_72);
LATHE_MANY(73, LATHE_MEMBERS_72, m72);
LATHE_MANY(74, LATHE_MEMBERS_72, m72, m73);
LATHE_MANY(75, LATHE_MEMBERS_72, m72, m73, m74);
LATHE_MANY(76, LATHE_MEMBERS_72, m72, m73, m74, m75);
LATHE_MANY(77, LATHE_MEMBERS_72, m72, m73, m74, m75, m76);
LATHE_MANY(78, LATHE_MEMBERS_72, m72, m73, m74, m75, m76, m77);
LATHE_MANY(79, LATHE_MEMBERS_72, m72, m73, m74, m75, m76, m77, m78);
LATHE_MANY(80, LATHE_MEMBERS_80);
LATHE_MANY(81, LATHE_MEMBERS_80, m80);
LATHE_MANY(82, LATHE_MEMBERS_80, m80, m81);
LATHE_MANY(83, LATHE_MEMBERS_80, m80, m81, m82);
LATHE_MANY(84, LATHE_MEMBERS_80, m80, m81, m82, m83);
LATHE_MANY(85, LATHE_MEMBERS_80, m80, m81, m82, m83, m84);
LATHE_MANY(86, LATHE_MEMBERS_80, m80, m81, m82, m83, m84, m85);
LATHE_MANY(87, LATHE_MEMBERS_80, m80, m81, m82, m83, m84, m85, m86);
LATHE_MANY(88, LATHE_MEMBERS_88);
LATHE_MANY(89, LATHE_MEMBERS_88, m88);
LATHE_MANY(90, LATHE_MEMBERS_88, m88, m89);
LATHE_MANY(91, LATHE_MEMBERS_88, m88, m89, m90);
LATHE_MANY(92, LATHE_MEMBERS_88, m88, m89, m90, m91);
LATHE_MANY(93, LATHE_MEMBERS_88, m88, m89, m90, m91, m92);
LATHE_MANY(94, LATHE_MEMBERS_88, m88, m89, m90, m91, m92, m93);
LATHE_MANY(95, LATHE_MEMBERS_88, m88, m89, m90, m91, m92, m93, m94);
LATHE_MANY(96, LATHE_MEMBERS_96);
LATHE_MANY(97, LATHE_MEMBERS_96, m96);
LATHE_MANY(98, LATHE_MEMBERS_96, m96, m97);
LATHE_MANY(99, LATHE_MEMBERS_96, m96, m97, m98);
LATHE_MANY(100, LATHE_MEMBERS_96, m96, m97, m98, m99);
LATHE_MANY(101, LATHE_MEMBERS_96, m96, m97, m98, m99, m100);
LATHE_MANY(102, LATHE_MEMBERS_96, m96, m97, m98, m99, m100, m101);
LATHE_MANY(103, LATHE_MEMBERS_96, m96, m97, m98, m99, m100, m101, m102);
LATHE_MANY(104, LATHE_MEMBERS_104);
LATHE_MANY(105, LATHE_MEMBERS_104, m104);
LATHE_MANY(106, LATHE_MEMBERS_104, m104, m105);
LATHE_MANY(107, LATHE_MEMBERS_104, m104, m105, m106);
LATHE_MANY(108, LATHE_MEMBERS_104, m104, m105, m106, m107);
LATHE_MANY(109, LATHE_MEMBERS_104, m104, m105, m106, m107, m108);
LATHE_MANY(110, LATHE_MEMBERS_104, m104, m105, m106, m107, m108, m109);
LATHE_MANY(111, LATHE_MEMBERS_104, m104, m105, m106, m107, m108, m109, m110);
LATHE_MANY(112, LATHE_MEMBERS_112);
LATHE_MANY(113, LATHE_MEMBERS_112, m112);
LATHE_MANY(114, LATHE_MEMBERS_112, m112, m113);
LATHE_MANY(115, LATHE_MEMBERS_112, m112, m113, m114);
LATHE_MANY(116, LATHE_MEMBERS_112, m112, m113, m114, m115);
LATHE_MANY(117, LATHE_MEMBERS_112, m112, m113, m114, m115, m116);
LATHE_MANY(118, LATHE_MEMBERS_112, m112, m113, m114, m115, m116, m117);
LATHE_MANY(119, LATHE_MEMBERS_112, m112, m113, m114, m115, m116, m117, m118);
LATHE_MANY(120, LATHE_MEMBERS_120);
LATHE_MANY(121, LATHE_MEMBERS_120, m120);
LATHE_MANY(122, LATHE_MEMBERS_120, m120, m121);
LATHE_MANY(123, LATHE_MEMBERS_120, m120, m121, m122);
LATHE_MANY(124, LATHE_MEMBERS_120, m120, m121, m122, m123);
LATHE_MANY(125, LATHE_MEMBERS_120, m120, m121, m122, m123, m124);
LATHE_MANY(126, LATHE_MEMBERS_120, m120, m121, m122, m123, m124, m125);
LATHE_MANY(127, LATHE_MEMBERS_120, m120, m121, m122, m123, m124, m125, m126);
LATHE_MANY(128, LATHE_MEMBERS_128);

#undef LATHE_BINDER
#undef LATHE_MANY
#undef LATHE_MEMBERS_8
#undef LATHE_MEMBERS_16
#undef LATHE_MEMBERS_24
#undef LATHE_MEMBERS_32
#undef LATHE_MEMBERS_40
#undef LATHE_MEMBERS_48
#undef LATHE_MEMBERS_56
#undef LATHE_MEMBERS_64
#undef LATHE_MEMBERS_72
#undef LATHE_MEMBERS_80
#undef LATHE_MEMBERS_88
#undef LATHE_MEMBERS_96
#undef LATHE_MEMBERS_104
#undef LATHE_MEMBERS_112
#undef LATHE_MEMBERS_120
#undef LATHE_MEMBERS_128

template <class T, std::size_t Members>
inline constexpr auto bound_names = binder<Members>::template names<T>();

#ifdef __clang__
#    pragma clang diagnostic pop
#endif

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_BIND_HPP
