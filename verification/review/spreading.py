"""Automatic assignment: who should check which queued case, and why. It proposes; an editor confirms, case by case.

Cases are shared out by the weights of the people (largest remainder), within what each still takes on. A case that few
can check is placed first, so that the one who reads its language is not given something else. Of those who can check
it, and have some of their share left, it goes to who knows its topic, then to who has least for their weight. The same
desk always gets the same proposal.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import chain

from django.contrib.auth.models import User
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from claims.models import Appearance
from claims.models.clock import read_clock
from claims.wording import Words, words
from verification.models import Absence, Conflict, Duty, Hat, Profile, Review, State
from verification.review.fitness import base
from verification.review.states import CHECKER

# What is due within this time goes before everything else, as it does for who takes the next case.
SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case to be given. `topics` are names by id; `barred` are people (ids) with a part in it, or who handed it in.

    `language` is without its region, empty for unknown.
    """

    case: int
    language: str = ""
    topics: Mapping[int, str] | None = None
    speaker: int | None = None
    outlets: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Hand:
    """A checker who is here. `avoids_*` are conflicts of interest (ids); `languages` are without region, none for any.

    `open` counts what lies on their desk, `capacity` is how much they take on, None for any number.
    """

    person: int
    weight: int = 1
    open: int = 0
    capacity: int | None = None
    languages: frozenset[str] = frozenset()
    topics: frozenset[int] = frozenset()
    avoids_speakers: frozenset[int] = frozenset()
    avoids_outlets: frozenset[int] = frozenset()

    @property
    def free(self) -> int | None:
        """How many more cases this person takes on; None for any number."""
        return None if self.capacity is None else max(0, self.capacity - self.open)


