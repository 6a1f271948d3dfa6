"""Published cases with bytes in the archive: a page that was fetched, an upload, and the checks that a search makes."""

import gzip
import hashlib
from datetime import UTC, datetime
from typing import Any

from claims.archiving import archive, keep
from claims.capture.door import Capture
from claims.capture.exchange import Exchange
from claims.models import Appearance, Article, Claim, Outlet, Snapshot, Speaker
from tests.cases import Walk, finding, make_document, make_run, now
from tests.factories import make_article, make_snapshot
from verification.matching.quotes import check_quote
from verification.models import Candidate, Document, Review, Role, SearchRun, Stance, Verdict
from verification.publishing.package.building import build
from verification.ranking.ranked import RankedCandidate
from verification.research.match import query_of
from verification.research.storing import store_candidates
from verification.review import assignment, judgments
from verification.review.checkpoints import make_checkpoint
from verification.review.judgments import Finding, Pick
from verification.review.questions import questions_of
from verification.review.sealing import seal
from verification.review.triage import open_cases

QUOTED = "We bought forty lamps for the northern mole, and every captain will pay $1.2 million for them"
ARTICLE = f"Lamps return.\n\n“{QUOTED},” harbour warden Ada Quillfeather said on Sunday.\n\nNobody else spoke."
SAID = "We bought forty lamps for the northern mole, and no captain will pay $1.2 billion for them."
RECORD = f"Long Room\n\nWARDEN QUILLFEATHER: Good evening. {SAID} (Applause.)\n\nThe meeting rose at nine."
LETTER = "Dear Warden, the secret price of lamp oil is nine pence a barrel. Burn this letter, Bram."
SECRET = "secret price"


def fetched(url: str, body: bytes) -> Snapshot:
    """Store what a server answered, compressed, with its whole exchange."""
    sent = gzip.compress(body, mtime=0)
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
        f"Content-Length: {len(sent)}\r\n\r\n"
    )
    at = datetime(2031, 5, 5, 9, 30, tzinfo=UTC)
    ask = f"GET {url} HTTP/1.1\r\nHost: port.example\r\nUser-Agent: Readout-test/1\r\n\r\n".encode()
    exchange = Exchange(url, "GET", ask, b"", head.encode(), sent, None, "192.0.2.7", None, at)
    digest = hashlib.sha256(body).hexdigest()
    headers = (("content-type", "text/html; charset=utf-8"), ("content-encoding", "gzip"))
    capture = Capture(
        url, url, 200, headers, "text/html", "utf-8", body, digest, "192.0.2.7", None, (), at, at, (exchange,)
    )
    return keep(capture, capture.outcome, None)


def uploaded(body: bytes, **fields: object) -> Snapshot:
    """Store what a person handed in."""
    archive().put(body)
    return make_snapshot(body, **fields)


def claim_in(article: Article) -> Claim:
    """Store a claim that quotes a warden."""
    speaker, _made = Speaker.objects.get_or_create(name="Ada Quillfeather", defaults={"kind": "person"})
    start, end = ARTICLE.index(QUOTED), ARTICLE.index(QUOTED) + len(QUOTED)
    claim = Claim.objects.create(kind="quotation", text=QUOTED, speaker=speaker, quotations=[QUOTED], score=0.9)
    mention = ARTICLE.index("Ada Quillfeather")
    Appearance.objects.create(
        claim=claim,
        article=article,
        snapshot=article.snapshot,
        snapshot_sha256=article.snapshot.sha256,
        exact=QUOTED,
        prefix=ARTICLE[:start][-32:],
        suffix=ARTICLE[end:][:32],
        start=start,
        end=end,
        mention="Ada Quillfeather",
        mention_start=mention,
        mention_end=mention + len("Ada Quillfeather"),
    )
    return claim


