"""A response that says 200 and is not the page: challenges, refusals, notices, faults, empty shells.

    why_no_page(200, "text/html", headers, body)    -> NoPage(REFUSED, “The site wants to be sure …”), or None

A site's own error page is short, is headed by nothing but an error's usual words, speaks to its visitor of the page,
the browser or the request, and carries no metadata of an article. None of these is enough alone: an article may be
headed “Access denied” as well, and then tells of it in reported speech, or at length. What the signs are is in
`error_page_signs`, and how much a page says in `page_shape`; here is what they add up to. Lengths are in words.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from claims.capture.error_page_signs import CHALLENGED, KINDS, WALLED, Sign
from claims.capture.error_page_words import NO_HITS, PLAIN, REPORTS, SPEAKS, WEB
from claims.capture.media import content_type, starts_as_html
from claims.capture.outcome import Outcome
from claims.capture.page_shape import Shape, says_more_than, shape_of, word_count
from claims.capture.structured_errors import error_in_json, error_in_xml, not_as_asked
from claims.capture.text import decode
from claims.wording import Words, words

MUTE: Final = 12
"""So few words say nothing beside the title, which then tells alone what the page is."""

CURT: Final = 25
"""So few words are hardly an article."""

BRIEF: Final = 90
"""So few words, links not counted, are an article's only where it says so."""

SHORT: Final = 320
"""The longest error pages explain for so many words what happened and whom to write to."""

FEW_LINKS: Final = 90
"""Words in links: a list of documents has more, an error page offers a way home."""

WORDS_A_SIGN: Final = 30
"""On a page without an error's title, one telling word in so many: a cookie banner below an article is not enough."""

MANY_SIGNS: Final = 4
"""Different telling words on one that is longer."""

MOST_LETTERS: Final = 10_000
"""Letters that are looked through for signs: far more than those of the longest error page."""

LONGEST: Final = 500_000
"""Bytes: no error page has more, and looking for its signs should not take long."""

HEADED: Final = 16
LONGEST_HEADING: Final = 400
"""Words, and letters: the longest title or heading that is nothing but an error's."""

