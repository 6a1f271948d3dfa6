"""Reading one parsed sentence: who does the verb, what it says, and which stretch of text that is."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from claims.extraction.sentences import Span
from claims.extraction.wordset import wordset

_OBJECT_CONTROL = wordset(
    "urge ask tell order encourage advise instruct implore beg request invite press warn allow force persuade convince "
    "want expect require help let make see hear"
)
_CUT_FROM_MENTION = frozenset(["relcl", "acl", "appos", "advcl", "parataxis", "punct", "cc", "advmod", "npadvmod"])
_KEPT_OPENERS = frozenset(["of", "for", "in", "at", "from", "on"])
_PERSONS = frozenset(["he", "she", "they", "we", "i", "it", "who", "one", "others", "some", "many"])
_TEMPORAL = frozenset(["TIME", "DATE"])

_SAID_OF = frozenset(["appos", "relcl", "acl", "nummod", "npadvmod", "amod", "advmod"])
_QUOTATION_MARKS = frozenset('"“”„«»‟〝〞') | {"''", "``"}
_NICKNAME = 3  # words


def source_of(verb: Token, depth: int = 0) -> Token | None:
    """Return the head word of whoever does `verb`, through passives, infinitives, participles and conjunctions."""
    if depth > 6:
        return None
    passive = False
    for child in verb.children:
        if child.dep_ == "nsubj":
            if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                return verb.head
            return child
        if child.dep_ in ("nsubjpass", "auxpass"):
            passive = True
    if passive:
        return _agent(verb)
    governor = verb.head
    if governor == verb:
        return None
    if verb.dep_ == "acl":
        return governor if verb.tag_ == "VBG" else _agent(verb)
    if verb.dep_ == "conj" and governor.pos_ in ("VERB", "AUX"):
        return source_of(governor, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp") and governor.pos_ in ("VERB", "AUX"):
        if governor.lemma_ in _OBJECT_CONTROL:
            objects = [child for child in governor.children if child.dep_ == "dobj"]
            if objects:
                return objects[0]
        return source_of(governor, depth + 1)
    if verb.dep_ in ("xcomp", "acomp") and governor.pos_ == "ADJ":
        return source_of(governor.head, depth + 1)
    if verb.dep_ == "advcl" and verb.tag_ != "VBN" and governor.pos_ in ("VERB", "AUX"):
        return source_of(governor, depth + 1)
    if verb.tag_ == "VBG":
        doer = next((word for word in verb.ancestors if word.pos_ in ("VERB", "AUX")), None)
        return source_of(doer, depth + 1) if doer is not None else None
    return None


def beside(verb: Token, is_quoted: Callable[[Token], bool]) -> Token | None:
    """Return the head of the noun phrase that touches `verb` on the left or, failing that, on the right.

    For the speech tags that a parse misreads next to a quotation: `,” Smith told the BBC`, `,” added Smith`.
    """
    doc: Doc = verb.doc
    index = verb.i - 1
    while index >= 0 and (doc[index].pos_ in ("AUX", "ADV", "PART") and not is_quoted(doc[index])):
        index -= 1
    if index >= 0 and _can_speak(doc[index]) and not is_quoted(doc[index]) and not is_time(doc[index]):
        return doc[index]
    for token in doc[verb.i + 1 : min(verb.i + 7, verb.sent.end)]:
        if is_quoted(token) or token.is_punct or token.pos_ in ("ADP", "VERB", "SCONJ"):
            return None
        if _can_speak(token) and not is_time(token):
            return _head_of_phrase(token, verb.sent.end)
    return None


def _can_speak(token: Token) -> bool:
    return token.pos_ in ("PROPN", "NOUN") or (token.pos_ == "PRON" and token.lower_ in _PERSONS)


def _head_of_phrase(token: Token, end: int) -> Token:
    last = token
    for following in token.doc[token.i + 1 : end]:
        if following.pos_ not in ("PROPN", "NOUN"):
            break
        last = following
    return last


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((noun for noun in child.children if noun.dep_ == "pobj"), None)
    return None


def is_passive(verb: Token) -> bool:
    """Tell whether `verb` stands in the passive, with its auxiliary or as a bare participle after a noun."""
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children) or (
        verb.dep_ == "acl" and verb.tag_ == "VBN"
    )


def mention(head: Token) -> Tokens:
    """Return the noun phrase of `head` as written, up to its first apposition, relative clause or aside."""
    doc: Doc = head.doc
    left = _outside_quotation(head)
    right = head.i
    for child in head.rights:
        if child.dep_ in _CUT_FROM_MENTION and not (child.dep_ == "cc" and _has_conjunct(head)):
            break
        if child.dep_ == "prep" and (child.lower_ not in _KEPT_OPENERS or is_time(child)):
            break
        if child.dep_ not in ("prep", "conj", "cc", "case", "compound", "nmod", "flat", "nummod"):
            break
        right = _phrase_end(child)
    while left < head.i and (doc[left].is_punct or doc[left].is_space or doc[left].dep_ in ("cc", "advmod", "preconj")):
        left += 1
    return doc[left : right + 1]


def whole_mention(source: Tokens, cue: Token) -> Tokens:
    """Return a source with what is said of it right behind: its apposition, age, party, or who it is that speaks.

    `cue` is never among it, nor a quotation.
    """
    doc: Doc = source.doc
    end = source.end
    for child in sorted(source.root.rights, key=lambda child: child.i):
        last = child.right_edge.i
        if child.i < end or child.dep_ not in _SAID_OF or last >= source.root.sent.end:
            continue
        between = doc[end : child.left_edge.i]
        found = doc[end : last + 1]
        if len(between) > 2 or not all(token.is_punct for token in between):
            break
        if any(token.text in _QUOTATION_MARKS or token.i == cue.i for token in found):
            break
        end = last + 1
    while end > source.end and (doc[end - 1].is_space or doc[end - 1].text in (",", ";", ":", "—", "–", "-")):
        end -= 1
    return doc[source.start : end]


def _outside_quotation(head: Token) -> int:
    """Return where the phrase of `head` begins, past a quotation that the parser took for a part of it.

    Marks in a pair round a word or three are a nickname, and stay.
    """
    left = int(head.left_edge.i)
    marks = [token.i for token in head.doc[left : head.i] if token.text in _QUOTATION_MARKS]
    nickname = len(marks) == 2 and marks[1] - marks[0] <= _NICKNAME + 1
    return marks[-1] + 1 if marks and not nickname else left


def _phrase_end(child: Token) -> int:
    """Return the last token of `child`'s part of a mention, stopping before a relative clause or apposition within."""
    end = child.i
    for token in child.subtree:
        if token.dep_ in ("relcl", "acl", "appos", "advcl") or (token.is_punct and token.text in ",;:—–(-"):
            break
        end = max(end, token.i)
    return end


