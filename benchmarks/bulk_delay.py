"""How long others wait while an editor gives very many cases to one person."""

import time
from collections.abc import Callable, Sequence

from benchmarks.crowd import crowd, percentile

OTHERS = 16
# Seconds: long enough that the bulk ends before they stop.
WATCHED = 15.0
THINK = 0.25


def bulk_delay(people: Sequence[int], cases: int) -> dict[str, float]:
    """Return the waits, in ms, of people who take and save while `cases` are given to one person, and without that."""
    from django.contrib.auth.models import Group, User  # noqa: PLC0415 (Django is set up by now)

    from verification.models import Profile, Review, State  # noqa: PLC0415
    from verification.review.giving_many import assign_many  # noqa: PLC0415

    editor = User.objects.create(username="editor", is_staff=True)
    Group.objects.get(name="editor").user_set.add(editor)
    others, receiver = people[1 : OTHERS + 1], people[0]
    Profile.objects.filter(person__in=people).update(languages=[])
    calm = crowd(others, takes_or_saves, WATCHED / 3, pause=THINK)
    # Not the most urgent: those are what the others take meanwhile.
    least = Review.objects.filter(state=State.QUEUED).order_by("priority").values_list("pk", flat=True)
    chosen = sorted(least[:cases])

    def give() -> None:
        before = time.monotonic()
        outcome = assign_many(chosen, editor, User.objects.get(pk=receiver), "Please.")
        if len(outcome.given) != len(chosen):
            raise RuntimeError(f"Not all were given: {outcome.refused}")
        if time.monotonic() - before > WATCHED:
            raise RuntimeError("The bulk outlasted those who watched it.")

    busy = crowd(others, takes_or_saves, WATCHED, pause=THINK, beside=give)
    found: dict[str, float] = {}
    for name, answers in (("calm", calm), ("bulk", busy)):
        took = [each.took for each in answers]
        found |= {f"{name}_p50_ms": percentile(took, 50), f"{name}_p95_ms": percentile(took, 95)}
        found |= {f"{name}_max_ms": max(took), f"{name}_waits": len(took)}
    return found | {"bulk_delay_ms": found["bulk_max_ms"] - found["calm_p50_ms"]}


def takes_or_saves(person: int) -> Callable[[], int | None]:
    """Take a case and save drafts of its judgment, in turn."""
    from django.contrib.auth.models import User  # noqa: PLC0415 (Django is set up by now)

    from verification.models import Review, Turn  # noqa: PLC0415
    from verification.review.judgments import Finding, judgment_of, save  # noqa: PLC0415
    from verification.review.taking import take_next  # noqa: PLC0415

    user, place = User.objects.get(pk=person), 0
    begun = take_next(user)
    if begun is None:
        raise RuntimeError("The queue is empty.")
    held = Review.objects.get(pk=begun.review)
    duty = Turn.objects.get(review=held, closed_at__isnull=True).duty

    def act() -> int | None:
        nonlocal place
        place += 1
        if place % 4 == 0:
            again = take_next(user)
            return again.review if again else None
        save(held, user, Finding(reasoning=f"Thought {place}"), seen=judgment_of(duty).revision)
        return None

    return act
