"""What a text says, without what is only there because of where it stands: addresses, signatures, tags, emoji.

A claim that comes in again often comes as a post. Its links say nothing in words, its hashtags and handles are words
written together, and its end names who posted it and when.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from claims.extraction.numbers.dates import dated

_LINK = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|\bt\.co/)[^\s—“”\"]*…?", re.IGNORECASE)
_SIGNED = re.compile(r"\s*[—–―-]\s*(?P<name>[^—―\n]{0,80}?)\s*\(@(?P<handle>\w{1,30})\)(?P<day>[^()@]{0,24})\Z")
_TAG = re.compile(r"[#＃@＠]\s?(\w+)")
# Where a tag's words meet: "GreatLakes", "NATOSummit", "Vote2020".
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|_+")
# Apostrophes stay inside words and before a year ('98); a mark around words only tells how a desk prints quotations.
_QUOTATION_MARKS = re.compile(r"[\"“”„‟«»‹›‚‛]|(?<!\w)'(?!\d\d\b)|'(?!\w)")
_APOSTROPHES = str.maketrans("’‘ʼ´`′", "''''''")
# Unicode categories: emoji and other pictures with their modifiers, and what shows nothing.
_PICTURES = frozenset({"So", "Sk", "Co", "Cc", "Cs", "Cn"})
_INVISIBLE = "Cf"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is compared.

    `text` is what it says, in plain words; `signed` who posted it, name and handle in words; `said` the day the post
    names, None where it names none.
    """

    text: str
    signed: str = ""
    said: date | None = None

    @property
    def wanted(self) -> str:
        """Return what to look for in an index: who posted a thing is often whom the claim is about."""
        return f"{self.text} {self.signed}".strip()


@lru_cache(maxsize=1 << 14)
def read(text: str) -> Reading:
    """Return what `text` says. Prose comes out as it is, without quotation and invisible marks and needless blanks."""
    body = _LINK.sub(" ", text.replace("\u00a0", " ").translate(_APOSTROPHES)).strip()
    signed, said = "", None
    if tail := _SIGNED.search(body):
        body = body[: tail.start()]
        signed = _plain(f"{tail['name']} {spelled_out(tail['handle'])}")
        days = dated(tail["day"], None)
        said = days[0][1] if days else None
    return Reading(_plain(_TAG.sub(lambda tag: f" {spelled_out(tag[1])} ", body)), signed, said)


def spelled_out(tag: str) -> str:
    """Return the words that a hashtag or handle is written together from, as far as its capitals and digits tell."""
    return " ".join(filter(None, _SEAM.split(tag)))


def _plain(text: str) -> str:
    """Return `text` without emoji, invisible and quotation marks, each run of blanks as one."""
    if not text.isascii():
        text = "".join(map(_shown, text))
    return " ".join(_QUOTATION_MARKS.sub(" ", text).split())


def _shown(mark: str) -> str:
    category = unicodedata.category(mark)
    if category == _INVISIBLE:
        return ""
    return " " if category in _PICTURES and mark != "°" else mark
