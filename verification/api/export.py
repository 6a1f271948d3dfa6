"""All that is published as one file, streamed: a table for spreadsheets, and JSON Lines.

The ids come from a cursor of the server's, what stands under them is read in chunks: whatever there is, no more than a
chunk is held here. Whoever stops reading closes the cursor with the answer.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from verification.api.answering import PublicView, unless_known
from verification.api.described import CHOICE, PROBLEM, REFUSALS, Problem, described
from verification.api.examples import TABLE, VERDICT
from verification.api.problems import MEDIA_TYPE
from verification.api.reading import asked_for
from verification.api.told.published import VerdictTold, label_of
from verification.models import Verdict
from verification.publishing.addresses import Addresses
from verification.publishing.choosing import Choice, narrowed
from verification.publishing.edition import Edition, edition
from verification.publishing.history import NEWEST_FIRST
from verification.publishing.plain_text import printable
from verification.publishing.published import PublishedVerdict
from verification.publishing.records import read
from verification.publishing.spreadsheets import lines
from verification.publishing.streams import stream

AT_ONCE: Final = 500
HEAD: Final = (
    *("check", "version", "url", "claim", "claimant", "said", "kind", "language", "rating", "rating_value"),
    *("rating_worst", "rating_best", "headline", "change", "note", "published", "first_published", "edited", "as_of"),
    *("current", "withdrawn", "outlets", "evidence", "sources"),
)
"""The columns of the table; further ones would come after these."""
VERSIONS: Final = OpenApiParameter(
    "versions", str, description="`all`: every version that was published, not only those that stand.", enum=["all"]
)


class WhateverIsAsked(BaseContentNegotiation):
    """A file is what its address says it is."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """Return the first: nothing is sent with the request."""
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """Return that of problems: what is streamed needs none."""
        return renderers[0], renderers[0].media_type


def _answers(media_type: str, schema: Any, example: object) -> dict[tuple[int, str], OpenApiResponse]:
    shown = OpenApiExample("As it is answered", example, media_type=media_type)
    answers = {(200, media_type): OpenApiResponse(schema, description="All of it, as it is read.", examples=[shown])}
    for status in (400, 429, 503):
        answers[status, MEDIA_TYPE] = OpenApiResponse(Problem, description=REFUSALS[status], examples=[PROBLEM])
    answers[304, media_type] = OpenApiResponse(description="The copy that `If-None-Match` names is what stands.")
    return answers


class _Export(PublicView, ABC):
    content_negotiation_class = WhateverIsAsked
    media_type = ""
    ending = ""

    def exported(self, request: Request) -> HttpResponseBase:
        """Answer with the file, or that the reader has it. Raises NotNow."""
        now = edition()
        verdicts = _asked_for(request, now)

        def make() -> HttpResponseBase:
            texts = self.written(_read(verdicts, now), Addresses.of(request._request))
            sent = stream(request._request, _in_language(texts))
            answer = StreamingHttpResponse(sent, content_type=self.media_type)
            name = f"verdicts-{timezone.localdate():%Y-%m-%d}.{self.ending}"
            answer["Content-Disposition"] = f'attachment; filename="{name}"'
            return answer

        return unless_known(request, now, make)

    @abstractmethod
    def written(self, verdicts: Iterator[PublishedVerdict], addresses: Addresses) -> Iterator[str]:
        """Write them, a line at a time."""


class Table(_Export):
    """The checks as a table."""

    media_type = "text/csv; charset=utf-8"
    ending = "csv"

    @described(
        "export_csv",
        "Export as CSV",
        "All checks that stand, newest first, a line each, in UTF-8 with a byte order mark (RFC 4180). A cell that a "
        "spreadsheet would run as a formula has an apostrophe before it. `outlets` and `sources` may hold lines.",
        [*CHOICE, VERSIONS],
        _answers("text/csv", OpenApiTypes.STR, TABLE),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Stream it."""
        return self.exported(request)

    def written(self, verdicts: Iterator[PublishedVerdict], addresses: Addresses) -> Iterator[str]:
        """Write the heading, then a line of each."""
        return lines(HEAD, (_cells(verdict, addresses) for verdict in verdicts))


class JsonLines(_Export):
    """The checks as JSON Lines."""

    media_type = "application/jsonl; charset=utf-8"
    ending = "jsonl"

    @described(
        "export_jsonl",
        "Export as JSON Lines",
        "All checks that stand, newest first, each as one line of JSON in the shape of the list of verdicts.",
        [*CHOICE, VERSIONS],
        _answers("application/jsonl", OpenApiTypes.STR, json.dumps(VERDICT)),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Stream it."""
        return self.exported(request)

    def written(self, verdicts: Iterator[PublishedVerdict], addresses: Addresses) -> Iterator[str]:
        """Write an object a line."""
        told = VerdictTold(context={"addresses": addresses})
        for verdict in verdicts:
            yield json.dumps(told.to_representation(verdict), ensure_ascii=False) + "\n"


def _asked_for(request: Request, now: Edition) -> QuerySet[Verdict]:
    which = request.query_params.get("versions", "")
    if which not in {"", "all"}:
        raise ValidationError({"versions": _("Leave it out, or give “all”.")})
    standing = asked_for(request, now)
    if not which:
        return standing
    every = Verdict.objects.filter(publication__isnull=False).order_by(*NEWEST_FIRST)
    if request.query_params.get("q"):
        return every.filter(review__in=standing.order_by().values("review"))
    return narrowed(every, Choice.of(request._request.GET))


def _read(verdicts: QuerySet[Verdict], now: Edition) -> Iterator[PublishedVerdict]:
    ids = verdicts.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)
    for chunk in _chunks(ids):
        yield from read(Verdict.objects.filter(pk__in=chunk).order_by(*NEWEST_FIRST), names=now.names_public)


def _chunks(ids: Iterator[int]) -> Iterator[Sequence[int]]:
    held: list[int] = []
    for each in ids:
        held.append(each)
        if len(held) == AT_ONCE:
            yield held
            held = []
    if held:
        yield held


def _in_language(texts: Iterator[str]) -> Generator[str, None, None]:
    """Yield texts that are made in the language of the request, which is over when they are read."""
    language = translation.get_language() or ""
    while True:
        with translation.override(language):
            text = next(texts, None)
        if text is None:
            return
        yield text


def _cells(verdict: PublishedVerdict, addresses: Addresses) -> list[object]:
    void, rating = verdict.void, verdict.rating
    evidence = () if void else verdict.evidence
    return [
        str(verdict.check),
        verdict.version,
        addresses.version(verdict.check, verdict.version),
        printable(verdict.claim),
        printable(verdict.claimant or ""),
        verdict.said.iso if verdict.said else "",
        verdict.kind,
        verdict.language,
        printable(label_of(verdict) or ""),
        "" if void or rating.value is None else rating.value,
        rating.worst,
        rating.best,
        "" if void else printable(verdict.headline),
        verdict.change,
        printable(verdict.note),
        verdict.published.iso,
        verdict.first_published.iso,
        verdict.edited.iso if verdict.edited else "",
        verdict.as_of.iso if verdict.as_of else "",
        "yes" if verdict.current else "no",
        "yes" if void else "no",
        _each(item.outlet for item in verdict.appearances),
        len(evidence),
        _each(item.url or item.title for item in evidence),
    ]


def _each(names: Iterator[str | None]) -> str:
    return "\n".join(dict.fromkeys(printable(name) for name in names if name))
