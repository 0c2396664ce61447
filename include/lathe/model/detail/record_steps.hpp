// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_RECORD_STEPS_HPP
#define LATHE_MODEL_DETAIL_RECORD_STEPS_HPP

/// @file
/// @brief How records are filled, changed, compared and written. Included by <lathe/model/record.hpp>.

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <lathe/model/record.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

inline std::size_t index_of(const run_time_model& model, const run_time_field& field) noexcept {
    return static_cast<std::size_t>(&field - model.fields().data());
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_empty_record() {
    throw value_error("lathe::record: it is of no type: it was default-constructed or moved from; assign one that a "
                      "model_type has made");
}

// A member without a home, to be filled and checked before it moves in.
class spare_member {
public:
    explicit spare_member(const member_operations& of) : m_of(of), m_memory(allocate(of)) {
        try {
            m_of.make(m_memory);
        } catch (...) {
            deallocate();
            throw;
        }
    }
    spare_member(const spare_member&) = delete;
    spare_member& operator=(const spare_member&) = delete;
    ~spare_member() {
        m_of.destroy(m_memory);
        deallocate();
    }
    [[nodiscard]] void* get() const noexcept { return m_memory; }

private:
    [[nodiscard]] void* allocate(const member_operations& of) {
        if (of.size <= sizeof m_room && of.alignment <= alignof(std::max_align_t)) return m_room;
        return ::operator new(of.size, std::align_val_t(of.alignment));
    }
    void deallocate() noexcept {
        if (m_memory != m_room) ::operator delete(m_memory, std::align_val_t(m_of.alignment));
    }

    const member_operations& m_of;
    alignas(std::max_align_t) std::byte m_room[64];
    void* m_memory;
};

// "person.age holds int, not string"
[[noreturn, gnu::cold, gnu::noinline]] inline void
refuse_held(const run_time_model& model, const run_time_field& field, std::string_view wanted) {
    std::string text = model.name();
    text += '.';
    text += field.name;
    text += " holds ";
    text += model.infos()[index_of(model, field)].type;
    text += ", not ";
    text += wanted;
    throw value_error(text);
}

struct record_access {
    static record_block*& block(record& of) noexcept { return of.m_block; }
    static const record_block* block(const record& of) noexcept { return of.m_block; }
    static record made(record_block* block) noexcept { return record(block); }
    static const run_time_model& model(const record& of) {
        if (of.m_block == nullptr) refuse_empty_record();
        return *of.m_block->model;
    }
    static std::string_view name(const record& of) noexcept {
        return of.m_block == nullptr ? std::string_view() : of.m_block->model->name();
    }
    static field_view view(const record_block* block, const run_time_field& field) noexcept { return {block, field}; }
    static field_reference reference(record_block* block, const run_time_field& field) noexcept {
        return {block, field};
    }
    static const record_block* block(const field_view& of) noexcept { return of.m_block; }
    static const run_time_field& field(const field_view& of) noexcept { return *of.m_field; }

    static std::string text(const field_view& from) {
        if (const auto* const plain = from.get_if<std::string>()) return *plain;
        std::string text;
        from.m_field->of->text(run_time_model::member(from.m_block, *from.m_field), text);
        return text;
    }

    // ---- fields by name ----

    [[noreturn, gnu::cold, gnu::noinline]] static void refuse_name(const run_time_model& model, std::string_view name) {
        throw validation_error({{std::string(name), "unknown", unknown_field(model.reader(), name), ""}}, model.name());
    }
    static const run_time_field& field(const run_time_model& model, std::string_view name) {
        const std::size_t at = model.find(name);
        if (at == model.fields().size()) refuse_name(model, name);
        return model.fields()[at];
    }
    static const run_time_field& field(const record& of, std::string_view name) { return field(model(of), name); }

    template <class T>
    static record_key<T> key(const run_time_model& model, std::size_t index) noexcept {
        return {model.id(), index};
    }
    template <class T>
    static const run_time_field& field(const record& of, const record_key<T>& key) {
        const run_time_model& type = model(of);
        if (type.id() != key.m_model) [[unlikely]]
            refuse_key(type);
        return type.fields()[key.m_index];
    }
    [[noreturn, gnu::cold, gnu::noinline]] static void refuse_key(const run_time_model& type) {
        throw value_error("lathe::record: the key is of another type than this " + type.name() +
                          "; make one with its own model_type::key");
    }

    // ---- as any value that a model may hold: called where types are gone through ----

    static void write_text(const record& from, std::string& out) {
        if (from.m_block == nullptr) {
            out += "none";
            return;
        }
        const run_time_model& type = *from.m_block->model;
        out += type.name();
        out += '(';
        const char* separator = "";
        for (const run_time_field& field : type.fields()) {
            out += separator;
            separator = ", ";
            out += field.name;
            out += '=';
            field.of->text(run_time_model::member(from.m_block, field), out);
        }
        out += ')';
    }

    static void write(const record& from, document_writer& to, const path& where) {
        if (from.m_block == nullptr) refuse_to_write(where, "type", "a record", "is of no type");
        const run_time_model& type = *from.m_block->model;
        write_model(type.writer(), to, where, [&](std::size_t i) {
            const run_time_field& field = type.fields()[i];
            return field.of->keeps_extra_keys ? run_time_model::value(from.m_block, field)
                                              : run_time_model::member(from.m_block, field);
        });
    }

    static void check(const record& from, const path& where, std::vector<issue>& issues) {
        if (from.m_block == nullptr) {
            issues.push_back({where.text(), "type", "a record is of no type", ""});
            return;
        }
        const std::size_t before = issues.size();
        const run_time_model& type = *from.m_block->model;
        for (const run_time_field& field : type.fields())
            field.of->check(run_time_model::member(from.m_block, field), field, path{&where, field.name}, issues);
        if (issues.size() == before) check_invariants(from, where, issues);
    }
    // Invariants may rely on the rules of the fields.
    static void check_invariants(const record& from, const path& where, std::vector<issue>& issues) {
        const run_time_model& type = *from.m_block->model;
        if (type.whole() != nullptr && type.whole()->check != nullptr) {
            type.whole()->check(type.object(from.m_block), where, issues);
        }
        for (const auto& rule : type.invariants()) {
            if (!rule->holds(from)) add_broken_invariant(rule->text(), shown_value(from), where, issues);
        }
    }

    static void
    check_type(const record& from, const run_time_model& wanted, const path& where, std::vector<issue>& issues) {
        if (from.m_block != nullptr && from.m_block->model == &wanted) return;
        std::string shown = shown_value(from);
        std::string message = shown;
        message += " is not a ";
        message += wanted.name();
        issues.push_back({where.text(), "type", std::move(message), std::move(shown)});
    }

    // ---- made ----

    // Filled by what comes along, all of it checked.
    template <class Document>
    static std::vector<issue>
    fill(record& to, const run_time_model& type, Document& from, const read_options& options) {
        return detail::fill(type.type(), &to, from, options);
    }

    // What a static model has in its type: the default of a field that is absent. False where there is none.
    static bool
    complete(record_block* block, const run_time_field& field, const path& where, std::vector<issue>& issues) {
        void* const member = run_time_model::member(block, field);
        if (field.fallback) {
            field.fallback->apply(member, field, path{&where, field.name}, issues);
            return true;
        }
        if (field.is_required_by_rules) {
            issues.push_back({path{&where, field.name}.text(), "required", "is missing", ""});
            return true;
        }
        if (!field.of->is_record || field.of->must_be_given || block->model->whole() != nullptr) return false;
        record made;
        const dict nothing;
        if (!fill(made, *field.records, nothing, {}).empty()) return false; // then it is the field that is missing
        return field.of->take_same(member, &made, true, field, path{&where, field.name}, issues);
    }
    static bool may_be_absent(const record_block* block, const run_time_field& field) {
        return field.of->may_be_absent == nullptr || field.of->may_be_absent(run_time_model::member(block, field));
    }
};

inline void places_of_record(void* of, void** to) {
    record_block* const block = record_access::block(*static_cast<record*>(of));
    for (const run_time_field& field : block->model->fields())
        *to++ = run_time_model::member(block, field);
}
inline void check_record_invariants(const void* of, const path& where, std::vector<issue>& issues) {
    record_access::check_invariants(*static_cast<const record*>(of), where, issues);
}
inline void prepare_record(const read_model& self, void* of) {
    record& to = *static_cast<record*>(of);
    to = record_access::made(static_cast<const record_reader&>(self).owner->make());
}
inline std::size_t find_record_key(const read_model& self, std::string_view key) {
    return static_cast<const record_reader&>(self).owner->find_key(key);
}
inline bool
complete_record(const read_model& self, void* of, std::size_t index, const path& where, std::vector<issue>& issues) {
    const run_time_field& field = static_cast<const record_reader&>(self).owner->fields()[index];
    return record_access::complete(record_access::block(*static_cast<record*>(of)), field, where, issues);
}

// ---- changes ----

// What a decoder found wrong in a field's value is wrong in the field.
inline void add_in_field(std::vector<issue>& issues, std::vector<issue>&& found, const path& where) {
    for (issue& one : found) {
        std::string at = where.text();
        if (!one.path.empty() && one.path.front() != '[') at += '.';
        one.path.insert(0, at);
        issues.push_back(std::move(one));
    }
}

inline void feed(decoder& to, const list& from) {
    to.feed(from);
}
inline void feed(decoder& to, std::initializer_list<dict::initial> from) {
    to.feed(from);
}
inline void feed(decoder& to, const scalar_event& from) {
    to.scalar(from);
}

// Takes what a document may have for the field.
template <class Document>
bool take_document(
    void* member, const run_time_field& field, const Document& from, const path& where, std::vector<issue>& issues) {
    const spare_member next(*field.of);
    decoder by(*field.type, next.get(), {});
    feed(by, from);
    if (!by.issues().empty()) {
        add_in_field(issues, std::move(by.issues()), where);
        return false;
    }
    field.of->commit(member, next.get());
    return true;
}

inline bool take_event(void* member,
                       const run_time_field& field,
                       const scalar_event& from,
                       const path& where,
                       std::vector<issue>& issues) {
    switch (field.of->take_scalar(member, from, field, where, issues)) {
    case intake_outcome::stored:
        return true;
    case intake_outcome::refused:
        return false;
    default:
        return take_document(member, field, from, where, issues);
    }
}

// Takes anything that the field may be given.
template <class U>
bool take_given(void* member, const run_time_field& field, U&& given, const path& where, std::vector<issue>& issues) {
    using from = std::remove_cvref_t<U>;
    constexpr bool may_move = !std::is_lvalue_reference_v<U> && !std::is_const_v<std::remove_reference_t<U>>;
    if constexpr (is_property<from>) {
        return take_given(member, field, given.value(), where, issues);
    } else if constexpr (std::is_base_of_v<field_view, from>) {
        const run_time_field& other = record_access::field(given);
        const void* const held = run_time_model::value(record_access::block(given), other);
        if (other.of->tag == field.of->tag && other.of->copy != nullptr) {
            return field.of->take_same(member, held, false, field, where, issues);
        }
        return take_document(member, field, given.to_value(), where, issues);
    } else {
        if constexpr (std::is_object_v<from> && !std::is_array_v<from>) {
            constexpr bool may_take = may_move || std::is_copy_constructible_v<from>;
            const member_operations& of = *field.of;
            if (of.tag == &type_tag<from> && may_take) {
                return of.take_same(member, __builtin_addressof(given), may_move, field, where, issues);
            }
            if (of.inner_tag == &type_tag<from> && may_take) {
                return of.take_inner(member, __builtin_addressof(given), may_move, field, where, issues);
            }
        }
        if constexpr (string_like<from>) {
            return take_event(member, field, scalar_event::of(std::string_view(given)), where, issues);
        } else if constexpr (std::is_same_v<from, bool>) {
            return take_event(member, field, scalar_event::of(given), where, issues);
        } else if constexpr (integer<from>) {
            using wide = std::conditional_t<std::is_signed_v<from>, std::int64_t, std::uint64_t>;
            return take_event(member, field, scalar_event::of(static_cast<wide>(given)), where, issues);
        } else if constexpr (std::is_same_v<from, float> || std::is_same_v<from, double>) {
            return take_event(member, field, scalar_event::of(static_cast<double>(given)), where, issues);
        } else if constexpr (std::is_null_pointer_v<from> || std::is_same_v<from, std::nullopt_t>) {
            return take_event(member, field, scalar_event::null(), where, issues);
        } else if constexpr (is_optional<from>) {
            if (!given) return take_event(member, field, scalar_event::null(), where, issues);
            return take_given(member, field, *std::forward<U>(given), where, issues);
        } else if constexpr (std::is_same_v<from, value> || std::is_same_v<from, dict> || std::is_same_v<from, list>) {
            return take_document(member, field, given, where, issues);
        } else {
            return take_document(member, field, lathe::to_value(given), where, issues);
        }
    }
}

} // namespace detail

