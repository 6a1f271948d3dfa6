"""The White House's sites by presidency: where each lies, how it names and lists its pages, how these are built.

Each change of administration rebuilt the site within a day. What is known of an era stays when the next begins: add
one, and change none, except for where its copy lies from then on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from claims.wording import Words, words
from verification.connectors.issuers.list_pages import ListRules
from verification.connectors.issuers.pages import PageRules
from verification.connectors.issuers.selecting import css, first_of

SITE = "https://www.whitehouse.gov"
ARCHIVE_HOSTS = re.compile(r"^(?:obama|trump|biden|georgewbush-|clinton)whitehouse\d{0,2}\.archives\.gov$")

NARA = "This is historical material “frozen in time”"
SLUG = r"[A-Za-z0-9%][\w.%-]*"


@dataclass(frozen=True, slots=True)
class Era:
    """One presidency's site. Addresses are told by their paths, which a copy keeps.

    `copy` is where it lies now (`SITE` while it is the current one), `path` what the path of a document looks like,
    `feeds`, `lists` (all that it publishes, first) and `sections` are paths, `kinds` the kind of what a section holds
    where a title does not tell. `last_transcript` is the day of the last transcript of remarks that it published.
    """

    key: str
    label: Words
    copy: str
    path: re.Pattern[str]
    lists: tuple[str, ...]
    list_rules: ListRules
    page_rules: PageRules
    sections: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    last_transcript: date | None = None

    @property
    def is_current(self) -> bool:
        """Whether it is the site of today."""
        return self.copy == SITE


CURRENT = Era(
    "current",
    words("current site, from January 2025"),
    SITE,
    re.compile(rf"/(?!briefing-room|the-press-office)[a-z][a-z-]+(?:/[a-z][a-z-]+)?/20\d\d/\d\d/{SLUG}"),
    ("/news/",),
    ListRules(
        css("item", "main li.wp-block-post"),
        css("link", "h2 a[href]"),
        date=css("date", "time[datetime]"),
        category=css("category", "a[rel~=tag]"),
        following=css("next", "link[rel~=next]"),
    ),
    PageRules(css("body", "main"), (css("without", ".wp-block-whitehouse-topper"),)),
    (
        "/briefings-statements/",
        "/presidential-actions/",
        "/presidential-actions/executive-orders/",
        "/presidential-actions/proclamations/",
        "/fact-sheets/",
        "/remarks/",
        "/releases/",
        "/articles/",
        "/research/",
    ),
    (
        "/presidential-actions/feed/",
        "/presidential-actions/executive-orders/feed/",
        "/briefings-statements/feed/",
        "/news/feed/",
    ),
    MappingProxyType(
        {
            "briefings-statements": "statement",
            "fact-sheets": "fact_sheet",
            "remarks": "transcript",
            "releases": "statement",
        }
    ),
    date(2025, 4, 22),
)

BIDEN = Era(
    "biden",
    words("Biden, 2021 to January 2025"),
    "https://bidenwhitehouse.archives.gov",
    re.compile(rf"/briefing-room/[a-z][a-z-]+/20\d\d/\d\d/\d\d/{SLUG}"),
    (
        "/briefing-room/statements-releases/",
        "/briefing-room/speeches-remarks/",
        "/briefing-room/press-briefings/",
        "/briefing-room/presidential-actions/",
    ),
    ListRules(
        css("item", "article"),
        css("link", "h2 a[href]"),
        date=css("date", "time[datetime]"),
        category=css("category", "a[rel~=category]"),
        following=css("next", "link[rel~=next]"),
    ),
    PageRules(first_of(css("body", "section.body-content"), css("body", "article section")), strip=(NARA,)),
    (
        "/briefing-room/statements-releases/",
        "/briefing-room/speeches-remarks/",
        "/briefing-room/press-briefings/",
        "/briefing-room/presidential-actions/",
        "/briefing-room/legislation/",
        "/briefing-room/blog/",
        "/briefing-room/disclosures/",
    ),
    kinds=MappingProxyType(
        {"statements-releases": "statement", "speeches-remarks": "transcript", "press-briefings": "transcript"}
    ),
)

TRUMP = Era(
    "trump",
    words("Trump, 2017 to 2021"),
    "https://trumpwhitehouse.archives.gov",
    re.compile(r"/(?:briefings-statements|presidential-actions)/(?!20\d\d/)(?=[^/]*-[^/]*-)" + SLUG),
    ("/briefings-statements/", "/presidential-actions/"),
    ListRules(
        css("item", "article"),
        css("link", "h2 a[href]"),
        date=css("date", "time"),
        following=css("next", "link[rel~=next], a[rel~=next], a.next"),
    ),
    PageRules(strip=(NARA,)),
    ("/briefings-statements/", "/presidential-actions/"),
    kinds=MappingProxyType({"briefings-statements": "statement"}),
)

OBAMA = Era(
    "obama",
    words("Obama, 2009 to 2017"),
    "https://obamawhitehouse.archives.gov",
    re.compile(rf"/the-press-office/20\d\d/\d\d/\d\d/{SLUG}"),
    (),
    ListRules(css("item", "article")),
    PageRules(strip=(NARA,)),
)

ERAS: Mapping[str, Era] = MappingProxyType({era.key: era for era in (CURRENT, BIDEN, TRUMP, OBAMA)})
