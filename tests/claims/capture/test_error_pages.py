"""A 200 that carries an error page is not the page; an article about one is."""

import re
import time
from pathlib import Path

import pytest

from claims.capture.error_page_signs import KINDS
from claims.capture.error_pages import EMPTY, NoPage, why_no_page
from claims.capture.outcome import Outcome
from tests.claims.capture.article_samples import ARTICLES, ORDER
from tests.claims.capture.error_page_samples import FAILED, NOT_FOUND, REFUSED, THROTTLED, page

REAL_PAGES = Path(__file__).parents[4] / "shared" / "data" / "pages.tgz"
HTML = [("Content-Type", "text/html; charset=utf-8")]


def judged(body: str | bytes, media_type: str | None = "text/html", accept: str | None = None) -> NoPage | None:
    sent = body if isinstance(body, bytes) else body.encode()
    return why_no_page(200, media_type, HTML if media_type == "text/html" else [], sent, accept)


def outcome(body: str | bytes, media_type: str | None = "text/html", accept: str | None = None) -> Outcome | None:
    found = judged(body, media_type, accept)
    return found.outcome if found else None


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_served_as_a_page_is_one(name: str) -> None:
    assert outcome(REFUSED[name]) is Outcome.REFUSED


@pytest.mark.parametrize("name", THROTTLED)
def test_a_site_that_is_asked_too_often_may_say_so_as_a_page(name: str) -> None:
    assert outcome(THROTTLED[name]) is Outcome.THROTTLED


@pytest.mark.parametrize("name", NOT_FOUND)
def test_a_missing_page_that_is_served_as_one_is_missing(name: str) -> None:
    assert outcome(NOT_FOUND[name]) is Outcome.NOT_FOUND


@pytest.mark.parametrize("name", FAILED)
def test_a_fault_served_as_a_page_is_one(name: str) -> None:
    assert outcome(FAILED[name]) is Outcome.FAILED


@pytest.mark.parametrize("name", ARTICLES)
def test_a_page_that_tells_of_such_is_the_page(name: str) -> None:
    assert judged(ARTICLES[name]) is None


def test_every_kind_says_what_to_do_in_one_sentence() -> None:
    told = {judged(body) for samples in (REFUSED, THROTTLED, NOT_FOUND, FAILED) for body in samples.values()}
    assert {kind.sentence for kind in KINDS} <= {found.sentence for found in told if found}
    for found in told:
        assert found is not None
        assert re.fullmatch(r"(The|Nobody)\b[^.]*\.", str(found.sentence)), found


@pytest.mark.parametrize("space", [b"", b" \r\n"])
def test_nothing_is_empty_and_no_fault(space: bytes) -> None:
    assert judged(space) == judged(space, None) == judged(space, "application/json", "application/json") == EMPTY


def test_a_202_without_a_page_says_nothing_yet() -> None:
    found = why_no_page(202, None, [], b"")
    assert found is not None
    assert found.outcome is Outcome.FAILED


@pytest.mark.parametrize("header", [("cf-mitigated", "challenge"), ("X-Amzn-Waf-Action", "captcha")])
@pytest.mark.parametrize("status", [200, 202, 403, 429])
def test_a_challenge_may_be_told_by_its_header_alone(status: int, header: tuple[str, str]) -> None:
    found = why_no_page(status, "text/html", [header], b"")
    assert found is not None
    assert found.outcome is Outcome.REFUSED


def test_a_challenge_behind_a_503_is_a_refusal_and_other_statuses_say_all() -> None:
    challenge = REFUSED["a script's test"].encode()
    assert [getattr(why_no_page(status, "text/html", HTML, challenge), "outcome", None) for status in (429, 503)] == [
        Outcome.REFUSED
    ] * 2
    assert why_no_page(503, "text/html", HTML, FAILED["maintenance"].encode()) is None
    for status in (301, 304, 403, 404, 500):
        assert why_no_page(status, "text/html", HTML, challenge) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please limit requests to one every five seconds, or write to us for more.", Outcome.THROTTLED),
        ("Too many requests", Outcome.THROTTLED),
        ("error code: 1020", Outcome.REFUSED),
        ("Access denied.", Outcome.REFUSED),
        ("Invalid API key", Outcome.REFUSED),
        ("404 page not found\n", Outcome.NOT_FOUND),
        ("no healthy upstream", Outcome.FAILED),
        ("upstream connect error or disconnect/reset before headers. reset reason: connection failure", Outcome.FAILED),
        ("Service Unavailable", Outcome.FAILED),
        ('Traceback (most recent call last):\n  File "lake.py", line 3, in lamp\nKeyError: 7', Outcome.FAILED),
        ("User-agent: *\nDisallow: /admin\n", None),
        ("month,passengers\n2032-05,41\n", None),
        ("The mole is closed to vehicles.", None),
        (f"Remarks on the outage\n\n{ORDER}", None),
        ("7", None),
    ],
)
def test_a_notice_in_plain_text_is_no_text(text: str, expected: Outcome | None) -> None:
    assert outcome(text, "text/plain") is expected
    assert outcome(text, None) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"error": {"code": "API_KEY_MISSING", "message": "No api_key was supplied."}}', Outcome.REFUSED),
        ('{"message": "Forbidden"}', Outcome.REFUSED),
        ('{"detail": "Not found."}', Outcome.NOT_FOUND),
        ('{"status": "REQUEST_NOT_PROCESSED", "responseTime": 0, "message": ["The daily threshold was reached."], '
         '"Results": {}}', Outcome.THROTTLED),
        ('[{"message": [{"id": "120", "key": "Invalid value", "value": "It is not valid"}]}]', Outcome.FAILED),
        ('{"status": "error", "status_ext": "error:too-many-captures", "message": "Ten times today."}', Outcome.FAILED),
        ('{"code": "rest_no_route", "message": "There is no such route.", "data": {"status": 404}}', Outcome.NOT_FOUND),
        ('{"data": null, "errors": [{"message": "It broke.", "locations": [{"line": 1}]}]}', Outcome.FAILED),
        ('{"success": false}', Outcome.FAILED),
        ('{"statusCode": 429, "message": "Rate limit is exceeded. Try again in 2 seconds."}', Outcome.THROTTLED),
        ('{"fault": {"faultstring": "Invalid token"}}', Outcome.REFUSED),
        ('{"count": 0, "results": []}', None),
        ("{}", None),
        ("[]", None),
        ('{"error": null, "items": [1]}', None),
        ('{"errors": [], "data": {"title": "Lamps"}}', None),
        ('{"errors": [{"message": "One field broke."}], "data": {"lamps": [1, 2]}}', None),
        ('{"status": "ok", "message": "One match", "documents": [{"id": 7}]}', None),
        ('{"status": "error", "job_id": "spn2-7", "message": "It took too long."}', None),
        ('{"title": "Access denied", "body": "A poem", "published": "2032-05-04"}', None),
        ('[{"message": "A post"}, {"message": "Another post"}]', None),
        ("{not json", None),
    ],
)  # fmt: skip
def test_an_error_told_as_json_is_no_answer(body: str, expected: Outcome | None) -> None:
    assert outcome(body, "application/json", "application/json") is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
            Outcome.REFUSED,
        ),
        ("<!-- x --><ErrorResponse><Message>Rate exceeded</Message></ErrorResponse>", Outcome.THROTTLED),
        ("<exceptionReport><text>It broke.</text></exceptionReport>", Outcome.FAILED),
        ('<?xml version="1.0"?><rss><channel><title>Errors of the warden</title></channel></rss>', None),
        ("<errata><item>Page 4: read lamps for lambs</item></errata>", None),
    ],
)
def test_an_error_told_as_xml_is_no_feed(body: str, expected: Outcome | None) -> None:
    assert outcome(body, "application/xml", "application/xml, text/xml;q=0.9") is expected


