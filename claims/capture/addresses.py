"""Which IP addresses are not on the public internet, from a table of our own.

The table follows the IANA registries, whose entries cite the RFCs named beside each block:
  https://www.iana.org/assignments/iana-ipv4-special-registry/ (RFC 6890 and its successors)
  https://www.iana.org/assignments/iana-ipv6-special-registry/
  https://www.iana.org/assignments/multicast-addresses/ and https://www.iana.org/assignments/ipv6-address-space/
A block is refused unless its registry calls it globally reachable. `ipaddress.is_private` is not used: it differs from
one Python to the next and knows nothing of tunnels. Within IPv6 only 2000::/3 is given out as global unicast, so the
rest is refused as a whole, except for addresses that carry a public IPv4 address in the mapped or NAT64 form.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

from claims.wording import Words, words

IPV4_NOT_PUBLIC: Final = tuple(
    (IPv4Network(block), reason)
    for block, reason in (
        ("0.0.0.0/8", "unspecified, “this network” (RFC 791)"),
        ("10.0.0.0/8", "private use (RFC 1918)"),
        ("100.64.0.0/10", "carrier-grade NAT (RFC 6598)"),
        ("127.0.0.0/8", "loopback (RFC 1122)"),
        ("168.63.129.16/32", "a cloud's own metadata and health service (Azure)"),
        ("169.254.0.0/16", "link-local, cloud metadata included (RFC 3927)"),
        ("172.16.0.0/12", "private use (RFC 1918)"),
        ("192.0.0.0/24", "IETF protocol assignments (RFC 6890)"),
        ("192.0.2.0/24", "documentation (RFC 5737)"),
        ("192.88.99.0/24", "the retired 6to4 relay (RFC 7526)"),
        ("192.168.0.0/16", "private use (RFC 1918)"),
        ("198.18.0.0/15", "benchmarks (RFC 2544)"),
        ("198.51.100.0/24", "documentation (RFC 5737)"),
        ("203.0.113.0/24", "documentation (RFC 5737)"),
        ("224.0.0.0/4", "multicast (RFC 5771)"),
        ("255.255.255.255/32", "broadcast (RFC 919)"),
        ("240.0.0.0/4", "reserved (RFC 1112)"),
    )
)

IPV6_NOT_PUBLIC: Final = tuple(
    (IPv6Network(block), reason)
    for block, reason in (
        ("::/128", "unspecified (RFC 4291)"),
        ("::1/128", "loopback (RFC 4291)"),
        ("::/96", "the retired IPv4-compatible form (RFC 4291)"),
        ("64:ff9b:1::/48", "NAT64 within one network (RFC 8215)"),
        ("100::/64", "discard-only (RFC 6666)"),
        ("100:0:0:1::/64", "a dummy prefix (RFC 9780)"),
        ("2001::/32", "Teredo tunnels (RFC 4380)"),
        ("2001:2::/48", "benchmarks (RFC 5180)"),
        ("2001::/23", "IETF protocol assignments (RFC 2928)"),
        ("2001:db8::/32", "documentation (RFC 3849)"),
        ("2002::/16", "6to4 tunnels (RFC 3056, RFC 7526)"),
        ("3fff::/20", "documentation (RFC 9637)"),
        ("5f00::/16", "segment routing (RFC 9602)"),
        ("fc00::/7", "unique local (RFC 4193)"),
        ("fe80::/10", "link-local (RFC 4291)"),
        ("fec0::/10", "retired site-local (RFC 3879)"),
        ("ff00::/8", "multicast (RFC 4291)"),
    )
)

GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
IPV4_MAPPED: Final = IPv6Network("::ffff:0:0/96")
IPV4_COMPATIBLE: Final = IPv6Network("::/96")
NAT64: Final = IPv6Network("64:ff9b::/96")
NAT64_LOCAL: Final = IPv6Network("64:ff9b:1::/48")
SIX_TO_FOUR: Final = IPv6Network("2002::/16")
TEREDO: Final = IPv6Network("2001::/32")

_LOW_32_BITS: Final = 0xFFFFFFFF


def parse_address(text: str) -> IPv4Address | IPv6Address:
    """Return the address a resolver gave as text. Raises `ValueError` for all else, zone ids (`%eth0`) included."""
    if "%" in text:
        raise ValueError(f"{text!r} names a network interface of this machine")
    return ip_address(text)


def embedded_ipv4(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the IPv4 addresses that `address` carries: one, or for Teredo its server and its client; else none.

    Forms: mapped and compatible (RFC 4291 §2.5.5), NAT64 (RFC 6052 §2.2, /96, and /48 with the octet u between the
    halves), 6to4 (RFC 3056 §2), Teredo (RFC 4380 §4, the client's bits inverted). A local NAT64 prefix may be /96
    inside its /48, so both readings are returned. `::` and `::1` carry nothing: they are addresses of their own.
    """
    bits = int(address)
    if bits <= 1:
        return ()
    last = IPv4Address(bits & _LOW_32_BITS)
    if address in IPV4_MAPPED or address in IPV4_COMPATIBLE or address in NAT64:
        return (last,)
    if address in NAT64_LOCAL:
        halves = (bits >> 64 & 0xFFFF) << 16 | bits >> 40 & 0xFFFF
        return (IPv4Address(halves), last)
    if address in SIX_TO_FOUR:
        return (IPv4Address(bits >> 80 & _LOW_32_BITS),)
    if address in TEREDO:
        client = IPv4Address(~bits & _LOW_32_BITS)
        return (IPv4Address(bits >> 64 & _LOW_32_BITS), client)
    return ()


def why_not_public(address: IPv4Address | IPv6Address) -> Words | None:
    """Return why nothing at `address` may be fetched, naming the block it lies in; `None` when it is public.

    An address inside an address is checked first, so that the reason names what would really be reached. 6to4, Teredo,
    the compatible form and local NAT64 are refused whatever they carry: their own blocks are not globally reachable.
    """
    if isinstance(address, IPv4Address):
        return _block(address, IPV4_NOT_PUBLIC)
    if address.scope_id is not None:
        return words("%(address)s names a network interface of this machine", address=address)
    for inner in embedded_ipv4(address):
        reason = _block(inner, IPV4_NOT_PUBLIC)
        if reason is not None:
            return words(
                "%(address)s stands for %(inner)s, and %(reason)s", address=address, inner=inner, reason=reason
            )
    if address in IPV4_MAPPED or address in NAT64:
        return None
    if address not in GLOBAL_UNICAST:
        return _block(address, IPV6_NOT_PUBLIC) or words("%(address)s is reserved (RFC 4291)", address=address)
    return _block(address, IPV6_NOT_PUBLIC)


def _block(
    address: IPv4Address | IPv6Address, table: tuple[tuple[IPv4Network | IPv6Network, str], ...]
) -> Words | None:
    for network, reason in table:
        if address in network:
            return words("%(address)s is %(reason)s", address=address, reason=reason)
    return None
