"""The sample desk, and who works there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colleague:
    """One log-in: its role (a group of `verification.review.presets`), and an invented name."""

    username: str
    role: str
    first_name: str
    last_name: str

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.first_name} {self.last_name}"


COLLEAGUES = (
    Colleague("intake", "intake", "Maud", "Ferriby"),
    Colleague("checker", "checker", "Jonas", "Tarrant"),
    Colleague("checker2", "checker", "Leila", "Mornay"),
    Colleague("editor", "editor", "Edith", "Calloway"),
    Colleague("publisher", "publisher", "Piers", "Oakham"),
)

# The fields of `verification.models.Desk`. An editor decides on second checks, so that one case can wait for it; and a
# turn lasts a week, so that the cases stand tomorrow where they stand today.
DESK = {
    "name": "Ellowen Fact Desk",
    "description": "An invented desk with invented cases, to try Readout on. Nothing here is about anybody who lives.",
    "licence": "Text under the Apache License 2.0",
    "second_check": None,
    "names_public": True,
    "turn_minutes": 7 * 24 * 60,
    "sample": True,
}
