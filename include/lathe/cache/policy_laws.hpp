// SPDX-License-Identifier: MIT
#ifndef LATHE_CACHE_POLICY_LAWS_HPP
#define LATHE_CACHE_POLICY_LAWS_HPP

/// @file
/// @brief Tries the laws of eviction policies, for tests of one's own.
/// @par Example
/// @snippet tests/cache/policy_laws.cpp example

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <lathe/cache/detail/policy_trial.hpp>
#include <lathe/cache/policy.hpp>

namespace lathe {
inline namespace v0 {

/// How `policy_laws` tries a policy.
struct policy_laws_options {
    std::uint64_t seed = 1;     ///< of all that is random; the same seed tries the same
    std::size_t rounds = 20;    ///< how often each kind of trial is run
    std::size_t accesses = 400; ///< how many keys are asked for in a trial
};

namespace detail {

template <class Policy>
std::vector<std::string> laws_broken_by(const policy_laws_options& options) {
    std::vector<std::string> broken;
    std::vector<std::string> told; // without the trials
    const auto tell = [&](std::string law, const policy_trial_plan& plan) {
        for (const std::string& each : told) {
            if (each == law) return;
        }
        std::string& text = broken.emplace_back(law);
        text += " (";
        text += plan.text();
        text += "; options.seed = ";
        text += std::to_string(options.seed);
        text += ')';
        told.push_back(std::move(law));
    };
    const auto run = [&](const policy_trial_plan& plan, bool& is_sound) {
        std::string complaint;
        std::vector<std::size_t> evicted = policy_trial<Policy>(plan).run(complaint);
        is_sound = complaint.empty();
        if (!is_sound) tell(std::move(complaint), plan);
        return evicted;
    };

    using plan_type = policy_trial_plan;
    using keys_type = policy_trial_keys;
    constexpr std::size_t huge = std::numeric_limits<std::size_t>::max() / 2;
    policy_trial_random random(options.seed);
    for (std::size_t trial = 0; trial != 40 * options.rounds; ++trial) {
        const std::size_t capacities[] = {1, 2 + random.below(10), 10 + random.below(90), huge};
        plan_type plan{random.next(), options.accesses, capacities[trial / 5 % 4], 1, keys_type(trial % 5)};
        if (trial / 20 % 2 != 0) plan.max_weight = plan.capacity == huge ? huge / 40 : 2 + random.below(30);

        bool is_sound = true;
        const std::vector<std::size_t> evicted = run(plan, is_sound);
        if (!is_sound) continue;
        const auto compare = [&](bool plan_type::* way, const char* law) {
            plan.*way = true;
            if (run(plan, is_sound) != evicted && is_sound) tell(law, plan);
            plan.*way = false;
        };
        compare(&plan_type::backwards, "what is evicted depends on where the entries lie in memory");
        compare(&plan_type::short_of_memory, "a call of expect that threw has changed something");
        compare(&plan_type::replacing, "an entry that replaces another one does not take its place");
    }
    return broken;
}

} // namespace detail

/// Tries a policy: random and adverse uses, with and without weights, memory that is refused, and capacities from 1 on.
///
/// `CHECK(lathe::policy_laws<my_policy>().empty());` is a test of `my_policy`. A policy that loses an entry may also
/// fail by a crash, as it would in a cache, where it is asked for one more.
/// @tparam Policy an `eviction_policy`.
/// @param options what is random, and how much of it.
/// @return a sentence for each law that is broken, with the first trial that showed it.
template <class Policy>
[[nodiscard]] std::vector<std::string> policy_laws(const policy_laws_options& options = {}) {
    detail::check_policy<Policy>();
    if constexpr (eviction_policy<Policy>) {
        return detail::laws_broken_by<Policy>(options);
    } else {
        return {}; // does not compile
    }
}

} // namespace v0
} // namespace lathe

#endif // LATHE_CACHE_POLICY_LAWS_HPP
