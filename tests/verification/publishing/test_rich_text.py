"""Marks in reasoning and explanation: the few there are, and nothing that runs, wherever the text is shown."""

from html.parser import HTMLParser

import pytest

from tests.cases import Walk
from tests.verification.admin.opening import as_person, page_of
from verification.publishing.rich_text import evidence_links, plain, rich

ALLOWED = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote"}
NAMES = {"href", "rel", "aria-label", "dir", "start"}
HOSTILE = [
    "<script>mole(1)</script>",
    "<SCRIPT SRC=//mole.example/x.js></SCRIPT>",
    "<scr<script>ipt>mole(1)</scr</script>ipt>",
    "<img src=x onerror=mole(1)>",
    "<img src='x' onerror='mole(1)'//",
    "<svg/onload=mole(1)>",
    "<svg><script>mole(1)</script></svg>",
    "<math><mtext><style><img src=x onerror=mole(1)></style></mtext></math>",
    "<iframe src=javascript:mole(1)></iframe>",
    "<iframe srcdoc='<script>mole(1)</script>'></iframe>",
    "<object data=javascript:mole(1)></object>",
    "<embed src=javascript:mole(1)>",
    "<form action=javascript:mole(1)><button>lamp</button></form>",
    "<a href=javascript:mole(1)>lamp</a>",
    "<a href='data:text/html,<script>mole(1)</script>'>lamp</a>",
    "<b onmouseover=mole(1)>lamp</b>",
    "<details open ontoggle=mole(1)>",
    "<input autofocus onfocus=mole(1)>",
    "<style>@import '//mole.example/x.css'</style>",
    "<link rel=stylesheet href=//mole.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:mole(1)'>",
    "<base href=//mole.example/>",
    "<!--><script>mole(1)</script>-->",
    "<![CDATA[<script>mole(1)</script>]]>",
    "<?php mole(1) ?>",
    "</div></section><script>mole(1)</script>",
    "</textarea><script>mole(1)</script>",
    "</title></style></script><script>mole(1)</script>",
    "&lt;script&gt;mole(1)&lt;/script&gt;",
    "&#60;script&#62;mole(1)&#60;/script&#62;",
    "\\<script>mole(1)\\</script>",
    "[lamp](javascript:mole(1))",
    "[lamp](JaVaScRiPt:mole(1))",
    "[lamp](&#106;avascript:mole(1))",
    "[lamp](javascript&colon;mole(1))",
    "[lamp](<javascript:mole(1)>)",
    "[lamp]( javascript:mole(1) )",
    "[lamp](vbscript:mole(1))",
    "[lamp](data:text/html;base64,PHNjcmlwdD4=)",
    "[lamp](file:///etc/lamps)",
    "[lamp](//mole.example/)",
    "[lamp](/admin/logout/)",
    '[lamp](https://port.example/"onmouseover="mole(1))',
    "[lamp](https://port.example/ \"x' onmouseover='mole(1)\")",
    "[<img src=x onerror=mole(1)>](https://port.example/)",
    "![lamp](https://mole.example/pixel.png)",
    "![lamp](javascript:mole(1))",
    "<javascript:mole(1)>",
    "[1]: javascript:mole(1)\n\n[1]",
    "> <script>mole(1)</script>",
    "- <img src=x onerror=mole(1)>",
    "**<img src=x onerror=mole(1)>**",
    "`<script>mole(1)</script>`",
    "```html\n<script>mole(1)</script>\n```",
    "# <script>mole(1)</script>",
    "{{ mole }} {% mole %} ${mole(1)}",
]


