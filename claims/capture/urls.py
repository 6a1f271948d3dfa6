"""The one parse of a URL, by the WHATWG URL Standard, as browsers do it (https://url.spec.whatwg.org/).

Everything downstream uses the `Target`, never the text it came from: two parsers that disagree about one URL are how a
check is passed for one host and a connection made to another.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from ada_url import URL, HostType, SchemeType

from claims.capture.errors import BadUrl
from claims.wording import words

MAX_URL_LENGTH: Final = 8000
"""Octets; what RFC 9110 §4.1 asks every sender and recipient to support at least."""

MAX_HOST_LENGTH: Final = 253
MAX_LABEL_LENGTH: Final = 63
"""RFC 1035 §2.3.4; the URL Standard leaves both to the resolver."""

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """An http(s) URL taken apart: `href` is its normal form without credentials and fragment, `host` is ASCII
    (punycode, no trailing dot, IPv6 without brackets) and `address` is set when the host is an IP literal."""

    href: str
    scheme: str
    host: str
    port: int
    path_and_query: str
    address: IPv4Address | IPv6Address | None

    @property
    def origin(self) -> tuple[str, str, int]:
        """Return scheme, host and port: what may see a secret, and what a connection leads to."""
        return (self.scheme, self.host, self.port)

    @property
    def host_header(self) -> str:
        """Return the value of the Host header: brackets round IPv6, the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if isinstance(self.address, IPv6Address) else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse_url(text: str, *, base: Target | None = None) -> Target:
    """Parse `text`, relative to `base` where given, into a `Target`.

    User name, password and fragment are dropped: they are neither sent nor stored.
    Raises `BadUrl`, whose sentence says what is wrong with the address.
    """
    if len(text) > MAX_URL_LENGTH:
        raise BadUrl(words("The address is longer than %(limit)s characters.", limit=MAX_URL_LENGTH))
    try:
        url = URL(text, base.href if base else None)
    except ValueError:
        raise BadUrl(
            words(
                "“%(url)s” is not a web address: write it in full, beginning with https://.",
                url=_shown(text),
            )
        ) from None
    if url.scheme_type not in (SchemeType.HTTP, SchemeType.HTTPS):
        raise BadUrl(
            words(
                "Only http and https addresses are fetched, and this one begins with “%(scheme)s”.",
                scheme=_shown(url.protocol),
            )
        )
    return _target(url)


def _target(url: URL) -> Target:
    scheme = url.protocol.removesuffix(":")
    host, address = _host(url)
    port = int(url.port) if url.port else _DEFAULT_PORTS[scheme]
    if port == 0:
        raise BadUrl(words("The address names port 0, which nothing can listen on."))
    shown_host = f"[{host}]" if isinstance(address, IPv6Address) else host
    shown_port = "" if port == _DEFAULT_PORTS[scheme] else f":{port}"
    path_and_query = f"{url.pathname}{url.search}"
    href = f"{scheme}://{shown_host}{shown_port}{path_and_query}"
    if len(href) > MAX_URL_LENGTH:
        raise BadUrl(words("The address is longer than %(limit)s characters.", limit=MAX_URL_LENGTH))
    return Target(href, scheme, host, port, path_and_query, address)


def _host(url: URL) -> tuple[str, IPv4Address | IPv6Address | None]:
    if url.host_type == HostType.IPV4:
        return url.hostname, ip_address(url.hostname)
    if url.host_type == HostType.IPV6:
        address = ip_address(url.hostname.strip("[]"))
        return str(address), address
    host = url.hostname.removesuffix(".")
    labels = host.split(".")
    if len(host) > MAX_HOST_LENGTH or any(not 0 < len(label) <= MAX_LABEL_LENGTH for label in labels):
        raise BadUrl(words("“%(host)s” cannot be a host name: check its spelling.", host=_shown(host)))
    return host, None


def _shown(text: str) -> str:
    """Return `text` short enough for a sentence, without what a terminal or a template could act upon."""
    printable = "".join(character if character.isprintable() else "�" for character in text)
    return printable if len(printable) <= 200 else f"{printable[:199]}…"
