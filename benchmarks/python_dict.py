#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What does CPython make of the document that bench_dict measures? MB of JSON per second of CPU time, as JSON.

  loads       json.loads, written in C: text into dicts, nothing is checked
  from_json   json.loads, and models that check the types of their fields
  from_dict   the models alone
  to_dict     models into dicts
  to_json     models into dicts, and json.dumps
  dumps       json.dumps, written in C: dicts into text

The models are classes made at run time from names and types, as an expert in Python writes them: each checks its
fields when it is made, and gives them back as a dict. They check types only; bench_dict checks ranges and lengths too.

  benchmarks/python_dict.py                  the document that bench_dict has left in the directory for temporary files
  benchmarks/python_dict.py path/to/some.json --rounds 3
"""
import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path


def model_class(name, fields):
    """A class whose objects have these fields: name -> type, or a tuple of types."""

    def __init__(self, **given):
        for field, wanted in fields.items():
            value = given.get(field)
            if value is not None and not isinstance(value, wanted):
                raise TypeError(f"{name}.{field} must be {wanted}")
            setattr(self, field, value)

    def to_dict(self):
        return {field: plain(getattr(self, field)) for field in fields}

    return type(name, (), {"__init__": __init__, "to_dict": to_dict})


def plain(value):
    """A list of models as a list of dicts; anything else as it is."""
    return [model.to_dict() for model in value] if isinstance(value, list) else value


Leg = model_class("Leg", {"from": str, "to": str, "km": (int, float), "minutes": int, "note": str})
Trip = model_class("Trip", {"name": str, "legs": list, "seats": int, "status": str, "paid": bool, "extras": dict})
Journal = model_class("Journal", {"trips": list})


def journal(tree):
    """Models of dicts."""
    return Journal(trips=[
        Trip(**{**trip, "legs": [Leg(**leg) for leg in trip["legs"]]}) for trip in tree["trips"]
    ])


def dumps(tree):
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", nargs="?", default=Path(tempfile.gettempdir()) / "lathe_bench_dict.json", type=Path)
    parser.add_argument("--rounds", type=int, default=7, help="medians of so many")
    given = parser.parse_args()
    if not given.document.exists():
        raise SystemExit(f"there is no {given.document}; run bench_dict first")
    text = given.document.read_text(encoding="utf-8")
    tree = json.loads(text)
    model = journal(tree)
    if model.to_dict() != tree or dumps(tree) != text:
        raise SystemExit("the models and the document are not the same")

    rows = {
        "loads": lambda: json.loads(text),
        "from_json": lambda: journal(json.loads(text)),
        "from_dict": lambda: journal(tree),
        "to_dict": lambda: model.to_dict(),
        "to_json": lambda: dumps(model.to_dict()),
        "dumps": lambda: dumps(tree),
    }
    seconds = {name: [] for name in rows}
    for _ in range(given.rounds):  # in turns, so that what the machine does meanwhile hits all rows alike
        for name, row in rows.items():
            begin = time.process_time()
            row()
            seconds[name].append(time.process_time() - begin)
    size = given.document.stat().st_size
    print(json.dumps({name: round(size / statistics.median(taken) / 1e6, 2) for name, taken in seconds.items()}))


if __name__ == "__main__":
    main()
