// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_RECORD_MAKER_HPP
#define LATHE_MODEL_DETAIL_RECORD_MAKER_HPP

/// @file
/// @brief A record on the way: made of named values, one after the other.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/core/result.hpp>
#include <lathe/model/detail/fixed_table.hpp>
#include <lathe/model/detail/run_time_model.hpp>
#include <lathe/model/record.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// Which fields have got a value. Up to 64 need no memory.
class field_set {
public:
    explicit field_set(std::size_t count) {
        if (count > 64) m_many = fixed_table<bool>(count);
    }
    // False: it was there already.
    bool insert(std::size_t index) {
        if (contains(index)) return false;
        if (m_many.empty()) {
            m_few |= std::uint64_t{1} << index;
        } else {
            m_many[index] = true;
        }
        return true;
    }
    [[nodiscard]] bool contains(std::size_t index) const {
        return m_many.empty() ? (m_few >> index & 1U) != 0 : m_many[index];
    }

private:
    std::uint64_t m_few = 0;
    fixed_table<bool> m_many;
};

class record_maker {
public:
    explicit record_maker(const run_time_model& model)
        : m_model(model), m_made(record_access::made(model.make())), m_given(model.fields().size()) {}

    template <class U>
    void put(std::string_view name, U&& given) {
        const std::size_t at = m_model.find(name);
        if (at == m_model.fields().size()) {
            m_issues.push_back({std::string(name), "unknown", unknown_field(m_model.reader(), name), ""});
        } else if (!m_given.insert(at)) {
            m_issues.push_back({std::string(name), "duplicate", "the key is there already", ""});
        } else {
            const run_time_field& field = m_model.fields()[at];
            void* const member = run_time_model::member(record_access::block(m_made), field);
            take_given(member, field, std::forward<U>(given), path{nullptr, field.name}, m_issues);
        }
    }

    result<record, validation_error> finish() && {
        record_block* const block = record_access::block(m_made);
        for (std::size_t i = 0; i < m_model.fields().size(); ++i) {
            const run_time_field& field = m_model.fields()[i];
            if (m_given.contains(i) || record_access::complete(block, field, path{}, m_issues)) continue;
            if (!record_access::may_be_absent(block, field)) {
                m_issues.push_back({field.name, "required", "is missing", ""});
            }
        }
        if (m_issues.empty()) record_access::check_invariants(m_made, path{}, m_issues);
        if (m_issues.empty()) return result<record, validation_error>(std::in_place, std::move(m_made));
        return failure(validation_error(std::move(m_issues), m_model.name()));
    }

private:
    const run_time_model& m_model;
    record m_made;
    field_set m_given;
    std::vector<issue> m_issues;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_RECORD_MAKER_HPP
