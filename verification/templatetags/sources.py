"""How sources, feeds and hosts answered, as pages show it: a chip with a word, lengths of time, what an entry is."""

from datetime import datetime, timedelta

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models import OutletFeed
from verification.models import Document, Source
from verification.publishing.labels import Badge
from verification.templatetags.desk import icon

register = template.Library()

_OUTCOMES = {
    "": Badge(_("Not asked yet"), "quiet", "silent"),
    "OK": Badge(_("Answered"), "good", "check"),
    "NOT_MODIFIED": Badge(_("Nothing new"), "good", "check"),
    "EMPTY": Badge(_("Nothing there"), "quiet", "absent"),
    "NOT_PUBLISHED": Badge(_("Not published there"), "quiet", "dash"),
    "NOT_FOUND": Badge(_("Not found"), "bad", "absent"),
    "REFUSED": Badge(_("Refused"), "bad", "lock"),
    "THROTTLED": Badge(_("Asked to wait"), "caution", "clock"),
    "STALE": Badge(_("Nothing new for long"), "caution", "clock"),
    "FAILED": Badge(_("Failed"), "bad", "warn"),
}
_STATES: dict[str, Badge] = {
    "due": Badge(_("Waits"), "quiet", "clock"),
    "stored": Badge(_("Document"), "good", "check"),
    "passed": Badge(_("No document"), "quiet", "dash"),
    "read": Badge(_("Article"), "good", "check"),
    "unread": Badge(_("Not read"), "quiet", "dash"),
}
_COUNTED = {
    "due": _("waiting"),
    "stored": _("stored"),
    "passed": _("passed over"),
    "read": _("read"),
    "unread": _("not read"),
}
# Why a source is asked later than usual: it is left alone for longer after each of these.
_LATER = {
    "REFUSED": _("it refused"),
    "THROTTLED": _("it asked the desk to wait"),
    "NOT_FOUND": _("nothing was found there"),
    "FAILED": _("it failed"),
}
LATER = 1.5
"""From so many times its span on it is asked late: less is the chance by which sources are spread over time."""


@register.simple_tag
def outcome(value: str) -> SafeString:
    """Show how a question to a source ended."""
    return _chip(_OUTCOMES.get(value) or Badge(value, "quiet", "dash"))


@register.simple_tag
def entry_state(value: str) -> SafeString:
    """Show what became of an entry that a source or an outlet's feed showed."""
    return _chip(_STATES[value])


@register.simple_tag
def entry_word(value: str) -> Promise:
    """Return what the entries in a state are, after their number."""
    return _COUNTED[value]


@register.simple_tag
def took(since: datetime, until: datetime) -> str:
    """Return how long something took: `0.4 s`, `12 s`, `3 min`."""
    seconds = max(0.0, (until - since).total_seconds())
    if seconds < 10:
        return gettext("%(length)s s") % {"length": f"{seconds:.1f}"}
    if seconds < 120:
        return gettext("%(length)s s") % {"length": round(seconds)}
    return gettext("%(length)s min") % {"length": round(seconds / 60)}


@register.filter
def every(minutes: int) -> str:
    """Return a span of minutes as people say it: `10 min`, `6 h`, `2 days`."""
    if minutes % 1440 == 0 and minutes > 1440:
        return gettext("%(count)s days") % {"count": minutes // 1440}
    if minutes % 60 == 0:
        return gettext("%(count)s h") % {"count": minutes // 60}
    return gettext("%(count)s min") % {"count": minutes}


@register.filter
def rhythm(asked: Source | OutletFeed) -> str:
    """Return how often a source or a feed is asked, and why it is asked later than that now, where it is."""
    often = gettext("every %(span)s") % {"span": every(asked.every_minutes)}
    usual = timedelta(minutes=asked.every_minutes)
    why = _LATER.get(asked.outcome)
    if why is None or asked.asked_at is None or asked.next_at - asked.asked_at < usual * LATER:
        return often
    return gettext("later than usual (%(often)s) because %(why)s") % {"often": often, "why": why}


@register.filter
def seconds(milliseconds: int | None) -> str:
    """Return milliseconds as seconds, without more digits than are needed; empty where unknown."""
    return "" if milliseconds is None else gettext("%(length)s s") % {"length": f"{milliseconds / 1000:g}"}


@register.filter
def document_kind(value: str | None) -> str | Promise:
    """Return what kind of document it is; a source's own word for it where it is none of ours."""
    return capfirst(Document.Kind(value).label) if value in Document.Kind.values else value or ""


def _chip(badge: Badge) -> SafeString:
    return format_html('<span class="ro-chip is-{}">{}{}</span>', badge.tone, icon(badge.icon), badge.label)
