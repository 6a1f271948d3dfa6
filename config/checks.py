"""Boot checks: each has an id, names the variable and says the cure."""

from collections.abc import Sequence
from typing import Any

import redis
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 (Django's own name)
from django.db import Error as DatabaseError
from django.db import connections

from claims.archiving import archive
from claims.extraction.engines import DEFAULT_ENGINES, load_engines
from claims.measuring import alarms
from config.database import as_owner
from verification.models import Desk, LogKey, Source
from verification.review.log_keys import KeyMissing, signing_key


@register()
def check_environment(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """E001–E018: a variable that is missing or cannot be read."""
    return [
        Error(f"{problem.name} {problem.fault}.", hint=f"{problem.name}: {problem.cure}.", id=problem.check_id)
        for problem in settings.ENVIRONMENT_PROBLEMS
    ]


@register(Tags.database)
def check_database_roles(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """W001, E004, E005: the application's role owns tables; a database cannot be reached; PostgreSQL is too old."""
    if "default" not in (databases or ()) or not settings.APPLICATION_ROLE:
        return []  # without a URL that can be read, E001 says what there is to say
    try:
        with connections["default"].cursor() as cursor:
            if connections["default"].pg_version < 150000:  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
                return [
                    Error("DATABASE_URL leads to a PostgreSQL before 15.", hint="Use 15 or newer.", id="readout.E005")
                ]
            cursor.execute(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND pg_has_role(tableowner, 'USAGE')"
            )
            owned = cursor.fetchone()[0]
        if settings.DATABASE_OWNER.get("USER") != settings.APPLICATION_ROLE:
            with as_owner(), connections["default"].cursor():
                pass
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        return [
            Error(
                f"DATABASE_URL or DATABASE_OWNER_URL: {reason}",
                hint="Start that server, or correct the URL.",
                id="readout.E004",
            )
        ]
    if not owned:
        return []
    return [
        Warning(
            f"The role of DATABASE_URL owns {owned} tables, so it could rewrite the log.",
            hint="Create a second role that owns nothing for DATABASE_URL; put the owner into DATABASE_OWNER_URL.",
            id="readout.W001",
        )
    ]


@register(Tags.database)
def check_broker(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """E006, W002, W003: Redis cannot be reached, may evict messages, or does not persist them."""
    url = settings.CELERY_BROKER_URL
    if not url or not databases:
        return []
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as client:
            policy = client.config_get("maxmemory-policy").get("maxmemory-policy", "noeviction")
            persists = client.config_get("appendonly").get("appendonly") == "yes"
    except redis.ResponseError:
        return []  # a managed Redis that hides CONFIG: nothing can be said
    except (redis.RedisError, ValueError, OSError) as error:
        return [Error(f"REDIS_URL: {error}", hint="Start that server, or correct the URL.", id="readout.E006")]
    found: list[CheckMessage] = []
    if policy != "noeviction":
        found.append(
            Warning(
                f"The Redis of REDIS_URL may drop messages (maxmemory-policy {policy}).",
                hint="Set maxmemory-policy to noeviction; work is then found seconds sooner.",
                id="readout.W002",
            )
        )
    if not persists:
        found.append(
            Warning(
                "The Redis of REDIS_URL forgets its messages when it restarts.",
                hint="Set appendonly to yes; until then the sweep rings again after each restart.",
                id="readout.W003",
            )
        )
    return found


@register(Tags.database)
def check_log_key(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """W004: the log was signed before, and the key that signs it is not here."""
    if not databases:
        return []
    try:
        if LogKey.objects.exists():
            signing_key()
    except KeyMissing as error:
        return [Warning(str(error), hint="Until then nothing new is signed. See docs/log.md.", id="readout.W004")]
    except DatabaseError:
        return []  # before the first migration, or told by another check
    return []


@register(Tags.database)
def check_archive(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """W005: the archive is nearly full, or full; its disk has little room left; it cannot be reached."""
    if not databases:
        return []
    try:
        return [
            Warning(str(sentence), hint="See docs/archive.md.", id="readout.W005") for sentence in alarms(archive())
        ]
    except DatabaseError:
        return []  # before the first migration, or told by another check


@register()
def check_user_agent(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """E019: FETCH_USER_AGENT holds what no header can carry."""
    agent = settings.FETCH_USER_AGENT
    if agent.isascii() and (agent.isprintable() or not agent):
        return []
    return [
        Error(
            "FETCH_USER_AGENT holds what a header cannot carry.",
            hint="FETCH_USER_AGENT: write one line of ASCII, e.g. PortDesk/1 (+https://desk.example; me@desk.example).",
            id="readout.E019",
        )
    ]


@register(Tags.database)
def check_contact(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """W006: sources are asked by themselves, and the sites are told nobody to write to."""
    if not databases or settings.FETCH_USER_AGENT:
        return []
    try:
        nameless = Source.objects.filter(enabled=True).exists() and not Desk.get().contact
    except DatabaseError:
        return []  # before the first migration, or told by another check
    if not nameless:
        return []
    return [
        Warning(
            "Sources are being followed, and their sites are not told whom to write to.",
            hint="Name a contact in the desk's settings, or set FETCH_USER_AGENT. See docs/politeness.md.",
            id="readout.W006",
        )
    ]


@register()
def check_engines(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """E020: an engine that is listed cannot be loaded, so no article would give claims.

    Those that come with Readout are not tried: loading the grammar would cost every command a second.
    """
    try:
        load_engines([path for path in settings.EXTRACTION_ENGINES if path not in DEFAULT_ENGINES])
    except ValueError as error:
        hint = "Correct EXTRACTION_ENGINES, or set what the engine asks for (docs/engines.md)."
        return [Error(f"{error}", hint=hint, id="readout.E020")]
    return []
