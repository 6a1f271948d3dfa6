"""A comment on a case, from its page's timeline."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from verification.admin.case.step_page import typed
from verification.admin.pages import Route, desk_page, person_of, posted
from verification.models import Review
from verification.review.comments import comment
from verification.review.policy import may_comment
from verification.review.refusals import Refused
from verification.review.standing import name_of


@posted
@desk_page("case")
def add_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Log a comment and tell whom it mentions; what was refused is in the field again."""
    if not may_comment(person_of(request), pk):
        raise PermissionDenied(_("Your role reads cases and writes no comments: ask a checker or an editor."))
    text = typed(request, "text")
    back = f"{reverse('admin:verification_review_change', args=[pk])}#comment"
    try:
        said = comment(get_object_or_404(Review, pk=pk), person_of(request), text)
    except Refused as error:
        messages.error(request, str(error))
        request.session["comment"] = {"case": pk, "text": text}
        return redirect(back)
    if said.mentioned:
        names = ", ".join(name_of(each) for each in said.mentioned)
        messages.success(request, _("Your comment is in the log. Told of it: %(names)s.") % {"names": names})
    else:
        messages.success(request, _("Your comment is in the log."))
    if said.unknown:
        names = ", ".join(f"@{name}" for name in said.unknown)
        told = _("Nobody here has the log-in name %(names)s, so nobody was told. A mention is @ and a log-in name.")
        messages.warning(request, told % {"names": names})
    return redirect(back)


ROUTES: list[Route] = [("<int:pk>/comment/", add_comment, "case_comment")]
