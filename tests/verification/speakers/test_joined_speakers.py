"""Two rows that were joined are one wherever a speaker is shown, counted, searched or kept from a checker."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Speaker
from claims.speakers import join, part
from tests.cases import Walk
from tests.factories import make_snapshot
from tests.people import make_person
from tests.verification.admin.opening import as_person, text_of
from tests.verification.publishing.reading import claimreview_in
from verification.admin.queue.searching import searched
from verification.insight import balance
from verification.models import Conflict, EarlierCheck, Review, SpeakerSide
from verification.people.conflicts import parties
from verification.review import assignment, precedents, taking
from verification.review.refusals import Refused
from verification.review.spreading import spread

pytestmark = pytest.mark.django_db

SHORT, FULL = "A. Quill", "Ada Quill"


def said_by(walk: Walk, name: str) -> Walk:
    """Attribute a case's claim to somebody."""
    claim = walk.review.claim
    claim.speaker = Speaker.objects.get_or_create(name=name)[0]
    claim.save()
    return walk


def joined() -> None:
    short, full = (Speaker.objects.get_or_create(name=name)[0] for name in (SHORT, FULL))
    join(short, full, make_person("editor"))


def of_the_same_speaker(review: Review) -> set[UUID | None]:
    found = precedents.of(Review.objects.get(pk=review.pk))
    return {each.public for each in found if "the same speaker" in map(str, each.why)}


def ledger(group: str) -> dict[str | None, int]:
    now = timezone.now()
    span = (now - timedelta(days=1), now + timedelta(days=1))
    return {line.name: line.found for line in balance.ledger(group, *span)}


def test_the_ledger_counts_both_as_one_and_as_two_again() -> None:
    for name in (SHORT, FULL):
        said_by(Walk(), name)
    SpeakerSide.objects.create(speaker=Speaker.objects.get(name=FULL), side="harbour board")
    assert (ledger("speaker"), ledger("side")) == ({SHORT: 1, FULL: 1}, {None: 1, "harbour board": 1})
    joined()
    assert (ledger("speaker"), ledger("side")) == ({FULL: 2}, {"harbour board": 2})
    part(Speaker.objects.get(name=SHORT).joins.get(), make_person("editor"))
    assert ledger("speaker") == {SHORT: 1, FULL: 1}


def test_earlier_verdicts_on_either_are_precedents_of_both() -> None:
    published = said_by(Walk(), FULL)
    published.to_publication()
    check = EarlierCheck.objects.create(
        claim_text="The mole is long.",
        claimant="a. quill",
        rating_label="False",
        publisher="Gull Gazette",
        url="https://gull.example/1",
        snapshot=make_snapshot(),
    )
    review = said_by(Walk(), SHORT).review
    assert of_the_same_speaker(review) == {check.public}
    joined()
    assert of_the_same_speaker(review) == {check.public, published.review.public}


@pytest.mark.parametrize(("holds", "quoted"), [(SHORT, FULL), (FULL, SHORT), (SHORT, SHORT)])
def test_a_conflict_with_either_keeps_the_claims_of_both_away(holds: str, quoted: str) -> None:
    review = said_by(Walk().accepted(), quoted).review
    joined()
    checker = make_person("checker")
    conflict = Conflict.objects.create(person=checker, speaker=Speaker.objects.get(name=holds), reason="A cousin.")
    assert taking.take_next(checker) is None
    assert [each.person for each in spread(10) if each.review == review and each.person == checker] == []
    with pytest.raises(Refused, match="conflict of interest"):
        assignment.take(review, checker, review.revision)
    conflict.ended_at = timezone.now()
    conflict.save()
    begun = taking.take_next(checker)
    assert begun is not None
    assert begun.review == review.pk


def test_a_party_is_offered_once_under_the_name_it_goes_by() -> None:
    joined()
    assert [party.name for party in parties("a. quill")] == [FULL]


def test_the_queue_finds_both_by_either_name_and_shows_the_one_they_go_by() -> None:
    case = said_by(Walk().accepted(), SHORT)
    joined()
    assert list(searched(Review.objects.all(), '"ada quill"', case.checker)) == [case.review]
    page = as_person(case.checker).get("/admin/verification/review/?q=quill").content.decode()
    assert FULL in page
    assert SHORT not in page.replace('value="quill"', "")
    assert FULL in text_of(case, "case_file", case.checker)


def test_a_version_names_the_claimant_by_the_row_that_stands_and_its_markup_says_who_that_is(client: Client) -> None:
    walk = said_by(Walk(), "HBPE")
    board = Speaker.objects.create(
        name="Harbour of Port Example", kind="organisation", same_as=["https://board.example/"]
    )
    join(Speaker.objects.get(name="HBPE"), board, make_person("editor"))
    walk.to_publication()
    address = f"/checks/{walk.review.public}/"
    first = client.get(address)
    assert claimreview_in(client, address)["itemReviewed"]["author"] == {
        "@type": "Organization",
        "name": "Harbour of Port Example",
        "sameAs": ["https://board.example/"],
    }
    Speaker.objects.filter(pk=board.pk).update(same_as=[])
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "sameAs" not in claimreview_in(client, address)["itemReviewed"]["author"]
