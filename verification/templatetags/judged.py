"""What a judgment says, as pages show it: its rating in the words it was given in, and its text with its marks."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from verification.models import Judgment
from verification.publishing import rich_text
from verification.templatetags.desk import NOTHING, meter

register = template.Library()


@register.filter
def rich(text: str) -> SafeString:
    """Return a text with its marks as HTML; citations stay as they were written."""
    return rich_text.rich(text, {})


@register.simple_tag
def judged(judgment: Judgment) -> SafeString:
    """Show a judgment's rating as it was called when it was given, and what it is called now where that differs."""
    rating = judgment.rating
    if rating is None:
        return NOTHING
    given = judgment.rating_label or rating.label
    shown = format_html(
        '<span class="ro-rating is-{}">{}{}</span>', rating.tone, meter(rating.value, rating.numeric), given
    )
    if given == rating.label:
        return shown
    since = _("renamed since to “%(label)s”") % {"label": rating.label}
    return format_html('{} <small class="ro-quiet">{}</small>', shown, since)
