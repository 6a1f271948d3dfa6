"""What the site's pages, feeds, sitemaps and its REST interface look like: a briefing room of WordPress's making."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from xml.sax.saxutils import escape as xml

from tests.replay.documents import ReplayDocument

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"'
)
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
WORDPRESS_MOST = 100


def article(document: ReplayDocument, base: str, banner: str = "") -> str:
    """Return a document's page; `banner` stands above it on an archived copy."""
    paragraphs = "\n".join(f"<p>{escape(part)}</p>" for part in document.paragraphs)
    return f"""<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8"><title>{escape(document.title)} | The Briefing Room</title>
<meta property="og:type" content="article">
<meta property="article:published_time" content="{document.published.isoformat()}">
<meta property="article:modified_time" content="{document.changed_at.isoformat()}">
<link rel="canonical" href="{base}{document.path}"></head>
<body>{f'<div class="archive-banner">{escape(banner)}</div>' if banner else ""}
<header><nav><a href="/briefing-room/">Briefing Room</a> <a href="/about/">About</a></nav></header>
<main><article><h1 class="page-title">{escape(document.title)}</h1>
<time datetime="{document.published.isoformat()}">{document.published:%B %d, %Y}</time>
<section class="body-content">
{paragraphs}
<p class="has-text-align-center">###</p></section></article></main>
<footer><p>Office of the Press Secretary</p></footer></body></html>"""


def listing(documents: Sequence[ReplayDocument], base: str, title: str, following: str | None) -> str:
    """Return one page of a list, newest first; `following` is the address of the next one."""
    rows = "\n".join(
        f'<article><h2><a href="{base}{each.path}">{escape(each.title)}</a></h2>'
        f'<a rel="category tag" href="{base}/briefing-room/{each.section}/">{escape(each.section)}</a>'
        f'<time datetime="{each.published.isoformat()}">{each.published:%B %d, %Y}</time></article>'
        for each in documents
    )
    link = f'<link rel="next" href="{escape(following)}">' if following else ""
    return f"""<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8"><title>{escape(title)}</title>{link}</head>
<body><main><h1>{escape(title)}</h1>
{rows}
</main></body></html>"""


def rss(documents: Sequence[ReplayDocument], base: str, title: str) -> str:
    """Return a feed of the documents, with their whole text."""
    items = "\n".join(
        f"""<item><title>{xml(each.title)}</title><link>{base}{each.path}</link>
<dc:creator><![CDATA[The Briefing Room]]></dc:creator>
<pubDate>{format_datetime(each.published.astimezone(UTC))}</pubDate>
<category><![CDATA[{each.section}]]></category><guid isPermaLink="false">{base}/?p={each.number}</guid>
<description>{xml(" ".join(each.paragraphs)[:300])}</description>
<content:encoded>{xml("".join(f"<p>{escape(part)}</p>" for part in each.paragraphs))}</content:encoded></item>"""
        for each in documents
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {NAMESPACES}><channel>
<title>{xml(title)}</title><link>{base}/briefing-room/</link><description></description><language>en-US</language>
{items}
</channel></rss>"""


def sitemap_index(count: int, base: str, changed: datetime) -> str:
    """Return the index of `count` sitemaps."""
    rows = "".join(
        f"<sitemap><loc>{base}/post-sitemap{number}.xml</loc><lastmod>{changed.isoformat()}</lastmod></sitemap>"
        for number in range(1, count + 1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="{SITEMAP}">{rows}</sitemapindex>'


def sitemap(documents: Sequence[ReplayDocument], base: str) -> str:
    """Return one sitemap: addresses, and when each page was last modified."""
    rows = "".join(
        f"<url><loc>{base}{each.path}</loc><lastmod>{each.changed_at.isoformat()}</lastmod></url>" for each in documents
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{SITEMAP}">{rows}</urlset>'


def news_sitemap(documents: Sequence[ReplayDocument], base: str) -> str:
    """Return a news sitemap: addresses, titles, when each was published."""
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    rows = "".join(
        f"<url><loc>{base}{each.path}</loc><news:news><news:publication><news:name>The Briefing Room</news:name>"
        f"<news:language>en</news:language></news:publication>"
        f"<news:publication_date>{each.published.isoformat()}</news:publication_date>"
        f"<news:title>{xml(each.title)}</news:title></news:news></url>"
        for each in documents
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{SITEMAP}" xmlns:news="{news}">{rows}</urlset>'


def posts(documents: Sequence[ReplayDocument], base: str) -> str:
    """Return the documents as WordPress's REST interface gives them: `date_gmt` is UTC without saying so."""
    return json.dumps(
        [
            {
                "id": each.number,
                "date": each.published.strftime("%Y-%m-%dT%H:%M:%S"),
                "date_gmt": each.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
                "modified_gmt": each.changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
                "guid": {"rendered": f"{base}/?p={each.number}"},
                "slug": each.slug,
                "status": "publish",
                "type": "post",
                "link": f"{base}{each.path}",
                "title": {"rendered": escape(each.title).replace("’", "&#8217;")},
                "content": {
                    "rendered": "".join(f"<p>{escape(part)}</p>\n" for part in each.paragraphs),
                    "protected": False,
                },
            }
            for each in documents
        ]
    )
