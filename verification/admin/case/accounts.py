"""Two sides' own accounts of one event, laid side by side: on a page of its own, and in a panel of the case's page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from verification.admin.pages import Route, desk_page, show
from verification.matching.accounts.rows import Account, Present, Row, lay_side_by_side, most_telling
from verification.matching.accounts.statements import MOST_TEXT
from verification.models import Candidate, Document, Review, SearchRun

# So many rows the panel shows of a pair; the page shows all.
IN_THE_PANEL = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate and the one whose counterpart it is, their documents, and what is shown of the comparison."""

    first: Candidate
    other: Candidate
    here: Document
    there: Document
    rows: Sequence[Row]
    of_rows: int
    present: Present
    agreed: bool

    @property
    def cut(self) -> bool:
        """Whether one of the texts is so long that only its beginning was compared."""
        return max(len(self.here.text), len(self.there.text)) > MOST_TEXT

    @property
    def differ(self) -> int:
        """In how many of the rows shown the accounts differ in more than their wording."""
        return sum(row.differs for row in self.rows)


@dataclass(frozen=True, slots=True)
class Panel:
    """What a case's page shows: the first pair, the other counterparts, and whose own account was not found."""

    pair: Pair | None
    others: tuple[Candidate, ...]
    missing: tuple[str, ...]


def counterparts_of(candidates: Iterable[Candidate], runs: Iterable[SearchRun], wording: str) -> Panel | None:
    """Return the panel for a case's candidates, given with `counterpart_of` and `document` (one query where one is).

    None where there is nothing to show.
    """
    found = [each for each in candidates if each.counterpart_of]
    pair = _pair(found[0]) if found else None
    if pair:
        chosen = most_telling(pair.rows, wording, IN_THE_PANEL)
        pair = Pair(pair.first, pair.other, pair.here, pair.there, chosen, pair.of_rows, pair.present, pair.agreed)
    missing = tuple(looked_for_in_vain(runs))
    return Panel(pair, tuple(found[1:]), missing) if found or missing else None


def looked_for_in_vain(runs: Iterable[SearchRun]) -> Iterable[str]:
    """Yield who took part and has no account of their own in the library, as the newest search's leads tell."""
    leads: Sequence[Mapping[str, Any]] = next((run.leads for run in runs if run.leads is not None), [])
    return (lead_in_words(lead) for lead in leads if not lead["found"])


def lead_in_words(lead: Mapping[str, Any]) -> str:
    """Return a stored lead as it is shown: office and name, and the institution where the document gives one."""
    name = lead["name"] if not lead["office"] or lead["office"] in lead["name"] else f"{lead['office']} {lead['name']}"
    return f"{name}, {lead['institution']}" if lead["institution"] and lead["institution"] not in name else name


@desk_page("case")
def accounts_page(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """Show a counterpart beside the account it is the counterpart of (three queries beside the frame's)."""
    review = get_object_or_404(Review, pk=pk)
    other = get_object_or_404(
        Candidate.objects.select_related("counterpart_of"),
        pk=candidate,
        claim=review.claim_id,
        counterpart_of__isnull=False,
    )
    pair = _pair(other)
    context = {
        "title": _("Accounts side by side"),
        "review": review,
        "pair": pair,
        "sides": [(pair.first, pair.here), (pair.other, pair.there)],
    }
    return show(request, "desk/accounts.html", context)


def _pair(other: Candidate) -> Pair:
    """Compare a counterpart with its first account. What the search found of an agreed text stands."""
    first = other.counterpart_of
    assert first is not None  # nosec B101 (only counterparts are given)
    documents = Document.objects.select_related("source").in_bulk([first.document_id, other.document_id])
    here, there = documents[first.document_id], documents[other.document_id]
    compared = lay_side_by_side(_account(here), _account(there))
    agreed = compared.agreed if other.agreed_text is None else other.agreed_text
    return Pair(first, other, here, there, compared.rows, len(compared.rows), compared.present, agreed)


def _account(document: Document) -> Account:
    return Account(document.title or "", document.text)


ROUTES: list[Route] = [("<int:pk>/accounts/<int:candidate>/", accounts_page, "case_accounts")]
