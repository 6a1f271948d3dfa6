"""Typed readers of the environment. Each value may also come from a file named by `<NAME>_FILE` (Docker secrets).

A missing or unreadable value never raises here: it becomes a `Problem`, which the boot checks (`config.checks`) show
with its id, the variable's name and the cure. Settings can then always be imported, and every fault is told at once.
"""

import os
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import environ

from claims.capture.policy import PrivateTarget
from claims.capture.s3 import Bucket

MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 587, "smtp+ssl": 465}
# What a mail may come from: an address, or a name and an address in angle brackets, on one line.
ADDRESS = re.compile(r"[^<>\s@]+@[^<>\s@]+|[^<>\r\n]+ <[^<>\s@]+@[^<>\s@]+>")


@dataclass(frozen=True, slots=True)
class Problem:
    """A variable that cannot be used: what is wrong, and what to write instead."""

    check_id: str
    name: str
    fault: str
    cure: str


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in; no host where none is named. `starttls` and `tls` are two ways to encrypt."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    tls: bool = False


@dataclass(slots=True)
class Reader:
    """Reads variables and collects the problems found on the way."""

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str, default: str = "") -> str:
        """Return the variable, or what stands in the file `<name>_FILE`, without surrounding blanks."""
        path = self.environment.get(f"{name}_FILE", "")
        if not path:
            return self.environment.get(name, default).strip() or default
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
            self._note("readout.E010", f"{name}_FILE", f"{path}: {reason}", "name a text file that this user may read")
            return default

    def names(self, name: str, default: str = "") -> list[str]:
        """Return a comma-separated variable as a list without blanks."""
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def pairs(self, name: str) -> dict[str, str]:
        """Return a comma-separated list of `name=value` as a mapping. The values may be secrets: none is repeated."""
        found = {}
        for entry in self.names(name):
            key, separator, value = (part.strip() for part in entry.partition("="))
            if key and separator and value:
                found[key] = value
            else:
                self._note("readout.E017", name, "holds an entry that is no name=value", "write e.g. govinfo=abc123")
        return found

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a yes/no variable."""
        value = self.text(name).lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value not in {"", "0", "false", "no", "off"}:
            self._note("readout.E011", name, f"{value!r} is neither yes nor no", "write yes or no")
        return default if value == "" else False

    def count(self, name: str, default: int) -> int:
        """Return a whole number of one or more."""
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and int(value) > 0:
            return int(value)
        self._note("readout.E012", name, f"{value!r} is not a whole number above zero", f"write e.g. {default}")
        return default

    def choice(self, name: str, default: str, known: Collection[str]) -> str:
        """Return a variable that is one of the known values, or the default with a problem."""
        value = self.text(name, default)
        if value in known:
            return value
        self._note("readout.E014", name, f"{value!r} is not known", f"write e.g. {default}")
        return default

    def database(self, name: str) -> dict[str, object]:
        """Return Django's settings for a `postgresql://user:password@host:port/name` URL, or {} with a problem."""
        url = self.text(name)
        scheme, separator, _rest = url.partition("://")
        try:
            if separator and scheme in {"postgres", "postgresql"}:
                return {**environ.Env.db_url_config(url), "ENGINE": "django.db.backends.postgresql"}
        except (environ.ImproperlyConfigured, ValueError):
            pass  # told below; the URL itself is not repeated, since it may hold a password
        fault = "is no PostgreSQL URL" if url else "is not set"
        self._note("readout.E001", name, fault, "write postgresql://user:password@host:5432/name, or use `make run`")
        return {}

    def redis(self, name: str) -> str:
        """Return a `redis://` or `rediss://` URL, or "" with a problem."""
        url = self.text(name)
        try:
            parts = urlsplit(url)
            if parts.scheme in {"redis", "rediss"} and parts.port != 0:
                return url
        except ValueError:
            pass  # told below: a port that is no number, a bracket that does not close
        fault = "is no Redis URL" if url else "is not set"
        self._note("readout.E002", name, fault, "write redis://:password@host:6379/0, or use `make run`")
        return ""

    def mail(self, name: str) -> MailServer:
        """Return the server of an `smtp+tls://user:password@host:587` URL; none, perhaps with a problem, without one.

        `smtp+tls` (or `smtps`) asks for STARTTLS, `smtp+ssl` for TLS from the first byte, `smtp` for neither.
        """
        url = self.text(name)
        scheme, separator, _rest = url.partition("://")
        if not url:
            return MailServer()
        try:
            if separator and scheme in MAIL_PORTS:
                read = environ.Env.email_url_config(url)
                if read["EMAIL_HOST"]:
                    return MailServer(
                        read["EMAIL_HOST"],
                        read["EMAIL_PORT"] or MAIL_PORTS[scheme],
                        read["EMAIL_HOST_USER"] or "",
                        read["EMAIL_HOST_PASSWORD"] or "",
                        starttls=bool(read.get("EMAIL_USE_TLS")),
                        tls=bool(read.get("EMAIL_USE_SSL")),
                    )
        except (environ.ImproperlyConfigured, ValueError):
            pass  # told below; the URL itself is not repeated, since it may hold a password
        self._note("readout.E015", name, "is no mail URL", "write smtp+tls://user:password@host:587")
        return MailServer()

    def sender(self, name: str, server: MailServer) -> str:
        """Return whom mail comes from; without one, whoever logs in to the server, where that is an address."""
        value = self.text(name) or (server.user if "@" in server.user else "")
        if server.host and not ADDRESS.fullmatch(value):
            fault = f"{value!r} is no address" if value else "is not set"
            self._note("readout.E016", name, fault, "write desk@newsroom.example, or Fact desk <desk@newsroom.example>")
        return value

    def secret_key(self, name: str, state: Path) -> str:
        """Return the signing key; without one, that of `<state>/secret-key`, made at first start (mode 0600)."""
        if value := self.text(name):
            if len(value) < 32:
                self._note("readout.E003", name, "is shorter than 32 characters", "write 50 random characters")
            return value
        path = state / "secret-key"
        try:
            if not path.exists():
                _make_secret(path)
            key = path.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no ASCII text"
            self._note("readout.E003", name, f"is not set, and {path}: {reason}", "set it, or mend that file")
            return secrets.token_urlsafe(50)
        if len(key) < 32:
            self._note("readout.E003", name, f"is not set, and {path} is cut short", "delete that file, or set it")
            return secrets.token_urlsafe(50)
        return key

    def private_targets(self, name: str) -> tuple[PrivateTarget, ...]:
        """Return `host=address:port` entries: the private hosts that an operator lets the door fetch from."""
        targets = []
        for entry in self.names(name):
            try:
                targets.append(PrivateTarget.parse(entry))
            except ValueError as error:
                self._note(
                    "readout.E013", name, f"holds no target: {error}", "write e.g. intranet.example=10.0.0.5:443"
                )
        return tuple(targets)

    def bucket(self, name: str) -> Bucket | None:
        """Return the bucket of an `s3://bucket/prefix?endpoint=https://…&region=…` URL; none, where none is named.

        Its keys are those of the usual variables (or their `_FILE` form), else of the machine's profile or role.
        """
        url = self.text(name)
        keys = [self.text(key) for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")]
        try:
            return Bucket.parse(url, *keys) if url else None
        except ValueError as error:
            cure = "write s3://bucket/prefix?endpoint=https://store.example&region=name, or leave it empty"
            self._note("readout.E018", name, str(error), cure)
            return None

    def _note(self, check_id: str, name: str, fault: str, cure: str) -> None:
        self.problems.append(Problem(check_id, name, fault, cure))


def _make_secret(path: Path) -> None:
    """Make the file whole or not at all: a crash leaves no half key, and of two that start at once one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def state_dir(base: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of everything that lives on disk (`READOUT_STATE`, else `var/` beside manage.py)."""
    return Path(environment.get("READOUT_STATE") or base / "var").resolve()
