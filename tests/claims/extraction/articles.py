"""A sample article in our own words, about institutions that do not exist."""

from pathlib import Path

SUMMIT = (Path(__file__).parent / "summit.txt").read_text(encoding="utf-8")
