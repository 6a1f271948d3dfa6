"""What a search plan is made from: a claim with what stands around it, and the sources that can be asked."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from claims.archiving import archive
from claims.capture.errors import ArchiveError
from claims.models import Appearance, Claim
from claims.speakers import standing_for
from verification.connectors.issuers.contract import BadConfiguration, Connector, Resolves, capabilities
from verification.connectors.links import links_beside
from verification.connectors.plan import Claimed
from verification.connectors.plan_parties import Issuer
from verification.matching.participants import participants
from verification.models import Review, Source
from verification.research.source_keeping import connector_of, missing_key
from verification.review.appearances import of_its_whole

# So much of an article counts as standing beside the claim (characters, each side), and is read for who took part.
BESIDE = 1500
HTML = {"text/html", "application/xhtml+xml"}


@dataclass(frozen=True, slots=True)
class Askable:
    """A source that is switched on, with its connector, as a plan knows it."""

    source: Source
    connector: Connector
    issuer: Issuer


def askable(claimed: Claimed, links: tuple[str, ...] = ()) -> dict[int, Askable]:
    """Return the sources that can be asked now, by id, with the names of their documents in the claim and its links."""
    found = {}
    text = "\n".join([claimed.text, claimed.beside, *links])
    for source in Source.objects.filter(enabled=True).order_by("pk"):
        try:
            connector = connector_of(source)
        except BadConfiguration:
            continue  # its next poll says so
        if connector is None or missing_key(type(connector)):
            continue
        found[source.pk] = Askable(source, connector, _issuer(source, connector, text))
    return found


def claimed_of(claim: Claim) -> tuple[Claimed, tuple[str, ...]]:
    """Return a claim as a plan reads it, and the addresses that its article links to where it stands."""
    appearance = _appearance(claim)
    article = appearance.article if appearance else None
    beside = article.text[max(0, appearance.start - BESIDE) : appearance.end + BESIDE] if appearance and article else ""
    title = (article.title or "") if article else ""
    claimed = Claimed(
        text=claim.text,
        quotations=tuple(claim.quotations),
        speaker=standing_for(claim.speaker).name if claim.speaker else None,
        said=claim.said,
        said_precision=claim.said_precision,
        published=article.published.date() if article and article.published else None,
        title=title,
        beside=beside,
        language=article.language if article else None,
        people=participants(title, beside),
    )
    return claimed, _links(appearance) if appearance else ()


def _appearance(claim: Claim) -> Appearance | None:
    first = claim.appearances.select_related("article", "snapshot").order_by("pk").first()
    if first is None:  # a part of a compound claim that is worded anew is read where the whole stands
        review = Review.objects.filter(claim=claim).values_list("pk", flat=True).first()
        first = next(iter(of_its_whole(review)), None) if review else None
    return first


def _links(appearance: Appearance) -> tuple[str, ...]:
    snapshot = appearance.snapshot
    if (snapshot.media_type or "").lower() not in HTML:
        return ()
    try:
        body = archive().get(snapshot.sha256)
    except ArchiveError:
        return ()
    return links_beside(body, None, appearance.exact, snapshot.final_url or "")


def _issuer(source: Source, connector: Connector, text: str) -> Issuer:
    try:
        zone = ZoneInfo(source.zone).key if source.zone else ""
    except (ZoneInfoNotFoundError, ValueError):
        zone = ""
    names = tuple(connector.recognise(text)) if isinstance(connector, Resolves) else ()
    return Issuer(
        source.pk,
        source.name,
        source.tier,
        source.speaks_for,
        tuple(source.also_called),
        zone,
        frozenset(capabilities(connector)),
        names,
    )
