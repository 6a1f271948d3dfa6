"""Notices by mail: at once, and gathered in a daily digest.

A row of work per person says that mail is due; whoever has its lease sends. A notice counts as mailed only after the
server took the letter: a worker that is killed in between may send it twice, and none is lost. While there is no
server, or it refuses, everything stays due.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from claims import work
from claims.models import Work
from claims.models.clock import ClockTimestamp, read_clock
from claims.translation import tell
from verification.models import Desk, Notification, Profile
from verification.people.notices.digests import digest_moment, is_due
from verification.people.notices.kinds import AT_ONCE, DIGEST
from verification.people.notices.tokens import particulars
from verification.people.post import Letter, address_of, hand_in, is_set_up
from verification.people.profiles import profile_of

LETTERS = "verification.letters"
# A server that refused five times within minutes is asked again after so long.
ASK_AGAIN_AFTER = timedelta(minutes=15)
# A letter with more lines is not read.
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Trouble:
    """That mail to somebody cannot be sent: since when it is due, and what the server said."""

    person: User
    since: datetime
    error: str


def due() -> QuerySet[Notification]:
    """Return the notices that are to be mailed to people who work here."""
    return Notification.objects.filter(mailed_at__isnull=True, person__is_active=True).exclude(mail="")


def enlist_due() -> None:
    """Make the work due of mailing whoever has mail due now. Without a server nothing is tried."""
    if not is_set_up():
        return
    spent = Work.objects.filter(kind=LETTERS, quarantined_at__lt=ClockTimestamp() - ASK_AGAIN_AFTER)
    for pk in spent.values_list("pk", flat=True):
        work.release(pk)
    now, waiting = read_clock(), due().exclude(person__email="")
    people = set(waiting.filter(mail=AT_ONCE).values_list("person", flat=True).distinct())
    digests = waiting.filter(mail=DIGEST).exclude(person__in=people)
    for person in User.objects.filter(pk__in=digests.values("person")).select_related("profile"):
        profile = getattr(person, "profile", None) or Profile(person=person)
        if _digest_of(profile, now).exists():
            people.add(person.pk)
    work.enlist(LETTERS, sorted(people))


def send_due(lease: work.Lease) -> None:
    """Send one person's mail that is due: what is told at once in one letter, the digest in another.

    Raises NotTaken where the server refuses; what it took before stays sent.
    """
    person = User.objects.filter(pk=lease.subject, is_active=True).exclude(email="").first()
    if person:
        _send(person, due().filter(person=person, mail=AT_ONCE), digest=False)
        _send(person, _digest_of(profile_of(person), read_clock()), digest=True)
    with transaction.atomic():
        work.complete(lease)


def _digest_of(profile: Profile, now: datetime) -> QuerySet[Notification]:
    """Return what goes into the digest that is due now: what was made before its hour; nothing when none is due."""
    zone = timezone.get_default_timezone()
    waiting = due().filter(person=profile.person, mail=DIGEST)
    if not is_due(now, profile.digest_hour, profile.digested_at, zone):
        return waiting.none()
    return waiting.filter(made_at__lt=digest_moment(now, profile.digest_hour, zone))


def _send(person: User, waiting: QuerySet[Notification], *, digest: bool) -> None:
    notices = list(waiting.select_related("review", "webhook", "token").order_by("pk"))
    if not notices:
        return
    hand_in(_letter(person, notices, digest=digest))
    with transaction.atomic():
        Notification.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=ClockTimestamp())
        if digest:
            Profile.objects.update_or_create(person=person, defaults={"digested_at": read_clock()})


def _letter(person: User, notices: list[Notification], *, digest: bool) -> Letter:
    desk, count = Desk.get().name, len(notices)
    if digest:
        subject = gettext("%(desk)s: your daily digest") % {"desk": desk}
    elif count == 1:
        subject = tell([notices[0].text])[0]
    else:
        news = ngettext("%(desk)s: %(count)d notice", "%(desk)s: %(count)d notices", count)
        subject = news % {"desk": desk, "count": count}
    context = {
        "desk": desk,
        "lines": list(_lines(notices[:MOST_LINES])),
        "more": max(0, count - MOST_LINES),
        "settings": address_of("admin:me"),
        "notices": address_of("admin:notices"),
    }
    return Letter(person.email, subject, render_to_string("mail/notices.txt", context))


def _lines(notices: list[Notification]) -> Iterator[dict[str, str]]:
    for notice in notices:
        text = {"text": tell([notice.text])[0]}
        if notice.review is not None:
            address = address_of("admin:verification_review_change", notice.review_id)
            yield text | {"wording": " ".join(notice.review.wording.split()), "address": address}
        elif notice.webhook is not None:
            yield text | {"address": address_of("admin:webhook", notice.webhook.public)}
        elif notice.token is not None:
            mine = address_of("admin:me")
            yield text | {"more": particulars(notice.token), "address": f"{mine}#token" if mine else ""}


def troubles() -> list[Trouble]:
    """Return whose mail cannot be sent, with the server's last word, those who wait longest first (two queries)."""
    failing = Work.objects.filter(kind=LETTERS, done_at__isnull=True).exclude(last_error="").order_by("created_at")
    rows = list(failing)
    people = User.objects.in_bulk([row.subject for row in rows])
    return [Trouble(people[row.subject], row.created_at, row.last_error) for row in rows if row.subject in people]
