import pytest

from verification.matching.markup import blank_markup
from verification.matching.quotes import check_quote

PAGE = """
<p>The ferry to <b>Little&nbsp;Orlo</b> sails on the 7<sup>th</sup> &#8211; weather per&shy;mitting
&amp; tide allowing.</p>
<p>Captain Bea Holm&rsquo;s crew won&#x2019;t wait.<sup>3</sup> All tickets cost 12&nbsp;crowns.</p>

It *will*not[ stop](https://ferries.example/a_(b)) at [S](https://ferries.example/1)[elby](https://ferries.example/2)
before noon.[^2] Read the ferry\\_register.

1.  Bring a coat.
2.  Bring bread.
"""


@pytest.mark.parametrize(
    "quote",
    [
        "The ferry to Little Orlo sails on the 7th – weather permitting & tide allowing.",
        "Captain Bea Holm’s crew won’t wait. All tickets cost 12 crowns.",
        "stop at Selby before noon. Read the ferry_register.",
        "1. Bring a coat. 2. Bring bread.",
    ],
)
def test_markup_entities_and_footnote_marks_are_no_part_of_a_text(quote: str) -> None:
    assert check_quote(quote, PAGE).quote_class == "exact"


@pytest.mark.parametrize("quote", ["sails on the 8th", "sails on the th", "won’t wait.3 All tickets", "Bea Holms crew"])
def test_what_markup_surrounds_is_part_of_the_text(quote: str) -> None:
    assert check_quote(quote, PAGE).quote_class in {"altered", "not_found"}


def test_the_number_of_a_list_item_left_out_is_no_change_of_words() -> None:
    assert check_quote("Bring a coat. Bring bread.", PAGE).quote_class == "normalised"
    assert check_quote("3. Bring a coat. 4. Bring bread.", PAGE).quote_class == "altered"


@pytest.mark.parametrize(
    "text", [PAGE, "a < b & c > d &nosuch; [x](y", "&#0;&#99999999;&lt;b&gt;", "<td>a</td><td>b</td>"]
)
def test_blanking_moves_nothing(text: str) -> None:
    assert len(blank_markup(text)) == len(text)


def test_cells_of_a_table_stay_apart() -> None:
    assert check_quote("Selby to Tamre", "<td>Selby to</td><td>Tamre</td>").quote_class == "exact"
    assert check_quote("Selby toTamre", "<td>Selby to</td><td>Tamre</td>").quote_class != "exact"