// ---- record ----

inline record::record(const record& other) {
    if (other.m_block == nullptr) return;
    const detail::run_time_model& model = *other.m_block->model;
    if (const detail::run_time_field* const only = model.uncopyable()) {
        throw value_error(model.name() + "." + only->name + " holds what cannot be copied; move the record");
    }
    m_block = model.copy(other.m_block);
}
inline record& record::operator=(const record& other) {
    if (this != &other) *this = record(other);
    return *this;
}

inline field_reference record::operator[](std::string_view name) {
    return detail::record_access::reference(m_block, detail::record_access::field(*this, name));
}
inline field_view record::operator[](std::string_view name) const {
    return detail::record_access::view(m_block, detail::record_access::field(*this, name));
}
template <class T>
field_reference record::operator[](const record_key<T>& key) {
    return detail::record_access::reference(m_block, detail::record_access::field(*this, key));
}
template <class T>
field_view record::operator[](const record_key<T>& key) const {
    return detail::record_access::view(m_block, detail::record_access::field(*this, key));
}

template <class T>
const T& record::get(std::string_view name) const& {
    return (*this)[name].template as<T>();
}
template <class T>
const T& record::get(const record_key<T>& key) const& {
    const detail::run_time_field& field = detail::record_access::field(*this, key);
    return *static_cast<const T*>(detail::run_time_model::value(m_block, field));
}
template <class U>
void record::set(std::string_view name, U&& given) {
    (*this)[name] = std::forward<U>(given);
}
template <class T, class U>
void record::set(const record_key<T>& key, U&& given) {
    (*this)[key] = std::forward<U>(given);
}
inline void record::reset(std::string_view name) {
    (*this)[name].reset();
}
inline field_range record::fields() const& {
    static_cast<void>(detail::record_access::model(*this));
    return field_range(m_block);
}
template <class Model>
const Model* record::get_if() const& noexcept {
    if (m_block == nullptr) return nullptr;
    const detail::run_time_model& model = *m_block->model;
    if (model.whole() == nullptr || model.whole()->tag != &detail::type_tag<Model>) return nullptr;
    return static_cast<const Model*>(model.object(static_cast<const detail::record_block*>(m_block)));
}

