// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_CODEC_HPP
#define LATHE_MODEL_DETAIL_CODEC_HPP

/// @file
/// @brief How values of a type are read from a document, with the type forgotten.
///
/// A document arrives as a stream of events. One decoder, which is no template, follows it; what it must know of a type
/// stands in a constant, made once for each type, not for each field or model.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <lathe/model/detail/document.hpp>
#include <lathe/model/validation_error.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

class decoder;

enum class codec_kind : unsigned char {
    scalar,   // is taken in one piece
    property, // is held by something that checks it
    nullable, // may be absent
    model,
    list,    // of any size
    array,   // of a fixed size
    map,     // from keys that are text; others are lists of pairs
    variant, // of several types
    dynamic, // a value, list or dict
};

// Which kinds of values are a type's own, so that a variant knows it by them.
using kind_set = std::uint16_t;
constexpr kind_set set_of(value_kind kind) noexcept {
    return static_cast<kind_set>(1U << static_cast<unsigned>(kind));
}
inline constexpr kind_set all_kinds = 0x1ff;
inline constexpr kind_set number_kinds = set_of(value_kind::integer) | set_of(value_kind::natural);

// An element that must be complete before it goes into its container: of a set, of a std::vector<bool>.
struct temporary {
    void* object = nullptr;
    void (*destroy)(void*) noexcept = nullptr;

    temporary() = default;
    temporary(temporary&& other) noexcept : object(other.object), destroy(other.destroy) { other.object = nullptr; }
    temporary& operator=(temporary&& other) noexcept {
        if (this != &other) {
            reset();
            object = other.object;
            destroy = other.destroy;
            other.object = nullptr;
        }
        return *this;
    }
    ~temporary() { reset(); }
    void reset() noexcept {
        if (object != nullptr) destroy(object);
        object = nullptr;
    }
};

struct codec;

// One field of a model.
struct read_field {
    std::string_view name{};
    const std::string_view* aliases = nullptr;
    std::size_t alias_count = 0;
    const codec* type = nullptr;
    bool (*may_be_absent)(const void* member) = nullptr; // null: always

    [[nodiscard]] bool has_alias(std::string_view key) const noexcept {
        for (std::size_t i = 0; i < alias_count; ++i) {
            if (aliases[i] == key) return true;
        }
        return false;
    }
};

struct read_model {
    std::string_view name;
    const read_field* fields;
    std::size_t count;
    std::size_t extra; // the property that keeps what is no field; count: there is none
    void (*places)(void* model, void** to);
    // The rules of the whole model; null where it has none.
    void (*check)(const void* model, const path& where, std::vector<issue>& issues);

    // ---- of models that are made at run time; null for all others ----

    // Before its members are filled: an object that has none yet gets them.
    void (*prepare)(const read_model& self, void* model) = nullptr;
    // Which field has that name or alias, else `count`. Null: they are searched one by one.
    std::size_t (*find)(const read_model& self, std::string_view key) = nullptr;
    // Gives a field that is absent what its type does not know: a default. False where there is none.
    bool (*complete)(const read_model& self,
                     void* model,
                     std::size_t index,
                     const path& where,
                     std::vector<issue>& issues) = nullptr;
};

// The types of an array's elements, a tuple's or a variant's.
struct read_parts {
    const codec* const* types;
    std::size_t count;
};

struct codec {
    codec_kind kind = codec_kind::scalar;
    kind_set own_kinds = 0;
    std::string_view expected{};  // completes "36 is not ...": "a whole number"
    const codec* inner = nullptr; // what a property, nullable, list, map holds

    // scalar: takes a value, or adds issues.
    void (*take)(void* to, const scalar_event& given, decoder& by) = nullptr;
    // property: what it holds. nullable: the same, made first. list, map: emptied. array, variant: as it is.
    void* (*open)(void* to) = nullptr;
    // property, nullable: what it holds by now.
    void* (*peek)(void* to) = nullptr;
    // nullable: made empty.
    void (*reset)(void* to) = nullptr;
    // property: rules are checked, issues are added.
    void (*finish)(const codec& self, void* held, decoder& by) = nullptr;
    // list: the place of one more element. array, variant: the place of that one.
    void* (*place)(void* to, std::size_t index, temporary& element) = nullptr;
    // list: the element moves in; false when it is there already. Null where it stands in its place from the start.
    bool (*keep)(void* to, temporary& element) = nullptr;
    bool forgives_repetition = false; // list: whether an element that is there already may be dropped, when lax
    // map: the place for that key. Null when the key cannot be read (then there are issues), or is there already.
    void* (*entry)(void* to, std::string_view key, decoder& by) = nullptr;

    const read_model* model = nullptr;
    const read_parts* parts = nullptr;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_CODEC_HPP
