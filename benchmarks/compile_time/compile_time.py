#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What does reflection cost the compiler, against the same functions written by hand?

Writes files with 50 structs of 10 members and, for each struct, a function that appends "name=value" of all members to a
string; the functions for single values are declared, not defined, so that only reflection is measured. The variants:

  hand        each call written out: the floor, and the 1.00 of all ratios that name no other
  lathe       lathe::for_each_field, with <lathe/model/reflect.hpp>
  lathe_all   the same, with <lathe/lathe.hpp>
  hand_std    hand, with the standard headers that <lathe/lathe.hpp> includes, and nothing else of it
  properties  the same as lathe, the members being lathe::property with a rule or two
  hand_rules  by hand, with members that check such rules: the floor of properties
  model       lathe::model, made of a list of fields: made of 10 values, two of them set, and all gone through
  model_struct  the same of aggregates with these fields: the floor of model
  dict        lathe::to_dict and lathe::from_dict: two functions for each struct, into a dict and out of it
  dict_hand   the same by hand: each member put, and each read with what may be wrong collected: the floor of dict
  dict_properties  the same as dict, the members being properties
  dict_hand_rules  the same as dict_hand, with members that check such rules: the floor of dict_properties
  hana        BOOST_HANA_DEFINE_STRUCT and hana::for_each
  describe    BOOST_DESCRIBE_STRUCT and mp11::mp_for_each; needs Boost >= 1.77, see --boost
  pfr         pfr::for_each_field; before Boost 1.84 it knows no names, so it writes "=value"; see --boost
  task        no structs: a scheduler, two tasks added to it, run, and their results
  task_hand   the same tasks, and their results, by std::async: the floor of task
  perf        no structs: a measured scope, and its mean out of a snapshot
  perf_hand   the same by two readings of std::chrono::steady_clock and a vector of durations: the floor of perf

Then the cost of each public header alone, over that of <string>.

Compilers are run in turns, round by round, so that what the machine does meanwhile hits all variants alike; the numbers
are medians of user CPU seconds, and the most memory that the compiler had. --instructions counts the
compiler's instructions with valgrind instead: exact, and slow; then one round is enough.

  benchmarks/compile_time/compile_time.py                                 everything, with g++
  benchmarks/compile_time/compile_time.py --compiler clang++-19 --json x.json
  benchmarks/compile_time/compile_time.py --boost fetch                   gets a newer Boost from Debian, installs nothing
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

TYPES = ["int", "std::string", "double", "bool", "long", "std::string", "float", "unsigned", "std::string", "int"]
RULES = {
    "int": "lathe::in_range<0, 150>",
    "long": "lathe::at_least<0>",
    "unsigned": "lathe::at_most<65535u>",
    "float": "lathe::positive",
    "double": "lathe::in_range<0.0, 1.5>",
    "bool": None,
    "std::string": "lathe::not_empty, lathe::max_length<80>",
}
PUT = "#include <string>\n#include <string_view>\n" + "".join(
    f"void put(std::string& out, std::string_view name, {t} value);\n"
    for t in ["int", "long", "unsigned", "bool", "float", "double", "const std::string&"]
)
# What people write who have no properties: a class that checks, with the type and the check as parameters.
CHECKED = """#include <stdexcept>
template <class T, class Check>
class checked {
public:
    checked() = default;
    checked(T value) : m_value(static_cast<T&&>(value)) { check(); }
    checked& operator=(T value) {
        if (!Check{}(value)) throw std::invalid_argument("breaks a rule");
        m_value = static_cast<T&&>(value);
        return *this;
    }
    const T& value() const { return m_value; }
private:
    void check() const {
        if (!Check{}(m_value)) throw std::invalid_argument("breaks a rule");
    }
    T m_value{};
};
struct any_value { template <class T> bool operator()(const T&) const { return true; } };
struct small { template <class T> bool operator()(const T& v) const { return v >= T{} && v <= T{150}; } };
struct sized { bool operator()(const std::string& v) const { return !v.empty() && v.size() <= 80; } };
"""
CHECKS = {"bool": "any_value", "std::string": "sized"}


