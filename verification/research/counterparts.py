"""The other side's own account: whoever took part in what a readout tells of is a lead to a document of their own.

Asked are the sources that belong to a participant, by their name or by whom they speak for; found is what tells of the
same event within a few days. Nothing is stored here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.db.models.functions import Left

from claims.wording import Words, words
from verification.index.protocol import DocumentHit, Found, Index, IndexQuery
from verification.matching.accounts.rows import Account, are_agreed
from verification.matching.accounts.transcripts import without_questions
from verification.matching.participants import Participant, participants, tells_of_an_event, tells_who_met
from verification.matching.parties import belonging, in_common
from verification.models import Document, Role, Source
from verification.ranking.days import known_day
from verification.ranking.query import ClaimQuery
from verification.ranking.ranked import RankedCandidate
from verification.ranking.words import listed, plain_words
from verification.research.retrieval import local_day, order_found

# Of the ranked documents the first few are read for who took part, and those that test the claim, no more than READ.
FIRST, READ = 3, 5
TELLING = frozenset({Document.Kind.READOUT, Document.Kind.STATEMENT, Document.Kind.TRANSCRIPT})
# An event's accounts come out within this many days of each other; the claim's event is within this of the claim's day.
DAYS, NEAR = 4, 14
# Characters read of a document for who took part, and documents looked at for each that is read.
OPENING, LOOKED_AT = 12_000, 60
LEADS = 24


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who took part, as the document writes it, and the ids of their own accounts that were found."""

    name: str
    office: str | None
    institution: str | None
    found: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundAccount:
    """A counterpart: a candidate, the id of the ranked document whose event it tells, and whether both agreed a text.

    The candidate may be one of the ranked themselves.
    """

    candidate: RankedCandidate
    of: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class Accounts:
    """Whose own accounts were looked for, and those that were found."""

    leads: tuple[Lead, ...] = ()
    found: tuple[FoundAccount, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fit:
    """A document that tells of the same event, with what speaks for it."""

    document: Document
    score: float
    reasons: tuple[Words, ...]


def look_for_accounts(query: ClaimQuery, ranked: Sequence[RankedCandidate], index: Index) -> Accounts:
    """Look for the other participants' own accounts of what the ranked documents nearest to the claim tell of."""
    readouts = _readouts(query, ranked)
    sources = list(Source.objects.all()) if readouts else []
    leads: dict[tuple[str, str | None], Lead] = {}
    pairs: dict[int, tuple[int, _Fit]] = {}
    for document in readouts:
        people = _people(document)
        asked = _leads(people, document.source, sources)
        issuers = {lead: _issuers(lead, document.source, sources) for lead in asked}
        pool = _pool(document, people, {pk for known in issuers.values() for pk in known}, ranked, index)
        for lead in asked:
            best = _best(document, people, lead, issuers[lead], pool)
            key = lead.surname, lead.institution
            told = leads.setdefault(key, Lead(lead.name, lead.office, lead.institution))
            if best is None:
                continue
            pk = best.document.pk
            leads[key] = replace(told, found=tuple(dict.fromkeys((*told.found, pk))))
            if pk not in pairs and pairs.get(document.pk, (None,))[0] != pk:
                pairs[pk] = document.pk, best
    return Accounts(tuple(leads.values())[:LEADS], tuple(_accounts(query, ranked, pairs, index)))


def leads_json(leads: Iterable[Lead]) -> list[dict[str, Any]]:
    """Return leads as a search run stores them; `found` are ids of documents, none of them where nothing was found."""
    return [
        {"name": lead.name, "office": lead.office, "institution": lead.institution, "found": list(lead.found)}
        for lead in leads
    ]


def _readouts(query: ClaimQuery, ranked: Sequence[RankedCandidate]) -> list[Document]:
    """Return the ranked documents that tell of the claim's event, in their order."""
    chosen = [each.document_id for place, each in enumerate(ranked) if place < FIRST or each.role == Role.TESTS_CLAIM][
        :READ
    ]
    found = _openings(chosen)
    day = known_day(query)
    told = [found[pk] for pk in chosen if pk in found]
    return [
        document
        for document in told
        if (document.kind in TELLING or tells_of_an_event(document.title or ""))
        and (_days_apart(local_day(document), day) or 0) <= NEAR
    ]


def _openings(ids: Collection[int]) -> dict[int, Document]:
    documents = Document.objects.filter(pk__in=ids).select_related("source").defer("text")
    return {document.pk: document for document in documents.annotate(opening=Left("text", OPENING))}


def _people(document: Document) -> tuple[Participant, ...]:
    return participants(document.title or "", _own_opening(document))


def _own_opening(document: Document) -> str:
    """Return how a document begins, without what reporters ask in it."""
    opening: str = document.opening  # type: ignore[attr-defined]  # annotated by `_openings`
    return without_questions(opening)


def _leads(people: Sequence[Participant], source: Source, sources: Sequence[Source]) -> list[Participant]:
    """Return those who took part and whom the document does not speak for.

    On its own side those are colleagues that another source speaks for; of a joint text, all named institutions.
    """
    others = [person for person in people if not person.own]
    chosen = [
        person
        for person in people
        if not person.own
        or (not others and person.institution)
        or (person.office and _issuers(person, source, sources))
    ]
    return [person for person in chosen if not belonging(person, source.name, source.speaks_for)]


def _issuers(lead: Participant, own: Source, sources: Iterable[Source]) -> dict[int, float]:
    fits = {source.pk: belonging(lead, source.name, source.speaks_for) for source in sources if source != own}
    return {pk: fit for pk, fit in fits.items() if fit}


def _pool(
    document: Document,
    people: Sequence[Participant],
    sources: Collection[int],
    ranked: Sequence[RankedCandidate],
    index: Index,
) -> list[Document]:
    """Return what those sources hold that could tell of the event: by names and title, by its day, and the ranked."""
    if not sources:
        return []
    text = " ".join([document.title or "", *(f"{person.name} {person.institution or ''}" for person in people)])
    hits = index.search(IndexQuery(text, document.language or "en", exclude={document.pk}), LOOKED_AT).hits
    near: set[int] = set()
    if document.published:
        of_days = Document.objects.filter(
            source__in=sources,
            superseded_at=None,
            published__gte=document.published - timedelta(days=DAYS),
            published__lte=document.published + timedelta(days=DAYS),
        ).order_by(F("kind").desc(), "-pk")
        near = set(of_days.values_list("pk", flat=True)[:LOOKED_AT])
    wanted = near | {hit.document_id for hit in hits} | {each.document_id for each in ranked}
    found = _openings(wanted - {document.pk}).values()
    return [each for each in found if each.source_id in sources and each.superseded_at is None]


def _best(
    document: Document,
    people: Sequence[Participant],
    lead: Participant,
    issuers: Mapping[int, float],
    pool: Sequence[Document],
) -> _Fit | None:
    fits = [
        fit
        for other in pool
        if other.source_id in issuers and (fit := _fit(document, people, lead, other, issuers[other.source_id]))
    ]
    return max(fits, key=lambda fit: (fit.score, -fit.document.pk), default=None)


def _fit(
    document: Document, people: Sequence[Participant], lead: Participant, other: Document, issuer: float
) -> _Fit | None:
    """Return how well another document tells of the same event; None where it does not."""
    title, opening = other.title or "", _own_opening(other)
    if not (tells_of_an_event(title) or tells_who_met(opening[:1000])):
        return None
    told = participants(title, opening)
    names = in_common(people, told, lead)
    days = _days_apart(local_day(document), local_day(other))
    # An office alone could be another country's: then the account must speak for the lead in so many words.
    whose = lead.institution or any(each.own and each.surname == lead.surname for each in told)
    if not names or not whose or (days or 0) > DAYS:
        return None
    alike = _alike(document, other)
    nearness = 0.5 if days is None else 2.0 / (1 + days)
    score = issuer + nearness + 2 * alike + 0.5 * (other.kind == Document.Kind.READOUT) + len(names) / len(people)
    return _Fit(other, score, (_whose(lead), words("both name %(names)s", names=listed(names)), _when(days)))


def _alike(document: Document, other: Document) -> float:
    """Return which share of the shorter opening's words the other has too."""
    left, right = ({*plain_words(_own_opening(each))} for each in (document, other))
    return len(left & right) / (min(len(left), len(right)) or 1)


def _whose(lead: Participant) -> Words:
    if lead.own:
        return words("another participant’s own account: %(name)s took part", name=_told(lead)["name"])
    if lead.institution and lead.institution not in lead.name:
        return words("the other side’s own account: %(name)s, %(institution)s, took part", **_told(lead))
    return words("the other side’s own account: %(name)s took part", name=_told(lead)["name"])


def _told(lead: Participant) -> dict[str, str]:
    office = lead.office if lead.office and lead.office not in lead.name else ""
    return {"name": f"{office} {lead.name}".strip(), "institution": lead.institution or ""}


def _when(days: int | None) -> Words:
    if days is None:
        return words("the day of one of the two is not known")
    if not days:
        return words("published the same day as the first side’s")
    return words("published within %(days)s days of the first side’s", days=days)


def _days_apart(left: date | None, right: date | None) -> int | None:
    """Return how many days lie between; None where one of them is unknown."""
    return abs((left - right).days) if left and right else None


def _accounts(
    query: ClaimQuery, ranked: Sequence[RankedCandidate], pairs: Mapping[int, tuple[int, _Fit]], index: Index
) -> Iterable[FoundAccount]:
    already = {each.document_id: each for each in ranked}
    texts = _accounts_read({*pairs, *(of for of, _fit in pairs.values())})
    for pk, (of, fit) in pairs.items():
        candidate = already.get(pk) or _proposed(query, pk, index)
        if candidate is None:
            continue
        agreed = are_agreed(texts[of], texts[pk])
        reasons = fit.reasons
        if agreed:
            reasons = (*reasons, words("repeats an agreed text: the two are one source"))
        told = replace(candidate, role=candidate.role or Role.TESTS_CLAIM.value, reasons=(*reasons, *candidate.reasons))
        yield FoundAccount(told, of, agreed)


def _accounts_read(ids: Collection[int]) -> dict[int, Account]:
    rows = Document.objects.filter(pk__in=ids).values_list("pk", "title", "text")
    return {pk: Account(title or "", text) for pk, title, text in rows}


def _proposed(query: ClaimQuery, document_id: int, index: Index) -> RankedCandidate | None:
    """Return a document as a candidate, with the passage nearest to the claim and its quotation checked."""
    found = Found((DocumentHit(document_id, 1.0, 1.0, 0.0, 0.0, index.passages(document_id)),))
    return next(iter(order_found(query, found, 1)), None)
