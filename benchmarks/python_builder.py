#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The classes that the Python course makes at run time, as bench_builder measures run-time models: nanoseconds each.

The course checks values in the constructor only. Sets are measured as it has them and through its ValidatedProperty,
which checks each. The least of many rounds, for whatever else the machine does only adds.
"""
import argparse
import json
import time
import tracemalloc


def create_model_class(name, fields):
    def __init__(self, **kwargs):
        for field_name, field_type in fields.items():
            value = kwargs.get(field_name)
            if value is not None and not isinstance(value, field_type):
                raise TypeError(f"{field_name} must be of type {field_type.__name__}")
            setattr(self, field_name, value)

    def __repr__(self):
        field_values = ', '.join(f"{k}={getattr(self, k)}" for k in fields.keys())
        return f"{name}({field_values})"

    def to_dict(self):
        return {field: getattr(self, field) for field in fields.keys()}

    namespace = {'__init__': __init__, '__repr__': __repr__, 'to_dict': to_dict, '_fields': fields}
    return type(name, (), namespace)


class ValidatedProperty:
    def __init__(self, validator, error_message="Invalid value"):
        self.validator = validator
        self.error_message = error_message

    def __set_name__(self, owner, name):
        self.private_name = f'_{name}'

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return getattr(instance, self.private_name, None)

    def __set__(self, instance, value):
        if not self.validator(value):
            raise ValueError(self.error_message)
        setattr(instance, self.private_name, value)


class Validated:
    age = ValidatedProperty(lambda value: isinstance(value, int) and 0 <= value <= 150)


FIELDS = {"name": str, "age": int, "email": str}
Person = create_model_class("Person", FIELDS)


def nanoseconds(call, rounds):
    count = 2000
    empty = lambda: None  # the call and the loop are not what is measured
    least = {}
    for what in (call, empty) * rounds:
        begin = time.perf_counter_ns()
        for _ in range(count):
            what()
        taken = (time.perf_counter_ns() - begin) / count
        least[what] = min(taken, least.get(what, taken))
    return round(least[call] - least[empty], 1)


def object_bytes():
    count = 1000
    made = [None] * count
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for i in range(count):
        made[i] = Person(name="Ada", age=36, email="ada@example.org")  # the values are shared
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return round(taken / count, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    ada = Person(name="Ada", age=36, email="ada@example.org")
    checked = Validated()

    def set_plain():
        ada.age = 37

    def set_checked():
        checked.age = 37

    rows = {
        "construct": lambda: Person(name="Ada", age=36, email="ada@example.org"),
        "set": set_plain,
        "set_checked": set_checked,
        "to_dict": lambda: ada.to_dict(),
        "text": lambda: repr(ada),
        "make_type": lambda: create_model_class("Person", FIELDS),
    }
    print(json.dumps({name: nanoseconds(row, given.rounds) for name, row in rows.items()} | {"bytes": object_bytes()}))


if __name__ == "__main__":
    main()
