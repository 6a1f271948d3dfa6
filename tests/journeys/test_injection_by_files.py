"""Script injection by what is handed in as a file: names, media types, PDF and its title, headers of pages, lists."""

import json
import logging
import re
import uuid
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from claims.archiving import Handed
from claims.models import Article, HostLane, Snapshot, Submission, Work
from claims.readers import ask
from claims.running import run_leased
from claims.submitting import FETCH, fetch_submission, submit_address
from claims.tokens import make_token
from tests.cases import Walk, now
from tests.claims.capture.pdf_files import pdf
from tests.injections import lines
from tests.journeys.hostile_lists import article_rows, claimreviews, earlier_csv, list_csv, list_jsonl
from tests.journeys.hostile_pages import article_page, files
from tests.journeys.poisoning import chunks
from tests.journeys.watching import Watch
from tests.people import make_person
from tests.replay.answering import Reply
from tests.replay.site import HOST, ReplaySite
from tests.verification.admin.opening import as_person
from verification.models import Document, EarlierCheck
from verification.research.adding import add_to_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
AT_ONCE: Final = 480
# What a header may hold on the wire; a server that is not ours may send the rest, but no client reads it.
UNSENT = re.compile(r"[^\x20-\x7e]")


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    caplog.set_level(logging.CRITICAL)
    settings.READER_SUBMISSIONS = True
    settings.FETCH_GAP_SECONDS = 0.0


def printed(found: list[str]) -> bytes:
    """Return a PDF of the lines, in the letters that its font has, titled with one of them."""
    held = [line.encode("cp1252", "ignore").decode("cp1252").replace("\r", " ").replace("\n", " ") for line in found]
    return pdf([held[start : start + 50] for start in range(0, len(held), 50)], title=held[0])