class Seen(HTMLParser):
    """What a browser would make of HTML: its tags and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.script = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.tags and self.cdata_elem == "script":
            self.script += data


def runs(text: str) -> list[str]:
    """Return what in a page would run something that the desk did not write."""
    seen = Seen(text)
    found = [f"{tag} {name}" for tag, names in seen.tags for name in names if name.startswith("on") or name == "srcdoc"]
    for tag, names in seen.tags:
        address = "".join(names.get("href", names.get("src", names.get("action", ""))).split()).casefold()
        if address.startswith(("javascript:", "vbscript:", "data:", "file:")) or "mole.example" in names.get("src", ""):
            found.append(f"{tag} {address}")
    return found + (["script"] if "mole(1)" in seen.script and "ClaimReview" not in seen.script else [])


def test_there_are_bold_italic_links_lists_and_quotations() -> None:
    text = "**Forty** *lamps*, [bought](https://port.example/a?b=c&d).\n\n- one\n- two\n\n3. three\n\n> She said\n> so."
    assert rich(text, {}) == (
        '<p dir="auto"><strong>Forty</strong> <em>lamps</em>, '
        '<a href="https://port.example/a?b=c&amp;d" rel="noopener nofollow">bought</a>.</p>\n'
        '<ul>\n<li dir="auto">one</li>\n<li dir="auto">two</li>\n</ul>\n'
        '<ol start="3">\n<li dir="auto">three</li>\n</ol>\n'
        '<blockquote>\n<p dir="auto">She said<br>\nso.</p>\n</blockquote>'
    )


def test_a_plain_text_reads_as_it_did() -> None:
    assert rich("One\nline.\r\n \r\n\r\n\nTwo & <three>.\n", {}) == (
        '<p dir="auto">One<br>\nline.</p>\n<p dir="auto">Two &amp; &lt;three&gt;.</p>'
    )
    assert rich(" \n ", {}) == ""


def test_a_citation_links_to_its_evidence_and_one_without_evidence_stays_as_written() -> None:
    written = rich("See [1] & [7].", evidence_links({1}))
    assert written == '<p dir="auto">See <a href="#e1" aria-label="Evidence [1]">[1]</a> &amp; [7].</p>'
    assert 'href="https://x.example/#e1"' in rich("**so [1]**", evidence_links({1}, "https://x.example/"))
    assert rich("[[1]](https://y.example/)", evidence_links({1})).count("<a ") == 1


@pytest.mark.parametrize(
    "sign", ["# Head", "![a lamp](x.png)", "`code`", "<b>bold</b>", "~~gone~~", "| a | b |", "---"]
)
def test_other_marks_stand_as_they_were_typed(sign: str) -> None:
    assert "".join(part for part in plain(sign)) == sign
    assert {tag for tag, _names in Seen(rich(sign, {})).tags} == {"p"}


def test_no_word_is_lost_however_deep_a_text_is_nested() -> None:
    for sign in ("> ", "- ", "1. "):
        assert "the lamp" in rich(sign * 400 + "the lamp", {})


def test_without_marks_the_words_and_lines_are_left() -> None:
    assert plain("**Forty** [lamps](https://port.example) [1]\nwere *bought*\n\n- and lit") == (
        "Forty lamps [1]\nwere bought\n\nand lit"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_was_typed_runs_or_brings_markup(text: str) -> None:
    shown = rich(text, evidence_links({1}))
    for tag, names in Seen(shown).tags:
        assert tag in ALLOWED
        assert set(names) <= NAMES
        assert names.get("href", "#e1").startswith(("https://port.example/", "https://mole.example/pixel", "#e1"))
    assert runs(shown) == []


@pytest.mark.django_db
def test_nothing_that_was_typed_runs_on_a_page_of_the_desk_or_of_the_public_or_in_a_feed() -> None:
    everything = "The record differs [1].\n\n" + "\n\n".join(HOSTILE)
    walk = Walk().accepted().taken().proposed(reasoning=everything)
    pages = [as_person(walk.checker).get(page_of(walk.review, "verification_review_change"))]
    pages.append(as_person(walk.checker).get(page_of(walk.review, "case_draft")))
    walk.drafted(explanation=everything)
    pages.append(as_person(walk.editor).get(page_of(walk.review, "case_sign_off")))
    publication = walk.approved().published()
    client = as_person(walk.checker)
    pages.append(client.get(f"/checks/{publication.review.public}/"))
    for page in pages:
        assert page.status_code == 200
        assert runs(page.content.decode()) == []
    feed = client.get("/checks/feed.json")
    (item,) = feed.json()["items"]
    assert "mole(1)" in item["content_html"]
    assert runs(item["content_html"]) == []
    assert runs(rich(everything, {})) == []
