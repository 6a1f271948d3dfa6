"""Searching live sources for a claim: the plan is carried out step by step, and then the library is searched again.

    enlist_searches()           the beat: cases that were accepted and never searched live
    search_now(claim)           somebody wants it done (again) now
    planned(claim)              what would be asked, without asking anybody
    search_live(claim, lease)   one worker's turn

How far it is, is in the claim's SearchRuns (those with a `step`) and its row of Work. Without a source that is switched
on nothing happens at all.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef

from claims import work
from claims.capture.asking import Later
from claims.models import Claim, Work
from claims.wording import words
from verification.connectors.plan import (
    LISTED,
    RESOLVE,
    Claimed,
    PlanStep,
    capture_step,
    first_steps,
    further_steps,
)
from verification.index.postgres import PostgresIndex
from verification.matching.participants import Participant
from verification.models import Review, SearchRun, Source, State
from verification.models.candidate import OWN_WORDS
from verification.research.counterparts import look_for_accounts
from verification.research.live_claims import Askable, askable, claimed_of
from verification.research.live_steps import do_step, is_done
from verification.research.match import CANDIDATES, query_of
from verification.research.retrieval import find_candidates
from verification.research.stretch import SEARCH_LIVE, Stretch
from verification.review.triage import RESEARCH

# Accepted, and no verdict signed yet.
SEARCHED = (
    State.QUEUED,
    State.RESEARCHING,
    State.AWAITING_SOURCE,
    State.AWAITING_REPLY,
    State.PROPOSED,
    State.SECOND_CHECK,
    State.ADJUDICATION,
    State.DRAFTING,
    State.SIGN_OFF,
)
# So many claims wait at most: a desk that switches its first source on asks it for one case after the other.
MOST_WAITING = 20
CAPTURES = 3


def enlist_searches() -> int:
    """Make the live search of accepted cases due that never had one, the most urgent first; returns of how many."""
    if not Source.objects.filter(enabled=True).exists():
        return 0
    room = MOST_WAITING - Work.objects.filter(work.OPEN, kind=SEARCH_LIVE).count()
    if room <= 0:
        return 0
    live = SearchRun.objects.filter(claim=OuterRef("claim")).exclude(step__in=["", OWN_WORDS])
    asked = Work.objects.filter(kind=SEARCH_LIVE, subject=OuterRef("claim"))
    cases = Review.objects.filter(~Exists(live), ~Exists(asked), state__in=SEARCHED).order_by("-priority", "pk")
    claims = list(cases.values_list("claim", flat=True)[:room])
    work.enlist(SEARCH_LIVE, claims)
    return len(claims)


def search_now(claim: Claim) -> bool:
    """Make the live search of a claim due at once, also where it was made before.

    False where no source is switched on that could be asked anything about it: then nothing happens.
    """
    if not planned(claim):
        return False
    work.enlist(SEARCH_LIVE, [claim.pk])
    for row in Work.objects.filter(kind=SEARCH_LIVE, subject=claim.pk, quarantined_at__isnull=False):
        work.release(row.pk)
    return True


def is_searching(claim: Claim) -> bool:
    """Tell whether a live search of a claim is due or under way (one query)."""
    return Work.objects.filter(work.OPEN, kind=SEARCH_LIVE, subject=claim.pk).exists()


def planned(claim: Claim) -> tuple[PlanStep, ...]:
    """Return the first steps of a claim's plan, without asking anybody; further ones follow from what these bring."""
    claimed, links = claimed_of(claim)
    return first_steps(claimed, [each.issuer for each in askable(claimed, links).values()])


def search_live(claim: Claim, lease: work.Lease) -> None:
    """Carry out a claim's plan under a lease, then make the search of the library due.

    Raises Later where a host is to be waited for or others are to have their turn, and LeaseLost: both lose nothing.
    """
    claimed, links = claimed_of(claim)
    sources = askable(claimed, links)
    turn = _Turn(claim, claimed, sources, lease)
    first = first_steps(claimed, [each.issuer for each in sources.values()])
    turn.do(first)
    if first:
        asked = {step.issuer.id for step in first if step.kind == LISTED}
        issuers = [each.issuer for each in sources.values()]
        turn.do(further_steps(claimed, issuers, (*claimed.people, *_took_part(claim)), asked))
    with transaction.atomic():
        if (
            turn.did_anything
            and Work.objects.filter(work.OPEN, kind=RESEARCH, subject=claim.pk, token__isnull=False).exists()
        ):
            # It may have read the library before these documents were there.
            raise Later(2, words("The library is being searched for it."))
        work.complete(lease)
        if turn.did_anything:
            # A search of the library that was called off before would leave unseen what these brought.
            work.uncancel(RESEARCH, [claim.pk])
            work.enlist(RESEARCH, [claim.pk])


class _Turn:
    """One worker's turn at a claim's plan."""

    def __init__(self, claim: Claim, claimed: Claimed, sources: dict[int, Askable], lease: work.Lease) -> None:
        self._claim, self._claimed, self._sources, self._lease = claim, claimed, sources, lease
        self._since = Work.objects.values_list("created_at", flat=True).get(pk=lease.work_id)
        self._stretch = Stretch()
        self.did_anything = False

    def do(self, steps: Iterable[PlanStep]) -> None:
        """Do the steps that are not done yet; what a document's own site does not give is looked for in archives."""
        for step in steps:
            self.did_anything = True
            if is_done(step, self._claim, self._since):
                continue
            self._do(step)
            if self._stretch.is_over():
                raise Later(0, words("It goes on as soon as others had their turn."))

    def _do(self, step: PlanStep) -> None:
        askable = self._sources[step.issuer.id]
        missing = self._look_in_archives if step.kind == RESOLVE else _leave
        do_step(step, askable, self._claimed, self._claim, self._lease, missing)

    def _look_in_archives(self, urls: Sequence[str]) -> None:
        archives = [each.issuer for each in self._sources.values() if "find_capture" in each.issuer.can]
        for url in urls[:CAPTURES]:
            why = words("%(url)s did not answer with the page: an archive may hold a copy", url=url)
            for issuer in archives:
                capture = capture_step(url, issuer, why)
                if not is_done(capture, self._claim, self._since):
                    self._do(capture)


def _leave(urls: Sequence[str]) -> None:
    """Leave pages that did not answer as they are: nobody named them."""


def _took_part(claim: Claim) -> tuple[Participant, ...]:
    """Return who took part in what the documents nearest to the claim tell of, and has no account in the library."""
    query, index = query_of(claim), PostgresIndex()
    accounts = look_for_accounts(query, find_candidates(query, index, limit=CANDIDATES), index)
    return tuple(
        Participant(lead.name, lead.office, lead.institution, own=False) for lead in accounts.leads if not lead.found
    )
