"""What a new desk starts with: its groups of people, a rating scale of five steps in use, and others to choose from."""

from dataclasses import dataclass
from typing import Any

SCALE = "Five steps"
# (key, label, meaning, tone, number or None for what stands beside the scale)
Step = tuple[int, str, str, str, int | None]
RATINGS: tuple[Step, ...] = (
    (5, "Accurate", "The record bears it out.", "good", 5),
    (4, "Mostly accurate", "Right in what matters; a detail is off.", "good", 4),
    (3, "Missing context", "Not wrong, but what was left out changes how it reads.", "caution", 3),
    (2, "Misleading", "It uses something true to say something that is not.", "caution", 2),
    (1, "False", "The record says otherwise.", "bad", 1),
    (0, "No primary record", "We looked, and no record that could test it was found.", "quiet", None),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating scale to choose from. `worst` and `best` are the ends of its numbers, as ClaimReview publishes them."""

    name: str
    worst: int
    best: int
    ratings: tuple[Step, ...]


# The labels are those the field knows; what they mean is said in our own words. The meter has five places: a number of
# its scale says which is filled, and at 0 none is.
FURTHER_SCALES = (
    Scale(
        "Six steps, PolitiFact-like",
        0,
        5,
        (
            (5, "True", "The record bears it out, and nothing that matters is missing.", "good", 5),
            (4, "Mostly true", "The record bears it out; a reader needs one more thing to know.", "good", 4),
            (3, "Half true", "In part borne out; what was left out matters as much.", "caution", 3),
            (2, "Mostly false", "Something in it is right, and what matters is not.", "caution", 2),
            (1, "False", "The record says otherwise.", "bad", 1),
            (0, "Pants on fire", "The record says otherwise, and nobody could have thought it right.", "bad", 0),
        ),
    ),
    Scale(
        "AVeriTeC",
        1,
        5,
        (
            (5, "Supported", "The evidence bears it out.", "good", 5),
            (3, "Conflicting Evidence/Cherry-picking", "Some bears it out and some does not.", "caution", 3),
            (1, "Refuted", "The evidence says otherwise.", "bad", 1),
            (0, "Not Enough Evidence", "We looked, and what was found does not settle it.", "quiet", None),
        ),
    ),
    Scale(
        "Snopes-like",
        1,
        5,
        (
            (5, "True", "What matters in it can be shown to be right.", "good", 5),
            (4, "Mostly True", "What matters in it is right; a detail beside it is not.", "good", 4),
            (3, "Mixture", "Right and wrong in it weigh about the same.", "caution", 3),
            (2, "Mostly False", "What matters in it is wrong; a detail beside it is right.", "caution", 2),
            (1, "False", "What matters in it can be shown to be wrong.", "bad", 1),
            (9, "Miscaptioned", "The picture or recording is real; what is said to be on it is not.", "caution", None),
            (8, "Misattributed", "The words are real and somebody else’s.", "caution", None),
            (7, "Outdated", "It was right once, and is not any more.", "caution", None),
            (6, "Labeled Satire", "Whoever published it said that it is a joke.", "quiet", None),
            (0, "Unproven", "We looked, and what was found settles it neither way.", "quiet", None),
        ),
    ),
)
ROLES = ("intake", "checker", "editor", "legal", "publisher", "auditor", "administrator")
# What each group may look at in the admin, by application and model. What they may do is `verification.review.policy`.
EVERYBODY = {
    "claims": ("article", "claim", "appearance", "outlet", "speaker", "speakerjoin", "submission", "weighing"),
    "verification": ("source", "document", "review", "verdict"),
}
OVERSEERS = {
    "claims": ("snapshot", "work"),
    "verification": ("searchrun", "candidate", "rating", "ratingscale", "desk", "publication"),
}
ADMINISTRATION = (
    ("auth", "user", ("view", "add", "change")),
    ("auth", "group", ("view",)),
    ("claims", "work", ("change",)),
    ("claims", "outlet", ("add", "change")),
    ("claims", "apitoken", ("view", "add", "change")),
    ("claims", "outletfeed", ("view", "add", "change")),
    ("claims", "hostlane", ("view", "change")),
    ("verification", "source", ("add", "change")),
    ("verification", "desk", ("add", "change")),
    ("verification", "rating", ("add", "change")),
    ("verification", "ratingscale", ("add", "change")),
    ("verification", "topic", ("view", "add", "change")),
    ("verification", "speakerside", ("view", "add", "change", "delete")),
)


def plant(apps: Any) -> None:
    """Make what is missing: groups with their permissions, and the scale. `apps` may be a migration's registry.

    Permissions must exist already (Django makes them after a migration, `create_permissions` at any time).
    """
    plant_groups(apps)
    _plant_scale(apps, Scale(SCALE, 1, 5, RATINGS), in_use=True)


def plant_scales(apps: Any) -> None:
    """Make the scales of `FURTHER_SCALES` that are missing, out of use. One whose name is taken is left as it is."""
    for scale in FURTHER_SCALES:
        _plant_scale(apps, scale, in_use=False)


def uproot_scales(apps: Any) -> None:
    """Take the scales of `FURTHER_SCALES` away. Raises ProtectedError where judgments or verdicts use one."""
    names = [scale.name for scale in FURTHER_SCALES]
    apps.get_model("verification", "Rating").objects.filter(scale__name__in=names).delete()
    apps.get_model("verification", "RatingScale").objects.filter(name__in=names).delete()


def _plant_scale(apps: Any, scale: Scale, *, in_use: bool) -> None:
    stored, made = apps.get_model("verification", "RatingScale").objects.get_or_create(
        name=scale.name, defaults={"worst": scale.worst, "best": scale.best, "in_use": in_use}
    )
    if made:
        rating = apps.get_model("verification", "Rating")
        rating.objects.bulk_create(
            rating(scale=stored, value=value, label=label, meaning=meaning, tone=tone, numeric=numeric)
            for value, label, meaning, tone, numeric in scale.ratings
        )


def plant_groups(apps: Any) -> None:
    """Make the groups of `ROLES`, each with what it may look at."""
    groups = {role: apps.get_model("auth", "Group").objects.get_or_create(name=role)[0] for role in ROLES}
    looks = [(app, model, ("view",)) for app, models in EVERYBODY.items() for model in models]
    oversees = [(app, model, ("view",)) for app, models in OVERSEERS.items() for model in models]
    for role, group in groups.items():
        granted = [*looks, *(oversees if role in {"auditor", "administrator"} else ())]
        if role == "administrator":
            granted += ADMINISTRATION
        group.permissions.add(*_permissions(apps, granted))


def _permissions(apps: Any, granted: list[tuple[str, str, tuple[str, ...]]]) -> list[Any]:
    permission = apps.get_model("auth", "Permission")
    return [
        found
        for app, model, verbs in granted
        for found in permission.objects.filter(
            content_type__app_label=app, codename__in=[f"{verb}_{model}" for verb in verbs]
        )
    ]
