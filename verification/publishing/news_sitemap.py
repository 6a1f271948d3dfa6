"""The news sitemap: checks of the last two days, in Google's extension of the sitemap protocol.

https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap: articles of the last two days only,
1,000 at most. What counts is when a check was first published: a correction of an old one is no news article. A check
that was withdrawn is not in it. Two days are counted from the last full hour, so that the same answer stands for an
hour.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_safe

from verification.models import Change, Verdict
from verification.publishing.addresses import Addresses
from verification.publishing.choosing import Choice, chosen
from verification.publishing.conditional import answer
from verification.publishing.edition import Edition, edition
from verification.publishing.kept import kept
from verification.publishing.plain_text import one_line
from verification.publishing.sitemap import DECLARATION, MEDIA_TYPE, SPACE, stamp

LAST = timedelta(days=2)
MOST = 1000
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
TITLE_LENGTH = 200
# Google's guide: of these two languages the region counts, of all others the code of two or three letters alone.
CHINESE = {"zh-cn", "zh-tw"}


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponseBase:
    """Return the checks first published in the last two days. A sample desk has none (404)."""
    now, addresses = edition(), Addresses.of(request)
    if now.desk.sample:
        raise Http404
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    # What stands in it changes with the clock, too.
    changed = max(now.changed, hour) if now.changed else hour
    in_this_hour = replace(now, changed=changed, digest=f"{now.digest} {hour:%Y%m%d%H}")

    def render() -> HttpResponse:
        return HttpResponse(_written(now, addresses, hour + timedelta(hours=1) - LAST), content_type=MEDIA_TYPE)

    return answer(request, in_this_hour, lambda: kept(request, in_this_hour, "", render))


def _written(now: Edition, addresses: Addresses, since: datetime) -> str:
    name = escape(one_line(now.desk.name, TITLE_LENGTH))
    recent = (
        chosen(Choice())
        .exclude(change=Change.VOID)
        .filter(publication__published_at__gte=since, publication__first_published_at__gte=since)
    )
    told = [_url(row, name, addresses) for row in recent.select_related("publication", "review")[:MOST]]
    return "".join((DECLARATION, f'<urlset xmlns="{SPACE}" xmlns:news="{NEWS}">\n', *told, "</urlset>\n"))


def _url(row: Verdict, name: str, addresses: Addresses) -> str:
    return (
        f"<url><loc>{escape(addresses.check(row.review.public))}</loc><news:news>"
        f"<news:publication><news:name>{name}</news:name>"
        f"<news:language>{escape(_language(row.language))}</news:language></news:publication>"
        f"<news:publication_date>{stamp(row.publication.first_published_at)}</news:publication_date>"
        f"<news:title>{escape(one_line(row.headline, TITLE_LENGTH))}</news:title></news:news></url>\n"
    )


def _language(tag: str) -> str:
    """Return the code of a BCP 47 tag's language as the guide writes it."""
    whole = tag.lower()
    return whole if whole in CHINESE else whole.partition("-")[0]
