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
GAP = re.compile(r"\n[ \t]*\n\s*")


def split_front_matter(document: str) -> tuple[dict[str, str], str]:
    """Return the front matter's scalars as text (nothing is guessed to be a date or a number) and the body.

    Front matter that is no YAML mapping is left in the body.
    """
    match = FRONT_MATTER.match(document)
    if not match:
        return {}, document
    try:
        # The base loader builds strings, lists and maps only; it runs no constructors.
        loaded = yaml.load(match[1], Loader=yaml.CBaseLoader)  # nosec B506
    except yaml.YAMLError:
        return {}, document
    if not isinstance(loaded, dict):
        return {}, document
    return {str(key): value for key, value in loaded.items() if isinstance(value, str)}, document[match.end() :]


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
