"""What triage tells of a claim: both of its texts, kind, reasons, sources, parts and day; opinions are kept apart."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.models import Appearance, Claim, Outlet, Speaker
from tests.cases import now
from tests.people import make_person
from tests.verification.admin.articles_with_claims import events, make_article_with, make_claim_at, page_of, post, seen
from tests.verification.admin.opening import as_person, told
from verification.models import Review, State
from verification.review import triage

pytestmark = pytest.mark.django_db
LIST = reverse("admin:triage")


@pytest.fixture
def person() -> User:
    return make_person("intake", name="Ines Mole")


@pytest.fixture
def browser(person: User) -> Client:
    return as_person(person)


def change(review: Review, **fields: object) -> None:
    Claim.objects.filter(pk=review.claim_id).update(**fields)


def reasons(*messages: str) -> list[dict[str, object]]:
    return [{"msgid": message, "params": {}} for message in messages]


def test_both_texts_stand_side_by_side_each_under_its_name(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    change(review, standalone="The harbour board bought a lamp on 4 May 2031.")
    page = seen(browser, article)
    assert page.index("The article’s words") < page.index("Proposed wording, to stand alone")
    assert "The harbour board bought a lamp on 4 May 2031." in page
    assert "Use this wording" in page


def test_the_proposed_wording_is_taken_over_with_one_press_and_nothing_typed_is_lost(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    change(review, standalone="The harbour board bought a lamp on 4 May 2031.")
    answer = post(browser, article, review, "use_wording", reason="A record exists.", deadline="2099-07-01T18:30")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(
        r'<textarea name="wording"[^>]*>\s*The harbour board bought a lamp on 4 May 2031.</textarea>', page
    )
    assert 'value="A record exists."' in page
    assert 'value="2099-07-01T18:30"' in page
    assert "Use this wording" not in page
    assert events(review) == ["opened"]
    post(browser, article, review, "accept", wording="The harbour board bought a lamp on 4 May 2031.")
    assert now(review).wording == "The harbour board bought a lamp on 4 May 2031."


def test_a_wording_that_somebody_saved_meanwhile_is_not_written_over_by_the_proposed_one(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    change(review, standalone="Proposed.")
    triage.reword(review, make_person("editor", name="Edda Quay"), 0, "What the editor wrote.")
    page = post(browser, article, review, "use_wording").content.decode()
    assert 'name="revision" value="0"' in page
    assert post(browser, article, review, "accept", wording="Proposed.").status_code == 409
    assert now(review).wording == "What the editor wrote."


def test_without_a_proposed_wording_none_is_offered(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    assert "Use this wording" not in seen(browser, article)
    assert post(browser, article, review, "use_wording", wording="Typed.").status_code == 200
    assert now(review).wording == review.wording


def test_the_three_weightiest_reasons_are_seen_at_once(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    change(review, reasons=reasons("one", "two", "three", "four", "five"), asserts=["quantity", "trend"])
    page = seen(browser, article)
    assert page.index("Three</li>") < page.index("2 more reasons") < page.index("Four</li>")
    for label in ("Reported statement", "Figure", "Comparison or trend"):
        assert f">{label}</span>" in page


def test_a_reason_that_lowers_the_score_is_told_as_one_and_never_stands_for_the_claim(browser: Client) -> None:
    article, cases = make_article_with(2)
    for review in cases:
        change(review, reasons=reasons("is worded vaguely", "says when, or since when"))
    page = " ".join(re.sub("<[^>]+>", "", seen(browser, article)).split())
    assert "lowers it: is worded vaguely" in page
    assert "lowers it: says when" not in page
    assert page.count("vaguely") == 1
    assert "vaguely" not in browser.get(LIST).content.decode()


def test_a_claim_that_was_reworded_shows_the_articles_words_and_names_the_others_as_the_desks(browser: Client) -> None:
    article, (first, _) = make_article_with(2)
    triage.accept(first, make_person("editor"), 0, wording="Port Ellow bought one lamp.", why="")
    page = seen(browser, article)
    words, wording = page.rindex(first.claim.text), page.index("Port Ellow bought one lamp.")
    assert words < page.index("The desk’s wording, not what the article says") < wording


def test_who_said_it_as_written_as_resolved_and_through_whom(browser: Client) -> None:
    article, (review,) = make_article_with(1, outlet=Outlet.objects.create(name="Gull Gazette"))
    both = Speaker.objects.create(name="Ada Quillfeather")
    change(review, speaker=Speaker.objects.create(name="Warden Quillfeather", joined_to=both))
    chain = [{"mention": "officials", "speaker": "Lake Board officials", "start": 0, "end": 3, "cue": "said"}]
    Appearance.objects.update(mention="the warden", mention_start=0, mention_end=3, chain=chain)
    page = re.sub(r"<[^>]+>", "", seen(browser, article))
    assert re.search(r"written as “the warden”\s*→\s*Ada Quillfeather", page)
    assert re.search(r"Gull Gazette\s*→\s*citing\s*Lake Board officials", page)


def test_a_prediction_brings_its_day_along_while_it_lies_ahead(browser: Client) -> None:
    article, cases = make_article_with(2)
    ahead = timezone.localdate() + timedelta(days=90)
    change(cases[0], due=ahead, score=0.9)
    change(cases[1], due=timezone.localdate() - timedelta(days=1), score=0.9)
    page = seen(browser, article, claim=cases[0].claim.public)
    assert "can be checked from" in page
    assert f'value="{ahead.isoformat()}"' in page
    assert "Accept the one with a score" in page  # the one whose day has come
    assert not re.search(r'type="date"[^>]* value=', seen(browser, article, claim=cases[1].claim.public))
    answer = post(browser, article, cases[0], "accept", not_before=ahead.isoformat())
    assert now(cases[0]).state == State.ON_HOLD
    assert "To undo that, an editor takes it off hold on the page of the case" in told(answer)
    assert "Accepted for its day: an editor takes it off hold" in seen(browser, article, claim=cases[0].claim.public)


def test_parts_are_listed_and_lead_to_the_page_that_divides(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    parts = [
        {"start": 0, "end": 9, "exact": "bought a lamp", "asserts": ["event"], "wording": "The board bought a lamp."},
        {"start": 9, "end": 20, "exact": "The mole is dark.", "asserts": ["event"], "wording": None},
    ]
    change(review, parts=parts)
    page = seen(browser, article)
    assert "2 parts that can be checked by themselves" in page
    assert "bought a lamp</li>" in page
    address = reverse("admin:case_parts", args=[review.pk])
    assert f'href="{address}?proposed=1&amp;article={article.public}"' in page
    assert (
        "\nThe board bought a lamp.\nThe mole is dark.</textarea>"
        in browser.get(f"{address}?proposed=1").content.decode()
    )
    assert "The board bought a lamp." not in browser.get(address).content.decode()


def test_opinions_stand_folded_at_the_end_and_come_last(browser: Client) -> None:
    article, cases = make_article_with(3)
    change(cases[0], kind=Claim.Kind.OPINION, score=0.95)
    page = seen(browser, article)
    assert (
        page.index('id="f2"') < page.index('id="f3"') < page.index("1 opinion: nothing in it") < page.index('id="f1"')
    )
    assert "Accept the" not in page
    assert '<li id="f2" class="is-on"' in page
    post(browser, article, cases[1], "accept")
    answer = post(browser, article, cases[2], "accept")
    assert answer["Location"].endswith("#f1")
    assert 'ro-opinions" open' in browser.get(answer["Location"]).content.decode()
    post(browser, article, cases[0], "accept")
    assert now(cases[0]).state == State.QUEUED


def test_an_opinion_is_never_accepted_together_with_the_strongest(browser: Client) -> None:
    article, cases = make_article_with(2)
    change(cases[0], kind=Claim.Kind.OPINION, score=0.95)
    named = [f"{review.pk}:0" for review in cases]
    browser.post(page_of(article), {"do": "accept_strongest", "case": named})
    assert [now(review).state for review in cases] == [State.TRIAGE, State.QUEUED]


def test_opinions_are_set_aside_together_and_nothing_else_with_them(browser: Client) -> None:
    article, cases = make_article_with(3)
    for review in cases[:2]:
        change(review, kind=Claim.Kind.OPINION)
    page = seen(browser, article)
    assert "Set all 2 aside as not checkable" in page
    fields = {"do": "set_opinions_aside", "case": [f"{review.pk}:0" for review in cases]}
    answers = [browser.post(page_of(article), fields) for _click in range(2)]
    assert ["2 opinions are set aside" in told(answer) for answer in answers] == [True, True]
    assert [now(review).state for review in cases] == [State.NOT_CHECKABLE, State.NOT_CHECKABLE, State.TRIAGE]
    assert events(cases[0]) == ["opened", "not_checkable"]
    assert "An opinion: nothing in it can be checked." in seen(browser, article)


def test_only_claims_that_assert_what_one_looks_for_are_shown(browser: Client) -> None:
    article, cases = make_article_with(3)
    change(cases[0], asserts=["event"])
    change(cases[1], kind=Claim.Kind.QUANTITY, asserts=["quantity", "event"])
    page = seen(browser, article, asserts="quantity")
    assert ('id="f2"' in page, 'id="f1"' in page, 'id="f3"' in page) == (True, False, False)
    assert 'action="?asserts=quantity#f2"' in page
    assert "asserts=event" in page
    assert "3 claims found" in page
    answer = browser.post(
        page_of(article, asserts="quantity"),
        {"claim": cases[1].claim.public, "revision": 0, "wording": "A lamp.", "do": "accept"},
    )
    assert "All claims of this kind are decided." in told(answer)
    assert answer["Location"].endswith("?asserts=quantity")
    assert 'id="f3"' in seen(browser, article, asserts="charm")


def test_strong_claims_stand_out_in_the_text(browser: Client) -> None:
    article, cases = make_article_with(3)
    change(cases[1], score=0.8)
    change(cases[2], kind=Claim.Kind.OPINION)
    page = seen(browser, article)
    for number, look in ((2, "is-strong"), (3, "is-opinion")):
        assert f'<a class="ro-mark {look}" href="?claim={cases[number - 1].claim.public}#f{number}"' in page
    assert "strong: a score of 0.7 or more" in page


def test_the_list_tells_why_an_article_matters(browser: Client) -> None:
    weak, (_case,) = make_article_with(1, title="Weak", language="de")
    strong, cases = make_article_with(3, title="Strong", language="xx-unknown")
    change(cases[0], score=0.6, reasons=reasons("a lesser one"))
    change(cases[1], score=0.8, reasons=reasons("gives a figure that can be compared with a record", "another"))
    change(cases[2], score=0.99, kind=Claim.Kind.OPINION)
    newest, (opinion,) = make_article_with(1, title="Opinions")
    change(opinion, kind=Claim.Kind.OPINION)
    page = browser.get(LIST).content.decode()
    assert page.index("Opinions") < page.index("Strong</a>") < page.index("Weak</a>")
    for shown in (
        "German",
        "xx-unknown",
        "language unknown",
        cases[1].wording,
        "0.80",
        "Gives a figure",
        "nothing but opinions",
    ):
        assert shown in page
    assert "0.99" not in page
    page = browser.get(LIST, {"order": "score"}).content.decode()
    assert page.index("Strong</a>") < page.index("Weak</a>") < page.index("Opinions</a>")
    assert {weak.language, strong.language, newest.language} == {"de", "xx-unknown", None}


def test_a_claim_without_a_case_shows_its_marks_too(browser: Client) -> None:
    article, _cases = make_article_with(1)
    make_claim_at(article, 4, 20, standalone="Alone.", parts=[], asserts=["event"])
    assert "its case is being opened" in seen(browser, article)
