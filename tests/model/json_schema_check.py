#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Asks python3-jsonschema about what lathe writes.

    json_schema_check.py <tests_model>

The test program writes a schema, documents that are valid, and documents that break one keyword each, of which it
has checked that from_json refuses them. Here the schema must be one, and accept and refuse the same.
Exits with 77, which CTest reports as skipped, where jsonschema is missing.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77
try:
    from jsonschema import Draft202012Validator, FormatChecker
except ImportError as missing:
    print(f"skipped: {missing}; cmake/setup.sh --all installs python3-jsonschema")
    sys.exit(SKIPPED)


def keywords_of(errors):
    """The keywords that refuse; of "anyOf" those within as well."""
    found = set()
    for error in errors:
        found |= {error.validator} | keywords_of(error.context)
    return found


def problems_in(folder):
    schema = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    formats = FormatChecker()
    validator = Draft202012Validator(schema, format_checker=formats)

    valid = (folder / "valid.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    if len(valid) != 200:
        yield f"{len(valid)} valid documents instead of 200"
    for line in valid:
        for error in validator.iter_errors(json.loads(line)):
            yield f"refused, though valid: {error.json_path}: {error.message}\n  in {line}"

    broken = (folder / "broken.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    if len(broken) < 50:
        yield f"only {len(broken)} broken documents"
    for line in broken:
        case = json.loads(line)
        keyword, _, needed = case["keyword"].partition(" ")
        if needed and needed not in formats.checkers:
            print(f"{needed} is not checked: FormatChecker lacks what it needs for that")
            continue
        found = keywords_of(validator.iter_errors(case["document"]))
        if keyword not in found:
            yield f"not refused by {keyword}, but by {sorted(found) or 'nothing'}: {line}"
    print(f"{len(valid)} valid documents, {len(broken)} broken ones")


def main():
    with tempfile.TemporaryDirectory() as name:
        run = subprocess.run([sys.argv[1], "json_schema: documents that a validator is asked about"],
                             env={**os.environ, "LATHE_SCHEMA_DIR": name}, stdout=subprocess.PIPE, text=True)
        if run.returncode != 0:
            print(run.stdout)
            return "the test program failed"
        problems = list(problems_in(pathlib.Path(name)))
        if problems:
            print(run.stdout)  # has the seed
        return "\n".join(problems)


if __name__ == "__main__":
    sys.exit(main() or 0)
