"""What speaks for two texts making the same claim, in words."""

from claims.wording import Words, words
from verification.matching.same.reading import Reading
from verification.matching.same.terms import term, terms
from verification.matching.tokens import WORD

# From this share of all words on they are told to be nearly the same.
NEARLY_ALL = 0.8
SHORTEST_TOLD = 4
MOST_TOLD = 5


def reasons_for(text: Reading, known: str, title: str) -> tuple[Words, ...]:
    """Return what the text has in common with a known claim, the strongest first; at least one reason."""
    own, other = terms(text.text), terms(known)
    if own == other:
        return (words("the same words"),)
    held, also = set(own), set(other)
    shared = held & (also | set(terms(title)))
    told: list[Words] = []
    if len(held & also) >= NEARLY_ALL * len(held | also):
        told.append(words("nearly the same words"))
    figures = _written(text.text, {key for key in held & also if key[:1].isdigit()}, 1)
    if figures:
        told.append(words("has the same figures: %(figures)s", figures=figures))
    names = _written(text.text, {key for key in shared if not key[:1].isdigit()}, SHORTEST_TOLD)
    if names:
        told.append(words("has the words %(words)s", words=names))
    signed = set(terms(text.signed)) & also - held
    if signers := _written(text.signed, signed, SHORTEST_TOLD):
        told.append(words("posted by %(name)s, of whom the claim speaks", name=signers))
    return tuple(told) or (words("has words of the claim"),)


def _written(text: str, keys: set[str], shortest: int) -> str:
    """Return the words of `text` that stand for `keys`, as written, names and long words first chosen."""
    found: dict[str, str] = {}
    for word in WORD.findall(text):
        key = term(word)
        if key in keys and len(word) >= shortest:
            found.setdefault(key, word)
    chosen = sorted(found.values(), key=lambda word: (not word[0].isupper(), -len(word)))[:MOST_TOLD]
    return ", ".join(word for word in found.values() if word in chosen)
