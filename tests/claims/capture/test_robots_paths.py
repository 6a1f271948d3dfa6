"""Which paths a rule is about, by RFC 9309. Google's open parser was asked the same; where it differs, it is said."""

from tests.claims.capture.robots_cases import OURS, SITE, allowed, cases


@cases(
    (f"{OURS}Disallow: /papers", "/papers", False),
    (f"{OURS}Disallow: /papers", "/papers/7", False),
    (f"{OURS}Disallow: /papers", "/papers.html", False),
    (f"{OURS}Disallow: /papers", "/papersize", False),
    (f"{OURS}Disallow: /papers", "/papers?page=2", False),
    (f"{OURS}Disallow: /papers", "/old/papers", True),
    (f"{OURS}Disallow: /papers", "/Papers", True),
    (f"{OURS}Disallow: /papers/", "/papers", True),
    (f"{OURS}Disallow: /papers/", "/papers/", False),
    (f"{OURS}Disallow: papers", "/papers", True),
    (f"{OURS}Disallow: {SITE}/papers", "/papers", True),
    (f"{OURS}Disallow: /?", "/?page=2", False),
    (f"{OURS}Disallow: /?", "/", True),
    (f"{OURS}Disallow: //", "/papers", True),
    (f"{OURS}Disallow: //", "//papers", False),
    (f"{OURS}Disallow: /papers;draft", "/papers;draft", False),
    (f"{OURS}Disallow: /papers/7\nAllow: /papers", "/papers/7", False),
    (f"{OURS}Allow: /papers\nDisallow: /papers/7", "/papers/7", False),
    (f"{OURS}Allow: /papers\nDisallow: /papers/7", "/papers/8", True),
    (f"{OURS}Disallow: /papers\nAllow: /papers", "/papers", True),
    (f"{OURS}Allow: /\nDisallow: /", "/papers", True),
    (f"{OURS}Disallow: /\nAllow:", "/papers", False),
    (f"{OURS}Disallow: /papers\nDisallow: /\nAllow: /pap", "/papers", False),
    (f"{OURS}Disallow: /papers\nAllow: /papers/", "/papers/", True),
    (f"{OURS}Disallow: /papers\nAllow: /papers/", "/papers", False),
    (f"{OURS}Allow: /papers/index.html\nDisallow: /", "/papers/index.html", True),
    (f"{OURS}Allow: /papers/index.html\nDisallow: /", "/papers/", False),  # allowed by Google's parser
    (f"{OURS}Disallow: /papers/index.html", "/papers/", True),
)
def test_a_rule_matches_from_the_first_octet_and_the_longest_counts(robots: str | bytes, path: str, may: bool) -> None:
    assert allowed(robots, path) is may


