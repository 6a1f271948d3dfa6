"""Every way we know to name a private address leads nowhere: not one connection is tried, by the interpreter's account.

The forms are made from the addresses they hide: each private one, in each spelling, in each place where an address can
stand. `test_private_targets` has the cases with names of their own; here it is the number that counts.
"""

import re
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address
from itertools import cycle, product

import pytest

from claims.capture.door import Door
from claims.capture.errors import BadResponse, BadUrl, ConnectionFailed, DoorError, ForbiddenAddress, NameNotFound
from claims.capture.policy import DoorPolicy, PrivateTarget
from tests.claims.capture.doors import AGENT
from tests.claims.capture.loopback import LoopbackServer, redirect, response
from tests.claims.capture.recording import connects, not_public

PRIVATE = [
    "127.0.0.1", "127.8.9.10", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.100.100.200", "0.0.0.0",
    "168.63.129.16", "192.0.0.192", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
]  # fmt: skip
PRIVATE_V6 = ["::", "::1", "fe80::1", "febf::9", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1",
              "100::1", "2001:2::1", "3fff::1", "5f00::1", "4000::1", "2001::1"]  # fmt: skip
PUBLIC = "192.31.196.1"
PUBLIC_V6 = "2606:4700::1111"


def spellings(text: str) -> Iterator[str]:
    """Yield an IPv4 address as hosts of URLs spell it: decimal, octal, hex, short, mixed, wide, dotted otherwise."""
    value = int(IPv4Address(text))
    a, b, c, d = text.split(".")
    yield from (text, str(value), hex(value), f"0X{value:X}", f"0{value:o}", f"0x{value:012x}")
    yield from (f"{a}.{value & 0xFFFFFF}", f"{a}.{b}.{value & 0xFFFF}", f"0x{int(a):x}.{value & 0xFFFFFF:#x}")
    yield ".".join(f"0{int(part):o}" for part in (a, b, c, d))
    yield ".".join(f"0x{int(part):02X}" for part in (a, b, c, d))
    yield f"0{int(a):o}.0x{int(b):x}.{c}.{d}"
    yield f"{text}."
    yield "".join(chr(ord(letter) + 0xFEE0) if letter.isdigit() else letter for letter in text)
    yield "".join(chr(0x1D7CE + int(letter)) if letter.isdigit() else letter for letter in text)
    yield from (text.replace(".", dot) for dot in "。．｡")
    yield "".join(f"%{ord(letter):02x}" for letter in text)
    yield text.replace(".", "%2E")
    yield text.replace(".", ".\u00ad", 1)


def carriers(text: str) -> Iterator[str]:
    """Yield the IPv6 addresses in which an IPv4 address can travel, in the spellings that differ."""
    value = int(IPv4Address(text))
    high, low = value >> 16, value & 0xFFFF
    yield from (
        f"::ffff:{text}",
        f"::ffff:{high:x}:{low:x}",
        f"0:0:0:0:0:FFFF:{text}",
        f"::{text}",
        f"::{high:x}:{low:x}",
    )
    yield from (f"64:ff9b::{text}", f"64:ff9b::{high:x}:{low:x}", f"64:ff9b:1::{text}", f"::ffff:0:{text}")
    yield f"64:ff9b:1:{high:x}:{low >> 8:x}:{(low & 0xFF) << 8:x}::"
    yield from (f"2002:{high:x}:{low:x}::", f"2002:{high:x}:{low:x}::1", f"2001:0:{high:x}:{low:x}::1")
    yield f"2001::{~high & 0xFFFF:x}:{~low & 0xFFFF:x}"
    yield f"fe80::5efe:{text}"
    yield f"fd00::{text}"


WHERE = [
    "http://{}/", "https://{}/", "http://{}:8080/", "http://{}:443/x?y#z", "//{}/", "http:{}/", "http:/{}/",
    "http:\\\\{}\\",
    "hTTp://{}", " \thttp://{}/ \n", "http://news.example@{}/", "http://news.example:80@{}/",
    "http://{}#@news.example/",
    "http://{}?@news.example/", "http://{}\\@news.example/", "http://news.example%2f@{}/", "http://:@{}/",
    "http:///{}/",
    "ht\ntp://{}/", "http://{}/\\..\\news.example", "https://news.example:news@{}:8443",
]  # fmt: skip


