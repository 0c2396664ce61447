// SPDX-License-Identifier: MIT
#ifndef LATHE_DATA_CSV_HPP
#define LATHE_DATA_CSV_HPP

/// @file
/// @brief The rows of a CSV file as validated models.
/// @par Example
/// @ref examples/strikes.cpp

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <lathe/core/error.hpp>
#include <lathe/core/fixed_string.hpp>
#include <lathe/core/result.hpp>
#include <lathe/data/csv_records.hpp>
#include <lathe/data/detail/row_iterator.hpp>
#include <lathe/data/source.hpp>
#include <lathe/model/described.hpp>
#include <lathe/model/detail/deep_check.hpp>
#include <lathe/model/detail/read_member.hpp>
#include <lathe/model/field_info.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {
struct cell_step;
} // namespace detail

namespace data {

/// Thrown when the head of a CSV file does not fit the model: no row could be read.
class csv_error : public error {
public:
    using error::error;
};

/// A row of a CSV file: a model, or all that is wrong with it; and the line where it begins.
/// @tparam Model a described type.
/// @par Example
/// @ref examples/strikes.cpp
template <described Model>
class csv_row : public result<Model, validation_error> {
public:
    using result<Model, validation_error>::result;

    /// @return the line of the file on which the row begins; the first line is 1, or what `csv_options::first_line`
    /// says.
    [[nodiscard]] std::size_t line() const noexcept { return m_line; }

private:
    template <described>
    friend class csv_reader;

    std::size_t m_line = 0;
};

/// Reads CSV (RFC 4180) row by row into models, in memory that does not grow with the file. Made by `read_csv`.
///
/// The first record names the columns, in any order, unless `csv_options::columns` does; a column belongs to the field
/// whose name or alias it is, letter for letter. Cells are read as `from_text` reads them: an empty cell is an empty
/// optional, an empty string, or an issue. A row that is wrong does not end the reading. It can be iterated once.
/// @tparam Model a described type whose fields can be read from text.
/// @par Lifetime
/// The iterator and its row belong to the reader; a row is valid until the iterator moves on, and may be moved from.
/// @par Thread safety
/// One thread at a time.
/// @par Example
/// @ref examples/strikes.cpp
template <described Model>
class csv_reader {
public:
    using row = csv_row<Model>; ///< what iteration yields

    /// Opens the source and reads its head.
    /// @param from what to read.
    /// @param options how it is written.
    /// @throws io_error when it cannot be opened or read.
    /// @throws csv_error when there is no head, when fields that must be given have no column, or when several columns
    ///         belong to one field; all of them are named.
    explicit csv_reader(source from, const csv_options& options = {});

    csv_reader(const csv_reader&) = delete;
    csv_reader& operator=(const csv_reader&) = delete;
    ~csv_reader() = default;

    /// Goes from row to row, once: `*it` is the current row, valid until `++it`, which reads the next one.
    using iterator = detail::row_iterator<csv_reader>;

    /// Reads the first row, the first time it is called; the next one, when reading ended in an exception.
    /// @return an iterator at the current row.
    [[nodiscard]] iterator begin() {
        if (!m_current) step();
        return iterator(*this);
    }
    /// @return the end of all rows.
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

    /// @return the names of the fields that have no column and keep their defaults, in order.
    [[nodiscard]] const std::vector<std::string>& missing_columns() const noexcept { return m_missing; }
    /// @return the columns that belong to no field and are not read, in order.
    [[nodiscard]] const std::vector<std::string>& unknown_columns() const noexcept { return m_unknown; }
    /// @return how many bytes were read so far, for progress.
    [[nodiscard]] std::uint64_t bytes() const noexcept { return m_records.bytes(); }
    /// @return what messages call the source.
    [[nodiscard]] const std::string& name() const noexcept { return m_records.name(); }

private:
    static constexpr std::size_t field_count = lathe::field_count<Model>;
    static constexpr std::size_t no_field = static_cast<std::size_t>(-1);
    using places = std::array<void*, field_count>;
    friend iterator;

