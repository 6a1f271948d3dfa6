"""Time stamps (RFC 3161) of what was archived: an authority's word that these bytes were there at that time.

Off unless the operator names an authority (TSA_URL). What is to be stamped is for those to say who cite it.
"""

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from claims import work
from claims.capture.archive import Store
from claims.capture.asking import Ask, Fetch, Later, NotAsExpected, needed
from claims.capture.outcome import Outcome
from claims.capture.stamping import QUERY, REPLY, BadStamp, Question
from claims.models import Attestation, Snapshot
from claims.wording import words

STAMP = "claims.stamp"
AGAIN_SECONDS = 900.0
MOST_AT_ONCE = 500


def due_for_stamping(snapshots: QuerySet[Snapshot]) -> list[int]:
    """Return which of them have bytes and no stamp yet (ids, oldest first); none where no authority is named."""
    if not settings.TSA_URL:
        return []
    stamps = Attestation.objects.filter(snapshot=OuterRef("pk"), kind=Attestation.Kind.RFC3161)
    due = snapshots.filter(~Exists(stamps), size__gt=0).order_by("pk")
    return list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])


def stamp(snapshot: Snapshot, store: Store, fetch: Fetch, lease: work.Lease) -> Attestation | None:
    """Have the bytes of a snapshot stamped and store the authority's word, once for each authority, under a lease.

    Returns None where that is done already, or no authority is named any more. An authority that is busy or away is
    asked `Later`. Raises `Interrupted` where it refuses or its answer is no such stamp, `BytesMissing` and
    `BytesDamaged` where there is nothing to stamp, and LeaseLost.
    """
    authority = settings.TSA_URL
    known = Attestation.objects.filter(snapshot=snapshot, kind=Attestation.Kind.RFC3161, reference=authority)
    if not authority or known.exists():
        with transaction.atomic():
            work.complete(lease)
        return None
    question = Question.about(store.get(snapshot.sha256))
    answer = fetch(Ask(authority, method="POST", accept=REPLY, content_type=QUERY, body=question.body, invited=True))
    if answer.outcome in {Outcome.THROTTLED, Outcome.FAILED}:
        raise Later(AGAIN_SECONDS, answer.sentence or words("“%(url)s” could not be asked.", url=authority))
    try:
        stamped = question.answered(needed(answer).body)
    except BadStamp as error:
        raise NotAsExpected(answer, error.sentence) from error
    with transaction.atomic():
        work.complete(lease)
        return Attestation.objects.create(
            snapshot=snapshot,
            kind=Attestation.Kind.RFC3161,
            reference=authority,
            token=stamped.token,
            attested_at=stamped.at,
        )
