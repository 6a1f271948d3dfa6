"""Mail to subscribers: one letter a publication, in order, once; nobody who is refused holds up another."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims import work
from claims.models import Work
from claims.running import run_leased
from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.opening import as_person
from tests.verification.people.smtp_sink import MailSink
from tests.verification.publishing.rows import make_case, publish, set_desk
from tests.verification.publishing.subscribing.readers import SITE, mail_all, subscribed, text_of, to
from verification.models import Change, Subscriber, SubscriberMail
from verification.publishing.reach.mail import mailed
from verification.publishing.subscribing import sending
from verification.publishing.subscribing.asking import ask_for, leave
from verification.publishing.subscribing.sending import MAIL, enlist_due, held_up, send_due
from verification.review import minor_edits
from verification.review.sealing import seal

pytestmark = pytest.mark.django_db
GULL, TERN = "gull@port.example", "tern@port.example"


def due_again() -> None:
    Subscriber.objects.filter(due_at__isnull=False).update(due_at=timezone.now())
    Work.objects.filter(kind=MAIL).update(due_at=timezone.now())


def test_a_check_and_its_correction_are_told_once_each_with_what_changed_and_why(sink: MailSink) -> None:
    subscribed(GULL)
    first = publish()
    mail_all()
    publish(first.review, 3, change_note="Version 1 gave the wrong hour.")
    mail_all()
    assert mail_all() == 0
    new, corrected = sink.taken
    headline = "The transcript has “no captain”, not “every captain”"
    assert to(sink, GULL) == [f"Fact check: {headline}", f"Correction: {headline}"]
    text = text_of(corrected)
    assert "What changed, and why:\nVersion 1 gave the wrong hour." in text
    assert "(rating changed from" in text
    assert f"{SITE}/checks/{first.review.public}/\n" in text
    assert f"As it was before: {SITE}/checks/{first.review.public}/v1/" in text
    assert "What changed" not in text_of(new)
    assert corrected["Auto-Submitted"] == "auto-generated"
    assert [each.publication.verdict.version for each in SubscriberMail.objects.order_by("pk")] == [1, 2]


def test_who_wants_corrections_alone_is_told_of_every_change_and_of_no_new_check(sink: MailSink) -> None:
    subscribed(GULL, "corrections")
    first = publish()
    publish()
    for change in (Change.CORRECTION, Change.UPDATE, Change.VOID):
        publish(first.review, change=change, change_note="Word came from the port.")
    mail_all()
    subjects = to(sink, GULL)
    assert [each.partition(":")[0] for each in subjects] == ["Correction", "Update", "Withdrawn"]
    assert "Rating:" not in text_of(sink.taken[-1])  # what was withdrawn has none
    assert Subscriber.objects.get().told_up_to >= 5


def test_a_minor_edit_is_sent_to_nobody(sink: MailSink) -> None:
    subscribed(GULL)
    walk = Walk()
    walk.to_publication()
    mail_all()
    edit = minor_edits.minor_edit(
        now(walk.review),
        walk.editor,
        now(walk.review).revision,
        headline="No: the record says otherwise",
        explanation="The transcript differs, we found [1].",
        reason="A comma.",
    )
    assert mail_all() == 0
    assert len(sink.taken) == 1
    assert (mailed(edit).sent, mailed(edit).waiting) == (0, 0)


def test_no_line_break_in_a_claim_or_a_name_ends_a_header(sink: MailSink) -> None:
    set_desk(name="Lamp desk\r\nBcc: all@port.example")
    subscribed(GULL)
    nasty = "Lamps\r\nBcc: tern@port.example\r\n\r\nHello\u2028\x0b"
    publish(headline=nasty, claim_text=nasty, claimant="Ada\nCc: crow@port.example")
    Subscriber.objects.update(asked_at=None)
    mail_all()
    assert len(sink.taken) == 2
    for mail in sink.taken:
        assert not {"Bcc", "Cc"} & set(mail.keys())
        assert mail["To"] == GULL
    assert to(sink, GULL)[0].startswith("Fact check: Lamps Bcc: tern@port.example Hello")


def test_the_same_letter_has_the_same_message_id_and_no_two_others_do(sink: MailSink) -> None:
    subscribed(GULL)
    subscribed(TERN)
    publish()
    publish()
    mail_all()
    ids = {(str(each["To"]), str(each["Subject"]), str(each["Message-ID"]).strip()) for each in sink.taken}
    assert len({name for _to, _subject, name in ids}) == 4
    SubscriberMail.objects.all().delete()
    Subscriber.objects.update(told_up_to=0)
    mail_all()
    assert ids == {(str(each["To"]), str(each["Subject"]), str(each["Message-ID"]).strip()) for each in sink.taken[4:]}


def test_a_receiver_that_is_refused_for_good_holds_up_nobody_and_is_taken_off_after_three_days(
    sink: MailSink,
) -> None:
    subscribed(GULL)
    subscribed(TERN)
    sink.refuse, sink.only = "550 no such gull", GULL
    publish()
    publish()
    assert mail_all() == 1
    assert (len(to(sink, TERN)), len(to(sink, GULL))) == (2, 0)
    assert Subscriber.objects.get(address=GULL).refusals == 1
    assert mail_all() == 0  # not tried again on the same day
    for _day in range(2):
        assert Subscriber.objects.filter(address=GULL).exists()
        due_again()
        mail_all()
    assert not Subscriber.objects.filter(address=GULL).exists()
    assert sink.asked == 5


def test_a_server_that_refuses_everybody_takes_nobody_off(sink: MailSink) -> None:
    subscribed(GULL)
    subscribed(TERN)
    sink.refuse = "550 not from you"
    publish()
    for _day in range(5):
        mail_all()
        due_again()
    assert Subscriber.objects.count() == 2


def test_a_receiver_that_is_refused_for_now_gets_all_of_it_later_in_order(sink: MailSink) -> None:
    subscribed(GULL, "corrections")
    subscribed(TERN)
    first = publish()
    publish(first.review)
    sink.refuse, sink.only = "451 try again", GULL
    mail_all()
    publish(first.review, change=Change.UPDATE)
    mail_all()
    assert len(to(sink, TERN)) == 3
    sink.refuse = ""
    due_again()
    mail_all()
    assert [each.partition(":")[0] for each in to(sink, GULL)] == ["Correction", "Update"]
    assert Subscriber.objects.get(address=GULL).refusals == 0


def test_an_address_that_does_not_exist_is_forgotten_when_it_is_asked(sink: MailSink) -> None:
    subscribed(TERN)
    Subscriber.objects.filter(address=TERN).update(confirmed_at=None, asked_at=None)
    sink.refuse = "550 no such tern"
    mail_all()
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("address", ["a@\xad.org", '"\x1cBcc:v"@e.org', '"\x1c"@e.org', "a@。。.org"])
def test_an_address_that_breaks_a_letter_holds_up_nobody_and_is_taken_off_after_three_days(
    sink: MailSink, address: str
) -> None:
    Subscriber.objects.create(address=address, told_up_to=0, asked_at=timezone.now(), confirmed_at=timezone.now())
    subscribed(TERN)
    publish()
    for _day in range(3):
        mail_all()
        due_again()
    assert [str(each["To"]) for each in sink.taken] == [TERN]
    assert [each.address for each in Subscriber.objects.all()] == [TERN]


def test_what_strangers_ask_for_delays_no_news(sink: MailSink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "AT_MOST", 2)
    subscribed(TERN)
    for number in range(3):
        ask_for(f"gull{number}@port.example", "all")
    publish()
    mail_all()
    assert [each.partition(":")[0] for each in to(sink, TERN)] == ["Fact check"]
    for _run in range(2):
        mail_all()
    assert len(sink.taken) == 4


def test_a_run_ends_in_time_when_everybody_is_refused(sink: MailSink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "SECONDS", -1.0)
    subscribed(GULL)
    publish()
    sink.refuse = "550 no such gull"
    mail_all()
    assert sink.asked == 0


def test_who_leaves_while_mail_runs_is_sent_nothing_more(sink: MailSink, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in (GULL, TERN):
        subscribed(address)
    publish()
    note = sending._note

    def and_all_others_leave(owed: sending.Owed) -> None:
        note(owed)
        for other in Subscriber.objects.exclude(pk=owed.subscriber.pk):
            leave(other)

    monkeypatch.setattr(sending, "_note", and_all_others_leave)
    mail_all()
    assert len(sink.taken) == 1


def test_a_server_that_is_away_loses_nothing_and_shows_on_the_home_page_after_an_hour(
    sink: MailSink, settings: Settings
) -> None:
    subscribed(GULL)
    publish()
    settings.EMAIL_PORT, port = 1, settings.EMAIL_PORT
    assert mail_all() == 0
    home = as_person(make_person("administrator"))
    assert not Work.objects.filter(held_up()).exists()
    assert "Mail to subscribers waits" not in home.get("/admin/").content.decode()
    Work.objects.filter(kind=MAIL).update(created_at=F("created_at") - timedelta(hours=2))
    page = home.get("/admin/").content.decode()
    assert "Mail to subscribers waits" in page
    assert "ConnectionRefusedError" in page
    settings.EMAIL_PORT = port
    due_again()
    assert mail_all() == 1
    assert len(sink.taken) == 1
    assert "Mail to subscribers waits" not in home.get("/admin/").content.decode()


def test_a_server_that_takes_nobody_is_an_alarm_too(sink: MailSink) -> None:
    subscribed(GULL)
    subscribed(TERN)
    publish()
    sink.refuse = "452 quota exceeded"
    mail_all()
    row = Work.objects.get(kind=MAIL)
    assert (row.done_at, "quota exceeded" in row.last_error) == (None, True)
    assert Subscriber.objects.filter(refusals=0).count() == 2
    sink.refuse = ""
    due_again()
    mail_all()
    assert len(sink.taken) == 2


def test_a_worker_that_lost_its_lease_while_it_sent_notes_nothing_and_one_letter_comes_twice(sink: MailSink) -> None:
    subscribed(GULL)
    publish()
    seal()
    enlist_due()
    row = Work.objects.get(kind=MAIL)
    lease = work.take(row.pk)
    assert lease is not None
    Work.objects.filter(pk=row.pk).update(token=None, lease_until=None)
    with pytest.raises(work.LeaseLost):
        send_due(lease)
    assert not SubscriberMail.objects.exists()
    assert run_leased(row.pk, send_due)
    one, other = sink.taken
    assert one["Message-ID"] == other["Message-ID"]
    assert SubscriberMail.objects.count() == 1


def test_who_is_yet_to_be_written_to_is_counted_before_and_after_the_log_is_sealed(sink: MailSink) -> None:
    subscribed(GULL)
    subscribed(TERN, "corrections")
    case = make_case()
    first = publish(case)
    assert (mailed(first).sent, mailed(first).waiting) == (0, 1)
    seal()
    assert (mailed(first).sent, mailed(first).waiting) == (0, 1)
    second = publish(case)
    assert mailed(second).waiting == 2
    mail_all()
    assert [(mailed(each).sent, mailed(each).waiting) for each in (first, second)] == [(1, 0), (2, 0)]


def test_without_a_server_nothing_is_tried_and_nothing_lost(sink: MailSink, settings: Settings) -> None:
    subscribed(GULL)
    publish()
    settings.EMAIL_HOST = ""
    assert mail_all() == 0
    assert not Work.objects.filter(kind=MAIL).exists()
    settings.EMAIL_HOST = "127.0.0.1"
    assert mail_all() == 1
    assert len(sink.taken) == 1
