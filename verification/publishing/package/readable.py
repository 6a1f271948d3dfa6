"""The pages of a package that people read: HTML without scripts or pictures, and a text. Knows no Django.

They are in English and in UTC wherever they are made, like all a package says of itself: the same material makes the
same bytes.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

from verification.publishing.package import layout
from verification.publishing.package.material import Material

PAGE_VERSION: Final = 1
"""Raised whenever the words of these two change: a verifier of the same version demands the same bytes."""
README: Final = """\
This is a verdict package: one published fact check with everything it rests on.
Open index.html to read it.

To verify it, take the verifier from the desk (/checks/verify_readout.pyz) or from
anybody you trust more; it is one file. You need Python 3.11 or newer and one library:

    python -m pip install cryptography
    python verify_readout.pyz PACKAGE.zip --key "KEY"

KEY is the desk's public key. Take it from the page /checks/log/ of the desk's own
site, whose address you know from elsewhere, or from where you wrote it down before;
not from this file. Without --key the verifier tells you which key signed, and that
whose it is was not checked.

It says line by line what holds, and exits with 1 where anything does not. It asks
nobody on the network. The format is described in docs/package.md of Readout.
"""

_REASONS: Final = {
    layout.CONFIDENTIAL: "confidential: readers see the passage that is cited, or the claim, and not what it stands in",
    layout.TOO_LARGE: "too large to ship",
    layout.INTERNAL: "internal to the desk",
    layout.ERASED: "erased; the log says so",
}
_STANCES: Final = {
    "supports": "supports the claim",
    "refutes": "refutes the claim",
    "mixed": "supports and refutes",
    "silent": "does not say",
}


def page(material: Material) -> str:
    """Return the page: claim, rating, explanation, evidence, what is in the package and what is not."""
    verdict, claim = material.verdict, material.claim
    change, out = verdict["change"], _t(material.published)
    body = [
        f"<p>{escape(material.desk)}: a fact check, version {verdict['version']}, published {out}</p>",
        f"<h1>{escape(verdict['claim'])}</h1>",
        f"<p>{escape(_said(verdict))}</p>",
        _rating(verdict["rating"]),
        f"<p><strong>{escape(verdict['headline'])}</strong></p>",
        *(f"<p>{escape(part)}</p>" for part in verdict["explanation"].split("\n\n") if part.strip()),
    ]
    if change["supersedes"]:
        note = f": {change['note']}" if change["note"] else ""
        before = change["supersedes"]
        body.append(f"<p>It replaces version {before['version']}{escape(note)}</p>")
    body += ["<h2>Evidence</h2>", *_evidence(verdict["evidence"]), *_searches(verdict["searches"])]
    body += ["<h2>Where the claim stands</h2>", *_appearances(claim["appearances"])]
    body += ["<h2>Who decided</h2>", *_decided(material)]
    body += ["<h2>What is in this package</h2>", *_contents(material)]
    body += ["<h2>How to verify it</h2>", f"<pre>{escape(README)}</pre>"]
    head = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(verdict['claim'][:100])}</title></head>\n<body>\n<main>\n"
    )
    return head + "\n".join(body) + "\n</main>\n</body></html>\n"


def _said(verdict: Mapping[str, Any]) -> str:
    who = verdict["claimant"] or "claimant not known"
    return f"{who}, {verdict['said']['at']}" if verdict["said"] else who


def _rating(rating: Mapping[str, Any]) -> str:
    scale = f"{rating['value']} on a scale from {rating['worst']}, the worst, to {rating['best']}, the best"
    told = scale if rating["value"] is not None else "beside the scale"
    return f"<p>Rated <strong>{escape(rating['label'])}</strong> ({told})</p>"


def _evidence(evidence: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for item in evidence:
        text = f'<a href="{item["text"]}">text</a>' if item["text"] else "text withheld"
        stance = _STANCES.get(item["stance"], item["stance"])
        yield (
            f"<h3>{item['number']}. {escape(item['title'])}</h3>\n"
            f"<p>{escape(item['issuer'])}; T{item['tier']}; {escape(stance)}; {text},"
            f" {_where(item)}</p>\n"
            f"<blockquote>{escape(item['exact'])}</blockquote>\n"
            f"<p>captured bytes: sha256 <code>{item['capture']}</code></p>"
        )
        if item["note"]:
            yield f"<p>{escape(item['note'])}</p>"


def _where(item: Mapping[str, Any]) -> str:
    return "place not told" if item["start"] is None else f"characters {item['start']} to {item['end']}"


def _searches(searches: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for each in searches:
        number = f"{each['number']}. " if each["number"] else ""
        where = each["source"] or "the whole library"
        yield f"<p>{number}Searched: {escape(where)}, {escape(each['at'])}: {escape(each['outcome'])}</p>"


def _appearances(appearances: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for item in appearances:
        article = item["article"]
        name = article["outlet"] or article["title"] or "an article"
        text = f'<a href="{item["text"]}">text</a>' if item["text"] else "text withheld"
        yield (
            f"<p>{escape(name)}; {escape(article['url'] or 'no address')}; {text},"
            f" {_where(item)}</p>\n<blockquote>{escape(item['exact'] or 'words not told')}</blockquote>"
        )


def _decided(material: Material) -> Iterable[str]:
    signed = material.verdict["signed"]
    for label, name in (("Checked by", "checked_by"), ("Second, blind", "second_by"), ("Approved by", "approved_by")):
        if signed[name]:
            yield f"<p>{label}: {escape(signed[name])}</p>"
    for each in signed["exceptions"]:
        yield f"<p>One person did two parts: {escape(each['reason'] or 'the reason was erased')}</p>"
    yield f'<p><a href="{layout.LOG}">The decision log</a>: {len(material.events)} events, chained and sealed.</p>'


def _contents(material: Material) -> Iterable[str]:
    yield "<ul>"
    for file in sorted(material.files, key=lambda file: file.path):
        yield f'<li><a href="{file.path}">{file.path}</a>: {escape(file.what)}</li>'
    for each in sorted(material.kept_back, key=lambda each: (each.what, each.sha256)):
        reason = _REASONS.get(each.reason, each.reason)
        yield f"<li>withheld: {escape(each.what)}, sha256 <code>{each.sha256}</code> ({escape(reason)})</li>"
    yield "</ul>"


def _t(stamp: str) -> str:
    return f'<time datetime="{stamp}">{stamp[:16].replace("T", " ")} UTC</time>'
