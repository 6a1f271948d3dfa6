"""The sample's site over real HTTP, through the door that an operator's allow-list opens to it."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPResponse

import pytest
from django.conf import settings

from claims.capture.door import Capture, Door
from claims.capture.errors import ForbiddenAddress
from claims.capture.feeds import read_feed
from claims.capture.policy import DoorPolicy, PrivateTarget
from claims.capture.readable import Readable, read
from claims.extraction.contract import ArticleText, ExtractedClaim
from claims.extraction.english import EnglishEngine
from config.sample.addresses import SITE, addresses, hosts, pages, private_targets
from config.sample.revising import REVISED
from config.sample.server import SampleServer
from verification.connectors.kinds import kind_of
from verification.matching.quotes import QuoteCheck, QuoteClass, check_quote
from verification.matching.turns import read_turns
from verification.models.review import State

AGENT = "Readout-test/1 (+https://desk.example/fetching)"
SAMPLE_LINE = "Sample page of Readout: invented institutions"
PAGES = sorted(pages())


@contextmanager
def thread_of(server: SampleServer) -> Iterator[None]:
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield
    server.shutdown()
    serving.join()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with SampleServer(0) as server, thread_of(server):
        yield server.server_port


@contextmanager
def door(port: int) -> Iterator[Door]:
    targets = tuple(PrivateTarget.parse(entry) for entry in private_targets(port).split(","))

    def private(host: str, port: int, seconds: float) -> Sequence[str]:
        return ["127.0.0.1"]

    with Door(DoorPolicy(AGENT, targets, total_seconds=10), private) as opened:
        yield opened


def as_read(capture: Capture) -> Readable:
    return read(capture.body, capture.media_type, url=capture.final_url, charset=capture.charset)


def fetched(port: int, *urls: str) -> list[Readable]:
    with door(port) as opened:
        return [as_read(opened.fetch(url)) for url in urls]


def asked(port: int, method: str, host: str, path: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, headers={"Host": f"{host}:{port}"})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def documents(port: int) -> list[str]:
    return [url for source in addresses(port).sources for url in source.documents]


def test_three_articles_and_fifteen_documents_are_served_and_no_folder_is_forgotten(port: int) -> None:
    assert len(addresses(port).articles) == 3
    assert len(documents(port)) == 15
    assert {*addresses(port).articles, *documents(port)} == {f"http://{host}:{port}{path}" for host, path in PAGES}
    assert {folder.name for folder in SITE.iterdir()} == set(hosts())
    assert {source.host for source in addresses(port).sources} < set(hosts())


@pytest.mark.parametrize(("host", "path"), PAGES)
def test_a_page_comes_through_the_door_and_reads_as_what_it_is(port: int, host: str, path: str) -> None:
    url = f"http://{host}:{port}{path}"
    with door(port) as opened:
        capture = opened.fetch(url)
    assert (capture.status, capture.media_type, capture.charset) == (200, "text/html", "utf-8")
    assert capture.body == pages()[host, path].read_bytes()
    page = as_read(capture)
    assert len(page.text.split()) > 100
    assert page.title
    assert page.outlet
    assert page.language == "en"
    assert isinstance(page.published, datetime)
    assert page.published.utcoffset() is not None
    assert page.published_precision == "minute"
    assert page.canonical_url == url
    assert SAMPLE_LINE in capture.body.decode()
    assert "Sample page" not in page.text
    assert "invented" not in page.text


def test_an_article_names_its_outlet_and_author_and_leaves_its_furniture_behind(port: int) -> None:
    for article in fetched(port, *addresses(port).articles):
        assert article.byline
        assert 300 <= len(article.text.split()) <= 500
        for furniture in ("Picture:", "Share", "newsletter", "Subscribe", "Related", "All rights", article.byline):
            assert furniture not in article.text


@pytest.mark.parametrize(("host", "path"), PAGES)
def test_no_page_names_a_host_outside_the_reserved_domain(host: str, path: str) -> None:
    markup = pages()[host, path].read_text(encoding="utf-8")
    # The name of the vocabulary that JSON-LD is written in, which nobody fetches.
    markup = markup.replace('"@context": "https://schema.org"', "")
    named = re.findall(r"(?:https?:)?//([\w.-]+)|[\w.]+@([\w.-]+)|\bwww\.([\w.-]+)", markup)
    assert all("".join(names).endswith(".example") for names in named)
    assert host.endswith(".example")


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("pm.corravane.example", "/2031/05/14/no-such-page"),
        ("pm.corravane.example", "/"),
        ("pm.corravane.example", "/../addresses.py"),
        ("gazette.drennick.example", "/2031/05/14/remarks-quay-pellwick"),
        ("elsewhere.example", "/2031/05/14/remarks-quay-pellwick"),
        ("127.0.0.1", "/2031/05/14/remarks-quay-pellwick"),
    ],
)
def test_an_unknown_host_or_path_is_a_404_with_a_page_of_its_own(port: int, host: str, path: str) -> None:
    response, body = asked(port, "GET", host, path)
    assert response.status == 404
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"Page not found" in body


def test_head_says_what_get_would_and_sends_no_page(port: int) -> None:
    host, path = PAGES[0]
    got, body = asked(port, "GET", host, path)
    head, nothing = asked(port, "HEAD", host.upper(), f"{path}?from=feed")
    assert (got.status, head.status, nothing) == (200, 200, b"")
    assert int(head.headers["Content-Length"]) == len(body)
    assert head.headers["Last-Modified"] == got.headers["Last-Modified"]
    assert parsedate_to_datetime(head.headers["Last-Modified"]) <= parsedate_to_datetime(head.headers["Date"])


@pytest.mark.parametrize("place", ["elsewhere.example:{port}", "pm.corravane.example:1", "127.0.0.1:{port}"])
def test_the_allow_list_opens_the_door_to_the_sites_own_hosts_and_port_only(port: int, place: str) -> None:
    with door(port) as opened, pytest.raises(ForbiddenAddress):
        opened.fetch(f"http://{place.format(port=port)}/2031/05/14/remarks-quay-pellwick")


def test_an_institutions_feed_shows_its_pages_newest_first_and_one_answers_no_program(port: int) -> None:
    feeds = {source.host: source for source in addresses(port).sources if source.feed}
    office = feeds["pm.corravane.example"]
    with door(port) as opened:
        answer = opened.fetch(office.feed or "")
        assert opened.fetch(feeds["gazette.drennick.example"].feed or "").status == 403
    feed = read_feed(answer.body, answer.final_url, answer.media_type, answer.charset)
    assert {item.url for item in feed.items} == {item.guid for item in feed.items} == set(office.documents)
    days = [item.published.isoformat() if item.published else "" for item in feed.items]
    assert days == sorted(days, reverse=True)
    assert feed.items[0].title == "Remarks by Prime Minister Arkwright on the Quay at Pellwick"
    assert feed.items[0].offset == 120


def test_a_page_that_was_revised_after_it_was_cited_reads_otherwise_while_readout_runs(port: int) -> None:
    (place, changes), *_others = REVISED.items()
    before = pages()[place].read_text(encoding="utf-8")
    with SampleServer(0, later=True) as server, thread_of(server):
        after = asked(server.server_port, "GET", *place)[1].decode()
        assert asked(server.server_port, "GET", *PAGES[0])[1] == pages()[PAGES[0]].read_bytes()
    assert asked(port, "GET", *place)[1].decode() == before
    for old, new in changes:
        assert old in before
        assert new in after
        assert old not in after


def test_the_articles_give_a_claim_for_every_state_and_show_every_outcome_of_the_quote_check(port: int) -> None:
    texts = [document.text for document in fetched(port, *documents(port))]
    claims = [claim for article in fetched(port, *addresses(port).articles) for claim in claims_of(article)]
    # A second published verdict, and the spare ones that a person triages.
    assert len(claims) > len(State) + 5
    assert {claim.kind for claim in claims} >= {"quotation", "statement", "quantity", "trend", "event", "opinion"}
    checks = [best_check(claim, texts) for claim in claims if claim.quotations]
    assert {check.quote_class for check in checks} == set(QuoteClass)
    flags = {flag for check in checks for flag in check.flags}
    assert flags >= {"negation", "quantifier", "stitched", "truncated", "wrong_speaker"}


def test_the_documents_are_of_many_kinds_and_two_of_them_are_transcripts_with_questions(port: int) -> None:
    found = fetched(port, *documents(port))
    kinds = {kind_of(document.title) for document in found}
    assert kinds >= {"readout", "transcript", "prepared", "statement", "fact_sheet", "order", "other"}
    labels = [{turn.label for turn in read_turns(document.text)} for document in found]
    assert sum("Q" in each and len(each) > 1 for each in labels) == 2


def claims_of(article: Readable) -> tuple[ExtractedClaim, ...]:
    assert isinstance(article.published, datetime)
    published = article.published.date()
    return EnglishEngine().extract(ArticleText(article.text, language=article.language, published=published))


def best_check(claim: ExtractedClaim, texts: Sequence[str]) -> QuoteCheck:
    """Return the check of a claim's longest quotation against the document that holds most of it."""
    quotation = max((quotation.text for quotation in claim.quotations), key=len)
    checks = [check_quote(quotation, text, speaker=claim.attribution.speaker) for text in texts]
    return min(checks, key=lambda check: list(QuoteClass).index(check.quote_class))


def run(port: int) -> "subprocess.Popen[str]":
    arguments = [sys.executable, "-m", "config.sample.server", str(port)]
    return subprocess.Popen(arguments, cwd=settings.BASE_DIR, env=dict(os.environ), stderr=subprocess.PIPE, text=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def answers(port: int) -> bool:
    try:
        return asked(port, "HEAD", *PAGES[0])[0].status == 200
    except OSError:
        return False


def test_the_server_runs_as_a_program_and_ends_cleanly_on_sigterm() -> None:
    port = free_port()
    with run(port) as process:
        try:
            deadline = time.monotonic() + 20
            while not answers(port) and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
            assert answers(port)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()
    assert not answers(port)


def test_a_port_that_is_taken_is_told_in_one_sentence(port: int) -> None:
    with run(port) as process:
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    assert errors.count("\n") == 1
    assert f"127.0.0.1:{port}" in errors
