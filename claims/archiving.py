"""The archive of this desk and its book of record: bytes go into the one, and a Snapshot tells of them in the other."""

from dataclasses import asdict, dataclass, field

from django.conf import settings

from claims.capture.archive import FolderArchive
from claims.capture.door import Capture
from claims.capture.text import TEXT_NORMALISER
from claims.capture.told import Told
from claims.models import Snapshot


def archive() -> FolderArchive:
    """Return the store of exact bytes that the operator set up."""
    return FolderArchive(settings.ARCHIVE_DIR)


@dataclass(frozen=True, slots=True)
class Handed:
    """Bytes somebody handed in, or the door brought, and what is known of where they came from."""

    body: bytes
    origin: Snapshot.Origin
    media_type: str | None = None
    filename: str | None = None
    capture: Capture | None = None
    told: Told = field(default_factory=Told)

    @property
    def url(self) -> str | None:
        """The address the bytes finally came from."""
        return self.capture.final_url if self.capture else None


def store_snapshot(handed: Handed, sha256: str, digest: str | None) -> Snapshot:
    """Note what was handed in or fetched. `sha256` is of the bytes, in the archive already; `digest` of their text."""
    capture = handed.capture
    return Snapshot.objects.create(
        origin=handed.origin,
        outcome=capture.outcome if capture else Snapshot.Outcome.OK,
        requested_url=capture.requested_url if capture else None,
        final_url=capture.final_url if capture else None,
        redirects=[asdict(redirect) for redirect in capture.redirects] if capture else [],
        # A file name may hold bytes that are not UTF-8; PostgreSQL holds neither those nor NUL.
        filename=handed.filename and handed.filename.encode("utf-8", "backslashreplace").decode().replace("\0", ""),
        status=capture.status if capture else None,
        headers=[list(pair) for pair in capture.headers] if capture else [],
        media_type=handed.media_type and handed.media_type[:200],
        address=capture.address if capture else None,
        certificate_sha256=capture.certificate_sha256 if capture else None,
        size=len(handed.body),
        sha256=sha256,
        text_sha256=digest,
        text_normaliser=TEXT_NORMALISER if digest else None,
    )
