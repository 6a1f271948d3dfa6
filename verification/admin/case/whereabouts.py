"""Where a case went by a step, in one sentence for whoever took it: where it is now, and who acts next."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verification.models import Review, State

_NOW: dict[str, str | Promise] = {
    State.TRIAGE: _("%(case)s is back in triage."),
    State.NOT_CHECKABLE: _("%(case)s is set aside as not checkable."),
    State.DUPLICATE: _("%(case)s is set aside as a duplicate."),
    State.DECLINED: _("%(case)s is declined."),
    State.QUEUED: _("%(case)s is back in the queue."),
    State.RESEARCHING: _("%(case)s is being researched: its checker goes on."),
    State.AWAITING_SOURCE: _("%(case)s waits for a source, and its turn is paused."),
    State.AWAITING_REPLY: _("%(case)s waits for a reply, and its turn is paused."),
    State.PROPOSED: _("Next an editor decides whether %(case)s gets a second check."),
    State.SECOND_CHECK: _("Next a second checker judges %(case)s blind."),
    State.ADJUDICATION: _("Next an editor decides between the judgments of %(case)s."),
    State.DRAFTING: _("Next the text of %(case)s is written, by its checker or an editor."),
    State.SIGN_OFF: _("Next an editor signs off the text of %(case)s."),
    State.APPROVED: _("Next a publisher puts out %(case)s."),
    State.PUBLISHED: _("%(case)s stands as it is published."),
    State.CHALLENGED: _("Next an editor answers the challenge to %(case)s."),
    State.ON_HOLD: _("%(case)s is on hold."),
    State.WITHDRAWN: _("%(case)s is withdrawn."),
}


def whereabouts(review: Review) -> str:
    """Return where a case stands now and whose turn it is, in the active language."""
    return str(_NOW[review.state]) % {"case": review.number}
