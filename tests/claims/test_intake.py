"""What is handed in becomes an article, or one clear sentence; nothing half-written stays behind."""

import io
import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from pytest_django.fixtures import Settings
from pytest_httpserver import HTTPServer

from claims.archiving import Handed
from claims.capture.archive import FolderArchive
from claims.capture.errors import CaptureError
from claims.capture.policy import PrivateTarget
from claims.intake import DuplicateArticle, FetchRefused, NotYet, fetch, register_article
from claims.lanes import close
from claims.models import Article, Snapshot, Work

TEXT = (
    "Lamps return to the northern mole\n\n"
    'The lamps on the northern mole will burn again from May, the harbour board of Port Example said. "We bought forty '
    'lamps," warden Ada Quillfeather told reporters.\n\n'
    "The board had switched them off two years ago to save oil, and captains complained.\n"
)
PAGE = """<html lang="en"><head><title>Lamps return</title>
<meta property="article:published_time" content="2031-05-04T10:00:00+02:00">
<meta property="og:site_name" content="Port Paper">
</head><body><nav>Home / News</nav><article><h1>Lamps return</h1><p>{}</p></article></body></html>"""


def uploaded(body: bytes, name: str = "article.txt") -> Handed:
    return Handed(body, Snapshot.Origin.UPLOADED, filename=name)


def nothing_written(archive: Path) -> bool:
    rows = [model.objects.count() for model in (Snapshot, Article, Work)]
    return rows == [0, 0, 0] and not any(path.is_file() for path in archive.rglob("*"))


@pytest.mark.django_db
def test_a_text_becomes_a_snapshot_an_article_and_work_that_is_due(archive: Path) -> None:
    article = register_article(uploaded(TEXT.encode()))
    assert article.title == "Lamps return to the northern mole"
    assert article.text.startswith("The lamps on the northern mole")
    assert FolderArchive(archive).get(article.snapshot.sha256) == TEXT.encode()
    assert Work.objects.get().subject == article.pk


@pytest.mark.django_db
def test_what_a_text_does_not_tell_stays_unknown() -> None:
    body = TEXT.split("\n\n", 1)[1]
    article = register_article(uploaded(body.encode()))
    known = (article.title, article.outlet, article.byline, article.url, article.published, article.published_precision)
    assert known == (None, None, None, None, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\t\n"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
        ("program", b"\x7fELF\x02\x01\x01" + bytes(4000)),
        ("archive.zip", b"PK\x03\x04" + bytes(range(256)) * 10),
        ("scripts.html", b"<html><body><script>let x = 1</script><img src=a.png></body></html>"),
        ("broken.pdf", b"%PDF-1.7\n garbage"),
        ("huge.txt", b"word " * 10_000_001),
    ],
)
def test_bytes_that_hold_no_article_are_one_sentence_and_leave_nothing(
    name: str, body: bytes, tmp_path: Path, archive: Path
) -> None:
    (tmp_path / name).write_bytes(body)
    with pytest.raises(CommandError) as caught:
        call_command("check_article", str(tmp_path / name))
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 250
    assert nothing_written(archive)


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["nowhere.txt", ".", "ftp://port.example/a", "https://", "https://port example/"])
def test_an_argument_that_names_no_article_is_one_sentence(given: str, archive: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("check_article", given)
    assert "\n" not in str(caught.value)
    assert nothing_written(archive)


@pytest.mark.django_db
def test_the_same_article_twice_is_said_to_be_here_and_stored_once() -> None:
    first = register_article(uploaded(TEXT.encode()))
    with pytest.raises(DuplicateArticle, match="already") as caught:
        register_article(uploaded(TEXT.encode() + b"\n", "again.txt"))
    assert caught.value.article == first
    assert (Article.objects.count(), Snapshot.objects.count(), Work.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_hand_in_the_same_article_at_once_one_registers_it() -> None:
    ready = threading.Barrier(6)
    outcomes: list[str] = []

    def hand_in() -> None:
        try:
            ready.wait()
            register_article(uploaded(TEXT.encode()))
            outcomes.append("registered")
        except DuplicateArticle:
            outcomes.append("duplicate")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=hand_in) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["duplicate"] * 5 + ["registered"]
    assert (Article.objects.count(), Snapshot.objects.count()) == (1, 1)


@pytest.fixture
def site(httpserver: HTTPServer, settings: Settings) -> HTTPServer:
    target = f"news.example={httpserver.host}:{httpserver.port}".replace("localhost", "127.0.0.1")
    settings.FETCH_PRIVATE_TARGETS = (PrivateTarget.parse(target),)
    return httpserver


@pytest.mark.django_db
def test_an_address_becomes_an_article_with_its_date_outlet_and_headers(site: HTTPServer) -> None:
    page = PAGE.format(TEXT.split("\n\n", 1)[1])
    site.expect_request("/lamps").respond_with_data(page, content_type="text/html; charset=utf-8")
    article = register_article(fetch(f"http://news.example:{site.port}/lamps"))
    assert article.title == "Lamps return"
    assert article.outlet is not None
    assert article.outlet.name == "Port Paper"
    assert article.published == datetime(2031, 5, 4, 8, tzinfo=UTC)
    assert article.snapshot.origin == "fetched"
    assert article.snapshot.status == 200
    assert article.snapshot.address == "127.0.0.1"
    assert "Home" not in article.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "outcome"), [(403, "REFUSED"), (404, "NOT_FOUND"), (429, "THROTTLED"), (500, "FAILED")]
)
def test_an_answer_that_is_not_the_page_is_kept_and_told(site: HTTPServer, status: int, outcome: str) -> None:
    site.expect_request("/lamps").respond_with_data("<h1>No</h1>", status=status, content_type="text/html")
    with pytest.raises(FetchRefused, match=str(status)):
        fetch(f"http://news.example:{site.port}/lamps")
    kept = Snapshot.objects.get()
    assert (kept.outcome, kept.status) == (outcome, status)
    assert Article.objects.count() == 0


