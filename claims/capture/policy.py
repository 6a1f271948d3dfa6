"""What the door may do, decided by the operator and handed in: the door reads no settings."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from claims.capture.addresses import parse_address
from claims.capture.errors import BadUrl
from claims.capture.urls import parse_url


@dataclass(frozen=True, slots=True)
class PrivateTarget:
    """One host on a private network that may be fetched: this name on this port is this address, and no other."""

    host: str
    address: IPv4Address | IPv6Address
    port: int

    @classmethod
    def parse(cls, text: str) -> "PrivateTarget":
        """Read `host=address:port` (IPv6 in brackets), the form an operator writes. Raises `ValueError`."""
        host, equals, place = text.partition("=")
        address, colon, port = place.rpartition(":")
        if not (host.strip() and equals and colon and port.strip().isdecimal() and 0 < int(port) < 65536):
            raise ValueError(f"{text!r} should read host=address:port, such as intranet.example=10.0.0.5:8443")
        try:
            name = parse_url(f"http://{host.strip()}/").host
            return cls(name, parse_address(address.strip().strip("[]")), int(port))
        except (BadUrl, ValueError) as error:
            raise ValueError(f"{text!r} should read host=address:port: {error}") from error


@dataclass(frozen=True, slots=True)
class DoorPolicy:
    """Limits of one fetch, all its redirects together. Sizes in bytes, times in seconds.

    `max_wire_bytes` counts what comes over the network (compressed), `max_entity_bytes` what it unpacks to.
    `idle_seconds` is the longest silence between two reads. `ca_file` adds certificate authorities (PEM) to the public
    ones, for an intranet's own. Raises `ValueError` for a limit that is not positive and for a User-Agent that names
    nobody.
    """

    user_agent: str
    private_targets: tuple[PrivateTarget, ...] = ()
    total_seconds: float = 60.0
    connect_seconds: float = 10.0
    idle_seconds: float = 20.0
    max_wire_bytes: int = 20_000_000
    max_entity_bytes: int = 50_000_000
    max_header_bytes: int = 65_536
    max_redirects: int = 5
    ca_file: str | None = None

    def __post_init__(self) -> None:
        """Refuse values under which no fetch could work."""
        if not self.user_agent.strip() or not self.user_agent.isascii() or not self.user_agent.isprintable():
            raise ValueError("the User-Agent has to say in printable ASCII who is asking, and where to complain")
        limits = (self.total_seconds, self.connect_seconds, self.idle_seconds)
        sizes = (self.max_wire_bytes, self.max_entity_bytes, self.max_header_bytes)
        if min(limits) <= 0 or min(sizes) <= 0 or self.max_redirects < 0:
            raise ValueError("every limit of the door has to be more than zero")

    def private_address(self, host: str, port: int) -> str | None:
        """Return the address the operator allows for exactly this host and port; `None` when none is named."""
        for target in self.private_targets:
            if (target.host, target.port) == (host, port):
                return str(target.address)
        return None
