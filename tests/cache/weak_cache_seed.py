#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shows what OptimizedCache of the Python course gets wrong, by its own code; weak_cache_seed.cpp has the C++ side.

Exits with 1 if one of its faults does not show. The numbers are those of the tests there.
"""
import gc
import inspect
import sys
import threading
import weakref
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from course_defects import raises, tell
from course import OptimizedCache  # the course's, with the line mended that does not compile


class Document:
    pass


def filled(size, *keys):
    cache = OptimizedCache(size)
    for key in keys:
        cache.set(key, key)
    return cache


def not_importable():
    as_it_was = inspect.getsource(OptimizedCache).replace("    __slots__ = ", "    def __slots__ = ")
    return "def __slots__" in as_it_was and raises(SyntaxError, compile, as_it_was, "course", "exec")


def gone_at_once():
    cache = OptimizedCache()
    cache.set(1, Document())
    gc.collect()
    return cache.get(1) is None


def not_bounded():
    cache = OptimizedCache(3)
    in_use = [Document() for _ in range(1000)]
    for key, document in enumerate(in_use):
        cache.set(key, document)
    weak_only = len(cache.weak_refs) == 1000 and not cache.cache
    cache = filled(3, *range(1000))
    return weak_only and len(cache.cache) == 3 and not cache.weak_refs


def old_value_comes_back():
    cache = filled(10, 1)
    cache.set(1, Document())
    gc.collect()
    return cache.get(1) == 1


def old_object_hides_the_new_value():
    cache = OptimizedCache()
    old = Document()
    cache.set(1, old)
    cache.set(1, 42)
    return cache.get(1) is old


def update_evicts_another():
    cache = filled(3, 1, 2, 3)
    cache.set(2, 22)
    return cache.get(1) is None and len(cache.cache) == 2


def use_does_not_keep():
    cache = filled(3, 0, 1, 2)
    for _ in range(10):
        cache.get(0)
    cache.set(3, 3)
    return cache.get(0) is None


def no_room_raises():
    return raises(StopIteration, OptimizedCache(0).set, 1, 1)


def none_is_no_entry():
    cache = OptimizedCache()
    cache.set(1, None)
    return cache.get(1) is None and cache.get(2) is None


def owner_lets_go_during_get():
    """The key's hash does what another thread could do between the two lookups."""
    owners = [Document()]

    class Key:
        asked = 0

        def __hash__(self):
            Key.asked += 1
            if Key.asked == 3:  # set, `in`, and now the second lookup of get
                owners.clear()
            return 1

    key = Key()
    cache = OptimizedCache()
    cache.set(key, owners[0])
    return raises(KeyError, cache.get, key)


def threads_put_at_a_time():
    """Both threads find the same oldest key; the second one finds it gone."""
    both_found_it = threading.Barrier(2, timeout=30)
    raised = []

    class MeetingDict(dict):
        def __delitem__(self, key):
            both_found_it.wait()
            super().__delitem__(key)

    cache = filled(2, 1, 2)
    cache.cache = MeetingDict(cache.cache)

    def put(key):
        try:
            cache.set(key, key)
        except KeyError:
            raised.append(key)

    threads = [threading.Thread(target=put, args=(key,)) for key in (3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(raised) == 1


def not_observable():
    return raises(TypeError, weakref.ref, OptimizedCache())


def members_are_missing():
    cache = filled(3, 1)
    lacks = [
        raises(TypeError, len, cache),
        raises(TypeError, iter, cache),
        raises(TypeError, lambda: 1 in cache),
        not any(hasattr(cache, name) for name in ("delete", "pop", "clear", "stats", "get_or_load", "ttl")),
    ]
    return all(lacks)


def two_threads_make_two():
    """What every user writes: both miss before either has set."""
    both_missed = threading.Barrier(2, timeout=30)
    cache = OptimizedCache()
    got = []

    def get_or_make():
        found = cache.get(1)
        if found is None:
            both_missed.wait()
            found = Document()
            cache.set(1, found)
        got.append(found)

    threads = [threading.Thread(target=get_or_make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got[0] is not got[1]


def bad_key_evicts_another():
    cache = filled(2, 1, 2)
    return raises(TypeError, cache.set, [], 3) and list(cache.cache) == [2]


def new_reference_each_time():
    cache = OptimizedCache()
    document = Document()
    cache.set(1, document)
    first = cache.weak_refs.data[1]
    cache.set(1, document)
    return cache.weak_refs.data[1] is not first


def main():
    tell({
        "fault 1: the class cannot be imported": not_importable(),
        "fault 2: what nobody else owns is gone at once": gone_at_once(),
        "fault 3: max_size bounds some types only, and no value has both sides": not_bounded(),
        "fault 4: a value that was replaced comes back": old_value_comes_back(),
        "fault 5: an old object in use hides the new value": old_object_hides_the_new_value(),
        "fault 6: an update of a full cache evicts another entry": update_evicts_another(),
        "fault 7: use does not keep an entry": use_does_not_keep(),
        "fault 8: a cache for nothing raises StopIteration": no_room_raises(),
        "fault 9: None is no entry": none_is_no_entry(),
        "fault 10: get raises KeyError when an owner lets go meanwhile": owner_lets_go_during_get(),
        "fault 11: threads that set at a time make each other raise KeyError": threads_put_at_a_time(),
        "fault 12: the cache cannot be observed": not_observable(),
        "fault 13: no delete, contains, len, iteration, stats, lifetime, loader": members_are_missing(),
        "fault 13: two threads that miss make two objects": two_threads_make_two(),
        "fault 14: a key without a hash evicts another entry before it raises": bad_key_evicts_another(),
        "fault 15: each set of a known key makes a new reference": new_reference_each_time(),
    })


if __name__ == "__main__":
    main()
