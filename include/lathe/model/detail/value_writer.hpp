// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_VALUE_WRITER_HPP
#define LATHE_MODEL_DETAIL_VALUE_WRITER_HPP

/// @file
/// @brief A document made into a value.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/model/detail/document.hpp>
#include <lathe/model/value.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

class value_writer final : public document_writer {
public:
    value_writer() : document_writer(false) {}

    void null() override { put(value()); }
    void boolean(bool value) override { put(lathe::value(value)); }
    void integer(std::int64_t value) override { put(lathe::value(value)); }
    void natural(std::uint64_t value) override { put(lathe::value(value)); }
    void real(double value, const path&) override { put(lathe::value(value)); }
    void single(float value, const path&) override { put(lathe::value(static_cast<double>(value))); }
    void text(std::string_view value, const path&) override { put(lathe::value(value)); }
    void raw(const std::byte* data, std::size_t size) override { put(lathe::value(bytes(data, data + size))); }

    void begin_list(std::size_t size) override {
        m_open.push_back(put(lathe::value(list{})));
        m_open.back()->as<list>().reserve(size);
    }
    void begin_dict(std::size_t size) override {
        m_open.push_back(put(lathe::value(dict{})));
        m_open.back()->as<dict>().reserve(size);
    }
    void end_list() override { m_open.pop_back(); }
    void end_dict() override { m_open.pop_back(); }
    void key(std::string_view name, const path&) override { m_key.assign(name.data(), name.size()); }

    [[nodiscard]] value take() noexcept { return std::move(m_whole); }

private:
    // Where it stands then.
    value* put(value&& made) {
        if (m_open.empty()) return &(m_whole = std::move(made));
        if (auto* const in = m_open.back()->get_if<list>()) return &in->emplace_back(std::move(made));
        return m_open.back()->as<dict>().try_emplace(m_key, std::move(made)).first;
    }

    value m_whole;
    std::string m_key;          // of the next value, in a dict
    std::vector<value*> m_open; // each stays where it is: nothing is added to the ones around it meanwhile
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_VALUE_WRITER_HPP
