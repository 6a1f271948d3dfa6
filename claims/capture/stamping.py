"""Time stamps (RFC 3161): what an authority is asked, and what its answer is worth. Only the hash leaves the house.

question = Question.about(body)          # POST question.body as QUERY
stamp = question.answered(reply)         # a Stamp, or BadStamp
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    decode_timestamp_response,
)

from claims.capture.signed_data import in_der_order, is_signed
from claims.wording import Words, words

QUERY: Final = "application/timestamp-query"
REPLY: Final = "application/timestamp-reply"
_SHA256: Final = "2.16.840.1.101.3.4.2.1"


class BadStamp(ValueError):
    """The answer is no time stamp of what was asked; `sentence` says why."""

    def __init__(self, sentence: Words) -> None:
        """Keep it."""
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True, slots=True)
class Stamp:
    """That an authority saw a hash: `token` is its word (a CMS message, DER), `at` the time it gives."""

    token: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """One question to an authority: the SHA-256 (raw) of some bytes, and a number that makes the answer its own."""

    digest: bytes
    request: TimeStampRequest

    @classmethod
    def about(cls, body: bytes) -> Self:
        """Return the question for bytes, of which there must be some. The authority's certificate is asked for too."""
        request = TimestampRequestBuilder().data(body).hash_algorithm(HashAlgorithm.SHA256).build()
        return cls(hashlib.sha256(body).digest(), request)

    @property
    def body(self) -> bytes:
        """What is sent (DER)."""
        return self.request.as_bytes()

    def answered(self, reply: bytes) -> Stamp:
        """Return the stamp in an answer: granted, of this hash and this question, and signed by whom it names.

        Raises `BadStamp`.
        """
        try:
            response = decode_timestamp_response(in_der_order(reply))
        except ValueError as error:
            raise BadStamp(words("The time-stamp authority answered with something that is no time stamp.")) from error
        if response.status not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
            told = "; ".join(response.status_string) or f"status {response.status}"
            raise BadStamp(words("The time-stamp authority refused to stamp: %(told)s.", told=told[:200]))
        try:
            return self._of(response)
        except BadStamp:
            raise
        except Exception as error:  # the errors of the libraries that read certificates have no base of their own
            raise BadStamp(words("The time-stamp authority sent a stamp that cannot be read.")) from error

    def _of(self, response: TimeStampResponse) -> Stamp:
        told, token = response.tst_info, response.time_stamp_token()
        imprint = told.message_imprint
        if imprint.hash_algorithm.dotted_string != _SHA256 or imprint.message != self.digest:
            raise BadStamp(words("The time-stamp authority stamped another hash than it was asked to."))
        if told.nonce != self.request.nonce:
            raise BadStamp(words("The time-stamp authority answered another question: the stamp may be an old one."))
        if not any(is_signed(token, certificate) for certificate in _signers(response)):
            raise BadStamp(words("The time stamp is not signed by the authority that it names."))
        return Stamp(token, told.gen_time)


def _signers(response: TimeStampResponse) -> list[x509.Certificate]:
    """Return the certificates in the answer that its signature names."""
    named = {(signer.issuer, signer.serial_number) for signer in response.signed_data.signer_infos}
    found = [x509.load_der_x509_certificate(der) for der in response.signed_data.certificates]
    return [each for each in found if (each.issuer, each.serial_number) in named]
