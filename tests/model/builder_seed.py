#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What create_model_class of the Python course does and gets wrong, as tests/model/builder_seed.cpp says it."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from course_defects import raises
from course import create_model_class  # word for word the course's


fields = {"name": str, "age": int, "tags": list}
User = create_model_class("User", fields)

# What it is for.
ada = User(name="Ada", age=36, tags=["a"])
assert repr(ada) == "User(name=Ada, age=36, tags=['a'])"
assert ada.to_dict() == {"name": "Ada", "age": 36, "tags": ["a"]}
assert list(User._fields) == ["name", "age", "tags"]
assert raises(TypeError, lambda: User(name="Ada", age="36"))

# 1. A later assignment is not checked.
ada.age = "old"
assert ada.age == "old"
# 2. A missing argument is None, whatever the type.
assert User(name="Bob").age is None
# 3. An unknown argument is dropped in silence.
assert User(name="Bob", agee=36).age is None
# 4. A bool is an int.
assert User(age=True).age is True
# 5. to_dict hands out what is inside.
ada.to_dict()["tags"].append("b")
assert ada.tags == ["a", "b"]
# 6. The first wrong field is reported, and no other.
try:
    User(name=1, age="x", tags=2)
    raise SystemExit("taken")
except TypeError as error:
    assert str(error) == "name must be of type str"
# 7. Equal objects are not equal, and attributes that nobody knows are taken.
assert User(name="Ada") != User(name="Ada")
ada.nmae = "Eve"
assert "nmae" not in ada.to_dict()
# 8. A type with arguments cannot be asked for.
assert raises(TypeError, lambda: create_model_class("M", {"tags": list[str]})(tags=["a"]))
# 9. Everybody can change _fields, and breaks all objects.
User._fields["mail"] = str
assert raises(AttributeError, lambda: repr(ada))
# 10. A name that is no identifier, or a method's, is taken.
Odd = create_model_class("Odd", {"to_dict": int, "": int})
assert raises(TypeError, lambda: Odd(to_dict=1).to_dict())
print("create_model_class does what the tests say")
