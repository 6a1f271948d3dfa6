"""When two names are certainly one: equal but for capitals, blanks, apostrophes and how their accents are encoded."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from claims.models import Speaker

LONGEST_NAME = 200
_APOSTROPHES = "’‘ʼ‛＇`´"
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
# What `key_of` does, in the database; blanks were collapsed when the name was stored.
_QUOTED_TWICE = "''" * len(_APOSTROPHES)
_KEY = f"lower(translate(normalize({{name}}), '{_APOSTROPHES}' || chr(160), '{_QUOTED_TWICE} '))"
_LIST = "CASE jsonb_typeof(speaker.aliases) WHEN 'array' THEN speaker.aliases ELSE '[]' END"
_HOLDERS = f"""
SELECT {_KEY.format(name="speaker.name")}, speaker.id, speaker.name, COALESCE(speaker.joined_to_id, speaker.id), false
  FROM claims_speaker AS speaker WHERE {_KEY.format(name="speaker.name")} = ANY(%(keys)s)
UNION ALL
SELECT {_KEY.format(name="alias")}, speaker.id, speaker.name, COALESCE(speaker.joined_to_id, speaker.id), true
  FROM claims_speaker AS speaker CROSS JOIN LATERAL jsonb_array_elements_text({_LIST}) AS alias
 WHERE speaker.aliases <> '[]' AND {_KEY.format(name="alias")} = ANY(%(keys)s)
 ORDER BY 5, 2
"""  # nosec B608 (constants)


@dataclass(frozen=True, slots=True)
class Holder:
    """A row that goes by a name: its id and name, the row that stands for it, and whether the name is an alias."""

    pk: int
    name: str
    stands: int
    is_alias: bool


def on_one_line(name: str) -> str:
    """Return a name as it is stored: NFC, one blank between words, at most 200 characters."""
    return " ".join(unicodedata.normalize("NFC", name).split())[:LONGEST_NAME].rstrip()


def key_of(name: str) -> str:
    """Return what two names have in common that are certainly one; empty for no name."""
    return on_one_line(name).translate(_ONE_APOSTROPHE).lower()


def holders_of(keys: Collection[str]) -> dict[str, list[Holder]]:
    """Return by key which rows go by these names: those whose own name it is, then those with it as alias (one
    query).
    """
    if not keys:
        return {}
    found: dict[str, list[Holder]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, {"keys": list(keys)})
        for key, pk, name, stands, is_alias in cursor.fetchall():
            found.setdefault(key, []).append(Holder(pk, name, stands, is_alias))
    return found


def lock_names(keys: Iterable[str]) -> None:
    """Let nobody else take these names until the transaction ends (names are held by no row before they are stored)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 5150)) FROM unnest(%s::text[]) AS key",
            [sorted(set(keys))],
        )


def kind_of(kind: str | None) -> str:
    """Return a kind as the column holds it; empty where it is not known."""
    return kind if kind in Speaker.Kind.values else Speaker.Kind.UNKNOWN.value
