"""The search plan of a claim: whom to ask what, in which order, and why (sources hand-book §13).

    first_steps(claim, issuers)                   identifiers and links, first parties by date, exact phrases
    further_steps(claim, issuers, people, asked)  the institution of each who took part, once a readout names them
    capture_step(url, issuer, claim)              an archived copy of what did not answer

Pure: nobody is asked here. The same claim and sources give the same plan, so that one broken off is gone on with.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from claims.wording import Words, words
from verification.connectors.issuers.contract import Query, Window
from verification.connectors.plan_parties import Issuer, named_in, participant_of, speaks_for, told
from verification.connectors.topics import topic_words
from verification.matching.participants import Participant
from verification.matching.tokens import WORD

PLAN_VERSION = "1"
RESOLVE, LISTED, PHRASE, COUNTERPART, CAPTURE = "resolve", "list", "phrase", "counterpart", "capture"

# Days before and after the words were said; before the article where nobody knows when they were.
BEFORE, AFTER, BEFORE_ARTICLE, AFTER_ARTICLE = 1, 3, 14, 1
# So many documents are fetched for a claim, of its first steps and of the further ones; so many steps there are.
FIRST_DOCUMENTS, FURTHER_DOCUMENTS = 8, 6
FIRST_STEPS, FURTHER_STEPS, LISTS = 16, 10, 6
OWN_LIST, OTHER_LIST, OF_PHRASE, OF_COUNTERPART = 5, 3, 2, 2
# A phrase of fewer words stands in too many texts; so many phrases and identifiers of one source are asked for.
SHORTEST_PHRASE, PHRASES, IDENTIFIERS = 3, 2, 3
# So many telling words make a search where there is no phrase: most sources find only what holds them all.
TOPIC = 3
RECORD = 0
LEADS_FROM = 4  # a tier: what is found there leads somewhere, and is no evidence


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim as far as it is known. `said` is aware; `beside` is what stands around it in the article."""

    text: str
    quotations: tuple[str, ...] = ()
    speaker: str | None = None
    said: datetime | None = None
    said_precision: str | None = None
    published: date | None = None
    title: str = ""
    beside: str = ""
    language: str | None = None
    people: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One question to one source. `why` is told in the search record; so many documents are fetched of what it shows.

    `window` is in the source's own days; without `query` and `identifier` the list of these days is asked for. `people`
    are those it is asked because of.
    """

    kind: str
    issuer: Issuer
    why: tuple[Words, ...]
    window: Window = field(default_factory=Window)
    query: Query | None = None
    identifier: str | None = None
    people: tuple[Participant, ...] = ()
    documents: int = 1


def first_steps(claim: Claimed, issuers: Sequence[Issuer]) -> tuple[PlanStep, ...]:
    """Return what is asked first: identifiers, the speaker's own lists, others that are named, exact phrases."""
    steps = [*_resolving(issuers), *_listing(claim, issuers), *_searching(claim, issuers)]
    return _shared_out(steps[:FIRST_STEPS], FIRST_DOCUMENTS)


def further_steps(
    claim: Claimed, issuers: Sequence[Issuer], people: Sequence[Participant], asked: Collection[int]
) -> tuple[PlanStep, ...]:
    """Return what is asked of the institutions of `people`; `asked` are the sources whose lists were asked already."""
    steps = []
    for issuer in issuers:
        who = participant_of(issuer, people) if issuer.id not in asked and issuer.tier < LEADS_FROM else None
        if who is None:
            continue
        window, when = window_of(claim, issuer, issuers)
        why = words("%(who)s took part: their own institution may have told of it", who=told(who))
        query = Query(words=topic_words(claim.text, claim.title, most=TOPIC), names=_names(claim))
        if step := _asking(COUNTERPART, issuer, (why, when), window, query, OF_COUNTERPART):
            steps.append(replace(step, people=(who,)))
    return _shared_out(steps[:FURTHER_STEPS], FURTHER_DOCUMENTS)


def capture_step(url: str, issuer: Issuer, why: Words) -> PlanStep:
    """Return the question to an archive of the web for what did not answer itself."""
    return PlanStep(CAPTURE, issuer, (why,), identifier=url)


def window_of(claim: Claimed, issuer: Issuer, issuers: Sequence[Issuer]) -> tuple[Window, Words]:
    """Return the days to ask a source for, in its own zone, and why these; open where no day is known at all."""
    zone = next((each.zone for each in issuers if each.zone and speaks_for(each, claim.speaker)), "")
    window, why = _days(claim, zone)
    if zone and issuer.zone == zone:
        return window, why
    # Another zone's day may be the one before or after.
    since = window.since - timedelta(days=1) if window.since else None
    until = window.until + timedelta(days=1) if window.until else None
    return Window(since, until), why


