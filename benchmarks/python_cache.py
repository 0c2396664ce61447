#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The caches that Python programs have, doing what bench_cache measures: nanoseconds of CPU time each.

seed is the Python course's OptimizedCache, with `__slots__` made an assignment: as the course has it, the class is a
SyntaxError. It keeps values that can be weakly referenced only as long as somebody else does (rows `weak`), and
others as a dict that forgets the oldest (`strong`). Requests follow Zipf's law (0.99) over scattered 64-bit keys. Gets
and sets are of 100,000 keys that are all there; get_or_load is of 1,000,000 keys with room for 100,000. Answers are
checked where it is not timed. The least of some rounds, less the loop itself, for whatever else the machine does only
adds.
"""
import argparse
import functools
import itertools
import json
import random
import sys
import time
import weakref
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))
from course import OptimizedCache  # the course's, with the line mended that does not compile


class Value:
    """What can be weakly referenced."""

    __slots__ = ["key", "__weakref__"]

    def __init__(self, key):
        self.key = key

    def is_of(self, key):
        return self.key == key


class Strong(tuple):
    """What cannot, so that the seed's cache owns it."""

    __slots__ = ()

    def is_of(self, key):
        return self[0] == key


HELD = 100_000
ALL = 1_000_000


def key_of(number):
    """The key of a number, as in bench_cache: scattered over all 64 bits."""
    mask = (1 << 64) - 1
    key = (number + 1) * 0x9E3779B97F4A7C15 & mask
    key = (key ^ key >> 30) * 0xBF58476D1CE4E5B9 & mask
    key = (key ^ key >> 27) * 0x94D049BB133111EB & mask
    return key ^ key >> 31


def draw(keys, count):
    cumulated = list(itertools.accumulate((rank + 1) ** -0.99 for rank in range(len(keys))))
    return random.Random(1).choices(keys, cum_weights=cumulated, k=count)


def seconds(loop, keys):
    begin = time.process_time()
    loop(keys)
    return time.process_time() - begin


def nanoseconds(loop, slices):
    """Of one step of the loop: each slice of requests is a round."""

    def nothing(keys):
        for _ in keys:
            pass

    taken, empty = (min(seconds(what, keys) for keys in slices) for what in (loop, nothing))
    return round((taken - empty) / len(slices[0]) * 1e9, 1)


def asking(get):
    def loop(keys):
        for key in keys:
            get(key)
    return loop


def setting(put, value):
    def loop(keys):
        for key in keys:
            put(key, value)
    return loop


def check(call, requests):
    for key in requests:
        if not call(key).is_of(key):
            raise SystemExit(f"a wrong value for {key}")


def gets_and_sets(keys, slices):
    values = {key: Value(key) for key in keys}
    weak = weakref.WeakValueDictionary(values)
    lru = functools.lru_cache(maxsize=len(keys))(values.get)
    seed_weak, seed_strong = OptimizedCache(len(keys)), OptimizedCache(len(keys))
    for key, value in values.items():
        lru(key)
        seed_weak.set(key, value)
        seed_strong.set(key, Strong((key,)))
    gets = {
        "dict_get": values.get,
        "weak_get": weak.get,
        "lru_cache_get": lru,
        "seed_get_weak": seed_weak.get,
        "seed_get_strong": seed_strong.get,
    }
    for call in gets.values():
        check(call, slices[0])
    found = {name: nanoseconds(asking(call), slices) for name, call in gets.items()}
    value = Value(0)
    sets = {
        "dict_set": setting(dict(values).__setitem__, value),
        "weak_set": setting(weak.__setitem__, value),
        "seed_set_weak": setting(seed_weak.set, value),
        "seed_set_strong": setting(seed_strong.set, Strong((0,))),
    }
    return found | {name: nanoseconds(loop, slices) for name, loop in sets.items()}


def gets_or_loads(slices):
    loads = 0

    def load(key):
        nonlocal loads
        loads += 1
        return Strong((key,))

    seed = OptimizedCache(HELD)

    def from_seed(key):
        value = seed.get(key)
        if value is None:
            value = load(key)
            seed.set(key, value)
        return value

    found = {}
    for name, call in {"lru_cache": functools.lru_cache(maxsize=HELD)(load), "seed": from_seed}.items():
        check(call, itertools.chain(*slices[:len(slices) // 2]))  # until it is full
        timed, loads = slices[len(slices) // 2:], 0
        found[f"{name}_get_or_load"] = nanoseconds(asking(call), timed)
        found[f"{name}_hits"] = round(1 - loads / sum(map(len, timed)), 4)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=200_000, help="in a round")
    given = parser.parse_args()

    def slices(keys, rounds):
        drawn = draw(keys, rounds * given.requests)
        return [drawn[at:at + given.requests] for at in range(0, len(drawn), given.requests)]

    keys = [key_of(number) for number in range(ALL)]
    found = gets_and_sets(keys[:HELD], slices(keys[:HELD], given.rounds))
    print(json.dumps(found | gets_or_loads(slices(keys, 2 * given.rounds))))


if __name__ == "__main__":
    main()
