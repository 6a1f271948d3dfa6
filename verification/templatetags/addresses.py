"""Links of public pages that keep their sense on paper."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from verification.publishing.addresses import Addresses

register = template.Library()


@register.simple_tag(takes_context=True)
def leads_to(context: dict[str, Any], name: str, *args: object) -> SafeString:
    """Return a link's attributes: where it leads, by the page's name in `urls.py`, and the whole address for paper.

    `print.css` writes `data-address` behind the link's words.
    """
    path = reverse(f"public:{name}", args=args)
    return format_html('href="{}" data-address="{}{}"', path, Addresses.of(context["request"]).base, path)
