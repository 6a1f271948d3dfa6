"""Small PDFs, written by hand."""

import zlib
from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter


def pdf(pages: Sequence[Sequence[str]], *, title: str | None = None) -> bytes:
    """Return a PDF with one text line for each string, Windows-1252 letters only."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = " ".join(f"({_escaped(line)}) Tj 0 -14 Td" for line in lines)
        content = f"BT /F1 10 Tf 60 780 Td {shown} ET" if lines else "0 0 m"
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding "
            ">> >> >> >>"
        )
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    information = f"/Info {len(objects) + 1} 0 R" if title is not None else ""
    if title is not None:
        objects.append(f"<< /Title ({_escaped(title)}) >>")
    return _file(objects, information)


LINE = b"(The warden counted forty lamps) Tj 0 -14 Td "
"""What a content stream says to show a line."""


def packed_pdf(content: bytes, pages: int = 1) -> bytes:
    """Return a PDF whose pages all show the same packed content."""
    plain = pdf([["x"]] * pages)
    packed = zlib.compress(content, 9)
    start = plain.index(b"<< /Length")
    end = plain.index(b"endobj", start)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\n" % (len(packed), packed)
    return plain[:start] + stream + plain[end:]


def locked(body: bytes, password: str, owner: str) -> bytes:
    """Return `body` encrypted (RC4, which needs no further library); an empty `password` opens it for everyone."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(body)))
    writer.encrypt(password, owner, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: Sequence[str], information: str) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return (
        out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {information} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
