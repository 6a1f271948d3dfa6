"""Sitemaps (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309): what search engines find, and when.

A sitemap holds 50,000 addresses and 50 MB at most; of more checks `sitemap.xml` is an index of parts. In the parts the
checks stand in the order in which their cases were opened, so that a new one changes the last part only. A withdrawn
check is among them: engines are to read that it was withdrawn. A sample desk has no sitemap (404), and its robots.txt
lets nobody in: what is invented is not to be found.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import escape
from django.views.decorators.http import require_safe

from verification.models import Review
from verification.publishing.addresses import Addresses
from verification.publishing.conditional import answer
from verification.publishing.edition import Edition, edition, totals
from verification.publishing.kept import kept

MOST = 50_000
"""Addresses in one file (sitemaps.org). At some 150 bytes each they stay far below its 50 MB."""
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MEDIA_TYPE = "application/xml; charset=utf-8"
PAGES = ("checks", "speakers", "topics", "outlets", "about", "how", "corrections", "log")
ROBOTS = """\
User-agent: *
Allow: /checks/
Disallow: /admin/
Disallow: /api/
Disallow: /invitation/

Sitemap: {sitemap}
Sitemap: {news}
"""
ROBOTS_OF_A_SAMPLE = """\
# A sample desk: its institutions, people and checks are invented.
User-agent: *
Disallow: /
"""
Line = tuple[str, datetime | None]


@require_safe
def sitemap(request: HttpRequest, part: int | None = None) -> HttpResponseBase:
    """Return all addresses of pages, or the index of the parts they are in; with `part`, counted from 1, that part."""
    now, addresses = edition(), Addresses.of(request)
    if now.desk.sample:
        raise Http404
    parts = -(-totals(now).checks // MOST) + 1  # the pages, which are in the first, and the checks
    alone = totals(now).checks + _page_count(now) <= MOST
    if part is not None and (alone or not 1 <= part <= parts):
        raise Http404

    def render() -> HttpResponse:
        if part is None and not alone:
            return _answered(_index(now, addresses, parts))
        lines = list(_pages(now, addresses)) if part in (None, 1) else []
        if part != 1:
            start = 0 if part is None else (part - 2) * MOST
            lines += _checks(addresses, start)
        return _answered(_urlset(lines))

    return answer(request, now, lambda: kept(request, now, "", render))


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Return what robots may read, and where the sitemaps are."""
    now, addresses = edition(), Addresses.of(request)
    text = ROBOTS.format(sitemap=addresses.page("sitemap"), news=addresses.page("news_sitemap"))
    told = ROBOTS_OF_A_SAMPLE if now.desk.sample else text
    return answer(request, now, lambda: HttpResponse(told, content_type="text/plain; charset=utf-8"))


def stamp(at: datetime) -> str:
    """Return a time in the W3C's format (https://www.w3.org/TR/NOTE-datetime), to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _pages(now: Edition, addresses: Addresses) -> Iterator[Line]:
    yield addresses.page("checks"), now.newest
    yield from ((addresses.page(name), None) for name in PAGES[1:])
    yield from ((addresses.about(kind), None) for kind in now.desk.texts)


def _page_count(now: Edition) -> int:
    return len(PAGES) + len(now.desk.texts)


def _checks(addresses: Addresses, start: int) -> list[Line]:
    seen_at = Coalesce("publication__edited_at", "publication__published_at")
    rows = Review.objects.filter(publication__isnull=False).order_by("pk").values_list("public", seen_at)
    below = addresses.check(UUID(int=0)).replace(str(UUID(int=0)), "{}")  # a hundred thousand times `reverse` is slow
    return [(below.format(public), at) for public, at in rows[start : start + MOST]]


def _urlset(lines: Iterable[Line]) -> Iterator[str]:
    yield f'<urlset xmlns="{SPACE}">\n'
    for address, at in lines:
        modified = f"<lastmod>{stamp(at)}</lastmod>" if at else ""
        yield f"<url><loc>{escape(address)}</loc>{modified}</url>\n"
    yield "</urlset>\n"


def _index(now: Edition, addresses: Addresses, parts: int) -> Iterator[str]:
    yield f'<sitemapindex xmlns="{SPACE}">\n'
    for part in range(1, parts + 1):
        yield f"<sitemap><loc>{escape(addresses.sitemap(part))}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def _answered(pieces: Iterable[str]) -> HttpResponse:
    return HttpResponse(DECLARATION + "".join(pieces), content_type=MEDIA_TYPE)
