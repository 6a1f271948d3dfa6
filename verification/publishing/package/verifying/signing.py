"""Whose signature the manifest has, and whether anybody vouches for that key."""

import base64

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.layout import note_body
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report
from verification.review.signed_note import NoteFault, VerifierKey, body_of, read_verifier


def signature(package: Opened, report: Report) -> None:
    """Say whose signature the manifest has: that of the key the reader trusts, or of one that nobody vouches for."""
    note, wanted = package.text(layout.NOTE), package.trusted
    body = note_body(package.manifest, package.sha256(layout.MANIFEST), package.files.get(layout.STAMP))
    known = [wanted] if wanted else [read_verifier(str(each["key"])) for each in package.keys]
    signer = next((key for key in known if _signs(note, key)), None)
    if signer is None or not _alone(note, body):
        whose = words("the key that was given") if wanted else words("any key it names")
        report.bad(words("The manifest is not signed by %(whose)s, or was changed.", whose=whose))
    elif wanted:
        report.signer_checked = True
        report.good(words("The manifest is signed by the key that was given: %(key)s", key=wanted))
    else:
        sentence = words(
            "The manifest is signed by %(key)s; whose key that is was not checked. Compare it with the one on the"
            " desk’s own site, whose address you know from elsewhere, or give that one with --key.",
            key=signer,
        )
        report.untested(sentence)


def _signs(note: str, key: VerifierKey) -> bool:
    try:
        body_of(note, key)
    except NoteFault:
        return False
    return True


def _alone(note: str, body: str) -> bool:
    """Tell whether the note is that text and one signature in its one form: a second line would be a changed byte."""
    begins = f"{body}\n— "
    if not note.startswith(begins) or not note.endswith("\n"):
        return False
    name, _blank, value = note[len(begins) : -1].partition(" ")
    raw = base64.b64decode(value, validate=True)
    return "\n" not in name + value and len(raw) == 68 and base64.b64encode(raw).decode() == value
