"""Trying the settings: the real rule, the real renderers, the real feeds, the real mail server; nothing is stored."""

import json
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from config.desk_menu import menu
from tests.cases import Walk, case, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, told
from tests.verification.people.smtp_sink import MailSink
from tests.verification.publishing.rows import set_desk
from verification.admin.settings.roles_shown import PAGE_NAMES, role_shown
from verification.models import Desk, RatingScale, Review
from verification.review import triage
from verification.review.checkpoints import make_checkpoint
from verification.review.policy import PAGES
from verification.review.presets import ROLES, plant_scales
from verification.review.sealing import seal
from verification.review.second_checks import draw

pytestmark = pytest.mark.django_db
DESK_FORM = {
    "name": "Lamp desk",
    "language": "en",
    "second_check": "False",
    "second_check_rule": "risk",
    "risk_from": "0.5",
    "sample_percent": "20",
    "turn_minutes": "480",
    "postponements": "2",
}


@pytest.fixture
def administrator() -> User:
    return make_person("administrator")


def accept(*priorities: float) -> list[Review]:
    cases = []
    for priority in priorities:
        review = case()
        Review.objects.filter(pk=review.pk).update(priority=priority)
        review = now(review)
        triage.accept(review, make_person("intake"), review.revision)
        cases.append(review)
    return cases


def try_rule(browser: Client, **fields: str) -> Any:
    typed = {"second_check": "False", "second_check_rule": "fixed", "risk_from": "0.7", "sample_percent": "20"}
    return browser.get(reverse("admin:try_rule"), typed | fields)


def test_a_rule_by_risk_counts_the_accepted_cases_it_would_concern(administrator: User) -> None:
    accept(0.9, 0.6, 0.2)
    case()  # waits in triage, and counts for nothing
    browser = as_person(administrator)
    tried = try_rule(browser, second_check_rule="risk", risk_from="0.5").context["tried"]
    assert (len(tried.cases), tried.twice, tried.once, tried.undecided) == (3, 2, 1, 0)
    tried = try_rule(browser, second_check="", second_check_rule="risk", risk_from="0.7").context["tried"]
    assert (tried.twice, tried.once, tried.undecided) == (1, 0, 2)
    assert not Desk.objects.exists()


def test_a_rule_by_sample_draws_as_the_log_would(administrator: User) -> None:
    drawn = [draw(review.public, review.cycle) for review in accept(0.5, 0.5, 0.5, 0.5)]
    tried = try_rule(as_person(administrator), second_check_rule="sample", sample_percent="50").context["tried"]
    assert tried.twice == sum(each < 50 for each in drawn)


def test_an_editors_plan_stands_above_a_rule_that_is_tried(administrator: User) -> None:
    review = case()
    triage.plan(review, make_person("editor"), review.revision, priority=0.1, deadline=None, second_check=True)
    review = now(review)
    triage.accept(review, make_person("intake"), review.revision)
    tried = try_rule(as_person(administrator)).context["tried"]
    assert (tried.twice, tried.planned, tried.others) == (1, 1, [])


def test_the_priority_of_the_moment_of_acceptance_counts_where_the_log_has_it(administrator: User) -> None:
    set_desk(second_check_rule="risk", risk_from=0.95)
    (review,) = accept(0.9)
    Review.objects.filter(pk=review.pk).update(priority=0.1)
    tried = try_rule(as_person(administrator), second_check_rule="risk", risk_from="0.8").context["tried"]
    assert tried.twice == 1


def test_a_value_that_is_none_is_told_and_counts_nothing(administrator: User) -> None:
    answer = try_rule(as_person(administrator), second_check_rule="risk", risk_from="7")
    assert answer.status_code == 422
    assert answer.context["tried"] is None
    assert "less than or equal to 1" in answer.content.decode()


def test_the_desks_form_tries_what_is_typed_keeps_it_and_saves_nothing(administrator: User) -> None:
    accept(0.9, 0.2)
    browser = as_person(administrator)
    for name, arguments in (("add", []), ("change", [Desk.ONLY])):
        answer = browser.post(
            reverse(f"admin:verification_desk_{name}", args=arguments), DESK_FORM | {"_try": "1", "contact": "half"}
        )
        page = answer.content.decode()
        assert (answer.context["tried"].twice, answer.context["tried"].once) == (1, 1)
        assert 'value="half"' in page
        assert "not saved yet" in page
        assert list(Desk.objects.values_list("contact", flat=True)) == ([""] if name == "change" else [])
        set_desk()
    wrong = browser.post(reverse("admin:verification_desk_change", args=[1]), DESK_FORM | {"_try": "1", "name": ""})
    assert wrong.context["tried"] is None
    assert "This field is required." in wrong.content.decode()


def test_who_may_not_change_the_desk_tries_nothing_on_its_form() -> None:
    for name, arguments in (("add", []), ("change", [Desk.ONLY])):
        for role in ("checker", "intake", "publisher"):
            page = reverse(f"admin:verification_desk_{name}", args=arguments)
            assert as_person(make_person(role)).post(page, DESK_FORM | {"_try": "1"}).status_code == 403
        set_desk()


