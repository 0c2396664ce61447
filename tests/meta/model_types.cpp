// SPDX-License-Identifier: MIT
// Types that are made at run time are read by many threads. Here, since this room is run under ThreadSanitizer.
#include <lathe/model/builder.hpp> // first: proves that the header stands alone

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <lathe/model/number_rules.hpp>
#include <lathe/model/text_rules.hpp>

#include "support/catch.hpp"
#include "support/stress.hpp"

namespace {

using lathe::dict;
using lathe::list;
using lathe::record;

struct corner {
    lathe::property<int, lathe::non_negative> x = 0;
    int y = 0;
};

TEST_CASE("model_type: threads make, read, change and drop records of one type", "[model_type][stress]") {
    constexpr std::size_t thread_count = 4;
    const std::size_t rounds = lathe_test::rounds(10'000);
    std::atomic<int> ids = 0;
    std::atomic<std::size_t> mistakes = 0;
    record last;
    {
        const auto leg = lathe::model_builder("leg").field<int>("km", lathe::positive).build();
        std::optional<lathe::model_type> trip =
            lathe::model_builder("trip")
                .field<int>("id", lathe::positive, lathe::default_factory([&ids] { return ++ids; }))
                .field<std::string>("name", lathe::not_empty)
                .field<std::vector<record>>("legs", leg)
                .field<int>("wrong", lathe::checked_by("right", [least = std::stoi("1")](int v) { return v >= least; }))
                .build();
        const record shared = (*trip)({{"name", "shared"}, {"legs", list{dict{{"km", 9}}}}, {"wrong", 1}});
        const auto work = [&](std::size_t thread) {
            const lathe::model_type type = *trip; // each its own handle
            const auto name = type.key<std::string>("name");
            for (std::size_t i = 0; i < rounds; ++i) {
                const int number = static_cast<int>(thread * rounds + i) + 1;
                record made =
                    type({{"name", std::to_string(number)}, {"legs", list{dict{{"km", number}}}}, {"wrong", 1}});
                const record copy = i % 2 == 0 ? made : shared;
                made["wrong"] = number;
                try {
                    made["wrong"] = 0;
                    ++mistakes;
                } catch (const lathe::validation_error& error) {
                    if (std::string(error.what()) != "trip.wrong: 0 is not right") ++mistakes;
                }
                const auto legs = made["legs"].as<std::vector<record>>();
                if (made.get(name) != std::to_string(number) || legs[0]["km"] != number || made["wrong"] != number ||
                    shared.get(name) != "shared" || copy["wrong"] != 1 || !(shared == record(shared)) ||
                    type.fields()[1].rules[0].failure() != "is empty") {
                    ++mistakes;
                }
                // The first use of a type of the program may be anybody's.
                if (lathe::model_type::of<corner>()({{"x", number}})["x"] != number) ++mistakes;
            }
        };
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < thread_count; ++i)
            threads.emplace_back(work, i);
        for (std::thread& thread : threads)
            thread.join();
        last = shared;
        trip.reset();
    }
    CHECK(mistakes == 0);
    CHECK(ids == static_cast<int>(thread_count * rounds) + 1);   // one for each record, none twice
    CHECK(last["legs"].as<std::vector<record>>()[0]["km"] == 9); // the last record keeps its type
}

} // namespace
