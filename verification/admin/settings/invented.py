"""A verdict that was never given, for previews on a desk that has published none yet. All of it is invented."""

from datetime import UTC, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from verification.models import Change, Role, Stance, Tier
from verification.publishing.moments import Moment
from verification.publishing.published import (
    PublishedAppearance,
    PublishedEvidence,
    PublishedRating,
    PublishedVerdict,
)

_DAY = Moment(datetime(2031, 5, 4, 9, 30, tzinfo=UTC))
_NO_HASH = "0" * 64


def invented_verdict(rating: PublishedRating, language: str) -> PublishedVerdict:
    """Return a verdict with this rating, on a claim nobody made."""
    record = _("We bought forty lamps for the northern mole.")
    return PublishedVerdict(
        check=UUID(int=0),
        public=UUID(int=0),
        version=1,
        rating=rating,
        headline=_("An invented headline: what the record has, in one sentence"),
        explanation=_("An invented explanation. The port’s own record names forty lamps [1]."),
        claim=_("The harbour board bought forty lamps for the northern mole."),
        kind="statement",
        claimant=_("Ada Quillfeather (invented)"),
        said=_DAY,
        language=language,
        change=Change.INITIAL,
        note="",
        published=_DAY,
        first_published=_DAY,
        changed_in=1,
        evidence=(
            PublishedEvidence(
                number=1,
                role=Role.TESTS_CLAIM,
                stance=Stance.SUPPORTS,
                tier=Tier.T0,
                title=_("Minutes of the harbour board (invented)"),
                issuer=_("Port Example"),
                url="https://port.example/minutes",
                published=_DAY,
                exact=record,
                passage=((record, False),),
                captured=_DAY,
                sha256=_NO_HASH,
            ),
        ),
        appearances=(
            PublishedAppearance(
                title=_("Lamps return to the mole"),
                outlet=_("The Mole Lantern"),
                url="https://lantern.example/lamps",
                published=_DAY,
                captured=_DAY,
                sha256=_NO_HASH,
            ),
        ),
    )
