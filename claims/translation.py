"""Shows the words of a pure room to a reader: the message is translated first, its values are filled in afterwards."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext

from claims.wording import Words


def say(words: Words) -> str:
    """Return the message in the active language."""
    return gettext(words.msgid) % dict(words.params) if words.params else gettext(words.msgid)


def tell(stored: Sequence[Mapping[str, object]]) -> list[str]:
    """Return stored reasons in the active language."""
    told = []
    for reason in stored:
        params = reason.get("params")
        pairs = tuple(params.items()) if isinstance(params, dict) else ()
        told.append(say(Words(str(reason["msgid"]), pairs)))
    return told
