"""The labels readers see: each has a word, a tone and an icon, and never a colour alone."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from verification.models import Change, Stance, Tier


@dataclass(frozen=True, slots=True)
class Badge:
    """A word with its tone and the icon that goes with it."""

    label: str | Promise
    tone: str
    icon: str


_CLASSES = {
    "exact": Badge(_("Exact"), "good", "check"),
    "normalised": Badge(_("Normalised"), "good", "approx"),
    "spelling": Badge(_("Spelling"), "good", "approx"),
    "edited": Badge(_("Edited (marked)"), "quiet", "change"),
    "altered": Badge(_("Altered words"), "bad", "noteq"),
    "not_found": Badge(_("Not found"), "quiet", "absent"),
}
_FLAGS = {
    "stitched": Badge(_("Stitched"), "caution", "stitch"),
    "truncated": Badge(_("Truncated"), "caution", "cut"),
    "wrong_speaker": Badge(_("Wrong speaker"), "bad", "person"),
}
_FIGURES = {
    "agrees": Badge(_("Agrees"), "good", "check"),
    "rounded": Badge(_("Rounded"), "good", "approx"),
    "within": Badge(_("Within its bounds"), "good", "approx"),
    "differs": Badge(_("Differs"), "bad", "noteq"),
    "not_comparable": Badge(_("Not comparable"), "quiet", "dash"),
}
_CHANGES = {
    "negation": _("a negation differs"),
    "number": _("a number differs"),
    "modal": _("a modal verb differs"),
    "name": _("a name differs"),
    "tense": _("the tense differs"),
    "quantifier": _("a word of quantity differs"),
}
_VERSIONS = {
    Change.INITIAL: _("First version"),
    Change.CORRECTION: _("Correction"),
    Change.UPDATE: _("Update"),
    Change.VOID: _("Withdrawn"),
    Change.MINOR: _("Minor edit"),
}
_STANCES = {
    Stance.SUPPORTS: Badge(_("Supports"), "good", "plus"),
    Stance.REFUTES: Badge(_("Refutes"), "bad", "minus"),
    Stance.MIXED: Badge(_("Mixed"), "caution", "mixed"),
    Stance.SILENT: Badge(_("Silent"), "quiet", "silent"),
}


def class_badge(quote_class: str) -> Badge:
    """Return the label of a quote class."""
    return _CLASSES.get(quote_class) or Badge(quote_class, "quiet", "dash")


def figure_badge(outcome: str, *, warns: bool) -> Badge:
    """Return the label of a comparison of figures or dates; what cannot be compared may still mislead."""
    badge = _FIGURES.get(outcome) or Badge(outcome, "quiet", "dash")
    return replace(badge, tone="caution", icon="warn") if warns and badge.tone == "quiet" else badge


def flag_badge(flag: str) -> Badge | None:
    """Return the label of a flag that stands beside the class, None for one that only says what changed."""
    return _FLAGS.get(flag)


def flag_words(flag: str) -> str | Promise | None:
    """Return what a flag says changed, None for one that has a label."""
    return _CHANGES.get(flag)


def change_words(change: str) -> str:
    """Return what kind of version this is: `Correction`, `Update`, `Withdrawn`."""
    return str(_VERSIONS[Change(change)])


def stance_badge(stance: str) -> Badge:
    """Return the label of a stance."""
    return _STANCES[Stance(stance)]


def tier_words(tier: int) -> tuple[str, str]:
    """Return a tier's short name and what it means: `T0`, `Verbatim record`."""
    short, _blank, meaning = str(Tier(tier).label).partition(" ")
    return short, str(capfirst(meaning))
