"""Entries of the log that programs made: by which one."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _


def facts(actor: str, told: Mapping[str, Any], programs: Mapping[str, str], withheld: Collection[int]) -> Iterable[str]:
    """Yield by which program an entry was made; not what it is called where its person (id) is among the `withheld`."""
    if "token" not in told:
        return
    name = programs.get(str(told["token"]))
    hidden = name is None or actor in {f"user:{pk}" for pk in withheld}
    yield _("By a program") if hidden else _("By a program, %(name)s") % {"name": name}
