#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Shows what AdvancedTaskScheduler of the Python course gets wrong, by its own code; scheduler_seed.cpp has the rest.

Exits with 1 if one of its defects does not show. The numbers are those of the tests there.
"""
import asyncio
import queue
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from course_defects import raises, tell
from course import AdvancedTaskScheduler  # word for word the course's


def fail_with(exception):
    raise exception


def with_tasks(**tasks):
    """A scheduler of tasks by their ids, in order: their priorities have to differ."""
    scheduler = AdvancedTaskScheduler(max_workers=2)
    for priority, (task_id, func) in enumerate(tasks.items()):
        scheduler.add_task(task_id, func, priority=priority)
    return scheduler


def equal_priorities():
    scheduler = AdvancedTaskScheduler()
    scheduler.add_task("a", int)
    return raises(TypeError, scheduler.add_task, "b", int) and scheduler.task_queue.qsize() == 2  # and it is half added


def lower_number_runs_first():
    order = []
    scheduler = AdvancedTaskScheduler()
    scheduler.add_task("urgent", order.append, ("urgent",), priority=10)
    scheduler.add_task("idle", order.append, ("idle",), priority=1)
    scheduler.run_sequential()
    return order == ["idle", "urgent"]


def duplicate_overwrites():
    scheduler = AdvancedTaskScheduler()
    scheduler.add_task("same", lambda: 1, priority=1)
    scheduler.add_task("same", lambda: 2, priority=2)
    scheduler.run_sequential()
    return scheduler.results == {"same": {"status": "success", "result": 2}}


def strategies_disagree_about_added_tasks():
    def run(method):
        scheduler = AdvancedTaskScheduler()
        scheduler.add_task("outer", lambda: scheduler.add_task("inner", int, priority=2), priority=1)
        getattr(scheduler, method)()
        return "inner" in scheduler.results

    return run("run_sequential") and not run("run_threaded")


def only_text_is_left():
    scheduler = with_tasks(bad=lambda: {}["k"])
    scheduler.run_sequential()
    return scheduler.results["bad"] == {"status": "error", "error": "'k'"}


def some_exceptions_escape():
    def run(method):
        scheduler = with_tasks(before=int, exits=lambda: fail_with(SystemExit(1)), after=int)
        return raises(SystemExit, getattr(scheduler, method)) and "after" not in scheduler.results

    def cancelled():
        scheduler = with_tasks(before=int, cancels=lambda: fail_with(asyncio.CancelledError()), after=int)
        return raises(asyncio.CancelledError, asyncio.run, scheduler.run_async()) and not scheduler.results

    return run("run_sequential") and run("run_threaded") and cancelled()


def two_runners_hang():
    """Both see that one task is left; the second one waits for it for ever."""
    both_saw_it = threading.Barrier(2, timeout=30)

    class MeetingQueue(queue.PriorityQueue):
        def empty(self):
            is_empty = super().empty()
            try:
                both_saw_it.wait()
            except threading.BrokenBarrierError:  # the one that got the task asks again, and alone
                pass
            return is_empty

    scheduler = AdvancedTaskScheduler()
    scheduler.task_queue = MeetingQueue()
    got_it = []

    def only():
        got_it.append(threading.current_thread())
        both_saw_it.abort()

    scheduler.add_task("only", only)
    runners = [threading.Thread(target=scheduler.run_sequential, daemon=True) for _ in range(2)]
    for runner in runners:
        runner.start()
    while not got_it:
        pass
    got_it[0].join(30)
    # The other one has seen a task, and waits for it in get(): there is none, and nobody will add one.
    return [runner.is_alive() for runner in runners].count(True) == 1 and scheduler.task_queue.qsize() == 0


def running_is_never_set():
    scheduler = AdvancedTaskScheduler()
    seen = []
    scheduler.add_task("looks", lambda: seen.append(scheduler.running))
    scheduler.run_sequential()
    return seen == [False]


def urgent_task_is_not_seen():
    order = []
    scheduler = AdvancedTaskScheduler(max_workers=1)

    def first():
        scheduler.add_task("urgent", order.append, ("urgent",), priority=-1)

    scheduler.add_task("first", first, priority=0)
    scheduler.add_task("other", order.append, ("other",), priority=1)
    scheduler.run_threaded()
    return order == ["other"] and scheduler.task_queue.qsize() == 1


def results_wait_for_the_slowest():
    quick_ran = threading.Event()
    seen = []
    scheduler = AdvancedTaskScheduler(max_workers=2)

    def slow():
        quick_ran.wait(30)
        seen.append(dict(scheduler.results))

    scheduler.add_task("slow", slow, priority=1)
    scheduler.add_task("quick", quick_ran.set, priority=2)
    scheduler.run_threaded()
    return seen == [{}]


def members_are_missing():
    scheduler = AdvancedTaskScheduler()
    names = ("cancel", "timeout", "deadline", "max_queued", "take_results", "wait", "stop", "pause", "progress")
    return not any(hasattr(scheduler, name) for name in names) and scheduler.task_queue.maxsize == 0


def results_grow():
    scheduler = AdvancedTaskScheduler()
    for number in range(1000):
        scheduler.add_task(str(number), int, priority=number)
    scheduler.run_sequential()
    return len(scheduler.results) == 1000


def main():
    tell({
        "defect 1: equal priorities raise TypeError, and the task is half added": equal_priorities(),
        "defect 2: the lower number runs first": lower_number_runs_first(),
        "defect 3: a second task of an id overwrites the first one's result": duplicate_overwrites(),
        "defect 4: a task that a task adds is left behind by threads": strategies_disagree_about_added_tasks(),
        "defect 8: of an exception its text is left": only_text_is_left(),
        "defect 9: SystemExit and CancelledError escape, and take results along": some_exceptions_escape(),
        "defect 10: of two runners one hangs for ever": two_runners_hang(),
        "defect 11: running is never set": running_is_never_set(),
        "defect 12: an urgent task is not seen while others run": urgent_task_is_not_seen(),
        "defect 13: no result is seen before the slowest task's": results_wait_for_the_slowest(),
        "defect: no timeout, no limit, no cancel": members_are_missing(),
        "defect: results grow for ever": results_grow(),
    })


if __name__ == "__main__":
    main()
