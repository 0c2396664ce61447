// SPDX-License-Identifier: MIT
// Keys in the order in which somebody asks for them: made by a seed, or recorded in files.
#ifndef LATHE_TESTS_CACHE_KEY_TRACES_HPP
#define LATHE_TESTS_CACHE_KEY_TRACES_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace lathe_test {

using key_list = std::vector<std::uint64_t>;

struct key_trace {
    std::string name;
    key_list asked;

    // So much of the distinct keys, but not less than ten.
    [[nodiscard]] std::size_t capacity(double share) const {
        const std::unordered_set<std::uint64_t> distinct(asked.begin(), asked.end());
        return static_cast<std::size_t>(std::max(10LL, std::llround(share * static_cast<double>(distinct.size()))));
    }
};

// The capacities of which hit ratios are told, as shares of the distinct keys.
inline constexpr double told_shares[] = {0.01, 0.05, 0.2};

// ---- made ----

// Keys of which the k-th is asked for as often as 1/k^skew says.
class zipf {
public:
    zipf(double skew, std::size_t count) : m_sums(count) {
        double sum = 0;
        for (std::size_t key = 0; key != count; ++key)
            m_sums[key] = sum += std::pow(static_cast<double>(key + 1), -skew);
    }
    std::uint64_t operator()(std::mt19937_64& random) const {
        const double at = static_cast<double>(random() >> 11) * 0x1p-53 * m_sums.back();
        return static_cast<std::uint64_t>(std::upper_bound(m_sums.begin(), m_sums.end(), at) - m_sums.begin());
    }

private:
    std::vector<double> m_sums;
};

// What caches meet: steady and shifting popularity, scans, loops, and some of all.
inline std::vector<key_trace> made_traces(std::uint64_t seed, std::size_t length) {
    std::mt19937_64 random(seed);
    const auto make = [&](std::string name, auto next) {
        key_trace made{std::move(name), {}};
        made.asked.reserve(length);
        for (std::size_t i = 0; i != length; ++i)
            made.asked.push_back(next(i));
        return made;
    };
    const zipf steep(0.99, length / 6), flat(0.7, length / 6), few(0.9, length / 40);
    constexpr std::uint64_t elsewhere = 1'000'000'000;
    const std::size_t loop = length / 40, phase = length / 12;
    return {
        make("zipf_0.99", [&](std::size_t) { return steep(random); }),
        make("zipf_0.7", [&](std::size_t) { return flat(random); }),
        // Three of ten are asked for in one go and never again.
        make("scans", [&](std::size_t i) { return i % 5000 < 3500 ? steep(random) : elsewhere + i; }),
        make("loop", [&](std::size_t i) { return std::uint64_t(i % loop); }),
        // Two of five go round in a loop.
        make("zipf_and_loop",
             [&](std::size_t i) { return random() % 5 < 2 ? elsewhere + i % (2 * loop) : few(random); }),
        // All at once, other keys are popular.
        make("shifts", [&](std::size_t i) { return few(random) + i / phase * 1000; }),
        // Keys become popular one by one.
        make("drift", [&](std::size_t i) { return few(random) + i / 20; }),
        make("phases",
             [&](std::size_t i) {
                 const std::uint64_t number = i / phase;
                 if (number % 3 == 0) return few(random) + number * 500;
                 return elsewhere * number + (number % 3 == 1 ? i % loop : random() % loop);
             }),
    };
}

// ---- recorded ----

// <name>.keys.xz: one decimal number a line.
inline key_trace read_trace(const std::filesystem::path& file) {
    key_trace read{file.filename().string(), {}};
    read.name.resize(read.name.size() - std::string(".keys.xz").size());
    const std::string command = "xz -dc '" + file.string() + "'";
    std::FILE* const pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
    char line[64];
    while (std::fgets(line, sizeof line, pipe) != nullptr)
        read.asked.push_back(std::strtoull(line, nullptr, 10));
    if (pclose(pipe) != 0 || read.asked.empty()) throw std::runtime_error("no keys from " + command);
    return read;
}

// The files of the folder that LATHE_TRACES names, by name. None if it is not set.
inline std::vector<std::filesystem::path> recorded_traces() {
    std::vector<std::filesystem::path> found;
    const char* const folder = std::getenv("LATHE_TRACES");
    if (folder == nullptr) return found;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        const std::string name = file.path().filename().string();
        if (name.size() > 8 && name.compare(name.size() - 8, 8, ".keys.xz") == 0) found.push_back(file.path());
    }
    if (found.empty()) throw std::runtime_error("LATHE_TRACES=" + std::string(folder) + " has no *.keys.xz");
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace lathe_test

#endif // LATHE_TESTS_CACHE_KEY_TRACES_HPP
