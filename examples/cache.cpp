// SPDX-License-Identifier: MIT
// A weak cache has one object for each key as long as anyone uses it, and keeps a bounded number of useful ones beyond
// that. Here it has the textures of a game.
#include <string>
#include <vector>

#include <fmt/format.h>

#include <lathe/cache.hpp>

//! [cache]
struct texture {
    std::string name;
    std::vector<int> pixels = std::vector<int>(4096);
};
texture load(const std::string& name) { // slow, as from a disk
    fmt::print("loading {}\n", name);
    return {.name = name};
}

// Keeps two textures that nobody uses; thread-safe. <std::string, texture, lathe::lru> chooses another policy.
lathe::weak_cache<std::string, texture> textures{{.capacity = 2}};

void furnish_a_room() {
    auto table = textures.get_or_load("wood", load);
    auto chair = textures.get_or_load("wood", load); // the same object, loaded once
    fmt::print("{} owners of {}, one of them the cache\n", table.use_count(), chair->name);
}
//! [cache]

void show(const char* when) {
    fmt::print("{}: {} kept, {} alive\n", when, textures.size(), textures.alive());
}

int main() {
    furnish_a_room();
    show("the room is left"); // nobody uses the wood, but it is kept

    // What is in use is found, however much it is. The wood is here already.
    std::vector<lathe::cache_handle<texture>> landscape;
    for (const char* name : {"wood", "sand", "grass", "rock"})
        landscape.push_back(textures.get_or_load(name, load));
    show("in the landscape");
    const bool is_shared = textures.find("sand") == landscape[1];
    fmt::print("sand is found, the same object: {}\n", is_shared);

    // It vanishes with its last owner, unless it is among the two that are kept.
    landscape.clear();
    show("the landscape is left");

    // A new object takes the place of the old one; whoever has that keeps it.
    const auto old = textures.put("wood", texture{.name = "oak"});
    textures.put("wood", texture{.name = "pine"});
    fmt::print("wood is {} now, and was {}\n", textures.find("wood")->name, old->name);

    // For a short look, no owner has to be counted.
    textures.with("wood", [](const texture& wood) { fmt::print("{} pixels\n", wood.pixels.size()); });
    if (!textures.find("lava")) fmt::print("no lava\n");

    const lathe::cache_stats stats = textures.stats();
    fmt::print("{} hits, {} misses, {} loads\n", stats.hits, stats.misses, stats.loads);
}