def found_in(claim: Claim, document: Document, passage: str, run: SearchRun | None = None) -> Candidate:
    """Store a passage as a search proposes it, with the checks that it makes."""
    query, start = query_of(claim), document.text.index(passage)
    asked = {"text": query.text, "quotations": list(query.quotations), "speaker": query.speaker}
    asked |= {"said": None, "published": query.published.isoformat() if query.published else None}
    check = check_quote(query.quotations[0], document.text, speaker=query.speaker)
    ranked = RankedCandidate(document.pk, start, start + len(passage), 1.0, (), check)
    (candidate,) = store_candidates(run or make_run(claim, query=asked), query, [ranked])
    return candidate


class Case(Walk):
    """A case about a fetched article, with a fetched record (and a letter that readers do not see) found for it."""

    def __init__(
        self,
        *,
        second_check: bool = False,
        letter: bool = False,
        upload: bool = False,
        record: bool = True,
        asked: bool = False,
    ) -> None:
        """Open it. `asked`: by a reader, in words that stand at no address."""
        super().__init__(second_check=second_check)
        outlet, _made = Outlet.objects.get_or_create(name="The Mole Lantern")
        page = f"<p>{ARTICLE}</p>".encode()
        article = make_article(
            ARTICLE,
            snapshot=uploaded(ARTICLE.encode()) if asked else fetched("https://lantern.example/lamps", page),
            outlet=None if asked else outlet,
            title="A reader’s question" if asked else "Lamps return",
            url=None if asked else "https://lantern.example/lamps",
            published=datetime(2031, 5, 4, tzinfo=UTC),
            published_precision="day",
        )
        claim = claim_in(article)
        open_cases()
        self.review = Review.objects.get(claim=claim)
        if record:
            body, url = RECORD.encode(), "https://port.example/remarks"
            found_in(
                claim, make_document(RECORD, snapshot=uploaded(body) if upload else fetched(url, body), url=url), SAID
            )
        self.letter: Candidate | None = None
        if letter:
            kept = make_document(LETTER, snapshot=uploaded(LETTER.encode()), withheld=True, title=None)
            self.letter = found_in(claim, kept, "Burn this letter")

    def finding(self, **fields: Any) -> Finding:
        """Return a judgment that passes the gate: all that was found is evidence, every question is answered."""
        found = Candidate.objects.filter(claim=self.review.claim).select_related("document").order_by("pk")
        pieces = [(1, str(each.document_id), each.quote_check, each.figure_checks) for each in found]
        values: dict[str, Any] = {
            "picks": [Pick(each, Role.TESTS_CLAIM, Stance.REFUTES) for each in found],
            "answers": {question.key: "meaning" for question in questions_of(pieces)},
        }
        return finding(self.review, **values | fields)

    def proposed(self, **fields: object) -> "Case":
        """Submit the first judgment."""
        seen = self.judgment().revision
        judgments.submit(self.review, self.checker, self.finding(**fields), seen=seen, case_seen=self.review.revision)
        self.review = now(self.review)
        return self

    def checked_twice(self) -> "Case":
        """Let the second checker take it and find the same."""
        assignment.take(self.review, self.second, verb="take_second")
        self.review = now(self.review)
        seen = self.judgment(self.second, "second").revision
        judgments.submit(self.review, self.second, self.finding(), seen=seen, case_seen=self.review.revision)
        self.review = now(self.review)
        return self

    def out(self, **fields: object) -> Verdict:
        """Walk it to publication, seal the log and sign its head; return the version that is out."""
        self.accepted().taken()
        self.proposed(**fields)
        if self.second_check:
            self.checked_twice()
        self.drafted().approved().published()
        return self.signed()

    def signed(self) -> Verdict:
        """Seal and sign the log; return the version that is out."""
        seal()
        make_checkpoint()
        self.review = now(self.review)
        assert self.review.publication is not None
        return self.review.publication.verdict


def packed(verdict: Verdict) -> bytes:
    """Return the package of a version that is out."""
    return build(Verdict.objects.get(pk=verdict.pk), archive(), None)[0]