FEED = "<?xml version='1.0'?><rss><channel><title>Lake</title></channel></rss>"
SITE = page("Lake Council", "<h1>Lake Council</h1><p>Ferries, lamps, orders.</p>")


@pytest.mark.parametrize(
    ("accept", "body", "is_it"),
    [
        ("application/json", SITE, False),
        ("application/json", "\ufeff" + SITE, False),
        ("application/json", "lamps: 7", False),
        ("application/json", ' [{"a": 1}]', True),
        ("application/rss+xml, application/atom+xml;q=0.9, */*;q=0.1", SITE, False),
        ("application/rss+xml, application/xml;q=0.9", FEED, True),
        ("application/xml", "lamps", False),
        ("application/feed+json, application/rss+xml", '{"version": "1.1"}', True),
        ("application/pdf", SITE, False),
        ("application/pdf", "%PDF-1.7 and so on", True),
        ("text/plain", SITE, False),
        ("text/html,application/xhtml+xml,application/json", SITE, True),
        ("application/json, text/html;q=0", SITE, False),
        ("*/*", SITE, True),
        (None, SITE, True),
    ],
)
def test_who_asked_for_something_else_is_not_served_with_a_web_page(accept: str | None, body: str, is_it: bool) -> None:
    found = judged(body, "text/html", accept)
    assert (found is None) is is_it
    assert found is None or found.outcome is Outcome.FAILED


def test_an_error_page_says_more_than_that_it_is_not_json() -> None:
    assert outcome(REFUSED["a script's test"], "text/html", "application/json") is Outcome.REFUSED


def test_a_label_hides_nothing() -> None:
    for label in (None, "application/json", "text/plain", "application/octet-stream"):
        assert outcome(REFUSED["edge refusal"], label) is Outcome.REFUSED
    latin = why_no_page(200, "text/html", [("content-type", "text/html; charset=iso-8859-1")],
                        REFUSED["in French"].encode("latin-1"))  # fmt: skip
    assert latin is not None


@pytest.mark.parametrize("body", [b"%PDF-1.7\n1 0 obj", b"\x89PNG\r\n\x1a\n", bytes(range(256)) * 9, b"PK\x03\x04"])
def test_what_is_no_text_is_not_judged(body: bytes) -> None:
    assert judged(body, "application/octet-stream") is None
    assert judged(body, None) is None


def test_a_page_too_large_to_be_an_error_is_not_looked_through() -> None:
    assert judged(page("Access Denied", "<h1>Access Denied</h1>" + "<!-- -->" * 100_000)) is None


@pytest.mark.parametrize(
    "piece",
    ["<", "<b>", "<title", "<title>x", "<!--", "<!---->", "<script", "<script>", '"', "“", "{", "&#", "1.1.1.",
    "you ", "| ",
     "request to this page is was has been ", "be have been may might ", "verify that you are "],
)  # fmt: skip
@pytest.mark.parametrize("start", ["", "<html><title>Access denied</title><body>"])
def test_no_page_keeps_us_looking(start: str, piece: str) -> None:
    body = (start + piece * (120_000 // len(piece))).encode()
    began = time.process_time()
    judged(body)
    judged(body[:1900], "text/plain")
    assert time.process_time() - began < 2


@pytest.mark.skipif(not REAL_PAGES.exists(), reason="the developers' data (../shared) is not here")
def test_no_real_article_is_taken_for_an_error() -> None:
    import tarfile

    with tarfile.open(REAL_PAGES) as pages:
        files = [pages.extractfile(member) for member in pages if member.name.endswith(".html")]
        taken = [file.name for file in files if file and judged(file.read()) is not None]
    assert len(files) > 400
    assert taken == []
