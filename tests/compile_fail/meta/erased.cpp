// SPDX-License-Identifier: MIT
// Each LATHE_CASE_* must not compile, and must say why. Without one, all compiles.
#include <lathe/meta/erased.hpp>

#include <concepts>
#include <memory>
#include <string_view>
#include <utility>

struct saves : lathe::requirement<"save() -> bool"> {
    template <class T>
    static constexpr bool met = requires(T& t) {
        { t.save() } -> std::same_as<bool>;
    };
    static constexpr auto call = [](auto& t) -> bool {
        return t.save();
    };
};
struct loads : lathe::requirement<"load(string_view)"> {
    template <class T>
    static constexpr bool met = requires(T& t, std::string_view text) { t.load(text); };
    static constexpr auto call = [](auto& t, std::string_view text) -> void {
        t.load(text);
    };
};
struct anything : lathe::requirement<"anything"> { // no call
    template <class T>
    static constexpr bool met = true;
};
using archive = lathe::erased<saves, loads>;
using saver = lathe::erased<saves>;
using unique_saver = lathe::erased<lathe::move_only, saves>;

struct report {
    bool save() { return true; }
    void load(std::string_view) {}
};
struct unique_report {
    std::unique_ptr<int> size = {};
    bool save() { return size != nullptr; }
};

[[maybe_unused]] static bool good(archive& a) {
    a = report{};
    a.call<loads>("text");
    unique_saver unique = unique_report{};
    return a.call<saves>() && unique.call<saves>();
}

// ---- the value ----

// expect-error(misfit): (use of deleted function .*erased\(Value&&\)|invokes a deleted function)
// expect-text(misfit): lacks<int
// expect-text(misfit): {"save() -> bool"}
// expect-text(misfit): {"load(string_view)"}
// expect-text(misfit): // lathe::erased: the type of this value lacks what is listed here
#ifdef LATHE_CASE_misfit
archive a = 3;
#endif

// expect-error(misfit_in_braces): (use of deleted function .*erased\(Value&&\)|call to deleted constructor of)
// expect-text(misfit_in_braces): {"save() -> bool"}
#ifdef LATHE_CASE_misfit_in_braces
archive a{3};
#endif

// expect-error(misfit_assigned): (use of deleted function .*erased\(Value&&\)|invokes a deleted function)
// expect-text(misfit_assigned): {"load(string_view)"}
#ifdef LATHE_CASE_misfit_assigned
void f(archive& a) {
    a = unique_report{};
}
#endif

// expect-error(misfit_passed): (use of deleted function .*erased\(Value&&\)|invokes a deleted function)
// expect-text(misfit_passed): {"load(string_view)"}
#ifdef LATHE_CASE_misfit_passed
void take(archive);
void f(unique_report& r) {
    take(r);
}
#endif

// expect-error(not_copied): (use of deleted function .*erased\(Value&&\)|invokes a deleted function)
// expect-text(not_copied): lathe::move_only in
#ifdef LATHE_CASE_not_copied
saver s = unique_report{};
#endif

// expect-error(not_moved_in): (use of deleted function .*erased\(Value&&\)|invokes a deleted function)
// expect-text(not_moved_in): {"a constructor from unique_report
// expect-text(not_moved_in): std::move around it"}
#ifdef LATHE_CASE_not_moved_in
void f(unique_report& r) {
    unique_saver s = r;
}
#endif

// expect-error(from_a_wider_one): (use of deleted function .*erased\(Value&&\)|invokes a deleted function)
// expect-text(from_a_wider_one): it is an erased
#ifdef LATHE_CASE_from_a_wider_one
void f(archive& a) {
    saver s = a;
}
#endif

// expect-error(in_place): lathe::erased: T lacks what is listed here; add it to T, or hold another type
// expect-text(in_place): {"save() -> bool"}
#ifdef LATHE_CASE_in_place
saver s{std::in_place_type<int>, 3};
#endif

// What it returns all the same makes no second error.
// expect-error(emplace): lathe::erased: T lacks what is listed here; add it to T, or hold another type
// expect-text(emplace): {"save() -> bool"}
// max-lines(emplace): gcc 12 clang 12
#ifdef LATHE_CASE_emplace
void f(saver& s) {
    s.emplace<int>(3);
}
#endif

// expect-error(emplace_const): lathe::erased: T lacks what is listed here; add it to T, or hold another type
// expect-text(emplace_const): without const
#ifdef LATHE_CASE_emplace_const
void f(lathe::erased<>& any) {
    any.emplace<const int>(3);
}
#endif

