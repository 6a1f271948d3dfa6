"""Follows every link of the site that somebody can reach, as a browser would, and keeps what came back."""

import re
from collections import deque
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from django.contrib.auth.models import User

from tests.verification.admin.opening import as_person

LINK = re.compile(rb"""(?:href|src)\s*=\s*["']([^"']+)["']|<(?:link|id|url)>([^<]+)<""")
SITE = "http://testserver"
# Filters and orders of one list multiply: so many ways of looking at it are enough.
MOST_QUERIES = 6
# What a page of the admin is told of the list one came from; it shows nothing of it.
WAY_BACK = "_changelist_filters="
# Files of the site's own look.
STATIC = "/static/"


def crawl(person: User, *starts: str) -> dict[str, str]:
    """Return every page and download that leads on from `starts`, by address, as this person is answered."""
    browser = as_person(person)
    waiting, seen = deque(starts), set(starts)
    queries: dict[str, int] = {}
    answers: dict[str, str] = {}
    while waiting:
        address = waiting.popleft()
        answer = browser.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        answers[address] = unescape(body.decode(errors="replace"))
        found = [unescape(b"".join(link).decode()) for link in LINK.findall(body)]
        if "Location" in answer:
            found.append(answer["Location"])
        for link in found:
            parts = urlsplit(urldefrag(urljoin(SITE + address, link.strip())).url)
            inside = f"{parts.scheme}://{parts.netloc}" == SITE and not parts.path.startswith(STATIC)
            query = "" if parts.query.startswith(WAY_BACK) else parts.query
            target = parts.path + (f"?{query}" if query else "")
            if not inside or target in seen or queries.get(parts.path, 0) > MOST_QUERIES:
                continue
            queries[parts.path] = queries.get(parts.path, 0) + bool(query)
            seen.add(target)
            waiting.append(target)
    return answers
