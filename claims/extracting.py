"""An article's text becomes claims: what the engines found is weighed as the desk wants it, and stored once."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from claims import work
from claims.capture.asking import Later
from claims.extraction.contract import ArticleText, Engine, ExtractedClaim
from claims.extraction.engines import EngineUnavailable, Extraction, extract_with
from claims.intake import at_midnight
from claims.models import Appearance, Article, Claim, Speaker
from claims.speakers import speakers_for
from claims.weighing import Weights, in_force_while_storing, weighed
from claims.wording import store


def extract_claims(article: Article, engines: Sequence[Engine], lease: work.Lease) -> list[Claim]:
    """Lift the claims out of an article and store them under a lease, once; return those that are new.

    Of two engines that find a claim in the same place, the one listed first is believed; one that gave no answer is
    told in `extracted_by`.

    The thinking is done outside the transaction. Raises LeaseLost when another worker took over meanwhile,
    EngineUnavailable when no engine answered, and Later when none may be asked yet.
    """
    published = article.published.date() if article.published else None
    text = ArticleText(text=article.text, title=article.title, language=article.language, published=published)
    found = _found(engines, text)
    with transaction.atomic():
        work.complete(lease)
        weights = in_force_while_storing()
        # An article can be read again, by a newer engine: what already stands in a place keeps its claim.
        places = dict.fromkeys(article.appearances.values_list("start", "end"))
        new = []
        for claim in found.claims:
            place = (claim.selector.start, claim.selector.end)
            if place not in places:
                places[place] = None
                new.append(claim)
        credited = [claim.attribution for claim in new]
        speakers = speakers_for(
            (each.speaker, each.speaker_kind, each.speaker_role) for each in credited if each.speaker
        )
        claims = Claim.objects.bulk_create(_claim(claim, speakers, weights) for claim in new)
        Appearance.objects.bulk_create(
            _appearance(stored, claim, article) for stored, claim in zip(claims, new, strict=True)
        )
        article.extracted_by = ", ".join(found.engines)[:60]
        article.save(update_fields=["extracted_by"])
    return claims


def _found(engines: Sequence[Engine], text: ArticleText) -> Extraction:
    try:
        return extract_with(engines, text)
    except EngineUnavailable as error:
        # A spent budget or a closed lane is no failed attempt: at the fifth, the article would be given up.
        if isinstance(error.__cause__, Later):
            raise error.__cause__ from None
        raise


def _claim(claim: ExtractedClaim, speakers: Mapping[str, Speaker], weights: Weights) -> Claim:
    score, reasons = weighed(dict(claim.features), claim.text, weights, claim.wording)
    return Claim(
        kind=claim.kind,
        text=claim.text,
        speaker=speakers.get(claim.attribution.speaker or ""),
        said=at_midnight(claim.said),
        said_precision=claim.said_precision,
        quotations=[quotation.text for quotation in claim.quotations],
        quantities=[
            {
                "text": quantity.text,
                "value": quantity.value,
                "low": quantity.low,
                "high": quantity.high,
                "unit": quantity.unit,
                "approx": quantity.approx,
            }
            for quantity in claim.quantities
        ],
        score=score if claim.features else claim.score,
        reasons=store(reasons if claim.features else claim.reasons),
        features=dict(claim.features),
        asserts=list(claim.asserts),
        standalone=claim.wording,
        parts=[
            {
                "start": part.start,
                "end": part.end,
                "exact": part.exact,
                "asserts": list(part.asserts),
                "wording": part.wording,
            }
            for part in claim.parts
        ],
        due=claim.due,
    )


def _appearance(stored: Claim, claim: ExtractedClaim, article: Article) -> Appearance:
    selector, span = claim.selector, claim.attribution.span
    return Appearance(
        claim=stored,
        article=article,
        snapshot_id=article.snapshot_id,
        snapshot_sha256=article.snapshot.sha256,
        exact=selector.exact,
        prefix=selector.prefix,
        suffix=selector.suffix,
        start=selector.start,
        end=selector.end,
        mention=claim.attribution.mention,
        mention_start=span[0] if span else None,
        mention_end=span[1] if span else None,
        chain=[
            {
                "mention": link.mention,
                "speaker": link.speaker,
                "start": link.span[0],
                "end": link.span[1],
                "cue": link.cue,
            }
            for link in claim.chain
        ],
    )
