"""The signature of a time stamp (CMS SignedData, RFC 5652 §5), checked with the certificate it carries.

Whether that certificate is to be trusted is for the one who reads the stamp to say; here it is only made sure that the
stamp is whole, and signed by the authority it names. The library that reads time stamps checks no signature without the
authority's root, which few of them send along.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.x509.oid import ExtendedKeyUsageOID

_CONTEXT_0: Final = 0xA0
_SET: Final = 0x31
_MESSAGE_DIGEST: Final = bytes.fromhex("06092a864886f70d010904")
"""1.2.840.113549.1.9.4, as encoded."""
_DIGESTS: Final[dict[bytes, HashAlgorithm]] = {
    bytes.fromhex("0609608648016503040201"): SHA256(),
    bytes.fromhex("0609608648016503040202"): SHA384(),
    bytes.fromhex("0609608648016503040203"): SHA512(),
}


class NotDer(ValueError):
    """The bytes are not what a time stamp is made of."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of DER within `data`: where it starts, where its content does, where it ends."""

    data: bytes
    start: int
    inside: int
    end: int

    @property
    def tag(self) -> int:
        """Its tag byte."""
        return self.data[self.start]

    @property
    def whole(self) -> bytes:
        """Its bytes, tag and length with them."""
        return self.data[self.start : self.end]

    @property
    def content(self) -> bytes:
        """Its content."""
        return self.data[self.inside : self.end]

    def parts(self) -> list["Element"]:
        """Return what it is made of. Raises `NotDer`."""
        return list(_elements(self.data, self.inside, self.end))


def in_der_order(answer: bytes) -> bytes:
    """Return a time stamp's answer with its certificates in the order that DER wants for a set.

    Authorities send them in any order, which strict readers refuse; the signature does not cover them.
    Raises `NotDer`.
    """
    (whole,) = _elements(answer, 0, len(answer))
    parts = whole.parts()
    if len(parts) < 2:
        return answer  # a refusal carries no stamp
    for part in _signed_data(parts[1]).parts():
        if part.tag == _CONTEXT_0:
            ordered = sorted(each.whole for each in part.parts())
            return answer[: part.inside] + b"".join(ordered) + answer[part.end :]
    return answer


def is_signed(token: bytes, certificate: x509.Certificate) -> bool:
    """Return whether a time-stamp token is signed with a certificate that was made for signing time stamps.

    RSA (PKCS #1 v1.5) and ECDSA, SHA-256 and longer. Raises `NotDer`.
    """
    (whole,) = _elements(token, 0, len(token))
    parts = _signed_data(whole).parts()
    stamped = parts[2].parts()[1].parts()[0].content
    signer = parts[-1].parts()[0].parts()
    attributes = next((part for part in signer if part.tag == _CONTEXT_0), None)
    algorithm = _DIGESTS.get(signer[2].parts()[0].whole)
    if attributes is None or algorithm is None or not _stamps(certificate):
        return False
    # What is signed is the set of attributes under its own tag, not the one it has in the message (RFC 5652 §5.4).
    signed = bytes([_SET]) + attributes.whole[1:]
    signature = signer[signer.index(attributes) + 2].content
    digests = [each.parts()[1].parts()[0].content for each in attributes.parts() if _MESSAGE_DIGEST in each.whole[:16]]
    return digests == [hashlib.new(algorithm.name, stamped).digest()] and _verifies(
        certificate, signature, signed, algorithm
    )


def _verifies(certificate: x509.Certificate, signature: bytes, signed: bytes, algorithm: HashAlgorithm) -> bool:
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(algorithm))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _stamps(certificate: x509.Certificate) -> bool:
    """RFC 3161 §2.3: the certificate's extended key usage is critical, and is time stamping."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return False
    return usage.critical and ExtendedKeyUsageOID.TIME_STAMPING in usage.value


def _signed_data(token: Element) -> Element:
    """Return the SignedData of a ContentInfo."""
    try:
        return token.parts()[1].parts()[0]
    except IndexError as error:
        raise NotDer("no SignedData") from error


def _elements(data: bytes, start: int, end: int) -> Iterator[Element]:
    while start < end:
        if start + 2 > end:
            raise NotDer("cut off")
        inside, length = start + 2, data[start + 1]
        if length > 0x80:
            size = length & 0x7F
            inside, length = inside + size, int.from_bytes(data[inside : inside + size], "big")
        if data[start + 1] == 0x80 or inside + length > end:
            raise NotDer("an element that does not end")
        yield Element(data, start, inside, inside + length)
        start = inside + length
