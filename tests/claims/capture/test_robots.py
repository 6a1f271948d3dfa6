"""What may be asked for, by RFC 9309. Google's open parser was asked the same; where it differs, the case says so."""

import pytest

from claims.capture.robots import MAX_BYTES, Rules
from tests.claims.capture.robots_cases import ALL, OURS, SITE, allowed, cases

SHUT = f"{OURS}Disallow: /\n"


@cases(
    ("", "/papers", True),
    ("\n\n# nothing here\n", "/papers", True),
    (ALL, "/papers", True),
    (f"{ALL}Disallow:", "/papers", True),
    (f"{ALL}Disallow: /", "/", False),
    (f"{ALL}Disallow: /", "/papers/7", False),
    (f"{ALL}Allow: /papers\nDisallow: /", "/papers/7", True),
    (f"{ALL}Allow: /papers\nDisallow: /", "/letters/7", False),
    (f"{OURS}Disallow: /papers", "/letters", True),
    ("Disallow: /", "/papers", True),
    ("Disallow: /papers\nUser-agent: *\nDisallow: /letters", "/papers", True),
    ("Allow: /papers\nUser-agent: *\nDisallow: /", "/papers", False),
    ("<!doctype html><title>Not found</title><p>No such page: sorry", "/papers", True),
    ("User-agent: *\nDisallow: /\n", "/robots.txt", True),  # Google's parser answers as for any path
    ("User-agent: *\nDisallow: /\n", "/robots.txt.old", False),
    ("User-agent: *\nDisallow: /\n", "/papers/robots.txt", False),
)
def test_a_file_says_what_may_be_asked_for(robots: str | bytes, path: str, may: bool) -> None:
    assert allowed(robots, path) is may


@cases(
    ("User-agent: readout\nDisallow: /", "/papers", False),
    ("User-agent: READOUT\nDisallow: /", "/papers", False),
    ("user-AGENT: Readout\ndisALLOW: /", "/papers", False),
    ("User-agent: Readout/0.1\nDisallow: /", "/papers", False),
    ("User-agent: Readout (newsroom)\nDisallow: /", "/papers", False),
    ("User-agent: Readout News\nDisallow: /", "/papers", False),
    ("User-agent: Readout*\nDisallow: /", "/papers", False),
    ("User-agent: Readout2\nDisallow: /", "/papers", False),
    ("User-agent: Readout-News\nDisallow: /", "/papers", True),
    ("User-agent: Readout_News\nDisallow: /", "/papers", True),
    ("User-agent: read\nDisallow: /", "/papers", True),
    ("User-agent: out\nDisallow: /", "/papers", True),
    ("User-agent: TheReadout\nDisallow: /", "/papers", True),
    ("User-agent: *Readout\nDisallow: /", "/papers", True),
    ("User-agent: Mozilla/5.0 (compatible; Readout)\nDisallow: /", "/papers", True),
    ("User-agent: * and everybody\nDisallow: /", "/papers", False),
    ("User-agent: **\nDisallow: /", "/papers", True),
    ("User-agent:\nDisallow: /", "/papers", True),
    ("User-agent: 42\nDisallow: /", "/papers", True),
)
def test_a_group_is_ours_by_the_product_token_alone(robots: str | bytes, path: str, may: bool) -> None:
    assert allowed(robots, path) is may


