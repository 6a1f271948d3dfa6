"""What a robots.txt says of an address: whether it may be asked for, and how long to wait in between (RFC 9309).

    rules = Rules.read(body)
    rules.allows("Readout", "https://www.example.org/statements/7")

Lines are read as Google's open parser reads them, since that is what most sites are written for: a group goes on until
a user-agent line after a rule, whatever else stands in between; a missing colon and the usual misspellings are
understood; a rule outside any group is nobody's; the rule with the most octets counts, and of two as long the one that
allows.

Rules and addresses are compared twice: octet by octet, as that parser does, and with their percent-encoding made alike
first, as RFC 9309 §2.2.2 and §2.2.3 ask (`%62` is `b`, `%2A` an asterisk that stands for itself). Where the two differ
the page is left alone. In two more things we keep to the RFC where that parser does otherwise: `/robots.txt` itself
may always be asked for, and `Allow: /index.html` allows no `/`.

The protego library decides otherwise in ways that cannot be set right from outside: an unknown line, even a crawl
delay, ends its groups; `User-agent: Readout/1` is not ours to it, and `User-agent: read` is; `%3F` is a question mark
to it; it splits lines at U+2028. So the lines are read here.
"""

import re
from dataclasses import dataclass, field
from typing import Final, Self

from claims.capture.urls import parse_url

MAX_BYTES: Final = 512 * 1024
"""What is read of a file; RFC 9309 §2.5 asks for 500 KiB at least."""

_BOM: Final = b"\xef\xbb\xbf"
_USER_AGENT: Final = (b"user-agent", b"useragent", b"user agent")
_ALLOW: Final = (b"allow",)
_DISALLOW: Final = (b"disallow", b"dissallow", b"dissalow", b"disalow", b"diasllow", b"disallaw")
_CRAWL_DELAY: Final = (b"crawl-delay", b"crawldelay", b"crawl delay")

_NEWLINE = re.compile(rb"\r\n|\r|\n")
_TWO_WORDS = re.compile(rb"([^ \t]+)[ \t]+([^ \t]+)")
_TOKEN = re.compile(rb"[A-Za-z_-]*")
_SECONDS = re.compile(rb"\d{1,9}(\.\d{1,9})?")
_ESCAPE_OR_RAW = re.compile("%[0-9A-Fa-f]{2}|[\x80-\xff]")
_ESCAPE_OR_UNSAFE = re.compile('%[0-9A-Fa-f]{2}|[\x00-\x20"<>\\\\^`{|}\x7f]')
_ALIKE: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:@!'(),[]")
_ALIKE_IN_QUERY: Final = _ALIKE | {"/", "?"}
"""What is the same whether escaped or not. A slash divides a path and a question mark ends it, but not in a query."""


@dataclass(frozen=True, slots=True)
class _Rule:
    allow: bool
    literal: str
    alike: str


