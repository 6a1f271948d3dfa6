"""Rows into what a package holds: the thin part that knows the database. Nothing is told that readers do not see."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils import translation

from claims.archiving import SOFTWARE
from claims.capture.archive import Store
from claims.capture.text import TEXT_NORMALISER
from claims.models import Appearance, Article, Snapshot
from verification.models import Change, Checkpoint, Desk, LogKey, Verdict, VerdictEvidence
from verification.publishing.addresses import Addresses
from verification.publishing.claimreview import claim_review, script_json
from verification.publishing.edition import edition
from verification.publishing.package.checking_again import FIGURES, QUOTE, VERSIONS
from verification.publishing.package.gathering_captures import Shipped, captures, tools_of
from verification.publishing.package.gathering_checks import checks
from verification.publishing.package.gathering_log import keys_told, logged
from verification.publishing.package.layout import MOST_ENTRIES, VERSION
from verification.publishing.package.material import Material
from verification.publishing.package.readable import PAGE_VERSION
from verification.publishing.plain_text import web_address
from verification.publishing.published import PublishedEvidence, PublishedVerdict
from verification.publishing.records import read_check
from verification.ranking.version import RANKING_VERSION
from verification.review.appearances import appearances_of
from verification.review.log_format import stamp
from verification.review.signed_words import words_sha256
from verification.review.signing import words_in

_AROUND: Final = ("prefix", "suffix", "start", "end", "mention", "mention_start", "mention_end")
MOST_PLACES: Final = MOST_ENTRIES // 2
"""Appearances that go in, the first that were found: of a claim that stands in more, the desk has the rest."""


def gathered(verdict: Verdict, signer: LogKey, store: Store) -> tuple[Material, Checkpoint]:
    """Return what the package of a published version holds, and the signed head of the log that covers it.

    Raises `NotSealed` while there is no such head, `BytesMissing` and `BytesDamaged` where the archive lacks evidence.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _gathered(verdict, signer, store)


def _gathered(verdict: Verdict, signer: LogKey, store: Store) -> tuple[Material, Checkpoint]:
    desk, review, log = Desk.get(), verdict.review, logged(verdict)
    out = read_check(review.public, verdict.version, names=desk.names_public)
    if out is None:
        raise LookupError("this version is not published")
    out = replace(out, versions=tuple(each for each in out.versions if each.version <= verdict.version))
    pieces = list(verdict.evidence.select_related("document__source", "snapshot").order_by("number"))
    places = appearances_of({review.pk}).get(review.pk, [])[:MOST_PLACES]
    articles = Article.objects.in_bulk([place.article_id for place in places])
    of_claim = {verdict.claim_text, review.claim.text}
    private = {article.pk for article in articles.values() if web_address(article.url) is None}
    shipped = Shipped(settings.PACKAGE_MAX_BYTES, _hidden(pieces, articles, private))
    evidence = [_evidence(row, told, shipped) for row, told in zip(pieces, out.evidence, strict=True)]
    appearances = [_appearance(place, articles[place.article_id], of_claim, shipped) for place in places]
    names: dict[int, str] = {}
    for piece in pieces:
        names.setdefault(piece.snapshot_id, f"evidence {piece.number}")
    for number, place in enumerate(places, 1):
        names.setdefault(place.snapshot_id, f"the article of appearance {number}")
    base = settings.PUBLIC_URL
    case = {"number": review.number, "public": str(review.public)}
    told = _verdict(verdict, out, case, evidence, names_public=desk.names_public)
    material = Material(
        desk=desk.name,
        base=base,
        case=case,
        published=told["published"],
        claim=_claim(verdict, appearances),
        verdict=told,
        checks=checks(verdict, pieces, shipped.hidden),
        captures=captures(names, {each.snapshot_id for each in places if each.article_id in private}, shipped, store),
        events=log.events,
        seals=log.seals,
        checkpoint=log.checkpoint.note,
        keys=keys_told([*log.keys, signer.pk]),
        tools=_tools(pieces, list(articles.values())),
        claimreview=_claimreview(verdict, out, base),
        files=tuple(shipped.files.values()),
        kept_back=tuple(shipped.kept_back.values()),
    )
    return material, log.checkpoint


