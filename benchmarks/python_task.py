#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The schedulers that Python programs have, doing what rows `course` of bench_task do: nanoseconds of CPU time a task.

seed is the Python course's AdvancedTaskScheduler. Each task has an id, a priority and two numbers to add; a round adds
100,000 of them and runs them all. All priorities are different, in random order: with two that are equal the course's
scheduler raises a TypeError, for then its queue compares tasks. executor is ThreadPoolExecutor alone, which knows no
priorities and no ids. The time is that of all threads, and the least of some rounds, for whatever else the machine does
only adds. Results are checked.
"""
import argparse
import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))
from course import AdvancedTaskScheduler  # word for word the course's


def plus(a, b):
    return a + b


def by_course(run, listed):
    scheduler = AdvancedTaskScheduler()
    for number, (task_id, priority) in enumerate(listed):
        scheduler.add_task(task_id, plus, (number, 1), priority=priority)
    run(scheduler)
    return scheduler.results


def by_executor(listed):
    with ThreadPoolExecutor(max_workers=4) as executor:
        futures = {task_id: executor.submit(plus, number, 1) for number, (task_id, _) in enumerate(listed)}
        return {task_id: {'status': 'success', 'result': future.result()} for task_id, future in futures.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tasks", type=int, default=100_000)
    given = parser.parse_args()

    priorities = random.Random(1).sample(range(given.tasks), given.tasks)
    listed = [(f"task-{number}", priority) for number, priority in enumerate(priorities)]
    ways = {
        "sequential": lambda: by_course(AdvancedTaskScheduler.run_sequential, listed),
        "threaded": lambda: by_course(AdvancedTaskScheduler.run_threaded, listed),
        "executor": lambda: by_executor(listed),
    }
    found = {}
    for name, way in ways.items():
        taken = []
        for _ in range(given.rounds):
            begin = time.process_time()
            results = way()
            taken.append(time.process_time() - begin)
            for number, (task_id, _) in enumerate(listed):
                if results[task_id] != {'status': 'success', 'result': number + 1}:
                    raise SystemExit(f"a wrong result of {task_id}, {name}")
        found[name] = round(min(taken) / given.tasks * 1e9, 1)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
