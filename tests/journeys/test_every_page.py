"""Every page of the admin, inspected as somebody sees it who may open it."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims import work
from claims.models import Speaker, Submission
from tests.cases import Walk, make_candidate
from tests.factories import open_review
from tests.journeys.addresses import NO_PAGE
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import faults_of, inspect
from tests.people import make_person
from verification.models import Desk, SpeakerSide, Topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

PASSWORD = "a lamp on the mole"


@pytest.fixture
def administrator(page_of: PageOf) -> Page:
    """Make rows, and open a page for somebody who may look at all of them."""
    make_rows()
    return page_of(User.objects.create_superuser(username="administrator"))


@pytest.fixture
def people(administrator: Page, page_of: PageOf) -> list[Page]:
    """Open a page for the administrator, and one for each role that has pages of its own."""
    return [administrator, *(page_of(make_person(role)) for role in ("intake", "checker", "editor", "publisher"))]


def make_rows() -> None:
    """Store at least one row of each model of the admin, so that each has a page of its own; one case is open."""
    walk = Walk()
    walk.to_publication()
    Submission.objects.create(person=walk.intake, article=walk.review.claim.appearances.get().article)
    Desk.objects.create(pk=Desk.ONLY)
    make_candidate(open_review().claim)
    work.enlist("tests.nothing", [7])
    Topic.objects.create(name="Harbours")
    SpeakerSide.objects.create(speaker=Speaker.objects.create(name="Ada Quillfeather"), side="harbour board")
    Group.objects.create(name="checkers of the north")


APPS = sorted({model._meta.app_label for model in admin.site._registry})


def pages_without_argument() -> Iterator[tuple[str, str]]:
    """List what the admin answers without being told a row, change lists among it: (name, address)."""
    for name in _names(admin.site.get_urls()):
        if f"admin:{name}" not in NO_PAGE:
            try:
                yield name, reverse(f"admin:{name}")
            except NoReverseMatch:
                continue  # it needs a row


def _names(urls: list[URLPattern | URLResolver]) -> Iterator[str]:
    for url in urls:
        if isinstance(url, URLResolver):
            yield from _names(url.url_patterns)
        elif url.name:
            yield url.name


def pages_of_rows(app: str) -> Iterator[tuple[str, str]]:
    """List the pages of one row of each model of an app: (name, address)."""
    for model in (model for model in admin.site._registry if model._meta.app_label == app):
        row = model._default_manager.first()
        assert row, f"No {model._meta.verbose_name} to look at: make one in make_rows()."
        for what in ("change", "history", "delete"):
            name = f"{model._meta.app_label}_{model._meta.model_name}_{what}"
            yield name, reverse(f"admin:{name}", args=[row.pk])


def walk(people: list[Page], site: str, pages: Iterator[tuple[str, str]]) -> None:
    """Inspect each page as the first of the people sees it who may open it; fail at the end with what all of them lack.

    Only to add and to delete may be refused to everybody (facts are neither): no other page goes unseen.
    """
    faults: list[str] = []
    for name, address in pages:
        for page in people:
            answer = page.goto(f"{site}{address}")
            assert answer is not None
            if answer.status == 200:
                faults += faults_of(page, name)
                break
            assert answer.status == 403, f"{name}: {address} was answered with {answer.status}"
        else:
            assert name.endswith(("_add", "_delete")), f"{name}: nobody may open {address}"
    assert not faults, "\n".join(faults)


def test_every_page_without_argument_holds(people: list[Page], live_server: LiveServer) -> None:
    walk(people, live_server.url, pages_without_argument())


@pytest.mark.parametrize("app", APPS)
def test_the_pages_of_every_row_hold(people: list[Page], live_server: LiveServer, app: str) -> None:
    walk(people, live_server.url, pages_of_rows(app))


def test_what_a_form_refuses_and_asks_back_holds(administrator: Page, live_server: LiveServer) -> None:
    page = administrator
    page.goto(f"{live_server.url}{reverse('admin:auth_group_add')}")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    inspect(page, "form-refused")
    page.goto(f"{live_server.url}{reverse('admin:auth_group_changelist')}?q=north")
    page.get_by_role("checkbox", name="Select this object for an action - checkers of the north").check()
    page.get_by_label("Action:").select_option("delete_selected")
    inspect(page, "list-selected")
    page.get_by_role("button", name="Go").click()
    inspect(page, "delete-selected")
    page.get_by_role("button", name="Yes, I’m sure").click()
    expect(page.get_by_text("Successfully deleted 1 group.")).to_be_visible()
    inspect(page, "list-emptied")


def test_the_login_page_holds_and_tells_why_it_refuses(page: Page, live_server: LiveServer) -> None:
    person = make_person("checker", password=PASSWORD)
    page.goto(f"{live_server.url}{reverse('admin:index')}")
    inspect(page, "login")
    page.get_by_label("Username:").fill(person.username)
    page.get_by_label("Password:").fill("a guess")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("This name and this password do not go together")).to_be_visible()
    inspect(page, "login-refused")
    page.get_by_label("Password:").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{live_server.url}{reverse('admin:index')}")


def test_a_long_list_with_filters_and_a_search_holds(administrator: Page, live_server: LiveServer) -> None:
    for number in range(120):
        work.enlist("tests.nothing", [100 + number])
    page = administrator
    page.goto(f"{live_server.url}{reverse('admin:claims_work_changelist')}?o=1.-4&kind=tests.nothing")
    inspect(page, "long-list")


def test_a_sample_desk_says_so_on_every_page(administrator: Page, live_server: LiveServer) -> None:
    Desk.objects.update(sample=True)
    administrator.goto(f"{live_server.url}{reverse('admin:index')}")
    expect(administrator.get_by_role("complementary", name="Sample desk")).to_be_visible()
    inspect(administrator, "sample-desk")


def test_the_desk_is_read_and_saved_without_script(page_of: PageOf, live_server: LiveServer) -> None:
    page = page_of(User.objects.create_superuser(username="administrator"), java_script_enabled=False)
    page.goto(f"{live_server.url}{reverse('admin:auth_group_add')}")
    expect(page.get_by_role("navigation", name="Sidebar")).to_be_visible()
    page.get_by_label("Name:").fill("checkers of the south")
    page.get_by_label("Claims | article | Can view article").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="checkers of the south", exact=True).last).to_be_visible()
    made = Group.objects.get(name="checkers of the south")
    assert list(made.permissions.values_list("codename", flat=True)) == ["view_article"]
