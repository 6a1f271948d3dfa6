"""What the sample desk has beside its cases: topics, sides of speakers, and the fact checks of its own past."""

from pathlib import Path

from claims.models import Speaker
from verification.connectors.earlier.files import read_earlier
from verification.models import SpeakerSide, Topic
from verification.research.earlier import import_earlier

EARLIER = Path(__file__).with_name("earlier.csv")
TOPICS = ("heating", "lake", "public money")
# How a speaker's name ends, and whose side that is in the desk's words.
SIDES = {
    "Arkwright": "government of Corravane",
    "Garrowby": "government of Corravane",
    "Colmworth": "opposition in Corravane",
    "Lindemar": "government of Drennick",
}


def furnish() -> None:
    """Make what is missing; safe to run again."""
    for name in TOPICS:
        Topic.objects.get_or_create(name=name)
    import_earlier(read_earlier(EARLIER))


def name_sides() -> None:
    """Say whose side the speakers are on whom the articles named; those nobody named have none."""
    for name, side in SIDES.items():
        for speaker in Speaker.objects.filter(name__endswith=name, side__isnull=True):
            SpeakerSide.objects.create(speaker=speaker, side=side)
