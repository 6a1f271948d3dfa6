"""Archived copies: what a page says of how it was captured, and what can be taken away to check it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from claims.archiving import archive as store
from claims.archiving import keep, part
from claims.capture.archive import WARC, FolderArchive
from claims.capture.text import text_sha256
from claims.models import Attestation, Snapshot
from tests.cases import Walk, make_candidate, make_document
from tests.claims.capture.doors import door, url
from tests.claims.capture.loopback import LoopbackServer, response
from tests.factories import make_article, make_claim, make_snapshot
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of
from verification.models import Document, Review
from verification.review.triage import open_cases

pytestmark = pytest.mark.django_db
PAGE = b"<h1>Remarks</h1><p>Forty lamps burn on the mole.</p>"


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer({"/remarks": response(PAGE), "/feed": response(b"<rss/>")}) as running:
        yield running


@pytest.fixture
def browser() -> Client:
    return as_person(make_person("checker"))


def kept(server: LoopbackServer, path: str) -> Snapshot:
    with door(server) as ours:
        capture = ours.fetch(url(server, path))
    return keep(capture, capture.outcome, None)


def shown(browser: Client, document: Document) -> str:
    answer = browser.get(reverse("admin:document_copy", args=[document.pk]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def taken(browser: Client, name: str, *of: object) -> tuple[Any, bytes]:
    """Return an answer and the file that comes with it."""
    answer = browser.get(reverse(f"admin:{name}", args=of))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return answer, answer.getvalue()


def test_a_copy_says_how_it_was_captured_and_that_it_is_unchanged(server: LoopbackServer, browser: Client) -> None:
    first, again = kept(server, "/remarks"), kept(server, "/remarks")
    page = shown(browser, make_document("Forty lamps.", snapshot=first))
    assert first.sha256 in page
    assert "127.0.0.1" in page
    assert text_sha256("Forty lamps.") in page
    assert "Unchanged since" not in page
    page = shown(browser, make_document("Forty lamps.", snapshot=again, stable_id="again"))
    assert "Unchanged since" in page
    assert reverse("admin:exchange", args=[again.public]) in page


def test_a_certificate_is_named_by_its_fingerprint(browser: Client) -> None:
    snapshot = make_snapshot(b"page", origin="fetched", certificate_sha256="ab" * 32, address="192.0.2.1")
    assert "ab" * 32 in shown(browser, make_document(snapshot=snapshot))


def test_an_item_of_a_feed_leads_to_the_feed_and_its_exchange(server: LoopbackServer, browser: Client) -> None:
    feed = kept(server, "/feed")
    item = part(feed, b"<p>one item</p>", "text/html", "http://site.example/item")
    page = shown(browser, make_document(snapshot=item))
    assert "Read out of" in page
    assert url(server, "/feed") in page
    assert reverse("admin:exchange", args=[feed.public]) in page


def test_what_others_attest_of_the_bytes_is_listed_and_a_stamp_can_be_taken_away(browser: Client) -> None:
    snapshot, twin = make_snapshot(b"page"), make_snapshot(b"page")
    at = datetime(2031, 5, 4, 12, tzinfo=UTC)
    stamped = Attestation.objects.create(
        snapshot=twin, kind="rfc3161", reference="http://stamps.example/", token=b"a stamp", attested_at=at
    )
    copy = "https://web.archive.org/web/20310504120000/https://port.example/"
    Attestation.objects.create(snapshot=snapshot, kind="wayback", reference=copy, attested_at=at)
    page = shown(browser, make_document(snapshot=snapshot))
    assert "4 May 2031" in page
    assert f'href="{copy}"' in page
    assert "http://stamps.example/" in page
    answer, token = taken(browser, "stamp", stamped.pk)
    assert token == b"a stamp"
    assert ".tst" in answer["Content-Disposition"]


def test_the_exchange_and_the_web_archive_can_be_taken_away(server: LoopbackServer, browser: Client) -> None:
    snapshot = kept(server, "/remarks")
    _answer, file = taken(browser, "exchange", snapshot.public)
    assert file == store().get(snapshot.warc_sha256 or "", suffix=WARC)
    answer, data = taken(browser, "copy_wacz", snapshot.public)
    assert answer["Content-Type"] == "application/wacz"
    assert f"archive/{snapshot.warc_sha256}.warc.gz" in ZipFile(BytesIO(data)).namelist()


def test_what_is_not_there_or_was_damaged_is_not_handed_out(
    server: LoopbackServer, browser: Client, archive: Path
) -> None:
    snapshot, lost = kept(server, "/remarks"), make_snapshot(b"never archived")
    path = FolderArchive(archive).path(snapshot.warc_sha256 or "", suffix=WARC)
    path.chmod(0o600)
    path.write_bytes(b"changed")
    for name, of in (
        ("exchange", snapshot.public),
        ("copy_wacz", snapshot.public),
        ("original", lost.sha256),
        ("exchange", lost.public),
        ("stamp", 0),
    ):
        assert browser.get(reverse(f"admin:{name}", args=[of])).status_code == 404, name


@pytest.fixture
def review(server: LoopbackServer) -> Review:
    """Return a case whose article, source and letter lie in the archive."""
    store().put(b"the article")
    claim = make_claim(make_article(snapshot=make_snapshot(b"the article", filename="lamps.txt")))
    open_cases()
    make_candidate(claim, make_document(snapshot=kept(server, "/remarks"), title="Remarks"))
    make_candidate(claim, make_document(snapshot=make_snapshot(b"Dear Warden"), withheld=True))
    return Review.objects.get(claim=claim)


def test_a_case_offers_everything_it_rests_on_and_says_what_stays_out(review: Review, browser: Client) -> None:
    text = browser.get(page_of(review, "case_file")).content.decode()
    assert "The 2 captures this case rests on" in text
    assert "1 capture is withheld from readers and stays out." in text
    assert page_of(review, "case_wacz") in text
    answer, data = taken(browser, "case_wacz", review.pk)
    assert f'filename="{review.number}.wacz"' in answer["Content-Disposition"]
    pages = ZipFile(BytesIO(data)).read("pages/pages.jsonl").decode()
    assert "lamps.txt" in pages
    assert "Remarks" in pages


def test_nobody_without_a_role_takes_anything_away(review: Review) -> None:
    stranger, snapshot = as_person(make_person()), Snapshot.objects.exclude(warc_sha256=None).get()
    assert stranger.get(page_of(review, "case_wacz")).status_code == 403
    for name in ("copy_wacz", "exchange"):
        assert stranger.get(reverse(f"admin:{name}", args=[snapshot.public])).status_code == 403


def in_place(browser: Client, review: Review, document: Document, passage: tuple[int, int]) -> str:
    query = f"?start={passage[0]}&end={passage[1]}&case={review.pk}"
    answer = browser.get(reverse("admin:document_copy", args=[document.pk]) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_copy_opened_from_a_case_leads_back_to_it_and_marks_what_it_shares_with_the_claim(browser: Client) -> None:
    claim = make_claim(text="The wardens counted lamps.")
    open_cases()
    review = Review.objects.get(claim=claim)
    document = make_document("A notice.\n\nSome forty lamps burn there.\n \nNobody asked.\n\nThe end.")
    page = in_place(browser, review, document, (0, len(document.text) - len("\n\nThe end.")))
    assert f'<a href="{reverse("admin:verification_review_change", args=[review.pk])}">{review.number}</a>' in page
    assert (
        '<span class="ro-within">Some forty </span><mark>lamps</mark><span class="ro-within"> burn there.</span>'
        in page
    )
    assert '</span>\n \n<span class="ro-within">Nobody asked.</span>\n\nThe end.' in page


def test_of_a_quotation_that_stands_in_a_copy_its_very_words_are_marked(browser: Client) -> None:
    claim = make_claim()
    open_cases()
    document = make_document("Before. The lamps were never lit. After.")
    check = {"class": "altered", "start": 8, "end": 33, "before": "Before. ", "after": " After.", "diff": []}
    make_candidate(claim, document, start=0, end=40, exact=document.text, quote_check=check)
    page = in_place(browser, Review.objects.get(claim=claim), document, (0, 40))
    assert page.count("<mark>") == 1
    assert "<mark>The lamps were never lit.</mark>" in page


def test_a_passage_without_a_case_is_marked_as_a_whole_and_blank_lines_never(browser: Client) -> None:
    document = make_document("One lamp.\n\n \nTwo lamps.")
    page = browser.get(reverse("admin:document_copy", args=[document.pk]) + "?start=0&end=24").content.decode()
    assert "<mark>One lamp.</mark>\n\n \n<mark>Two lamps.</mark>" in page
    assert "Queue" not in page.split("</nav>")[0].split('class="breadcrumbs"')[1].split("</div>")[0]


def test_a_case_that_is_none_lends_a_copy_nothing(browser: Client) -> None:
    document = make_document("One lamp.")
    for case in ("0", "x", "9" * 30, "²"):
        answer = browser.get(reverse("admin:document_copy", args=[document.pk]) + f"?start=0&end=9&case={case}")
        assert "<mark>One lamp.</mark>" in answer.content.decode()


def test_an_article_opened_from_a_case_has_the_claim_marked(browser: Client) -> None:
    article = make_article(text="Lead.\nForty lamps burn on the mole.")
    claim = make_claim(article)
    open_cases()
    review = Review.objects.get(claim=claim)
    page = browser.get(reverse("admin:article_copy", args=[article.pk]) + f"?start=6&end=36&case={review.pk}")
    assert 'Lead.\n<span id="passage"></span><mark>Forty lamps burn on the mole.</mark>' in page.content.decode()
    assert f">{review.number}</a>" in page.content.decode()


def test_who_has_no_role_any_more_opens_no_copy_by_the_number_of_a_case() -> None:
    walk = Walk().accepted().taken()
    walk.checker.groups.clear()
    document = make_document(pk=walk.review.pk)
    assert as_person(walk.checker).get(reverse("admin:document_copy", args=[document.pk])).status_code == 403


def test_a_link_to_a_passage_leads_to_it(browser: Client) -> None:
    document = make_document("Good evening.\n\nForty lamps burn.\n\nGood night.")
    address = f"{reverse('admin:document_copy', args=[document.pk])}?start=13&end=32"
    text = browser.get(address).content.decode()
    assert text.count('id="passage"') == 1
    assert text.index("Good evening.") < text.index('id="passage"') < text.index("Forty lamps burn.")
