"""What is published, as programs are told it. All of it comes from `verification.publishing.records`.

Of a version that withdraws its check nothing is told that was concluded: neither rating nor words nor evidence.
"""

from typing import Any, Final

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from verification.api.told.fields import At, Id, Link, Made, Number, Text, Told, Truth
from verification.models import Change, Role, Stance
from verification.publishing.addresses import Addresses
from verification.publishing.published import PublishedVerdict

GONE: Final[dict[str, object]] = {
    "rating": None,
    "headline": None,
    "explanation": None,
    "evidence": [],
    "checked_by": "",
    "second_by": "",
    "approved_by": "",
}
"""What a version that withdraws its check has in the place of a conclusion."""


class RatingTold(Told):
    """A rating in the words of its day."""

    label = Text("its words")  # type: ignore[assignment]  # the name is what is told
    value = Number("its place on the scale; null for one that stands beside the scale", allow_null=True)
    worst = Number("the lowest of the scale")
    best = Number("the highest of the scale")


class AppearanceTold(Told):
    """An article that has the claim, as it was captured."""

    title = Text("of the article", allow_null=True)
    outlet = Text("who published it", allow_null=True)
    url = Text("where it stands", allow_null=True)
    published = At("when it was published", allow_null=True)
    captured = At("when it was captured")
    sha256 = Text("of the captured bytes")


class SpanTold(Told):
    """A run of words in a comparison."""

    text = Text("the words")
    changed = Truth("whether the other side has them not")


class QuoteCheckTold(Told):
    """A quotation laid beside its source, word by word."""

    quote_class = Text("exact, normalised, spelling, edited, altered or not_found")
    flags = serializers.ListField(child=Text("what differs"), read_only=True, help_text="what differs")
    printed = SpanTold(many=True, read_only=True, help_text="the words of the article")
    source = SpanTold(  # type: ignore[assignment]  # the name is what is told
        many=True, read_only=True, help_text="the words of the source"
    )


class EvidenceTold(Told):
    """A passage of a source. Of a document that is withheld the passage is all that is told."""

    number = Number("as the explanation cites it: [1]")
    role = serializers.ChoiceField(choices=Role.values, read_only=True, help_text="what it is for")
    stance = serializers.ChoiceField(choices=Stance.values, read_only=True, help_text="how it bears on the claim")
    tier = Number("how near the source is to what it tells of; 0 is its own record")
    title = Text("of the document")
    issuer = Text("whose document it is")
    url = Text("where it is to be had", allow_null=True)
    place = Text("where in the document: a page, a cell, a time", allow_blank=True)
    withheld = Truth("whether the document itself is shown to nobody")
    published = At("when the document was published", allow_null=True)
    captured = At("when it was captured")
    sha256 = Text("of the captured bytes")
    exact = Text("the passage (TextQuoteSelector of the Web Annotation Data Model)")
    prefix = Text("the words before it", allow_blank=True)
    suffix = Text("the words after it", allow_blank=True)
    start = Number("where it begins in the document's text, in code points", allow_null=True)
    end = Number("where it ends", allow_null=True)
    note = Text("what the checker says of it", allow_blank=True)
    quote_check = QuoteCheckTold(source="comparison", read_only=True, allow_null=True)


class VerdictTold(Told):
    """A version of a check: its claim, what was found, and what it rests on."""

    check = Id("of the check, the same for all its versions")
    version = Number("its number, from 1")
    url = Link("its page for readers", lambda addresses, verdict: addresses.version(verdict.check, verdict.version))
    claimreview = Link(
        "its ClaimReview; null for one that does not stand, or was withdrawn",
        lambda addresses, verdict: addresses.claimreview(verdict.check) if stands(verdict) else None,
        allow_null=True,
    )
    claim = Text("the claim as it was checked")
    kind = Text("what kind of claim it is")
    claimant = Text("who made it; null where that is not known", allow_null=True)
    claimant_kind = Text("person or organisation; empty where that is not known", allow_blank=True)
    said = At("when it was made", allow_null=True)
    language = Text("of the text, BCP 47")
    rating = RatingTold(read_only=True, allow_null=True)
    headline = Text("what was found, in one sentence", allow_null=True)
    explanation = Text("why, in Markdown; [1] cites the evidence of this number", allow_null=True)
    change = serializers.ChoiceField(choices=Change.values, read_only=True, help_text="why there is this version")
    note = Text("what it changes, and why", allow_blank=True)
    published = At("when this version went out")
    first_published = At("when the check first went out")
    edited = At("when a slip of the pen was put right", allow_null=True)
    as_of = At("the day for which it holds, where that matters", allow_null=True)
    current = Truth("whether it is the version that stands")
    withdrawn = Truth("whether it withdraws the check: its conclusion is gone", source="void")
    checked_by = Text("who checked it; empty where the desk names nobody", allow_blank=True)
    second_by = Text("who checked it a second time", allow_blank=True)
    approved_by = Text("who signed it off", allow_blank=True)
    appearances = AppearanceTold(many=True, read_only=True)
    evidence = EvidenceTold(many=True, read_only=True)

    def to_representation(self, instance: PublishedVerdict) -> dict[str, Any]:
        """Return it; of one that withdraws its check without a conclusion."""
        told: dict[str, Any] = super().to_representation(instance)
        return told | {name: gone for name, gone in GONE.items() if name in told} if instance.void else told


