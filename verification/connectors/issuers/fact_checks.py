"""Google Fact Check Tools: what other newsrooms checked. Leads to sources, and never evidence by themselves."""

import re
from collections.abc import Sequence
from typing import ClassVar

from claims.capture.asking import Ask, Fetch, NotAsExpected, Secret, needed
from claims.capture.errors import CaptureError
from claims.capture.outcome import Outcome
from claims.wording import words
from verification.connectors.dates import read_date
from verification.connectors.files import read_page
from verification.connectors.issuers.contract import Connector, Fetched, Page, Query, Setting, SourceEntry, Window
from verification.connectors.issuers.entry_text import dated
from verification.connectors.issuers.json_answers import JSON, Record, address, asked
from verification.connectors.issuers.shapes import Shape, Trial

PER_PAGE = 50
SECONDARY = 4
_PAGE = re.compile(r"https?://")


class FactChecks(Connector):
    """An entry is one review: its document is the page of whoever checked the claim."""

    key = "fact_checks"
    title = words("Google Fact Check Tools")
    summary = words(
        "Asks claims:search for checks of like claims by other newsrooms. Each is a secondary lead (T4): it may name "
        "the primary record, and is never evidence by itself. A document is the page of the newsroom that checked."
    )
    quirks = (
        words(
            "A check follows its claim, sometimes by years, and the same claim may have been checked before: the days "
            "that a search plan asks for do not narrow this search down."
        ),
        words("Nothing found is an answer without claims."),
        words("One claim may have several reviews: each is an entry."),
        words("Pages are other newsrooms’: their rules for robots and their rights hold."),
    )
    settings = (
        Setting(
            "publisher",
            words("Publisher"),
            words("The host of one newsroom, to ask for its checks alone; empty for all."),
            default="",
        ),
        Setting(
            "language",
            words("Language"),
            words("A language tag as in “en”, for checks in that language alone; empty for that of the claim."),
            default="",
        ),
    )
    secret = Secret("factchecktools", "X-Goog-Api-Key")
    hand_book = "§9"
    api: ClassVar[str] = "https://factchecktools.googleapis.com/v1alpha1"
    shapes = (
        Shape(
            "/claims:search",
            {
                "": "claims nextPageToken?",
                "claims[]": "text claimant? claimDate? claimReview",
                "claims[].claimReview[]": "publisher url title? reviewDate? textualRating languageCode",
                "claims[].claimReview[].publisher": "name? site?",
            },
            trimmed=False,
        ),
    )
    trial = Trial(Query(words=("climate",), language="en"))

    def search(self, fetch: Fetch, query: Query, window: Window, cursor: str | None = None) -> Page:
        """Return reviews of claims that are like the words asked for; the window is not heeded (see `quirks`)."""
        language = self.configuration["language"] or query.language
        term = query.phrase or " ".join([*query.names, *query.words])
        pairs = [("query", term), ("pageSize", str(PER_PAGE))]
        pairs += [("languageCode", language)] if language else []
        publisher = self.configuration["publisher"]
        pairs += [("reviewPublisherSiteFilter", publisher)] if publisher else []
        pairs += [("pageToken", cursor)] if cursor else []
        record = asked(fetch, Ask(address(f"{self.api}/claims:search", pairs), accept=JSON, secret=self.secret))
        if record.fields and "claims" not in record.fields:
            raise record.wrong("claims")
        reviews = [(claim, review) for claim in record.records("claims") for review in claim.records("claimReview")]
        entries = [_entry(claim, review) for claim, review in reviews if _PAGE.match(review.told("url"))]
        following = record.text("nextPageToken")
        if following and following == cursor:
            raise record.wrong("nextPageToken")
        outcome = Outcome.OK if entries or following else Outcome.EMPTY
        return Page(tuple(entries), following, outcome, None, (record.answer,))

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return the page of a review."""
        answer = needed(fetch(Ask(entry.url)))
        try:
            page = read_page(entry.stable_id, answer.body, answer.media_type, url=answer.url, charset=answer.charset)
        except CaptureError as error:
            raise NotAsExpected(answer, error.sentence) from error
        return Fetched(page, answer)

    def examples(self) -> Sequence[str]:
        """Return a search."""
        return [address(f"{self.api}/claims:search", [("query", "climate"), ("pageSize", "1")])]


def _entry(claim: Record, review: Record) -> SourceEntry:
    url, rating = review.told("url"), review.text("textualRating")
    publisher = review.record("publisher")
    by = (publisher.text("name") or publisher.text("site")) if publisher else None
    said = " · ".join(filter(None, (claim.text("claimant"), claim.text("text"), by, rating)))
    reviewed = read_date(review.text("reviewDate") or "")
    return SourceEntry(
        stable_id=url,
        url=url,
        title=" ".join((review.text("title") or claim.text("text") or "").split()) or None,
        tier=SECONDARY,
        language=review.text("languageCode"),
        snippet=" ".join(said.split()),
        **dated(reviewed, "reviewDate"),
    )
