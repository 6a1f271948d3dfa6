"""Speakers as entities: found at intake, described, joined when a person says that two are one, and parted again."""

from claims.speakers.describing import Described, describe
from claims.speakers.joining import join, keep_apart, part, was_kept_apart
from claims.speakers.likeness import LikelyJoin, suggested_joins
from claims.speakers.meeting import speakers_for
from claims.speakers.refusing import SpeakerRefused
from claims.speakers.standing import STANDS, everyone_of, named, names_of, standing_for

__all__ = [
    "STANDS",
    "Described",
    "LikelyJoin",
    "SpeakerRefused",
    "describe",
    "everyone_of",
    "join",
    "keep_apart",
    "named",
    "names_of",
    "part",
    "speakers_for",
    "standing_for",
    "suggested_joins",
    "was_kept_apart",
]
