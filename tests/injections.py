"""Lines that would run script on a page that printed one of them raw; each tells `window.ran` which one it is.

Made systematically: elements and their handlers in several spellings, ends of whatever may stand around a text,
attributes, addresses, encodings, foreign content that parsers mend wrongly, Markdown, templates, style and script.
The file named in `INJECTIONS` is used in their place, one line each:
`INJECTIONS=lines.txt python -m pytest tests/journeys/test_injection.py`.
"""

import os
import re
from collections.abc import Callable, Iterator
from itertools import cycle, product
from pathlib import Path

from tests.injection_shapes import (
    ATTRIBUTES,
    BODIES,
    CALLS,
    ELEMENTS,
    ENCODINGS,
    ENDS,
    LINKS,
    QUOTES,
    SCHEMES,
    SHAPES,
    SPELLINGS,
    TEMPLATES,
    Made,
)


def lines() -> list[str]:
    """Return the lines, each one different; those of the file named in `INJECTIONS` where that is set."""
    if path := os.environ.get("INJECTIONS"):
        # Whatever it holds: PostgreSQL stores no NUL, and bytes that are no UTF-8 are no text.
        text = Path(path).read_bytes().decode("utf-8-sig", errors="replace").replace("\0", "\ufffd")
        return list(dict.fromkeys(line for line in re.split(r"\r*\n|\r", text) if line.strip()))
    return own_lines()


def own_lines() -> list[str]:
    """Return the lines made here, each of which runs or leaves a mark where it is printed raw."""
    return [made(number) for number, made in enumerate(_made())]


def addresses(found: list[str]) -> list[str]:
    """Return what may stand where an address is asked for: the lines that are one, and each other as a part of one."""
    kinds = ("javascript:", "data:", "vbscript:")
    own = [line for line in found if line.strip().lower().startswith(kinds)]
    return own + [
        f"{way}{line}" for way, line in zip(cycle(("javascript:", "https://x.example/?")), found, strict=False)
    ]


def _made() -> Iterator[Made]:
    calls = cycle(CALLS)
    for (element, handler), spelling in product(ELEMENTS, SPELLINGS):
        yield _element(element, handler, spelling, next(calls))
    for end, body in product(ENDS, BODIES):
        yield _filled(end.replace("{", "{{").replace("}", "}}") + body, next(calls))
    for around, attribute in product(QUOTES, ATTRIBUTES):
        yield _filled(around.format(attribute), next(calls))
    for scheme in SCHEMES:
        yield _filled(scheme.format("{call}"), next(calls))
    for link, scheme in zip(LINKS * 4, cycle(SCHEMES), strict=False):
        yield _filled(link.format(scheme.format("{call}")), next(calls))
    for shape, body in product(SHAPES, BODIES[:3]):
        yield _filled(shape.format(body=body), next(calls))
    for template in TEMPLATES:
        yield _filled(template, next(calls))
    for encoding, body in product(ENCODINGS, BODIES[:3]):
        yield _encoded(encoding, body, next(calls))


def _element(element: str, handler: str, spelling: str, call: str) -> Made:
    def made(n: int) -> str:
        asked = call.format(n)
        return spelling.format(
            element=element,
            handler=handler,
            upper=handler.upper(),
            mixed="".join(letter.upper() if place % 2 else letter for place, letter in enumerate(handler)),
            call=asked,
            encoded="".join(f"&#{ord(letter)};" for letter in asked),
            n=n,
        )

    return made


def _filled(shape: str, call: str) -> Made:
    return lambda n: shape.format(call=call.format(n), n=n)


def _encoded(encoding: Callable[[str], str], body: str, call: str) -> Made:
    return lambda n: encoding(body.format(call=call.format(n), n=n))
