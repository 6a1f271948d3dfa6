"""The Wayback Machine of the Internet Archive: copies of pages, found near a time, read as they were, and asked for."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from claims.capture.asking import Answer, Ask, Fetch, Interrupted, NotAsExpected, Secret, needed
from claims.capture.errors import CaptureError
from claims.capture.outcome import Outcome
from claims.wording import words
from verification.connectors.files import read_page
from verification.connectors.issuers.contract import Connector, Fetched, Memento, SaveJob, SourceEntry
from verification.connectors.issuers.json_answers import JSON, address, asked, record_of
from verification.connectors.issuers.saveable import why_not_saved
from verification.connectors.issuers.shapes import Shape, Trial

FAITHFUL_COPY = 3
NEAR = timedelta(days=1)
"""A capture that is further off than this from the one that was asked for is another one."""

PERMANENT = frozenset({"blocked-url", "not-found", "no-access", "invalid-url-syntax"})
_STAMP = re.compile(r"\d{14}")
_REPLAYED = re.compile(r"/web/(\d{14})(?:id_)?/(.+)")
_COLUMNS = ("timestamp", "original", "statuscode", "digest")


class Wayback(Connector):
    """An archive, not a source: it is asked for copies of pages that sources are known to have had."""

    key = "wayback"
    title = words("Wayback Machine (Internet Archive)")
    summary = words(
        "Finds the copy of a page that was made nearest to a time, reads it as it was served, and asks for a copy to "
        "be made. It is an archive service, not a source: it is neither searched for claims nor followed."
    )
    quirks = (
        words(
            "Two questions to the index find the copy nearest to a time: the last before, and the first after. New "
            "copies may be missing from the index for hours, so that none found does not mean that none was made."
        ),
        words(
            "A site that had itself excluded is answered with 403 and “Blocked Site Error”: it is told as a refusal. "
            "Where the index cannot be asked, the availability interface is; what that does not know proves nothing."
        ),
        words(
            "Bytes are read by the address with “id_”, else the archive’s toolbar and links would be hashed. An answer "
            "without the time of its capture (memento-datetime) is no copy."
        ),
        words(
            "Asked for a time, the archive shows the nearest copy it can: its own time is kept with its distance from "
            "the one that was asked for, and a copy more than a day from the one that was listed is not taken for it."
        ),
        words(
            "A request to save may be answered with 200 and yet be refused: without a job it failed. Five copies of an "
            "address a day are made at most, seven a minute; a job is kept for about an hour."
        ),
        words(
            "Only asking for a copy takes a key (the access key and its secret, with a colon between): copies are "
            "found and read without one."
        ),
        words(
            "Copies are public. Addresses with a password, with what looks like a token, or of a private network are "
            "never handed in; nor should a page be that refused us, to get round the refusal."
        ),
    )
    secret = Secret("wayback", "Authorization", "LOW {key}")
    hand_book = "§8"
    archive: ClassVar[str] = "https://web.archive.org"
    availability: ClassVar[str] = "https://archive.org/wayback/available"
    shapes = (Shape("/wayback/available", {"": "archived_snapshots url?"}, trimmed=False),)
    trial = Trial(captured="https://www.fws.gov/birds/")

    def find_capture(self, fetch: Fetch, url: str, near: datetime | None = None) -> Memento | None:
        """Return the copy nearest to a time, the newest without one; None where the index has none."""
        try:
            found = [self._listed(fetch, url, pairs) for pairs in _questions(near)]
        except Interrupted as told:
            if told.outcome is Outcome.REFUSED:
                raise
            if capture := self._available(fetch, url, near):
                return capture
            raise
        known = [capture for capture in found if capture]
        if near is None or not known:
            return known[0] if known else None
        return min(known, key=lambda capture: abs(capture.captured_at - near))

    def save(self, fetch: Fetch, url: str) -> SaveJob:
        """Ask for a copy to be made. Raises `Interrupted` (REFUSED) for an address that is not for the public."""
        if why := why_not_saved(url):
            raise Interrupted(Outcome.REFUSED, why)
        form = urlencode({"url": url, "skip_first_archive": "1"}).encode()
        ask = Ask(
            f"{self.archive}/save",
            method="POST",
            accept=JSON,
            content_type="application/x-www-form-urlencoded",
            body=form,
            secret=self.secret,
        )
        record = asked(fetch, ask)
        job = record.text("job_id")
        if job is None:
            return _failed(None, record.fields)
        return SaveJob(job)

    def saved(self, fetch: Fetch, job: SaveJob) -> SaveJob:
        """Return how a copy that was asked for stands."""
        if job.job_id is None:
            return job
        url = f"{self.archive}/save/status/{job.job_id}"
        record = asked(fetch, Ask(url, accept=JSON, secret=self.secret))
        match record.told("status"):
            case "pending":
                return job
            case "success":
                stamp, original = record.told("timestamp"), record.told("original_url")
                if not _STAMP.fullmatch(stamp):
                    raise record.wrong("timestamp")
                return SaveJob(job.job_id, self._memento(stamp, original, None))
            case "error":
                return _failed(job.job_id, record.fields)
        raise record.wrong("status")

    def entry(self, memento: Memento, asked_for: datetime | None = None) -> SourceEntry:
        """Return a copy as an entry whose document `fetch` brings: the page's, as of then, and how far from when."""
        memo: dict[str, Any] = {}
        if asked_for:
            memo["asked_for"] = asked_for.isoformat()
            memo["seconds_off"] = int((memento.captured_at - asked_for).total_seconds())
        return SourceEntry(
            stable_id=memento.raw_url,
            url=memento.url,
            original_url=memento.original,
            tier=FAITHFUL_COPY,
            memo=memo,
        )

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return a page as it was served to the archive."""
        copy = _REPLAYED.search(entry.url)
        if copy is None:
            raise Interrupted(Outcome.NOT_FOUND, words("“%(url)s” is no copy in the archive.", url=entry.url))
        memento = self._memento(copy[1], copy[2], None)
        wanted, answer = memento.captured_at, needed(fetch(Ask(memento.raw_url)))
        captured = _captured(answer)
        if abs(captured - wanted) > NEAR:
            raise Interrupted(
                Outcome.NOT_FOUND,
                words(
                    "The archive cannot show the copy of %(wanted)s, and showed one of %(shown)s in its place.",
                    wanted=f"{wanted:%Y-%m-%d %H:%M}",
                    shown=f"{captured:%Y-%m-%d %H:%M}",
                ),
                answer,
            )
        replayed = _REPLAYED.search(answer.url)
        shown = f"{self.archive}/web/{captured:%Y%m%d%H%M%S}/{replayed[2]}" if replayed else memento.url
        try:
            page = read_page(entry.stable_id, answer.body, answer.media_type, url=shown, charset=answer.charset)
        except CaptureError as error:
            raise NotAsExpected(answer, error.sentence) from error
        return Fetched(page, answer)

    def examples(self) -> Sequence[str]:
        """Return a question to the index, and one to the availability interface."""
        url = str(self.trial.captured)
        return [self._index(url, {"limit": "1"}), address(self.availability, [("url", url)])]

    def _index(self, url: str, pairs: Mapping[str, str]) -> str:
        told = {"url": url, "output": "json", "fl": ",".join(_COLUMNS), "filter": "statuscode:200|-"}
        return address(f"{self.archive}/cdx/search/cdx", list({**told, **pairs}.items()))

    def _listed(self, fetch: Fetch, url: str, pairs: Mapping[str, str]) -> Memento | None:
        answer = fetch(Ask(self._index(url, pairs), accept=JSON))
        if answer.outcome is Outcome.REFUSED and _excluded(answer):
            raise Interrupted(
                Outcome.REFUSED, words("“%(url)s” is excluded from the archive, by its site’s wish.", url=url), answer
            )
        if not needed(answer).body.strip():
            return None
        rows = answer.json()
        if rows == []:
            return None
        if not _is_table(rows):
            raise NotAsExpected(answer, words("%(url)s answered with JSON of another shape.", url=answer.url))
        told = [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]
        if not told:
            return None
        stamp, original = told[0].get("timestamp", ""), told[0].get("original", "")
        if not _STAMP.fullmatch(stamp) or not original:
            raise NotAsExpected(answer, words("%(url)s answered with a copy that has no time.", url=answer.url))
        return self._memento(stamp, original, told[0].get("digest"))

    def _available(self, fetch: Fetch, url: str, near: datetime | None) -> Memento | None:
        """Return what the availability interface knows; None where it knows nothing, or cannot be asked either."""
        pairs = [("url", url), *([("timestamp", f"{near.astimezone(UTC):%Y%m%d%H%M%S}")] if near else [])]
        try:
            record = record_of(fetch(Ask(address(self.availability, pairs), accept=JSON)))
            snapshots = record.record("archived_snapshots")
            closest = snapshots.record("closest") if snapshots else None
            if closest is None or closest.fields.get("available") is not True:
                return None
            match = _REPLAYED.search(closest.told("url"))
            return self._memento(match[1], match[2], None) if match else None
        except Interrupted:
            return None

    def _memento(self, stamp: str, original: str, digest: str | None) -> Memento:
        try:
            captured_at = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            raise Interrupted(Outcome.FAILED, words("“%(stamp)s” is no time of a copy.", stamp=stamp)) from None
        return Memento(
            url=f"{self.archive}/web/{stamp}/{original}",
            original=original,
            captured_at=captured_at,
            raw_url=f"{self.archive}/web/{stamp}id_/{original}",
            digest=digest,
        )


def _questions(near: datetime | None) -> list[dict[str, str]]:
    """Return what is asked of the index: a limit below 0 counts from the newest."""
    if near is None:
        return [{"limit": "-1"}]
    stamp = f"{near.astimezone(UTC):%Y%m%d%H%M%S}"
    return [{"to": stamp, "limit": "-1"}, {"from": stamp, "limit": "1"}]


def _is_table(rows: Any) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in rows
    )


def _excluded(answer: Answer) -> bool:
    said = f"{answer.header('x-archive-wayback-runtime-error') or ''} {answer.text()[:500]}"
    return "Blocked Site Error" in said or "AdministrativeAccessControl" in said


def _captured(answer: Answer) -> datetime:
    """Return when a copy was made. Raises `NotAsExpected` for an answer that is no copy."""
    try:
        captured = parsedate_to_datetime(answer.header("memento-datetime") or "")
    except (TypeError, ValueError):
        captured = None
    if captured is None or captured.tzinfo is None:
        raise NotAsExpected(answer, words("%(url)s is no copy: it does not say when it was made.", url=answer.url))
    return captured.astimezone(UTC)


def _failed(job_id: str | None, told: Mapping[str, Any]) -> SaveJob:
    """Return a job that failed; for good where trying again cannot help."""
    status = str(told.get("status_ext") or "").removeprefix("error:")
    why = str(told.get("message") or status)
    sentence = words("The archive made no copy: %(why)s", why=why) if why else words("The archive made no copy.")
    return SaveJob(job_id, None, sentence, permanent=status in PERMANENT)
