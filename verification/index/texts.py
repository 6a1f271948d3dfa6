"""What the rows of the library and of the desk are as texts of the index."""

from verification.index.protocol import IndexDocument
from verification.index.terms import UNKNOWN
from verification.models import Document, EarlierCheck, Publication, Review


def document_text(document: Document) -> IndexDocument:
    """Return a document of the library as the index takes it."""
    return IndexDocument(document.pk, document.title or "", document.text, document.language or UNKNOWN)


def case_text(review: Review) -> IndexDocument:
    """Return a case as the index takes it: its wording, and the claim's own text where that differs.

    Its title is the headline that readers see, if there is one; its language that of the article the claim was first
    found in, else the case's own. Reads publication, claim, appearances and articles where they were not fetched with
    the case.
    """
    title = review.publication.verdict.headline if review.publication else ""
    wordings = [review.wording]
    if review.claim.text.split() != review.wording.split():
        wordings.append(review.claim.text)
    first = min(review.claim.appearances.all(), key=lambda appearance: appearance.pk, default=None)
    language = (first and first.article.language) or review.language or UNKNOWN
    return IndexDocument(review.pk, title, "\n\n".join(wordings), language)


def earlier_text(check: EarlierCheck) -> IndexDocument:
    """Return an earlier check as the index takes it: the claim it checked, titled by its headline."""
    return IndexDocument(check.pk, check.title, check.claim_text, check.language or UNKNOWN)


def public_text(publication: Publication) -> IndexDocument:
    """Return a published check as the index takes it: its claim, who made it and its headline, in one text.

    They are one text, not a text and its title, so that a short search counts a word alike wherever it stands.
    """
    verdict = publication.verdict
    parts = (verdict.claim_text, verdict.claimant or "", verdict.headline)
    return IndexDocument(publication.pk, "", "\n\n".join(filter(None, parts)), verdict.language or UNKNOWN)