# Of dict_hand. As above, what is done for a single member is declared, not defined.
DICT = """#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <lathe/model/validation_error.hpp>
#include <lathe/model/value.hpp>
using issues = std::vector<lathe::issue>;
void refuse_others(const lathe::dict& from, std::initializer_list<std::string_view> names, issues& found);
void refuse(std::string_view name, issues& found);
""" + "".join(
    f"bool read(const lathe::dict& from, std::string_view name, {t}& to, issues& found);\n" for t in sorted(set(TYPES))
)
DICT_CHECKED = """template <class T, class Check>
void read(const lathe::dict& from, std::string_view name, checked<T, Check>& to, issues& found) {
    T given{};
    if (!read(from, name, given, found)) return;
    if (!Check{}(given)) return refuse(name, found);
    to = static_cast<T&&>(given);
}
"""


def floor_of(variant):
    """What a variant is compared with."""
    floors = {"properties": "hand_rules", "dict_properties": "dict_hand_rules", "model": "model_struct", "task": "task_hand",
              "task_hand": "task_hand", "perf": "perf_hand", "perf_hand": "perf_hand"}
    return floors.get(variant, "dict_hand" if variant.startswith("dict") else "hand")


def members(index, count):
    return [(TYPES[k % len(TYPES)], f"member_{index}_{k}") for k in range(count)]


def struct(index, count, wrap=lambda t: t):
    return f"struct S{index} {{\n" + "".join(f"    {wrap(t)} {n};\n" for t, n in members(index, count)) + "};\n"


def function(index, body):
    return f"std::string text(const S{index}& s) {{\n    std::string out;\n{body}    return out;\n}}\n"


def with_rules(t):
    return f"lathe::property<{t}{', ' + RULES[t] if RULES[t] else ''}>"


def with_checks(t):
    return f"checked<{t}, {CHECKS.get(t, 'small')}>"


def dict_functions(index):
    return (
        f"lathe::dict written(const S{index}& s) {{ return lathe::to_dict(s); }}\n"
        f"S{index} read_{index}(const lathe::dict& from) {{ return lathe::from_dict<S{index}>(from); }}\n"
    )


def dict_functions_by_hand(index, count, value=""):
    names = [n for _, n in members(index, count)]
    puts = "".join(f'    to.try_emplace("{n}", lathe::value(s.{n}{value}));\n' for n in names)
    reads = "".join(f'    read(from, "{n}", to.{n}, found);\n' for n in names)
    listed = ", ".join(f'"{n}"' for n in names)
    return (
        f"lathe::dict written(const S{index}& s) {{\n    lathe::dict to;\n    to.reserve({count});\n"
        f"{puts}    return to;\n}}\n"
        f"S{index} read_{index}(const lathe::dict& from) {{\n    S{index} to{{}};\n    issues found;\n{reads}"
        f"    refuse_others(from, {{{listed}}}, found);\n"
        f'    if (!found.empty()) throw lathe::validation_error(std::move(found), "S{index}");\n    return to;\n}}\n'
    )


GIVEN = "int i, long l, unsigned u, bool b, float f, double d, const std::string& s"  # not constants, which g++ computes
VALUES = {"int": "i", "long": "l", "unsigned": "u", "bool": "b", "float": "f", "double": "d", "std::string": "s"}


def field(t, name):
    return f'lathe::field<"{name}", {t}{", " + RULES[t] if RULES[t] else ""}>'


def model(index, count):
    listed = ",\n    ".join(field(t, n) for t, n in members(index, count))
    given = ", ".join(f'"{n}"_f = {VALUES[t]}' for t, n in members(index, count))
    (first, one), (second, two) = members(index, count)[0], members(index, count)[count - 1]
    return (
        f'using S{index} = lathe::model<"S{index}",\n    {listed}>;\n'
        f"S{index} made_{index}({GIVEN}) {{ return S{index}{{{given}}}; }}\n"
        f'void set(S{index}& to, {GIVEN}) {{\n'
        f'    to["{one}"_f] = {VALUES[first]};\n    to["{two}"_f] = {VALUES[second]};\n}}\n'
    )


def model_struct(index, count):
    given = ", ".join(f".{n} = {VALUES[t]}" for t, n in members(index, count))
    (first, one), (second, two) = members(index, count)[0], members(index, count)[count - 1]
    listed = "".join(f"    {field(t, n)} {n};\n" for t, n in members(index, count))
    return (
        f"struct S{index} {{\n{listed}}};\n"
        f"S{index} made_{index}({GIVEN}) {{ return S{index}{{{given}}}; }}\n"
        f"void set(S{index}& to, {GIVEN}) {{\n    to.{one} = {VALUES[first]};\n    to.{two} = {VALUES[second]};\n}}\n"
    )