inline bool operator==(const record& a, const record& b) {
    if (a.m_block == nullptr || b.m_block == nullptr) return a.m_block == b.m_block;
    const detail::run_time_model& model = *a.m_block->model;
    if (&model != b.m_block->model) return false;
    for (const detail::run_time_field& field : model.fields()) {
        if (detail::record_access::view(a.m_block, field) != detail::record_access::view(b.m_block, field)) {
            return false;
        }
    }
    return true;
}

inline std::string to_string(const record& from) {
    std::string text;
    detail::record_access::write_text(from, text);
    return text;
}

inline std::size_t hash(const record& from) {
    const detail::record_block* const block = detail::record_access::block(from);
    if (block == nullptr) return 0;
    std::size_t seed = block->model->fields().size();
    for (const detail::run_time_field& field : block->model->fields()) {
        if (field.of->hash == nullptr) {
            throw value_error(block->model->name() + "." + field.name + " has no std::hash for " +
                              std::string(field.of->info->type));
        }
        seed = detail::mix(seed, field.of->hash(detail::run_time_model::member(block, field)));
    }
    return seed;
}

inline result<void, validation_error> try_validate(const record& from) {
    const detail::run_time_model& model = detail::record_access::model(from);
    std::vector<issue> issues;
    detail::record_access::check(from, detail::path{}, issues);
    if (issues.empty()) return {};
    return failure(validation_error(std::move(issues), model.name()));
}
inline void validate(const record& from) {
    try_validate(from).value();
}

