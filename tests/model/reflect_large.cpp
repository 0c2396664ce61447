// SPDX-License-Identifier: MIT
#include <lathe/model/reflect.hpp> // first: proves that the header stands alone

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reflected.hpp"
#include "support/catch.hpp"

// Types with as many members as lathe knows, and every number below.

namespace {

#define LATHE_TEST_8(T, n) T n##0, n##1, n##2, n##3, n##4, n##5, n##6, n##7;
#define LATHE_TEST_64(T, n)                                                                                            \
    LATHE_TEST_8(T, n##0)                                                                                              \
    LATHE_TEST_8(T, n##1)                                                                                              \
    LATHE_TEST_8(T, n##2)                                                                                              \
    LATHE_TEST_8(T, n##3)                                                                                              \
    LATHE_TEST_8(T, n##4) LATHE_TEST_8(T, n##5) LATHE_TEST_8(T, n##6) LATHE_TEST_8(T, n##7)

struct sixty_four {
    LATHE_TEST_64(int, a)
};
struct hundred_and_twenty_seven {
    LATHE_TEST_64(char, a)
    LATHE_TEST_8(std::string, b0)
    LATHE_TEST_8(int, b1)
    LATHE_TEST_8(int, b2)
    LATHE_TEST_8(int, b3) LATHE_TEST_8(int, b4) LATHE_TEST_8(int, b5) LATHE_TEST_8(int, b6) int c[3];
    double c1, c2, c3, c4, c5, c6;
};
struct hundred_and_twenty_eight {
    LATHE_TEST_64(int, a)
    LATHE_TEST_64(std::string, b)
};

// The name of member number `index`, written independently of reflection.
std::string expected_name(std::size_t index) {
    std::string name(1, index < 64 ? 'a' : 'b');
    name += static_cast<char>('0' + index % 64 / 8);
    name += static_cast<char>('0' + index % 8);
    return name;
}

static_assert(lathe::field_count<sixty_four> == 64);
static_assert(lathe::field_count<hundred_and_twenty_seven> == 127);
static_assert(lathe::field_count<hundred_and_twenty_eight> == 128);

TEST_CASE("reflect: 64 and 128 members have their names in order", "[reflect][large]") {
    for (std::size_t i = 0; i < 64; ++i) {
        CHECK(lathe::field_names<sixty_four>[i] == expected_name(i));
    }
    for (std::size_t i = 0; i < 128; ++i) {
        CHECK(lathe::field_names<hundred_and_twenty_eight>[i] == expected_name(i));
    }
    CHECK(lathe::field_names<hundred_and_twenty_seven>[126] == "c6");
    CHECK(lathe::field_names<hundred_and_twenty_seven>[120] == "c");
}

TEST_CASE("reflect: visits 128 members in order", "[reflect][large]") {
    hundred_and_twenty_eight all{};
    all.a00 = 1;
    all.a77 = 2;
    all.b00 = "three";
    all.b77 = "four";
    std::size_t index = 0;
    std::string seen;
    lathe::for_each_field(std::as_const(all), [&](std::string_view name, const auto& value) {
        CHECK(name == expected_name(index++));
        if constexpr (std::is_same_v<decltype(value), const std::string&>) {
            seen += value;
        } else if (value != 0) {
            seen += std::to_string(value);
        }
    });
    CHECK(index == 128);
    CHECK(seen == "12threefour");
    CHECK(lathe_test::visited(all).find('(') == std::string::npos);
    CHECK(lathe_test::visited(hundred_and_twenty_seven{}).find('(') == std::string::npos);
}

// One struct for each number of members: each has its own binder.
template <std::size_t>
struct sized;

#define LATHE_TEST_SIZED(count, ...)                                                                                   \
    template <>                                                                                                        \
    struct sized<count> {                                                                                              \
        int __VA_ARGS__;                                                                                               \
    }
#define LATHE_TEST_UP_TO_16 m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16
#define LATHE_TEST_UP_TO_32                                                                                            \
    LATHE_TEST_UP_TO_16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32
#define LATHE_TEST_UP_TO_48                                                                                            \
    LATHE_TEST_UP_TO_32, m33, m34, m35, m36, m37, m38, m39, m40, m41, m42, m43, m44, m45, m46, m47, m48
#define LATHE_TEST_UP_TO_64                                                                                            \
    LATHE_TEST_UP_TO_48, m49, m50, m51, m52, m53, m54, m55, m56, m57, m58, m59, m60, m61, m62, m63, m64
#define LATHE_TEST_UP_TO_80                                                                                            \
    LATHE_TEST_UP_TO_64, m65, m66, m67, m68, m69, m70, m71, m72, m73, m74, m75, m76, m77, m78, m79, m80
#define LATHE_TEST_UP_TO_96                                                                                            \
    LATHE_TEST_UP_TO_80, m81, m82, m83, m84, m85, m86, m87, m88, m89, m90, m91, m92, m93, m94, m95, m96
#define LATHE_TEST_UP_TO_112                                                                                           \
    LATHE_TEST_UP_TO_96, m97, m98, m99, m100, m101, m102, m103, m104, m105, m106, m107, m108, m109, m110, m111, m112
#define LATHE_TEST_UP_TO_128                                                                                           \
    LATHE_TEST_UP_TO_112, m113, m114, m115, m116, m117, m118, m119, m120, m121, m122, m123, m124, m125, m126, m127, m128

LATHE_TEST_SIZED(1, m1);
LATHE_TEST_SIZED(2, m1, m2);
LATHE_TEST_SIZED(3, m1, m2, m3);
LATHE_TEST_SIZED(4, m1, m2, m3, m4);
LATHE_TEST_SIZED(5, m1, m2, m3, m4, m5);
LATHE_TEST_SIZED(6, m1, m2, m3, m4, m5, m6);
LATHE_TEST_SIZED(7, m1, m2, m3, m4, m5, m6, m7);
LATHE_TEST_SIZED(8, m1, m2, m3, m4, m5, m6, m7, m8);
LATHE_TEST_SIZED(9, m1, m2, m3, m4, m5, m6, m7, m8, m9);
LATHE_TEST_SIZED(10, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10);
LATHE_TEST_SIZED(11, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11);
LATHE_TEST_SIZED(12, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12);
LATHE_TEST_SIZED(13, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13);
LATHE_TEST_SIZED(14, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14);
LATHE_TEST_SIZED(15, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15);
LATHE_TEST_SIZED(16, LATHE_TEST_UP_TO_16);
LATHE_TEST_SIZED(17, LATHE_TEST_UP_TO_16, m17);
LATHE_TEST_SIZED(18, LATHE_TEST_UP_TO_16, m17, m18);
LATHE_TEST_SIZED(19, LATHE_TEST_UP_TO_16, m17, m18, m19);
LATHE_TEST_SIZED(20, LATHE_TEST_UP_TO_16, m17, m18, m19, m20);
LATHE_TEST_SIZED(21, LATHE_TEST_UP_TO_16, m17, m18, m19, m20, m21);
LATHE_TEST_SIZED(22, LATHE_TEST_UP_TO_16, m17, m18, m19, m20, m21, m22);
LATHE_TEST_SIZED(23, LATHE_TEST_UP_TO_16, m17, m18, m19, m20, m21, m22, m23);
LATHE_TEST_SIZED(24, LATHE_TEST_UP_TO_16, m17, m18, m19, m20, m21, m22, m23, m24);
LATHE_TEST_SIZED(25, LATHE_TEST_UP_TO_16, m17, m18, m19, m20, m21, m22, m23, m24, m25);
LATHE_TEST_SIZED(26, LATHE_TEST_UP_TO_16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26);
LATHE_TEST_SIZED(27, LATHE_TEST_UP_TO_16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27);
LATHE_TEST_SIZED(28, LATHE_TEST_UP_TO_16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28);
LATHE_TEST_SIZED(29, LATHE_TEST_UP_TO_16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29);
LATHE_TEST_SIZED(30, LATHE_TEST_UP_TO_16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30);
LATHE_TEST_SIZED(31, LATHE_TEST_UP_TO_16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31);
LATHE_TEST_SIZED(32, LATHE_TEST_UP_TO_32);
LATHE_TEST_SIZED(33, LATHE_TEST_UP_TO_32, m33);
LATHE_TEST_SIZED(34, LATHE_TEST_UP_TO_32, m33, m34);
LATHE_TEST_SIZED(35, LATHE_TEST_UP_TO_32, m33, m34, m35);
LATHE_TEST_SIZED(36, LATHE_TEST_UP_TO_32, m33, m34, m35, m36);
LATHE_TEST_SIZED(37, LATHE_TEST_UP_TO_32, m33, m34, m35, m36, m37);
LATHE_TEST_SIZED(38, LATHE_TEST_UP_TO_32, m33, m34, m35, m36, m37, m38);
LATHE_TEST_SIZED(39, LATHE_TEST_UP_TO_32, m33, m34, m35, m36, m37, m38, m39);
LATHE_TEST_SIZED(40, LATHE_TEST_UP_TO_32, m33, m34, m35, m36, m37, m38, m39, m40);
LATHE_TEST_SIZED(41, LATHE_TEST_UP_TO_32, m33, m34, m35, m36, m37, m38, m39, m40, m41);
LATHE_TEST_SIZED(42, LATHE_TEST_UP_TO_32, m33, m34, m35, m36, m37, m38, m39, m40, m41, m42);
LATHE_TEST_SIZED(43, LATHE_TEST_UP_TO_32, m33, m34, m35, m36, m37, m38, m39, m40, m41, m42, m43);
LATHE_TEST_SIZED(44, LATHE_TEST_UP_TO_32, m33, m34, m35, m36, m37, m38, m39, m40, m41, m42, m43, m44);
LATHE_TEST_SIZED(45, LATHE_TEST_UP_TO_32, m33, m34, m35, m36, m37, m38, m39, m40, m41, m42, m43, m44, m45);
LATHE_TEST_SIZED(46, LATHE_TEST_UP_TO_32, m33, m34, m35, m36, m37, m38, m39, m40, m41, m42, m43, m44, m45, m46);
LATHE_TEST_SIZED(47, LATHE_TEST_UP_TO_32, m33, m34, m35, m36, m37, m38, m39, m40, m41, m42, m43, m44, m45, m46, m47);
LATHE_TEST_SIZED(48, LATHE_TEST_UP_TO_48);
LATHE_TEST_SIZED(49, LATHE_TEST_UP_TO_48, m49);
LATHE_TEST_SIZED(50, LATHE_TEST_UP_TO_48, m49, m50);
LATHE_TEST_SIZED(51, LATHE_TEST_UP_TO_48, m49, m50, m51);
LATHE_TEST_SIZED(52, LATHE_TEST_UP_TO_48, m49, m50, m51, m52);
LATHE_TEST_SIZED(53, LATHE_TEST_UP_TO_48, m49, m50, m51, m52, m53);
LATHE_TEST_SIZED(54, LATHE_TEST_UP_TO_48, m49, m50, m51, m52, m53, m54);
LATHE_TEST_SIZED(55, LATHE_TEST_UP_TO_48, m49, m50, m51, m52, m53, m54, m55);
LATHE_TEST_SIZED(56, LATHE_TEST_UP_TO_48, m49, m50, m51, m52, m53, m54, m55, m56);
LATHE_TEST_SIZED(57, LATHE_TEST_UP_TO_48, m49, m50, m51, m52, m53, m54, m55, m56, m57);
LATHE_TEST_SIZED(58, LATHE_TEST_UP_TO_48, m49, m50, m51, m52, m53, m54, m55, m56, m57, m58);
LATHE_TEST_SIZED(59, LATHE_TEST_UP_TO_48, m49, m50, m51, m52, m53, m54, m55, m56, m57, m58, m59);
LATHE_TEST_SIZED(60, LATHE_TEST_UP_TO_48, m49, m50, m51, m52, m53, m54, m55, m56, m57, m58, m59, m60);
LATHE_TEST_SIZED(61, LATHE_TEST_UP_TO_48, m49, m50, m51, m52, m53, m54, m55, m56, m57, m58, m59, m60, m61);
LATHE_TEST_SIZED(62, LATHE_TEST_UP_TO_48, m49, m50, m51, m52, m53, m54, m55, m56, m57, m58, m59, m60, m61, m62);
LATHE_TEST_SIZED(63, LATHE_TEST_UP_TO_48, m49, m50, m51, m52, m53, m54, m55, m56, m57, m58, m59, m60, m61, m62, m63);
LATHE_TEST_SIZED(64, LATHE_TEST_UP_TO_64);
LATHE_TEST_SIZED(65, LATHE_TEST_UP_TO_64, m65);
LATHE_TEST_SIZED(66, LATHE_TEST_UP_TO_64, m65, m66);
LATHE_TEST_SIZED(67, LATHE_TEST_UP_TO_64, m65, m66, m67);
LATHE_TEST_SIZED(68, LATHE_TEST_UP_TO_64, m65, m66, m67, m68);
LATHE_TEST_SIZED(69, LATHE_TEST_UP_TO_64, m65, m66, m67, m68, m69);
LATHE_TEST_SIZED(70, LATHE_TEST_UP_TO_64, m65, m66, m67, m68, m69, m70);
LATHE_TEST_SIZED(71, LATHE_TEST_UP_TO_64, m65, m66, m67, m68, m69, m70, m71);
LATHE_TEST_SIZED(72, LATHE_TEST_UP_TO_64, m65, m66, m67, m68, m69, m70, m71, m72);
LATHE_TEST_SIZED(73, LATHE_TEST_UP_TO_64, m65, m66, m67, m68, m69, m70, m71, m72, m73);
LATHE_TEST_SIZED(74, LATHE_TEST_UP_TO_64, m65, m66, m67, m68, m69, m70, m71, m72, m73, m74);
LATHE_TEST_SIZED(75, LATHE_TEST_UP_TO_64, m65, m66, m67, m68, m69, m70, m71, m72, m73, m74, m75);
LATHE_TEST_SIZED(76, LATHE_TEST_UP_TO_64, m65, m66, m67, m68, m69, m70, m71, m72, m73, m74, m75, m76);
LATHE_TEST_SIZED(77, LATHE_TEST_UP_TO_64, m65, m66, m67, m68, m69, m70, m71, m72, m73, m74, m75, m76, m77);
LATHE_TEST_SIZED(78, LATHE_TEST_UP_TO_64, m65, m66, m67, m68, m69, m70, m71, m72, m73, m74, m75, m76, m77, m78);
LATHE_TEST_SIZED(79, LATHE_TEST_UP_TO_64, m65, m66, m67, m68, m69, m70, m71, m72, m73, m74, m75, m76, m77, m78, m79);
LATHE_TEST_SIZED(80, LATHE_TEST_UP_TO_80);
LATHE_TEST_SIZED(81, LATHE_TEST_UP_TO_80, m81);
LATHE_TEST_SIZED(82, LATHE_TEST_UP_TO_80, m81, m82);
LATHE_TEST_SIZED(83, LATHE_TEST_UP_TO_80, m81, m82, m83);
LATHE_TEST_SIZED(84, LATHE_TEST_UP_TO_80, m81, m82, m83, m84);
LATHE_TEST_SIZED(85, LATHE_TEST_UP_TO_80, m81, m82, m83, m84, m85);
LATHE_TEST_SIZED(86, LATHE_TEST_UP_TO_80, m81, m82, m83, m84, m85, m86);
LATHE_TEST_SIZED(87, LATHE_TEST_UP_TO_80, m81, m82, m83, m84, m85, m86, m87);
LATHE_TEST_SIZED(88, LATHE_TEST_UP_TO_80, m81, m82, m83, m84, m85, m86, m87, m88);
LATHE_TEST_SIZED(89, LATHE_TEST_UP_TO_80, m81, m82, m83, m84, m85, m86, m87, m88, m89);
LATHE_TEST_SIZED(90, LATHE_TEST_UP_TO_80, m81, m82, m83, m84, m85, m86, m87, m88, m89, m90);
LATHE_TEST_SIZED(91, LATHE_TEST_UP_TO_80, m81, m82, m83, m84, m85, m86, m87, m88, m89, m90, m91);
LATHE_TEST_SIZED(92, LATHE_TEST_UP_TO_80, m81, m82, m83, m84, m85, m86, m87, m88, m89, m90, m91, m92);
LATHE_TEST_SIZED(93, LATHE_TEST_UP_TO_80, m81, m82, m83, m84, m85, m86, m87, m88, m89, m90, m91, m92, m93);
LATHE_TEST_SIZED(94, LATHE_TEST_UP_TO_80, m81, m82, m83, m84, m85, m86, m87, m88, m89, m90, m91, m92, m93, m94);
LATHE_TEST_SIZED(95, LATHE_TEST_UP_TO_80, m81, m82, m83, m84, m85, m86, m87, m88, m89, m90, m91, m92, m93, m94, m95);
LATHE_TEST_SIZED(96, LATHE_TEST_UP_TO_96);
LATHE_TEST_SIZED(97, LATHE_TEST_UP_TO_96, m97);
LATHE_TEST_SIZED(98, LATHE_TEST_UP_TO_96, m97, m98);
LATHE_TEST_SIZED(99, LATHE_TEST_UP_TO_96, m97, m98, m99);
LATHE_TEST_SIZED(100, LATHE_TEST_UP_TO_96, m97, m98, m99, m100);
LATHE_TEST_SIZED(101, LATHE_TEST_UP_TO_96, m97, m98, m99, m100, m101);
LATHE_TEST_SIZED(102, LATHE_TEST_UP_TO_96, m97, m98, m99, m100, m101, m102);
LATHE_TEST_SIZED(103, LATHE_TEST_UP_TO_96, m97, m98, m99, m100, m101, m102, m103);
LATHE_TEST_SIZED(104, LATHE_TEST_UP_TO_96, m97, m98, m99, m100, m101, m102, m103, m104);
LATHE_TEST_SIZED(105, LATHE_TEST_UP_TO_96, m97, m98, m99, m100, m101, m102, m103, m104, m105);
LATHE_TEST_SIZED(106, LATHE_TEST_UP_TO_96, m97, m98, m99, m100, m101, m102, m103, m104, m105, m106);
LATHE_TEST_SIZED(107, LATHE_TEST_UP_TO_96, m97, m98, m99, m100, m101, m102, m103, m104, m105, m106, m107);
LATHE_TEST_SIZED(108, LATHE_TEST_UP_TO_96, m97, m98, m99, m100, m101, m102, m103, m104, m105, m106, m107, m108);
LATHE_TEST_SIZED(109, LATHE_TEST_UP_TO_96, m97, m98, m99, m100, m101, m102, m103, m104, m105, m106, m107, m108, m109);
LATHE_TEST_SIZED(
    110, LATHE_TEST_UP_TO_96, m97, m98, m99, m100, m101, m102, m103, m104, m105, m106, m107, m108, m109, m110);
LATHE_TEST_SIZED(
    111, LATHE_TEST_UP_TO_96, m97, m98, m99, m100, m101, m102, m103, m104, m105, m106, m107, m108, m109, m110, m111);
LATHE_TEST_SIZED(112, LATHE_TEST_UP_TO_112);
LATHE_TEST_SIZED(113, LATHE_TEST_UP_TO_112, m113);
LATHE_TEST_SIZED(114, LATHE_TEST_UP_TO_112, m113, m114);
LATHE_TEST_SIZED(115, LATHE_TEST_UP_TO_112, m113, m114, m115);
LATHE_TEST_SIZED(116, LATHE_TEST_UP_TO_112, m113, m114, m115, m116);
LATHE_TEST_SIZED(117, LATHE_TEST_UP_TO_112, m113, m114, m115, m116, m117);
LATHE_TEST_SIZED(118, LATHE_TEST_UP_TO_112, m113, m114, m115, m116, m117, m118);
LATHE_TEST_SIZED(119, LATHE_TEST_UP_TO_112, m113, m114, m115, m116, m117, m118, m119);
LATHE_TEST_SIZED(120, LATHE_TEST_UP_TO_112, m113, m114, m115, m116, m117, m118, m119, m120);
LATHE_TEST_SIZED(121, LATHE_TEST_UP_TO_112, m113, m114, m115, m116, m117, m118, m119, m120, m121);
LATHE_TEST_SIZED(122, LATHE_TEST_UP_TO_112, m113, m114, m115, m116, m117, m118, m119, m120, m121, m122);
LATHE_TEST_SIZED(123, LATHE_TEST_UP_TO_112, m113, m114, m115, m116, m117, m118, m119, m120, m121, m122, m123);
LATHE_TEST_SIZED(124, LATHE_TEST_UP_TO_112, m113, m114, m115, m116, m117, m118, m119, m120, m121, m122, m123, m124);
LATHE_TEST_SIZED(
    125, LATHE_TEST_UP_TO_112, m113, m114, m115, m116, m117, m118, m119, m120, m121, m122, m123, m124, m125);
LATHE_TEST_SIZED(
    126, LATHE_TEST_UP_TO_112, m113, m114, m115, m116, m117, m118, m119, m120, m121, m122, m123, m124, m125, m126);
LATHE_TEST_SIZED(127,
                 LATHE_TEST_UP_TO_112,
                 m113,
                 m114,
                 m115,
                 m116,
                 m117,
                 m118,
                 m119,
                 m120,
                 m121,
                 m122,
                 m123,
                 m124,
                 m125,
                 m126,
                 m127);
LATHE_TEST_SIZED(128, LATHE_TEST_UP_TO_128);

template <std::size_t Count>
bool is_as_written() {
    sized<Count> object{};
    std::size_t seen = 0;
    bool right = true;
    object.m1 = 41;
    lathe::for_each_field(object, [&](std::string_view name, const int& value) {
        right = right && name == "m" + std::to_string(seen + 1) && &value == &object.m1 + seen;
        ++seen;
    });
    return right && seen == Count && lathe::field_count<sized<Count>> == Count;
}

TEST_CASE("reflect: every number of members up to 128", "[reflect][large]") {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (([&] {
             INFO(I + 1 << " members");
             CHECK(is_as_written<I + 1>());
         }()),
         ...);
    }(std::make_index_sequence<128>{});
}

} // namespace