def _claim(verdict: Verdict, appearances: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    claim = verdict.review.claim
    return {
        "public": str(claim.public),
        "wording": verdict.claim_text,
        "kind": verdict.claim_kind,
        "claimant": verdict.claimant,
        "said": _said(verdict.said, verdict.said_precision),
        "as_found": claim.text,
        "quotations": claim.quotations,
        "appearances": appearances,
    }


def _hidden(pieces: Iterable[VerdictEvidence], articles: Mapping[int, Article], private: Set[int]) -> Set[str]:
    """Return the hashes of the texts that readers do not see: of letters, and of what stands at no public address."""
    letters = {piece.document.text_sha256 for piece in pieces if piece.document.withheld}
    return letters | {articles[pk].text_sha256 for pk in private}


def _appearance(place: Appearance, article: Article, of_claim: Set[str], shipped: Shipped) -> dict[str, Any]:
    outlet = place.article.outlet
    text = shipped.text("articles", article.text, article.text_sha256, "text of the article")
    # Of what nobody published (a reader's question, a text that was pasted) the claim's own words alone are told: not
    # those of another claim that joined it.
    hidden = article.text_sha256 in shipped.hidden
    return {
        "article": {
            "title": article.title,
            "outlet": outlet.name if outlet else None,
            "url": web_address(article.url),
            "published": _said(article.published, article.published_precision),
            "language": article.language,
            "extracted_by": article.extracted_by,
        },
        "capture": place.snapshot_sha256,
        "text": text,
        "text_sha256": article.text_sha256,
        "exact": None if hidden and place.exact not in of_claim else place.exact,
        **{name: None if hidden else getattr(place, name) for name in _AROUND},
    }


def _evidence(row: VerdictEvidence, told: PublishedEvidence, shipped: Shipped) -> dict[str, Any]:
    document = row.document
    withheld = document.withheld or document.text_sha256 in shipped.hidden
    what = f"text of evidence {row.number}"
    return {
        "number": row.number,
        "role": row.role,
        "stance": row.stance,
        "tier": row.tier,
        "title": told.title,
        "issuer": told.issuer,
        "url": told.url,
        "place": told.place,
        "published": told.published.iso if told.published else None,
        "capture": row.snapshot_sha256,
        "text": shipped.text("texts", document.text, document.text_sha256, what),
        "text_sha256": document.text_sha256,
        "text_normaliser": document.text_normaliser,
        "exact": row.exact,
        # What stands around a passage of a document that is withheld is no reader's business.
        "prefix": None if withheld else row.prefix,
        "suffix": None if withheld else row.suffix,
        "start": row.start,
        "end": row.end,
        "note": row.note,
        "withheld": withheld,
        "checks": [kind for kind, made in ((QUOTE, row.quote_check), (FIGURES, row.figure_checks)) if made],
    }


def _verdict(
    row: Verdict,
    out: PublishedVerdict,
    case: Mapping[str, str],
    evidence: Sequence[Mapping[str, Any]],
    *,
    names_public: bool,
) -> dict[str, Any]:
    publication, before = row.publication, row.supersedes
    words = words_in(row)
    return {
        **words,
        "words_sha256": words_sha256(words),
        "case": case,
        "cycle": row.cycle,
        "kind": row.claim_kind,
        "said": _said(row.said, row.said_precision),
        "published": stamp(publication.edited_at or publication.published_at),
        "first_published": stamp(publication.first_published_at),
        "approved": stamp(row.approved_at),
        "change": {
            "kind": row.change,
            "note": row.change_note,
            "supersedes": before and {"version": before.version, "words_sha256": words_sha256(words_in(before))},
        },
        "signed": {
            "names_public": names_public,
            "checked_by": out.checked_by,
            "second_by": out.second_by,
            "approved_by": out.approved_by,
            "second_check": bool(row.second_by),
            "exceptions": [{"person": each.person, "reason": each.reason} for each in out.two_parts],
        },
        "evidence": evidence,
        "searches": [
            {
                "number": each.number,
                "source": each.source,
                "documents": each.documents,
                "outcome": each.outcome,
                "live": each.live,
                "passages": each.passages,
                "at": stamp(each.at.at),
            }
            for each in (*out.attached, *out.searches)
        ],
    }


def _claimreview(row: Verdict, out: PublishedVerdict, base: str) -> str | None:
    if row.change == Change.VOID:
        return None
    return str(script_json(claim_review(out, edition().desk, Addresses(base))))


def _tools(pieces: Sequence[VerdictEvidence], articles: Sequence[Article]) -> dict[str, Any]:
    snapshots = Snapshot.objects.filter(pk__in=[article.snapshot_id for article in articles])
    normalisers = [piece.document.text_normaliser for piece in pieces]
    normalisers += list(snapshots.values_list("text_normaliser", flat=True))
    return {
        "software": SOFTWARE,
        "package": VERSION,
        "page": PAGE_VERSION,
        "text_normaliser": TEXT_NORMALISER,
        "texts_normalised_by": tools_of(normalisers),
        "claims_extracted_by": tools_of(article.extracted_by for article in articles),
        "quote_check": VERSIONS["quote"],
        "figure_check": VERSIONS["figures"],
        "ranking": RANKING_VERSION,
    }


def _said(at: datetime | None, precision: str | None) -> dict[str, Any] | None:
    return {"at": stamp(at), "precision": precision} if at else None
