"""Who we say we are, and what of an address we do not tell."""

import pytest

from claims.capture.introducing import introduced, product_token
from claims.capture.redacting import redacted


@pytest.mark.parametrize(
    ("place", "contact", "agent"),
    [
        ("", "", "Readout/0.1 (newsroom verification)"),
        ("https://desk.example/", "me@desk.example", "Readout/0.1 (+https://desk.example/; me@desk.example)"),
        ("", "https://desk.example/contact", "Readout/0.1 (https://desk.example/contact)"),
        (
            "https://bücher.example",
            "ä@bücher.example",
            "Readout/0.1 (+https://xn--bcher-kva.example/; a@xn--bcher-kva.example)",
        ),
        ("", "Ines (desk)\r\nX-Evil: 1", "Readout/0.1 (Ines desk X-Evil: 1)"),
        ("", "電話", "Readout/0.1 (newsroom verification)"),
    ],
)
def test_the_desk_names_itself_and_its_contact_in_what_a_header_can_carry(place: str, contact: str, agent: str) -> None:
    assert introduced(place, contact) == agent


@pytest.mark.parametrize(
    ("agent", "token"),
    [("Readout/0.1 (x)", "Readout"), ("Harbour-Desk/2", "Harbour-Desk"), ("port_desk", "port_desk"), ("42", "Readout")],
)
def test_robots_txt_knows_us_by_the_first_word(agent: str, token: str) -> None:
    assert product_token(agent) == token


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://a.example/?key=1&x=2", "https://a.example/?key=[withheld]&x=2"),
        ("https://a.example/?api_key=a&token=b#c", "https://a.example/?api_key=[withheld]&token=[withheld]#c"),
        ("https://a.example/?X-Amz-Signature=ff", "https://a.example/?X-Amz-Signature=[withheld]"),
        ("asked https://a.example/?apikey=z again", "asked https://a.example/?apikey=[withheld] again"),
        ("https://a.example/?monkey=2&author=3&keys", "https://a.example/?monkey=2&author=3&keys"),
        ("https://a.example/key=1", "https://a.example/key=1"),
    ],
)
def test_keys_in_an_address_are_left_out_and_the_rest_is_not(url: str, told: str) -> None:
    assert redacted(url) == told
