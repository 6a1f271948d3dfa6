"""Material into a package's bytes: files, the manifest over them, its signature. Knows no Django.

The same material and key make the same bytes, on every machine: nothing here reads a clock, a locale or a setting.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from claims.canonical_json import canonical
from verification.publishing.package import layout
from verification.publishing.package.canonical_zip import write_archive
from verification.publishing.package.layout import note_body, sha256
from verification.publishing.package.material import File, Material
from verification.publishing.package.readable import README, page
from verification.review.signed_note import SignerKey, sign

JSON, TEXT = "application/json", "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything but the signature: the files by path, and the manifest, as told and as written."""

    files: dict[str, bytes]
    told: dict[str, object]
    manifest: bytes


def draw_up(material: Material) -> Drawn:
    """Return what is to be signed."""
    files = [*_told(material), *material.files]
    told: dict[str, object] = {
        "format": layout.FORMAT,
        "version": layout.VERSION,
        "desk": {"name": material.desk, "log": f"{material.base}/checks/log/" if material.base else None},
        "case": material.case,
        "verdict": {
            "public": material.verdict["public"],
            "version": material.verdict["version"],
            "published": material.published,
        },
        "tools": material.tools,
        "files": [_entry(file) for file in sorted(files, key=lambda file: file.path)],
        "withheld": sorted((asdict(each) for each in material.kept_back), key=lambda each: str(canonical(each))),
    }
    return Drawn({file.path: file.data for file in files}, told, canonical(told))


def signed(drawn: Drawn, key: SignerKey, stamp: bytes | None = None) -> bytes:
    """Return the package. `stamp` is an authority's word on the manifest's hash (RFC 3161, DER), if there is one."""
    note = sign(note_body(drawn.told, sha256(drawn.manifest), stamp), key)
    members = drawn.files | {layout.MANIFEST: drawn.manifest, layout.NOTE: note.encode()}
    return write_archive(members | ({layout.STAMP: stamp} if stamp is not None else {}))


def _told(material: Material) -> Iterable[File]:
    yield File(layout.CLAIM, canonical(material.claim), JSON, "the claim, and where it stands")
    yield File(layout.VERDICT, canonical(material.verdict), JSON, "the verdict, its evidence, and who signed it off")
    yield File(layout.CHECKS, canonical(material.checks), JSON, "each check of a quotation or figure, with its inputs")
    yield File(layout.CAPTURES, canonical(material.captures), JSON, "where the bytes came from, and when")
    if material.claimreview is not None:
        yield File(layout.CLAIMREVIEW, material.claimreview.encode(), "application/ld+json", "the markup, as published")
    log = b"".join(map(canonical, material.events))
    yield File(layout.LOG, log, "application/jsonl", "the decision log of the case, up to this publication")
    yield File(layout.SEALS, canonical(material.seals), JSON, "the chain from those events to signed heads of the log")
    yield File(layout.CHECKPOINT, material.checkpoint.encode(), TEXT, "the signed head that covers the publication")
    yield File(layout.KEYS, canonical(material.keys), JSON, "the keys that sign")
    yield File(layout.PAGE, page(material).encode(), "text/html; charset=utf-8", "all this, to be read")
    yield File(layout.README, README.encode(), TEXT, "how to verify this package")


def _entry(file: File) -> dict[str, object]:
    return {
        "path": file.path,
        "sha256": sha256(file.data),
        "size": len(file.data),
        "media_type": file.media_type,
        "what": file.what,
    }