@dataclass(slots=True)
class _Group:
    """Its rules, and whom they are for: product tokens in lower case, in the order in which they were named.

    A crawl delay is for those named before it: how many they were, and the seconds.
    """

    tokens: dict[str, int] = field(default_factory=dict)
    rules: list[_Rule] = field(default_factory=list)
    delays: list[tuple[int, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rules:
    """A robots.txt that was read."""

    groups: tuple[_Group, ...] = ()

    @classmethod
    def read(cls, body: bytes) -> Self:
        """Read the first `MAX_BYTES` of a file, up to the last line that is whole. What is no rule is passed over."""
        lines = _NEWLINE.split(body[:MAX_BYTES].removeprefix(_BOM))
        if len(body) > MAX_BYTES:
            lines.pop()
        groups = [_Group()]
        for line in lines:
            key, value = _pair(line)
            group = groups[-1]
            if key.startswith(_USER_AGENT):
                if group.rules:
                    groups.append(group := _Group())
                group.tokens.setdefault(_token(value), len(group.tokens))
            elif key.startswith((*_ALLOW, *_DISALLOW)) and group.tokens:
                group.rules.append(_rule(key.startswith(_ALLOW), value))
            elif key.startswith(_CRAWL_DELAY) and (seconds := _SECONDS.match(value)):
                group.delays.append((len(group.tokens), float(seconds[0])))
        return cls(tuple(groups))

    def allows(self, token: str, url: str) -> bool:
        """Return whether a crawler with this product token may ask for an address. Raises `BadUrl`."""
        path = parse_url(url).path_and_query
        rules = [rule for group in self._of(token) for rule in group.rules]
        return path == "/robots.txt" or (
            _open([(rule.allow, rule.literal) for rule in rules], path)
            and _open([(rule.allow, rule.alike) for rule in rules], _alike(path, special=""))
        )

    def crawl_delay(self, token: str) -> float | None:
        """Return how many seconds the site asks this crawler to wait between two requests; the longest, if several."""
        name = token.lower()
        named = [(group, group.tokens.get(name, group.tokens.get("*", 0))) for group in self._of(token)]
        return max((seconds for group, at in named for count, seconds in group.delays if at < count), default=None)

    def _of(self, token: str) -> list[_Group]:
        """Return the groups that name the token; where none does, those for everybody."""
        name = token.lower()
        return [group for group in self.groups if name in group.tokens] or [
            group for group in self.groups if "*" in group.tokens
        ]


def _pair(line: bytes) -> tuple[bytes, bytes]:
    """Return a line's key, in lower case, and its value; without a colon only where the line is two words."""
    line = line.partition(b"\0")[0].partition(b"#")[0].strip()
    key, colon, value = line.partition(b":")
    if not colon:
        words = _TWO_WORDS.fullmatch(line)
        key, value = words.groups() if words else (b"", b"")
    return key.strip().lower(), value.strip()


def _token(value: bytes) -> str:
    """Return whom a user-agent line names: `*`, also where words follow, or what stands before a version."""
    if value == b"*" or (value[:1] == b"*" and value[1:2].isspace()):
        return "*"
    found = _TOKEN.match(value)
    return found[0].decode("ascii").lower() if found else ""


def _rule(allow: bool, value: bytes) -> _Rule:
    literal = _ESCAPE_OR_RAW.sub(_escaped, value.decode("latin-1"))
    anchor = "$" if literal.endswith("$") else ""
    return _Rule(allow, literal, _alike(literal.removesuffix("$"), special="*") + anchor)


def _alike(text: str, *, special: str) -> str:
    """Return a path or pattern whose percent-encoding is like that of others; `special` is what stands for others."""
    path, mark, query = text.partition("?")
    spelt = _spelt(path, _ALIKE) + mark + _spelt(query, _ALIKE_IN_QUERY)
    for character in "*$":
        if character not in special:
            spelt = spelt.replace(character, f"%{ord(character):02X}")
    return spelt


def _spelt(text: str, plain: frozenset[str]) -> str:
    def respelt(found: re.Match[str]) -> str:
        escaped = _escaped(found)
        character = chr(int(escaped[1:], 16))
        return character if character in plain else escaped

    return _ESCAPE_OR_UNSAFE.sub(respelt, text)


def _escaped(found: re.Match[str]) -> str:
    return found[0].upper() if len(found[0]) == 3 else f"%{ord(found[0]):02X}"


def _open(rules: list[tuple[bool, str]], path: str) -> bool:
    longest = {True: 0, False: 0}
    for allow, pattern in rules:
        if len(pattern) > longest[allow] and _matches(pattern, path):
            longest[allow] = len(pattern)
    return longest[True] >= longest[False]


def _matches(pattern: str, path: str) -> bool:
    """Return whether a path begins as the pattern says; `*` is any octets, `$` at the end the path's end.

    Looking for each piece at the first place where it fits is enough, so the time is that of a search.
    """
    anchored = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not pieces:
        return not anchored or path == first
    at, last = len(first), pieces.pop() if anchored else ""
    for piece in pieces:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return at + len(last) <= len(path) and path.endswith(last)