def _days(claim: Claimed, zone: str) -> tuple[Window, Words]:
    said = _local(claim.said, claim.said_precision, zone)
    if said is None:
        if claim.published is None:
            return Window(), words("nobody knows when it was said, and the article has no date")
        days = Window(claim.published - timedelta(days=BEFORE_ARTICLE), claim.published + timedelta(days=AFTER_ARTICLE))
        return days, words("the day it was said is not known: two weeks back from the article’s")
    if claim.said_precision == "year":
        return _around(date(said.year, 1, 1), date(said.year, 12, 31)), words("only the year is known")
    if claim.said_precision == "month":
        following = (said.replace(day=1) + timedelta(days=31)).replace(day=1)
        return _around(said.replace(day=1), following - timedelta(days=1)), words("only the month is known")
    return _around(said, said), words("said on %(day)s: the day before to three days after", day=said.isoformat())


def _around(first: date, last: date) -> Window:
    return Window(first - timedelta(days=BEFORE), last + timedelta(days=AFTER))


def _local(said: datetime | None, precision: str | None, zone: str) -> date | None:
    """Return the day something was said where it was said; a day that is all that is known is that one anywhere."""
    if said is None:
        return None
    return said.astimezone(ZoneInfo(zone)).date() if zone and precision in {"minute", "second"} else said.date()


def _resolving(issuers: Iterable[Issuer]) -> Iterable[PlanStep]:
    for issuer in issuers:
        if "resolve" in issuer.can:
            for name in issuer.names[:IDENTIFIERS]:
                why = words("the article names this document: %(name)s", name=name)
                yield PlanStep(RESOLVE, issuer, (why,), identifier=name)


def _listing(claim: Claimed, issuers: Sequence[Issuer]) -> Iterable[PlanStep]:
    """Yield the lists of first parties: the speaker's own, then of whom the claim names, then the article around it."""
    ranked: list[tuple[int, Issuer, Words]] = []
    for issuer in issuers:
        if issuer.tier >= LEADS_FROM:
            continue
        if speaks_for(issuer, claim.speaker):
            ranked.append((0, issuer, words("it speaks for %(speaker)s, who said it", speaker=claim.speaker or "")))
        elif name := named_in(issuer, claim.text):
            ranked.append((1, issuer, words("the claim names %(name)s", name=name)))
        elif name := named_in(issuer, f"{claim.title} {claim.beside}"):
            ranked.append((2, issuer, words("the article names %(name)s beside the claim", name=name)))
        elif who := participant_of(issuer, claim.people):
            ranked.append((2, issuer, words("the article tells that %(who)s took part", who=told(who))))
    for rank, issuer, why in sorted(ranked, key=lambda each: each[0])[:LISTS]:
        window, when = window_of(claim, issuer, issuers)
        query = Query(words=topic_words(claim.text, claim.title, most=TOPIC), names=_names(claim))
        documents = OWN_LIST if rank == 0 else OTHER_LIST
        if step := _asking(LISTED, issuer, (why, when), window, query, documents):
            yield step


def _asking(
    kind: str, issuer: Issuer, why: tuple[Words, ...], window: Window, query: Query, documents: int
) -> PlanStep | None:
    """Return the question by date, or by words and names where a source has no list; None where it has neither."""
    dated = bool(window.since or window.until)
    if dated and "list_by_date" in issuer.can:
        return PlanStep(kind, issuer, why, window, documents=documents)
    if "search" in issuer.can:
        return PlanStep(kind, issuer, why, window, query, documents=documents)
    return None


def _searching(claim: Claimed, issuers: Sequence[Issuer]) -> Iterable[PlanStep]:
    """Yield the searches of verbatim records, of the speaker's own source, and last of earlier checks."""
    phrases = [each for each in claim.quotations if len(WORD.findall(each)) >= SHORTEST_PHRASE][:PHRASES]
    for issuer in sorted(issuers, key=lambda each: each.tier):
        if "search" not in issuer.can:
            continue
        own, lead = speaks_for(issuer, claim.speaker), issuer.tier >= LEADS_FROM
        if not (own or lead or issuer.tier == RECORD):
            continue
        window, when = window_of(claim, issuer, issuers)
        if lead:
            why, window = words("somebody may have checked this before: a lead, not evidence"), Window()
            yield PlanStep(PHRASE, issuer, (why,), window, _told(claim), documents=1)
            continue
        why = words("it holds verbatim records") if issuer.tier == RECORD else words("it speaks for who said it")
        for phrase in phrases:
            query = Query(phrase=phrase, language=claim.language)
            yield PlanStep(PHRASE, issuer, (why, when), window, query, documents=OF_PHRASE)
        if not phrases:
            query = Query(words=topic_words(claim.text, "", most=TOPIC), names=_names(claim), language=claim.language)
            yield PlanStep(PHRASE, issuer, (why, when), window, query, documents=OF_PHRASE)


def _told(claim: Claimed) -> Query:
    return Query(words=tuple(WORD.findall(claim.text))[:20], names=_names(claim), language=claim.language)


def _names(claim: Claimed) -> tuple[str, ...]:
    return (claim.speaker,) if claim.speaker else ()


def _shared_out(steps: Sequence[PlanStep], most: int) -> tuple[PlanStep, ...]:
    """Give each step its share of the documents that may be fetched, the first first; each is asked all the same."""
    shared, left = [], most
    for step in steps:
        documents = min(step.documents, left)
        left -= documents
        shared.append(replace(step, documents=documents))
    return tuple(shared)
