"""A letter whose words the server refuses is tried on some days, then given up; the next one is sent.

A server that takes no letter at all refuses no words: nothing is given up for long, and its word stays to be seen.
"""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from claims import work
from claims.models import Work
from claims.running import run_leased
from tests.verification.people.smtp_sink import MailSink
from tests.verification.publishing.rows import publish
from tests.verification.publishing.subscribing.readers import mail_all, subscribed, to
from verification.models import Publication, Subscriber, SubscriberMail
from verification.publishing.reach.mail import mailed
from verification.publishing.subscribing import asking
from verification.publishing.subscribing.sending import LETTER_TRIES, LONG_TRIES, MAIL, enlist_due, held_up, send_due
from verification.review.sealing import seal

pytestmark = pytest.mark.django_db
GULL, TERN = "gull@port.example", "tern@port.example"
SUSPENDED = "550 5.7.1 this account is suspended"


def day_after() -> None:
    """Let the time come for whoever was put off."""
    Subscriber.objects.filter(due_at__isnull=False).update(due_at=timezone.now())
    Work.objects.filter(kind=MAIL).update(due_at=timezone.now())


def refused_for_two_weeks(sink: MailSink, publication: Publication) -> None:
    """Let the server refuse everybody's letters on each day; up to the last one none is given up."""
    sink.refuse_letter = SUSPENDED
    for _day in range(LONG_TRIES):
        assert mailed(publication).given_up == 0
        day_after()
        mail_all()


def test_a_letter_whose_words_are_refused_is_sent_later_where_they_are_liked_then_and_holds_up_nobody(
    sink: MailSink,
) -> None:
    for address in (GULL, TERN, "crow@port.example"):
        subscribed(address)
    publication = publish()
    sink.refuse_letter, sink.only = "554 too many words", GULL
    for _day in range(LETTER_TRIES - 1):
        mail_all()
        day_after()
    assert len(sink.taken) == 2
    assert (mailed(publication).sent, mailed(publication).waiting, mailed(publication).given_up) == (2, 1, 0)
    sink.refuse_letter = ""
    mail_all()
    assert len(to(sink, GULL)) == 1
    assert Subscriber.objects.get(address=GULL).letter_refusals == 0
    assert (mailed(publication).sent, mailed(publication).waiting, mailed(publication).given_up) == (3, 0, 0)


def test_a_letter_whose_words_are_refused_for_good_is_given_up_and_the_next_ones_are_sent(sink: MailSink) -> None:
    subscribed(GULL)
    subscribed(TERN)
    refused = publish(headline="Casino lamps")
    corrected = publish(refused.review, headline="Lamps", change_note="The hour was wrong.")
    sink.refuse_letter, sink.only, sink.words = "554 5.7.1 too many words", GULL, "Casino"
    for day in range(1, LETTER_TRIES + 1):
        assert to(sink, GULL) == []
        mail_all()
        assert mail_all() == 0  # not again on the same day
        assert Subscriber.objects.get(address=GULL).letter_refusals == day % LETTER_TRIES
        day_after()
    assert to(sink, GULL) == ["Correction: Lamps"]
    assert to(sink, TERN) == ["Fact check: Casino lamps", "Correction: Lamps"]
    assert Subscriber.objects.get(address=GULL).refusals == 0
    lost, sent = SubscriberMail.objects.filter(subscriber__address=GULL).order_by("publication")
    assert ((lost.publication, lost.refused), (sent.publication, sent.refused)) == ((refused, 554), (corrected, None))
    assert (mailed(refused).sent, mailed(refused).waiting, mailed(refused).given_up) == (1, 0, 1)
    later = publish()
    mail_all()
    assert len(to(sink, GULL)) == 2
    assert (mailed(later).sent, mailed(later).given_up) == (2, 0)


def test_each_letter_is_tried_as_often_as_the_one_before(sink: MailSink) -> None:
    subscribed(GULL)
    subscribed(TERN)
    sink.refuse_letter, sink.only = "554 no", GULL
    first, second = publish(), publish()
    for _day in range(2 * LETTER_TRIES - 1):  # on the day on which the first is given up the second is tried too
        assert mailed(second).given_up == 0
        mail_all()
        day_after()
    assert (mailed(first).given_up, mailed(second).given_up) == (1, 1)


def test_a_server_that_refuses_every_letter_loses_none_and_all_are_sent_in_order_when_it_takes_them(
    sink: MailSink,
) -> None:
    subscribed(GULL)
    subscribed(TERN)
    first = publish(headline="Lamp")
    publish(first.review, headline="Lamps", change_note="The hour was wrong.")
    sink.refuse_letter = SUSPENDED
    for _day in range(LETTER_TRIES + 2):
        mail_all()
        day_after()
    assert not SubscriberMail.objects.exists()
    assert (mailed(first).waiting, mailed(first).given_up) == (2, 0)
    sink.refuse_letter = ""
    mail_all()
    for address in (GULL, TERN):
        assert to(sink, address) == ["Fact check: Lamp", "Correction: Lamps"]
    assert not Work.objects.filter(kind=MAIL, done_at=None).exists()


