"""What a person brings to the desk: languages, topics, when their digest comes; and how much is given to them."""

import re
from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.db import transaction

from claims.wording import words
from verification.models import Profile, Topic
from verification.people.rights import must_be_theirs, must_run_the_desk
from verification.review.refusals import Refusal, Unmet

# A language as BCP 47 writes it, region and script allowed: en, pt-BR, sr-Latn.
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
MOST_LANGUAGES, MOST_CASES, MOST_WEIGHT = 20, 200, 100


def profile_of(person: User) -> Profile:
    """Return a person's profile; what holds without one, not stored, where there is none."""
    return Profile.objects.filter(person=person).first() or Profile(person=person)


def languages_in(text: str) -> list[str]:
    """Return the language codes of a line such as `en, pt-BR`, each once, written as BCP 47 recommends.

    Raises Unmet when one of them is no code.
    """
    typed = [code for code in re.split(r"[\s,;]+", text) if code]
    unknown = [code for code in typed if not LANGUAGE.fullmatch(code)]
    if unknown:
        why = words("“%(code)s” is no language code: write codes such as en, pt or pt-BR.", code=unknown[0][:40])
        raise Unmet(Refusal("languages", why))
    codes = list(dict.fromkeys(map(_recommended, typed)))
    if len(codes) > MOST_LANGUAGES:
        raise Unmet(Refusal("languages", words("Name %(most)s languages at most.", most=MOST_LANGUAGES)))
    return codes


def _recommended(code: str) -> str:
    language, *rest = code.split("-")
    return "-".join([language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


@transaction.atomic
def set_reading(by: User, person: User, *, languages: Collection[str], topics: Iterable[Topic]) -> None:
    """Say what a person reads (no language: any) and which topics they know."""
    must_be_theirs(by, person)
    profile, _made = Profile.objects.update_or_create(person=person, defaults={"languages": list(languages)})
    profile.topics.set(topics)


def set_digest_hour(person: User, hour: int) -> None:
    """Say at which hour of the desk's day a person's own digest is sent (0 to 23)."""
    Profile.objects.update_or_create(person=person, defaults={"digest_hour": hour})


def set_load(by: User, person: User, *, capacity: int | None, weight: int) -> None:
    """Say how many cases a person has at once (None: no limit), and their share of what is given out by itself."""
    must_run_the_desk(by)
    Profile.objects.update_or_create(person=person, defaults={"capacity": capacity, "weight": weight})


def hide_hints(person: User, *, hidden: bool) -> None:
    """Say whether a person's home leaves out the first steps."""
    Profile.objects.update_or_create(person=person, defaults={"hints_hidden": hidden})
