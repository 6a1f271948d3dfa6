"""What the database refuses the application itself of versions, publications and turns.

Every try is made in the application's own role, through the ORM or in SQL.
"""

from collections.abc import Callable
from functools import partial

import pytest
from django.db.models import QuerySet

from tests.cases import Walk, now
from tests.verification.review.refused_by_the_database import refused
from verification.models import (
    Draft,
    Duty,
    Hat,
    Judgment,
    Publication,
    Rating,
    Review,
    Turn,
    Verdict,
)
from verification.review import afterwards, assignment, judgments

pytestmark = pytest.mark.django_db


def forged(verdict: Verdict, **fields: object) -> Verdict:
    """Return the next version of a case, not stored, that says what another says but for these fields."""
    values = {field.attname: getattr(verdict, field.attname) for field in Verdict._meta.concrete_fields}
    for name in ("id", "public", "approved_at"):
        del values[name]
    return Verdict(**values | {"version": verdict.version + 1} | fields)


def approved(**fields: bool) -> tuple[Walk, Verdict]:
    walk = Walk(**fields).accepted().taken().proposed().drafted().approved()
    return walk, Verdict.objects.get(review=walk.review)


def _rests_on_a_draft(walk: Walk, verdict: Verdict) -> None:
    duty = Duty.objects.create(review=walk.review, cycle=1, person=walk.second, hat=Hat.SECOND)
    draft = judgments.judgment_of(duty)
    Judgment.objects.filter(pk=draft.pk).update(rating=verdict.rating)
    forged(verdict, judgment_id=draft.pk).save()


def _signs_ones_own_words(walk: Walk, verdict: Verdict) -> None:
    Draft.objects.update(author=walk.editor)
    forged(verdict).save()


def _lacks_the_second_judgment(walk: Walk, verdict: Verdict) -> None:
    Review.objects.filter(pk=walk.review.pk).update(second_check=True)
    forged(verdict).save()


def _publishes_another_cases(walk: Walk, verdict: Verdict) -> None:
    other = Walk().to_publication()
    Review.objects.filter(pk=walk.review.pk).update(publication=other)


def _is_out_without_a_line(walk: Walk, verdict: Verdict) -> None:
    Publication.objects.create(
        verdict=verdict, review=walk.review, by=walk.publisher, first_published_at=verdict.approved_at
    )


VERSIONS: dict[str, tuple[str, Callable[[Walk, Verdict], object]]] = {
    "on a draft": ("rating of a submitted judgment", _rests_on_a_draft),
    "another rating": (
        "rating of a submitted judgment",
        lambda _w, v: forged(v, rating_id=Rating.objects.exclude(pk=v.rating_id)[0].pk).save(),
    ),
    "of another cycle": ("present cycle", lambda _w, v: forged(v, cycle=2).save()),
    "one's own words": ("whoever wrote the text", _signs_ones_own_words),
    "without its second judgment": ("has a second judgment", _lacks_the_second_judgment),
    "without a line": ("each version has its line", lambda _w, v: forged(v).save()),
    "another case's publication": ("its own newest version", _publishes_another_cases),
    "out without a line": ("each publication has its line", _is_out_without_a_line),
    "two hats": (
        "one_hat_per_person",
        lambda w, _v: Duty.objects.create(review=w.review, cycle=1, person=w.editor, hat=Hat.SECOND),
    ),
}


@pytest.mark.parametrize(("why", "act"), VERSIONS.values(), ids=VERSIONS)
def test_a_version_is_what_two_people_made_of_a_submitted_judgment(
    why: str, act: Callable[[Walk, Verdict], object]
) -> None:
    walk, verdict = approved()
    refused(why, partial(act, walk, verdict))
    assert Verdict.objects.filter(review=walk.review).count() == 1


MINOR = {"change": "minor", "change_note": "A comma."}
EDITS: dict[str, tuple[str, Callable[[Publication], object]]] = {
    "another rating's name": ("a minor edit keeps", lambda p: _edit(p, rating_label="Half true")),
    "another claim": ("a minor edit keeps", lambda p: _edit(p, claim_text="Something else.")),
    "of another version": ("takes the place", lambda p: _edit(p, supersedes_id=Walk().to_publication().verdict_id)),
    "nothing out any more": (
        "its own newest version",
        lambda p: Review.objects.filter(pk=p.review_id).update(publication=None),
    ),
    "an update in no cycle of its own": (
        "each version has its line",
        lambda p: _edit(p, change="update", change_note="More."),
    ),
}


def _edit(publication: Publication, **fields: object) -> None:
    verdict = publication.verdict
    forged(verdict, **{"supersedes_id": verdict.pk} | MINOR | fields).save()


@pytest.mark.parametrize(("why", "act"), EDITS.values(), ids=EDITS)
def test_a_minor_edit_changes_the_words_of_what_is_out_and_nothing_else(
    why: str, act: Callable[[Publication], object]
) -> None:
    publication = Walk().to_publication()
    refused(why, partial(act, publication))


def test_an_older_version_does_not_stand_again() -> None:
    walk = Walk()
    first = walk.to_publication()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour was wrong.")
    walk.review = now(walk.review)
    walk.taken().proposed().drafted(change_note="The hour was wrong.").approved().published()
    refused("its own newest version", lambda: Review.objects.filter(pk=walk.review.pk).update(publication=first))


TURNS: dict[str, Callable[[Walk], object]] = {
    "opened again": lambda w: _closed(w).update(closed_at=None, closed_as=""),
    "longer": lambda w: _closed(w).update(until="2099-01-01T00:00Z"),
    "removed": lambda w: _closed(w).delete(),
    "removed while open": lambda w: Turn.objects.filter(closed_at__isnull=True).delete(),
    "somebody else's": lambda w: Turn.objects.filter(closed_at__isnull=True).update(duty=w.review.duties.first()),
}


def _closed(walk: Walk) -> QuerySet[Turn]:
    return Turn.objects.filter(review=walk.review, closed_at__isnull=False)


@pytest.mark.parametrize("act", TURNS.values(), ids=TURNS)
def test_a_turn_stays_with_its_duty_and_once_closed_stays_closed(act: Callable[[Walk], object]) -> None:
    walk = Walk().accepted().taken()
    assignment.give_back(walk.review, walk.checker, walk.review.revision, "hand_back", "I am away.")
    assignment.take(walk.review, walk.second, now(walk.review).revision)
    refused("stays with its duty", partial(act, walk))


def test_an_open_turn_is_of_the_present_cycle() -> None:
    walk = Walk()
    walk.to_publication()
    duty = walk.review.duties.get(hat=Hat.FIRST)
    late = assignment.open_turn(duty)
    refused(
        "no turn stays open",
        lambda: afterwards.correct(walk.review, walk.editor, walk.review.revision, "update", "There is more."),
    )
    Turn.objects.filter(pk=late.pk).update(closed_at="2026-01-01T00:00Z", closed_as="recalled")
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "update", "There is more.")
    refused("present cycle", lambda: assignment.open_turn(duty))
