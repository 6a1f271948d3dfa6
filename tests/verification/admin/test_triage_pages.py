"""The pages of triage: who may open them, and what they show of an article and its claims."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import Article, Outlet, Speaker, Submission
from tests.cases import make_candidate, make_document, now
from tests.people import make_person
from tests.verification.admin.articles_with_claims import make_article_with, make_claim_at, page_of, post, seen
from tests.verification.admin.opening import as_person
from tests.verification.publishing.samples import HOSTILE
from verification.models import Review, SearchRun, State
from verification.review import triage
from verification.review.states import TABLE

pytestmark = pytest.mark.django_db
LIST = reverse("admin:triage")


@pytest.mark.parametrize(
    ("role", "status"),
    [("intake", 200), ("editor", 200), ("checker", 403), ("publisher", 403), ("auditor", 403), ("administrator", 403)],
)
def test_triage_is_open_to_its_roles_only_even_by_address(role: str, status: int) -> None:
    article, (review,) = make_article_with(1)
    browser = as_person(make_person(role))
    assert browser.get(LIST).status_code == status
    assert browser.get(page_of(article)).status_code == status
    answer = post(browser, article, review, "accept")
    assert (answer.status_code == 403) == (status == 403)
    assert now(review).state == (State.QUEUED if status == 200 else State.TRIAGE)


def test_nobody_is_let_in_without_logging_in() -> None:
    article, _cases = make_article_with(1)
    for address in (LIST, page_of(article)):
        assert Client().get(address).status_code == 302


def test_no_step_out_of_triage_asks_for_a_hat() -> None:
    # The page does not read hats and turns for each claim: it relies on this.
    steps = [step for step in TABLE.values() if step.form == "triage" or step.verb == "reconsider"]
    assert len(steps) == 5
    assert not any(step.hat or step.gives for step in steps)


def test_the_list_shows_newest_first_what_waits_and_who_handed_it_in(browser: Client, person: User) -> None:
    older, cases = make_article_with(3, title="Older", outlet=Outlet.objects.create(name="Gull Gazette"))
    newer, _cases = make_article_with(1, title="Newer")
    Submission.objects.create(person=person, article=older)
    Submission.objects.create(person=make_person("editor", name="Edda Quay"), article=older)
    triage.accept(cases[0], person, 0)
    page = browser.get(LIST).content.decode()
    assert page.index("Newer") < page.index("Older")
    assert "handed in by Ines Mole, Edda Quay" in page
    assert "2 to decide" in page
    assert "1 of 3 decided" in page
    assert "Gull Gazette" in page
    triage.accept(Review.objects.get(claim__appearances__article=newer), person, 0)
    assert "Newer" not in browser.get(LIST).content.decode()


def test_an_empty_list_says_where_claims_come_from(browser: Client) -> None:
    assert "No claim waits for a decision" in browser.get(LIST).content.decode()


def test_a_long_list_has_pages(browser: Client) -> None:
    for number in range(53):
        make_article_with(1, title=f"Article {number:02}")
    first, second = (browser.get(LIST, {"p": number}).content.decode() for number in (1, 2))
    assert ("Article 52" in first, "Article 52" in second) == (True, False)
    assert ("Article 00" in first, "Article 00" in second) == (False, True)


def test_claims_stand_in_the_text_and_beside_it(browser: Client) -> None:
    article, cases = make_article_with(3)
    page = seen(browser, article)
    for number, review in enumerate(cases, start=1):
        assert page.count(f'href="?claim={review.claim.public}#f{number}"') == (1 if number == 1 else 2)
        assert f'<li id="f{number}"' in page
    assert page.count('aria-current="true"') == 2
    assert "3 claims found" in page


def test_the_text_can_be_read_back_from_the_page_even_where_claims_overlap(browser: Client) -> None:
    article, _cases = make_article_with(2)
    make_claim_at(article, 4, 90)
    make_claim_at(article, 10, 20)
    prose = re.search(r"</h2>\n(.*?)\n    </div>", seen(browser, article), re.DOTALL)
    assert prose is not None
    words = re.sub(r"<[^>]+>", "", re.sub(r"<sup>\d+</sup>", "", prose[1]))
    assert unescape(words) == article.text


def test_a_claim_without_a_case_yet_is_said_to_wait_for_one(browser: Client) -> None:
    article, _cases = make_article_with(1)
    make_claim_at(article, 4, 20)
    assert "its case is being opened" in seen(browser, article)


def test_an_article_that_is_still_read_or_has_no_claims_says_so(browser: Client) -> None:
    article, _cases = make_article_with(0)
    assert "No claim was found" in seen(browser, article)
    Article.objects.update(extracted_by=None)
    assert "still being lifted out" in seen(browser, article)


def test_strongest_first_keeps_the_numbers_of_the_text(browser: Client) -> None:
    article, _cases = make_article_with(1)
    make_claim_at(article, 4, 20, score=0.9)
    triage.open_cases()
    page = seen(browser, article, order="score")
    assert page.index('id="f2"') < page.index('id="f1"')
    assert 'action="?order=score#f' in page


def test_the_selected_claim_shows_what_is_known_of_it_and_nothing_more(browser: Client) -> None:
    article, cases = make_article_with(2)
    claim = cases[1].claim
    claim.speaker = Speaker.objects.create(name="Ada Quillfeather")
    claim.reasons = [{"msgid": "names whom or what it is about", "params": {}}]
    claim.save()
    check = {"class": "altered", "flags": ["truncated"], "similarity": 0.9, "diff": []}
    make_candidate(claim, make_document("No lamp was bought.", title="Remarks on the mole"), quote_check=check)
    page = seen(browser, article, claim=claim.public)
    for shown in ("Ada Quillfeather", "Names whom", "Remarks on the mole", "No lamp was bought.", "Altered words"):
        assert shown in page
    assert "date unknown" in page
    assert "The library has not been asked yet." in seen(browser, article)


def test_nothing_found_and_could_not_be_asked_read_differently(browser: Client) -> None:
    article, (review,) = make_article_with(1)
    told_by = {SearchRun.Outcome.EMPTY: "Nothing was found", SearchRun.Outcome.FAILED: "could not be asked"}
    for outcome, words in told_by.items():
        SearchRun.objects.create(claim=review.claim, query={}, documents=3, outcome=outcome, started_at=timezone.now())
        assert words in seen(browser, article)


def test_the_next_article_is_the_next_older_one_then_the_newest(browser: Client) -> None:
    oldest, middle, newest = (make_article_with(1, title=name)[0] for name in ("Oldest", "Middle", "Newest"))
    for article, following in ((newest, middle), (middle, oldest), (oldest, newest)):
        assert f'href="{page_of(following)}" data-key="]"' in seen(browser, article)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_stay_words(browser: Client, person: User, text: str) -> None:
    article, cases = make_article_with(2, title=text, byline=text, outlet=Outlet.objects.create(name=text[:200]))
    claim = cases[0].claim
    claim.speaker = Speaker.objects.create(name=text[:200])
    claim.text = text
    claim.save()
    make_candidate(claim, make_document(text.strip() or "Lamps.", title=text))
    post(browser, article, cases[0], "reword", wording=text)
    post(browser, article, cases[1], "decline", reason=text)
    for page in (seen(browser, article), browser.get(LIST).content.decode()):
        assert "<script>alert(1)" not in page
        assert "onmouseover='alert" not in page
        assert "SECRET_KEY" not in page or "{{ settings.SECRET_KEY }}" in page


def test_the_page_asks_the_database_the_same_for_five_claims_and_for_forty(browser: Client, person: User) -> None:
    counts = []
    for number in (5, 40):
        article, cases = make_article_with(number)
        Submission.objects.create(person=person, article=article)
        triage.set_aside(cases[0], person, 0, "decline", "Too small.")
        triage.accept(cases[1], person, 0)
        make_candidate(cases[2].claim)
        seen(browser, article)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            seen(browser, article)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16, counts


def test_the_list_asks_the_database_the_same_for_two_articles_and_for_thirty(browser: Client, person: User) -> None:
    counts = []
    for number in (2, 28):
        for _article in range(number):
            article, _cases = make_article_with(1)
            Submission.objects.create(person=person, article=article)
        browser.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            browser.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15, counts
