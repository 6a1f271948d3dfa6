"""Signed notes, as Go's checksum database and C2SP's `signed-note` write them. Knows no Django.

A note is a text that ends in a newline, an empty line, and one line a signature:

    — <name of the key> <base64 of key id (4 bytes) and signature>

Keys are Ed25519. A key id is the beginning of SHA-256 over name, LF, 0x01 and the public key. Written down, a
verifier's key is `<name>+<key id in hex>+<base64 of 0x01 and the public key>`, a signer's is the same with
`PRIVATE+KEY+` before it and the secret seed in the public key's place. Any tool that reads such notes can check ours.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from claims.wording import Words, words

ED25519 = b"\x01"
SECRET_MARK = "PRIVATE+KEY+"  # nosec B105 (the word before a secret, not one)
NAME = re.compile(r"[^\s+]{1,100}")
_SIGNATURE = re.compile(r"— (\S+) ([A-Za-z0-9+/=]+)")


class NoteFault(ValueError):
    """A note or a key that cannot be read, or a signature that does not hold; `sentence` says which."""

    def __init__(self, sentence: Words) -> None:
        """Keep the sentence."""
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The half of a key that anybody may know."""

    name: str
    public: bytes

    @property
    def key_id(self) -> str:
        """The first four bytes of the key's hash, in hexadecimal."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).hexdigest()[:8]

    def __str__(self) -> str:
        """Return the key as it is written down and handed to others."""
        return f"{self.name}+{self.key_id}+{base64.b64encode(ED25519 + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class SignerKey:
    """A name and a secret seed of 32 bytes."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> VerifierKey:
        """The half that anybody may know."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return VerifierKey(self.name, public.public_bytes_raw())

    @property
    def written(self) -> str:
        """The key as it is kept in a secret file."""
        return f"{SECRET_MARK}{self.name}+{self.verifier.key_id}+{base64.b64encode(ED25519 + self.seed).decode()}"


def new_key(name: str) -> SignerKey:
    """Make a key. Raises NoteFault for a name with blanks or `+`, which a note cannot hold."""
    if not NAME.fullmatch(name):
        raise NoteFault(words("The name of a key has no blanks and no plus sign."))
    return SignerKey(name, Ed25519PrivateKey.generate().private_bytes_raw())


def read_signer(text: str) -> SignerKey:
    """Read a secret key. Raises NoteFault where it is damaged."""
    if not text.startswith(SECRET_MARK):
        raise NoteFault(words("This is no signing key: it begins otherwise."))
    name, key_id, seed = _parts(text.removeprefix(SECRET_MARK).strip())
    key = SignerKey(name, seed)
    if key.verifier.key_id != key_id:
        raise NoteFault(words("This signing key is damaged: its id does not fit."))
    return key


def read_verifier(text: str) -> VerifierKey:
    """Read a public key. Raises NoteFault where it is damaged."""
    name, key_id, public = _parts(text.strip())
    key = VerifierKey(name, public)
    if key.key_id != key_id:
        raise NoteFault(words("This key is damaged: its id does not fit."))
    return key


def _parts(text: str) -> tuple[str, str, bytes]:
    parts = text.split("+", 2)
    if len(parts) != 3 or not NAME.fullmatch(parts[0]):
        raise NoteFault(words("A key is written as name+id+base64."))
    try:
        secret = base64.b64decode(parts[2], validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteFault(words("A key is written as name+id+base64.")) from error
    if len(secret) != 33 or not secret.startswith(ED25519):
        raise NoteFault(words("Only Ed25519 keys are read."))
    return parts[0], parts[1], secret[1:]


def sign(body: str, *keys: SignerKey) -> str:
    """Return the note. Raises NoteFault for a body that is no text of whole lines."""
    if not body.endswith("\n") or "\n\n" in body or any(ord(letter) < 32 and letter != "\n" for letter in body):
        raise NoteFault(words("A note's text is whole lines, none of them empty."))
    signed = "".join(
        "— {} {}\n".format(
            key.name,
            base64.b64encode(
                bytes.fromhex(key.verifier.key_id) + Ed25519PrivateKey.from_private_bytes(key.seed).sign(body.encode())
            ).decode(),
        )
        for key in keys
    )
    return f"{body}\n{signed}"


def body_of(note: str, key: VerifierKey) -> str:
    """Return a note's text, once the key's signature holds. Raises NoteFault where there is none, or it does not."""
    body, _blank, signatures = note.partition("\n\n")
    body += "\n"
    for line in signatures.splitlines():
        found = _SIGNATURE.fullmatch(line)
        if found is None or found[1] != key.name:
            continue
        try:
            value = base64.b64decode(found[2], validate=True)
        except (binascii.Error, ValueError):
            continue
        if value[:4].hex() != key.key_id:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(value[4:], body.encode())
        except InvalidSignature as error:
            raise NoteFault(
                words("The signature does not hold: the note was changed, or the key is another.")
            ) from error
        return body
    raise NoteFault(words("The note is not signed by %(key)s.", key=f"{key.name}+{key.key_id}"))