@cases(
    (f"{ALL}Disallow: /\n{OURS}Allow: /", "/papers", True),
    (f"{OURS}Allow: /\n{ALL}Disallow: /", "/papers", True),
    (f"{ALL}Disallow: /papers\n{OURS}Disallow: /letters", "/papers", True),
    (f"{ALL}Disallow: /papers\n{OURS}Disallow: /letters", "/letters", False),
    (f"{ALL}Disallow: /\n{OURS}", "/papers", True),
    (f"{ALL}Disallow: /\n{OURS}Disallow:", "/papers", True),
    (f"{OURS}\n{ALL}Disallow: /", "/papers", False),
    (f"{OURS}Disallow: /papers\nUser-agent: other\nDisallow: /\n{OURS}Disallow: /letters", "/papers", False),
    (f"{OURS}Disallow: /papers\nUser-agent: other\nDisallow: /\n{OURS}Disallow: /letters", "/letters", False),
    (f"{OURS}Disallow: /papers\nUser-agent: other\nDisallow: /\n{OURS}Disallow: /letters", "/photos", True),
    (f"{OURS}Disallow: /\n{OURS}Allow: /papers", "/papers", True),
    (f"{ALL}Disallow: /papers\n{ALL}Disallow: /letters", "/papers", False),
    (f"{ALL}Disallow: /papers\n{ALL}Disallow: /letters", "/letters", False),
    (f"User-agent: other\n{OURS}Disallow: /", "/papers", False),
    (f"{OURS}User-agent: other\nDisallow: /", "/papers", False),
    (f"{OURS}User-agent: other\n{ALL}Disallow: /", "/papers", False),
    (f"{ALL}{OURS}Disallow: /papers\n{OURS}Allow: /papers", "/papers", True),
    (f"{OURS}\n\n# a remark\n\nDisallow: /", "/papers", False),
    (f"{OURS}\nUser-agent: other\n\nDisallow: /", "/papers", False),
    (f"User-agent: other\nDisallow: /\n\n{OURS}Disallow: /letters", "/papers", True),
    (f"User-agent: other\nDisallow: /papers\nAllow: /\n\nDisallow: /letters\n{OURS}", "/letters", True),
    (f"{OURS}Disallow: /papers\n\n\nDisallow: /letters", "/letters", False),
    (f"User-agent: other\nAllow:\n{OURS}Disallow: /", "/papers", False),
    (f"{OURS}Disallow:\nUser-agent: other\nDisallow: /", "/papers", True),
    ("User-agent: other\nDisallow: /", "/papers", True),
)
def test_groups_of_one_crawler_are_one_and_that_for_everybody_counts_where_there_is_none(
    robots: str | bytes, path: str, may: bool
) -> None:
    assert allowed(robots, path) is may


@cases(
    (f"{OURS}Sitemap: https://press.example/map.xml\n{ALL}Disallow: /", "/papers", False),
    (f"{OURS}Crawl-delay: 5\nUser-agent: other\nDisallow: /", "/papers", False),
    (f"{OURS}Host: press.example\nDisallow: /", "/papers", False),
    (f"{OURS}Noindex: /\nClean-param: a /\nDisallow: /letters", "/papers", True),
    (f"{ALL}Disallow: /letters\nSitemap: /map.xml\nDisallow: /papers", "/papers", False),
    (f"Crawl-delay: 5\nSitemap: /a\n{ALL}Disallow: /", "/papers", False),
    (f"{OURS}Disallow\n{ALL}Disallow: /", "/papers", False),
    (f"{OURS}Disallow:\n{ALL}Disallow: /", "/papers", True),
    (f"{OURS}: /\nDisallow: /", "/papers", False),
    (f"{OURS}= /\nDisallow: /", "/papers", False),
)
def test_other_lines_neither_end_a_group_nor_count(robots: str | bytes, path: str, may: bool) -> None:
    assert allowed(robots, path) is may


@cases(
    ("User-agent Readout\nDisallow /", "/papers", False),
    ("User-agent\tReadout\nDisallow \t /", "/papers", False),
    ("User agent: Readout\nDisallow: /", "/papers", False),
    ("Useragent: Readout\nDisallow: /", "/papers", False),
    (f"{OURS}Dissallow: /", "/papers", False),
    (f"{OURS}Dissalow: /", "/papers", False),
    (f"{OURS}Disalow: /", "/papers", False),
    (f"{OURS}Diasllow: /", "/papers", False),
    (f"{OURS}Disallaw: /", "/papers", False),
    (f"{OURS}Disallowed: /", "/papers", False),
    (f"{OURS}Disallow / papers", "/papers", True),
    (f"{OURS}Disalllow: /", "/papers", True),
    (f"{OURS}Allowed: /papers\nDisallow: /", "/papers", True),
    (f"  {OURS}  Disallow  :  /papers  ", "/papers", False),
    (f"\t{OURS}\tDisallow:/papers\t", "/papers", False),
    (f"{OURS}Disallow: /papers # not before May", "/papers", False),
    (f"{OURS}Disallow: /papers#not-before-May", "/papers", False),
    (f"{OURS}# Disallow: /", "/papers", True),
    (f"{OURS}Disallow: # /papers", "/papers", True),
    ("User-agent: Readout # ours\nDisallow: /", "/papers", False),
)
def test_what_a_site_owner_plainly_meant_is_understood(robots: str | bytes, path: str, may: bool) -> None:
    assert allowed(robots, path) is may


