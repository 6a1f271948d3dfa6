"""Intake meets names: each gets the row that certainly is it, or a new one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from claims.models import Speaker
from claims.speakers.sameness import holders_of, key_of, kind_of, lock_names, on_one_line


@dataclass(slots=True)
class _Met:
    """What an article tells of one speaker: the name as first written, and the first kind and role that it gives."""

    name: str
    kind: str
    role: str | None


@transaction.atomic
def speakers_for(found: Iterable[tuple[str, str | None, str | None]]) -> dict[str, Speaker]:
    """Find or make the rows of (name, kind, role); return them by name, as each was handed in.

    A row is found by its name, in whatever capitals, or by an alias that exactly one row has; nothing else is certain.
    It is the row of that name, also where it was joined to another. A kind and a role it lacks are filled in, never
    changed. Names are cut to 200 characters; one without a letter has no row. Two queries where all are known, and two
    more where a row is told something new. Of two articles that bring one new name at once, the second waits until
    the first is stored.
    """
    met: dict[str, _Met] = {}
    keys: dict[str, str] = {}
    for name, kind, role in found:
        key = key_of(name)
        if not any(character.isalnum() for character in key):
            continue
        keys[name] = key
        one = met.setdefault(key, _Met(on_one_line(name), kind_of(kind), on_one_line(role or "") or None))
        one.kind = one.kind or kind_of(kind)
        one.role = one.role or on_one_line(role or "") or None
    ids = _known(met, met)
    if missing := [key for key in met if key not in ids]:
        lock_names(missing)
        ids |= _known(missing, met)
        new = [Speaker(name=met[key].name) for key in sorted(missing) if key not in ids]
        Speaker.objects.bulk_create(new, ignore_conflicts=True)
        ids |= _known([key for key in missing if key not in ids], met)
    rows = Speaker.objects.in_bulk(ids.values())
    rows |= _told_more(rows, {ids[key]: one for key, one in met.items()})
    return {name: rows[ids[key]] for name, key in keys.items()}


def _known(keys: Collection[str], met: dict[str, _Met]) -> dict[str, int]:
    """Return the ids of the rows that certainly are these names, by key.

    Names that stand there letter by letter are found by the index; only for the others all rows are looked through.
    """
    written = {met[key].name: key for key in keys}
    alike = Speaker.objects.filter(name__in=written).values_list("name", "pk") if written else ()
    found = {written[name]: pk for name, pk in alike}
    for key, holders in holders_of([key for key in keys if key not in found]).items():
        own = [holder for holder in holders if not holder.is_alias]
        if own:
            found[key] = own[0].pk
        elif len(holders) == 1:
            found[key] = holders[0].pk
    return found


def _told_more(rows: dict[int, Speaker], told: dict[int, _Met]) -> dict[int, Speaker]:
    """Fill in kinds and roles that rows lack; return the rows that were looked at again for it."""
    lacking = [pk for pk, row in rows.items() if (told[pk].kind and not row.kind) or (told[pk].role and not row.role)]
    if not lacking:
        return {}
    # In the order of their ids, as everybody locks speakers; what somebody filled in meanwhile stays.
    locked = list(Speaker.objects.select_for_update(no_key=True).filter(pk__in=lacking).order_by("pk"))
    for row in locked:
        row.kind = row.kind or told[row.pk].kind
        row.role = row.role or told[row.pk].role
    Speaker.objects.bulk_update(locked, ["kind", "role"])
    return {row.pk: row for row in locked}
