"""The engine that needs no service: spaCy's grammar and our own rules, for articles in English."""

from claims.extraction.contract import EXTRACTOR_VERSION, ArticleText, ExtractedClaim
from claims.extraction.other_languages import claims_in, read_as
from claims.extraction.plain import ENGLISH
from claims.extraction.reading import Reading
from claims.extraction.selection import choose


class EnglishEngine:
    """Extracts claims from English news; other languages are read as `other_languages` reads them."""

    name = "english"
    version = EXTRACTOR_VERSION

    def extract(self, article: ArticleText) -> tuple[ExtractedClaim, ...]:
        """Return the claims of `article` in order, without overlaps; any text is taken, nothing is raised for its
        content.

        English grammar is never tried on a text whose `language` is known to be another, or that is plainly in one.
        """
        language = read_as(article)
        if language != ENGLISH:
            return claims_in(article.text, language)
        return choose(Reading(article.text), article.published)
