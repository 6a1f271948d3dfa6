"""The page of the weights: what would change is seen before it is saved, and what was seen is what is saved."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims import weighing
from claims.extraction import worth
from claims.models import Claim, Weighing, Work
from claims.weighing import Topic
from tests.factories import make_article, make_claim
from tests.people import make_person
from tests.verification.admin.opening import as_person, told
from tests.verification.publishing.samples import HOSTILE
from verification.review import triage
from verification.review.weighing import WEIGH

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:weights")
FIGURE, NAMED = {"figure": 0.8}, {"named_source": 1.0, "names": 0.6}


@pytest.fixture
def editor() -> User:
    return make_person("editor", name="Edda Quay")


@pytest.fixture
def browser(editor: User) -> Client:
    return as_person(editor)


def waiting(text: str, features: dict[str, float], **fields: object) -> Claim:
    """Store a claim that waits in triage, scored as the shipped model does."""
    values: dict[str, object] = {"features": features, "score": worth.score(features) if features else 0.5}
    claim = make_claim(make_article(text), **values | fields)
    triage.open_cases()
    return claim


def filled(*topics: tuple[str, str, str], **factors: str) -> dict[str, str]:
    """Return the form's fields with these topics (name, words, points), all factors as shipped but those named."""
    fields = {f"factor-{name}": factors.get(name, "1.0") for name in worth.FEATURES} | {"topics": str(len(topics))}
    for number, (name, words, points) in enumerate(topics):
        at = f"topic-{number}"
        fields |= {f"{at}-name": name, f"{at}-words": words, f"{at}-points": points}
    return fields


