// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_RUN_TIME_MODEL_HPP
#define LATHE_MODEL_DETAIL_RUN_TIME_MODEL_HPP

/// @file
/// @brief A model that is made at run time: its fields, and how they lie in the memory of a record.

#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lathe/model/detail/codec.hpp>
#include <lathe/model/detail/decoder.hpp>
#include <lathe/model/detail/document.hpp>
#include <lathe/model/detail/fixed_table.hpp>
#include <lathe/model/detail/path.hpp>
#include <lathe/model/detail/run_time_parts.hpp>
#include <lathe/model/detail/shared_object.hpp>
#include <lathe/model/detail/value_hash.hpp>
#include <lathe/model/detail/value_index.hpp>
#include <lathe/model/detail/write_document.hpp>
#include <lathe/model/field_info.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

class run_time_model;

// What became of a value that a member was to take.
enum class intake_outcome : unsigned char {
    stored,
    refused,   // there are issues
    not_taken, // the member's type has no way from such a value; a document may have
};

// What can be done with a member whose type is forgotten: one constant for each type and its rules. A member is a
// property or plain; a value is what it holds.
struct member_operations {
    std::size_t size;
    std::size_t alignment;
    const void* tag; // of the type of the value
    const field_info* info;
    void (*make)(void* member);                   // with the default of its type, or without a value
    void (*copy)(void* member, const void* from); // null: it cannot be copied
    void (*destroy)(void* member) noexcept;
    void (*commit)(void* member, void* from); // moves in what is checked; if that throws, nothing has changed
    const void* (*held)(const void* member) noexcept;
    bool (*equal)(const void* a, const void* b); // null: its type has no ==
    std::size_t (*hash)(const void* member);     // null: its type has no std::hash
    void (*text)(const void* member, std::string& out);
    void (*write)(const void* member, document_writer& to, const path& where);
    bool (*may_be_absent)(const void* member);
    // All rules of what the member holds, however deep.
    void (*check)(const void* member, const run_time_field& field, const path& where, std::vector<issue>& issues);
    // Takes a value of its own type, which is moved from if it may be.
    bool (*take_same)(void* member,
                      const void* value,
                      bool may_move,
                      const run_time_field& field,
                      const path& where,
                      std::vector<issue>& issues);
    // The same of what is in an optional; null where the member is none.
    const void* inner_tag;
    bool (*take_inner)(void* member,
                       const void* value,
                       bool may_move,
                       const run_time_field& field,
                       const path& where,
                       std::vector<issue>& issues);
    intake_outcome (*take_scalar)(void* member,
                                  const scalar_event& given,
                                  const run_time_field& field,
                                  const path& where,
                                  std::vector<issue>& issues);
    const codec* (*make_codec)(run_time_model& owner, const run_time_field& field);
    bool is_record;     // it holds one record
    bool holds_records; // it holds records, however deep
    bool must_be_given;
    bool has_default; // by defaults_to
    bool keeps_extra_keys;
};

// The address of a type's tag tells it from all others.
template <class T>
inline constexpr char type_tag{};

struct run_time_field {
    const member_operations* of = nullptr;
    std::string name{};
    std::size_t offset = 0;      // of the member in the memory of a record
    std::size_t held_offset = 0; // of the value in the member
    const codec* type = nullptr;
    shared_handle<const run_time_model>
        records_of{};                        // the type of the records in it; null where they are of its own model
    const run_time_model* records = nullptr; // the same, or its own model
    shared_handle<const run_time_default> fallback{};
    std::vector<shared_handle<const run_time_rule>> rules{};
    bool is_required_by_rules = false; // for the value that its type starts with breaks one of those rules

    void check_rules(const void* value, const path& where, std::vector<issue>& issues) const {
        for (const auto& rule : rules)
            rule->check(value, where, issues);
    }
};

// A codec that knows of which field it is.
struct run_time_codec : codec {
    const run_time_field* field = nullptr;
};

// A type of the program whose objects are records too.
struct whole_operations {
    std::size_t size;
    std::size_t alignment;
    const void* tag;
    void (*make)(void* object);
    void (*copy)(void* object, const void* from); // null: it cannot be copied
    void (*destroy)(void* object) noexcept;
    void (*places)(void* object, void** to);
    void (*check)(const void* object, const path& where, std::vector<issue>& issues); // its invariants; or null
};

// What is read knows its model.
struct record_reader : read_model {
    const run_time_model* owner = nullptr;
};

