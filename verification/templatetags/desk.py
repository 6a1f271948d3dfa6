"""The parts that pages of the desk are made of: icons and the families of label, each with its own shape and a word.

Markup and classes: `config/static/readout/readout.css`. Labels and tones: `verification.publishing.labels`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from claims.translation import say, tell
from claims.wording import Words
from verification.connectors.places import at_place, place_of
from verification.connectors.places import told as place_words
from verification.models import Candidate, Evidence, Rating, State, Verdict, VerdictEvidence
from verification.publishing.labels import Badge, class_badge, figure_badge, flag_badge, stance_badge, tier_words
from verification.publishing.moments import moment, near, zone_of
from verification.publishing.plain_text import web_address
from verification.review.standing import name_of

register = template.Library()
PIES = {
    State.TRIAGE: "st-triage",
    State.QUEUED: "st-queued",
    State.RESEARCHING: "st-researching",
    State.AWAITING_SOURCE: "st-waiting",
    State.AWAITING_REPLY: "st-waiting",
    State.ON_HOLD: "st-waiting",
    State.PROPOSED: "st-proposed",
    State.SECOND_CHECK: "st-second",
    State.ADJUDICATION: "st-adjudication",
    State.DRAFTING: "st-proposed",
    State.SIGN_OFF: "st-editor",
    State.APPROVED: "st-approved",
    State.PUBLISHED: "st-published",
    State.CHALLENGED: "warn",
}
NOWHERE = "absent"
NOTHING = SafeString("")


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one of the symbols of `readout/icons.html`."""
    return format_html('<svg class="ro-i" viewBox="0 0 16 16" aria-hidden="true"><use href="#{}"/></svg>', name)


@register.simple_tag
def state(value: str) -> SafeString:
    """Show a state: its pie and its word."""
    return format_html(
        '<span class="ro-state">{}{}</span>', icon(PIES.get(State(value), NOWHERE)), capfirst(State(value).label)
    )


@register.simple_tag
def rating(shown: Rating | Verdict | None) -> SafeString:
    """Show a rating, of a scale or in a verdict's words of its day: steps and word."""
    if shown is None:
        return NOTHING
    if isinstance(shown, Verdict):
        label, tone, step, numeric = shown.rating_label, shown.rating_tone, shown.rating_step, shown.rating_value
    else:
        label, tone, step, numeric = shown.label, shown.tone, shown.value, shown.numeric
    return format_html('<span class="ro-rating is-{}">{}{}</span>', tone, meter(step, numeric), label)


@register.simple_tag
def meter(step: int, numeric: int | None) -> SafeString:
    """Draw a rating's place on a scale of five steps, none filled at 0; a dashed line for what stands beside it."""
    name = "r0" if numeric is None or not 0 <= step <= 5 else f"r{step or 'none'}"
    return format_html('<svg class="ro-meter" viewBox="0 0 52 12" aria-hidden="true"><use href="#{}"/></svg>', name)


@register.simple_tag
def stance(value: str) -> SafeString:
    """Show a stance; nothing where none was given yet."""
    return _badge(stance_badge(value), "ro-stance") if value else NOTHING


@register.simple_tag
def tier(value: int) -> SafeString:
    """Show a tier: its number and what it means."""
    short, meaning = tier_words(value)
    return format_html('<span class="ro-tier"><b>{}</b> {}</span>', short, meaning)


@register.simple_tag
def quote_class(check: Mapping[str, Any] | None) -> SafeString:
    """Show what a stored quote check found: its class, and the flags that stand beside it."""
    if not check:
        return NOTHING
    badges = [class_badge(check["class"]), *(badge for flag in check["flags"] if (badge := flag_badge(flag)))]
    return format_html_join(" ", "{}", ((_badge(badge, "ro-chip"),) for badge in badges))


@register.simple_tag
def figure_outcome(check: Mapping[str, Any]) -> SafeString:
    """Show how a figure or date of the claim compares with the source's."""
    return _badge(figure_badge(check["outcome"], warns=bool(check["warns"])), "ro-chip")


@register.simple_tag
def printed_side(diff: Sequence[Mapping[str, str]]) -> SafeString:
    """Show the printed words of a word diff, those that the source lacks struck through."""
    return _side(diff, "quote", "del")


@register.simple_tag
def source_side(diff: Sequence[Mapping[str, str]]) -> SafeString:
    """Show the source's words of a word diff, those that were not printed underlined."""
    return _side(diff, "source", "ins")


def _side(diff: Sequence[Mapping[str, str]], side: str, tag: str) -> SafeString:
    parts = []
    for part in diff:
        text = part[side]
        if part["op"] == "equal" or not text.strip():
            parts.append(format_html("{}", text))
            continue
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        parts.append(format_html("{}<{}>{}</{}>{}", before, tag, text.strip(), tag, after))
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag
def at_source(at: datetime | None, precision: str | None, offset: int | None) -> SafeString:
    """Show a source's time in the source's own zone, as exactly as it is known; nothing when it is unknown."""
    known = moment(at, precision, zone_of(offset))
    return known.element if known else NOTHING


@register.simple_tag
def here(at: datetime | None) -> SafeString:
    """Show a time in the reader's zone as people say it, in full when pointed at; nothing when it is unknown."""
    known = moment(at, zone=timezone.get_current_timezone())
    if known is None:
        return NOTHING
    words = near(known.at, timezone.now())
    return format_html('<time datetime="{}" title="{}">{}</time>', known.iso, known.words, words)


@register.simple_tag
def place(piece: Evidence | VerdictEvidence | Candidate) -> SafeString:
    """Show where in its document a passage stands (page, cell, time), and lead there; nothing where that is unknown."""
    document = piece.document
    own = place_of(document.places, piece.start, piece.end) if isinstance(piece, Candidate) else piece.place
    words = place_words(own)
    if words is None:
        return NOTHING
    address = web_address(document.url)
    if address and (there := at_place(address, own)) != address:
        return format_html('<span><a href="{}" rel="noreferrer noopener">{}</a></span>', there, say(words))
    return format_html('<span dir="auto">{}</span>', say(words))


@register.filter
def told(reasons: Sequence[Mapping[str, object]]) -> str:
    """Return stored reasons as one line."""
    return " · ".join(tell(reasons))


@register.filter
def web(url: str | None) -> str:
    """Return an address that a browser may be sent to; empty for one that would run, whatever a file said."""
    return web_address(url) or ""


@register.filter
def lines(reasons: Sequence[Mapping[str, object]]) -> list[str]:
    """Return stored reasons as lines."""
    return tell(reasons)


@register.filter
def said(words: Words) -> str:
    """Return the words of a pure room in the reader's language."""
    return say(words)


@register.filter
def called(person: User | None) -> str:
    """Return what colleagues call a person."""
    return name_of(person) if person else ""


@register.filter
def percent(share: float) -> int:
    """Return a share of 1 as a whole number of 100."""
    return round(100 * share)


@register.filter
def short_hash(sha256: str) -> str:
    """Return a hash as people compare it: its first and last characters."""
    return f"{sha256[:8]}…{sha256[-4:]}"


def _badge(badge: Badge, shape: str) -> SafeString:
    return format_html('<span class="{} is-{}">{}{}</span>', shape, badge.tone, icon(badge.icon), badge.label)
