#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What ValidatedMeta of the Python course does, shown by running it. tests/meta/contract_seed.cpp has the same in lathe.

Each function below is a claim; its docstring says it, its body shows it.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples"))
from course import ValidatedMeta  # word for word the course's


# ---- what the claims need ----

class Checked:
    """Something with validators; the course has none of its own."""

    def __init__(self, *validators, default=None):
        self._validators = validators
        self.default = default


def message_of(error, action):
    """What `action` raises, as text; it must raise an `error`."""
    try:
        action()
    except error as raised:
        return str(raised)
    raise AssertionError(f"{action} raised nothing")


def person():
    class Person(metaclass=ValidatedMeta):
        _required_methods = ['save']
        age = Checked(lambda value: isinstance(value, int), lambda value: 0 <= value <= 150, default=18)

        def save(self):
            return True

    return Person


# ---- what works, and does in lathe ----

def required_methods_are_enforced():
    """A class without a required method is refused by name."""
    def define():
        class Report(metaclass=ValidatedMeta):
            _required_methods = ['save']

    assert message_of(TypeError, define) == "Class Report must implement save method"
    assert person()().save()


def validators_become_a_checked_property():
    """A value that breaks a rule is refused, and the old one stays."""
    p = person()()
    p.age = 36
    assert message_of(ValueError, lambda: setattr(p, 'age', 200)) == "Invalid value for age: 200"
    assert p.age == 36


def all_validators_are_asked():
    """Each validator can refuse."""
    p = person()()
    message_of(ValueError, lambda: setattr(p, 'age', "36"))
    message_of(ValueError, lambda: setattr(p, 'age', -1))


def the_loop_over_the_namespace_survives():
    """It writes to the namespace while it iterates; that is fine as long as no key is added, and none is."""
    namespace = {name: Checked(lambda value: value > 0) for name in "abcdefgh"}
    made = ValidatedMeta('Made', (), dict(namespace))
    assert all(isinstance(vars(made)[name], property) for name in namespace)


# ---- what does not, and does in lathe ----

def an_inherited_method_does_not_count():
    """It looks into the class's own namespace only."""
    class Base:
        def save(self):
            return True

    def define():
        class Report(Base, metaclass=ValidatedMeta):
            _required_methods = ['save']

    assert message_of(TypeError, define) == "Class Report must implement save method"


def anything_of_that_name_counts():
    """It asks for a name: a number will do, and a function with other parameters too."""
    class Report(metaclass=ValidatedMeta):
        _required_methods = ['save', 'load']
        save = 5

        def load(self):  # the caller has an argument for it
            pass

    message_of(TypeError, lambda: Report().save())
    message_of(TypeError, lambda: Report().load("text"))


def only_the_first_is_told():
    """Of two missing methods the message names one."""
    def define():
        class Report(metaclass=ValidatedMeta):
            _required_methods = ['save', 'load']

    assert 'load' not in message_of(TypeError, define)


def a_contract_cannot_be_shared():
    """The base that only asks is refused itself, and a base that has the method does not ask its descendants."""
    def define():
        class Saves(metaclass=ValidatedMeta):
            _required_methods = ['save']

    message_of(TypeError, define)

    class Base(metaclass=ValidatedMeta):
        _required_methods = ['save']

        def save(self):
            return True

    class Derived(Base):
        save = None

    message_of(TypeError, lambda: Derived().save())


def a_plain_attribute_goes_around_the_validators():
    """The value lies in `_age`, for anybody to write."""
    p = person()()
    p._age = 200
    assert p.age == 200


def a_value_that_was_never_set_is_none():
    """The default is lost, and what is read obeys no rule."""
    assert person()().age is None


def only_objects_with_validators_are_checked():
    """An attribute with an annotation or a plain default takes anything, and a property cannot carry validators."""
    class Person(metaclass=ValidatedMeta):
        age: int = 18

    p = Person()
    p.age = "eighteen"
    assert p.age == "eighteen"
    message_of(AttributeError, lambda: setattr(property(), '_validators', []))


def what_carried_the_validators_is_gone():
    """A descriptor with a __get__ of its own is replaced, and never asked."""
    class Upper(Checked):
        def __get__(self, instance, owner):
            return "ADA"

    class Person(metaclass=ValidatedMeta):
        name = Upper(lambda value: True)

    p = Person()
    p.name = "ada"
    assert p.name == "ada"


def a_validator_that_fails_to_compare_is_another_error():
    """A validator is asked about any type, and what it raises comes out as it is."""
    class Person(metaclass=ValidatedMeta):
        age = Checked(lambda value: 0 <= value <= 150)

    message_of(TypeError, lambda: setattr(Person(), 'age', "36"))


def main():
    if not __debug__:
        sys.exit("this shows nothing without its assertions: run it without -O")
    claims = [value for value in list(globals().values())
              if callable(value) and value.__module__ == __name__ and value.__name__ not in
              ('ValidatedMeta', 'Checked', 'message_of', 'person', 'main')]
    for claim in claims:
        claim()
        print(f"{claim.__name__}: {claim.__doc__}")
    print(f"{len(claims)} claims hold, with Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