    [[nodiscard]] row& current() noexcept { return m_row; }
    void match_columns(const std::vector<std::string>& given);
    void match_columns(std::string_view place, std::span<const std::string_view> names);
    void step() {
        m_current = false; // what an exception leaves half read is no row
        advance();
        m_current = true;
    }
    void advance();
    void make_row();
    void refuse(std::vector<issue> issues);

    csv_records m_records;
    std::vector<std::size_t> m_field_of;    ///< for each column its field, or no_field
    std::vector<detail::cell_step> m_steps; ///< one for each column that belongs to a field
    std::vector<std::size_t> m_unread;      ///< the fields without a column
    std::vector<std::string> m_missing;
    std::vector<std::string> m_unknown;
    row m_row;
    places m_places{};      ///< the fields of the model in m_row
    bool m_current = false; ///< whether m_row is a row, or there are no more
    bool m_ended = false;
};

/// Reads the rows of a CSV file as validated models:
/// `for (auto&& row : lathe::data::read_csv<airport>("airports.csv"))`, each a `csv_row<airport>`.
/// @tparam Model a described type whose fields can be read from text.
/// @param from a path, or any source.
/// @param options how the file is written.
/// @return a `csv_reader<Model>`: the rows, read as they are asked for.
/// @throws io_error when the source cannot be opened or read.
/// @throws csv_error when its head does not fit the model.
template <class Model>
[[nodiscard]] auto read_csv(source from, const csv_options& options = {});

} // namespace data

// ---- implementation --------------------------------------------------------

namespace detail {

// What is done with the cells of one field, with its type forgotten: one function for each type, not for each model.
struct cell_reader {
    bool (*read)(void* member, std::string_view cell, const path& where, std::vector<issue>& issues);
    void (*restore)(void* member, const void* fresh);
};

// What is done with one cell of each record: all that the loop over a record needs, in one place.
struct cell_step {
    bool (*read)(void* member, std::string_view cell, const path& where, std::vector<issue>& issues);
    void* member;
    std::size_t cell;
    path where;
};

template <class Member>
bool read_cell(void* member, std::string_view cell, const path& where, std::vector<issue>& issues) {
    return read_member(*static_cast<Member*>(member), cell, where, issues);
}
template <class Member>
void restore_member(void* member, const void* fresh) {
    if constexpr (std::is_copy_assignable_v<Member>) {
        *static_cast<Member*>(member) = *static_cast<const Member*>(fresh);
    }
}

// A type that reads itself may have rules that it does not look at while it does.
template <class T>
inline constexpr bool may_break_rules = reads_itself<T> && !is_inert<T>;
template <class T>
inline constexpr bool may_break_rules<std::optional<T>> = may_break_rules<T>;
template <class... Types>
inline constexpr bool may_break_rules<std::variant<Types...>> = (may_break_rules<Types> || ...);

template <class Members>
struct cell_readers;
template <class... Members>
struct cell_readers<type_list<Members...>> {
    static constexpr bool readable = (readable_member<Members> && ...);
    static constexpr bool nested = (may_break_rules<typename rules_of<Members>::value_type> || ...);
    static constexpr bool restorable = (std::is_copy_assignable_v<Members> && ...);
    static constexpr std::array<cell_reader, sizeof...(Members)> table{
        cell_reader{&read_cell<Members>, &restore_member<Members>}...};
};

struct member_places {
    template <class... Members>
    std::array<void*, sizeof...(Members)> operator()(Members&... members) const noexcept {
        return {static_cast<void*>(__builtin_addressof(members))...};
    }
};

// For each field whether it can stay as it is when nothing is known of it.
struct fields_that_hold {
    template <class... Members>
    std::array<bool, sizeof...(Members)> operator()(const Members&... members) const {
        return {(!rules_of<Members>::must_be_given && holds_deep(members))...};
    }
};

// The first field that cannot be read, by name and type: what compilers show when `nothing` is false.
template <class Model, fixed_string Name, class Type>
struct unreadable {
    static constexpr bool nothing = false;
};
template <class Model, std::size_t Field>
consteval auto field_text() {
    constexpr std::string_view name = field_names<Model>[Field];
    constexpr char none[name.size() + 1]{};
    fixed_string<name.size()> text(none);
    for (std::size_t i = 0; i < name.size(); ++i)
        text.chars[i] = name[i];
    return text;
}
template <class Model, std::size_t Field, class Members>
struct first_unreadable;
template <class Model, std::size_t Field, class First, class... Rest>
struct first_unreadable<Model, Field, type_list<First, Rest...>>
    : first_unreadable<Model, Field + 1, type_list<Rest...>> {};
template <class Model, std::size_t Field, class First, class... Rest>
    requires(!readable_member<First>)
struct first_unreadable<Model, Field, type_list<First, Rest...>> {
    using type = unreadable<Model, field_text<Model, Field>(), typename rules_of<First>::value_type>;
};

template <class Model>
consteval void check_cells() {
    static_assert(first_unreadable<Model, 0, member_types<Model>>::type::nothing,
                  "lathe::data::read_csv: the field of the model that is named here cannot be read from one cell; give "
                  "its type a function `bool read_text(std::string_view, T&)`, or leave it to a model of its own");
}

// Whether rows can be models of this type.
template <class Model>
struct csv_model {
    static constexpr bool is_described = false;
    static constexpr bool is_regular = true;
    static constexpr bool is_readable = true;
};
template <described Model>
struct csv_model<Model> {
    static constexpr bool is_described = true;
    static constexpr bool is_regular =
        access::has_blank<Model>() && std::is_move_constructible_v<Model> && std::is_move_assignable_v<Model>;
    static constexpr bool is_readable = cell_readers<member_types<Model>>::readable;
};

inline void append_quoted(std::string& text, std::string_view separator, std::string_view name) {
    text += separator;
    write_quoted(text, name);
}

} // namespace detail

