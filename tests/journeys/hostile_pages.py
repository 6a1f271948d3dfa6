"""Pages and files whose every word is a hostile line."""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape

# What a reader of texts evens out: blanks of every kind, and what nobody sees.
EVENED_OUT = re.compile("[\\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]+")


def arrived(found: list[str], texts: Iterable[str]) -> int:
    """Return how many lines stand in a text, blanks and what is invisible aside."""
    here = EVENED_OUT.sub("", "\n".join(texts))
    return sum(EVENED_OUT.sub("", line) in here for line in found)


def said(number: int, line: str) -> str:
    """Return a paragraph that holds a claim, and the line inside what was said."""
    return (
        f'"We bought {number + 40} lamps for berth {number}, {line} and oil," warden Ada Quillfeather said on Sunday.'
    )


def article_page(number: int, some: list[str]) -> bytes:
    """Return a page whose facts and paragraphs say the lines, and that holds them as they are besides."""
    told = [escape(line) for line in some]
    described = {"@type": "NewsArticle", "headline": some[0], "author": {"name": some[1]}, "description": some[2]}
    facts = json.dumps({"@context": "https://schema.org", **described}).replace("<", "\\u003c")
    words = "".join(f"<p>{escape(said(at, line))}</p>" for at, line in enumerate(some))
    raw = "".join(f"<p title='{line}' data-x=\"{line}\">{line}</p>" for line in some[:20])
    page = f"""<html lang="en"><head><title>Lamps {number} {told[3]}</title><meta name="author" content="{told[4]}">
<meta property="og:title" content="Lamps {number} {told[5]}"><meta property="og:site_name" content="{told[6]}">
<meta property="article:published_time" content="2031-05-04T10:00:00+02:00">
<link rel="canonical" href="{told[7]}"><script type="application/ld+json">{facts}</script></head>
<body><article><h1>Lamps {number} {told[8]}</h1>
<p class="byline">By {told[9]}</p>{words}</article>{raw}</body></html>"""
    return page.encode()


def files(found: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield files as somebody hands them in: a transcript, a table, a letter, a text."""
    cues = "\n\n".join(
        f"00:{at // 60:02}:{at % 60:02}.000 --> 00:59:59.000\n{said(at, line)}" for at, line in enumerate(found)
    )
    yield f"{found[0][:60]}.vtt", f"WEBVTT\n\n{cues}\n".encode()
    rows = "\n".join('"{}","{}"'.format(at, line.replace('"', '""')) for at, line in enumerate(found))
    yield f"{found[1][:60]}.csv", f"berth,lamps\n{rows}\n".encode()
    subject = " ".join(found[2].split())
    head = f"From: Ada <ada@port.example>\nTo: Bram <bram@port.example>\nSubject: {subject}\n"
    kind = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
    yield "letter.eml", f"{head}{kind}\n{' '.join(found)}\n".encode()
    yield "notes.txt", "\n\n".join(said(at, line) for at, line in enumerate(found)).encode()