@cases(
    (f"{OURS}Disallow: *", "/papers", False),
    (f"{OURS}Disallow: /*", "/", False),
    (f"{OURS}Disallow: /papers*", "/papers", False),
    (f"{OURS}Disallow: /*/drafts", "/papers/drafts", False),
    (f"{OURS}Disallow: /*/drafts", "/papers/7/drafts/8", False),
    (f"{OURS}Disallow: /*/drafts", "/drafts", True),
    (f"{OURS}Disallow: *drafts", "/papers/drafts", False),
    (f"{OURS}Disallow: /*.pdf", "/papers/7.pdf?dl=1", False),
    (f"{OURS}Disallow: /*.pdf$", "/papers/7.pdf", False),
    (f"{OURS}Disallow: /*.pdf$", "/papers/7.pdf?dl=1", True),
    (f"{OURS}Disallow: /*.pdf$", "/papers/7.pdf.html", True),
    (f"{OURS}Disallow: /*.pdf$", "/a.pdf/b.pdf", False),
    (f"{OURS}Disallow: /*.PDF$", "/papers/7.pdf", True),
    (f"{OURS}Disallow: /papers$", "/papers", False),
    (f"{OURS}Disallow: /papers$", "/papers/", True),
    (f"{OURS}Disallow: /$", "/", False),
    (f"{OURS}Disallow: /$", "/papers", True),
    (f"{OURS}Disallow: $", "/", True),
    (f"{OURS}Disallow: *$", "/papers", False),
    (f"{OURS}Disallow: /a$b", "/a$b", False),
    (f"{OURS}Disallow: /a$b", "/a", True),
    (f"{OURS}Disallow: /a$$", "/a$", False),
    (f"{OURS}Disallow: /a*b*c", "/a-b-c", False),
    (f"{OURS}Disallow: /a*b*c", "/a-c-b", True),
    (f"{OURS}Disallow: /a**c", "/abc", False),
    (f"{OURS}Disallow: /ab*ba$", "/aba", True),
    (f"{OURS}Disallow: /ab*ba$", "/abba", False),
    (f"{OURS}Disallow: /*?*page=", "/papers?sort=a&page=2", False),
    (f"{OURS}Disallow: /papers.html\nAllow: /*.html$", "/papers.html", False),
    (f"{OURS}Disallow: /p*.html\nAllow: /papers", "/papers.html", False),
    (f"{OURS}Disallow: /p*.html\nAllow: /papers/7.", "/papers/7.html", True),
    (f"{OURS}Disallow: /pa*\nAllow: /pap", "/papers", True),
    (f"{OURS}Disallow: /papers+(old)[1]", "/papers+(old)[1]", False),
    (f"{OURS}Disallow: /p.pers", "/papers", True),
)
def test_an_asterisk_is_anything_and_a_dollar_the_end(robots: str | bytes, path: str, may: bool) -> None:
    assert allowed(robots, path) is may


@cases(
    (f"{OURS}Disallow: /café", "/café/7", False),
    (f"{OURS}Disallow: /café", "/caf%C3%A9", False),
    (f"{OURS}Disallow: /caf%C3%A9", "/café", False),
    (f"{OURS}Disallow: /caf%c3%a9", "/caf%C3%A9", False),
    (f"{OURS}Disallow: /caf%C3%A9", "/caf%c3%a9", False),  # allowed by Google's parser
    (f"{OURS}Disallow: /\nAllow: /ツ", "/%E3%83%84", True),
    (f"{OURS}Disallow: /caf", "/caf%C3%A9", False),
    (f"{OURS}Disallow: /a%2Fb", "/a/b", True),
    (f"{OURS}Disallow: /a/b", "/a%2Fb", True),
    (f"{OURS}Disallow: /a%2fb", "/a%2Fb", False),
    (f"{OURS}Disallow: /a%3Fb", "/a?b", True),
    (f"{OURS}Disallow: /a?b", "/a%3Fb", True),
    (f"{OURS}Disallow: /a?b=%26", "/a?b=&", True),
    (f"{OURS}Disallow: /\nAllow: /a?b=http://c.example?d&e", "/a?b=http://c.example?d&e", True),
    (f"{OURS}Disallow: /\nAllow: /%62%61%7A", "/%62%61%7A", True),
    (f"{OURS}Disallow: /\nAllow: /%62%61%7A", "/baz", False),  # allowed by the RFC's table
    (f"{OURS}Disallow: /%62%61%7A", "/baz", False),  # allowed by Google's parser, as are the next seven
    (f"{OURS}Disallow: /baz", "/%62%61%7A", False),
    (f"{OURS}Disallow: /~ada", "/%7Eada", False),
    (f"{OURS}Disallow: /a?b=https://c.example", "/a?b=https%3A%2F%2Fc.example", False),
    (f"{OURS}Disallow: /file-with-a-%2A.html", "/file-with-a-*.html", False),
    (f"{OURS}Disallow: /foo-%24", "/foo-$", False),
    (f"{OURS}Disallow: /a b", "/a%20b", False),
    (f'{OURS}Disallow: /a"b', "/a%22b", False),
    (f"{OURS}Disallow: /file-with-a-%2A.html", "/file-with-a-dot.html", True),
    (f"{OURS}Disallow: /100%", "/100%", False),
    (f"{OURS}Disallow: /%zz", "/%zz", False),
)
def test_escaped_or_not_a_page_that_either_reading_closes_is_left_alone(
    robots: str | bytes, path: str, may: bool
) -> None:
    assert allowed(robots, path) is may