namespace data {

template <described Model>
csv_reader<Model>::csv_reader(source from, const csv_options& options)
    : m_records(std::move(from), options), m_row(std::in_place, detail::access::blank<Model>()) {
    match_columns(options.columns);
    make_row();
}

template <described Model>
void csv_reader<Model>::make_row() {
    Model& model = m_row.emplace(detail::access::blank<Model>());
    m_places = detail::description<Model>::apply(model, detail::member_places{});
    using readers = detail::cell_readers<detail::member_types<Model>>;
    if constexpr (readers::readable) {
        m_steps.clear();
        for (std::size_t column = 0; column < m_field_of.size(); ++column) {
            const std::size_t field = m_field_of[column];
            if (field == no_field) continue;
            m_steps.push_back(
                {readers::table[field].read, m_places[field], column, {nullptr, lathe::field_names<Model>[field]}});
        }
    }
}

template <described Model>
void csv_reader<Model>::match_columns(const std::vector<std::string>& given) {
    if (!given.empty()) {
        return match_columns(m_records.name() + ": ", std::vector<std::string_view>(given.begin(), given.end()));
    }
    if (!m_records.next()) {
        throw csv_error(m_records.name() + ": is empty; its first line should name the columns");
    }
    const std::string place = m_records.name() + ":" + std::to_string(m_records.line()) + ": ";
    if (m_records.fault() != csv_fault::none) {
        throw csv_error(place +
                        "the names of the columns cannot be read: " + std::string(fault_text(m_records.fault())));
    }
    match_columns(place, m_records.cells());
}

template <described Model>
void csv_reader<Model>::match_columns(std::string_view place, std::span<const std::string_view> names) {
    std::array<std::size_t, field_count> found{}; // how many columns
    for (const std::string_view name : names) {
        std::size_t field = 0;
        while (field < field_count && !field_infos<Model>[field].is_called(name))
            ++field;
        if (field == field_count) {
            m_unknown.emplace_back(name);
            m_field_of.push_back(no_field);
        } else {
            ++found[field];
            m_field_of.push_back(field);
        }
    }
    std::string problem;
    const auto holds = detail::description<Model>::apply(std::as_const(*m_row), detail::fields_that_hold{});
    for (std::size_t field = 0; field < field_count; ++field) {
        const field_info& info = field_infos<Model>[field];
        if (found[field] > 1) {
            detail::append_quoted(
                problem, problem.empty() ? "several columns for " : ", several columns for ", info.name);
        }
        if (found[field] > 0) continue;
        m_unread.push_back(field);
        if (holds[field]) {
            m_missing.emplace_back(info.name);
        } else {
            detail::append_quoted(problem, problem.empty() ? "no column " : ", no column ", info.name);
            for (const std::string_view alias : info.aliases)
                detail::append_quoted(problem, " or ", alias);
        }
    }
    if (problem.empty()) return;
    const char* separator = "; columns without a field: ";
    for (const std::string& unknown : m_unknown) {
        detail::append_quoted(problem, separator, unknown);
        separator = ", ";
    }
    throw csv_error(std::string(place) + problem);
}

template <described Model>
void csv_reader<Model>::refuse(std::vector<issue> issues) {
    const std::string place = m_records.name() + ":" + std::to_string(m_records.line());
    m_row = row(failure(validation_error(std::move(issues), type_name<Model>, place)));
    m_row.m_line = m_records.line();
}

template <described Model>
void csv_reader<Model>::advance() {
    using readers = detail::cell_readers<detail::member_types<Model>>;
    if constexpr (!readers::readable) {
        detail::check_cells<Model>();
    } else {
        if (!m_records.next()) {
            m_ended = true;
            return;
        }
        if (!m_row.has_value() || (!readers::restorable && !m_unread.empty())) make_row();
        m_row.m_line = m_records.line();
        if (m_records.fault() != csv_fault::none) [[unlikely]] {
            const std::size_t column = m_records.fault_column() - 1;
            const std::size_t field = column < m_field_of.size() ? m_field_of[column] : no_field;
            const std::string cell =
                detail::shown_value(column < m_records.size() ? m_records[column] : std::string_view());
            refuse({{field == no_field ? std::string() : std::string(field_infos<Model>[field].name),
                     "csv",
                     std::string(fault_text(m_records.fault())) + ": " + cell,
                     cell}});
            return;
        }
        if (m_records.size() != m_field_of.size()) [[unlikely]] {
            std::string message = std::to_string(m_records.size()) + (m_records.size() == 1 ? " cell" : " cells");
            message += ", but the head has " + std::to_string(m_field_of.size());
            refuse({{"", "csv", std::move(message), ""}});
            return;
        }
        if (!m_unread.empty()) {
            // Whoever had the last row may have changed what no column sets.
            const auto fresh = detail::access::blank<Model>();
            const auto from = detail::description<Model>::apply(fresh, [](const auto&... members) {
                return std::array<const void*, field_count>{__builtin_addressof(members)...};
            });
            for (const std::size_t field : m_unread)
                readers::table[field].restore(m_places[field], from[field]);
        }
        std::vector<issue> issues;
        const std::span<const std::string_view> cells = m_records.cells();
        for (const detail::cell_step& step : m_steps)
            step.read(step.member, cells[step.cell], step.where, issues);
        if constexpr (detail::has_invariants<Model> || readers::nested) {
            if (issues.empty()) detail::check_deep(*m_row, detail::path{}, issues);
        }
        if (!issues.empty()) [[unlikely]]
            refuse(std::move(issues));
    }
}

template <class Model>
auto read_csv(source from, const csv_options& options) {
    using model = detail::csv_model<Model>;
    static_assert(model::is_described,
                  "lathe::data::read_csv: the type is not described; make it an aggregate, or give it a public static "
                  "consteval auto fields() that returns lathe::fields<&T::a, &T::b>");
    static_assert(model::is_regular,
                  "lathe::data::read_csv: the model must have a default constructor and be able to be "
                  "moved; give each member a default, and make none const");
    if constexpr (!model::is_readable) {
        detail::check_cells<Model>();
    } else if constexpr (model::is_described && model::is_regular) {
        return csv_reader<Model>(std::move(from), options);
    }
}

} // namespace data
} // namespace v0
} // namespace lathe

#endif // LATHE_DATA_CSV_HPP
