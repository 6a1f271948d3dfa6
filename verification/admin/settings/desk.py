"""The form of the desk itself: one row, in groups, each setting with what follows from it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.db.models import Model, URLField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification.admin.settings.rule_tried import try_rule
from verification.models import Desk, RatingScale

if TYPE_CHECKING:
    DeskBase = admin.ModelAdmin[Desk]
    DeskFormBase = forms.ModelForm[Desk]
else:  # generic for the type checker only
    DeskBase = admin.ModelAdmin
    DeskFormBase = forms.ModelForm

TRY = "_try"
RULE = ("second_check", "second_check_rule", "risk_from", "sample_percent")
"""The settings that say whether a second person judges a case."""


class DeskForm(DeskFormBase):
    """What the desk says of itself and how it works, each with its consequence."""

    class Meta:
        model = Desk
        fields: list[str] = []  # the admin takes those of its groups
        labels = {
            "second_check_rule": gettext_lazy("Further second checks"),
            "risk_from": gettext_lazy("By risk: from priority"),
            "sample_percent": gettext_lazy("By sample: per cent"),
            "names_public": gettext_lazy("Readers see names"),
            "names_to_adjudicator": gettext_lazy("The deciding editor sees names"),
            "turn_minutes": gettext_lazy("Minutes of a turn"),
        }
        help_texts = {
            "name": gettext_lazy("At the head of every public page, and the author in feeds and ClaimReview."),
            "homepage": gettext_lazy("Every public page links to it; sites we fetch from are told it too."),
            "contact": gettext_lazy(
                "An e-mail address or a page: sites we fetch from are told it, so that they can write instead of "
                "shutting us out."
            ),
            "description": gettext_lazy("One or two sentences: feeds and search engines show them below the name."),
            "licence": gettext_lazy("At the foot of every page and in the feeds, for instance: Text under CC BY 4.0."),
            "language": gettext_lazy(
                "The language of your verdicts, as in en or pt-BR: browsers read pages aloud in it, and feeds name it."
            ),
            "names_public": gettext_lazy(
                "Ticked, the page of a check says who checked and approved it, on old checks too; unticked, it names "
                "nobody of the desk."
            ),
            "second_check": gettext_lazy(
                "Always: no verdict before a second person judged the case blind. Never: one judgment is enough. "
                "Undecided: a judgment waits until an editor says."
            ),
            "second_check_rule": gettext_lazy("Adds second checks to the setting above, and never takes one away."),
            "risk_from": gettext_lazy(
                "From 0 to 1: the lower, the more cases are judged twice. Counts only with “by risk”."
            ),
            "sample_percent": gettext_lazy(
                "From 0 to 100: so many of a hundred cases, drawn by chance. Counts only with “by sample”."
            ),
            "names_to_adjudicator": gettext_lazy(
                "Unticked, whoever decides between two judgments reads them as A and B, without names."
            ),
            "turn_minutes": gettext_lazy(
                "After so many minutes a case goes back into the queue and its draft stays; 480 are eight hours. Turns "
                "that run keep their end."
            ),
            "postponements": gettext_lazy(
                "How often a checker may put off the end of a turn; with 0 an editor has to. Editors always may."
            ),
        }


@admin.register(Desk)
class DeskAdmin(DeskBase):
    """One row: its list is its form. *Try it* says what the rule as typed would do, and saves nothing."""

    form = DeskForm
    change_form_template = "desk/settings_desk.html"
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    fieldsets = [
        (
            gettext_lazy("What readers see"),
            {"fields": ["name", "homepage", "contact", "description", "licence", "language", "names_public"]},
        ),
        (
            gettext_lazy("Second checks"),
            {
                "fields": [*RULE],
                "description": gettext_lazy(
                    "Whether a second person judges a case blind is said when the case is accepted, and again when it "
                    "is corrected; an editor’s plan for a case stands above it. By risk, the priority of that moment "
                    "counts. By sample, the draw follows from the case’s public id and its cycle: the log tells what "
                    "was drawn, and anybody can compute it again. “Try it”, below, counts what the values as typed "
                    "would have done, and saves nothing."
                ),
            },
        ),
        (gettext_lazy("Where two judgments differ"), {"fields": ["names_to_adjudicator"]}),
        (gettext_lazy("Turns"), {"fields": ["turn_minutes", "postponements"]}),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Go to the one row, or to the form that makes it."""
        if Desk.objects.filter(pk=Desk.ONLY).exists():
            return redirect("admin:verification_desk_change", Desk.ONLY)
        return redirect("admin:verification_desk_add")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show and save the form; with *Try it*, show it again as typed, with what its rule would do."""
        scale = RatingScale.objects.filter(in_use=True).prefetch_related("ratings").first()
        context = {**(extra_context or {}), "scale": scale, "show_save_and_add_another": False}
        if request.method == "POST" and TRY in request.POST:
            return self._tried(request, context)
        return super().changeform_view(request, object_id, form_url, context)

    def _tried(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Show the form as it was filled in: stock, but that nothing is saved and the rule's tally stands above it."""
        stored = Desk.objects.filter(pk=Desk.ONLY).first()
        if not (self.has_change_permission(request, stored) if stored else self.has_add_permission(request)):
            raise PermissionDenied
        form = self.get_form(request, stored, change=stored is not None)(request.POST, instance=Desk.get())
        tried = try_rule(form.instance) if form.is_valid() else None
        fieldsets = self.get_fieldsets(request, stored)
        shown = helpers.AdminForm(form, fieldsets, {}, model_admin=self)  # type: ignore[arg-type]  # as Django does
        context |= {
            **self.admin_site.each_context(request),
            "title": _("Desk settings"),
            "adminform": shown,
            "original": stored,
            "media": self.media + shown.media,
            "inline_admin_formsets": [],
            "errors": helpers.AdminErrorList(form, []),
            "is_popup": False,
            "tried": tried,
        }
        return self.render_change_form(request, context, add=stored is None, change=stored is not None, obj=stored)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow one row."""
        return super().has_add_permission(request) and not Desk.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: a desk without settings has the defaults."""
        return False
