"""What the sources say to a claim, as a case's page shows it: the candidates, and what was asked in vain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User

from verification.admin.case.judgment_form import Picked
from verification.matching.marking import by_paragraph, marked_spans, pieces, quotation_in_place, window, with_figures
from verification.models import Candidate, Document, Role, SearchRun, Suggestion
from verification.models.candidate import OWN_WORDS
from verification.review.found_for import found_for, newest_of_library
from verification.review.questions import Question, questions_of
from verification.review.standing import Standing

# The first few passages are read; the others are glanced at, around the words they share with the claim (characters).
SHOWN_WHOLE, SHORT = 3, 260
# So many cards are shown whatever they hold.
SHOWN_AT_LEAST = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One candidate: its number on the page, the passage cut into marked and plain pieces, the comparison made.

    `kept_back`: found by nothing but a colleague's own words, which its reader must not learn of yet.
    """

    number: int
    candidate: Candidate
    passage: list[tuple[str, bool]]
    check: dict[str, Any] | None
    asks: tuple[Question, ...]
    also_at: tuple[Document, ...] = ()
    picked: Picked | None = None
    kept_back: bool = False

    @property
    def role(self) -> str:
        """What it is picked for; what the search proposes, until somebody says otherwise."""
        return self.picked.role if self.picked else self.candidate.role or Role.TESTS_CLAIM

    @property
    def tells(self) -> bool:
        """Whether more speaks for it than words in common: words found, a figure, a proposed use, somebody’s hand."""
        found = bool(self.check and self.check["class"] != "not_found")
        placed = (
            self.candidate.role in {Role.SAID_WHERE, Role.TESTS_CLAIM}
            or self.candidate.counterpart_of_id
            or self.candidate.search_run.source_id
            or (self.candidate.search_run.step == OWN_WORDS and not self.kept_back)
        )
        return bool(self.picked or found or placed or self.candidate.figure_checks)

    @property
    def shows_diff(self) -> bool:
        """Whether printed and source's words are worth laying one over the other."""
        return bool(self.check and self.check["class"] in {"altered", "edited", "spelling", "normalised"})


def cards_of(standing: Standing, person: User, *, blind: bool) -> tuple[list[Card], list[SearchRun]]:
    """Return what was found for a case (`found_for`) as cards, and the searches behind them, newest first."""
    found = found_for(standing, person, blind=blind)
    copies = _copies(found.candidates)
    cards = [_card(number, each, standing.review.wording) for number, each in enumerate(found.candidates, start=1)]
    return [
        replace(card, also_at=_held(card.candidate, copies), kept_back=card.candidate.search_run_id in found.hidden)
        for card in cards
    ], found.runs


def nothing_found(runs: Sequence[SearchRun]) -> Suggestion | None:
    """Return what the newest search of the library suggests where it found nothing that tests the claim."""
    library = newest_of_library(runs)
    told = next((vars(run)["nothing"] for run in runs if run.pk == library), None)
    return Suggestion(**told) if told else None


def _copies(candidates: Iterable[Candidate]) -> dict[int, Document]:
    wanted = {pk for candidate in candidates for pk in candidate.also_at or ()}
    return Document.objects.select_related("source").defer("text").in_bulk(wanted) if wanted else {}


def _held(candidate: Candidate, copies: Mapping[int, Document]) -> tuple[Document, ...]:
    return tuple(copies[pk] for pk in candidate.also_at or () if pk in copies)


def _card(number: int, candidate: Candidate, wording: str) -> Card:
    check = candidate.quote_check
    asks = tuple(questions_of([(number, str(candidate.document_id), check, candidate.figure_checks)]))
    return Card(number, candidate, by_paragraph(_passage(number, candidate, wording)), check, asks)


def _passage(number: int, candidate: Candidate, wording: str) -> list[tuple[str, bool]]:
    """Return a quotation that stands there with the sentences around it; else the passage, shorter further down."""
    in_place = quotation_in_place(candidate.exact, candidate.start, candidate.quote_check)
    if in_place:
        return in_place
    text = candidate.exact
    spans = with_figures(marked_spans(text, wording), candidate.start, len(text), candidate.figure_checks)
    if number > SHOWN_WHOLE and len(text) > SHORT:
        start, end = window(text, spans, SHORT)
        inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
        return [("… ", False)] * (start > 0) + pieces(text[start:end], inside) + [(" …", False)] * (end < len(text))
    return pieces(text, spans)


def folded(cards: Sequence[Card]) -> tuple[Sequence[Card], Sequence[Card]]:
    """Return the cards that are shown, and those behind the last telling one, which lie folded up below them."""
    last = max((place for place, card in enumerate(cards, start=1) if card.tells), default=0)
    cut = max(last, SHOWN_AT_LEAST)
    return cards[:cut], cards[cut:]


def with_picks(cards: list[Card], picked: Mapping[int, Picked]) -> list[Card]:
    """Return the cards with what the judgment form holds of each."""
    return [replace(card, picked=picked.get(card.candidate.pk)) for card in cards]


def in_order_of_evidence(cards: list[Card], picked: Mapping[int, Picked]) -> list[Card]:
    """Return the cards that are ticked as evidence, as the evidence is numbered."""
    by_id = {card.candidate.pk: card for card in cards}
    return [by_id[pk] for pk, pick in picked.items() if pick.ticked and pk in by_id]
