"""One archive for given members: written and read back, and refused with one byte otherwise."""

import io
import struct
import warnings
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verification.publishing.package.canonical_zip import ZipFault, read_archive, write_archive

names = st.from_regex(r"[a-z0-9_-]{1,12}(/[a-z0-9_-]{1,8}){0,2}(\.[a-z]{1,4})?", fullmatch=True)
SMALL = write_archive({"a.txt": b"forty lamps", "b/c.json": b"{}\n"})


@settings(max_examples=30)
@given(st.dictionaries(names, st.binary(max_size=200), min_size=1, max_size=6))
def test_what_is_written_is_read_back_and_any_unzip_reads_it_too(members: dict[str, bytes]) -> None:
    data = write_archive(members)
    assert {name: bytes(view) for name, view in read_archive(data).items()} == members
    assert write_archive(dict(reversed(members.items()))) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == members


def test_every_byte_counts() -> None:
    for place in range(len(SMALL)):
        for flip in (1, 0x20, 0x80, 0xFF):
            changed = bytearray(SMALL)
            changed[place] ^= flip
            with pytest.raises(ZipFault):
                read_archive(bytes(changed))


def test_a_file_that_is_cut_off_is_refused() -> None:
    for cut in range(len(SMALL)):
        with pytest.raises(ZipFault):
            read_archive(SMALL[:cut])


def made(*members: tuple[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    """Return an archive as others write it."""
    into = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(into, "w", how) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return into.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        SMALL + b"\n",
        b"#!/bin/sh\n" + SMALL,
        made(("a.txt", b"x")),
        made(("a.txt", b"\0" * 10_000_000), how=zipfile.ZIP_DEFLATED),
        made(("a.txt", b"x"), ("a.txt", b"y")),
        made(("../a.txt", b"x")),
        made(("ä.txt", b"x")),
        made(),
    ],
    ids=["nothing", "scrap", "trailing", "leading", "foreign", "bomb", "twice", "climbing", "accented", "empty"],
)
def test_archives_of_others_are_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(ZipFault) as refused:
        read_archive(data)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["../a", "a/../b", "/a", "a//b", "A", "a b", "", ".", "a/..", "a/", "..", "x" * 201])
def test_no_member_has_a_name_that_leads_out(name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        write_archive({name: b""})
    raw = name.encode()
    header = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, len(raw), 0)
    with pytest.raises(ZipFault):
        read_archive(header + raw)


def test_a_size_that_is_only_said_costs_nothing() -> None:
    header = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0xFFFFFFFF, 0xFFFFFFFF, 1, 0)
    with pytest.raises(ZipFault):
        read_archive(header + b"a")
