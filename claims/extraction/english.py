"""The engine that needs no service: spaCy's grammar and our own rules, for articles in English."""

from claims.extraction.contract import EXTRACTOR_VERSION, ArticleText, ExtractedClaim, Quotation
from claims.extraction.quotations import quotations
from claims.extraction.reading import Reading
from claims.extraction.selection import choose, quoted_only
from claims.extraction.sentences import paragraphs


class EnglishEngine:
    """Extracts claims from English news; from other languages only what stands between quotation marks."""

    name = "english"
    version = EXTRACTOR_VERSION

    def extract(self, article: ArticleText) -> tuple[ExtractedClaim, ...]:
        """Return the claims of `article` in order, without overlaps; any text is taken, nothing is raised for its
        content.

        English grammar is never tried on a text whose `language` is known to be another.
        """
        if article.language is not None and article.language.lower().split("-")[0] != "en":
            text = article.text
            spans = quotations(text, paragraphs(text))
            return quoted_only(text, [Quotation(span.start, span.end, text[span.start : span.end]) for span in spans])
        return choose(Reading(article.text), article.published)
