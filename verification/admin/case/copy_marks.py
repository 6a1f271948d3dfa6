"""What is marked in an archived copy that is opened from a case: the passage faintly, strongly what it is there for."""

import re

from claims.models import Article
from verification.matching.marking import marked_spans, with_figures
from verification.models import Candidate, Document, Review

PASSAGE, WORDS = "passage", "words"
_ON_A_LINE = re.compile(r"\S(?:[^\n]*\S)?")

Span = tuple[int, int]


def told_by_the_case(review: Review, of: Document | Article, passage: Span) -> list[Span]:
    """Return what to mark strongly in a passage: an article's own claim, of a document the words found for the case.

    Those are the source's words of a quotation where these stand there, else figures and words that the claim has too,
    as the case's page marks them. Spans are code points of the text, half open, in order and apart.
    """
    if isinstance(of, Article):
        return [passage]
    start, end = passage
    found = Candidate.objects.filter(claim=review.claim_id, document=of, start=start, end=end).order_by("-pk").first()
    check = found.quote_check if found else None
    if check and check.get("start") is not None and check["class"] != "not_found":
        return [(check["start"], check["end"])]
    text = of.text[start:end]
    spans = with_figures(marked_spans(text, review.wording), start, len(text), found.figure_checks if found else None)
    return [(start + first, start + last) for first, last in spans]


def marked_pieces(text: str, passage: Span, words: list[Span]) -> list[tuple[str, str]]:
    """Return the text cut into pieces, each `PASSAGE`, `WORDS` or plain (empty); joined they are the text again.

    No blank line is marked, nor blanks at the ends of a line. `words` lie in order and apart.
    """
    cut, at = [], 0
    for line in _ON_A_LINE.finditer(text, *passage):
        cut.append((text[at : line.start()], ""))
        at = line.start()
        for start, end in ((max(first, at), min(last, line.end())) for first, last in words):
            if start < end:
                cut += [(text[at:start], PASSAGE), (text[start:end], WORDS)]
                at = end
        cut.append((text[at : line.end()], PASSAGE))
        at = line.end()
    cut.append((text[at:], ""))
    return [(part, kind) for part, kind in cut if part]
