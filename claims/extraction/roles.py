"""What a text says that somebody is: the role beside a name, as its words and as it is written."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from claims.extraction.names import ROLE_OF_TITLE, ROLES, TITLES

_IN_A_ROLE = ("NOUN", "PROPN", "ADJ", "PART", "PUNCT")
_NO_PART = frozenset(["DATE", "TIME", "CARDINAL", "ORDINAL"])
_LONGEST = 80
_WORDS_BEFORE = 8
_OPENING = re.compile(
    r"^(?:(?:the|a|an|its|his|her|their|our|this|that|one|another|some)\s+|[\s,;:.’'\-–—]+)+", re.IGNORECASE
)
_ENDS = " ,;:.-–—’'\n"


def roles_beside(doc: Doc, words: Sequence[Token]) -> set[str]:
    """Return the role words before the name (`Pentagon spokesman`), in the apposition after it (`, a senator`) and in
    what it is itself an apposition to (`the spokesman, …`).
    """
    found = {_role(token) for token in _before(doc, words)}
    for child in words[-1].children:
        if child.dep_ == "appos":
            found.update(_role(token) for token in child.subtree if token.dep_ in ("appos", "compound", "amod", "conj"))
    office = _office(words)
    if office is not None:
        found.add(_role(office))
        found.update(_role(token) for token in office.lefts if token.dep_ in ("compound", "amod", "poss"))
    roles = found & ROLES
    return found if roles or found & TITLES else set()


def role_beside(doc: Doc, words: Sequence[Token]) -> str | None:
    """Return the role beside a name as it is written, without its article: `US President`, `Pentagon spokesman`.

    None where there is none, or only a form of address (`Mrs.`).
    """
    before = [token for token in _before(doc, words) if token.ent_type_ not in _NO_PART]
    if before and not any(_role(token) in ROLES for token in before):
        # An office with an “of” in it: Secretary of State Ada Quill.
        first = before[-1].i
        if first > 1 and doc[first - 1].lower_ == "of" and _role(doc[first - 2]) in ROLES:
            before += [doc[first - 1], doc[first - 2], *_before(doc, [doc[first - 2]])]
    if any(_role(token) in ROLES for token in before) and (text := _written(before[::-1])):
        return text
    for child in words[-1].children:
        if child.dep_ == "appos" and child.i > words[-1].i and (text := role_phrase(child)):
            return text
    office = _office(words)
    return role_phrase(office) if office is not None else None


def role_phrase(head: Token) -> str | None:
    """Return the role whose noun `head` is, as written, up to the first comma or clause; None where it is no role."""
    if _role(head) not in ROLES:
        return None
    taken: list[Token] = []
    for token in head.doc[head.left_edge.i : head.right_edge.i + 1]:
        ends = token.dep_ in ("relcl", "acl", "appos", "cc") or token.text in (",", ";", ":", "(", "–", "—")
        if token.i > head.i and (ends or token.tag_ in ("WP", "WDT", "WRB")):
            break
        taken = [] if ends and token.i < head.i else [*taken, token]
    return _written(taken)


def plain(token: Token) -> str:
    """Return a word in small letters without its point."""
    return token.lower_.rstrip(".")


def _before(doc: Doc, words: Sequence[Token]) -> list[Token]:
    """Return the words that a role before the name can be made of, the nearest first."""
    found = []
    index = words[0].i - 1
    while index >= 0 and words[0].i - index <= _WORDS_BEFORE and doc[index].pos_ in _IN_A_ROLE:
        if doc[index].is_punct and doc[index].text not in ("-", "."):
            break
        found.append(doc[index])
        index -= 1
    return found


def _office(words: Sequence[Token]) -> Token | None:
    """Return the noun that a name is an apposition to (`the board’s spokesman, Peter Lowell,`)."""
    name = words[-1]
    fits = name.dep_ == "appos" and name.head.i < words[0].i and name.head.tag_ in ("NN", "NNP")
    return name.head if fits and _role(name.head) in ROLES else None


def _role(token: Token) -> str:
    word = plain(token)
    return ROLE_OF_TITLE.get(word, word)


def _written(tokens: Sequence[Token]) -> str | None:
    if not tokens:
        return None
    text = tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text
    text = " ".join(_OPENING.sub("", text).split()).rstrip(_ENDS if not text.endswith(".") else " ")
    return text if text and len(text) <= _LONGEST else None
