"""How often a network asks, counted in this process's memory under a hash whose salt is forgotten with the day.

No reader's address is stored. Each process counts by itself: so many processes, so many times what one lets through.
"""

import hashlib
import secrets
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone


def asked_of_network(request: HttpRequest, what: str, seconds: int) -> tuple[int, int]:
    """Count one request of a network for `what`, and return how many it made in this span and when that ends.

    Spans of so many `seconds` follow one another by the clock; the second figure is the seconds that are left of it.
    """
    now = timezone.now()
    span, into = divmod(int(now.timestamp()), seconds)
    salt = cache.get_or_set(f"network-salt-{now:%Y%m%d}", lambda: secrets.token_hex(32), 24 * 3600)
    who = hashlib.sha256(f"{salt} {network_of(request)}".encode()).hexdigest()
    key = f"{what}-{seconds}-{span}-{who}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key), seconds - into
    except ValueError:  # the span ended in between
        return 1, seconds


def network_of(request: HttpRequest) -> str:
    """Return whose network asks: the peer's, or what a proxy on a private address says of it; of IPv6 the /64."""
    peer = _address(request.META.get("REMOTE_ADDR", ""))
    if (peer is None or not peer.is_global) and (told := request.headers.get("X-Forwarded-For")):
        peer = _address(told.rpartition(",")[2]) or peer
    return str(ip_network((peer, 64), strict=False)) if isinstance(peer, IPv6Address) else str(peer)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
