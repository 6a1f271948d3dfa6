"""The time stamp of the manifest (RFC 3161), where there is one: what it stamps, when, and whose signature it has."""

from typing import Final

from cryptography import x509

from claims.capture.signed_data import Element, is_signed
from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report

_CERTIFICATES: Final = 0xA0
_SHA256: Final = bytes.fromhex("0609608648016503040201")


def stamped(package: Opened, report: Report) -> None:
    """Say whether the stamp is of this manifest. Nobody here vouches for its authority."""
    if layout.STAMP not in package.files:
        return
    token = package.bytes(layout.STAMP)
    (message,) = Element(token, 0, 0, len(token)).parts()
    signed_data = message.parts()[1].parts()[0].parts()
    told = _whole(signed_data[2].parts()[1].parts()[0].content).parts()
    algorithm, digest = told[2].parts()
    found = next((part for part in signed_data if part.tag == _CERTIFICATES), None)
    certificates = [x509.load_der_x509_certificate(each.whole) for each in (found.parts() if found else ())]
    signer = next((each for each in certificates if is_signed(token, each)), None)
    of_this = algorithm.parts()[0].whole == _SHA256 and digest.content.hex() == package.sha256(layout.MANIFEST)
    if signer is None or not of_this:
        report.bad(words("The time stamp is not of this manifest, or not signed by whom it names."))
        return
    at = told[4].content.decode("ascii")
    by = signer.subject.rfc4514_string()
    sentence = words("The manifest has a time stamp: %(at)s by “%(by)s”; who that is was not checked.", at=at, by=by)
    report.untested(sentence)


def _whole(data: bytes) -> Element:
    (element,) = Element(data, 0, 0, len(data)).parts()
    return element
