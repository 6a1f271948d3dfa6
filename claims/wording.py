"""Reasons in words, written by code that knows no Django and no reader's language.

A pure room returns `Words`: an English message with named places and the values that go there. Whoever shows them
translates the message first and fills the values in afterwards, so that one stored reason reads well in every language.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """An untranslated message (`%(name)s` places, the gettext convention) and the values of its places."""

    msgid: str
    params: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return the message in English, filled in."""
        return self.msgid % dict(self.params) if self.params else self.msgid


def words(msgid: str, **params: object) -> Words:
    """Mark `msgid` for translation (xgettext keyword `words`) and keep `params` as text beside it."""
    return Words(msgid, tuple((name, str(value)) for name, value in params.items()))


def store(reasons: Iterable[Words]) -> list[dict[str, object]]:
    """Return reasons as JSON that any language can be made of again (`claims.translation.tell`)."""
    return [{"msgid": reason.msgid, "params": dict(reason.params)} for reason in reasons]
