"""Reads Markdown with YAML front matter as plain paragraphs.

The text keeps the author's characters; only the mark-up goes (CommonMark 0.31: emphasis, links, headings, quotes,
backslash escapes), and hard-wrapped lines of a paragraph are joined, so that a passage reads as it was spoken.
"""

import html
import re

import yaml

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.S)
IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
LINK = re.compile(r"\[([^\[\]]+)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
AUTOLINK = re.compile(r"<(https?://[^>\s]+)>")
TAG = re.compile(r"</?(?:br|span|div|p|sup|sub|em|strong|u|b|i|a)\b[^>]*>", re.I)
EMPHASIS = re.compile(r"(?<![\w\\*])(\*{1,3})(?=\S)(.+?)(?<=[^\s\\])\1(?![\w*])", re.S)
UNDERSCORE = re.compile(r"(?<![\w\\])(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?!\w)")
LINE_MARK = re.compile(r"^(?:#{1,6}[ \t]+|>[ \t]?)", re.M)
RULE = re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$", re.M)
NEW_LINE = re.compile(r"\n(?=[ \t]*(?:[-*+•][ \t]|\d{1,3}[.)][ \t]|\|))")
WRAP = re.compile(r"[ \t]*\n[ \t]*")
ESCAPE = re.compile(r"\\([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
MAX_NESTING = 50
GAP = re.compile(r"\n[ \t]*\n\s*")


def split_front_matter(document: str) -> tuple[dict[str, str], str]:
    """Return the front matter's scalars as text (nothing is guessed to be a date or a number) and the body.

    Front matter that is no YAML mapping is left in the body.
    """
    match = FRONT_MATTER.match(document)
    if not match:
        return {}, document
    try:
        facts = _top_scalars(match[1])
    except yaml.YAMLError:
        facts = None
    return (facts, document[match.end() :]) if facts is not None else ({}, document)


def _top_scalars(front_matter: str) -> dict[str, str] | None:
    """Return the scalars of a YAML mapping by their keys; None for another thing, or one nested beyond reason.

    Read from the parser's events: building the tree recurses in C and ends the process on a deeply nested document.
    """
    facts: dict[str, str] = {}
    key: str | None = None
    depth = 0
    is_value = False
    for event in yaml.parse(front_matter, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.NodeEvent):
            if depth == 0 and not isinstance(event, yaml.MappingStartEvent):
                return None
            if depth == 1:
                scalar = event.value if isinstance(event, yaml.ScalarEvent) else None
                if is_value and key is not None and scalar is not None:
                    facts[key] = scalar
                key = scalar
                is_value = not is_value
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            if depth > MAX_NESTING:
                return None
    return facts


def plain(body: str) -> str:
    """Return the paragraphs of a Markdown text without its mark-up, separated by blank lines."""
    text = RULE.sub("", body)
    text = LINE_MARK.sub("", text)
    if "](" in text:
        text = LINK.sub(r"\1", IMAGE.sub("", text))
    if "<" in text:
        text = TAG.sub("", AUTOLINK.sub(r"\1", text))
    if "*" in text:
        text = EMPHASIS.sub(r"\2", text)
    if "_" in text:
        text = UNDERSCORE.sub(r"\2", text)
    paragraphs = []
    for paragraph in GAP.split(text):
        lines = [WRAP.sub(" ", line).strip() for line in NEW_LINE.split(paragraph)]
        if joined := "\n".join(line for line in lines if line):
            paragraphs.append(joined)
    text = ESCAPE.sub(r"\1", "\n\n".join(paragraphs))
    return html.unescape(text) if "&" in text else text
