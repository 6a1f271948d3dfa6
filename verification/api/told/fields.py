"""Fields of what is told: texts fit to be shown, times no more exact than they are known, addresses."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from verification.publishing.addresses import Addresses
from verification.publishing.moments import Moment
from verification.publishing.plain_text import printable

Told = serializers.Serializer[Any]


def _told(help_text: str, options: dict[str, Any]) -> dict[str, Any]:
    return {"read_only": True, "help_text": help_text, **options}


class Text(serializers.CharField):
    """A text without what no XML document may hold."""

    def __init__(self, help_text: str, **options: Any) -> None:
        """Say what it is."""
        super().__init__(**_told(help_text, options))

    def to_representation(self, value: object) -> str:
        """Return it fit to be shown."""
        return printable(str(value))


class Number(serializers.IntegerField):
    """A whole number."""

    def __init__(self, help_text: str, **options: Any) -> None:
        """Say what it counts."""
        super().__init__(**_told(help_text, options))


class Truth(serializers.BooleanField):
    """Whether something holds."""

    def __init__(self, help_text: str, **options: Any) -> None:
        """Say what."""
        super().__init__(**_told(help_text, options))


class Id(serializers.UUIDField):
    """A public id."""

    def __init__(self, help_text: str, **options: Any) -> None:
        """Say of what."""
        super().__init__(**_told(help_text, options))


@extend_schema_field({"type": "string"})
class At(serializers.Field[Any, Any, str, Any]):
    """A `Moment`, no more exact than it is known: `2031`, `2031-05`, `2031-05-04`, `2031-05-04T09:30:00+02:00`."""

    def __init__(self, help_text: str, **options: Any) -> None:
        """Say what happened then."""
        super().__init__(**_told(help_text, options))

    def to_representation(self, value: Moment) -> str:
        """Return it as ISO 8601."""
        return value.iso


@extend_schema_field({"type": "string", "format": "date-time"})
class Exactly(serializers.Field[Any, Any, str, Any]):
    """A time of this desk, in UTC to the second."""

    def __init__(self, help_text: str, **options: Any) -> None:
        """Say what happened then."""
        super().__init__(**_told(help_text, options))

    def to_representation(self, value: datetime) -> str:
        """Return it as RFC 3339."""
        return Moment(value).iso


@extend_schema_field({"type": "string"})
class Made(serializers.Field[Any, Any, Any, Any]):
    """A text that is made of the whole thing by `make`; None where there is none."""

    def __init__(self, help_text: str, make: Callable[[Addresses, Any], str | None], **options: Any) -> None:
        """Say what it is."""
        self.make = make
        super().__init__(**_told(help_text, {"source": "*", **options}))

    def to_representation(self, value: Any) -> str | None:
        """Return what is made."""
        return self.make(self.context["addresses"], value)


@extend_schema_field({"type": "string", "format": "uri"})
class Link(Made):
    """An address."""
