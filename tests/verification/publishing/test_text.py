"""Text made fit for where it goes."""

import pytest

from verification.publishing.plain_text import one_line, printable, web_address


def test_characters_that_no_xml_holds_are_left_out_and_all_others_kept() -> None:
    assert printable("a\x00b\x0bc\ud800d\ufffee\uffff") == "abcde"
    kept = "tab\tline\nünï “quoted” 🪔 \u202e\u2028"
    assert printable(kept) == kept


def test_a_long_text_is_cut_to_one_line_with_an_ellipsis() -> None:
    assert one_line("forty\n\n lamps\x01", 40) == "forty lamps"
    assert one_line("lamp" * 2500, 20) == ("lamp" * 5)[:19] + "…"
    assert one_line("a\u0308" * 10, 6) == "a\u0308" * 2 + "…"  # no letter without its dots


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//port.example", "", None]
)
def test_no_address_that_would_run_something_becomes_a_link(url: str | None) -> None:
    assert web_address(url) is None


def test_addresses_of_pages_become_links() -> None:
    assert web_address(" https://port.example/a?b=c ") == "https://port.example/a?b=c"


def test_letters_of_windows_in_old_titles_are_what_they_were_meant_to_be() -> None:
    assert printable("The lamp\x92s \x93oil\x94 cost 3\x80\x85") == "The lamp’s “oil” cost 3€…"
    assert printable("a\x81b\x7fc") == "abc"
