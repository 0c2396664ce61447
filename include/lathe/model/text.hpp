// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_TEXT_HPP
#define LATHE_MODEL_TEXT_HPP

/// @file
/// @brief Models as text: person(name="Ada", age=36, email=none), by to_string and by fmt.
/// @par Example
/// @ref examples/reflection.cpp

#include <cstddef>
#include <string>
#include <string_view>

#if __has_include(<fmt/base.h>) // fmt 11 moved vformat out of its core
#    include <fmt/format.h>
#else
#    include <fmt/core.h>
#endif

#include <lathe/model/described.hpp>
#include <lathe/model/detail/conversion.hpp> // declares property
#include <lathe/model/detail/member_types.hpp>
#include <lathe/model/detail/write_value.hpp>

namespace lathe {
inline namespace v0 {

/// Writes a model as people read it: `trip(name="north", seats=3, legs=[leg(from="SFO")], note=none)`.
///
/// Text stands in quotes with escapes, an empty optional or pointer is `none`, an enumerator its name, a date ISO 8601,
/// a container a list or a map; a member that has no text is named by its type: `<mutex>`.
/// @param model any described object.
/// @return the text.
template <class Model>
[[nodiscard]] std::string to_string(const Model& model) {
    static_assert(detail::is_described<Model>,
                  "lathe::to_string: the type is not described; make it an aggregate, or give it a public static "
                  "consteval auto fields() that returns lathe::fields<&T::a, &T::b>");
    std::string text;
    if constexpr (detail::is_described<Model>) {
        if constexpr (detail::name_store<Model>::in_reach) detail::write_value(text, model);
    }
    return text;
}

namespace detail {

// Takes what a string takes (fill, alignment, width) and has fmt lay the finished text out. Checked while fmt checks
// its format strings; only fmt's core is needed.
class laid_out_text {
public:
    template <class Context>
    constexpr auto parse(Context& context) -> decltype(context.begin()) {
        const auto begin = context.begin();
        fmt::formatter<fmt::string_view> checker;
        const auto end = checker.parse(context);
        m_spec = fmt::string_view(&*begin, begin == end ? 0 : static_cast<std::size_t>(end - begin));
        return end;
    }

protected:
    template <class Context>
    auto write(const std::string& text, Context& context) const -> decltype(context.out()) {
        if (m_spec.size() == 0) return put(text, context);
        const fmt::string_view view(text.data(), text.size());
        std::string format = "{:";
        format.append(m_spec.data(), m_spec.size());
        format += '}';
        return put(fmt::vformat(fmt::string_view(format.data(), format.size()), fmt::make_format_args(view)), context);
    }

private:
    template <class Context>
    static auto put(const std::string& text, Context& context) -> decltype(context.out()) {
        auto out = context.out();
        for (const char c : text)
            *out++ = c;
        return out;
    }

    fmt::string_view m_spec;
};

} // namespace detail
} // namespace v0
} // namespace lathe

/// @cond detail
// Doxygen 1.9 does not find the scope of specialisations of other people's templates.
/// Formats models as `lathe::to_string` writes them; fill, alignment and width as for strings.
template <class Model>
    requires lathe::detail::enabled_model<Model>
struct fmt::formatter<Model, char> : lathe::detail::laid_out_text {
    /// @param model what is written.
    /// @param context where to.
    /// @return the end of what was written.
    template <class Context>
    auto format(const Model& model, Context& context) const -> decltype(context.out()) {
        return write(lathe::to_string(model), context);
    }
};

/// Formats a property as the value that it holds, with all that fmt knows for that.
template <class T, auto... Rules>
struct fmt::formatter<lathe::property<T, Rules...>, char> : fmt::formatter<T, char> {
    /// @param property what is written.
    /// @param context where to.
    /// @return the end of what was written.
    template <class Context>
    auto format(const lathe::property<T, Rules...>& property, Context& context) const -> decltype(context.out()) {
        return fmt::formatter<T, char>::format(property.value(), context);
    }
};
/// @endcond

#endif // LATHE_MODEL_TEXT_HPP