// ---- fields ----

inline const field_info& field_view::info() const noexcept {
    return m_block->model->infos()[detail::index_of(*m_block->model, *m_field)];
}
inline value field_view::to_value() const {
    const void* const member = detail::run_time_model::member(m_block, *m_field);
    return detail::written_value(member, m_field->of->write, m_block->model->name());
}
inline field_view field_view::operator[](std::string_view name) const {
    return as<record>()[name];
}
inline void field_view::refuse_type(std::string_view wanted) const {
    detail::refuse_held(*m_block->model, *m_field, wanted);
}
inline bool operator==(const field_view& a, const field_view& b) {
    if (a.m_field->of->tag != b.m_field->of->tag) return a.to_value() == b.to_value();
    if (a.m_field->of->equal == nullptr) {
        throw value_error(a.m_block->model->name() + "." + a.m_field->name + " has no operator== for " +
                          std::string(a.m_field->of->info->type));
    }
    if (a.m_field->of == b.m_field->of) {
        return a.m_field->of->equal(detail::run_time_model::member(a.m_block, *a.m_field),
                                    detail::run_time_model::member(b.m_block, *b.m_field));
    }
    return a.to_value() == b.to_value(); // of one type, with different rules
}
template <std::derived_from<field_view> Field>
std::string to_string(const Field& from) {
    return detail::record_access::text(from);
}

