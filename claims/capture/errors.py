"""What can go wrong between an address and readable text, and whether trying again can help.

CaptureError
  DoorError                 a fetch brought no page
    BadUrl                  not an address this system fetches
    ForbiddenAddress        the name leads into a private network
    NameNotFound            the name has no address
    ConnectionFailed        nobody answered, or the line broke
    TlsFailed               the certificate or the handshake was refused
    TooSlow                 the deadline passed
    TooLarge                more bytes than the policy takes, before or after decompression
    TooManyRedirects        the chain of redirects did not end
    BadResponse             what came back is not HTTP as we asked for it
  Unreadable                bytes that hold no article
    EmptyInput              nothing in it
    BinaryInput             an image, an archive, a program
    OversizedInput          more bytes than we read
    TextlessInput           a page of scripts or pictures, a scanned PDF
    EncryptedInput          a PDF that wants a password
    DamagedInput            a PDF that cannot be parsed
  ArchiveError              the store of exact bytes
    ArchiveFull             no room left on the device
    ArchiveUnwritable       the folder refuses us
    BytesMissing            no bytes under that hash
    BytesDamaged            bytes there no longer match their hash
"""

from typing import TYPE_CHECKING

from claims.wording import Words

if TYPE_CHECKING:
    from claims.capture.exchange import Exchange


class CaptureError(Exception):
    """A failed capture: `sentence` says to a person what to do, `permanent` whether trying again is pointless."""

    permanent = True

    def __init__(self, sentence: Words, *, permanent: bool | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        if permanent is not None:
            self.permanent = permanent


class DoorError(CaptureError):
    """A fetch that brought no page; `exchanges` is what came over the wire before it ended, its redirects first."""

    exchanges: tuple["Exchange", ...] = ()


class BadUrl(DoorError):
    """The text is not an address this system fetches."""


class ForbiddenAddress(DoorError):
    """The name, or one of the addresses it resolves to, is not on the public internet."""


class NameNotFound(DoorError):
    """The name has no address; permanent when the name servers say it does not exist."""


class ConnectionFailed(DoorError):
    """Nobody answered at the address, or the connection broke off."""

    permanent = False


class TlsFailed(DoorError):
    """The certificate was not accepted (permanent), or the handshake broke off (not permanent)."""


class TooSlow(DoorError):
    """The deadline passed before the last byte arrived."""

    permanent = False


class TooLarge(DoorError):
    """The response is larger than the policy takes."""


class TooManyRedirects(DoorError):
    """The chain of redirects was longer than the policy follows."""


class BadResponse(DoorError):
    """What came back breaks HTTP, or uses an encoding that was not asked for."""


class Unreadable(CaptureError):
    """Bytes that hold no article a person could check."""


class EmptyInput(Unreadable):
    """There are no bytes, or only blanks."""


class BinaryInput(Unreadable):
    """The bytes are an image, an archive, a program or the like."""


class OversizedInput(Unreadable):
    """The input is larger than the reader takes."""


class TextlessInput(Unreadable):
    """A page or PDF without text of its own."""


class EncryptedInput(Unreadable):
    """A PDF that opens only with a password."""


class DamagedInput(Unreadable):
    """A PDF that cannot be parsed."""


class ArchiveError(CaptureError):
    """The store of exact bytes did not do its work."""


class ArchiveFull(ArchiveError):
    """No room left on the device, or over a quota."""

    permanent = False


class ArchiveUnwritable(ArchiveError):
    """The archive's folder cannot be written or read."""

    permanent = False


class BytesMissing(ArchiveError):
    """The archive holds no bytes under that hash."""


class BytesDamaged(ArchiveError):
    """The bytes under that hash have another hash now."""