def test_every_rating_of_a_scale_is_shown_as_readers_and_search_engines_get_it(administrator: User) -> None:
    plant_scales(apps)
    browser = as_person(administrator)
    for scale in RatingScale.objects.all():
        for rating in scale.ratings.all():
            answer = browser.get(reverse("admin:try_scale"), {"scale": scale.pk, "rating": rating.value})
            tried = answer.context["tried"]
            review = json.loads(tried.claimreview)
            assert review["reviewRating"]["alternateName"] == rating.label
            assert review["reviewRating"].get("ratingValue") == rating.numeric
            assert tried.faults == []
            assert f"is-{rating.tone}" in answer.content.decode().split('class="pub-rate ')[1][:20]


def test_the_newest_verdict_is_shown_and_an_invented_one_only_while_there_is_none(administrator: User) -> None:
    browser, page = as_person(administrator), reverse("admin:try_scale")
    assert "Invented for this preview." in browser.get(page).content.decode()
    walk = Walk()
    walk.to_publication()
    shown = browser.get(page).content.decode()
    assert "Invented for this preview." not in shown
    assert walk.review.wording in shown
    assert browser.get(page, {"scale": "9999"}).status_code == 404
    assert browser.get(page, {"scale": "x"}).status_code == 404


def test_each_feed_is_asked_read_and_asked_again(administrator: User) -> None:
    Walk().to_publication()
    answer = as_person(administrator).get(reverse("admin:try_feeds"))
    assert [(feed.status, feed.entries, feed.again, feed.fault, feed.holds) for feed in answer.context["feeds"]] == [
        (200, 1, 304, "", True)
    ] * 3
    assert {feed.etag for feed in answer.context["feeds"]} != {""}
    assert "can be followed" in answer.content.decode()


def test_what_the_browser_takes_packed_is_asked_for_plain(administrator: User) -> None:
    Walk().to_publication()
    answer = as_person(administrator).get(reverse("admin:try_feeds"), headers={"Accept-Encoding": "gzip, deflate, br"})
    assert [(feed.entries, feed.fault, feed.holds) for feed in answer.context["feeds"]] == [(1, "", True)] * 3


def test_an_empty_desks_feeds_hold_too(administrator: User) -> None:
    feeds = as_person(administrator).get(reverse("admin:try_feeds")).context["feeds"]
    assert [(feed.entries, feed.holds) for feed in feeds] == [(0, True)] * 3


def test_every_page_of_the_policy_has_a_name_and_is_told_of_each_role_that_opens_it(administrator: User) -> None:
    assert set(PAGE_NAMES) == set(PAGES)
    browser = as_person(administrator)
    for role in ROLES:
        shown = browser.get(reverse("admin:try_roles"), {"role": role}).context["shown"]
        opens = {str(PAGE_NAMES[page]) for page, roles in PAGES.items() if role in roles}
        assert set(shown.pages) == opens
        assert set(shown.closed).isdisjoint(opens)
    assert browser.get(reverse("admin:try_roles"), {"role": "captain"}).status_code == 404


def test_what_a_role_is_told_to_find_is_what_stands_in_its_menu(rf: Any) -> None:
    always = {"Home", "Second checks", "Adjudication", "Sign-off", "Published"}
    for role in ROLES:
        request = rf.get(reverse("admin:index"))
        request.user = make_person(role)
        labels = {entry.label for entry in menu(request)} - always
        assert labels <= set(role_shown(role).pages), role


def test_the_newest_signed_head_is_held_against_the_log(administrator: User, settings: Settings, tmp_path: Any) -> None:
    settings.STATE_DIR, settings.LOG_KEY = tmp_path, ""
    browser, page = as_person(administrator), reverse("admin:try_log")
    assert "Nothing of this log is signed yet" in browser.get(page).content.decode()
    accept(0.5)
    seal()
    assert make_checkpoint()
    assert "The newest signed head holds" in browser.get(page).content.decode()


def send_mail(person: User, once: object = "") -> str:
    answer = as_person(person).post(reverse("admin:try_mail"), {"once": str(once or uuid.uuid4())})
    assert answer.status_code == 302
    return told(answer)


@pytest.fixture
def sink(settings: Settings) -> Any:
    with MailSink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.DEFAULT_FROM_EMAIL = "Fact desk <desk@newsroom.example>"
        yield running


def test_a_test_mail_goes_to_whoever_asks_once_for_each_form(administrator: User, sink: MailSink) -> None:
    administrator.email = "anders@newsroom.example"
    administrator.save()
    browser, once = as_person(administrator), str(uuid.uuid4())
    for _time in range(2):
        answer = browser.post(reverse("admin:try_mail"), {"once": once})
    assert "That test was made already" in told(answer)
    assert [text.split("\n")[:2] for text in sink.texts] == [["anders@newsroom.example", "Readout desk: a test mail"]]


def test_what_fails_is_told_in_words_with_the_servers_own(
    administrator: User, sink: MailSink, settings: Settings
) -> None:
    assert "an administrator enters it" in send_mail(administrator)
    administrator.email = "anders@newsroom.example"
    administrator.save()
    sink.refuse = "550 no such mailbox"
    assert "The server does not take mail for your address" in (said := send_mail(administrator))
    assert "no such mailbox" in said
    settings.DEFAULT_FROM_EMAIL = ""
    assert "An address is none" in send_mail(administrator)
    settings.DEFAULT_FROM_EMAIL, settings.EMAIL_PORT = "desk@newsroom.example", 1
    assert "Nothing listens at that host and port" in send_mail(administrator)
    settings.EMAIL_HOST = ""
    assert "No mail server is named" in send_mail(administrator)
