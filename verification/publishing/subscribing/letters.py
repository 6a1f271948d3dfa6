"""What subscribers are written: the question whether they want it, and one letter for each publication.

Plain text. What others wrote stands on a line of its own and without line breaks, so that it can end no header and
begin none.
"""

import uuid

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from verification.models import Change, Desk, Publication, Subscriber
from verification.people.post import Letter
from verification.publishing.addresses import Addresses
from verification.publishing.history import published_version
from verification.publishing.plain_text import one_line
from verification.publishing.subscribing.links import changing, confirming, leaving

LONGEST_SUBJECT = 150
LONGEST_LINE = 1000


def question(subscriber: Subscriber) -> Letter:
    """Return what an address is asked; for one that subscribes already the way to its subscription."""
    desk = Desk.get().name
    context = {
        "desk": one_line(desk, LONGEST_LINE),
        "confirmed": subscriber.confirmed_at is not None,
        "wants": subscriber.get_wants_display(),
        "link": changing(subscriber) if subscriber.confirmed_at else confirming(subscriber),
    }
    subject = _("%(desk)s: corrections by mail") % {"desk": desk}
    return Letter(
        subscriber.address, one_line(subject, LONGEST_SUBJECT), render_to_string("mail/question.txt", context)
    )


def news(publication: Publication, subscriber: Subscriber) -> Letter:
    """Return what a subscriber is told of a publication (its verdict, what that replaced, and its case at hand).

    The same publication has the same Message-ID for the same subscriber, however often it is sent.
    """
    verdict = publication.verdict
    told, addresses = published_version(verdict), Addresses(settings.PUBLIC_URL)
    headline = verdict.claim_text if told.void else verdict.headline
    context = {
        "desk": one_line(Desk.get().name, LONGEST_LINE),
        "change": told.change_label if verdict.change != Change.INITIAL else "",
        "headline": one_line(headline, LONGEST_LINE),
        "rating": "" if told.void else one_line(told.rating, LONGEST_LINE),
        "rating_change": "" if told.void else one_line(told.rating_change, LONGEST_LINE),
        "claim": one_line(verdict.claim_text, LONGEST_LINE),
        "claimant": one_line(verdict.claimant or "", LONGEST_LINE),
        "note": one_line(verdict.change_note, 4 * LONGEST_LINE) if verdict.change != Change.INITIAL else "",
        "address": addresses.check(told.check),
        "replaced": addresses.version(told.check, verdict.supersedes.version) if verdict.supersedes else "",
        "changing": changing(subscriber),
    }
    host = settings.PUBLIC_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    headers = {
        "Message-ID": f"<{uuid.uuid5(subscriber.public, verdict.public.hex).hex}@{host}>",
        "List-Id": f"<checks.{host}>",  # RFC 2919
        "List-Unsubscribe": f"<{leaving(subscriber)}>",  # RFC 2369
    }
    if settings.PUBLIC_URL.startswith("https:"):  # RFC 8058, section 3.1: such an address alone
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    subject = one_line(_SUBJECTS[Change(verdict.change)]() % {"headline": context["headline"]}, LONGEST_SUBJECT)
    return Letter(subscriber.address, subject, render_to_string("mail/news.txt", context), headers)


_SUBJECTS = {
    Change.INITIAL: lambda: _("Fact check: %(headline)s"),
    Change.CORRECTION: lambda: _("Correction: %(headline)s"),
    Change.UPDATE: lambda: _("Update: %(headline)s"),
    Change.VOID: lambda: _("Withdrawn: %(headline)s"),
}
