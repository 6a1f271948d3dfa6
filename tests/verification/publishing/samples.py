"""Published verdicts for tests of what is pure, and text that somebody might wish to break a page with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from claims.models import Precision
from verification.models import Change, Role, Stance
from verification.publishing.addresses import Addresses
from verification.publishing.history import PublishedVersion
from verification.publishing.moments import Moment, zone_of
from verification.publishing.published import (
    PublishedAppearance,
    PublishedComparison,
    PublishedDesk,
    PublishedEvidence,
    PublishedRating,
    PublishedVerdict,
)

HERE = Addresses("https://checks.lantern.example")
DESK = PublishedDesk(name="The Mole Lantern", homepage="https://lantern.example/", licence="Text under CC BY 4.0")
CHECK = UUID("4be0643f-1d98-573b-97cd-ca98a65347dd")
FIRST = datetime(2031, 5, 5, 9, 0, tzinfo=UTC)
LATER = FIRST + timedelta(days=1)
RATING = PublishedRating(label="False", tone="bad", step=1, value=1, worst=1, best=5)
BESIDE = PublishedRating(label="No primary record", tone="quiet", step=0, value=None, worst=1, best=5)
COMPARISON = PublishedComparison.read(
    {
        "class": "altered",
        "flags": ["quantifier"],
        "similarity": 0.9,
        "diff": [
            {"op": "replace", "quote": "Every ", "source": "No "},
            {"op": "equal", "quote": "captain pays", "source": "captain pays"},
        ],
    }
)
EVIDENCE = PublishedEvidence(
    number=1,
    role=Role.SAID_WHERE,
    stance=Stance.REFUTES,
    tier=0,
    title="Remarks by Warden Quillfeather",
    issuer="Port Example",
    url="https://port.example/remarks",
    published=Moment(datetime(2031, 5, 4, 22, 9, tzinfo=UTC), Precision.MINUTE, zone_of(-300)),
    exact="No captain pays",
    passage=(("No captain pays", True), (" a penny", False)),
    captured=Moment(FIRST),
    sha256="ab" * 32,
    comparison=COMPARISON,
)
APPEARANCE = PublishedAppearance(
    title="Lamps return",
    outlet="Gull Gazette",
    url="https://gull.example/lamps",
    published=Moment(FIRST, Precision.DAY),
    captured=Moment(FIRST),
    sha256="cd" * 32,
)
VERDICT = PublishedVerdict(
    check=CHECK,
    public=UUID("0c3f6a0e-5d39-5a5c-8f0e-6c3b0e6f1d21"),
    version=1,
    rating=RATING,
    headline="No captain pays, the transcript has",
    explanation="The transcript has “No captain” [1].\n\nNothing else differs.",
    claim="Every captain pays.",
    kind="quotation",
    claimant="Ada Quillfeather",
    said=Moment(datetime(2031, 5, 4, tzinfo=UTC), Precision.DAY),
    language="en",
    change=Change.INITIAL,
    note="",
    published=Moment(FIRST),
    first_published=Moment(FIRST),
    changed_in=1,
    evidence=(EVIDENCE,),
    appearances=(APPEARANCE,),
)

HOSTILE = {
    "an element's end": "</script></textarea></title><script>alert(1)</script>",
    "a section's end": "]]> <![CDATA[ &amp; &#0; <!-- --> <?php",
    "quotation marks": "\" onmouseover='alert(1)' x=\"",
    "control characters": "lamps\x01\x08\x0b\x1b[31m\x7f\x85\ufffe burn",
    "another direction": "\u202eالمصابيح تحترق\u202c עברית",
    "line ends": "lamps\r\n\r\nburn\u2028all\u2029night\n\n\n[1] [2] [999]",
    "many letters": "lamp" * 2500,
    "marks of a template": "{{ settings.SECRET_KEY }} {% load x %} %(name)s %s {0}",
}


def as_version(verdict: PublishedVerdict, before: PublishedVerdict | None = None) -> PublishedVersion:
    """Return a verdict as a line of its history."""
    return PublishedVersion(
        check=verdict.check,
        version=verdict.version,
        change=verdict.change,
        note=verdict.note,
        published=verdict.published,
        claim=verdict.claim,
        rating=verdict.rating.label,
        rating_before=before.rating.label if before else None,
        current=verdict.current,
    )


def corrected(change: str = Change.CORRECTION, note: str = "The hour was wrong.") -> PublishedVerdict:
    """Return the sample's second version, a day later."""
    second = replace(
        VERDICT,
        public=UUID("7a0c2a54-9a5b-5c0e-b1a4-2f3f4f9d8e02"),
        version=2,
        changed_in=2,
        change=change,
        note=note,
        published=Moment(LATER),
        rating_before="Misleading",
    )
    old = as_version(replace(VERDICT, current=False))
    return replace(second, versions=(as_version(second, VERDICT), old))


def hostile(text: str) -> PublishedVerdict:
    """Return a verdict that says this text wherever somebody could have put it, and knows nothing else."""
    evidence = replace(EVIDENCE, title=text, issuer=text, exact=text, passage=((text, True), (text, False)), note=text)
    appearance = replace(APPEARANCE, title=text, outlet=text, url=None, published=None)
    return replace(
        corrected(note=text),
        rating=replace(RATING, label=text),
        headline=text,
        explanation=text,
        claim=text,
        claimant=text,
        said=None,
        evidence=(replace(evidence, url=None, published=None),),
        appearances=(appearance,),
    )