TASK_HEAD = "int sum(int a, int b);\nstd::string text(int of);\n"
TASK = TASK_HEAD + """std::string run_both() {
    lathe::task_scheduler tasks;
    auto first = tasks.add("first", sum, 2, 3);
    auto second = tasks.add({.id = "second", .after = {first}}, [first] { return text(first.get()); });
    tasks.run();
    return second.get();
}
"""
TASK_HAND = TASK_HEAD + """std::string run_both() {
    auto first = std::async(sum, 2, 3).share();
    auto second = std::async([first] { return text(first.get()); });
    return second.get();
}
"""

PERF = """void work();
lathe::perf::monitor mon;
void measured() {
    const auto scope = mon.scope<"work">();
    work();
}
long long mean() { return mon.snapshot()["work"].mean().count(); }
"""
PERF_HAND = """void work();
std::vector<std::chrono::nanoseconds> times;
void measured() {
    const auto begin = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::steady_clock::now() - begin);
}
long long mean() {
    std::chrono::nanoseconds sum{0};
    for (const std::chrono::nanoseconds each : times)
        sum += each;
    return sum.count() / static_cast<long long>(times.size());
}
"""


LATHE_LOOP = "    lathe::for_each_field(s, [&](std::string_view name, const auto& value) { put(out, name, value); });\n"


def standard_headers(header="lathe/lathe.hpp"):
    """The standard headers that one of lathe's includes, itself or by way of others of lathe's."""
    found, seen, waiting = set(), set(), [header]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        for included in re.findall(r"^#include <([^>]+)>", (ROOT / "include" / path).read_text(), re.MULTILINE):
            if included.startswith("lathe/"):
                waiting.append(included)
            elif re.fullmatch(r"[a-z_]+", included):
                found.add(included)
    return sorted(found)


def source(variant, structs, fields):
    head, text = PUT, ""
    one = range(structs)
    if variant in ("hand", "hand_std"):
        if variant == "hand_std":
            head = "".join(f"#include <{h}>\n" for h in standard_headers()) + head
        for i in one:
            calls = "".join(f'    put(out, "{n}", s.{n});\n' for _, n in members(i, fields))
            text += struct(i, fields) + function(i, calls)
    elif variant == "hand_rules":
        head += CHECKED
        for i in one:
            calls = "".join(f'    put(out, "{n}", s.{n}.value());\n' for _, n in members(i, fields))
            text += struct(i, fields, with_checks) + function(i, calls)
    elif variant in ("lathe", "lathe_all"):
        head = f"#include <lathe/{'model/reflect' if variant == 'lathe' else 'lathe'}.hpp>\n" + head
        text = "".join(struct(i, fields) + function(i, LATHE_LOOP) for i in one)
    elif variant == "properties":
        headers = ["element_rules", "number_rules", "property", "reflect", "text_rules"]
        head = "".join(f"#include <lathe/model/{h}.hpp>\n" for h in headers) + head
        text = "".join(struct(i, fields, with_rules) + function(i, LATHE_LOOP) for i in one)
    elif variant in ("model", "model_struct"):
        headers = ["element_rules", "model", "number_rules", "text_rules"]
        head = "".join(f"#include <lathe/model/{h}.hpp>\n" for h in headers) + head + "using namespace lathe::literals;\n"
        write = model if variant == "model" else model_struct
        text = "".join(write(i, fields) + function(i, LATHE_LOOP) for i in one)
    elif variant == "dict":
        head = "#include <string>\n#include <lathe/model/dict.hpp>\n"
        text = "".join(struct(i, fields) + dict_functions(i) for i in one)
    elif variant == "dict_properties":
        headers = ["dict", "element_rules", "number_rules", "property", "text_rules"]
        head = "#include <string>\n" + "".join(f"#include <lathe/model/{h}.hpp>\n" for h in headers)
        text = "".join(struct(i, fields, with_rules) + dict_functions(i) for i in one)
    elif variant == "dict_hand":
        head = DICT
        text = "".join(struct(i, fields) + dict_functions_by_hand(i, fields) for i in one)
    elif variant == "dict_hand_rules":
        head = DICT + CHECKED + DICT_CHECKED
        text = "".join(struct(i, fields, with_checks) + dict_functions_by_hand(i, fields, ".value()") for i in one)
    elif variant == "task":
        head, text = "#include <string>\n#include <lathe/task/scheduler.hpp>\n", TASK
    elif variant == "task_hand":
        head, text = "#include <future>\n#include <string>\n", TASK_HAND
    elif variant == "perf":
        head, text = "#include <lathe/perf/monitor.hpp>\n", PERF
    elif variant == "perf_hand":
        head, text = "#include <chrono>\n#include <vector>\n", PERF_HAND
    elif variant == "hana":
        headers = ["accessors", "core/to", "define_struct", "first", "for_each", "second", "string", "tuple"]
        head = "".join(f"#include <boost/hana/{h}.hpp>\n" for h in headers) + head
        loop = (
            "    boost::hana::for_each(boost::hana::accessors<S{0}>(), [&](auto named) {{\n"
            "        put(out, boost::hana::to<const char*>(boost::hana::first(named)), boost::hana::second(named)(s));\n"
            "    }});\n"
        )
        for i in one:
            listed = ", ".join(f"({t}, {n})" for t, n in members(i, fields))
            text += f"struct S{i} {{\n    BOOST_HANA_DEFINE_STRUCT(S{i}, {listed});\n}};\n" + function(i, loop.format(i))
    elif variant == "describe":
        head = "#include <boost/describe.hpp>\n#include <boost/mp11.hpp>\n" + head
        loop = (
            "    boost::mp11::mp_for_each<boost::describe::describe_members<S{0}, boost::describe::mod_public>>([&](auto d) {{\n"
            "        put(out, d.name, s.*d.pointer);\n    }});\n"
        )
        for i in one:
            listed = ", ".join(n for _, n in members(i, fields))
            text += struct(i, fields) + f"BOOST_DESCRIBE_STRUCT(S{i}, (), ({listed}))\n" + function(i, loop.format(i))
    elif variant == "pfr":
        head = "#include <boost/pfr.hpp>\n" + head
        loop = '    boost::pfr::for_each_field(s, [&](const auto& value) { put(out, "", value); });\n'
        text = "".join(struct(i, fields) + function(i, loop) for i in one)
    else:
        raise SystemExit(f"there is no variant {variant}")
    return head + text