@dataclass(frozen=True, slots=True)
class Dealt:
    """To whom a case should go, and why; `person` is None where it suits nobody, and the reasons say why not."""

    case: int
    person: int | None
    reasons: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A queued case, who should check it (None: nobody can), and why."""

    review: Review
    person: User | None
    reasons: tuple[Words, ...]


def shares(count: int, hands: Sequence[Hand]) -> dict[int, int]:
    """Share `count` cases out among people, by weight (largest remainder), nobody more than they still take on.

    Whoever takes on less than their share leaves the rest to the others. Of equal remainders the one of who has least
    open counts.
    """
    found = dict.fromkeys((hand.person for hand in hands), 0)
    sharing = [hand for hand in hands if hand.weight > 0]
    while sharing and count > 0:
        whole = sum(hand.weight for hand in sharing)
        exact = {hand.person: Fraction(count * hand.weight, whole) for hand in sharing}
        full = [hand for hand in sharing if hand.free is not None and hand.free <= exact[hand.person]]
        if not full:
            return found | _by_largest_remainder(count, sharing, exact)
        for hand in full:
            found[hand.person] = hand.free or 0
            count -= found[hand.person]
        sharing = [hand for hand in sharing if hand not in full]
    return found


def _by_largest_remainder(count: int, sharing: Sequence[Hand], exact: Mapping[int, Fraction]) -> dict[int, int]:
    found = {person: int(share) for person, share in exact.items()}
    order = sorted(sharing, key=lambda hand: (found[hand.person] - exact[hand.person], hand.open, hand.person))
    for hand in order[: count - sum(found.values())]:
        found[hand.person] += 1
    return found


def deal(cases: Sequence[Waiting], hands: Sequence[Hand]) -> list[Dealt]:
    """Return to whom each case should go, in the order of the cases, the most urgent first."""
    share = shares(len(cases), hands)
    given = dict.fromkeys(share, 0)
    suited = {case.case: [hand for hand in hands if hand.weight > 0 and not _against(case, hand)] for case in cases}
    dealt = {}
    for case in sorted(cases, key=lambda each: len(suited[each.case])):
        able = [hand for hand in suited[case.case] if hand.free is None or given[hand.person] < hand.free]
        if not able:
            dealt[case.case] = Dealt(case.case, None, (_why_nobody(case, hands),))
            continue
        chosen = min(able, key=lambda hand: _order(case, hand, given[hand.person], share[hand.person]))
        given[chosen.person] += 1
        dealt[case.case] = Dealt(case.case, chosen.person, _because(case, chosen, given[chosen.person], len(cases)))
    return [dealt[case.case] for case in cases]


def _order(case: Waiting, hand: Hand, given: int, share: int) -> tuple[bool, bool, Fraction, int]:
    knows = bool(hand.topics & set(case.topics or ()))
    return given >= share, not knows, Fraction(hand.open + given, hand.weight), hand.person


def _against(case: Waiting, hand: Hand) -> str:
    """Return what keeps a person from a case: `part`, `conflict`, `language`, or nothing."""
    if hand.person in case.barred:
        return "part"
    if case.speaker in hand.avoids_speakers or case.outlets & hand.avoids_outlets:
        return "conflict"
    if hand.languages and case.language and case.language not in hand.languages:
        return "language"
    return ""


def _why_nobody(case: Waiting, hands: Sequence[Hand]) -> Words:
    against = [_against(case, hand) for hand in hands if hand.weight > 0]
    if not against:
        return words("no checker is here who takes part in automatic assignment")
    if not all(against):
        return words("whoever could check it has as many cases as they take on")
    if all(each == "language" for each in against):
        return words("nobody who is here reads %(language)s", language=case.language)
    return words("everybody has another part in it, a conflict of interest, or does not read its language")


def _because(case: Waiting, hand: Hand, given: int, count: int) -> tuple[Words, ...]:
    known = sorted(name for topic, name in (case.topics or {}).items() if topic in hand.topics)
    reads = case.language if case.language in hand.languages else ""
    has = hand.open + given
    return (
        *([words("knows %(topics)s", topics=", ".join(known))] if known else []),
        *([words("reads %(language)s", language=reads)] if reads else []),
        words("%(has)s open with it", has=has)
        if hand.capacity is None
        else words("%(has)s open with it, of %(most)s", has=has, most=hand.capacity),
        *([words("weight %(weight)s", weight=hand.weight)] if hand.weight != 1 else []),
    )


def spread(limit: int) -> list[Proposal]:
    """Propose checkers for the first `limit` queued cases: those due within a day, then by priority (ten queries)."""
    soon = ExpressionWrapper(Q(deadline__lt=read_clock() + SOON, deadline__isnull=False), BooleanField())
    queued = Review.objects.filter(state=State.QUEUED).annotate(soon=soon).order_by("-soon", "-priority", "pk")
    reviews = list(queued.select_related("claim__speaker").prefetch_related("topics")[:limit])
    people = {person.pk: person for person in _checkers_here()}
    by_case = {review.pk: review for review in reviews}
    return [
        Proposal(by_case[each.case], people[each.person] if each.person else None, each.reasons)
        for each in deal(_waiting(reviews), _hands(people))
    ]


def _checkers_here() -> list[User]:
    today = timezone.localdate()
    away = Absence.objects.filter(since__lte=today, until__gte=today)
    checkers = User.objects.filter(groups__name=CHECKER, is_active=True).exclude(pk__in=away.values("person"))
    return list(checkers.order_by("pk"))


def _waiting(reviews: Sequence[Review]) -> list[Waiting]:
    ids = [review.pk for review in reviews]
    parts = Duty.objects.filter(Q(cycle=F("review__cycle")) | Q(hat=Hat.SUBMITTER), review__in=ids)
    barred = _grouped(parts.values_list("review", "person"))
    own = Appearance.objects.filter(claim__review__in=ids).values_list("claim__review", "article__outlet")
    joined = Appearance.objects.filter(claim__review__duplicate_of__in=ids)
    outlets = _grouped(chain(own, joined.values_list("claim__review__duplicate_of", "article__outlet")))
    return [
        Waiting(
            case=review.pk,
            language=base(review.language),
            topics={topic.pk: topic.name for topic in review.topics.all()},
            speaker=speaker.joined_to_id or speaker.pk if (speaker := review.claim.speaker) else None,
            outlets=outlets.get(review.pk, frozenset()),
            barred=barred.get(review.pk, frozenset()),
        )
        for review in reviews
    ]


def _hands(people: Mapping[int, User]) -> list[Hand]:
    with_profile = Profile.objects.filter(person__in=people).prefetch_related("topics")
    profiles = {profile.person_id: profile for profile in with_profile}
    loads = User.objects.filter(pk__in=people, duties__turns__closed_at__isnull=True, duties__turns__isnull=False)
    open_turns = dict(loads.values_list("pk").annotate(Count("duties__turns")))
    holds = Conflict.objects.filter(person__in=people, ended_at__isnull=True)
    # Whoever was joined is one with the row that stands for them.
    speakers = _grouped(holds.values_list("person", Coalesce("speaker__joined_to", "speaker")))
    outlets = _grouped(holds.values_list("person", "outlet"))
    found = []
    for person in people:
        profile = profiles.get(person) or Profile()
        known = profile.topics.all() if profile.pk else ()
        found.append(
            Hand(
                person=person,
                weight=profile.weight,
                open=open_turns.get(person, 0),
                capacity=profile.capacity,
                languages=frozenset(base(each) for each in profile.languages),
                topics=frozenset(topic.pk for topic in known),
                avoids_speakers=speakers.get(person, frozenset()),
                avoids_outlets=outlets.get(person, frozenset()),
            )
        )
    return found


def _grouped(pairs: Iterable[tuple[int | None, int | None]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for key, value in pairs:
        if key is not None and value is not None:
            found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}
