"""The file that says a state folder holds a sample desk. Knows no Django: the supervisor reads it before settings."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "sample-desk"


@dataclass(frozen=True, slots=True)
class Marker:
    """On which port the sample's site answers, and whether everything has been loaded from it."""

    port: int
    loaded: bool = False


def read_marker(state: Path) -> Marker | None:
    """Return what the marker in `state` says; None when there is none that can be read."""
    try:
        return Marker(**json.loads((state / FILE).read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError):
        return None


def write_marker(state: Path, marker: Marker) -> None:
    """Write the marker, whole or not at all."""
    draft = state / f"{FILE}.{os.getpid()}"
    draft.write_text(json.dumps(asdict(marker)), encoding="ascii")
    draft.replace(state / FILE)
