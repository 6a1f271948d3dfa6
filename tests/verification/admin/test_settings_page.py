"""The page of settings: what is set in plain words, who changes it, and ways to try it that store nothing."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from claims.models import Outlet, OutletFeed
from tests.cases import Walk
from tests.people import make_person
from tests.verification.admin.opening import as_person
from tests.verification.publishing.rows import publish, set_desk
from tests.verification.publishing.webhooks.hooks import SHORT, make_hook, send_due, tell
from tests.verification.publishing.webhooks.receiver import Receiver
from verification.models import Desk, RatingScale, Source
from verification.publishing.webhooks import setting
from verification.review.presets import plant_scales

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:settings")


def text(browser: Client, address: str = PAGE) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture
def administrator() -> User:
    return make_person("administrator", name="Anders Keel")


def test_the_page_says_what_is_set_and_what_follows(administrator: User) -> None:
    set_desk(name="Lamp desk", second_check_rule="sample", sample_percent=30, turn_minutes=120, postponements=1)
    page = text(as_person(administrator))
    assert "30 of 100, drawn by chance; else: never" in page
    assert "2 hours" in page
    assert "1 time" in page
    assert "always, by somebody with no other part in the case" in page
    assert "Readers and sites find no contact and no licence." in page


def test_what_somebody_may_not_change_names_who_can(administrator: User) -> None:
    page = text(as_person(make_person("editor")))
    assert "Administrators change this: Anders Keel." in page
    assert reverse("admin:verification_desk_changelist") not in page.split('id="desk"')[1].split("</section>")[0]
    assert reverse("admin:weights") in page.split('id="weights"')[1]
    own = text(as_person(administrator))
    assert reverse("admin:verification_desk_changelist") in own.split('id="desk"')[1].split("</section>")[0]
    for name in ("people", "auth_user_changelist", "invitations"):
        assert f'href="{reverse(f"admin:{name}")}"' in own.split('id="people"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("role", "status"), [("editor", 200), ("auditor", 200), ("administrator", 200), ("checker", 403), ("intake", 403)]
)
def test_settings_and_their_trials_are_for_those_who_answer_for_the_desk(role: str, status: int) -> None:
    browser = as_person(make_person(role))
    for name in ("settings", "try_rule", "try_scale", "try_feeds", "try_roles", "try_log"):
        assert browser.get(reverse(f"admin:{name}")).status_code == status, name


def test_what_is_wrong_is_told_at_its_section(administrator: User) -> None:
    Source.objects.create(name="Port Example", tier=1, enabled=True, outcome="FAILED")
    page = text(as_person(administrator))
    assert "1 fails and needs somebody to look at it." in page.split('id="sources"')[1].split("</section>")[0]
    assert "Nobody has the role: checker, editor, publisher." in page


def test_a_webhook_that_fails_is_told_of_and_one_whose_test_failed_is_not(
    administrator: User, settings: Settings
) -> None:
    with Receiver() as receiver:
        settings.FETCH_PRIVATE_TARGETS = (receiver.target,)
        receiver.behave(503)
        hook = make_hook(administrator, receiver.url)
        setting.try_it(hook.row, administrator, uuid4(), SHORT)
        section = text(as_person(administrator)).split('id="webhooks"')[1].split("</section>")[0]
        assert "needs somebody" not in section
        publish()
        tell()
        send_due()
    section = text(as_person(administrator)).split('id="webhooks"')[1].split("</section>")[0]
    assert "1 fails and needs somebody to look at it." in section


def test_whoever_has_all_rights_counts_as_an_administrator(administrator: User) -> None:
    User.objects.create_superuser("keeper")
    make_person("administrator", "editor")
    section = text(as_person(administrator)).split('id="people"')[1].split("</section>")[0]
    assert '<dt>administrator</dt><dd><span dir="auto">3</span>' in section


def test_the_page_asks_the_database_twenty_times_at_most_however_much_there_is(
    administrator: User, settings: Settings
) -> None:
    settings.READER_SUBMISSIONS = True
    plant_scales(apps)
    Walk().to_publication()
    for number in range(20):
        make_person("administrator", "editor")
        Source.objects.create(name=f"Source {number}", tier=1)
        outlet = Outlet.objects.create(name=f"Paper {number}")
        OutletFeed.objects.create(outlet=outlet, url=f"https://paper{number}.example/feed")
    browser = as_person(administrator)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        text(browser)
    assert len(asked) <= 20, "\n".join(each["sql"][:160] for each in asked)


def test_the_line_for_a_program_names_this_desk(administrator: User) -> None:
    assert f"curl http://testserver{reverse('api_articles')}" in text(as_person(administrator))


def test_every_section_has_a_way_to_try_it_or_says_why_not(administrator: User) -> None:
    page = text(as_person(administrator))
    assert page.count("ro-try-it") >= 11
    scale = RatingScale.objects.get(in_use=True)
    for rating in scale.ratings.all():
        assert f"</svg>{rating.label}</span>" in page


def test_the_desk_can_be_set_up_after_a_try_that_failed(administrator: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('verification_desk', 'id'))")  # which stays used up
    form = {"name": "The Mole Lantern", "language": "en", "second_check": "False", "second_check_rule": "fixed"}
    form |= {"risk_from": "0.7", "sample_percent": "10", "turn_minutes": "480", "postponements": "2"}
    answer = as_person(administrator).post(reverse("admin:verification_desk_add"), form, follow=True)
    assert answer.status_code == 200
    assert Desk.objects.get().name == "The Mole Lantern"