class VersionTold(Told):
    """A line of a check's history."""

    version = Number("its number")
    url = Link("its page", lambda addresses, version: addresses.version(version.check, version.version))
    change = serializers.ChoiceField(choices=Change.values, read_only=True, help_text="why there is this version")
    note = Text("what it changes, and why", allow_blank=True)
    published = At("when it went out")
    rating = Made("null for one that withdrew the check", lambda _a, each: rating_of(each), allow_null=True)
    current = Truth("whether it stands")


class PackageTold(Told):
    """The file that proves a version to a stranger."""

    url = serializers.URLField(read_only=True, help_text="where it is")
    sha256 = Text("of the file")
    size = Number("in bytes")


class SearchTold(Told):
    """That something was looked for, as evidence."""

    number = Number("as the explanation cites it")
    source = Text(  # type: ignore[assignment]  # the name is what is told
        "who was asked; null for the whole library", allow_null=True
    )
    documents = Number("how many documents could have answered")
    outcome = Text("OK, EMPTY or NOT_PUBLISHED")
    at = At("when")


class PartTold(Told):
    """A part of a compound claim, as it stood when the whole was approved."""

    check = Id("of the part's own check")
    version = Number("of its check")
    claim = Text("the part")
    rating = Text("null where its check was withdrawn", allow_null=True)


class VerdictWhole(VerdictTold):
    """A version with all that belongs to it."""

    challenged = Truth("whether it is being looked at again")
    source_changed = Truth("whether that is because a page it cites changed")
    versions = VersionTold(many=True, read_only=True, help_text="all versions, newest first")
    searches = SearchTold(source="attached", many=True, read_only=True, help_text="search records it rests on")
    parts = serializers.SerializerMethodField(help_text="of a compound claim")
    package = serializers.SerializerMethodField(help_text="the file that proves it; null while there is none")

    def to_representation(self, instance: PublishedVerdict) -> dict[str, Any]:
        """Return it; the search records it rests on are gone with a conclusion."""
        told = super().to_representation(instance)
        return told | {"searches": []} if instance.void else told

    @extend_schema_field(PartTold(many=True))
    def get_parts(self, verdict: PublishedVerdict) -> Any:
        """Return the parts of a compound claim."""
        shown = verdict.parts.parts if verdict.parts and not verdict.void else ()
        return PartTold(shown, many=True, context=self.context).data

    @extend_schema_field(PackageTold(allow_null=True))
    def get_package(self, verdict: PublishedVerdict) -> dict[str, Any] | None:
        """Return where its package is."""
        if verdict.package is None or verdict.void:
            return None
        path = reverse("public:version_package", args=[verdict.check, verdict.version])
        url = self.context["addresses"].base + path
        return {"url": url, "sha256": verdict.package.sha256, "size": verdict.package.size}


class ClaimTold(Told):
    """A claim that was checked, and where it stands."""

    check = Id("of its check")
    text = Text("the claim as it was checked", source="claim")
    kind = Text("what kind of claim it is")
    claimant = Text("who made it; null where that is not known", allow_null=True)
    claimant_kind = Text("person or organisation; empty where that is not known", allow_blank=True)
    claimant_same_as = serializers.ListField(child=Text("an address"), read_only=True, help_text="who that is")
    said = At("when it was made", allow_null=True)
    rating = Made("the rating's words; null where it was withdrawn", lambda _a, each: label_of(each), allow_null=True)
    url = Link("the check's page", lambda addresses, verdict: addresses.check(verdict.check))
    appearances = AppearanceTold(many=True, read_only=True)


class CitedTold(EvidenceTold):
    """A passage of a source, and the check that rests on it."""

    check = Id("of the check")
    version = Number("of the check")
    check_url = Text("the check's page")


def cited(verdict: PublishedVerdict, addresses: Addresses) -> list[dict[str, Any]]:
    """Return the evidence of a version, each passage with its check; none of one that withdraws it."""
    evidence = () if verdict.void else verdict.evidence
    told = EvidenceTold(evidence, many=True, context={"addresses": addresses}).data
    of = {"check": str(verdict.check), "version": verdict.version, "check_url": addresses.check(verdict.check)}
    return [{**each, **of} for each in told]


def stands(verdict: PublishedVerdict) -> bool:
    """Return whether a version stands and is not void."""
    return verdict.current and not verdict.void


def label_of(verdict: PublishedVerdict) -> str | None:
    """Return a rating's words; None for a check that was withdrawn."""
    return None if verdict.void else verdict.rating.label


def rating_of(version: Any) -> str | None:
    """Return the rating's words of a line of a history; None for one that withdrew the check."""
    return None if version.void else version.rating
