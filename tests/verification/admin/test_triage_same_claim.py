"""The same claim again, as triage shows it: what was checked before, what may be the same, and one click to confirm."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Article, Claim, Submission
from tests.cases import Walk, make_candidate, make_document, make_run, now
from tests.factories import make_article, make_claim
from tests.people import make_person
from tests.verification.admin.articles_with_claims import events, make_article_with, post, seen
from tests.verification.admin.opening import as_person, told
from verification.admin.case.timeline import payload_of
from verification.models import Review, ReviewEvent, State
from verification.review import afterwards, triage
from verification.review.similar import MOST_LOOKED_UP

pytestmark = pytest.mark.django_db
ROSE = "Unemployment in Port Example rose to 4.1 per cent in May, the harbour board said."
FELL = "Unemployment in Port Example fell to 4.1 per cent in May, the harbour board said."
AGAIN = "In May unemployment in Port Example rose to 4.1 percent, according to the harbour board."


@pytest.fixture
def person() -> User:
    return make_person("intake", name="Ines Mole")


@pytest.fixture
def browser(person: User) -> Client:
    return as_person(person)


def printed(text: str, **fields: object) -> tuple[Article, Review]:
    """Let an article print a claim, and open its case."""
    article = make_article(text, title="The board reports", language="en", extracted_by="english 1", **fields)
    claim: Claim = make_claim(article)
    triage.open_cases()
    return article, Review.objects.select_related("claim").get(claim=claim)


def published(text: str = ROSE) -> Walk:
    """Walk the case of a claim to its publication."""
    walk = Walk.__new__(Walk)
    _article, walk.review = printed(text)
    walk.second_check = False
    make_candidate(walk.review.claim, make_document("The rate stood at 4.1 per cent."))
    walk.intake, walk.checker = make_person("intake"), make_person("checker", name="Cato Lamp")
    walk.editor, walk.publisher = make_person("editor", name="Edda Quay"), make_person("publisher")
    walk.to_publication()
    return walk


def crowd() -> None:
    """Open other cases, so that words can be rare."""
    for number in range(6):
        printed(f"The board of Port Example bought lamp number {number} for its northern mole in spring.")


def test_a_claim_that_was_checked_before_is_shown_with_its_answer_and_joined_by_one_click(browser: Client) -> None:
    crowd()
    original = published().review
    article, review = printed(AGAIN)
    page = seen(browser, article)
    assert "Checked before" in page
    assert re.search(r'class="ro-rating is-\w+">.*False', page)
    assert f'href="/checks/{original.public}/"' in page
    assert f'value="duplicate:{original.pk}" data-key="d"' in page
    assert page.count('data-key="d"') == 1
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    answer = post(browser, article, review, f"duplicate:{original.pk}", shown=shown)
    assert told(answer).startswith(f"{review.number} is set aside as a duplicate")
    assert (now(review).state, now(review).duplicate_of) == (State.DUPLICATE, original)
    event = ReviewEvent.objects.select_related("payload").get(review=original, verb="appearance_joined")
    logged = payload_of(event) or {}
    assert logged["strength"] == "strong"
    assert 0.4 <= float(str(logged["score"])) <= 1


def test_what_was_checked_before_is_not_accepted_together_with_the_strongest(browser: Client) -> None:
    crowd()
    original = published().review
    article, review = printed(AGAIN)
    answer = browser.post(
        f"/admin/verification/review/triage/{article.public}/",
        {"do": "accept_strongest", "case": f"{review.pk}:{review.revision}"},
        follow=True,
    )
    assert f"{review.number} was left to decide by itself: {original.number}" in answer.content.decode()
    assert now(review).state == State.TRIAGE


def test_rose_is_not_fell_however_alike_the_words_are(browser: Client) -> None:
    crowd()
    original = published().review
    article, _review = printed(FELL)
    page = seen(browser, article)
    assert "Checked before" not in page
    assert "May be the same" in page
    assert "One says fell, the other rose" in page
    assert f'value="duplicate:{original.pk}"' in page
    assert 'data-key="d" data-needs="id_original"' in page
    assert f"Is it the same? Join {original.number}" in page
    assert re.search(r"<span>(very )?alike\s*</span>", page)
    assert "likeness" not in page


@pytest.mark.parametrize(
    "text",
    [
        ROSE.replace("4.1", "6.2"),
        ROSE.replace("May", "June"),
        ROSE.replace("rose", "never rose"),
    ],
)
def test_another_figure_another_month_or_a_negation_is_never_held_to_be_the_same(browser: Client, text: str) -> None:
    crowd()
    published()
    article, _review = printed(text)
    page = seen(browser, article)
    assert "Checked before" not in page
    assert "ro-against" in page


def test_what_is_on_the_desk_and_not_published_is_told_as_such(browser: Client) -> None:
    crowd()
    _first, original = printed(ROSE)
    article, _review = printed(AGAIN)
    page = seen(browser, article)
    assert "On the desk already" in page
    assert "Checked before" not in page
    assert f"Join {original.number}" in page


def test_a_claim_is_known_again_by_a_wording_a_headline_or_a_duplicate_it_got_later(
    browser: Client, person: User
) -> None:
    crowd()
    _first, original = printed("It went up again, they said on the mole.")
    triage.reword(original, person, 0, ROSE)
    article, review = printed(AGAIN)
    assert "On the desk already" in seen(browser, article)
    triage.mark_duplicate(review, person, 0, now(original))
    triage.reword(original, person, 1, "The board spoke of a figure.")
    third, _case = printed(AGAIN.replace("according to", "says"))
    page = seen(browser, third)
    assert f"in the words of {review.number}, which joined it" in page
    assert f'value="duplicate:{original.pk}"' in page


def test_a_case_that_came_to_nothing_is_not_offered(browser: Client, person: User) -> None:
    crowd()
    _first, declined = printed(ROSE)
    triage.set_aside(declined, person, 0, "decline", "Too small.")
    article, _review = printed(AGAIN)
    assert f"Join {declined.number}" not in seen(browser, article)


def test_a_score_that_the_page_did_not_show_is_not_logged(browser: Client) -> None:
    crowd()
    _first, original = printed(ROSE)
    article, review = printed(AGAIN)
    other_article, _other = printed(AGAIN + " Again.")
    foreign = re.findall(r'name="shown" value="([^"]+)"', seen(browser, other_article))
    forged = f"{review.pk} {original.pk} 1.0 strong:made-up"
    post(browser, article, review, "duplicate", original=original.number, shown=[forged, "x", *foreign])
    event = ReviewEvent.objects.select_related("payload").get(review=review, verb="duplicate")
    assert payload_of(event) == {"of": str(original.public)}


def test_a_second_click_on_a_duplicate_of_a_duplicate_is_not_told_as_an_error(browser: Client, person: User) -> None:
    _first, original = printed(ROSE)
    _second, again = printed(AGAIN)
    triage.mark_duplicate(again, person, 0, original)
    article, review = printed(FELL)
    answers = [post(browser, article, review, "duplicate", original=again.number) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert original.number in told(answers[1])
    assert events(review) == ["opened", "duplicate"]


def test_an_original_that_was_closed_meanwhile_is_told_and_nothing_typed_is_lost(browser: Client, person: User) -> None:
    _first, original = printed(ROSE)
    article, review = printed(AGAIN)
    triage.set_aside(original, person, 0, "decline", "Too small.")
    answer = post(browser, article, review, f"duplicate:{original.pk}", wording="What I wrote.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{original.number} is closed (declined), so nothing can join it" in page
    assert "What I wrote." in page


def test_the_page_of_an_article_handed_in_says_what_was_checked_already(browser: Client, person: User) -> None:
    crowd()
    original = published().review
    article, review = printed(AGAIN)
    submission = Submission.objects.create(person=person, article=article)
    page = f"/admin/claims/submission/{submission.pk}/change/"
    assert "Already checked" not in browser.get(page).content.decode()
    make_run(review.claim)
    html = browser.get(page).content.decode()
    assert "Already checked" in html
    assert "No: the record says otherwise" in html
    assert "triage confirms it" in html
    triage.mark_duplicate(review, person, 0, original)
    html = browser.get(page).content.decode()
    assert "Each was confirmed in triage" in html


def test_a_check_that_was_withdrawn_from_readers_is_no_answer(browser: Client) -> None:
    crowd()
    walk = published()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "void", "The transcript was a forgery.")
    walk.review = now(walk.review)
    walk.taken().proposed().drafted(change_note="The transcript was a forgery.").approved().published()
    article, _review = printed(AGAIN)
    page = seen(browser, article)
    assert "On the desk already" in page
    assert "Checked before" not in page
    assert "ro-rating" not in page


def test_looking_for_answers_asks_the_database_little_however_many_claims_there_are(
    browser: Client, person: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    published()
    article, cases = make_article_with(40)
    for review in cases:
        make_run(review.claim)
    submission = Submission.objects.create(person=person, article=article)
    with django_assert_max_num_queries(12 + 5 * MOST_LOOKED_UP):
        assert "40 claims found" in browser.get(f"/admin/claims/submission/{submission.pk}/change/").content.decode()