def forms() -> list[str]:
    """Return one URL a spelling, in each place by turns."""
    places = cycle(WHERE)
    hosts = [spelling for text in PRIVATE for spelling in spellings(text)]
    hosts += [f"[{carrier}]" for text in PRIVATE[:6] for carrier in carriers(text)]
    hosts += [f"[{text}]" for text in PRIVATE_V6] + [f"[{IPv6Address(text).exploded}]" for text in PRIVATE_V6]
    hosts += ["localhost", "LocalHost.", "a.b.localhost", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "local\u200bhost", "localho%73t", "ｌocalhost"]
    return [next(places).format(host) for host in hosts]


NOT_FETCHED = [
    "file:///etc/passwd", "file://localhost/etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:6379/_INFO",
    "dict://127.0.0.1/",
    "ldap://127.0.0.1/", "data:text/html,x", "javascript:alert(1)", "jar:http://127.0.0.1!/",
    "unix:///var/run/docker.sock",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/info", "ws://127.0.0.1/", "view-source:http://127.0.0.1/",
    "blob:http://127.0.0.1/x",
    "http://[::1%25lo]/", "http://[fe80::1%eth0]/", "http://[::1]:70000/", "http://127.0.0.1:0/",
    "http://127.0.0.1:-80/",
    "http://127.0.0.1:8 0/", "http://[::ffff:127.0.0.1/", "http://::1/", "http://127.0.0.1.1.1/", "http://256.0.0.1/x",
    "http://08.0.0.1/", "http://4294967296/", "http://1.2.3.4.5/", "http:// 127.0.0.1/",
    "http://127.0.0.1%00.news.example/", "http://127.0.0.1%0d%0aHost:x/", "http://127.0.0.1%20/", "http://%/",
    "http://",
]  # fmt: skip


def door(*answers: Sequence[str], target: PrivateTarget | None = None) -> tuple[Door, list[str]]:
    """Return a door whose resolver gives `answers` one after another, the last for ever, and what it was asked."""
    asked: list[str] = []

    def resolver(host: str, port: int, seconds: float) -> Sequence[str]:
        asked.append(host)
        if not answers:
            raise AssertionError(f"{host} was looked up")
        return answers[min(len(asked), len(answers)) - 1]

    policy = DoorPolicy(AGENT, (target,) if target else (), total_seconds=3, connect_seconds=0.3)
    return Door(policy, resolver), asked


def refusals(urls: Sequence[str]) -> list[str]:
    """Fetch each of `urls` and return those that were not refused for good; fails where a connection is tried."""
    through = []
    guarded, _ = door()
    with connects() as tried, guarded:
        for url in urls:
            try:
                guarded.fetch(url)
            except (ForbiddenAddress, BadUrl) as error:
                assert error.permanent
            except DoorError:
                through.append(url)
            else:
                through.append(url)
    assert tried == []
    return through


def test_there_are_at_least_three_hundred_forms_and_they_differ() -> None:
    assert len(set(forms())) >= 300
    assert len(set(NOT_FETCHED)) > 30


def test_no_form_of_a_private_address_is_connected_to() -> None:
    assert refusals(forms()) == []


def test_what_is_no_web_address_is_not_connected_to() -> None:
    assert refusals(NOT_FETCHED) == []


@pytest.mark.parametrize("where", WHERE)
def test_every_place_for_a_host_is_read_as_browsers_read_it(where: str) -> None:
    hosts = ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:7f00:1]", "localhost", "127。0。0。1"]
    assert refusals([where.format(host) for host in hosts]) == []


def test_the_same_forms_behind_a_redirect_are_not_connected_to_either() -> None:
    with LoopbackServer() as entrance:
        target = PrivateTarget.parse(f"entrance.example=127.0.0.1:{entrance.port}")
        locations = [form.strip().replace("\n", "") for form in forms()] + NOT_FETCHED
        entrance.answers |= {f"/{n}": redirect(location) for n, location in enumerate(locations)}
        followed = []
        guarded, _ = door(target=target)
        with connects() as tried, guarded:
            for n, location in enumerate(locations):
                try:
                    guarded.fetch(f"http://entrance.example:{entrance.port}/{n}")
                except (ForbiddenAddress, BadResponse):
                    continue
                followed.append(location)
        assert set(tried) == {("127.0.0.1", entrance.port)}
    # With the scheme of the page it stands on and less than two slashes, an address is a path there.
    assert [location for location in followed if re.match(r"http:(?![/\\]{2})", location) is None] == []


