// SPDX-License-Identifier: MIT
#ifndef LATHE_MODEL_DETAIL_VALUE_HASH_HPP
#define LATHE_MODEL_DETAIL_VALUE_HASH_HPP

/// @file
/// @brief The hash of a dict's keys: keyed by chance, since keys come from strangers.

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string_view>

#if defined(__linux__)
#    include <sys/random.h>
#endif

namespace lathe {
inline namespace v0 {
namespace detail {

struct sip_key {
    std::uint64_t low;
    std::uint64_t high;
};

// SipHash by Aumasson and Bernstein. Who does not know the key cannot choose texts that collide; std::hash has the same
// key in each process, and keys that collide under it are published.
template <int Rounds, int LastRounds>
class sip_hash {
public:
    explicit sip_hash(sip_key key) noexcept
        : m_a(key.low ^ 0x736f6d6570736575U),
          m_b(key.high ^ 0x646f72616e646f6dU),
          m_c(key.low ^ 0x6c7967656e657261U),
          m_d(key.high ^ 0x7465646279746573U) {}

    [[nodiscard]] std::uint64_t operator()(std::string_view text) && noexcept {
        const char* at = text.data();
        std::size_t rest = text.size();
        for (; rest >= 8; rest -= 8, at += 8)
            add(word(at, 8));
        add(word(at, rest) | std::uint64_t{text.size()} << 56U);
        m_c ^= 0xffU;
        mix<LastRounds>();
        return m_a ^ m_b ^ m_c ^ m_d;
    }

private:
    static constexpr std::uint64_t rotated(std::uint64_t x, unsigned by) noexcept { return x << by | x >> (64U - by); }

    // In the machine's byte order: the hash does not leave the process.
    static std::uint64_t word(const char* from, std::size_t size) noexcept {
        std::uint64_t bits = 0;
        if (size != 0) __builtin_memcpy(&bits, from, size);
        return bits;
    }

    void add(std::uint64_t bits) noexcept {
        m_d ^= bits;
        mix<Rounds>();
        m_a ^= bits;
    }

    template <int Times>
    void mix() noexcept {
        for (int i = 0; i < Times; ++i) {
            m_a += m_b;
            m_c += m_d;
            m_b = rotated(m_b, 13) ^ m_a;
            m_d = rotated(m_d, 16) ^ m_c;
            m_a = rotated(m_a, 32);
            m_c += m_b;
            m_a += m_d;
            m_b = rotated(m_b, 17) ^ m_c;
            m_d = rotated(m_d, 21) ^ m_a;
            m_c = rotated(m_c, 32);
        }
    }

    std::uint64_t m_a, m_b, m_c, m_d;
};

inline sip_key random_sip_key() noexcept {
    sip_key key{};
#if defined(__linux__)
    if (getrandom(&key, sizeof key, GRND_NONBLOCK) == static_cast<ssize_t>(sizeof key)) return key;
#endif
    // The second best: where this process has its code and its stack, and when it asked.
    const auto code = reinterpret_cast<std::uintptr_t>(&random_sip_key);
    const auto stack = reinterpret_cast<std::uintptr_t>(&key);
    std::timespec now{};
    static_cast<void>(std::timespec_get(&now, TIME_UTC));
    key.low = (code << 32U) ^ stack;
    key.high = (static_cast<std::uint64_t>(now.tv_sec) << 30U) ^ static_cast<std::uint64_t>(now.tv_nsec);
    return key;
}

// The low half: an index has no more than 2^32 places.
inline std::uint32_t key_hash(std::string_view key) noexcept {
    static const sip_key process_key = random_sip_key();
    return static_cast<std::uint32_t>(sip_hash<1, 3>(process_key)(key));
}

} // namespace detail
} // namespace v0
} // namespace lathe

#endif // LATHE_MODEL_DETAIL_VALUE_HASH_HPP
