"""Builds the packages of what was published, once each, and keeps their bytes in the archive.

A package waits until its publication is below a signed head of the log: half a minute, usually.
"""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from claims import work
from claims.archiving import archive
from claims.capture.archive import Store
from claims.capture.asking import Ask, Fetch, Interrupted, Later, needed
from claims.capture.outcome import Outcome
from claims.capture.stamping import QUERY, REPLY, BadStamp, Question
from claims.models import Work
from claims.models.clock import ClockTimestamp
from claims.wording import Words, words
from verification.models import Change, Checkpoint, ReviewEvent, Verdict, VerdictPackage
from verification.publishing.package.gathering import gathered
from verification.publishing.package.gathering_log import NotSealed
from verification.publishing.package.writing import draw_up, signed
from verification.review.checkpoints import GOES_OUT
from verification.review.log_keys import KeyMissing, signing_key

PACKAGE: Final = "verification.package"
MOST_AT_ONCE: Final = 200
AGAIN_SECONDS: Final = 30.0
KEY_SECONDS: Final = 600.0
WITHOUT_STAMP: Final = timedelta(hours=1)
"""So long an authority that is busy or away is waited for; then the package goes out without a stamp."""


def enlist_packages() -> None:
    """Make due the packages of what is out and below a signed head of the log. Two sweeps at once are safe."""
    work.enlist(PACKAGE, due())


def due() -> list[int]:
    """Return the published versions (ids) that can have a package and have none, the oldest first.

    A version that withdraws its check has none: readers see nothing of it but that, and why.
    """
    head = Checkpoint.objects.order_by("-seal__number").values_list("seal__number", flat=True).first()
    if head is None:
        return []
    above = ReviewEvent.objects.filter(review=OuterRef("review"), verb__in=GOES_OUT).filter(
        Q(seal_entry__isnull=True) | Q(seal_entry__seal__number__gt=head)
    )
    waiting = Verdict.objects.filter(~Exists(above), publication__isnull=False, package__isnull=True)
    # Those that are set aside after failing would else keep the later ones from ever being reached.
    enlisted = Work.objects.filter(kind=PACKAGE, done_at__isnull=True)
    waiting = waiting.exclude(change=Change.VOID).exclude(pk__in=enlisted.values("subject"))
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])


def build(verdict: Verdict, store: Store, fetch: Fetch | None) -> tuple[bytes, Checkpoint]:
    """Return the bytes of a published version's package, and the signed head of the log that covers it.

    With `fetch`, and an authority named (TSA_URL), its manifest is time-stamped. Raises `NotSealed`, `KeyMissing`,
    `BytesMissing`, `BytesDamaged`, and `Later` where the authority is busy.
    """
    secret, key = signing_key()
    material, checkpoint = gathered(verdict, key, store)
    drawn = draw_up(material)
    stamp = _stamp(drawn.manifest, fetch) if fetch and settings.TSA_URL else None
    return signed(drawn, secret, stamp), checkpoint


def package(verdict: Verdict, fetch: Fetch, lease: work.Lease) -> VerdictPackage | None:
    """Build and store the package of a published version, once, under a lease; None where it is there already.

    Raises `Later` where something it needs is not to be had yet, and LeaseLost.
    """
    if VerdictPackage.objects.filter(verdict=verdict).exists():
        with transaction.atomic():
            work.complete(lease)
        return None
    store = archive()
    try:
        data, checkpoint = build(verdict, store, None if _waited_enough(lease) else fetch)
    except NotSealed as error:
        raise Later(AGAIN_SECONDS, words("The log’s next signed head is waited for.")) from error
    except KeyMissing as error:
        raise Later(KEY_SECONDS, Words(str(error))) from error
    digest = store.put(data)
    with transaction.atomic():
        work.complete(lease)
        return VerdictPackage.objects.create(verdict=verdict, sha256=digest, size=len(data), checkpoint=checkpoint)


def _stamp(manifest: bytes, fetch: Fetch) -> bytes | None:
    """Return an authority's word on the manifest; None where it refuses or answers with something else."""
    question = Question.about(manifest)
    ask = Ask(settings.TSA_URL, method="POST", accept=REPLY, content_type=QUERY, body=question.body, invited=True)
    try:
        answer = fetch(ask)
        if answer.outcome in {Outcome.THROTTLED, Outcome.FAILED}:
            raise Later(AGAIN_SECONDS, answer.sentence or words("The time-stamp authority could not be asked."))
        return question.answered(needed(answer).body).token
    except (BadStamp, Interrupted):
        return None


def _waited_enough(lease: work.Lease) -> bool:
    return Work.objects.filter(pk=lease.work_id, created_at__lt=ClockTimestamp() - WITHOUT_STAMP).exists()
