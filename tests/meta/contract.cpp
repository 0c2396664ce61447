// SPDX-License-Identifier: MIT
#include <lathe/meta/contract.hpp> // first: proves that the header stands alone

#include <compare>
#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"

namespace {

struct saves : lathe::requirement<"save() -> bool"> {
    template <class T>
    static constexpr bool met = requires(T& t) {
        { t.save() } -> std::same_as<bool>;
    };
};
struct loads : lathe::requirement<"load(string_view)"> {
    template <class T>
    static constexpr bool met = requires(T& t, std::string_view text) { t.load(text); };
};
struct names : lathe::requirement<"name() const -> string"> {
    template <class T>
    static constexpr bool met = requires(const T& t) {
        { t.name() } -> std::convertible_to<std::string>;
    };
};
template <class U>
struct converts_to : lathe::requirement<"conversion to {}", U> {
    template <class T>
    static constexpr bool met = std::convertible_to<T, U>;
};

using archive = lathe::contract<saves, loads>;
struct document : lathe::contract<archive, names, saves> {};

class report : public lathe::validated<report, saves, loads> {
public:
    bool save() { return true; }
    void load(std::string_view) {}
};

struct nothing {};
struct ledger {
    bool save() { return true; }
};

// ---- asking ----

static_assert(lathe::conforms<report, saves, loads> && lathe::conforms<report, archive>);
static_assert(lathe::conforms<ledger, saves> && !lathe::conforms<ledger, archive>);
static_assert(lathe::conforms<nothing> && lathe::conforms<nothing, lathe::contract<>>);
static_assert(lathe::conforms<report&, saves> && !lathe::conforms<const report, saves>);
static_assert(lathe::conforms<int, converts_to<double>> && !lathe::conforms<int, converts_to<std::string>>);

// Whatever is asked about, there is an answer.
class incomplete;
union either;
enum class color;
struct abstract {
    virtual ~abstract() = default;
    virtual bool save() = 0;
};
template <class T>
inline constexpr bool has_none =
    !lathe::conforms<T, saves> && !lathe::conforms<T, loads, names> && lathe::unmet<T, document>.size() == 3;
static_assert(has_none<void> && has_none<const volatile void> && has_none<incomplete> && has_none<either>);
static_assert(has_none<int> && has_none<int*> && has_none<int&&> && has_none<int[]> && has_none<int[3]>);
static_assert(has_none<int()> && has_none<int() const> && has_none<int (*)()> && has_none<int nothing::*>);
static_assert(has_none<color> && has_none<std::nullptr_t> && has_none<const ledger>);
static_assert(lathe::conforms<abstract, saves>);

// ---- what may be required ----

struct has_version : lathe::requirement<"static version: int"> {
    template <class T>
    static constexpr bool met = requires {
        { T::version } -> std::convertible_to<int>;
    };
};
struct has_key_type : lathe::requirement<"a type key_type that can be compared"> {
    template <class T>
    static constexpr bool met = requires { requires std::equality_comparable<typename T::key_type>; };
};
struct is_made_of_a_name : lathe::requirement<"a constructor from string_view"> {
    template <class T>
    static constexpr bool met = std::constructible_from<T, std::string_view>;
};
struct adds : lathe::requirement<"a + a"> {
    template <class T>
    static constexpr bool met = requires(const T& a) { a + a; };
};
struct prints : lathe::requirement<"print(value), found beside its type"> {
    template <class T>
    static constexpr bool met = requires(const T& t) { print(t); };
};
struct is_small : lathe::requirement<"at most 16 bytes"> {
    template <class T>
    static constexpr bool met = requires { requires sizeof(T) <= 16; };
};

struct full {
    static constexpr int version = 3;
    using key_type = int;
    explicit full(std::string_view) {}
    [[maybe_unused]] friend full operator+(const full& a, const full&) { return a; }
    [[maybe_unused]] friend void print(const full&) {}
};
static_assert(lathe::conforms<full, has_version, has_key_type, is_made_of_a_name, adds, prints, is_small>);
static_assert(lathe::unmet<void, has_version, has_key_type, is_made_of_a_name, adds, prints, is_small>.size() == 6);

// met may be a constrained template, or one with a specialisation.
struct is_counted : lathe::requirement<"size()"> {
    template <class T>
        requires requires(const T& t) { t.size(); }
    static constexpr bool met = true;
};
struct is_number final : lathe::requirement<"a number"> {
    template <class T>
    static constexpr bool met = false;
};
template <std::integral T>
constexpr bool is_number::met<T> = true;
struct is_signed : lathe::requirement<"a sign"> { // a constant of another type
    template <class T>
    static constexpr std::is_signed<T> met{};
};
struct is_tiny : lathe::requirement<"one byte"> { // a function
    template <class T>
    static consteval bool met() {
        return sizeof(T) == 1;
    }
};
static_assert(lathe::conforms<int, is_signed> && !lathe::conforms<unsigned, is_signed>);
static_assert(lathe::conforms<char, is_tiny> && !lathe::conforms<int, is_tiny>);
static_assert(lathe::conforms<std::string, is_counted> && !lathe::conforms<int, is_counted>);
static_assert(lathe::conforms<int, is_number> && !lathe::conforms<std::string, is_number>);

// Access is that of the requirement.
class secretive {
    bool save() { return true; }
};
class trusting {
    friend saves;
    bool save() { return true; }
};
static_assert(!lathe::conforms<secretive, saves> && lathe::conforms<trusting, saves>);

// ---- constraints ----

template <class T>
concept saver = lathe::conforms<T, saves>;
template <class T>
concept archiver = saver<T> && lathe::conforms<T, loads>;

constexpr int rank(auto&) {
    return 0;
}
constexpr int rank(saver auto&) {
    return 1;
}
constexpr int rank(archiver auto&) {
    return 2;
}
template <lathe::conforms<saves, names> T>
constexpr bool takes(T&) {
    return true;
}
template <class T>
inline constexpr bool is_taken = requires(T& t) { takes(t); };
static_assert(!is_taken<report> && !is_taken<int>);

// ---- validated: what it costs ----

struct plain_point {
    int x = 1, y = 2;
    bool save() { return true; }
};
class point : public lathe::validated<point, saves> {
public:
    constexpr point() = default;
    constexpr point(int x, int y) : m_x(x), m_y(y) {}
    constexpr int sum() const { return m_x + m_y; }
    bool save() { return true; }
    friend constexpr auto operator<=>(const point&, const point&) = default;

private:
    int m_x = 1, m_y = 2;
};
static_assert(sizeof(point) == sizeof(plain_point) && alignof(point) == alignof(plain_point));
static_assert(std::is_trivially_copyable_v<point> && std::is_trivially_destructible_v<point>);
static_assert(std::is_standard_layout_v<point> && std::is_nothrow_default_constructible_v<point>);
static_assert(std::is_empty_v<lathe::validated<point, saves>>);
static_assert(std::is_trivially_copyable_v<lathe::validated<point, saves>>);
static_assert(point().sum() == 3 && point(3, 4).sum() == 7);
static_assert(point(1, 2) == point() && point(1, 3) > point() && std::totally_ordered<point>);
static_assert(!std::equality_comparable<report>); // the base's comparison is not taken for the class's

// The empty base stays empty beside a first member that is validated too.
struct pair_of_points : lathe::validated<pair_of_points> {
    point first, second;
};
static_assert(sizeof(pair_of_points) == 2 * sizeof(plain_point));

// ---- validated: all kinds of classes ----

class made_of_much : public lathe::validated<made_of_much, saves> {
public:
    explicit made_of_much(std::string name) : m_name(std::move(name)) {}
    made_of_much(int a, int b) : made_of_much(std::to_string(a + b)) {}
    template <class T>
    explicit made_of_much(const std::vector<T>& from) : m_name(std::to_string(from.size())) {}
    made_of_much(const made_of_much& other) : m_name(other.m_name + "'") {}
    made_of_much& operator=(const made_of_much&) = default;
    bool save() { return !m_name.empty(); }
    const std::string& name() const { return m_name; }

private:
    std::string m_name;
};
class inheriting : public made_of_much, public lathe::validated<inheriting, loads> {
public:
    using made_of_much::made_of_much;
    void load(std::string_view) {}
};
class closed final : public lathe::validated<closed, saves> {
public:
    bool save() { return true; }
};
class shape : public lathe::validated<shape, saves> { // abstract, with a destructor of its own
public:
    virtual ~shape() = default;
    virtual bool save() = 0;
};
class square : public shape {
public:
    bool save() override { return true; }
};
class left : public virtual report {};
class right : public virtual report {};
class both : public left, public right, public lathe::validated<both, archive> {};
template <class T>
class box : public lathe::validated<box<T>, saves, converts_to<T>> {
public:
    bool save() { return true; }
    operator T() const { return T(); }
};
struct aggregate : lathe::validated<aggregate, saves> {
    int x = 1;
    bool save() { return true; }
};
class later : private lathe::validated<later, saves> { // the function is declared here and defined below
public:
    bool save();
};
bool later::save() {
    return true;
}
class deduced : public lathe::validated<deduced, saves, names> { // what the functions return is seen below only
public:
    deduced() {}
    auto name() const { return std::string("Ada"); }
    auto save() { return !name().empty(); }
};
struct constants : lathe::validated<constants, saves> { // lacks save(), and nobody minds
    static constexpr int size = 3;
};

TEST_CASE("contract: a type conforms when it meets all requirements", "[contract]") {
    STATIC_REQUIRE(lathe::conforms<report, saves, loads>);
    STATIC_REQUIRE_FALSE(lathe::conforms<report, document>); // has no name
    STATIC_REQUIRE(lathe::conforms<made_of_much, saves, names>);
    STATIC_REQUIRE(is_taken<made_of_much>);
}

TEST_CASE("contract: what is missing is told in words, contracts taken apart, each once", "[contract]") {
    constexpr auto& all = lathe::unmet<nothing, document, loads, archive>;
    REQUIRE(all.size() == 3);
    CHECK(all[0] == "save() -> bool");
    CHECK(all[1] == "load(string_view)");
    CHECK(all[2] == "name() const -> string");
    CHECK(lathe::unmet<ledger, saves>.empty());
    std::string text;
    for (const std::string_view one : lathe::unmet<ledger, archive, converts_to<int>>)
        text.append(one).append(";");
    CHECK(text == "load(string_view);conversion to int;");
}

TEST_CASE("contract: the words of a requirement that is a template name its arguments", "[contract]") {
    struct local {};
    CHECK(saves::text == "save() -> bool");
    CHECK(converts_to<std::string>::text == "conversion to string");
    CHECK(converts_to<local>::text == "conversion to local");
    CHECK(lathe::requirement<"{}, then {}", int, local>::text == "int, then local");
    CHECK(lathe::requirement<"{}">::text == "{}"); // braces without types stay
}

TEST_CASE("contract: constraints are ranked when concepts are made of each other", "[contract]") {
    nothing n;
    ledger l;
    report r;
    CHECK(rank(n) == 0);
    CHECK(rank(l) == 1);
    CHECK(rank(r) == 2);
}

TEST_CASE("contract: every constructor of a validated class works as without it", "[contract]") {
    made_of_much a("Ada");
    CHECK(a.save());
    CHECK(made_of_much(1, 2).name() == "3");
    CHECK(made_of_much(std::vector<int>{1}).name() == "1");
    const made_of_much copy = a;
    CHECK(copy.name() == "Ada'");
    a = made_of_much("Bob");
    CHECK(a.name() == "Bob");
    CHECK(inheriting("Cy").name() == "Cy");
}

TEST_CASE("contract: final, abstract, virtual, generic and aggregate classes can be validated", "[contract]") {
    CHECK(closed().save());
    CHECK(std::unique_ptr<shape>(std::make_unique<square>())->save());
    CHECK(both().save());
    CHECK(static_cast<int>(box<int>()) == 0);
    CHECK(later().save());
    CHECK(deduced().save());
    aggregate made{};
    CHECK(made.save());
    CHECK(made.x == 1);
    const auto elsewhere = std::make_unique<report>();
    CHECK(elsewhere->save());
}

TEST_CASE("contract: a class that its maker does not construct is not checked", "[contract]") {
    CHECK(constants::size == 3);
    STATIC_REQUIRE_FALSE(lathe::conforms<constants, saves>); // whoever wants to know asks
}

} // namespace