def test_that_a_server_refuses_every_letter_is_told_on_as_long_as_it_lasts(sink: MailSink) -> None:
    subscribed(GULL)
    subscribed(TERN)
    publish()
    sink.refuse_letter = SUSPENDED
    mail_all()
    Work.objects.filter(kind=MAIL).update(created_at=F("created_at") - timedelta(hours=2))
    for _run in range(3):  # nobody is tried before the next day
        Work.objects.filter(kind=MAIL).update(due_at=timezone.now())
        mail_all()
        assert "this account is suspended" in Work.objects.get(held_up()).last_error
    assert sink.asked == 2
    sink.refuse_letter = ""
    day_after()
    mail_all()
    assert len(sink.taken) == 2
    assert not Work.objects.filter(held_up()).exists()


def test_while_a_server_refuses_those_of_before_a_newcomer_waits_no_longer_than_some_minutes(sink: MailSink) -> None:
    for address in (GULL, TERN):
        subscribed(address)
    publish()
    sink.refuse_letter = SUSPENDED
    mail_all()
    Work.objects.filter(kind=MAIL).update(due_at=timezone.now())
    mail_all()
    assert Work.objects.get(kind=MAIL).due_at < timezone.now() + timedelta(minutes=5)


def test_a_letter_that_every_server_refuses_for_two_weeks_is_given_up_and_that_is_not_passed_over(
    sink: MailSink,
) -> None:
    subscribed(GULL)
    subscribed(TERN)
    publication = publish()
    refused_for_two_weeks(sink, publication)
    assert (mailed(publication).waiting, mailed(publication).given_up) == (0, 2)
    row = Work.objects.get(kind=MAIL)
    assert (row.done_at, "this account is suspended" in row.last_error) == (None, True)


def test_a_letter_to_the_only_subscriber_is_given_up_after_two_weeks_alone(sink: MailSink) -> None:
    subscribed(GULL)
    publication = publish()
    refused_for_two_weeks(sink, publication)
    assert mailed(publication).given_up == 1


def test_a_letter_refused_for_now_when_it_was_read_is_never_given_up(sink: MailSink) -> None:
    subscribed(GULL)
    publish()
    sink.refuse_letter = "451 not now"
    for _day in range(2 * LETTER_TRIES):
        mail_all()
        day_after()
    sink.refuse_letter = ""
    Work.objects.filter(kind=MAIL).update(quarantined_at=None, attempts=0)
    mail_all()
    assert len(to(sink, GULL)) == 1


def test_who_wants_no_more_of_what_was_refused_begins_anew_with_the_next_letter(sink: MailSink) -> None:
    who = subscribed(GULL)
    first = publish()
    sink.refuse_letter = "554 no"
    mail_all()
    asking.change(who, "corrections")
    day_after()
    mail_all()
    assert Subscriber.objects.get(pk=who.pk).letter_refusals == 0
    assert not SubscriberMail.objects.filter(publication=first).exists()


def test_the_way_to_a_subscription_is_not_offered_again_and_again_to_a_server_that_does_not_like_it(
    sink: MailSink,
) -> None:
    who = subscribed(GULL)
    Subscriber.objects.filter(pk=who.pk).update(asked_at=None)
    sink.refuse_letter = "554 no"
    mail_all()
    sink.refuse_letter = ""
    publish()
    mail_all()
    assert [each.partition(":")[0] for each in to(sink, GULL)] == ["Fact check"]


def test_a_worker_that_lost_its_lease_gives_no_letter_up(sink: MailSink) -> None:
    subscribed(TERN)
    publish()
    mail_all()
    subscribed(GULL)
    Subscriber.objects.filter(address=GULL).update(letter_refusals=LETTER_TRIES - 1)
    publish()
    seal()
    enlist_due()
    row = Work.objects.get(kind=MAIL, done_at=None)
    lease = work.take(row.pk)
    assert lease is not None
    Work.objects.filter(pk=row.pk).update(token=None, lease_until=None)
    sink.refuse_letter, sink.only = "554 no", GULL
    with pytest.raises(work.LeaseLost):
        send_due(lease)
    assert not SubscriberMail.objects.filter(subscriber__address=GULL).exists()
    assert run_leased(row.pk, send_due)
    assert SubscriberMail.objects.get(subscriber__address=GULL).refused == 554
