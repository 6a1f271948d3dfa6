"""Precedents: earlier verdicts on a claim and its speaker, and when a rating breaks with them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from claims.models import Claim, Speaker
from claims.translation import say
from tests.cases import Walk, make_candidate, make_document
from tests.factories import make_article, make_claim, make_snapshot
from tests.people import make_person
from verification.index.collection import EARLIER
from verification.index.rebuilding import rebuild
from verification.models import EarlierCheck, Rating, Review
from verification.review import precedents, triage
from verification.review.similar import checked_earlier

pytestmark = pytest.mark.django_db
ROSE = "Unemployment in Port Example rose to 4.1 per cent in May, the harbour board said."
AGAIN = "In May unemployment in Port Example rose to 4.1 percent, according to the harbour board."
FELL = ROSE.replace("rose", "fell")
DAY = datetime(2019, 6, 2, tzinfo=UTC)


def case_of(text: str, speaker: str = "") -> Review:
    """Open the case of a claim."""
    person = Speaker.objects.get_or_create(name=speaker)[0] if speaker else None
    claim: Claim = make_claim(make_article(text, language="en"), speaker=person)
    triage.open_cases()
    return Review.objects.get(claim=claim)


def published(text: str, speaker: str = "") -> Review:
    """Walk the case of a claim to its publication, rated False."""
    walk = Walk.__new__(Walk)
    walk.review, walk.second_check = case_of(text, speaker), False
    make_candidate(walk.review.claim, make_document("The rate stood at 4.1 per cent."))
    walk.intake, walk.checker = make_person("intake"), make_person("checker")
    walk.editor, walk.publisher = make_person("editor"), make_person("publisher")
    walk.to_publication()
    return walk.review


def earlier(text: str = ROSE, label: str = "False", number: int = 0, **fields: object) -> EarlierCheck:
    """Store a check from before this desk, and index it."""
    values = {
        "claim_text": text,
        "rating_label": label,
        "url": f"https://gull.example/{number or EarlierCheck.objects.count() + 1}",
        "snapshot": make_snapshot(),
        "publisher": "Gull Gazette",
    }
    check = EarlierCheck.objects.create(**values | fields)
    rebuild(collection=EARLIER)
    return check


def crowd() -> None:
    """Let there be others, so that words can be rare."""
    for number in range(6):
        case_of(f"The board of Port Example bought lamp number {number} for its northern mole in spring.")
        earlier(f"The ferry of Port Corvin lost door number {number} on its way south in autumn.", number=100 + number)


def rated(label: str) -> Rating:
    return Rating.objects.get(label=label, scale__in_use=True)


def test_an_earlier_check_of_the_same_claim_is_found_and_rose_is_not_fell() -> None:
    crowd()
    same = earlier()
    (found,) = checked_earlier(case_of(AGAIN), "en")
    assert (found.check, found.strong) == (same, True)
    (other,) = checked_earlier(case_of(FELL), "en")
    assert (other.check, other.strong) == (same, False)
    assert other.guards


def test_precedents_are_by_wording_and_by_speaker_newest_first_and_say_why() -> None:
    crowd()
    mine = published(ROSE, "Warden Quillfeather")
    by_wording = earlier(published=DAY, published_precision="day")
    by_speaker = earlier(
        "Ninety lamps burn.", claimant="warden  quillfeather".replace("  ", " "), published=DAY - timedelta(days=9),
        published_precision="day",
    )  # fmt: skip
    undated = earlier("The mole is dark.", claimant="Warden Quillfeather")
    earlier("The mole is dark.", claimant="Ada Mole")
    found = precedents.of(case_of(AGAIN, "Warden Quillfeather"))
    assert [each.verdict.review if each.verdict else each.check for each in found] == [
        mine,
        by_wording,
        by_speaker,
        undated,
    ]
    why = [[say(reason) for reason in each.why] for each in found]
    assert why[0][0].startswith("the same claim, likeness ")
    assert why[0][1] == "the same speaker"
    assert len(why[1]) == 1
    assert why[2] == why[3] == ["the same speaker"]
    assert (found[0].tone, found[0].place) == ("bad", 0)


def test_a_case_is_no_precedent_of_itself_and_a_withdrawn_one_is_none() -> None:
    crowd()
    first = published(ROSE, "Warden Quillfeather")
    assert precedents.of(first) == []


def test_of_very_many_the_ten_that_say_most_are_kept() -> None:
    crowd()
    alike = earlier(published=DAY - timedelta(days=900), published_precision="day")
    for number in range(14):
        earlier(
            f"Lamp {number} is out.",
            claimant="Warden Quillfeather",
            published=DAY + timedelta(days=number),
            published_precision="day",
        )
    found = precedents.of(case_of(AGAIN, "Warden Quillfeather"))
    assert len(found) == precedents.MOST
    assert found[-1].check == alike
    assert found[0].at == DAY + timedelta(days=13)


@pytest.mark.parametrize(
    ("fields", "own", "breaks"),
    [
        ({"label": "False"}, "False", False),
        ({"label": "FALSE"}, "Accurate", True),
        ({"label": "Three lanterns"}, "Accurate", False),
        ({"label": "Lost", "rating_value": 1, "rating_worst": 1, "rating_best": 5}, "Accurate", True),
        ({"label": "Lost", "rating_value": 1, "rating_worst": 1, "rating_best": 5}, "False", False),
        ({"label": "Ten of ten", "rating_value": 10, "rating_worst": 0, "rating_best": 10}, "Accurate", False),
        ({"label": "Odd", "rating_value": -1, "rating_worst": 1, "rating_best": 5}, "Accurate", False),
        ({"label": "Lost", "rating_value": 1, "rating_worst": 1, "rating_best": 5}, "No primary record", False),
    ],
)  # fmt: skip
def test_a_rating_breaks_with_a_precedent_only_where_the_two_can_be_compared(
    fields: dict[str, object], own: str, *, breaks: bool
) -> None:
    crowd()
    check = earlier(**fields)  # type: ignore[arg-type]
    found = precedents.breaks_with(case_of(AGAIN), rated(own))
    assert [each.check for each in found] == ([check] if breaks else [])


def test_a_rating_breaks_with_the_desks_own_verdict_but_not_with_what_is_only_alike() -> None:
    crowd()
    mine = published(ROSE)
    review = case_of(AGAIN)
    assert [each.review for each in precedents.breaks_with(review, rated("Accurate"))] == [mine]
    assert precedents.breaks_with(review, rated("False")) == []
    assert precedents.breaks_with(case_of(FELL), rated("Accurate")) == []
    assert [each.review for each in precedents.breaks_with(review, rated("No primary record"))] == [mine]


def test_the_database_refuses_to_change_what_was_checked_before() -> None:
    check = earlier()
    with pytest.raises(DatabaseError), transaction.atomic():
        EarlierCheck.objects.filter(pk=check.pk).update(rating_label="True")
