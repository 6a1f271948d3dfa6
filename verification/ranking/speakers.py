"""Whether a document is the speaker's own word."""

from claims.extraction.wordset import wordset
from verification.ranking.found import FoundDocument
from verification.ranking.words import plain_words

# The first words of a title are its form and its speaker ("Remarks by President N. in Press Conference with …").
TITLE_OPENING = 8
NO_SURNAMES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# A name with one of these words is an institution's: it is known by the whole name, not by its last word.
_BODIES = wordset(
    """
    academy administration agency army assembly association authority bank board bureau cabinet campaign centre center
    chamber chancellery commission committee company congress council court department directorate embassy federation
    foundation fund government house institute kremlin ministry nations navy office organisation organization parliament
    party pentagon police secretariat senate service society treasury tribunal union university
    """
)
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
    opening = " ".join(plain_words(document.title)[:TITLE_OPENING])
    return issued_by(speaker, document) or f" {known_by(speaker)} " in f" {opening} "


def known_by(speaker: str) -> str:
    """Return what a text calls a speaker by: a person's surname, an institution's name; casefolded."""
    return _institution(speaker) if is_institution(speaker) else surname(speaker)


def is_institution(speaker: str) -> bool:
    """Tell whether a speaker is a body: "Ministry of Energy" has no surname."""
    return not _BODIES.isdisjoint(plain_words(speaker))


def issued_by(speaker: str, document: FoundDocument) -> bool:
    """Tell whether the speaker is the institution whose own account the document is."""
    said, issuer = _institution(speaker), _institution(document.speaks_for)
    return bool(issuer) and document.kind in INSTITUTIONS_OWN and said == issuer


def names_speaker(speaker: str | None, document: FoundDocument, text: str) -> bool:
    """Tell whether a document names the speaker anywhere, or is the speaker's own word.

    Nobody is always named: no speaker, "she", "a senior official". An institution seldom names itself, so a document of
    which nothing tells whose it is may be its own.
    """
    if not speaker or not _is_name(speaker) or own_word(speaker, document):
        return True
    if is_institution(speaker) and not document.speaks_for:
        return True
    return known_by(speaker) in text.casefold()


def _is_name(speaker: str) -> bool:
    """Tell whether the last word of a mention is written as a name's."""
    words = [word for word in speaker.split() if word.strip(".,").casefold() not in NO_SURNAMES]
    return bool(words) and words[-1][:1].isupper()


def _institution(name: str) -> str:
    return " ".join(plain_words(name)).removeprefix("the ")
