"""Rating scales: one is in use at a time. They are renamed or put out of use, never deleted."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification.models import Rating, RatingScale
from verification.templatetags.desk import rating as rating_shown

if TYPE_CHECKING:
    ScaleBase = admin.ModelAdmin[RatingScale]
    RatingBase = admin.StackedInline[Rating, RatingScale]
    ScaleFormBase = forms.ModelForm[RatingScale]
    RatingFormBase = forms.ModelForm[Rating]
    RatingSetBase = BaseInlineFormSet[Rating, RatingScale, RatingFormBase]
else:  # generic for the type checker only
    ScaleBase = admin.ModelAdmin
    RatingBase = admin.StackedInline
    ScaleFormBase = RatingFormBase = forms.ModelForm
    RatingSetBase = BaseInlineFormSet


class ScaleForm(ScaleFormBase):
    """A scale: one is in use at a time."""

    class Meta:
        model = RatingScale
        fields = ["name", "worst", "best", "in_use"]
        help_texts = {
            "in_use": gettext_lazy("One scale is in use at a time: ticking this one takes the other out of use."),
            "worst": gettext_lazy("the lowest number of a rating"),
            "best": gettext_lazy("the highest number of a rating"),
        }

    def clean_in_use(self) -> bool:
        """Refuse to leave the desk without a scale."""
        in_use: bool = self.cleaned_data["in_use"]
        if not in_use and not RatingScale.objects.filter(in_use=True).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("The desk needs a scale: tick “in use” at the one to use instead."))
        return in_use

    def clean(self) -> dict[str, Any]:
        """Refuse a scale without two ends."""
        found = super().clean() or self.cleaned_data
        worst, best = found.get("worst"), found.get("best")
        if worst is not None and best is not None and worst >= best:
            self.add_error("best", _("The best number has to be higher than the worst."))
        return found


class RatingForm(RatingFormBase):
    """One step of a scale: a key, a label that says something, a number of the scale or none."""

    class Meta:
        model = Rating
        fields = ["value", "label", "tone", "numeric", "meaning"]
        labels = {"value": gettext_lazy("Key"), "numeric": gettext_lazy("Number on the scale")}
        help_texts = {
            "value": gettext_lazy("0 to 9: the key that picks it, and its place on the meter of five"),
            "numeric": gettext_lazy("empty: it stands beside the scale, as “not enough evidence” does"),
        }

    def clean_value(self) -> int:
        """Refuse what is no key."""
        value: int = self.cleaned_data["value"]
        if not 0 <= value <= 9:
            raise ValidationError(_("A key is one figure, from 0 to 9."))
        return value


class RatingSet(RatingSetBase):
    """The steps of a scale together: no key, label or number twice, and no number off the scale."""

    def clean(self) -> None:
        """Say at the row itself what is wrong with it."""
        super().clean()
        ends = [self.instance.worst, self.instance.best]
        seen: dict[tuple[str, object], int] = {}
        filled = [form for form in self.forms if form.is_valid() and form.cleaned_data]
        for form in filled:
            label, numeric = form.cleaned_data["label"], form.cleaned_data["numeric"]
            if numeric is not None and None not in ends and not ends[0] <= numeric <= ends[1]:
                told = {"worst": ends[0], "best": ends[1]}
                form.add_error("numeric", _("It lies outside the scale, which is from %(worst)s to %(best)s.") % told)
            for name, key in (("label", label.casefold()), ("numeric", numeric)):
                if key is not None and seen.setdefault((name, key), id(form)) != id(form):
                    form.add_error(name, _("Another rating of this scale has it already."))
        if len(filled) < 2:
            raise ValidationError(_("A scale has two ratings at least."))

    def get_unique_error_message(self, unique_check: Any) -> str:
        """Say which rule two rows break."""
        return _("Two ratings have the same key: give each one its own.")


class RatingInline(RatingBase):
    """The steps of a scale, each with what it looks like as it is saved."""

    model = Rating
    form = RatingForm
    formset = RatingSet
    fields = [("value", "label", "tone", "numeric"), "meaning", "looks_like"]
    readonly_fields = ["looks_like"]
    extra = 0
    can_delete = False

    @admin.display(description=gettext_lazy("Looks like"))
    def looks_like(self, rating: Rating) -> SafeString | str:
        """Show a rating as pages show it."""
        if rating._state.adding:
            return _("shown once it is saved")
        return format_html("{} <span>{}</span>", rating_shown(rating), rating.meaning)


@admin.register(RatingScale)
class RatingScaleAdmin(ScaleBase):
    """Scales are renamed or put out of use, never deleted: judgments and verdicts point at their steps."""

    list_display = ["name", "steps", "worst", "best", "in_use"]
    form = ScaleForm
    change_form_template = "desk/settings_scale_form.html"
    inlines = [RatingInline]

    @admin.display(description=gettext_lazy("Ratings"))
    def steps(self, scale: RatingScale) -> str:
        """Name the ratings."""
        return " · ".join(rating.label for rating in scale.ratings.all())

    def get_queryset(self, request: HttpRequest) -> Any:
        """Read the ratings with their scales."""
        return super().get_queryset(request).prefetch_related("ratings")

    def save_model(self, request: HttpRequest, obj: RatingScale, form: Any, change: bool) -> None:
        """Store a scale; one that comes into use puts the others out of use in the same transaction."""
        with transaction.atomic():
            # All of them, in one order: of two administrators who choose at once, the later one's choice stands.
            others = RatingScale.objects.select_for_update(no_key=True).order_by("pk").exclude(pk=obj.pk)
            out = [scale for scale in others if scale.in_use] if obj.in_use else []
            RatingScale.objects.filter(pk__in=[scale.pk for scale in out]).update(in_use=False)
            super().save_model(request, obj, form, change)
        if out:
            told = {"now": obj.name, "before": ", ".join(scale.name for scale in out)}
            messages.info(
                request,
                _(
                    "“%(now)s” is in use now, and “%(before)s” is not offered any more. Drafts that use it are asked "
                    "to choose again; what was submitted or published keeps its words."
                )
                % told,
            )

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse."""
        return False
