// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_SHARED_OBJECT_HPP
#define LATHE_MODEL_DETAIL_SHARED_OBJECT_HPP

/// @file
/// @brief Objects that count their owners themselves. <memory> would cost more to include than all that needs them.

#include <cstddef>
#include <utility>

namespace lathe {
inline namespace v0 {
namespace detail {

class shared_object {
public:
    shared_object(const shared_object&) = delete;
    shared_object& operator=(const shared_object&) = delete;
    virtual ~shared_object() = default;

    void add_owner() const noexcept {
        // Relaxed: whoever adds an owner is one, or has it from one, so the object is alive and known to it.
        __atomic_fetch_add(&m_owners, 1, __ATOMIC_RELAXED);
    }
    void drop_owner() const noexcept {
        // Release, so that what this owner read happens before the deletion; acquire, so that the last one sees it.
        if (__atomic_fetch_sub(&m_owners, 1, __ATOMIC_ACQ_REL) == 1) delete this;
    }

protected:
    shared_object() noexcept = default;

private:
    mutable std::size_t m_owners = 1;
};

// An owner, or nobody.
template <class T>
class shared_handle {
public:
    shared_handle() noexcept = default;
    // Takes over the owner that a new object counts from the start.
    explicit shared_handle(T* made) noexcept : m_object(made) {}
    shared_handle(const shared_handle& other) noexcept : m_object(other.m_object) {
        if (m_object != nullptr) m_object->add_owner();
    }
    shared_handle(shared_handle&& other) noexcept : m_object(std::exchange(other.m_object, nullptr)) {}
    shared_handle& operator=(shared_handle other) noexcept {
        std::swap(m_object, other.m_object);
        return *this;
    }
    ~shared_handle() {
        if (m_object != nullptr) m_object->drop_owner();
    }

    // One more owner of an object that has some.
    static shared_handle share(T* object) noexcept {
        object->add_owner();
        return shared_handle(object);
    }

    [[nodiscard]] T* get() const noexcept { return m_object; }
    [[nodiscard]] T* operator->() const noexcept { return m_object; }
    [[nodiscard]] T& operator*() const noexcept { return *m_object; }
    [[nodiscard]] explicit operator bool() const noexcept { return m_object != nullptr; }

private:
    T* m_object = nullptr;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_SHARED_OBJECT_HPP
