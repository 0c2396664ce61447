// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles. Where
// more than 12 lines are allowed, the compiler names each member, element and function on the way down to the type.
#include <lathe/model/dict.hpp>

#include <forward_list>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct person {
    lathe::property<std::string, lathe::not_empty> name;
    lathe::property<lathe::dict, lathe::extra_keys> rest = {};
};
class closed {
public:
    closed() = default;

private:
    [[maybe_unused]] int m_age = 0;
};
struct owner {
    closed inner{};
};
struct no_default {
    explicit no_default(int size) : value(size) {}
    static consteval auto fields() { return lathe::fields<&no_default::value>; }
    int value;
};
struct viewer {
    std::string_view view{};
    int* pointer = nullptr;
};
struct fixed {
    const int id = 7;
    int count = 0;
};
struct caller {
    std::function<void()> call{};
};
// Text to others, and no model.
struct shade {
    int depth = 0;
};
std::string to_string(const shade& from);
bool read_text(std::string_view text, shade& to);

[[maybe_unused]] static bool good(const person& p) {
    return lathe::to_dict(p).contains("name") && lathe::try_from_dict<person>(lathe::dict()).has_value() &&
           lathe::to_value(shade()) == "#00" && lathe::from_value<std::optional<shade>>(lathe::value()).has_value() &&
           lathe::to_dict(std::map<std::string, shade>()).empty() && lathe::to_dict(fixed()).size() == 2 &&
           lathe::to_value(std::forward_list<int>()) == lathe::list();
}

// expect-error(const_member): lathe::from_dict: a const member cannot be filled; drop the const
// max-lines(const_member): gcc 20 clang 24
#ifdef LATHE_CASE_const_member
auto made = lathe::from_dict<fixed>(lathe::dict());
#endif

// expect-error(undescribed): lathe::to_dict: the type is not described; make it an aggregate
#ifdef LATHE_CASE_undescribed
auto made = lathe::to_dict(closed());
#endif

// expect-error(number): lathe::to_dict: the type is not described; make it an aggregate
#ifdef LATHE_CASE_number
auto made = lathe::to_dict(1);
#endif

// expect-error(container): lathe::to_dict: the type is not described; make it an aggregate
#ifdef LATHE_CASE_container
auto made = lathe::to_dict(std::vector<person>());
#endif

// expect-error(text): lathe::to_dict: the type is not described; make it an aggregate
#ifdef LATHE_CASE_text
auto made = lathe::to_dict(shade());
#endif

// expect-error(written_member): lathe::to_dict: a value of this type has no place in a document; make it a model, or give it to_string and read_text in its namespace
// max-lines(written_member): gcc 24 clang 30
#ifdef LATHE_CASE_written_member
auto made = lathe::to_dict(owner());
#endif

// expect-error(written_element): lathe::to_dict: a value of this type has no place in a document; make it a model
// max-lines(written_element): gcc 22 clang 33
#ifdef LATHE_CASE_written_element
auto made = lathe::to_value(std::vector<std::optional<closed>>());
#endif

// expect-error(written_function): lathe::to_dict: a value of this type has no place in a document; make it a model
// max-lines(written_function): gcc 24 clang 30
#ifdef LATHE_CASE_written_function
auto made = lathe::to_dict(caller());
#endif

// expect-error(written_pointer): lathe::to_dict: a value of this type has no place in a document; make it a model
// max-lines(written_pointer): gcc 24 clang 30
#ifdef LATHE_CASE_written_pointer
auto made = lathe::to_dict(viewer());
#endif

// expect-error(read_undescribed): lathe::from_dict: a value of this type cannot be read from a document; make it a model, or give it to_string and read_text in its namespace
// max-lines(read_undescribed): gcc 12 clang 21
#ifdef LATHE_CASE_read_undescribed
auto made = lathe::try_from_dict<closed>(lathe::dict());
#endif

// expect-error(read_member): lathe::from_dict: a value of this type cannot be read from a document; make it a model
// max-lines(read_member): gcc 16 clang 24
#ifdef LATHE_CASE_read_member
auto made = lathe::from_dict<owner>(lathe::dict());
#endif

// expect-error(read_view): lathe::from_dict: a value of this type cannot be read from a document; make it a model
// max-lines(read_view): gcc 12 clang 21
#ifdef LATHE_CASE_read_view
auto made = lathe::from_value<std::string_view>(lathe::value());
#endif

// expect-error(read_what_cannot_grow): lathe::from_dict: a value of this type cannot be read from a document; make it a model
// max-lines(read_what_cannot_grow): gcc 12 clang 21
#ifdef LATHE_CASE_read_what_cannot_grow
auto made = lathe::from_value<std::forward_list<int>>(lathe::value());
#endif

// expect-error(no_default): lathe::from_dict: an object of this type, or one of its members, cannot be made without a value; give the member a default, or make it a std::optional
// max-lines(no_default): gcc 12 clang 15
#ifdef LATHE_CASE_no_default
auto made = lathe::from_dict<no_default>(lathe::dict());
#endif

// expect-error(element_without_default): lathe::from_dict: an object of this type, or one of its members, cannot be made without a value; give the member a default, or make it a std::optional
// max-lines(element_without_default): gcc 13 clang 21
#ifdef LATHE_CASE_element_without_default
auto made = lathe::from_value<std::vector<no_default>>(lathe::value());
#endif

// expect-error(two_for_extra_keys): lathe::extra_keys: a model can have one field for its extra keys; mark one only
// max-lines(two_for_extra_keys): gcc 16 clang 31
#ifdef LATHE_CASE_two_for_extra_keys
struct two {
    lathe::property<lathe::dict, lathe::extra_keys> rest = {};
    lathe::property<lathe::dict, lathe::extra_keys> more = {};
};
auto made = lathe::from_dict<two>(lathe::dict());
#endif

// expect-error(extra_keys_in_no_dict): lathe::extra_keys: only a dict can keep extra keys; write lathe::property<lathe::dict, lathe::extra_keys>
// max-lines(extra_keys_in_no_dict): gcc 15 clang 28
#ifdef LATHE_CASE_extra_keys_in_no_dict
struct wrong {
    lathe::property<std::map<std::string, int>, lathe::extra_keys> rest = {};
};
auto made = lathe::to_dict(wrong());
#endif

// expect-error(ignored): nodiscard
#ifdef LATHE_CASE_ignored
#    pragma GCC diagnostic error "-Wunused-result"
void ignored(const person& p) {
    lathe::to_dict(p);
}
#endif

// expect-error(const_type): lathe::from_dict: a const object or a reference cannot be filled; name the type without const
// max-lines(const_type): gcc 12 clang 24
#ifdef LATHE_CASE_const_type
auto const_type = lathe::from_dict<const person>(lathe::dict());
#endif
