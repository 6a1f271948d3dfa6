"""Whether a document is the speaker's own word."""

from verification.ranking.found import FoundDocument
from verification.ranking.words import plain_words

# The first words of a title are its form and its speaker ("Remarks by President N. in Press Conference with …").
TITLE_OPENING = 8
NO_SURNAMES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# What an institution publishes in its own name.
INSTITUTIONS_OWN = frozenset({"readout", "statement", "fact_sheet", "order", "other", "dataset"})


def surname(speaker: str) -> str:
    """Return the last word of a name that is no suffix, casefolded; empty for an empty name."""
    words = [word for word in plain_words(speaker) if word not in NO_SURNAMES]
    return words[-1] if words else ""


def own_word(speaker: str | None, document: FoundDocument) -> bool:
    """Tell whether the title's opening names the speaker, or the speaker is the institution that published it."""
    if not speaker:
        return False
    return issued_by(speaker, document) or surname(speaker) in plain_words(document.title)[:TITLE_OPENING]


def issued_by(speaker: str, document: FoundDocument) -> bool:
    """Tell whether the speaker is the institution whose own account the document is."""
    said, issuer = _institution(speaker), _institution(document.speaks_for)
    return bool(issuer) and document.kind in INSTITUTIONS_OWN and said == issuer


def names_speaker(speaker: str | None, document: FoundDocument, text: str) -> bool:
    """Tell whether a document names the speaker anywhere, or is the speaker's own word. Nobody is always named."""
    if not speaker or own_word(speaker, document):
        return True
    return surname(speaker) in text.casefold()


def _institution(name: str) -> str:
    return " ".join(plain_words(name)).removeprefix("the ")