def test_no_line_gets_through_that_a_file_is_called_or_says(watch: Watch, live_server: LiveServer) -> None:
    found = lines()
    walk = Walk().accepted().taken()
    client, case = as_person(walk.checker), reverse("admin:case_add_source", args=[walk.review.pk])
    names = [*chunks(found, 3000)][:8]
    names += [f"{found[0]}\x00\x01\x1b[31m\u202e.pdf", "x" * 9000, found[1] * 40, "\n\t"]
    # The head of a part of a form has 1,024 bytes at most.
    short = [name for name in (f"{line}.txt" for line in found) if len(quote(name)) < 700]
    for number, name in enumerate(short[:: len(short) // 40 or 1]):
        kind = UNSENT.sub("", found[number])[:150]
        head = f"Content-Disposition: form-data; name=\"file\"; filename*=utf-8''{quote(name)}\r\nContent-Type: {kind}"
        said = f"Note {number}: the board bought {number} lamps. {found[number]}"
        body = f"--x\r\n{head}\r\n\r\n{said}\r\n--x--\r\n".encode()
        assert client.post(case, body, content_type="multipart/form-data; boundary=x").status_code == 302
    for number, name in enumerate(names):
        body = f"Letter {number}. {UNSENT.sub('', name)}".encode()
        handed = Handed(body, Snapshot.Origin.UPLOADED, found[number], filename=name)
        add_to_case(now(walk.review), walk.checker, handed, tier=5)
    for start in range(0, len(found), AT_ONCE):
        body = printed(found[start : start + AT_ONCE])
        add_to_case(now(walk.review), walk.checker, Handed(body, Snapshot.Origin.UPLOADED, filename="x.pdf"), tier=5)
    documents = list(Document.objects.order_by("pk"))
    assert len(documents) > 2 * len(names)
    assert any("ran(" in (each.title or "") and "Letter" not in each.text for each in documents), "a PDF's title"
    page, faults = watch(walk.checker), []
    addresses = [
        reverse(f"admin:{name}", args=[walk.review.pk]) for name in ("verification_review_change", "case_file")
    ]
    addresses += [reverse("admin:document_copy", args=[each.pk]) for each in documents]
    for address in addresses:
        faults += page.faults(f"{live_server.url}{address}")
    for each in Document.objects.exclude(snapshot__filename=None).select_related("snapshot"):
        answer = client.get(reverse("admin:original", args=[each.snapshot.sha256]))
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
        assert re.fullmatch(r'attachment; filename="[0-9a-f]{16}\.bin"', answer["Content-Disposition"])
        assert answer["Content-Security-Policy"].startswith("sandbox")
    assert faults == []


def test_no_line_gets_through_that_a_page_says_of_itself_in_headers(
    watch: Watch, live_server: LiveServer, settings: Settings
) -> None:
    found = [UNSENT.sub("", line) for line in lines()][:60]
    person, faults = make_person("intake", "checker"), list[str]()
    with ReplaySite(robots="User-agent: *\nAllow: /\n") as site:
        settings.FETCH_PRIVATE_TARGETS = site.targets()
        HostLane.objects.create(host=HOST, gap_ms=0, daily_budget=100_000)
        for number, line in enumerate(found):
            told = {"ETag": f'"{line}"', "Last-Modified": line, "Content-Language": line, "Server": line, "X-Y": line}
            media_type = "text/html" if number % 2 else f"text/html; charset={line}"
            reply = Reply(article_page(number, (lines() * 2)[number : number + 12]), media_type, headers=told)
            if number % 4 == 3:
                reply = Reply(b"", line, 302 if number % 8 == 3 else 200, headers=told | {"Location": line})
            site.answers[f"/{number}"] = reply
            submission = submit_address(person, site.address(f"/{number}"))
            work = Work.objects.get(kind=FETCH, subject=submission.pk)
            run_leased(work.pk, partial(fetch_submission, submission))
    assert Article.objects.count() > 20
    assert Submission.objects.exclude(error="").exists()
    page = watch(person)
    addresses = [reverse("admin:claims_submission_change", args=[each.pk]) for each in Submission.objects.all()]
    addresses += [reverse("admin:article_copy", args=[each.pk]) for each in Article.objects.all()]
    for address in addresses:
        faults += page.faults(f"{live_server.url}{address}")
    assert faults == []


def test_no_line_gets_through_that_a_list_brought(watch: Watch, live_server: LiveServer, tmp_path: Path) -> None:
    found = lines()
    person, faults = make_person("editor", "administrator", "intake"), list[str]()
    page = watch(person)
    many, earlier = reverse("admin:intake_many"), reverse("admin:earlier")
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        if len(some) < 10:
            break
        for name, body in (("list.csv", list_csv(some)), ("list.jsonl", list_jsonl(some))):
            page.page.goto(f"{live_server.url}{many}")
            faults += page.handed_in("list_file", f"{some[0]}{name}", body)
        for name, body in (("old.csv", earlier_csv(some)), ("old.json", claimreviews(some))):
            page.page.goto(f"{live_server.url}{earlier}")
            faults += page.handed_in("file", f"{some[1]}{name}", body)
    assert Article.objects.count() > len(found) // 4
    assert EarlierCheck.objects.count() > len(found) // 4
    for name, body in files(found):
        Path(tmp_path, re.sub(r"[/\0]", "", name)[:60] + Path(name).suffix).write_bytes(body)
    Path(tmp_path, "x.pdf").write_bytes(printed(found))
    call_command("import_documents", str(tmp_path), source=found[0][:190], speaks_for=found[1][:190], verbosity=0)
    assert Document.objects.count() > 3
    lists = ("claims_submission", "verification_source", "verification_document", "claims_article")
    addresses = [earlier, *(reverse(f"admin:{name}_changelist") for name in lists)]
    checks = EarlierCheck.objects.order_by("pk").values_list("public", flat=True)
    addresses += [reverse("admin:earlier_check", args=[each]) for each in checks[:30]]
    addresses += [reverse("admin:article_copy", args=[each.pk]) for each in Article.objects.order_by("pk")[:30]]
    addresses += [reverse("admin:document_copy", args=[each.pk]) for each in Document.objects.all()]
    for address in addresses:
        faults += page.faults(f"{live_server.url}{address}")
    assert faults == []


def test_no_line_gets_through_that_a_program_or_a_reader_sent(watch: Watch, live_server: LiveServer) -> None:
    found = lines()
    person, faults = make_person("intake", "administrator"), list[str]()
    token, secret = make_token(found[0][:100], person, uuid.uuid4())
    client, headers = Client(), {"Authorization": f"Bearer {secret}"}
    for row in [*article_rows(found[:60]), {found[1]: found[2]}]:
        answer = client.post("/api/articles", json.dumps(row), content_type="application/json", headers=headers)
        assert answer.status_code < 500
        assert answer["Content-Type"] in {"application/json", "application/problem+json"}
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert Submission.objects.filter(token=token).exists()
    for number, text in enumerate([*chunks(found, 3900)][:80]):
        ask(uuid.uuid4(), f"https://port.example/{number}?{quote(found[number])}", text, found[number][:190])
    page = watch(person)
    names = ("readers", "tokens", "claims_submission_changelist", "index")
    addresses = [reverse(f"admin:{name}") for name in names]
    addresses += [reverse("admin:claims_submission_change", args=[each.pk]) for each in Submission.objects.all()[:90]]
    for address in addresses:
        faults += page.faults(f"{live_server.url}{address}")
    assert faults == []
