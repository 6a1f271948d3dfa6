"""How to embed a check, for its own page: the snippet, and where programs find the same by oEmbed."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from verification.publishing.addresses import Addresses
from verification.publishing.embedding.frame import frame
from verification.publishing.published import PublishedVerdict

register = template.Library()


@register.simple_tag(takes_context=True)
def embed_snippet(context: dict[str, Any], verdict: PublishedVerdict) -> SafeString:
    """Show the HTML to paste into another page, as text."""
    return escape(frame(verdict, Addresses.of(context["request"])))


@register.simple_tag(takes_context=True)
def oembed_address(context: dict[str, Any], verdict: PublishedVerdict, wanted: str) -> str:
    """Return where a program asks how to embed this check, as `wanted` json or xml."""
    addresses = Addresses.of(context["request"])
    query = urlencode({"url": addresses.check(verdict.check), "format": wanted})
    return f"{addresses.page('oembed')}?{query}"
