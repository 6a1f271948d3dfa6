"""A case as a web archive: everything it rests on, whole and checkable, and nothing that is withheld."""

import json
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from warcio.archiveiterator import ArchiveIterator

from claims.archiving import archive as store
from claims.archiving import keep, part
from claims.models import Snapshot
from tests.cases import make_candidate, make_document, make_run
from tests.claims.capture.doors import door, url
from tests.claims.capture.loopback import LoopbackServer, response
from tests.factories import make_article, make_claim, make_snapshot
from verification.models import Review
from verification.research.exporting import contents, export, of_captures, of_case
from verification.review.triage import open_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    answers = {f"/{name}": response(name.encode()) for name in ("remarks", "feed", "moved", "strange")}
    with LoopbackServer({**answers, "/no": response(b"no", status="403 Forbidden")}) as running:
        yield running


def kept(server: LoopbackServer, path: str) -> Snapshot:
    with door(server) as ours:
        capture = ours.fetch(url(server, path))
    return keep(capture, capture.outcome, None)


def uploaded(body: bytes, **fields: object) -> Snapshot:
    store().put(body)
    return make_snapshot(body, **fields)


@pytest.fixture
def review(server: LoopbackServer) -> Review:
    """Return a case: an uploaded article; a page seen twice, an item of a feed and a letter found; a refused search."""
    claim = make_claim(
        make_article("Forty lamps burn on the mole.", snapshot=uploaded(b"the article", filename="a.txt"))
    )
    open_cases()
    first, again, feed = kept(server, "/remarks"), kept(server, "/remarks"), kept(server, "/feed")
    assert again.revisits == first
    item = part(feed, b"<p>an item</p>", "text/html", "http://site.example/item")
    make_candidate(claim, make_document(snapshot=again, title="Remarks on the mole"))
    make_candidate(claim, make_document(snapshot=item, title="An item"))
    make_candidate(claim, make_document(snapshot=uploaded(b"Dear Warden"), title="A letter", withheld=True))
    make_run(claim, outcome="REFUSED", exchange=kept(server, "/no"))
    kept(server, "/strange")
    return Review.objects.get(claim=claim)


def opened(data: BytesIO) -> ZipFile:
    return ZipFile(BytesIO(data.getvalue()))


def records(wacz: ZipFile) -> list[tuple[str, str, bytes]]:
    """Return kind, address and payload of what the archive answers with."""
    found = []
    for name in wacz.namelist():
        if name.startswith("archive/"):
            for record in ArchiveIterator(BytesIO(wacz.read(name)), check_digests="raise"):
                if record.rec_type in ("response", "resource", "revisit"):
                    address = record.rec_headers.get_header("WARC-Target-URI")
                    found.append((record.rec_type, address, record.content_stream().read()))
    return sorted(found)


def pages(wacz: ZipFile) -> dict[str, str]:
    lines = [json.loads(line) for line in wacz.read("pages/pages.jsonl").splitlines()[1:]]
    return {line["url"]: line["title"] for line in lines}


def test_a_case_goes_out_with_its_article_what_was_found_and_what_was_refused(
    review: Review, server: LoopbackServer
) -> None:
    into = BytesIO()
    selected = of_case(review)
    assert (export(selected, into, "R-1"), selected.left_out) == (4, 1)
    article, item = Snapshot.objects.get(filename="a.txt"), Snapshot.objects.get(part_of__isnull=False)
    assert records(opened(into)) == sorted(
        [
            ("resource", f"urn:sha256:{article.sha256}", b"the article"),
            ("resource", f"urn:sha256:{item.sha256}", b"<p>an item</p>"),
            ("response", url(server, "/feed"), b"feed"),
            ("response", url(server, "/no"), b"no"),
            ("response", url(server, "/remarks"), b"remarks"),
            ("revisit", url(server, "/remarks"), b""),
        ]
    )
    assert pages(opened(into)) == {
        f"urn:sha256:{article.sha256}": "a.txt",
        url(server, "/remarks"): "Remarks on the mole",
        f"urn:sha256:{item.sha256}": "An item",
    }


def test_what_is_withheld_goes_out_only_where_it_is_asked_for(review: Review) -> None:
    into = BytesIO()
    selected = of_case(review, withheld=True)
    assert (export(selected, into, "R-1"), selected.left_out) == (5, 0)
    assert b"Dear Warden" in [payload for _, _, payload in records(opened(into))]


def test_the_list_of_contents_names_what_goes_out_and_what_is_kept_back(review: Review) -> None:
    listed = contents(review)
    goes = {each.snapshot.pk for each in listed if not each.is_kept_back}
    assert goes == set(of_case(review).snapshots.values_list("pk", flat=True))
    (kept,) = [each for each in listed if each.is_kept_back]
    assert not kept.snapshot.documents.exclude(withheld=True).exists()
    assert "Remarks on the mole" in {each.title for each in listed}
    assert all(each.source for each in listed if each.snapshot.documents.exists())


def test_the_same_captures_make_the_same_file(review: Review) -> None:
    first, second = BytesIO(), BytesIO()
    export(of_case(review), first, "R-1")
    export(of_case(review), second, "R-1")
    assert first.getvalue() == second.getvalue()


def test_single_captures_go_out_by_their_public_names(review: Review, server: LoopbackServer) -> None:
    snapshot = Snapshot.objects.get(final_url=url(server, "/strange"))
    into = BytesIO()
    assert export(of_captures([str(snapshot.public)]), into, "one") == 1
    assert records(opened(into)) == [("response", url(server, "/strange"), b"strange")]


def test_the_command_writes_a_file_whole_and_says_what_is_in_it(review: Review, tmp_path: Path) -> None:
    said = StringIO()
    call_command("export_wacz", str(tmp_path / "case.wacz"), "--case", review.number, stdout=said)
    assert said.getvalue().splitlines() == [
        f"{tmp_path / 'case.wacz'}: 4 captures.",
        "1 capture is withheld from readers and left out (--withheld).",
    ]
    package = json.loads(ZipFile(tmp_path / "case.wacz").read("datapackage.json"))
    assert package["title"] == f"{review.number}: {review.wording}"
    assert [path.name for path in tmp_path.iterdir() if "case" in path.name] == ["case.wacz"]


def test_an_archive_that_lacks_evidence_is_not_made(review: Review, archive: Path, tmp_path: Path) -> None:
    for file in archive.rglob("*.warc.gz"):
        file.unlink()
    with pytest.raises(CommandError, match="restore them from a backup"):
        call_command("export_wacz", str(tmp_path / "case.wacz"), "--case", review.number)
    assert not (tmp_path / "case.wacz").exists()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--case", "R-9999"], "There is no case R-9999"),
        (["--snapshot", "6a0f7b38-0000-4000-8000-000000000000"], "There is nothing to export"),
        ([], "one of the arguments --case --snapshot is required"),
    ],
)
def test_what_cannot_be_exported_is_told(tmp_path: Path, asked: list[str], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("export_wacz", str(tmp_path / "case.wacz"), *asked)
    assert not (tmp_path / "case.wacz").exists()
