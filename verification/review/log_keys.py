"""The key that signs checkpoints: made, found, replaced, given up. The secret half never enters the database.

It is read from `LOG_KEY`, else from the file `log-key` in the state folder, which is made at the first checkpoint. What
to do when it is lost, or known to somebody else, is written in `docs/log.md`.
"""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from claims.models.clock import ClockTimestamp, read_clock
from claims.translation import say
from verification.models import LogKey
from verification.review.signed_note import NoteFault, SignerKey, VerifierKey, new_key, read_signer, sign

KEY_FILE = "log-key"


class KeyMissing(Exception):
    """There is a key in use, but its secret half is not here; or it cannot be read. The message says what to do."""


def verifier_of(key: LogKey) -> VerifierKey:
    """Return the public half as notes are checked with it."""
    return VerifierKey(key.name, bytes(key.public_key))


def in_use() -> LogKey | None:
    """Return the key that signs now: the newest that is neither retired nor compromised."""
    return LogKey.objects.filter(retired_at__isnull=True, compromised_at__isnull=True).order_by("-pk").first()


def signing_key(*, make: bool = False) -> tuple[SignerKey, LogKey]:
    """Return the secret half of the key in use, and its row.

    With `make`, a desk that never had a key gets one. Raises KeyMissing while there is none that can sign.
    """
    secret = _read()
    if secret is None:
        if LogKey.objects.exists() or not make:
            raise KeyMissing(
                gettext("The log’s signing key is not here: bring back the file, or run `log_key replace --lost`.")
            )
        secret = _keep(new_key(_default_name()))
    known = LogKey.objects.filter(key_id=secret.verifier.key_id).first() or _note(secret)
    if known.retired_at or known.compromised_at:
        raise KeyMissing(gettext("The key %(key)s was given up: bring back the one that came after.") % {"key": known})
    return secret, known


def replace(*, lost: bool = False, compromised_since: datetime | None = None, note: str = "") -> LogKey:
    """Put a new key in the place of the one in use, and return it.

    The old key introduces the new one (a note of both keys' names, signed by both) unless it is lost or somebody else
    may sign with it. Raises KeyMissing where the old key should sign and is not here, or where LOG_KEY is set from
    outside: then the operator changes that.
    """
    if settings.LOG_KEY:
        raise KeyMissing(gettext("LOG_KEY is set from outside: unset it, or put the new key there, and restart."))
    old = None if lost or compromised_since else signing_key()[0]
    with transaction.atomic():
        before = in_use()
        fresh = new_key(before.name if before else _default_name())
        introduced = sign(f"readout-log-key\n{fresh.verifier}\n", *([old] if old else []), fresh)
        if before:
            changes: dict[str, object] = {"retired_at": ClockTimestamp()}
            if compromised_since:
                changes["compromised_at"] = compromised_since
            LogKey.objects.filter(pk=before.pk).update(**changes)
        row = _note(fresh, "\n".join(part for part in (note.strip(), introduced) if part))
        # Last, so that a failure above leaves the old file; a crash between here and the commit is mended by bringing
        # back the file that was set aside.
        _set_aside()
        _keep(fresh)
    return row


def _default_name() -> str:
    host = urlsplit(settings.PUBLIC_URL).hostname if settings.PUBLIC_URL else None
    return f"{host or 'readout-desk'}/log"


def _path() -> Path:
    return Path(settings.STATE_DIR) / KEY_FILE


def _read() -> SignerKey | None:
    text = settings.LOG_KEY
    if not text:
        try:
            text = _path().read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
    try:
        return read_signer(text)
    except NoteFault as error:
        told = {"why": say(error.sentence)}
        raise KeyMissing(gettext("The log’s signing key cannot be read. %(why)s") % told) from error


def _keep(key: SignerKey) -> SignerKey:
    """Write a key to its file, whole or not at all; of two who make one at once, the first wins and both use it."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(key.written + "\n")
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    kept = _read()
    assert kept is not None  # nosec B101 (it was just written, or stood there)
    return kept


def _set_aside() -> None:
    path = _path()
    if path.exists():
        path.replace(path.with_name(f"{KEY_FILE}.before-{read_clock():%Y%m%dT%H%M%S}"))


def _note(key: SignerKey, note: str = "") -> LogKey:
    public = key.verifier
    row, _made = LogKey.objects.get_or_create(
        key_id=public.key_id, defaults={"name": public.name, "public_key": public.public, "note": note}
    )
    return row