void places_of_record(void* record, void** to);
void check_record_invariants(const void* record, const path& where, std::vector<issue>& issues);
void prepare_record(const read_model& self, void* record);
std::size_t find_record_key(const read_model& self, std::string_view key);
bool complete_record(
    const read_model& self, void* record, std::size_t index, const path& where, std::vector<issue>& issues);

// The memory of a record begins with its model; the members follow.
struct record_block {
    const run_time_model* model;
};

// Never changed once it is built, so that any number of threads may read it.
class run_time_model final : public shared_object {
public:
    run_time_model(std::string name,
                   std::vector<run_time_field> fields,
                   std::vector<shared_handle<const run_time_invariant>> invariants,
                   const whole_operations* whole = nullptr)
        : m_name(std::move(name)), m_fields(std::move(fields)), m_invariants(std::move(invariants)), m_whole(whole) {
        lay_out();
        describe();
        index_names();
    }

    [[nodiscard]] const std::string& name() const noexcept { return m_name; }
    [[nodiscard]] std::uint64_t id() const noexcept { return m_id; }
    [[nodiscard]] const std::vector<run_time_field>& fields() const noexcept { return m_fields; }
    [[nodiscard]] const std::vector<shared_handle<const run_time_invariant>>& invariants() const noexcept {
        return m_invariants;
    }
    [[nodiscard]] bool has_invariants() const noexcept {
        return !m_invariants.empty() || (m_whole != nullptr && m_whole->check != nullptr);
    }
    [[nodiscard]] const fixed_table<field_info>& infos() const noexcept { return m_infos; }
    [[nodiscard]] const whole_operations* whole() const noexcept { return m_whole; }
    [[nodiscard]] const codec& type() const noexcept { return m_type; }
    [[nodiscard]] const read_model& reader() const noexcept { return m_reader; }
    [[nodiscard]] const written_model& writer() const noexcept { return m_writer; }

    // Which field has that name; how many there are when none has.
    [[nodiscard]] std::size_t find(std::string_view name) const noexcept {
        if (!m_index) {
            std::size_t at = 0;
            while (at != m_fields.size() && !is_same(m_fields[at].name, name))
                ++at;
            return at;
        }
        const std::size_t at = find_key(name);
        return at != m_fields.size() && is_same(m_fields[at].name, name) ? at : m_fields.size();
    }
    // The same, for aliases too.
    [[nodiscard]] std::size_t find_key(std::string_view key) const noexcept {
        if (!m_index) return field_called(m_reader, key);
        const std::uint32_t at =
            m_index.find(key_hash(key), [&](std::uint32_t position) { return is_same(m_keys[position].text, key); });
        return at == position_index::none ? m_fields.size() : m_keys[at].field;
    }

    // ---- the memory of a record ----

    // Of a type of the program: where its object is.
    [[nodiscard]] void* object(record_block* block) const noexcept {
        return reinterpret_cast<std::byte*>(block) + m_first;
    }
    [[nodiscard]] const void* object(const record_block* block) const noexcept {
        return reinterpret_cast<const std::byte*>(block) + m_first;
    }
    static void* member(record_block* block, const run_time_field& field) noexcept {
        return reinterpret_cast<std::byte*>(block) + field.offset;
    }
    static const void* member(const record_block* block, const run_time_field& field) noexcept {
        return reinterpret_cast<const std::byte*>(block) + field.offset;
    }
    static const void* value(const record_block* block, const run_time_field& field) noexcept {
        return reinterpret_cast<const std::byte*>(block) + field.offset + field.held_offset;
    }

    // A record that is this model's owner from now on; the members hold the defaults of their types, or no value yet.
    [[nodiscard]] record_block* make() const {
        return construct([this](record_block* block) {
            if (m_whole != nullptr) return m_whole->make(object(block));
            make_members(block, [&](const run_time_field& field) { field.of->make(member(block, field)); });
        });
    }
    // The members must all be such that can be copied.
    [[nodiscard]] record_block* copy(const record_block* from) const {
        return construct([this, from](record_block* block) {
            if (m_whole != nullptr) return m_whole->copy(object(block), object(from));
            make_members(
                block, [&](const run_time_field& field) { field.of->copy(member(block, field), member(from, field)); });
        });
    }
    // Around an object of the program, which is made by `make`.
    template <class Make>
    [[nodiscard]] record_block* make_around(Make make) const {
        return construct([this, &make](record_block* block) { make(object(block)); });
    }
    static void destroy(record_block* block) noexcept {
        const run_time_model* const model = block->model;
        if (model->m_whole != nullptr) {
            model->m_whole->destroy(model->object(block));
        } else {
            for (std::size_t i = model->m_fields.size(); i != 0; --i) {
                const run_time_field& field = model->m_fields[i - 1];
                field.of->destroy(member(block, field));
            }
        }
        model->deallocate(block);
        model->drop_owner();
    }

