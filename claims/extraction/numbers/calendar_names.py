"""The English names of months and weekdays, in lower case."""

from collections.abc import Mapping
from types import MappingProxyType

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""In the order of `date.weekday`."""
MONTHS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
                "september sept sep", "october oct", "november nov", "december dec",
            ),
            1,
        )
        for name in names.split()
    }
)  # fmt: skip
"""Their numbers, 1 to 12, by full and short names."""