def public_headers():
    """Every header that users may include, as <lathe/...>, and <string>, which is the measure."""
    found = [p.relative_to(ROOT / "include").as_posix() for p in sorted((ROOT / "include/lathe").rglob("*.hpp"))]
    return ["string"] + [h for h in found if "/detail/" not in h]


def seconds_and_memory(command):
    """User CPU seconds and peak MB of one run of the compiler, with all its children."""
    # A process of its own that measures: rusage of children is a sum over all, and the peak one over all, too.
    measure = (
        "import json, resource, subprocess, sys\n"
        "run = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)\n"
        "use = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([run.returncode, use.ru_utime, use.ru_maxrss / 1024, run.stdout]))\n"
    )
    run = subprocess.run([sys.executable, "-S", "-c", measure, *command], check=True, capture_output=True, text=True)
    status, seconds, memory, output = json.loads(run.stdout)
    if status != 0:
        raise RuntimeError(f"{' '.join(command)}\n{output[:4000]}")
    return {"cpu": seconds, "mb": memory}


def instructions(command):
    """Instructions of the compiler proper, in millions: that process of all which has the most."""
    valgrind = ["valgrind", "--trace-children=yes", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    run = subprocess.run(valgrind + command, capture_output=True, text=True)
    if run.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{run.stderr[:4000]}")
    return {"instructions": max(int(n.replace(",", "")) for n in re.findall(r"I\s+refs:\s+([\d,]+)", run.stderr)) / 1e6}


def fetch_boost():
    """Debian's newer Boost, unpacked aside: its package would remove the one that lathe needs."""
    place = Path(tempfile.gettempdir()) / "lathe_boost_1.81"
    include = place / "usr/include"
    if not (include / "boost/pfr.hpp").exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        subprocess.run(["apt-get", "-q", "download", "libboost1.81-dev"], cwd=place, check=True)
        package = next(place.glob("*.deb"))
        subprocess.run(["dpkg-deb", "-x", str(package), str(place)], check=True)
        package.unlink()
    return include


def boost_options(given):
    include = fetch_boost() if given == "fetch" else Path(given) if given else Path("/usr/include")
    has = {name: (include / f"boost/{name}.hpp").exists() for name in ("describe", "pfr")}
    return ([] if include == Path("/usr/include") else ["-isystem", str(include)]), has


def measure_all(jobs, rounds, measure, show):
    """jobs: name -> command. One run of each in turn, `rounds` times; medians."""
    results = {name: [] for name in jobs}
    for turn in range(rounds):
        for name, command in jobs.items():
            if show:
                print(f"\r\033[K{turn + 1}/{rounds} {name}", end="", file=sys.stderr, flush=True)
            results[name].append(measure(command))
    if show:
        print("\r\033[K", end="", file=sys.stderr)
    return {
        name: {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        | {"runs": len(runs)}
        for name, runs in results.items()
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", default=os.environ.get("CXX", "g++"))
    parser.add_argument("--options", default="-O2", help="for the structs; headers alone get -fsyntax-only")
    parser.add_argument("--structs", type=int, default=50)
    parser.add_argument("--fields", type=int, default=10)
    parser.add_argument("--rounds", type=int, help="default 7, with --instructions 1")
    parser.add_argument("--variants", help="comma-separated; default: all that can be compiled here")
    parser.add_argument("--headers", default="all", help="all, none, or a comma-separated list")
    parser.add_argument("--boost", default="", help="where a Boost >= 1.81 is, or fetch")
    parser.add_argument("--instructions", action="store_true", help="count instructions with valgrind instead of seconds")
    parser.add_argument("--json", help="a file to write the numbers to")
    parser.add_argument("--keep", help="a directory to write the sources to, and leave them there")
    given = parser.parse_args()
    if given.instructions and not shutil.which("valgrind"):
        raise SystemExit("--instructions needs valgrind")
    rounds = given.rounds or (1 if given.instructions else 7)
    measure = instructions if given.instructions else seconds_and_memory
    unit = "instructions" if given.instructions else "cpu"

    boost, has = boost_options(given.boost)
    variants = given.variants.split(",") if given.variants else [
        v for v in ["hand", "lathe", "lathe_all", "hand_std", "hand_rules", "properties", "model_struct", "model", "dict_hand", "dict", "dict_hand_rules",
                    "dict_properties", "task", "perf", "hana", "describe", "pfr"] if has.get(v, True)
    ]
    for variant in variants:  # grows meanwhile: a floor has one too
        if floor_of(variant) not in variants:
            variants.append(floor_of(variant))
    headers = {"all": public_headers(), "none": []}.get(given.headers, ["string", *given.headers.split(",")])
    compiler = [given.compiler, "-std=c++20", f"-I{ROOT}/include"]

    with tempfile.TemporaryDirectory() as temporary:
        place = Path(given.keep or temporary)
        place.mkdir(parents=True, exist_ok=True)
        jobs, alone = {}, {}
        for variant in variants:
            file = place / f"{variant}.cpp"
            file.write_text(source(variant, given.structs, given.fields))
            own = boost if variant in ("describe", "pfr") else []
            jobs[variant] = compiler + own + given.options.split() + ["-c", str(file), "-o", f"{temporary}/{variant}.o"]
        for header in headers:
            file = place / f"header_{re.sub('[^a-z_]', '_', header)}.cpp"
            file.write_text(f"#include <{header}>\n")
            alone[header] = compiler + ["-fsyntax-only", str(file)]
        # What needs a package that is not here is left out, aloud.
        for name in [n for n in alone if subprocess.run(alone[n], capture_output=True).returncode != 0]:
            print(f"left out: <{name}> does not compile here", file=sys.stderr)
            del alone[name]
        show = sys.stderr.isatty()
        built = measure_all(jobs, rounds, measure, show)
        included = measure_all(alone, rounds, measure, show) if alone else {}

    version = subprocess.run([given.compiler, "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    print(f"{version}; {given.structs} structs of {given.fields} members, {given.options}; medians of {rounds}")
    label = "M instructions" if given.instructions else "CPU s"
    print(f"{'variant':<16}{label:>16}{'MB':>8}{'ratio':>8}")
    for name, run in built.items():
        floor = floor_of(name)
        run["ratio"] = run[unit] / built[floor][unit]
        print(f"{name:<16}{run[unit]:>16.2f}{run.get('mb', 0):>8.0f}{run['ratio']:>8.2f}"
              + (f"  over {floor}" if floor != "hand" else ""))
    if included:
        print(f"{'header alone':<34}{label:>16}{'over <string>':>15}")
    for name, run in included.items():
        run["ratio"] = run[unit] / included["string"][unit]
        print(f"{name:<34}{run[unit]:>16.3f}{run['ratio']:>15.2f}")
    if given.json:
        text = {"compiler": version, "options": given.options, "structs": given.structs, "fields": given.fields,
                "unit": unit, "rounds": rounds, "variants": built, "headers": included}
        Path(given.json).write_text(json.dumps(text, indent=1) + "\n")


if __name__ == "__main__":
    main()