    // The first field that keeps records from being copied, or null.
    [[nodiscard]] const run_time_field* uncopyable() const noexcept { return m_uncopyable; }

    // Keeps a codec for as long as the model lives.
    const codec* keep(const run_time_codec& made) {
        m_codecs.push_front(made);
        return &m_codecs.front();
    }

private:
    struct known_key {
        std::string_view text;
        std::size_t field;
    };

    static std::uint64_t next_id() noexcept {
        static std::uint64_t last = 0;
        return __atomic_add_fetch(&last, 1, __ATOMIC_RELAXED); // relaxed: nothing but the number is shared
    }
    static constexpr std::size_t aligned(std::size_t offset, std::size_t alignment) noexcept {
        return (offset + alignment - 1) / alignment * alignment;
    }

    void lay_out() {
        std::size_t end = sizeof(record_block);
        if (m_whole != nullptr) {
            m_alignment = m_whole->alignment > m_alignment ? m_whole->alignment : m_alignment;
            m_first = aligned(end, m_whole->alignment);
            m_size = m_first + m_whole->size;
            if (m_whole->copy == nullptr && !m_fields.empty()) m_uncopyable = &m_fields.front();
            measure_object();
            return;
        }
        for (run_time_field& field : m_fields) {
            if (field.of->alignment > m_alignment) m_alignment = field.of->alignment;
            field.offset = aligned(end, field.of->alignment);
            end = field.offset + field.of->size;
            if (field.of->copy == nullptr && m_uncopyable == nullptr) m_uncopyable = &field;
        }
        m_size = end;
        measure_members();
    }
    // A record to measure, which goes also when a rule throws.
    struct sample {
        record_block* const block;

        explicit sample(const run_time_model& model) : block(model.make()) {}
        sample(const sample&) = delete;
        sample& operator=(const sample&) = delete;
        ~sample() { destroy(block); }
    };
    // Where the values are in their members can be told of living ones only.
    void measure_members() {
        const sample made(*this);
        record_block* const block = made.block;
        for (run_time_field& field : m_fields) {
            field.held_offset = distance(member(block, field), field.of->held(member(block, field)));
            if (field.of->is_record || field.fallback) continue; // what it starts with does not stay
            std::vector<issue> broken;
            field.check_rules(value(block, field), path{}, broken);
            field.is_required_by_rules = !broken.empty();
        }
    }
    void measure_object() {
        const sample made(*this);
        record_block* const block = made.block;
        fixed_table<void*> places(m_fields.size() + 1);
        m_whole->places(object(block), places.data());
        for (std::size_t i = 0; i < m_fields.size(); ++i) {
            m_fields[i].offset = distance(block, places[i]);
            m_fields[i].held_offset = distance(places[i], m_fields[i].of->held(places[i]));
        }
    }
    static std::size_t distance(const void* from, const void* to) noexcept {
        return static_cast<std::size_t>(static_cast<const std::byte*>(to) - static_cast<const std::byte*>(from));
    }
    void describe() {
        const std::size_t count = m_fields.size();
        m_infos = fixed_table<field_info>(count);
        m_rules = fixed_table<fixed_table<rule_info>>(count);
        m_read = fixed_table<read_field>(count);
        m_written = fixed_table<written_field>(count);
        std::size_t extra = count;
        for (std::size_t i = 0; i < count; ++i) {
            run_time_field& field = m_fields[i];
            if (field.of->holds_records) field.records = field.records_of ? field.records_of.get() : this;
            if (field.type == nullptr) field.type = field.of->make_codec(*this, field);
            if (field.of->keeps_extra_keys) extra = i;
            field_info& info = m_infos[i];
            info = *field.of->info;
            info.name = field.name;
            if (field.of->is_record) info.type = field.records->name();
            info.rules = rules_of_field(field, info.rules, m_rules[i]);
            info.required = !field.fallback && (info.required || field.is_required_by_rules);
            const std::string_view* const aliases = info.aliases.begin();
            m_read[i] = {field.name, aliases, info.aliases.size(), field.type, field.of->may_be_absent};
            m_written[i] = {field.name,
                            info.aliases.empty() ? std::string_view(field.name) : info.aliases[0],
                            field.of->write,
                            aliases,
                            info.aliases.size(),
                            field.of->keeps_extra_keys};
        }
        static_cast<read_model&>(m_reader) = {m_name,
                                              m_read.data(),
                                              count,
                                              extra,
                                              &places_of_record,
                                              has_invariants() ? &check_record_invariants : nullptr,
                                              &prepare_record,
                                              count > few ? &find_record_key : nullptr,
                                              &complete_record};
        m_reader.owner = this;
        m_writer = {m_written.data(), count, nullptr};
        m_type.kind = codec_kind::model;
        m_type.own_kinds = set_of(value_kind::dict);
        m_type.expected = "a dict";
        m_type.model = &m_reader;
    }
    // The rules of the type and those with a state, in one list, for which there is room.
    static constant_view<rule_info>
    rules_of_field(const run_time_field& field, constant_view<rule_info> of_type, fixed_table<rule_info>& room) {
        if (field.rules.empty()) return of_type;
        room = fixed_table<rule_info>(of_type.size() + field.rules.size());
        std::size_t at = 0;
        for (const rule_info& known : of_type)
            room[at++] = known;
        for (const auto& rule : field.rules) {
            const auto failure = [](const void* one) {
                return static_cast<const run_time_rule*>(one)->failure();
            };
            room[at++] = {rule->name(), rule_failure_text(failure, rule.get())};
        }
        return {room.data(), room.size()};
    }