// expect-error(copy_move_only): (use of deleted function .*erased\(const|call to deleted constructor of)
// expect-text(copy_move_only): // lathe::erased: it has lathe::move_only among its requirements; move it
#ifdef LATHE_CASE_copy_move_only
void f(const unique_saver& from) {
    unique_saver to(from);
}
#endif

// expect-error(copy_assign_move_only): (use of deleted function .*operator=|selected deleted operator)
// expect-text(copy_assign_move_only): // lathe::erased: it has lathe::move_only among its requirements; move it
// clang lists the other assignments.
// max-lines(copy_assign_move_only): gcc 12 clang 16
#ifdef LATHE_CASE_copy_assign_move_only
void f(const unique_saver& from, unique_saver& to) {
    to = from;
}
#endif

// ---- the call ----

// expect-error(call_another): lathe::erased::call<Requirement>: it is not among the requirements of this erased; add
#ifdef LATHE_CASE_call_another
void f(saver& s) {
    s.call<loads>("text");
}
#endif

// expect-error(call_no_requirement): lathe::erased::call<Requirement>: it is not among the requirements of this
#ifdef LATHE_CASE_call_no_requirement
void f(saver& s) {
    s.call<int>();
}
#endif

// expect-error(call_of_const): lathe::erased::call<Requirement>: it may change the value, and this erased is const;
#ifdef LATHE_CASE_call_of_const
bool f(const saver& s) {
    return s.call<saves>();
}
#endif

// expect-error(too_many_arguments): lathe::erased::call<Requirement>: the arguments are not those that its call takes
#ifdef LATHE_CASE_too_many_arguments
bool f(saver& s) {
    return s.call<saves>(1);
}
#endif

// expect-error(wrong_argument): lathe::erased::call<Requirement>: the arguments are not those that its call takes
#ifdef LATHE_CASE_wrong_argument
void f(archive& a) {
    a.call<loads>(3);
}
#endif

// ---- the requirements ----

// expect-error(no_requirement): lathe::erased<Requirements...>: what is listed here is no requirement; derive it from
// expect-text(no_requirement): strangers<int>
#ifdef LATHE_CASE_no_requirement
lathe::erased<saves, int> e;
#endif

// In a contract it would say nothing about the contract.
// expect-error(move_only_in_a_contract): lathe::erased<Requirements...>: what is listed here is no requirement; derive
// expect-text(move_only_in_a_contract): move_only>
#ifdef LATHE_CASE_move_only_in_a_contract
lathe::erased<lathe::contract<lathe::move_only, saves>> e;
#endif

// expect-error(without_call): lathe::erased<Requirements...>: what is listed here does not say how it is called; give
// expect-text(without_call): without_call<anything>
#ifdef LATHE_CASE_without_call
lathe::erased<saves, anything> e;
#endif

// The compiler looks into the function for the type of its result, and finds that of the value unknown: the first error
// says so by the name of the stand-in, the second one is lathe's sentence.
// expect-error(no_return_type): write_the_return_type_of_call
// expect-text(no_return_type): the call of what is listed here must take the value as
// max-lines(no_return_type): gcc 20 clang 32
#ifdef LATHE_CASE_no_return_type
struct keeps : anything {
    static constexpr auto call = [](auto& t) {
        return t.save();
    };
};
lathe::erased<keeps> e;
#endif

// expect-error(call_by_value): lathe::erased<Requirements...>: the call of what is listed here must take the value as
// expect-text(call_by_value): with_another_call<keeps>
#ifdef LATHE_CASE_call_by_value
struct keeps : anything {
    static constexpr auto call = [](auto t) -> bool {
        return t.save();
    };
};
lathe::erased<keeps> e;
#endif

// expect-error(generic_argument): lathe::erased<Requirements...>: the call of what is listed here must take the value
#ifdef LATHE_CASE_generic_argument
struct keeps : anything {
    static constexpr auto call = [](auto& t, auto level) -> bool {
        return t.save(level);
    };
};
lathe::erased<keeps> e;
#endif

// expect-error(call_is_a_number): lathe::erased<Requirements...>: the call of what is listed here must take the value
#ifdef LATHE_CASE_call_is_a_number
struct keeps : anything {
    static constexpr int call = 3;
};
lathe::erased<keeps> e;
#endif

// Nothing is held as const, so the answer would be null whatever is held.
// expect-error(target_of_const): lathe::erased::target<T>: T is const, and values are held without
// max-lines(target_of_const): gcc 12 clang 12
#ifdef LATHE_CASE_target_of_const
const int* f(const saver& s) {
    return s.target<const int>();
}
#endif
