"""Which addresses are on the public internet."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.capture.addresses import (
    IPV4_MAPPED,
    IPV4_NOT_PUBLIC,
    NAT64,
    embedded_ipv4,
    parse_address,
    why_not_public,
)

PUBLIC_IPV4 = ["1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.1"]


def inside(network: int, prefix: int, width: int) -> st.SearchStrategy[int]:
    return st.integers(0, 2 ** (width - prefix) - 1).map(lambda low: network | low)


not_public_ipv4 = st.sampled_from(IPV4_NOT_PUBLIC).flatmap(
    lambda row: inside(int(row[0].network_address), row[0].prefixlen, 32).map(IPv4Address)
)


def carriers(inner: IPv4Address) -> list[IPv6Address]:
    """Return every IPv6 address form that carries `inner`."""
    value = int(inner)
    return [
        IPv6Address(0xFFFF << 32 | value),
        IPv6Address(value),
        IPv6Address(int(NAT64.network_address) | value),
        IPv6Address(int(IPv6Address("64:ff9b:1::")) | value),
        IPv6Address(int(IPv6Address("64:ff9b:1::")) | (value >> 16) << 64 | (value & 0xFFFF) << 40),
        IPv6Address(0x2002 << 112 | value << 80 | 1),
        IPv6Address(0x20010000 << 96 | 0x08080808 << 64 | (~value & 0xFFFFFFFF)),
        IPv6Address(0x20010000 << 96 | value << 64 | (~0x08080808 & 0xFFFFFFFF)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::808:808",
        "100::1",
        "100:0:0:1::1",
        "2001::1",
        "2001:2::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "3fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_an_address_that_is_not_public_is_refused_with_its_reason(text: str) -> None:
    reason = why_not_public(ip_address(text))
    assert reason is not None
    assert "RFC" in str(reason) or "metadata" in str(reason)


@pytest.mark.parametrize(
    "text", [*PUBLIC_IPV4, "2606:4700::1111", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_is_let_through(text: str) -> None:
    assert why_not_public(ip_address(text)) is None


@given(not_public_ipv4)
def test_no_disguise_makes_a_private_ipv4_address_public(inner: IPv4Address) -> None:
    assert why_not_public(inner) is not None
    for carrier in carriers(inner):
        assert why_not_public(carrier) is not None, carrier


@given(st.integers(2, 2**32 - 1).map(IPv4Address))
def test_the_address_inside_is_found_in_every_form(inner: IPv4Address) -> None:
    for carrier in carriers(inner):
        assert inner in embedded_ipv4(carrier), carrier


def test_the_reason_names_the_address_inside() -> None:
    assert "127.0.0.1" in str(why_not_public(ip_address("2002:7f00:1::1")))


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_what_the_standard_library_calls_not_global_is_never_let_through(address: IPv4Address | IPv6Address) -> None:
    if isinstance(address, IPv6Address):
        assume(address not in IPV4_MAPPED)  # there the library looks at the wrapping only
    assert why_not_public(address) is not None or address.is_global


@given(st.ip_addresses(v=6).filter(lambda address: address not in IPv6Network("2000::/3")))
def test_nothing_outside_global_unicast_is_let_through_but_a_public_ipv4_address(address: IPv6Address) -> None:
    if why_not_public(address) is None:
        assert address in IPV4_MAPPED or address in NAT64


@pytest.mark.parametrize(
    "text", ["fe80::1%eth0", "2606:4700::1111%1", "127.0.0.1\n", "localhost", "", "0x7f.1", "1.2.3"]
)
def test_what_is_no_plain_address_is_not_parsed(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_address(text)


def test_a_zone_id_is_refused_even_on_a_public_address() -> None:
    assert why_not_public(IPv6Address("2606:4700::1111%eth0")) is not None