@cases(
    (SHUT.replace("\n", "\r\n"), "/papers", False),
    (SHUT.replace("\n", "\r"), "/papers", False),
    (SHUT.replace("\n", "\n\r\n\r\r"), "/papers", False),
    (SHUT.removesuffix("\n"), "/papers", False),
    (f"\ufeff{SHUT}", "/papers", False),
    (f"{OURS}Disallow: /letters\u2028Disallow: /papers", "/papers", True),
    (f"{OURS}Disallow: /letters\x0bDisallow: /papers", "/papers", True),
    (f"{OURS}Disallow: /letters\x85Disallow: /papers", "/papers", True),
    (b"User-agent: Readout\nDisallow: /papers\0/drafts\n", "/papers/7", False),
    (b"User-agent: Readout\0\nDisallow: /\n", "/papers", False),
    (b"\xff\xfe\x80 junk\nUser-agent: Readout\nDisallow: /\n", "/papers", False),
    (b"User-agent: Readout\nDisallow: /caf\xe9\n", "/caf%E9", False),
    (b"\xef\xbb\xbf\xef\xbb\xbfUser-agent: Readout\nDisallow: /\n", "/papers", True),
)
def test_lines_end_as_the_rfc_says_and_nowhere_else(robots: str | bytes, path: str, may: bool) -> None:
    assert allowed(robots, path) is may


@pytest.mark.parametrize(
    ("robots", "seconds"),
    [
        ("", None),
        (f"{OURS}Crawl-delay: 5", 5.0),
        (f"{OURS}Crawl-delay: 0.5\nDisallow:", 0.5),
        (f"{OURS}crawl delay 7", None),
        (f"{OURS}Crawl-delay 7", 7.0),
        (f"{OURS}Crawl-delay: 10s", 10.0),
        (f"{OURS}Crawl-delay: soon", None),
        (f"{OURS}Crawl-delay: -3", None),
        (f"{OURS}Crawl-delay: nan", None),
        (f"{OURS}Crawl-delay: 1e9", 1.0),
        (f"{ALL}Crawl-delay: 420", 420.0),
        (f"{ALL}Crawl-delay: 420\n\n{OURS}Disallow:", None),
        (f"{ALL}Disallow:\nCrawl-delay: 420\n{OURS}Crawl-delay: 2", 2.0),
        (f"{OURS}Crawl-delay: 2\nDisallow: /a\n{OURS}Crawl-delay: 9", 9.0),
        (f"User-agent: other\n{OURS}Crawl-delay: 3", 3.0),
        (f"User-agent: other\nCrawl-delay: 90\n{ALL}Disallow: /a", None),
        (f"Crawl-delay: 4\n{ALL}Disallow:", None),
        (f"User-agent: other\nDisallow:\nCrawl-delay: 90\n{OURS}Disallow:", None),
    ],
)
def test_a_crawl_delay_is_for_those_who_were_named_before_it(robots: str, seconds: float | None) -> None:
    assert Rules.read(robots.encode()).crawl_delay("Readout") == seconds


def test_of_a_file_that_does_not_end_what_was_read_whole_counts() -> None:
    line = b"Disallow: /papers/of/the/harbour/board\n"
    body = OURS.encode() + b"Disallow: /first\n" + line * (MAX_BYTES // len(line)) + b"Disallow: /last\n"
    cut = Rules.read(body)
    assert not cut.allows("Readout", f"{SITE}/first")
    assert not cut.allows("Readout", f"{SITE}/papers/of/the/harbour/board/7")
    assert cut.allows("Readout", f"{SITE}/last")
    assert cut.allows("Readout", f"{SITE}/papers/of/the/harbour/b")


def test_a_file_of_groups_and_rules_without_number_is_read_and_asked_in_a_moment() -> None:
    many = b"".join(b"User-agent: a\nUser-agent: b%d\n" % number for number in range(9000))
    body = many + OURS.encode() + b"Disallow: /%s*a*b*c*d$\n" % (b"*a" * 40) * 2000
    rules = Rules.read(body[:MAX_BYTES])
    assert rules.allows("Readout", f"{SITE}/{'a' * 4000}")
