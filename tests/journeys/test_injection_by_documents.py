"""Script injection by what is fetched and handed in: documents made of hostile lines go through the desk's own verbs.

What a form refuses is looked at too, since it comes back with the same words in it.
"""

import logging
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from claims.archiving import Handed
from claims.extracting import extract_claims
from claims.extraction.engines import load_engines
from claims.intake import EXTRACT
from claims.models import Appearance, Article, Snapshot, Submission, Work
from claims.running import run_leased
from claims.submitting import FETCH, fetch_submission, submit_address
from tests.cases import Walk, now
from tests.injections import lines
from tests.journeys.hostile_pages import arrived, article_page, files, said
from tests.journeys.poisoning import chunks
from tests.journeys.watching import Watch
from tests.people import make_person
from tests.replay.answering import Reply
from tests.replay.site import ReplaySite
from tests.verification.publishing.rows import set_desk
from verification.models import Desk, Document, Rating, Review, SearchRun
from verification.research.adding import add_to_case
from verification.review import drafting, triage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
ENGINES = ["claims.extraction.english.EnglishEngine"]
IN_AN_ARTICLE = 105


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture
def site(settings: Settings) -> Iterator[ReplaySite]:
    with ReplaySite(robots="User-agent: *\nAllow: /\n") as site:
        settings.FETCH_PRIVATE_TARGETS = site.targets()
        yield site


def bring_in(person: User, address: str) -> Article:
    """Do what a person and the workers do: hand an address in, fetch it, lift the claims out, open their cases."""
    submission = submit_address(person, address)
    fetching = Work.objects.get(kind=FETCH, subject=submission.pk)
    assert run_leased(fetching.pk, lambda lease: fetch_submission(submission, lease))
    article = Article.objects.get(submissions=submission)
    extracting = Work.objects.get(kind=EXTRACT, subject=article.pk)
    assert run_leased(extracting.pk, lambda lease: extract_claims(article, load_engines(ENGINES), lease))
    triage.open_cases()
    return article


def test_no_line_gets_through_that_an_article_brought(watch: Watch, live_server: LiveServer, site: ReplaySite) -> None:
    found = lines()
    editor: User = Walk().editor
    articles = []
    for number, start in enumerate(range(0, len(found), IN_AN_ARTICLE)):
        some = found[start : start + IN_AN_ARTICLE]
        if len(some) < 10:
            break
        plain = "\n\n".join([f"Lamps {number}", *(said(at, line) for at, line in enumerate(some))])
        is_page = number % 2 == 0
        site.answers[f"/{number}"] = (
            Reply(article_page(number, some)) if is_page else Reply(plain.encode(), "text/plain; charset=utf-8")
        )
        articles.append(bring_in(editor, site.address(f"/{number}")))
    assert arrived(found, (article.text for article in articles)) > len(found) // 2
    assert Appearance.objects.filter(article__in=articles).count() > 20
    page, faults = watch(editor), []
    addresses = [reverse("admin:triage"), reverse("admin:verification_review_changelist")]
    for article in articles:
        addresses += [reverse("admin:triage_article", args=[article.public])]
        addresses += [reverse("admin:article_copy", args=[article.pk])]
        submission = Submission.objects.get(article=article)
        addresses += [reverse("admin:claims_submission_change", args=[submission.pk])]
        for review in Review.objects.filter(claim__appearances__article=article).order_by("pk")[:2]:
            for name in ("verification_review_change", "case_file"):
                addresses.append(reverse(f"admin:{name}", args=[review.pk]))
    for address in addresses:
        faults += page.faults(f"{live_server.url}{address}")
    assert faults == []


def test_no_line_gets_through_that_a_source_brought(watch: Watch, live_server: LiveServer, site: ReplaySite) -> None:
    found = lines()
    walk = Walk().accepted().taken()
    page = watch(walk.checker)
    case = f"{live_server.url}{reverse('admin:verification_review_change', args=[walk.review.pk])}"
    faults = page.faults(case)
    for number in range(2):
        site.answers[f"/{number}"] = Reply(article_page(number, found[number * 150 : number * 150 + 150]))
        handed = {"url": site.address(f"/{number}"), "tier": "1"}
        faults += page.sent(reverse("admin:case_add_source", args=[walk.review.pk]), handed)
    for name, body in files(found):
        add_to_case(now(walk.review), walk.checker, Handed(body, Snapshot.Origin.UPLOADED, filename=name), tier=5)
    documents = list(Document.objects.order_by("pk"))
    assert len(documents) == 7
    assert arrived(found, (each.text for each in documents)) > len(found) // 2
    faults += page.faults(case)
    addresses = [reverse("admin:case_file", args=[walk.review.pk])]
    addresses += [reverse("admin:document_copy", args=[each.pk]) for each in documents]
    for run in SearchRun.objects.filter(claim=walk.review.claim):
        addresses.append(reverse("admin:search_record", args=[walk.review.pk, run.pk]))
    for address in addresses:
        faults += page.faults(f"{live_server.url}{address}")
    assert faults == []


def test_no_line_gets_through_that_a_refused_form_gives_back(watch: Watch, live_server: LiveServer) -> None:
    found = lines()
    walk = Walk().accepted().taken()
    drafted = Walk().accepted().taken().proposed()
    drafting.draft_of(drafted.review, drafted.checker)
    drafting.write(now(drafted.review), drafted.editor, 0, headline="No", explanation="It has not [1].")
    set_desk(name="Lamp desk")
    page, second, third, faults = watch(walk.checker), watch(drafted.checker), watch(make_person("administrator")), []
    settings_page = f"{live_server.url}{reverse('admin:verification_desk_change', args=[Desk.objects.get().pk])}"
    rating = str(Rating.objects.get(scale__in_use=True, value=1).pk)
    case = f"{live_server.url}{reverse('admin:verification_review_change', args=[walk.review.pk])}"
    old = {"revision": "0", "judgment_revision": "77", "draft_revision": "0", "rating": rating}
    for text in chunks(found, 15_000):
        typed = old | {"reasoning": text, "sourcing_reason": text, f"called-{rating}": text, "save": "1"}
        faults += page.faults(case) + page.sent(reverse("admin:case_judge", args=[walk.review.pk]), typed)
        assert page.page.get_by_text("Yours, not stored").count()
        faults += page.sent(reverse("admin:case_comment", args=[walk.review.pk]), {"text": text})
        faults += page.sent(reverse("admin:case_reword", args=[walk.review.pk]), {"wording": text, "revision": "0"})
        faults += page.sent(reverse("admin:queue_keep"), {"name": text, "query": text, "columns": text})
        draft = f"{live_server.url}{reverse('admin:case_draft', args=[drafted.review.pk])}"
        typed = old | {"headline": text, "explanation": text, "change_note": text, "save": "1"}
        faults += second.faults(draft) + second.sent(draft, typed)
        typed = {"name": text, "homepage": text, "contact": text, "description": text, "licence": text}
        faults += third.faults(settings_page) + third.sent(settings_page, typed)
        assert third.page.locator(".errorlist, [role=alert]").count()
    faults += page.faults(case)
    for text in list(chunks(found, 280))[::12]:
        faults += page.sent(reverse("admin:case_find", args=[walk.review.pk]), {"words": text})
    assert faults == []
