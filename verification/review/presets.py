"""What a new desk starts with: its groups of people, and a rating scale of five steps."""

from typing import Any

SCALE = "Five steps"
# (key, label, meaning, tone, number or None for what stands beside the scale)
RATINGS = (
    (5, "Accurate", "The record bears it out.", "good", 5),
    (4, "Mostly accurate", "Right in what matters; a detail is off.", "good", 4),
    (3, "Missing context", "Not wrong, but what was left out changes how it reads.", "caution", 3),
    (2, "Misleading", "It uses something true to say something that is not.", "caution", 2),
    (1, "False", "The record says otherwise.", "bad", 1),
    (0, "No primary record", "We looked, and no record that could test it was found.", "quiet", None),
)
ROLES = ("intake", "checker", "editor", "legal", "publisher", "auditor", "administrator")
# What each group may look at in the admin, by application and model. What they may do is `verification.review.policy`.
EVERYBODY = {
    "claims": ("article", "claim", "appearance", "outlet", "speaker", "submission"),
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
    ("verification", "desk", ("add", "change")),
    ("verification", "rating", ("add", "change")),
    ("verification", "ratingscale", ("add", "change")),
    ("verification", "topic", ("view", "add", "change")),
)


def plant(apps: Any) -> None:
    """Make what is missing: groups with their permissions, and the scale. `apps` may be a migration's registry.

    Permissions must exist already (Django makes them after a migration, `create_permissions` at any time).
    """
    plant_groups(apps)
    scale, made = apps.get_model("verification", "RatingScale").objects.get_or_create(
        name=SCALE, defaults={"worst": 1, "best": 5}
    )
    if made:
        rating = apps.get_model("verification", "Rating")
        rating.objects.bulk_create(
            rating(scale=scale, value=value, label=label, meaning=meaning, tone=tone, numeric=numeric)
            for value, label, meaning, tone, numeric in RATINGS
        )


def plant_scales(apps: Any) -> None:
    """Make the scales of `FURTHER_SCALES` that are missing, out of use."""


def uproot_scales(apps: Any) -> None:
    """Take the scales of `FURTHER_SCALES` away."""


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
