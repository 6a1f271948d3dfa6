"""What a text denies: the words that its nots and nevers stand before."""

from claims.extraction.wordset import wordset
from claims.wording import Words, words
from verification.matching.changes import NEGATING_PREFIXES
from verification.matching.same.terms import term
from verification.matching.tokens import WORD, plain_form

# As posts write them too, without the apostrophe.
_NOTS = wordset(
    "no not never none nobody nothing neither nor nowhere without hardly barely scarcely cannot cant wont dont doesnt "
    "didnt isnt arent wasnt werent hasnt havent hadnt wouldnt couldnt shouldnt aint"
)
_REFUSALS = frozenset(map(term, wordset("fail refuse deny stop decline")))
_CALLED_FALSE = frozenset(
    map(term, wordset("false falsely fake hoax untrue incorrect myth debunk debunked disprove refute"))
)
# Between a not and what it denies: "has not been seen" denies seeing.
_PASSED_OVER = frozenset(
    map(
        term,
        wordset(
            "a an the any one of to in on at for with by from as that this these those it its he she they we you i his "
            "her their our my your be is are was were been being am has have had do does did will would can could "
            "should may might must shall ever yet even really so such going get got more only just"
        ),
    )
)
# "Iran" is not the opposite of "an".
_SHORTEST_NEGATED = 4


def negated_otherwise(one: str, other: str, alike: bool) -> Words | None:
    """Return in words that one text denies what the other says, None where it does not.

    Of texts that are `alike` in nearly all words each not counts. In others only one that stands before a word which
    the other text has without a not: a post may deny much that the claim does not speak of.
    """
    left, right = _Denying(one), _Denying(other)
    differs = left.nots != right.nots if alike else left.denies(right) or right.denies(left)
    if differs or left.opposes(right) or right.opposes(left):
        return words("one is negated, the other is not")
    if bool(left.called_false) != bool(right.called_false):
        return words("only one says %(word)s", word=left.called_false or right.called_false)
    return None


class _Denying:
    """A text's terms, how many nots it has, and which terms they stand before."""

    def __init__(self, text: str) -> None:
        written = WORD.findall(text)
        self.terms = list(map(term, written))
        places = [place for place, word in enumerate(written) if _negates(word, self.terms[place])]
        self.nots = len(places)
        self.held = set(self.terms)
        self.words = {plain_form(word) for word in written}
        self.denied = {self._next(place) for place in places}
        self.called_false = next((word for word in written if term(word) in _CALLED_FALSE), "")

    def _next(self, place: int) -> str:
        """Return the term that a not denies: the next that says something, at the end of a text the one before."""
        after = [key for key in self.terms[place + 1 :] if key not in _PASSED_OVER]
        before = [key for key in self.terms[:place] if key not in _PASSED_OVER]
        return after[0] if after else before[-1] if before else ""

    def denies(self, other: "_Denying") -> bool:
        """Tell whether this text denies a term that the other has and does not deny."""
        return bool(self.denied & other.held - other.denied)

    def opposes(self, other: "_Denying") -> bool:
        """Tell whether this text has "unlikely" where the other has "likely"."""
        return any(
            word.startswith(prefix)
            and len(word) - len(prefix) >= _SHORTEST_NEGATED
            and word[len(prefix) :] in other.words
            for word in self.words - other.words
            for prefix in NEGATING_PREFIXES
        )


def _negates(word: str, key: str) -> bool:
    plain = plain_form(word)
    return plain in _NOTS or plain.endswith("n't") or key in _REFUSALS
