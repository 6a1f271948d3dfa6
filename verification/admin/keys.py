"""Keys as data: what the bar at the foot of a page and the list behind `?` tell; `readout/keys.js` does it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Key:
    """One or more keys, parted by blanks as they are drawn, and what they do."""

    press: str
    label: str | Promise

    @property
    def caps(self) -> list[str]:
        """The keys, one by one."""
        return self.press.split()


EVERYWHERE = (
    Key("/", gettext_lazy("search")),
    Key("?", gettext_lazy("this list")),
    Key("Esc", gettext_lazy("leave a field, so that keys act again")),
    Key("Ctrl+Enter", gettext_lazy("send the form one is in, where it has a main button")),
)
LISTS = (Key("j k", gettext_lazy("next, previous")), Key("Enter", gettext_lazy("open")))
READING = (
    Key("j k", gettext_lazy("next, previous source")),
    Key("o", gettext_lazy("archived copy")),
    Key("c", gettext_lazy("comment")),
    Key("{ }", gettext_lazy("previous, next in my work")),
)
JUDGING = (
    Key("j k", gettext_lazy("source")),
    Key("e", gettext_lazy("evidence")),
    Key("s r m n", gettext_lazy("supports, refutes, mixed, silent")),
    Key("0 – 5", gettext_lazy("rating")),
    Key("w", gettext_lazy("reasoning")),
    Key("f", gettext_lazy("find more")),
    Key("o", gettext_lazy("archived copy")),
    Key("c", gettext_lazy("comment")),
    Key("[ ]", gettext_lazy("no support, nothing that refutes found")),
    Key("v h", gettext_lazy("warning: changes the meaning, does not")),
    Key("y", gettext_lazy("why the sourcing is enough")),
    Key("l", gettext_lazy("ask live sources")),
    Key("{ }", gettext_lazy("previous, next in my work")),
    Key("Ctrl+Enter", gettext_lazy("submit")),
)