@pytest.mark.django_db
def test_whoever_waits_is_told_in_one_sentence_when_a_host_may_be_asked_again(site: HTTPServer) -> None:
    for seconds, told in [(30.0, r"before (29|30) seconds"), (3600.0, "before 60 minutes")]:
        close("news.example", seconds, "429")
        with pytest.raises(NotYet, match=told) as caught:
            fetch(f"http://news.example:{site.port}/lamps")
        assert not caught.value.permanent
    assert site.log == []


@pytest.mark.django_db
def test_a_page_that_robots_txt_closes_is_offered_for_upload(site: HTTPServer) -> None:
    site.expect_request("/robots.txt").respond_with_data("User-agent: readout\nDisallow: /")
    with pytest.raises(CaptureError, match=r"robots\.txt .* upload") as caught:
        fetch(f"http://news.example:{site.port}/lamps")
    assert caught.value.permanent
    assert [request.path for request, _ in site.log] == ["/robots.txt"]


@pytest.mark.django_db
def test_a_private_address_is_refused_in_one_sentence(httpserver: HTTPServer, archive: Path) -> None:
    httpserver.expect_request("/").respond_with_data("secret")
    with pytest.raises(CommandError) as caught:
        call_command("check_article", f"http://127.0.0.1:{httpserver.port}/")
    assert "\n" not in str(caught.value)
    assert httpserver.log == []
    assert nothing_written(archive)


@pytest.mark.django_db
def test_a_content_type_of_any_length_is_stored(site: HTTPServer) -> None:
    site.expect_request("/lamps").respond_with_data(TEXT, content_type="text/" + "x" * 300)
    article = register_article(fetch(f"http://news.example:{site.port}/lamps"))
    assert len(article.snapshot.media_type or "") == 200


@pytest.mark.django_db
def test_an_address_too_long_to_be_looked_up_is_kept_whole_in_the_snapshot_only(site: HTTPServer) -> None:
    noise = "".join(f"{number * 7919 % 99991:x}" for number in range(1200))
    site.expect_request("/lamps").respond_with_data(TEXT, content_type="text/plain")
    article = register_article(fetch(f"http://news.example:{site.port}/lamps?{noise}"))
    assert article.url is None
    assert (article.snapshot.final_url or "").endswith(noise)


@pytest.mark.django_db
def test_a_canonical_address_too_long_to_be_looked_up_is_ignored(site: HTTPServer) -> None:
    noise = "".join(f"{number * 7919 % 99991:x}" for number in range(1200))
    link = f'<link rel="canonical" href="http://news.example:{site.port}/{noise}">'
    page = PAGE.format(TEXT.split("\n\n", 1)[1]).replace("</head>", f"{link}</head>")
    site.expect_request("/lamps").respond_with_data(page, content_type="text/html")
    address = f"http://news.example:{site.port}/lamps"
    assert register_article(fetch(address)).url == address


@pytest.mark.django_db
def test_a_file_name_that_is_not_utf8_is_stored_with_escapes() -> None:
    assert register_article(uploaded(TEXT.encode(), "caf\udce9\0.txt")).snapshot.filename == "caf\\udce9.txt"


@pytest.mark.django_db
@pytest.mark.parametrize("pasted", [TEXT, TEXT * 20, "lamps\0"])
def test_an_article_pasted_for_a_file_name_is_one_short_sentence(pasted: str, archive: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("check_article", pasted)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300
    assert nothing_written(archive)


@pytest.mark.django_db
def test_a_queued_article_is_told_as_json_where_json_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT)
    out = io.StringIO()
    call_command("check_article", str(tmp_path / "article.txt"), "--queue", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"queued": str(Article.objects.get().public)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_output_that_knows_only_ascii_gets_escapes(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "article.txt").write_text(TEXT.replace("Lamps return", "Lämps “return”"), encoding="utf-8")
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, "ascii")
    call_command("check_article", str(tmp_path / "article.txt"), *options, stdout=out)
    out.flush()
    assert rb"\u201creturn" in raw.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_database_without_tables_is_one_sentence_and_nothing_is_archived(tmp_path: Path, archive: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT)
    with connection.cursor() as cursor:
        cursor.execute("SET search_path TO nowhere")
        try:
            for command in (["check_article"], ["import_documents", "--source", "Port Example"]):
                with pytest.raises(CommandError, match="not set up"):
                    call_command(*command, str(tmp_path / "article.txt"))
        finally:
            cursor.execute("RESET search_path")
    assert nothing_written(archive)
