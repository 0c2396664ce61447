// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_DETAIL_CACHE_LOADING_HPP
#define LATHE_CACHE_DETAIL_CACHE_LOADING_HPP

/// @file
/// @brief One load for a key, however many ask for it.

#include <cstdint>
#include <exception>

#include <lathe/cache/detail/cache_core.hpp>
#include <lathe/cache/detail/cache_errors.hpp>
#include <lathe/cache/detail/flight.hpp>

namespace lathe {
inline namespace v0 {
namespace detail {

// A node that is not in the index yet, or will not be.
template <class Traits>
class unstored_node {
public:
    unstored_node(cache_shard<Traits>& shard, cache_node<Traits>* made) noexcept : m_shard(shard), m_node(made) {}
    unstored_node(const unstored_node&) = delete;
    unstored_node& operator=(const unstored_node&) = delete;
    ~unstored_node() {
        if (m_node != nullptr) m_shard.destroy(*m_node);
    }
    [[nodiscard]] cache_node<Traits>* get() const noexcept { return m_node; }
    // It is the shard's from now on.
    void give_up() noexcept { m_node = nullptr; }

private:
    cache_shard<Traits>& m_shard;
    cache_node<Traits>* m_node;
};

// What get_or_load does in the shard of the key. `make(key)` returns what a value is made of.
template <class Traits>
class cache_loading {
    using key_type = typename Traits::key;
    using value_type = typename Traits::value;
    using handle = cache_handle<value_type>;
    using room_type = waiting_room<value_type>;
    using guest = waiting_guest<value_type>;
    using boarding_type = boarding<key_type, value_type>;

public:
    cache_loading(cache_core<Traits>& core, cache_shard<Traits>& home) noexcept : m_core(core), m_home(home) {}

    template <class Make>
    [[nodiscard]] handle get(std::uint32_t hash, const key_type& key, Make& make) {
        boarding_type boarding;
        while (true) {
            handle found = m_home.board(hash, key, boarding);
            switch (boarding.next) {
            [[likely]] case boarding_step::done:
                return found;
            case boarding_step::load:
                return load(*boarding.mine, make);
            case boarding_step::wait:
                return wait(boarding, key);
            case boarding_step::retry:
                boarding.spare = guest(new room_type);
                break;
            }
        }
    }

private:
    template <class Make>
    [[nodiscard]] handle load(flight<key_type, value_type>& mine, Make& make) {
        room_type* waiting = nullptr;
        handle owner;
        try {
            unstored_node<Traits> made(m_home, m_core.load_node(m_home, mine.hash(), *mine.key, make));
            owner = m_home.land(mine, made.get(), waiting);
            made.give_up();
        } catch (...) {
            m_home.crash(mine, waiting);
            if (waiting != nullptr) {
                const guest leaves(waiting);
                waiting->error = std::current_exception();
                waiting->open();
            }
            throw;
        }
        if (waiting != nullptr) {
            const guest leaves(waiting);
            waiting->result = owner;
            waiting->open();
        }
        return owner;
    }
    [[nodiscard]] static handle wait(boarding_type& boarding, const key_type& key) {
        const room_type& room = *boarding.waits.room();
        {
            recorded_wait record;
            if (record.closes_circle(room, boarding.loader)) fail_in_circle(load_text(key));
            room.wait();
        }
        if (room.error) std::rethrow_exception(room.error);
        return room.result;
    }

    cache_core<Traits>& m_core;
    cache_shard<Traits>& m_home;
};

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_DETAIL_CACHE_LOADING_HPP
