"""Claims marked in an article's text: whatever the spans, the text reads as before and no element crosses another."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from verification.admin.triage.claims_in_place import Mark, marked

TEXTS = st.text(alphabet=st.sampled_from("ab é<>&\"'\n{}%𝄞"), max_size=80)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    spans = draw(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=8))
    return text, [Mark(n, start, end, f"?claim={n}#f{n}") for n, (start, end) in enumerate(spans, start=1)]


class Read(HTMLParser):
    """Reads HTML back: its text without numbers, the numbers in order, and whether each end tag closes the last one."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.numbers, self.links = "", list[int](), list[tuple[str, str]]()
        self.open: list[str] = []
        self.sound = True
        self.feed(html)
        self.close()
        self.sound = self.sound and not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.sound = self.sound and not (tag in {"a", "p"} and tag in self.open)
        self.open.append(tag)
        if tag == "a":
            self.links.append((dict(attrs)["href"] or "", ""))

    def handle_endtag(self, tag: str) -> None:
        self.sound = self.sound and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "sup" in self.open:
            self.numbers.append(int(data))
            return
        self.words += data
        if "a" in self.open:
            href, words = self.links[-1]
            self.links[-1] = (href, words + data)


@given(marked_texts())
def test_without_tags_and_numbers_the_text_reads_as_before(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    read = Read(marked(text, marks))
    assert read.words == text
    assert read.sound


@given(marked_texts())
def test_each_claim_that_covers_words_has_its_number_once(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    covering = {mark.number for mark in marks if text[mark.start : mark.end].strip("\n ")}
    numbers = Read(marked(text, marks)).numbers
    assert len(numbers) == len(set(numbers))
    assert covering <= set(numbers)


def test_of_claims_inside_each_other_the_inner_one_owns_the_words() -> None:
    text = "She said the lamps burn, he said."
    read = Read(marked(text, [Mark(1, 0, 32, "?claim=1"), Mark(2, 9, 23, "?claim=2")]))
    assert [link for link in read.links if link[0] == "?claim=2"] == [("?claim=2", "the lamps burn")]
    assert read.numbers == [2, 1]


def test_claims_that_end_together_show_both_numbers() -> None:
    read = Read(marked("The lamps burn.", [Mark(1, 0, 14, "?claim=1"), Mark(2, 4, 14, "?claim=2")]))
    assert sorted(read.numbers) == [1, 2]


def test_a_claim_across_paragraphs_is_marked_in_each_and_numbered_at_its_end() -> None:
    text = "The lamps\n\nburn again.\n\nSo it was said."
    html = marked(text, [Mark(1, 4, 21, "?claim=1")])
    assert html.count("<p>") == 3
    assert html.count("<sup>1</sup>") == 1
    assert html.index("<sup>1</sup>") > html.index("burn")


def test_what_an_article_says_is_text_and_never_markup() -> None:
    text = "<script>alert(1)</script> said </p><b onclick=x>Bram & Oxley"
    html = marked(text, [Mark(1, 4, 20, '?"><script>')])
    assert "<script" not in html
    assert "<b " not in html
    assert Read(html).words == text


def test_the_claim_that_is_looked_at_says_so_to_everybody() -> None:
    assert 'aria-current="true"' in marked("The lamps burn.", [Mark(1, 0, 9, "?", "is-on")])
    assert "aria-current" not in marked("The lamps burn.", [Mark(1, 0, 9, "?", "is-done")])
