"""What a reader or a search engine takes from a page."""

import json
from typing import Any

from django.test import Client
from lxml import html

from verification.models import Publication

EVERYWHERE = ["/checks/", "/checks/how/", "/checks/corrections/"]
FEEDS = ["/checks/feed.rss", "/checks/feed.atom", "/checks/feed.json"]


def address(publication: Publication, rest: str = "") -> str:
    """Return the path of a check, or of what is below it."""
    return f"/checks/{publication.review.public}/{rest}"


def text_of(client: Client, url: str) -> str:
    """Return the words of a page's body, which must be there."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    page = html.fromstring(answer.content)
    return " ".join(" ".join(page.xpath("//body//text()[not(ancestor::script)]")).split())


def claimreview_in(client: Client, url: str) -> Any:
    """Return the ClaimReview that a page holds, None for a page without one."""
    found = html.fromstring(client.get(url).content).xpath("//script[@type='application/ld+json']")
    return json.loads(found[0].text) if found else None
