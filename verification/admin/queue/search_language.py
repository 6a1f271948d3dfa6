"""The queue's search as a language: `speaker:marsh state:queued due:<2d -lamps "forty lamps" sort:due`.

Pure: text goes in, terms come out, and for each word that is not understood a sentence that says what to write instead.
What the terms mean in the database, `searching` says.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from claims.wording import Words, words

# Nobody looks for more; each of them costs a search.
MOST_TERMS: Final = 20
# So many of the words that are not understood are told one by one.
MOST_FAULTS: Final = 3
NAMED: Final = ("speaker", "outlet", "source", "topic", "checker")
CHOSEN: Final = ("state", "kind", "quote")
FIELDS: Final = (*NAMED, *CHOSEN, "due", "priority", "cycle")
SORTS: Final = ("priority", "due", "new")
DUE: Final = ("late", "today", "soon", "none")
MINUTES: Final = {"h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
# What each field's words stand for: of `state`, `kind` and `quote`, by field.
Known = Mapping[str, Mapping[str, str]]

# A phrase ends at its closing mark, or with the text. `https://…` is no field; an apostrophe inside a word no mark.
TOKEN: Final = re.compile(
    r"""(?=\S)(?P<minus>-(?=\S))?
    (?:(?P<field>[^\W\d]+):(?!//))?
    (?:"(?P<straight>[^"]*)(?:"|$) | “(?P<curly>[^”]*)(?:”|$) | '(?P<single>[^']+)'(?=\s|$) | (?P<bare>\S+))?""",
    re.VERBOSE,
)
# A case's own number: R-12, r12.
NUMBERED: Final = re.compile(r"[Rr]-?([0-9]{1,15})")
LENGTH: Final = re.compile(r"([<>])=?([0-9]{1,4})([hdw])")
NUMBER: Final = re.compile(r"([<>]=?|=)?([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is looked for; `field` is empty for words of the text.

    Amounts have a `sign` (<, <=, >, >=, =) and an `amount`: minutes from now for `due`, else the number as it is shown.
    """

    field: str
    value: str
    excluded: bool = False
    sign: str = ""
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search asks for: terms that all hold, an order (empty: the usual one), and what was not understood.

    `lacks_state`: it names a state that there is not, and nothing like one; all states are told then.
    """

    terms: tuple[Term, ...] = ()
    sort: str = ""
    faults: tuple[Words, ...] = ()
    lacks_state: bool = False

    def names(self, field: str) -> bool:
        """Return whether some term is about this field."""
        return any(term.field == field for term in self.terms)


class _NotUnderstood(Exception):
    """A word that says nothing here; the words say what to write instead."""

    def __init__(self, why: Words, *, lacks_state: bool = False) -> None:
        super().__init__(str(why))
        self.why, self.lacks_state = why, lacks_state


def read(text: str, known: Known) -> Asked:
    """Read a search. Never raises: what is not understood is in `faults`, and the rest counts.

    Each is told once, the first few by themselves, and then how many more there are.
    """
    terms, faults, sort, lacks_state = dict[Term, None](), dict[Words, None](), "", False
    for token in _tokens(text):
        try:
            field = (token["field"] or "").casefold()
            if field == "sort":
                sort = _sort(token)
            elif term := _term(token, field, known):
                terms[term] = None
        except _NotUnderstood as error:
            faults[error.why] = None
            lacks_state |= error.lacks_state
    if (more := len(faults) - MOST_FAULTS) > 0:
        faults = dict.fromkeys([*list(faults)[:MOST_FAULTS], words("And %(count)s more.", count=more)])
    if len(terms) > MOST_TERMS:
        faults[words("Only the first %(most)s conditions count: take some of the others out.", most=MOST_TERMS)] = None
    return Asked(tuple(terms)[:MOST_TERMS], sort, tuple(faults), lacks_state)


def sorted_by(text: str, sort: str) -> str:
    """Return the same search in another order, which comes first: a phrase that is not closed goes to the end."""
    kept = [token[0] for token in _tokens(text) if (token["field"] or "").casefold() != "sort"]
    return " ".join([f"sort:{sort}", *kept])


def _tokens(text: str) -> Iterator[re.Match[str]]:
    return TOKEN.finditer(text)


def _value(token: re.Match[str]) -> str:
    return next((token[name] for name in ("straight", "curly", "single", "bare") if token[name] is not None), "")


def _term(token: re.Match[str], field: str, known: Known) -> Term | None:
    value, excluded = _value(token).strip(), token["minus"] is not None
    if not field:
        return Term("", value, excluded) if value else None
    if field not in FIELDS:
        raise _NotUnderstood(_no_such_field(token, field))
    if not value:
        why = words(
            "“%(typed)s” names nothing: write what to look for right after the colon, as in %(example)s.",
            typed=token[0],
            example=_example(field),
        )
        raise _NotUnderstood(why)
    if field in NAMED:
        return Term(field, value, excluded)
    if field in CHOSEN:
        return Term(field, _choice(token, field, value, known.get(field, {})), excluded)
    if field == "due":
        return _due(token, value.casefold(), excluded)
    return _number(token, field, value, excluded)


def _choice(token: re.Match[str], field: str, value: str, known: Mapping[str, str]) -> str:
    asked = re.sub(r"[\s-]+", "_", value.casefold())
    if asked in known:
        return known[asked]
    if near := _nearest(asked, known):
        raise _NotUnderstood(_instead(token, f"{field}:{near}"))
    if field == "state":
        why = words("“%(typed)s” is no state of a case: write one of these.", typed=token[0])
        raise _NotUnderstood(why, lacks_state=True)
    why = words("“%(typed)s” is not understood: write %(field)s: and one of %(known)s.", **_said(token, field, known))
    raise _NotUnderstood(why)


def _due(token: re.Match[str], value: str, excluded: bool) -> Term:
    if value in DUE:
        return Term("due", value, excluded)
    if length := LENGTH.fullmatch(value):
        sign, number, unit = length.groups()
        return Term("due", value, excluded, sign, int(number) * MINUTES[unit])
    why = words(
        "“%(typed)s” is not understood: write due:late, due:today, due:soon or due:none, or a length such as due:<2d "
        "(h for hours, d for days, w for weeks).",
        typed=token[0],
    )
    raise _NotUnderstood(why)


def _number(token: re.Match[str], field: str, value: str, excluded: bool) -> Term:
    found = NUMBER.fullmatch(value)
    if found is None or (field == "priority" and int(found[2]) > 100):
        if field == "priority":
            why = words(
                "“%(typed)s” is not understood: write a number from 0 to 100, as in priority:>70 or priority:<=30.",
                typed=token[0],
            )
        else:
            why = words("“%(typed)s” is not understood: write a number, as in cycle:2 or cycle:>1.", typed=token[0])
        raise _NotUnderstood(why)
    return Term(field, value, excluded, found[1] or "=", int(found[2]))


def _sort(token: re.Match[str]) -> str:
    value = _value(token).casefold()
    if value not in SORTS or token["minus"]:
        why = words("“%(typed)s” is not understood: write sort:priority, sort:due or sort:new.", typed=token[0])
        raise _NotUnderstood(why)
    return value


def _no_such_field(token: re.Match[str], field: str) -> Words:
    if near := _nearest(field, (*FIELDS, "sort")):
        return _instead(token, f"{near}:{_value(token)}")
    return words(
        "“%(typed)s” is not understood: write one of %(fields)s or sort before the colon, or put it in quotes to "
        "search for it as text.",
        typed=token[0],
        fields=", ".join(FIELDS),
    )


def _instead(token: re.Match[str], better: str) -> Words:
    return words(
        "“%(typed)s” is not understood: write %(better)s, or put it in quotes to search for it as text.",
        typed=token[0],
        better=better,
    )


def _nearest(typed: str, known: Collection[str]) -> str:
    return next(iter(get_close_matches(typed, known, n=1, cutoff=0.6)), "")


def _said(token: re.Match[str], field: str, known: Mapping[str, str]) -> dict[str, object]:
    return {"typed": token[0], "field": field, "known": ", ".join(known)}


def _example(field: str) -> str:
    examples = {"state": "state:queued", "kind": "kind:figure", "quote": "quote:altered", "due": "due:<2d"}
    return examples.get(field) or {"priority": "priority:>70", "cycle": "cycle:2"}.get(field, f"{field}:harbour")
