"""The bytes and texts that a version rests on: what is shipped of them, and what is kept back and why."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q

from claims.capture.archive import WARC, Store, sha256_of
from claims.models import Attestation, Snapshot
from verification.models import Document
from verification.publishing.package.layout import CONFIDENTIAL, MOST_TEXT, TOO_LARGE
from verification.publishing.package.material import File, KeptBack
from verification.publishing.package.verifying.warc import WarcFault, page_in
from verification.review.log_format import stamp

_TEXT = "text/plain; charset=utf-8"
# What is told of bytes that are shipped alone.
_UNTOLD = (
    *("size", "bytes", "warc", "page_in", "media_type", "origin", "requested_url", "final_url", "status", "part_of"),
    *("text_sha256", "text_normaliser"),
)


@dataclass(slots=True)
class Shipped:
    """The files so far, the bytes that may still be added, and what was kept back.

    `hidden` are the hashes of texts that readers do not see: nothing that has such a hash goes in, whatever it is.
    """

    left: int
    hidden: Set[str] = frozenset()
    files: dict[str, File] = field(default_factory=dict)
    kept_back: dict[str, KeptBack] = field(default_factory=dict)

    def takes(self, file: File) -> bool:
        """Add a file if there is room; tell whether it is in."""
        if file.path in self.files:
            return True
        if len(file.data) > self.left:
            return False
        self.left -= len(file.data)
        self.files[file.path] = file
        return True

    def keep_back(self, what: str, digest: str, size: int | None, media_type: str, reason: str) -> None:
        """Note what is not shipped, once for each hash."""
        self.kept_back.setdefault(digest, KeptBack(what, digest, size, media_type, reason))

    def text(self, folder: str, text: str, digest: str, what: str) -> str | None:
        """Ship a text and return its path; None where it is kept back."""
        if digest in self.hidden:
            # How long it is is a hint as well.
            self.keep_back(what, digest, None, _TEXT, CONFIDENTIAL)
            return None
        data = text.encode()
        path = f"{folder}/{digest}.txt"
        others = sum(len(file.data) for file in self.files.values() if file.media_type == _TEXT and file.path != path)
        if others + len(data) <= MOST_TEXT and self.takes(File(path, data, _TEXT, what)):
            return path
        self.keep_back(what, digest, len(data), _TEXT, TOO_LARGE)
        return None


def captures(
    names: Mapping[int, str], private: Collection[int], shipped: Shipped, store: Store
) -> list[dict[str, Any]]:
    """Ship the bytes of snapshots, in their order, and return what is told of each.

    `names` says, by the id of a snapshot, what it is; `private` are those (ids) of texts that nobody published.
    Raises `BytesMissing` and `BytesDamaged`: no package is built that lacks evidence without saying so.
    """
    rows = Snapshot.objects.select_related("revisits", "part_of__revisits").prefetch_related(
        Prefetch("attestations", Attestation.objects.order_by("pk"))
    )
    found = rows.in_bulk(names)
    confidential = _confidential(found.values(), private)
    told = [_capture(found[pk], names[pk], pk in confidential, shipped, store) for pk in names]
    once = {each["sha256"] + each["taken_at"]: each for each in told}
    return sorted(once.values(), key=lambda each: (each["taken_at"], each["sha256"]))


def _confidential(rows: Collection[Snapshot], private: Collection[int]) -> set[int]:
    """Return the snapshots (ids) whose bytes, or whose exchange, hold what is withheld from readers."""
    chains = {row.pk: [each for each in _exchanges(row) if each] for row in rows}
    ids = {each.pk for chain in chains.values() for each in chain}
    hashes = {each.sha256 for chain in chains.values() for each in chain}
    here = Q(snapshot__in=ids) | Q(snapshot__sha256__in=hashes) | Q(snapshot__part_of__in=ids)
    withheld = Document.objects.filter(here, withheld=True)
    kept = list(withheld.values_list("snapshot", "snapshot__sha256", "snapshot__part_of"))
    kept += Snapshot.objects.filter(pk__in=private).values_list("pk", "sha256", "part_of")
    return {
        pk
        for pk, chain in chains.items()
        for each in chain
        if any(each.pk in (own, whole) or each.sha256 == digest for own, digest, whole in kept)
    }


def _exchanges(row: Snapshot) -> Sequence[Snapshot | None]:
    whole = row.part_of
    return (row, row.revisits, whole, whole.revisits if whole else None)


def _capture(row: Snapshot, what: str, withheld: bool, shipped: Shipped, store: Store) -> dict[str, Any]:
    told: dict[str, Any] = {"sha256": row.sha256, "what": what, "taken_at": stamp(row.taken_at)}
    told |= dict.fromkeys(_UNTOLD) | {"attestations": []}
    if withheld or row.sha256 in shipped.hidden:
        shipped.keep_back(f"captured bytes of {what}", row.sha256, None, "", CONFIDENTIAL)
        return told
    told |= {
        "size": row.size,
        "media_type": row.media_type,
        "origin": row.origin,
        "requested_url": row.requested_url,
        "final_url": row.final_url,
        "status": row.status,
        "part_of": row.part_of.sha256 if row.part_of else None,
        "text_sha256": row.text_sha256,
        "text_normaliser": row.text_normaliser,
        "attestations": list(map(_attestation, row.attestations.all())),
    }
    if row.sha256 not in shipped.kept_back and _ship(row, what, told, shipped, store):
        return told
    # Bytes that are a text which is shipped are there all the same.
    as_text = (f"{folder}/{row.sha256}.txt" for folder in ("texts", "articles"))
    told["bytes"] = next((path for path in as_text if path in shipped.files), None)
    if told["bytes"] is None:
        shipped.keep_back(f"captured bytes of {what}", row.sha256, row.size, row.media_type or "", TOO_LARGE)
    return told


def _ship(row: Snapshot, what: str, told: dict[str, Any], shipped: Shipped, store: Store) -> bool:
    """Ship the exchange, and the bytes alone where none brought them as they are; tell whether there was room."""
    for exchange in filter(None, (row.part_of or row, (row.part_of or row).revisits)):
        if exchange.warc_sha256 is None:
            continue
        path = f"captures/{exchange.warc_sha256}{WARC}"
        file = shipped.files.get(path) or _file(path, store.get(exchange.warc_sha256, suffix=WARC), what)
        if not shipped.takes(file):
            return False
        told["warc"] = told["warc"] or path
        if not row.part_of and _brought(file.data) == row.sha256:
            told["page_in"] = path
            return True
    if row.size > shipped.left:
        return False
    path = f"captures/{row.sha256}.bin"
    media_type = row.media_type or "application/octet-stream"
    told["bytes"] = path if shipped.takes(File(path, store.get(row.sha256), media_type, f"bytes of {what}")) else None
    return told["bytes"] is not None


def _file(path: str, data: bytes, what: str) -> File:
    return File(path, data, "application/warc", f"the exchange that brought {what}")


def _brought(data: bytes) -> str | None:
    try:
        page, _unpacked = page_in(memoryview(data))
    except WarcFault:
        return None
    return None if page is None else sha256_of(page)


def _attestation(row: Attestation) -> dict[str, Any]:
    at = stamp(row.attested_at) if row.attested_at else None
    token = bytes(row.token).hex() if row.token else None
    return {"kind": row.kind, "reference": row.reference, "at": at, "token": token}


def tools_of(texts: Iterable[str | None]) -> list[str]:
    """Return the versions named, each once, in order."""
    return sorted({text for text in texts if text})