    // Names first, for they go before aliases.
    void index_names() {
        const std::size_t count = m_fields.size();
        if (count <= few) return;
        std::size_t keys = count;
        for (std::size_t i = 0; i < count; ++i)
            keys += m_infos[i].aliases.size();
        m_keys = fixed_table<known_key>(keys);
        std::size_t next = count;
        for (std::size_t i = 0; i < count; ++i) {
            m_keys[i] = {m_fields[i].name, i};
            for (const std::string_view alias : m_infos[i].aliases)
                m_keys[next++] = {alias, i};
        }
        position_index made(keys);
        for (std::size_t i = 0; i < keys; ++i)
            made.insert(key_hash(m_keys[i].text), static_cast<std::uint32_t>(i));
        m_index.swap(made);
    }

    // ---- memory ----

    [[nodiscard]] void* allocate() const {
        if (m_alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__) return ::operator new(m_size);
        return ::operator new(m_size, std::align_val_t(m_alignment));
    }
    void deallocate(void* memory) const noexcept {
        if (m_alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__) {
            ::operator delete(memory);
        } else {
            ::operator delete(memory, std::align_val_t(m_alignment));
        }
    }
    template <class Fill>
    [[nodiscard]] record_block* construct(Fill fill) const {
        auto* const block = ::new (allocate()) record_block{this};
        try {
            fill(block);
        } catch (...) {
            deallocate(block);
            throw;
        }
        add_owner();
        return block;
    }
    template <class Make>
    void make_members(record_block* block, Make make) const {
        std::size_t made = 0;
        try {
            for (; made != m_fields.size(); ++made)
                make(m_fields[made]);
        } catch (...) {
            while (made != 0) {
                --made;
                m_fields[made].of->destroy(member(block, m_fields[made]));
            }
            throw;
        }
    }

    static constexpr std::size_t few = 8; // are searched one by one

    std::string m_name;
    std::uint64_t m_id = next_id();
    std::vector<run_time_field> m_fields;
    std::vector<shared_handle<const run_time_invariant>> m_invariants;
    const whole_operations* m_whole;
    const run_time_field* m_uncopyable = nullptr;
    std::size_t m_size = 0;
    std::size_t m_alignment = alignof(record_block);
    std::size_t m_first = sizeof(record_block);
    fixed_table<field_info> m_infos;
    fixed_table<fixed_table<rule_info>> m_rules; // of those fields that have some with a state
    fixed_table<read_field> m_read;
    fixed_table<written_field> m_written;
    std::forward_list<run_time_codec> m_codecs;
    record_reader m_reader{};
    written_model m_writer{};
    codec m_type{};
    fixed_table<known_key> m_keys;
    position_index m_index;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_RUN_TIME_MODEL_HPP
