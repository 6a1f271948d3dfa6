"""One parse of a URL, as browsers do it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.capture.errors import BadUrl
from claims.capture.urls import parse_url


def test_credentials_and_fragment_are_neither_sent_nor_stored() -> None:
    target = parse_url("https://editor:secret@news.example/a?b=c#part")
    assert target.href == "https://news.example/a?b=c"
    assert target.path_and_query == "/a?b=c"


def test_an_international_host_becomes_ascii() -> None:
    assert parse_url("https://zürich.example/ü").href == "https://xn--zrich-kva.example/%C3%BC"


def test_a_trailing_dot_names_the_same_host() -> None:
    assert parse_url("http://News.Example./").host == "news.example"


def test_the_default_port_is_left_out_and_another_is_kept() -> None:
    assert parse_url("https://news.example:443/").host_header == "news.example"
    assert parse_url("https://news.example:8443/").host_header == "news.example:8443"
    assert parse_url("https://news.example:8443/").href == "https://news.example:8443/"


def test_an_ipv6_host_keeps_its_brackets_in_address_and_header() -> None:
    target = parse_url("http://[2001:DB8::0:1]:8080/x")
    assert (target.host, target.host_header) == ("2001:db8::1", "[2001:db8::1]:8080")
    assert target.href == "http://[2001:db8::1]:8080/x"


def test_a_relative_address_is_read_against_its_base() -> None:
    base = parse_url("https://news.example/world/today?page=2")
    assert parse_url("../sport", base=base).href == "https://news.example/sport"
    assert parse_url("//cdn.example/x", base=base).href == "https://cdn.example/x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "news.example/a",
        "file:///etc/passwd",
        "ftp://news.example/",
        "javascript:alert(1)",
        "gopher://news.example/",
        "http://",
        "http://news..example/",
        f"http://{'a' * 64}.example/",
        f"http://{'a.' * 130}example/",
        "http://news.example:0/",
        "http://news.example:70000/",
        "http://[fe80::1%25eth0]/",
        "http://1.2.3.4.5/",
        "http://ex\x00ample/",
        "http://\ud800.example/",
        f"http://news.example/{'a' * 8000}",
        f"http://news.example/{'ü' * 7000}",
    ],
)
def test_what_is_no_web_address_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(BadUrl) as refused:
        parse_url(text)
    assert refused.value.permanent
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 400


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_parsed_address_parses_to_itself_whatever_was_typed(host: str, path: str) -> None:
    try:
        target = parse_url(f"http://{host}.example/{path}")
    except BadUrl:
        return
    assert parse_url(target.href) == target
    assert target.href.isascii()
    assert "@" not in target.host
