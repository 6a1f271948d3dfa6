"""Secrets of webhooks: made, kept encrypted, and used to sign.

A secret is `whsec_` and the base64 of 32 random bytes. It is stored encrypted under a key made of SECRET_KEY; those in
SECRET_KEY_FALLBACKS still open what they closed. What is signed, and how, is the Standard Webhooks specification 1.0.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PREFIX: Final = "whsec_"
_BYTES: Final = 32
_PURPOSE: Final = b"readout: secrets of webhooks"


class SecretUnreadable(Exception):
    """The stored secret was encrypted under another SECRET_KEY."""


def new_secret() -> str:
    """Return a new secret, as its receiver gets it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def closed(secret: str) -> str:
    """Return a secret as it is stored."""
    return _box().encrypt(secret.encode()).decode()


def opened(stored: str) -> str:
    """Return a stored secret as its receiver has it. Raises SecretUnreadable."""
    try:
        return _box().decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise SecretUnreadable from error


def signatures(secrets_in_force: Sequence[str], message: str, timestamp: int, body: bytes) -> str:
    """Return the header webhook-signature: one signature for each secret, the newest first, between blanks."""
    content = f"{message}.{timestamp}.".encode() + body
    keys = [base64.b64decode(secret.removeprefix(PREFIX)) for secret in secrets_in_force]
    signed = (hmac.digest(key, content, hashlib.sha256) for key in keys)
    return " ".join(f"v1,{base64.b64encode(each).decode()}" for each in signed)


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.encode())