_PARTS: Final = re.compile(r"\s+[-–—|·•:»«>/]+\s+|\s*[|»•]\s*")
_SENTENCES: Final = re.compile(r"[!?.…]+\s+")
_NUMBERED: Final = re.compile(r"(?:^|[|»•·–—-]\s*)[45]\d\d(?:\s*[|»•·–—-]|$)")
_TOKEN: Final = re.compile(r"\w[\w'’]*(?:[./]\w+)*")
_HEADINGS: Final = re.compile(r"<(?:title|h1)\b[^<>]{0,300}>([^<]{1,300})</", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(?:\w[\w-]*\.)+[a-z]\w+|#?[\da-f]*\d[\da-f.:-]*")
_SCRIPTED_REDIRECT: Final = re.compile(r"location(?:\.href)?\s*=[^=]|location\.(?:replace|assign)\s*\(")
_WIDGETS: Final = re.compile(r"captcha|turnstile", re.IGNORECASE)
_CHALLENGE_HEADERS: Final = (("cf-mitigated", "challenge"), ("x-amzn-waf-action", ""))


@dataclass(frozen=True, slots=True)
class NoPage:
    """What an answer without the page means, and one sentence that says what it was and what to do."""

    outcome: Outcome
    sentence: Words


EMPTY: Final = NoPage(Outcome.EMPTY, words("The site answered with nothing in it."))
NOT_YET: Final = NoPage(Outcome.FAILED, words("The site took the request and answered with nothing yet."))
BLANK: Final = NoPage(
    Outcome.FAILED,
    words("The page came without any text: open it in a browser, save the page and upload it."),
)
SENT_ON: Final = NoPage(
    Outcome.FAILED,
    words("The page only sends browsers on to another one: open it in a browser and use the address it ends at."),
)


def why_no_page(
    status: int,
    media_type: str | None,
    headers: Sequence[tuple[str, str]],
    body: bytes,
    accept: str | None = None,
) -> NoPage | None:
    """Return what a response is in place of the page; None where it is the page, or its status says all there is.

    `body` has its content coding undone; `accept` is the request's header: who asked for JSON or a feed is not served
    with a web page. Of statuses that are no success only 429 and 503 are looked at, for a challenge behind them.
    """
    lowered = [(name.lower(), value.lower()) for name, value in headers]
    if any(name == header and said in value for name, value in lowered for header, said in _CHALLENGE_HEADERS):
        return _told(CHALLENGED)
    if status in (429, 503):
        found = _in_page(body, headers) if starts_as_html(body) else None
        return found if found == _told(CHALLENGED) else None
    if not 200 <= status < 300:
        return None
    if not body or body.isspace():
        return NOT_YET if status == 202 else EMPTY
    return _in_body(media_type, headers, body) or _unasked(body, accept)


def _in_body(media_type: str | None, headers: Sequence[tuple[str, str]], body: bytes) -> NoPage | None:
    if starts_as_html(body):
        return _in_page(body, headers)
    sign = error_in_json(body, media_type) or error_in_xml(body)
    if sign is not None:
        return _told(sign)
    if (media_type or "text/plain").startswith("text/") and body[:1] not in b"{[<%" and len(body) <= 2000:
        return _in_text(decode(body, label=_charset(headers)).text)
    return None


def _in_page(body: bytes, headers: Sequence[tuple[str, str]]) -> NoPage | None:
    if len(body) > LONGEST:
        return None
    markup = decode(body, label=_charset(headers), markup=True).text
    if says_more_than(markup, SHORT + 2 * FEW_LINKS) and not _headed_oddly(markup):
        return None
    shape = shape_of(markup)
    if shape is None:
        return BLANK
    if not shape.text:
        return _in_shell(shape, markup)
    sign = _sign(shape, markup)
    sends_on = shape.sends_on_to or (shape.prose <= MUTE and _SCRIPTED_REDIRECT.search(markup))
    if sends_on and shape.prose + shape.linked <= CURT and (sign is None or sign.outcome is not Outcome.REFUSED):
        return SENT_ON
    return _told(sign) if sign else None


def _in_shell(shape: Shape, markup: str) -> NoPage:
    """Judge a page on which nothing can be seen: by what it says to those without scripts or frames."""
    aside = replace(shape, text=shape.aside, said=shape.aside, prose=word_count(shape.aside), is_article=False)
    sign = _sign(aside, markup)
    if sign is None and shape.sends_on_to:
        return SENT_ON
    return _told(sign) if sign else BLANK


def _in_text(text: str) -> NoPage | None:
    said = " ".join(text.split())
    first = text.strip().split("\n", 1)[0]
    shape = Shape("", first, said, said, "", word_count(said), 0, False, False, None)
    sign = _sign(shape, "") if shape.prose <= BRIEF else None
    return _told(sign) if sign else None


def _sign(shape: Shape, markup: str) -> Sign | None:
    """Return the kind of error page that all signs together make of a page; None where they make none."""
    said = _plain(shape.said)[:MOST_LETTERS]
    below = shape.heading
    if shape.prose <= HEADED:
        below = " | ".join([below, *_SENTENCES.split(shape.text)])
    (sure, hinted), (headed, hinted_below) = _names(shape.title), _names(below)
    found = _Found(
        shape,
        named=[*sure, *headed],
        twice=bool(set(sure) & set(headed)) or _NUMBERED.search(shape.title) is not None,
        hinted=[*hinted, *hinted_below],
        told={kind: set(kind.telling.findall(said)) for kind in KINDS},
        marked=[kind for kind in KINDS if kind.marks and kind.marks.search(markup)],
        speaks=SPEAKS.search(said) is not None,
        of_web=WEB.search(said) is not None,
    )
    if not found.named and NO_HITS.search(said):
        return None
    if shape.is_article or (REPORTS.search(said) and shape.prose > CURT):
        fires = shape.prose <= CURT and found.of_visit and found.count > 0
    else:
        fires = found.by_title() or found.by_words() or found.by_markup(markup)
    return max(KINDS, key=found.weight) if fires else None


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found on a page that may be an error's: kinds by its title and heading, by its words, by its markup."""

    shape: Shape
    named: list[Sign]
    twice: bool
    hinted: list[Sign]
    told: dict[Sign, set[str]]
    marked: list[Sign]
    speaks: bool
    of_web: bool

    @property
    def count(self) -> int:
        """How many different telling words there are, of any kind."""
        return len(set().union(*self.told.values()))

    @property
    def of_visit(self) -> bool:
        """Whether the page speaks to its visitor, of the visit."""
        return self.speaks and (self.of_web or self.count > 1)

    @property
    def is_brief(self) -> bool:
        return self.shape.prose <= BRIEF and self.shape.linked <= FEW_LINKS

    def by_title(self) -> bool:
        """Say whether title or heading tell it: with nothing below, or with words that bear them out."""
        prose, of_it = self.shape.prose, self.speaks or self.of_web or self.count > 1
        if self.named and prose <= SHORT and (prose <= MUTE or (of_it and prose <= CURT) or self.of_visit):
            return True
        if self.named and self.twice and self.of_web and prose <= BRIEF:
            return True
        hinted = [kind for kind in self.hinted if prose <= CURT or kind is not WALLED or self.shape.has_password]
        return bool(hinted) and self.is_brief and (prose <= MUTE or self.of_visit)

    def by_words(self) -> bool:
        """Say whether the words alone tell it: enough of them for how much is said, and said to the visitor."""
        prose = self.shape.prose
        mute = max(len(words) for kind, words in self.told.items() if kind.mute)
        if self.is_brief and self.count * WORDS_A_SIGN >= prose:
            return (self.of_visit and self.count > 0) or mute > 1
        many = self.count >= MANY_SIGNS and 2 * self.count * WORDS_A_SIGN >= prose
        return many and prose <= SHORT and self.shape.linked <= FEW_LINKS and self.of_visit

    def by_markup(self, markup: str) -> bool:
        """Say whether a challenge's scripts tell it; a widget alone stands below forms as well."""
        if not self.is_brief:
            return False
        by_scripts = CHALLENGED in self.marked and self.shape.prose <= CURT
        return by_scripts or (bool(self.told[CHALLENGED]) and _WIDGETS.search(markup) is not None)

    def weight(self, kind: Sign) -> int:
        """Return how much speaks for one kind."""
        names = (self.named + self.hinted).count(kind)
        return 4 * names + min(len(self.told[kind]), 4) + 2 * (kind in self.marked)


def _names(text: str) -> tuple[list[Sign], list[Sign]]:
    """Return the kinds of page that a title or heading names, and those it names vaguely."""
    sure: list[Sign] = []
    vague: list[Sign] = []
    plain = _plain(text[:LONGEST_HEADING]).replace("_", " ")
    for part in {plain, *_PARTS.split(plain)}:
        part = part.strip(" .,:;!?…-–—()[]\"'“”")
        if not part or len(part.split()) > HEADED:
            continue
        hints = [kind for kind in KINDS if kind.vague and kind.vague.fullmatch(part)]
        rest = part
        kinds = [kind for kind in KINDS if kind.telling.search(part)]
        for kind in kinds:
            rest = kind.telling.sub(" ", rest)
        if hints:
            vague += hints
        elif kinds and all(word in PLAIN or _ADDRESS.fullmatch(word) for word in _TOKEN.findall(rest)):
            (sure if len(part.split()) > 1 or part.isdigit() else vague).extend(kinds)
    return sure, vague


def _headed_oddly(markup: str) -> bool:
    """Say whether a page is titled or headed as an error, without parsing it."""
    found = islice(_HEADINGS.finditer(markup), 3)
    return any(_names(" ".join(html.unescape(heading[1]).split()))[0] for heading in found)


def _unasked(body: bytes, accept: str | None) -> NoPage | None:
    sentence = not_as_asked(body, accept)
    return NoPage(Outcome.FAILED, sentence) if sentence else None


def _told(sign: Sign) -> NoPage:
    return NoPage(sign.outcome, sign.sentence)


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").replace("\u00a0", " ")


def _charset(headers: Sequence[tuple[str, str]]) -> str | None:
    return next((content_type(value)[1] for name, value in headers if name.lower() == "content-type"), None)