NAMES = [
    "metadata.example", "metadata.google.internal", "instance-data", "kubernetes.default.svc", "host.docker.internal",
    "printer.local", "router.lan", "127.0.0.1.nip.example", "rebound.example", "xn--p1ai", "a", "news.example.",
    "0x7f.0.0.0x1g",
]  # fmt: skip
ANSWERS = [*PRIVATE, *PRIVATE_V6, *(carrier for text in PRIVATE[:3] for carrier in carriers(text)), "127.1",
    "0x7f000001",
           "2130706433", "fe80::1%lo", "::1%1", "localhost", "127.0.0.1 ", "", "127.0.0.1\n"]  # fmt: skip


def test_a_name_for_a_private_address_is_not_connected_to_alone_or_among_public_ones() -> None:
    with connects() as tried:
        for name, answer in zip(cycle(NAMES), ANSWERS, strict=False):
            for answers in ([answer], [PUBLIC, answer], [answer, PUBLIC], [PUBLIC_V6, PUBLIC, answer]):
                guarded, asked = door(answers)
                with guarded, pytest.raises(ForbiddenAddress):
                    guarded.fetch(f"https://{name}/")
                assert asked == [name.rstrip(".")]
    assert tried == []


@pytest.mark.parametrize("port", [80, 443, 22, 25, 6379, 5432, 11211, 2375, 9200, 65535])
def test_no_port_of_a_private_address_is_connected_to(port: int) -> None:
    places = product(("http", "https"), ("127.0.0.1", "[::1]", "localhost"))
    assert refusals([f"{scheme}://{host}:{port}/" for scheme, host in places]) == []


def test_a_name_that_changes_its_answer_leads_to_the_one_that_was_vetted_or_nowhere() -> None:
    for private in PRIVATE:
        guarded, asked = door([PUBLIC], [private], [PUBLIC, PUBLIC_V6], [private])
        with connects() as tried, guarded:
            for expected in (ConnectionFailed, ForbiddenAddress, ConnectionFailed, ForbiddenAddress):
                with pytest.raises(expected):
                    guarded.fetch("http://rebinding.example/")
        assert tried == [(PUBLIC, 80), (PUBLIC, 80), (PUBLIC_V6, 80)]
        assert not_public(tried) == []
        assert asked == ["rebinding.example"] * 4


def test_a_kept_connection_leads_where_it_was_vetted_whatever_its_name_means_by_now() -> None:
    with LoopbackServer({"/": response(b"x")}, patient=True) as server:
        target = PrivateTarget.parse(f"kept.example=127.0.0.1:{server.port}")
        guarded, asked = door(["10.0.0.1"], target=target)
        with connects() as tried, guarded:
            for _ in range(3):
                guarded.fetch(f"http://kept.example:{server.port}/")
            with pytest.raises(ForbiddenAddress):
                guarded.fetch(f"http://kept.example:{server.port + 1}/")
        assert tried == [("127.0.0.1", server.port)]
        assert asked == ["kept.example"]


def test_a_redirect_to_a_name_is_vetted_anew() -> None:
    with LoopbackServer() as entrance:
        target = PrivateTarget.parse(f"entrance.example=127.0.0.1:{entrance.port}")
        entrance.answers["/"] = redirect("https://inside.example/")
        for private in ANSWERS:
            guarded, asked = door([private, PUBLIC], target=target)
            with connects() as tried, guarded, pytest.raises(ForbiddenAddress):
                guarded.fetch(f"http://entrance.example:{entrance.port}/")
            assert (tried, asked) == ([("127.0.0.1", entrance.port)], ["inside.example"])


def test_a_post_is_held_to_the_same_addresses() -> None:
    guarded, _ = door()
    with connects() as tried, guarded:
        for form in forms()[::7]:
            with pytest.raises((ForbiddenAddress, BadUrl)):
                guarded.fetch(form, method="POST", body=b"x", secret=("X-Api-Key", "swordfish"))
    assert tried == []


def test_a_public_address_is_connected_to_which_shows_that_the_record_hears() -> None:
    guarded, _ = door([PUBLIC_V6, PUBLIC])
    with connects() as tried, guarded:
        for url in ("http://news.example/", f"http://{PUBLIC}:8080/", "http://[64:ff9b::c01f:c401]/"):
            with pytest.raises(ConnectionFailed):
                guarded.fetch(url)
    assert tried == [(PUBLIC_V6, 80), (PUBLIC, 80), (PUBLIC, 8080), ("64:ff9b::c01f:c401", 80)]
    assert not_public(tried) == []


def test_a_name_without_an_answer_is_not_connected_to() -> None:
    guarded, _ = door([])
    with connects() as tried, guarded, pytest.raises(NameNotFound):
        guarded.fetch("http://nowhere.example/")
    assert tried == []