def look(browser: Client, fields: dict[str, str]) -> tuple[Any, dict[str, str]]:
    """Press “See what changes”; return the answer, and the fields that the page then holds for saving."""
    answer = browser.post(PAGE, fields | {"do": "look"})
    page = answer.content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(revision|looked_at|topics)" value="([^"]*)"', page))
    return answer, fields | hidden | {"do": "save"}


@pytest.mark.parametrize(
    ("role", "status"),
    [("editor", 200), ("administrator", 200), ("intake", 403), ("checker", 403), ("auditor", 403), ("publisher", 403)],
)
def test_weights_are_kept_by_editors_and_administrators(role: str, status: int) -> None:
    browser = as_person(make_person(role))
    assert browser.get(PAGE).status_code == status
    assert browser.post(PAGE, filled(figure="2.0") | {"do": "look"}).status_code == status


def test_every_feature_of_the_model_can_be_weighed(browser: Client) -> None:
    page = browser.get(PAGE).content.decode()
    for feature in worth.FEATURES.values():
        assert f'name="factor-{feature.name}"' in page
        assert f"{feature.reason}".replace("'", "&#x27;") in page or feature.effect == "lowers"
    assert "The model counts as it was shipped." in page


def test_how_strongly_a_feature_counts_is_told_of_the_claims_that_wait(browser: Client) -> None:
    waiting("Forty lamps.", {"figure": 1.3})
    waiting("A lamp.", NAMED)
    page = browser.get(PAGE).content.decode()
    assert "raises the score strongly; tells in 1 of 2 claims that wait" in page
    assert "tells in none of the claims that wait" in page


def test_what_changes_is_seen_and_nothing_is_saved(browser: Client) -> None:
    low, high = waiting("The mole has forty lamps.", FIGURE), waiting("Ada Quillfeather has a lamp.", NAMED)
    kept = waiting("Found by an older version.", {}, score=0.9)
    opinion = waiting("A fine mole.", NAMED, kind=Claim.Kind.OPINION)
    answer, _save = look(browser, filled(("Lamps", "forty lamps\nmole", "3"), figure="3.0"))
    page = answer.content.decode()
    preview = answer.context["preview"]
    assert [row.review.claim for row in preview.before] == [
        kept,
        *sorted((low, high), key=lambda claim: (-claim.score, -claim.pk)),
    ]
    first = preview.after[0]
    assert first.review.claim == low
    assert first.after == worth.score(FIGURE, {"figure": 3.0}, 3.0)
    assert list(first.causes) == ["topic “Lamps”", "figures"]
    assert (preview.changed, preview.looked_at, preview.kept) == (1, 3, 1)
    assert (preview.strong_before, preview.strong_after) == (
        1 + sum(claim.score >= 0.7 for claim in (low, high)),
        2 + (high.score >= 0.7),
    )
    assert opinion not in [row.review.claim for row in preview.before]
    assert "because of topic “Lamps”, figures" in page
    assert not Weighing.objects.exists()
    assert Claim.objects.get(pk=low.pk).score == worth.score(FIGURE)


def test_what_was_looked_at_is_what_is_saved(browser: Client, editor: User) -> None:
    _answer, save = look(browser, filled(("Lamps", "lamp, Lamp; the mole", "2"), ("", "", "1"), trend="0.5"))
    answer = browser.post(PAGE, save)
    assert answer.status_code == 302
    assert "being weighed again" in told(answer)
    saved = Weighing.objects.get()
    assert (saved.features, saved.by) == ({"trend": 0.5}, editor)
    assert saved.topics == [{"name": "Lamps", "words": ["lamp", "the mole"], "points": 2}]
    assert Work.objects.filter(kind=WEIGH, subject=saved.pk).exists()
    again = browser.post(PAGE, save)
    assert "in force already" in told(again)
    assert Weighing.objects.count() == 1
    page = browser.get(PAGE).content.decode()
    assert "This desk has weights of its own." in page
    assert "New topic “Lamps” (lamp, the mole): much more" in page
    assert "from “1: as shipped” to “½: half as much”" in page
    assert "Edda Quay" in page


def test_what_was_changed_after_the_look_is_shown_before_it_is_saved(browser: Client) -> None:
    _answer, save = look(browser, filled(figure="2.0"))
    answer = browser.post(PAGE, save | {"factor-figure": "3.0"})
    assert answer.status_code == 409
    assert "Something was changed after you looked" in answer.content.decode()
    assert not Weighing.objects.exists()
    assert browser.post(PAGE, filled(figure="2.0") | {"do": "save"}).status_code == 409


def test_weights_that_somebody_saved_meanwhile_are_told_and_nothing_typed_is_lost(browser: Client) -> None:
    _answer, save = look(browser, filled(("Lamps", "lamp", "2")))
    weighing.save(make_person("administrator", name="Ansel Pike"), {"figure": 0.0}, [Topic("Ships", ("ship",), 1)], 0)
    answer = browser.post(PAGE, save)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ansel Pike saved other weights meanwhile." in page
    assert 'value="Lamps"' in page
    assert Weighing.objects.count() == 1
    hidden = dict(re.findall(r'type="hidden" name="(revision|looked_at)" value="([^"]*)"', page))
    assert browser.post(PAGE, save | hidden).status_code == 302
    assert Weighing.objects.latest("pk").topics[0]["name"] == "Lamps"


def test_as_shipped_shows_what_it_changes_and_saves_an_empty_row(browser: Client, editor: User) -> None:
    weighing.save(editor, {"figure": 3.0}, [Topic("Ships", ("ship",), 1)], 0)
    answer = browser.post(PAGE, filled(figure="3.0") | {"do": "shipped"})
    page = answer.content.decode()
    assert answer.context["preview"] is not None
    assert 'value="Ships"' not in page
    hidden = dict(re.findall(r'type="hidden" name="(revision|looked_at|topics)" value="([^"]*)"', page))
    fields = filled() | hidden
    for number in range(int(hidden["topics"])):
        fields |= {f"topic-{number}-name": "", f"topic-{number}-words": "", f"topic-{number}-points": "1"}
    assert browser.post(PAGE, fields | {"do": "save"}).status_code == 302
    newest = Weighing.objects.latest("pk")
    assert (newest.features, newest.topics) == ({}, [])
    assert "Everything as shipped" in browser.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("topics", "sentence"),
    [
        ([("Lamps", " ,\n;", "1")], "Name at least one word"),
        ([("", "lamp", "1")], "Give the topic a name"),
        ([("Lamps", "lamp", "4")], "Select a valid choice"),
        ([("Lamps", ", ".join(f"lamp {n}" for n in range(51)), "1")], "A topic has 50 words at most"),
        ([("Lamps", "lamp " * 40, "1")], "is longer than 80 characters"),
        ([("L" * 81, "lamp", "1")], "80 characters at most"),
        ([("Lamps", "lamp", "1"), ("lamps", "light", "1")], "Two topics are called"),
        ([(f"Topic {n}", "lamp", "1") for n in range(51)], "A desk watches 50 topics at most"),
    ],
)
def test_topics_that_cannot_be_saved_are_refused_in_a_sentence(
    browser: Client, topics: list[tuple[str, str, str]], sentence: str
) -> None:
    answer = browser.post(PAGE, filled(*topics) | {"do": "look"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert topics[0][1].strip() in answer.content.decode()
    assert not Weighing.objects.exists()


def test_fifty_topics_with_fifty_words_can_be_looked_at_and_saved(browser: Client) -> None:
    topics = [(f"Topic {n}", ", ".join(f"word {n} {w}" for w in range(50)), "-3") for n in range(50)]
    waiting("It says word 7 9.", FIGURE)
    _answer, save = look(browser, filled(*topics))
    assert browser.post(PAGE, save | {"topics": "50"}).status_code == 302
    assert len(Weighing.objects.get().topics) == 50


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_stay_words(browser: Client, text: str) -> None:
    waiting(text.strip() or "Lamps.", FIGURE)
    answer, save = look(browser, filled((text[:60] or "x", text[:60].replace(",", " ") or "x", "1")))
    browser.post(PAGE, save)
    for page in (answer.content.decode(), browser.get(PAGE).content.decode()):
        assert "<script>alert(1)" not in page
        assert "onmouseover='alert" not in page


@pytest.mark.parametrize(
    "field", [{"topics": "x"}, {"topics": "9" * 30}, {"factor-figure": "7"}, {"topic-0-points": "9"}]
)
def test_a_form_of_nobodys_making_saves_nothing(browser: Client, field: dict[str, str]) -> None:
    _answer, save = look(browser, filled(("Lamps", "lamp", "1"), figure="2.0"))
    assert browser.post(PAGE, save | field).status_code in {409, 422}
    assert not Weighing.objects.exists()


def test_the_page_asks_the_database_the_same_for_two_claims_and_for_thirty(browser: Client) -> None:
    counts = []
    for number in (2, 28):
        for at in range(number):
            waiting(f"Claim {number} {at}.", FIGURE)
        look(browser, filled(("Lamps", "claim", "3")))
        with CaptureQueriesContext(connection) as queries:
            look(browser, filled(("Lamps", "claim", "3")))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15, counts


def test_a_number_of_rows_that_is_none_is_no_error_of_ours(browser: Client) -> None:
    assert browser.post(PAGE, filled() | {"topics": "²", "do": "look"}).status_code == 200
