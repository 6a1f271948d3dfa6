"""Many people who ask at once, each again as soon as they were answered, as threads of several processes."""

import multiprocessing
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PROCESSES = 8
# Answers before anything is measured: the desk has been at work, its connections have been used.
WARM = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """One answer: when it was asked for (monotonic seconds), how long it took (ms), and the case, if it gave one."""

    at: float
    took: float
    case: int | None


# Of a person (by id): what they do again and again, which answers with the case they got.
Taker = Callable[[int], Callable[[], int | None]]


def crowd(
    people: Sequence[int],
    taker: Taker,
    seconds: float,
    *,
    pause: float = 0.0,
    beside: Callable[[], None] | None = None,
) -> list[Taken]:
    """Let everybody ask for so many seconds, thinking for `pause` seconds in between; return their answers.

    `beside` is done by one more process at the same time; then only the answers are returned that waited while it ran.
    """
    from django.db import connections  # noqa: PLC0415 (Django is set up by now)

    connections.close_all()  # a connection cannot be shared with a child
    forked = multiprocessing.get_context("fork")
    barrier = forked.Barrier(len(people) + (beside is not None))
    answers, spans = forked.SimpleQueue(), forked.SimpleQueue()

    def sit_down(mine: Sequence[int]) -> None:
        found: list[Taken] = []
        threads = [threading.Thread(target=ask, args=(person, found)) for person in mine]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        answers.put(found)

    def ask(person: int, found: list[Taken]) -> None:
        try:
            take = taker(person)
            for _warm in range(WARM):
                take()
            barrier.wait(120)
            until = time.monotonic() + seconds
            while (before := time.monotonic()) < until:
                case = take()
                found.append(Taken(before, (time.monotonic() - before) * 1000, case))
                time.sleep(pause)
        except BaseException:
            barrier.abort()
            raise
        finally:
            connections.close_all()

    def do_beside(act: Callable[[], None]) -> None:
        barrier.wait(120)
        time.sleep(seconds / 10)
        before = time.monotonic()
        try:
            act()
        finally:
            spans.put((before, time.monotonic()))

    children = [forked.Process(target=sit_down, args=(people[n::PROCESSES],)) for n in range(PROCESSES)]
    if beside:
        children.append(forked.Process(target=do_beside, args=(beside,)))
    for child in children:
        child.start()
    found = [taken for _child in range(PROCESSES) for taken in answers.get()]
    first, last = spans.get() if beside else (float("-inf"), float("inf"))
    for child in children:
        child.join()
    return [each for each in found if each.at <= last and each.at + each.took / 1000 >= first]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that so many per cent do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))] if ordered else 0.0
