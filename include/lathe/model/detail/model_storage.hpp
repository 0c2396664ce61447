// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_MODEL_STORAGE_HPP
#define LATHE_MODEL_DETAIL_MODEL_STORAGE_HPP

/// @file
/// @brief Structs of any number of members: what holds the fields of a lathe::model.

#include <cstddef>

namespace lathe {
inline namespace v0 {
namespace detail {

// storage<2>::of<A, B> is struct { A lathe_0; B lathe_1; }, as anyone would write it: so it is laid out as that, has
// the same traits, and structured bindings take it apart. C++20 has no pack of members, and neither a base for each
// field nor structs within structs are laid out alike (the first has no standard layout, the second other offsets). So
// there is a line for each number; it is found by that, not by a pattern of types, which compilers try one by one.
template <std::size_t Members>
struct storage;

template <>
struct storage<0> {
    template <class...>
    struct of {};
};

// clang-format off: one line for each number
// Plain lists, and no macros that take macros: whoever includes lathe.hpp has this parsed.
#define LATHE_TYPES_8 class F0, class F1, class F2, class F3, class F4, class F5, class F6, class F7
#define LATHE_TYPES_16                                                                                                 \
    LATHE_TYPES_8, class F8, class F9, class F10, class F11, class F12, class F13, class F14, class F15
#define LATHE_TYPES_24                                                                                                 \
    LATHE_TYPES_16, class F16, class F17, class F18, class F19, class F20, class F21, class F22, class F23
#define LATHE_TYPES_32                                                                                                 \
    LATHE_TYPES_24, class F24, class F25, class F26, class F27, class F28, class F29, class F30, class F31
#define LATHE_TYPES_40                                                                                                 \
    LATHE_TYPES_32, class F32, class F33, class F34, class F35, class F36, class F37, class F38, class F39
#define LATHE_TYPES_48                                                                                                 \
    LATHE_TYPES_40, class F40, class F41, class F42, class F43, class F44, class F45, class F46, class F47
#define LATHE_TYPES_56                                                                                                 \
    LATHE_TYPES_48, class F48, class F49, class F50, class F51, class F52, class F53, class F54, class F55
#define LATHE_TYPES_64                                                                                                 \
    LATHE_TYPES_56, class F56, class F57, class F58, class F59, class F60, class F61, class F62, class F63
#define LATHE_TYPES_72                                                                                                 \
    LATHE_TYPES_64, class F64, class F65, class F66, class F67, class F68, class F69, class F70, class F71
#define LATHE_TYPES_80                                                                                                 \
    LATHE_TYPES_72, class F72, class F73, class F74, class F75, class F76, class F77, class F78, class F79
#define LATHE_TYPES_88                                                                                                 \
    LATHE_TYPES_80, class F80, class F81, class F82, class F83, class F84, class F85, class F86, class F87
#define LATHE_TYPES_96                                                                                                 \
    LATHE_TYPES_88, class F88, class F89, class F90, class F91, class F92, class F93, class F94, class F95
#define LATHE_TYPES_104                                                                                                \
    LATHE_TYPES_96, class F96, class F97, class F98, class F99, class F100, class F101, class F102, class F103
#define LATHE_TYPES_112                                                                                                \
    LATHE_TYPES_104, class F104, class F105, class F106, class F107, class F108, class F109, class F110, class F111
#define LATHE_TYPES_120                                                                                                \
    LATHE_TYPES_112, class F112, class F113, class F114, class F115, class F116, class F117, class F118, class F119
#define LATHE_TYPES_128                                                                                                \
    LATHE_TYPES_120, class F120, class F121, class F122, class F123, class F124, class F125, class F126, class F127
#define LATHE_FIELDS_8                                                                                                 \
    F0 lathe_0; F1 lathe_1; F2 lathe_2; F3 lathe_3;                                                                    \
    F4 lathe_4; F5 lathe_5; F6 lathe_6; F7 lathe_7;
#define LATHE_FIELDS_16 LATHE_FIELDS_8                                                                                 \
    F8 lathe_8; F9 lathe_9; F10 lathe_10; F11 lathe_11;                                                                \
    F12 lathe_12; F13 lathe_13; F14 lathe_14; F15 lathe_15;
#define LATHE_FIELDS_24 LATHE_FIELDS_16                                                                                \
    F16 lathe_16; F17 lathe_17; F18 lathe_18; F19 lathe_19;                                                            \
    F20 lathe_20; F21 lathe_21; F22 lathe_22; F23 lathe_23;
#define LATHE_FIELDS_32 LATHE_FIELDS_24                                                                                \
    F24 lathe_24; F25 lathe_25; F26 lathe_26; F27 lathe_27;                                                            \
    F28 lathe_28; F29 lathe_29; F30 lathe_30; F31 lathe_31;
#define LATHE_FIELDS_40 LATHE_FIELDS_32                                                                                \
    F32 lathe_32; F33 lathe_33; F34 lathe_34; F35 lathe_35;                                                            \
    F36 lathe_36; F37 lathe_37; F38 lathe_38; F39 lathe_39;
#define LATHE_FIELDS_48 LATHE_FIELDS_40                                                                                \
    F40 lathe_40; F41 lathe_41; F42 lathe_42; F43 lathe_43;                                                            \
    F44 lathe_44; F45 lathe_45; F46 lathe_46; F47 lathe_47;
#define LATHE_FIELDS_56 LATHE_FIELDS_48                                                                                \
    F48 lathe_48; F49 lathe_49; F50 lathe_50; F51 lathe_51;                                                            \
    F52 lathe_52; F53 lathe_53; F54 lathe_54; F55 lathe_55;
#define LATHE_FIELDS_64 LATHE_FIELDS_56                                                                                \
    F56 lathe_56; F57 lathe_57; F58 lathe_58; F59 lathe_59;                                                            \
    F60 lathe_60; F61 lathe_61; F62 lathe_62; F63 lathe_63;
#define LATHE_FIELDS_72 LATHE_FIELDS_64                                                                                \
    F64 lathe_64; F65 lathe_65; F66 lathe_66; F67 lathe_67;                                                            \
    F68 lathe_68; F69 lathe_69; F70 lathe_70; F71 lathe_71;
#define LATHE_FIELDS_80 LATHE_FIELDS_72                                                                                \
    F72 lathe_72; F73 lathe_73; F74 lathe_74; F75 lathe_75;                                                            \
    F76 lathe_76; F77 lathe_77; F78 lathe_78; F79 lathe_79;
#define LATHE_FIELDS_88 LATHE_FIELDS_80                                                                                \
    F80 lathe_80; F81 lathe_81; F82 lathe_82; F83 lathe_83;                                                            \
    F84 lathe_84; F85 lathe_85; F86 lathe_86; F87 lathe_87;
#define LATHE_FIELDS_96 LATHE_FIELDS_88                                                                                \
    F88 lathe_88; F89 lathe_89; F90 lathe_90; F91 lathe_91;                                                            \
    F92 lathe_92; F93 lathe_93; F94 lathe_94; F95 lathe_95;
#define LATHE_FIELDS_104 LATHE_FIELDS_96                                                                               \
    F96 lathe_96; F97 lathe_97; F98 lathe_98; F99 lathe_99;                                                            \
    F100 lathe_100; F101 lathe_101; F102 lathe_102; F103 lathe_103;
#define LATHE_FIELDS_112 LATHE_FIELDS_104                                                                              \
    F104 lathe_104; F105 lathe_105; F106 lathe_106; F107 lathe_107;                                                    \
    F108 lathe_108; F109 lathe_109; F110 lathe_110; F111 lathe_111;
#define LATHE_FIELDS_120 LATHE_FIELDS_112                                                                              \
    F112 lathe_112; F113 lathe_113; F114 lathe_114; F115 lathe_115;                                                    \
    F116 lathe_116; F117 lathe_117; F118 lathe_118; F119 lathe_119;
#define LATHE_FIELDS_128 LATHE_FIELDS_120                                                                              \
    F120 lathe_120; F121 lathe_121; F122 lathe_122; F123 lathe_123;                                                    \
    F124 lathe_124; F125 lathe_125; F126 lathe_126; F127 lathe_127;

#define LATHE_STORAGE_0(count, base)                                                                                   \
    template <> struct storage<count> {                                                                                \
        template <LATHE_TYPES_##base>                                                                                  \
        struct of {                                                                                                    \
            LATHE_FIELDS_##base                                                                                        \
        };                                                                                                             \
    }
#define LATHE_STORAGE_1(count, base, a)                                                                                \
    template <> struct storage<count> {                                                                                \
        template <LATHE_TYPES_##base, class F##a>                                                                      \
        struct of {                                                                                                    \
            LATHE_FIELDS_##base F##a lathe_##a;                                                                        \
        };                                                                                                             \
    }
#define LATHE_STORAGE_2(count, base, a, b)                                                                             \
    template <> struct storage<count> {                                                                                \
        template <LATHE_TYPES_##base, class F##a, class F##b>                                                          \
        struct of {                                                                                                    \
            LATHE_FIELDS_##base F##a lathe_##a; F##b lathe_##b;                                                        \
        };                                                                                                             \
    }
#define LATHE_STORAGE_3(count, base, a, b, c)                                                                          \
    template <> struct storage<count> {                                                                                \
        template <LATHE_TYPES_##base, class F##a, class F##b, class F##c>                                              \
        struct of {                                                                                                    \
            LATHE_FIELDS_##base F##a lathe_##a; F##b lathe_##b; F##c lathe_##c;                                        \
        };                                                                                                             \
    }
#define LATHE_STORAGE_4(count, base, a, b, c, d)                                                                       \
    template <> struct storage<count> {                                                                                \
        template <LATHE_TYPES_##base, class F##a, class F##b, class F##c, class F##d>                                  \
        struct of {                                                                                                    \
            LATHE_FIELDS_##base F##a lathe_##a; F##b lathe_##b; F##c lathe_##c; F##d lathe_##d;                        \
        };                                                                                                             \
    }
#define LATHE_STORAGE_5(count, base, a, b, c, d, e)                                                                    \
    template <> struct storage<count> {                                                                                \
        template <LATHE_TYPES_##base, class F##a, class F##b, class F##c, class F##d, class F##e>                      \
        struct of {                                                                                                    \
            LATHE_FIELDS_##base F##a lathe_##a; F##b lathe_##b; F##c lathe_##c; F##d lathe_##d;                        \
            F##e lathe_##e;                                                                                            \
        };                                                                                                             \
    }
#define LATHE_STORAGE_6(count, base, a, b, c, d, e, f)                                                                 \
    template <> struct storage<count> {                                                                                \
        template <LATHE_TYPES_##base, class F##a, class F##b, class F##c, class F##d, class F##e, class F##f>          \
        struct of {                                                                                                    \
            LATHE_FIELDS_##base F##a lathe_##a; F##b lathe_##b; F##c lathe_##c; F##d lathe_##d;                        \
            F##e lathe_##e; F##f lathe_##f;                                                                            \
        };                                                                                                             \
    }
#define LATHE_STORAGE_7(count, base, a, b, c, d, e, f, g)                                                              \
    template <> struct storage<count> {                                                                                \
        template <LATHE_TYPES_##base, class F##a, class F##b, class F##c, class F##d, class F##e, class F##f,          \
                  class F##g>                                                                                          \
        struct of {                                                                                                    \
            LATHE_FIELDS_##base F##a lathe_##a; F##b lathe_##b; F##c lathe_##c; F##d lathe_##d;                        \
            F##e lathe_##e; F##f lathe_##f; F##g lathe_##g;                                                            \
        };                                                                                                             \
    }

template <> struct storage<1> {
    template <class F0> struct of {
        F0 lathe_0;
    };
};
template <> struct storage<2> {
    template <class F0, class F1> struct of {
        F0 lathe_0; F1 lathe_1;
    };
};
template <> struct storage<3> {
    template <class F0, class F1, class F2> struct of {
        F0 lathe_0; F1 lathe_1; F2 lathe_2;
    };
};
template <> struct storage<4> {
    template <class F0, class F1, class F2, class F3> struct of {
        F0 lathe_0; F1 lathe_1; F2 lathe_2; F3 lathe_3;
    };
};
template <> struct storage<5> {
    template <class F0, class F1, class F2, class F3, class F4> struct of {
        F0 lathe_0; F1 lathe_1; F2 lathe_2; F3 lathe_3; F4 lathe_4;
    };
};
template <> struct storage<6> {
    template <class F0, class F1, class F2, class F3, class F4, class F5> struct of {
        F0 lathe_0; F1 lathe_1; F2 lathe_2; F3 lathe_3; F4 lathe_4; F5 lathe_5;
    };
};
template <> struct storage<7> {
    template <class F0, class F1, class F2, class F3, class F4, class F5, class F6> struct of {
        F0 lathe_0; F1 lathe_1; F2 lathe_2; F3 lathe_3; F4 lathe_4; F5 lathe_5; F6 lathe_6;
    };
};
LATHE_STORAGE_0(8, 8);
LATHE_STORAGE_1(9, 8, 8);
LATHE_STORAGE_2(10, 8, 8, 9);
LATHE_STORAGE_3(11, 8, 8, 9, 10);
LATHE_STORAGE_4(12, 8, 8, 9, 10, 11);
LATHE_STORAGE_5(13, 8, 8, 9, 10, 11, 12);
LATHE_STORAGE_6(14, 8, 8, 9, 10, 11, 12, 13);
LATHE_STORAGE_7(15, 8, 8, 9, 10, 11, 12, 13, 14);
LATHE_STORAGE_0(16, 16);
LATHE_STORAGE_1(17, 16, 16);
LATHE_STORAGE_2(18, 16, 16, 17);
LATHE_STORAGE_3(19, 16, 16, 17, 18);
LATHE_STORAGE_4(20, 16, 16, 17, 18, 19);
LATHE_STORAGE_5(21, 16, 16, 17, 18, 19, 20);
LATHE_STORAGE_6(22, 16, 16, 17, 18, 19, 20, 21);
LATHE_STORAGE_7(23, 16, 16, 17, 18, 19, 20, 21, 22);
LATHE_STORAGE_0(24, 24);
LATHE_STORAGE_1(25, 24, 24);
LATHE_STORAGE_2(26, 24, 24, 25);
LATHE_STORAGE_3(27, 24, 24, 25, 26);
LATHE_STORAGE_4(28, 24, 24, 25, 26, 27);
LATHE_STORAGE_5(29, 24, 24, 25, 26, 27, 28);
LATHE_STORAGE_6(30, 24, 24, 25, 26, 27, 28, 29);
LATHE_STORAGE_7(31, 24, 24, 25, 26, 27, 28, 29, 30);
LATHE_STORAGE_0(32, 32);
LATHE_STORAGE_1(33, 32, 32);
LATHE_STORAGE_2(34, 32, 32, 33);
LATHE_STORAGE_3(35, 32, 32, 33, 34);
LATHE_STORAGE_4(36, 32, 32, 33, 34, 35);
LATHE_STORAGE_5(37, 32, 32, 33, 34, 35, 36);
LATHE_STORAGE_6(38, 32, 32, 33, 34, 35, 36, 37);
LATHE_STORAGE_7(39, 32, 32, 33, 34, 35, 36, 37, 38);
LATHE_STORAGE_0(40, 40);
LATHE_STORAGE_1(41, 40, 40);
LATHE_STORAGE_2(42, 40, 40, 41);
LATHE_STORAGE_3(43, 40, 40, 41, 42);
LATHE_STORAGE_4(44, 40, 40, 41, 42, 43);
LATHE_STORAGE_5(45, 40, 40, 41, 42, 43, 44);
LATHE_STORAGE_6(46, 40, 40, 41, 42, 43, 44, 45);
LATHE_STORAGE_7(47, 40, 40, 41, 42, 43, 44, 45, 46);
LATHE_STORAGE_0(48, 48);
LATHE_STORAGE_1(49, 48, 48);
LATHE_STORAGE_2(50, 48, 48, 49);
LATHE_STORAGE_3(51, 48, 48, 49, 50);
LATHE_STORAGE_4(52, 48, 48, 49, 50, 51);
LATHE_STORAGE_5(53, 48, 48, 49, 50, 51, 52);
LATHE_STORAGE_6(54, 48, 48, 49, 50, 51, 52, 53);
LATHE_STORAGE_7(55, 48, 48, 49, 50, 51, 52, 53, 54);
LATHE_STORAGE_0(56, 56);
LATHE_STORAGE_1(57, 56, 56);
LATHE_STORAGE_2(58, 56, 56, 57);
LATHE_STORAGE_3(59, 56, 56, 57, 58);
LATHE_STORAGE_4(60, 56, 56, 57, 58, 59);
LATHE_STORAGE_5(61, 56, 56, 57, 58, 59, 60);
LATHE_STORAGE_6(62, 56, 56, 57, 58, 59, 60, 61);
LATHE_STORAGE_7(63, 56, 56, 57, 58, 59, 60, 61, 62);
LATHE_STORAGE_0(64, 64);
LATHE_STORAGE_1(65, 64, 64);
LATHE_STORAGE_2(66, 64, 64, 65);
LATHE_STORAGE_3(67, 64, 64, 65, 66);
LATHE_STORAGE_4(68, 64, 64, 65, 66, 67);
LATHE_STORAGE_5(69, 64, 64, 65, 66, 67, 68);
LATHE_STORAGE_6(70, 64, 64, 65, 66, 67, 68, 69);
LATHE_STORAGE_7(71, 64, 64, 65, 66, 67, 68, 69, 70);
LATHE_STORAGE_0(72, 72);
LATHE_STORAGE_1(73, 72, 72);
LATHE_STORAGE_2(74, 72, 72, 73);
LATHE_STORAGE_3(75, 72, 72, 73, 74);
LATHE_STORAGE_4(76, 72, 72, 73, 74, 75);
LATHE_STORAGE_5(77, 72, 72, 73, 74, 75, 76);
LATHE_STORAGE_6(78, 72, 72, 73, 74, 75, 76, 77);
LATHE_STORAGE_7(79, 72, 72, 73, 74, 75, 76, 77, 78);
LATHE_STORAGE_0(80, 80);
LATHE_STORAGE_1(81, 80, 80);
LATHE_STORAGE_2(82, 80, 80, 81);
LATHE_STORAGE_3(83, 80, 80, 81, 82);
LATHE_STORAGE_4(84, 80, 80, 81, 82, 83);
LATHE_STORAGE_5(85, 80, 80, 81, 82, 83, 84);
LATHE_STORAGE_6(86, 80, 80, 81, 82, 83, 84, 85);
LATHE_STORAGE_7(87, 80, 80, 81, 82, 83, 84, 85, 86);
LATHE_STORAGE_0(88, 88);
LATHE_STORAGE_1(89, 88, 88);
LATHE_STORAGE_2(90, 88, 88, 89);
LATHE_STORAGE_3(91, 88, 88, 89, 90);
LATHE_STORAGE_4(92, 88, 88, 89, 90, 91);
LATHE_STORAGE_5(93, 88, 88, 89, 90, 91, 92);
LATHE_STORAGE_6(94, 88, 88, 89, 90, 91, 92, 93);
LATHE_STORAGE_7(95, 88, 88, 89, 90, 91, 92, 93, 94);
LATHE_STORAGE_0(96, 96);
LATHE_STORAGE_1(97, 96, 96);
LATHE_STORAGE_2(98, 96, 96, 97);
LATHE_STORAGE_3(99, 96, 96, 97, 98);
LATHE_STORAGE_4(100, 96, 96, 97, 98, 99);
LATHE_STORAGE_5(101, 96, 96, 97, 98, 99, 100);
LATHE_STORAGE_6(102, 96, 96, 97, 98, 99, 100, 101);
LATHE_STORAGE_7(103, 96, 96, 97, 98, 99, 100, 101, 102);
LATHE_STORAGE_0(104, 104);
LATHE_STORAGE_1(105, 104, 104);
LATHE_STORAGE_2(106, 104, 104, 105);
LATHE_STORAGE_3(107, 104, 104, 105, 106);
LATHE_STORAGE_4(108, 104, 104, 105, 106, 107);
LATHE_STORAGE_5(109, 104, 104, 105, 106, 107, 108);
LATHE_STORAGE_6(110, 104, 104, 105, 106, 107, 108, 109);
LATHE_STORAGE_7(111, 104, 104, 105, 106, 107, 108, 109, 110);
LATHE_STORAGE_0(112, 112);
LATHE_STORAGE_1(113, 112, 112);
LATHE_STORAGE_2(114, 112, 112, 113);
LATHE_STORAGE_3(115, 112, 112, 113, 114);
LATHE_STORAGE_4(116, 112, 112, 113, 114, 115);
LATHE_STORAGE_5(117, 112, 112, 113, 114, 115, 116);
LATHE_STORAGE_6(118, 112, 112, 113, 114, 115, 116, 117);
LATHE_STORAGE_7(119, 112, 112, 113, 114, 115, 116, 117, 118);
LATHE_STORAGE_0(120, 120);
LATHE_STORAGE_1(121, 120, 120);
LATHE_STORAGE_2(122, 120, 120, 121);
LATHE_STORAGE_3(123, 120, 120, 121, 122);
LATHE_STORAGE_4(124, 120, 120, 121, 122, 123);
LATHE_STORAGE_5(125, 120, 120, 121, 122, 123, 124);
LATHE_STORAGE_6(126, 120, 120, 121, 122, 123, 124, 125);
LATHE_STORAGE_7(127, 120, 120, 121, 122, 123, 124, 125, 126);
LATHE_STORAGE_0(128, 128);
// clang-format on

#undef LATHE_TYPES_8
#undef LATHE_FIELDS_8
#undef LATHE_TYPES_16
#undef LATHE_FIELDS_16
#undef LATHE_TYPES_24
#undef LATHE_FIELDS_24
#undef LATHE_TYPES_32
#undef LATHE_FIELDS_32
#undef LATHE_TYPES_40
#undef LATHE_FIELDS_40
#undef LATHE_TYPES_48
#undef LATHE_FIELDS_48
#undef LATHE_TYPES_56
#undef LATHE_FIELDS_56
#undef LATHE_TYPES_64
#undef LATHE_FIELDS_64
#undef LATHE_TYPES_72
#undef LATHE_FIELDS_72
#undef LATHE_TYPES_80
#undef LATHE_FIELDS_80
#undef LATHE_TYPES_88
#undef LATHE_FIELDS_88
#undef LATHE_TYPES_96
#undef LATHE_FIELDS_96
#undef LATHE_TYPES_104
#undef LATHE_FIELDS_104
#undef LATHE_TYPES_112
#undef LATHE_FIELDS_112
#undef LATHE_TYPES_120
#undef LATHE_FIELDS_120
#undef LATHE_TYPES_128
#undef LATHE_FIELDS_128
#undef LATHE_STORAGE_0
#undef LATHE_STORAGE_1
#undef LATHE_STORAGE_2
#undef LATHE_STORAGE_3
#undef LATHE_STORAGE_4
#undef LATHE_STORAGE_5
#undef LATHE_STORAGE_6
#undef LATHE_STORAGE_7

// One member by its index.
template <std::size_t Index>
struct member_at;

// clang-format off
#define LATHE_MEMBER(index)                                                                                            \
    template <> struct member_at<index> {                                                                              \
        template <class Storage>                                                                                       \
        static constexpr auto& in(Storage& storage) noexcept { return storage.lathe_##index; }                         \
    };
LATHE_MEMBER(0) LATHE_MEMBER(1) LATHE_MEMBER(2) LATHE_MEMBER(3) LATHE_MEMBER(4) LATHE_MEMBER(5)
LATHE_MEMBER(6) LATHE_MEMBER(7) LATHE_MEMBER(8) LATHE_MEMBER(9) LATHE_MEMBER(10) LATHE_MEMBER(11)
LATHE_MEMBER(12) LATHE_MEMBER(13) LATHE_MEMBER(14) LATHE_MEMBER(15) LATHE_MEMBER(16) LATHE_MEMBER(17)
LATHE_MEMBER(18) LATHE_MEMBER(19) LATHE_MEMBER(20) LATHE_MEMBER(21) LATHE_MEMBER(22) LATHE_MEMBER(23)
LATHE_MEMBER(24) LATHE_MEMBER(25) LATHE_MEMBER(26) LATHE_MEMBER(27) LATHE_MEMBER(28) LATHE_MEMBER(29)
LATHE_MEMBER(30) LATHE_MEMBER(31) LATHE_MEMBER(32) LATHE_MEMBER(33) LATHE_MEMBER(34) LATHE_MEMBER(35)
LATHE_MEMBER(36) LATHE_MEMBER(37) LATHE_MEMBER(38) LATHE_MEMBER(39) LATHE_MEMBER(40) LATHE_MEMBER(41)
LATHE_MEMBER(42) LATHE_MEMBER(43) LATHE_MEMBER(44) LATHE_MEMBER(45) LATHE_MEMBER(46) LATHE_MEMBER(47)
LATHE_MEMBER(48) LATHE_MEMBER(49) LATHE_MEMBER(50) LATHE_MEMBER(51) LATHE_MEMBER(52) LATHE_MEMBER(53)
LATHE_MEMBER(54) LATHE_MEMBER(55) LATHE_MEMBER(56) LATHE_MEMBER(57) LATHE_MEMBER(58) LATHE_MEMBER(59)
LATHE_MEMBER(60) LATHE_MEMBER(61) LATHE_MEMBER(62) LATHE_MEMBER(63) LATHE_MEMBER(64) LATHE_MEMBER(65)
LATHE_MEMBER(66) LATHE_MEMBER(67) LATHE_MEMBER(68) LATHE_MEMBER(69) LATHE_MEMBER(70) LATHE_MEMBER(71)
LATHE_MEMBER(72) LATHE_MEMBER(73) LATHE_MEMBER(74) LATHE_MEMBER(75) LATHE_MEMBER(76) LATHE_MEMBER(77)
LATHE_MEMBER(78) LATHE_MEMBER(79) LATHE_MEMBER(80) LATHE_MEMBER(81) LATHE_MEMBER(82) LATHE_MEMBER(83)
LATHE_MEMBER(84) LATHE_MEMBER(85) LATHE_MEMBER(86) LATHE_MEMBER(87) LATHE_MEMBER(88) LATHE_MEMBER(89)
LATHE_MEMBER(90) LATHE_MEMBER(91) LATHE_MEMBER(92) LATHE_MEMBER(93) LATHE_MEMBER(94) LATHE_MEMBER(95)
LATHE_MEMBER(96) LATHE_MEMBER(97) LATHE_MEMBER(98) LATHE_MEMBER(99) LATHE_MEMBER(100) LATHE_MEMBER(101)
LATHE_MEMBER(102) LATHE_MEMBER(103) LATHE_MEMBER(104) LATHE_MEMBER(105) LATHE_MEMBER(106) LATHE_MEMBER(107)
LATHE_MEMBER(108) LATHE_MEMBER(109) LATHE_MEMBER(110) LATHE_MEMBER(111) LATHE_MEMBER(112) LATHE_MEMBER(113)
LATHE_MEMBER(114) LATHE_MEMBER(115) LATHE_MEMBER(116) LATHE_MEMBER(117) LATHE_MEMBER(118) LATHE_MEMBER(119)
LATHE_MEMBER(120) LATHE_MEMBER(121) LATHE_MEMBER(122) LATHE_MEMBER(123) LATHE_MEMBER(124) LATHE_MEMBER(125)
LATHE_MEMBER(126) LATHE_MEMBER(127)
#undef LATHE_MEMBER
// clang-format on

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_MODEL_STORAGE_HPP