def _has_conjunct(head: Token) -> bool:
    return any(child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON") for child in head.children)


def is_time(token: Token) -> bool:
    """Tell whether the phrase headed by `token` says when (on Monday, last week, after the vote)."""
    if token.dep_ == "npadvmod" or token.ent_type_ in _TEMPORAL:
        return True
    return token.dep_ == "prep" and any(child.ent_type_ in _TEMPORAL for child in token.children)


def without_day(verb: Token, tokens: Sequence[Token]) -> list[Token]:
    """Return `tokens` without the day that stands between `verb` and what was said (`said Monday the talks …`)."""
    ordered = sorted(tokens, key=lambda token: token.i)
    after = next((token for token in ordered if token.i > verb.i), None)
    if (
        after is None
        or after.i != verb.i + 1
        or after.ent_type_ not in _TEMPORAL
        or after.dep_ in ("nsubj", "dobj", "poss")
    ):
        return ordered
    end = after.i
    while end < len(verb.doc) and verb.doc[end].ent_type_ in _TEMPORAL and verb.doc[end].dep_ not in ("nsubj", "poss"):
        end += 1
    return [token for token in ordered if not after.i <= token.i < end]


def stretches(doc: Doc, tokens: Iterable[Token], barred: Iterable[Token] = ()) -> list[Span]:
    """Return `tokens` as (start, end) character spans of `doc`, joined across gaps that hold only punctuation.

    `barred` tokens split a span (the `he said` in the middle of what he said). Outer commas, points, brackets and
    dashes are trimmed; a token that is a quotation mark is kept.
    """
    wanted = {token.i for token in tokens} - {token.i for token in barred}
    spans: list[Span] = []
    for first, last in _runs(doc, sorted(wanted)):
        while first <= last and _is_border(doc[first]):
            first += 1
        while last >= first and _is_border(doc[last]):
            last -= 1
        if last >= first:
            spans.append((doc[first].idx, doc[last].idx + len(doc[last])))
    return spans


def _runs(doc: Doc, indices: list[int]) -> Iterator[tuple[int, int]]:
    first = previous = -2
    for index in indices:
        if previous >= 0 and all(doc[gap].is_punct or doc[gap].is_space for gap in range(previous + 1, index)):
            previous = index
            continue
        if previous >= 0:
            yield first, previous
        first = previous = index
    if previous >= 0:
        yield first, previous


def _is_border(token: Token) -> bool:
    return token.is_space or (token.is_punct and not token.is_quote and token.text not in ("''", "``"))
