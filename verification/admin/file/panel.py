"""What a panel of the case file is. The panels themselves are listed in `page`."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: `key` is its anchor, `template` shows it with `panel` (this) and what `context` holds.

    `count` stands beside its name in the list of panels; None where counting says nothing.
    """

    key: str
    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    count: int | None = None
