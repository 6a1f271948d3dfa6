"""ZIP archives of which every byte follows from their members: written, and read back strictly. Knows no Django.

Members are stored, not compressed, in the order of their names, dated 1980-01-01 00:00, made by Unix (3) with mode
0100644, with no extra field, comment or data descriptor. Names are lower-case ASCII letters, digits and `._-/`, no part
of them empty or of dots alone. An archive that differs from this in one byte is refused, headers included, so there is
one archive for given members. Any unzip reads it.
"""

import re
import struct
import zlib
from collections.abc import Mapping
from typing import Final

from claims.wording import Words, words

NAME: Final = re.compile(r"(?!(?:.*/)?\.+(?:/|$))[a-z0-9._-]+(?:/[a-z0-9._-]+)*")
LONGEST_NAME: Final = 200
MOST_MEMBERS: Final = 10_000
MOST_BYTES: Final = 1 << 30
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_VERSION, _UNIX, _MODE, _DAY = 20, 3, 0o100644, (1 << 5) | 1


class ZipFault(ValueError):
    """Bytes that are no archive of this kind; `sentence` says why."""

    def __init__(self, sentence: Words) -> None:
        """Keep the sentence."""
        self.sentence = sentence
        super().__init__(str(sentence))


def write_archive(members: Mapping[str, bytes]) -> bytes:
    """Return the archive of these members, by name. Raises ValueError for a name or a size that it cannot hold."""
    if len(members) > MOST_MEMBERS:
        raise ValueError(f"more than {MOST_MEMBERS} members")
    parts: list[bytes] = []
    told: list[_Member] = []
    place = 0
    for name in sorted(members):
        if not _is_name(name):
            raise ValueError(f"{name!r} is no name for a member")
        data = members[name]
        member = _Member(name.encode("ascii"), zlib.crc32(data), len(data), place)
        told.append(member)
        parts += [member.local, data]
        place += len(member.local) + len(data)
        if place > MOST_BYTES:
            raise ValueError(f"more than {MOST_BYTES} bytes")
    return b"".join([*parts, _ending(told, place)])


def read_archive(data: bytes) -> dict[str, memoryview]:
    """Return the members of an archive by name, as views of its bytes. Raises `ZipFault` where one byte is not as the
    writer would have written it."""
    if len(data) > MOST_BYTES:
        raise ZipFault(words("The file is larger than any package."))
    whole, place = memoryview(data), 0
    found: dict[str, memoryview] = {}
    told: list[_Member] = []
    while data[place : place + 4] == b"PK\x03\x04":
        name, body = _member_at(whole, place)
        if found and name <= next(reversed(found)):
            raise ZipFault(words("“%(name)s” is there twice, or out of order.", name=name))
        member = _Member(name.encode("ascii"), zlib.crc32(body), len(body), place)
        if whole[place : place + len(member.local)] != member.local:
            raise ZipFault(words("The header of “%(name)s”, or what it holds, was changed.", name=name))
        place += len(member.local) + len(body)
        found[name] = body
        told.append(member)
        if len(told) > MOST_MEMBERS:
            raise ZipFault(words("The file holds more members than any package."))
    if not told:
        raise ZipFault(words("This is no package: it does not begin as an archive."))
    if whole[place:] != _ending(told, place):
        raise ZipFault(words("The archive’s list of contents does not fit what it holds."))
    return found


class _Member:
    """What the headers say of one member."""

    __slots__ = ("crc", "name", "place", "size")

    def __init__(self, name: bytes, crc: int, size: int, place: int) -> None:
        self.name, self.crc, self.size, self.place = name, crc, size, place

    @property
    def local(self) -> bytes:
        """Its header before its bytes."""
        fields = (b"PK\x03\x04", _VERSION, 0, 0, 0, _DAY, self.crc, self.size, self.size, len(self.name), 0)
        return _LOCAL.pack(*fields) + self.name

    @property
    def central(self) -> bytes:
        """Its header in the list of contents."""
        made = _UNIX << 8 | _VERSION
        sizes = (self.crc, self.size, self.size, len(self.name), 0, 0, 0, 0)
        fields = (b"PK\x01\x02", made, _VERSION, 0, 0, 0, _DAY, *sizes, _MODE << 16, self.place)
        return _CENTRAL.pack(*fields) + self.name


def _ending(told: list[_Member], place: int) -> bytes:
    contents = b"".join(member.central for member in told)
    return contents + _END.pack(b"PK\x05\x06", 0, 0, len(told), len(told), len(contents), place, 0)


def _member_at(whole: memoryview, place: int) -> tuple[str, memoryview]:
    """Return name and bytes of the member whose header stands at `place`."""
    begins = place + _LOCAL.size
    if begins > len(whole):
        raise ZipFault(words("The file is cut off."))
    fields = _LOCAL.unpack_from(whole, place)
    size, length = fields[8], fields[9]
    if length > LONGEST_NAME or begins + length + size > len(whole):
        raise ZipFault(words("The file is cut off, or a size in it was changed."))
    try:
        name = bytes(whole[begins : begins + length]).decode("ascii")
    except UnicodeDecodeError as error:
        raise ZipFault(words("A member has a name that no package gives.")) from error
    if not _is_name(name):
        raise ZipFault(words("A member has a name that no package gives."))
    return name, whole[begins + length : begins + length + size]


def _is_name(name: str) -> bool:
    return len(name) <= LONGEST_NAME and NAME.fullmatch(name) is not None