template <class U>
void field_reference::store(U&& given) const {
    std::vector<issue> issues;
    const detail::path where{nullptr, m_field->name};
    void* const member = detail::run_time_model::member(block(), *m_field);
    if (!detail::take_given(member, *m_field, std::forward<U>(given), where, issues)) [[unlikely]] {
        throw validation_error(std::move(issues), m_block->model->name());
    }
}

inline void field_reference::reset() const {
    using detail::record_access;
    const detail::run_time_model& model = *m_block->model;
    std::vector<issue> issues;
    if (m_field->is_required_by_rules || !record_access::complete(block(), *m_field, detail::path{}, issues)) {
        // The default of its type; of a program's type that of a whole new object, since its struct may say "= 18".
        record fresh = record_access::made(model.make());
        detail::record_block* const from = record_access::block(fresh);
        if (m_field->is_required_by_rules || m_field->of->must_be_given ||
            !record_access::may_be_absent(from, *m_field)) {
            issues.push_back({m_field->name, "required", "has no default", ""});
        } else {
            m_field->of->commit(detail::run_time_model::member(block(), *m_field),
                                detail::run_time_model::member(from, *m_field));
        }
    }
    if (!issues.empty()) throw validation_error(std::move(issues), model.name());
}

inline field_reference field_reference::operator[](std::string_view name) const {
    record& held = const_cast<record&>(as<record>());
    if (!info().rules.empty()) {
        throw value_error(m_block->model->name() + "." + m_field->name +
                          " has rules about the whole record; change it with modify, or assign one");
    }
    return held[name];
}

inline field_view field_range::iterator::operator*() const noexcept {
    return detail::record_access::view(m_block, *m_field);
}

} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_RECORD_STEPS_HPP
