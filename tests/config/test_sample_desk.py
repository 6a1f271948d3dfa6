"""The sample desk: the first start's accounts, and everything loaded over HTTP from the sample's own site."""

import re
import socket
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client
from pytest_django.fixtures import Settings

from claims.models import Article, Claim, Snapshot, Submission, Work
from config.env import Reader
from config.sample.addresses import LOOPBACK, addresses, hosts, private_targets
from config.sample.cases import CASES
from config.sample.marker import FILE, Marker, read_marker, write_marker
from config.sample.people import COLLEAGUES
from tests.factories import make_article
from verification.models import Desk, Document, Rating, Review, ReviewEvent, SearchRun, Source, State, Turn, Verdict
from verification.review.policy import roles_of
from verification.review.proof import faults

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def state(settings: Settings, tmp_path: Path) -> Path:
    """Give every test a state folder of its own."""
    settings.STATE_DIR = tmp_path
    return tmp_path


def said(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def first_run(settings: Settings, state: Path) -> tuple[str, int]:
    """Make the first accounts, and admit the site as the supervisor does; return what was printed, and the port."""
    printed = said("first_run")
    marker = read_marker(state)
    assert marker is not None
    assert not marker.loaded
    targets = Reader({"TARGETS": private_targets(marker.port)}).private_targets("TARGETS")
    settings.FETCH_PRIVATE_TARGETS = targets
    return printed, marker.port


def rows() -> list[object]:
    """Return what a second load must leave alone."""
    models = (User, Snapshot, Article, Claim, Submission, Source, Document, SearchRun, Work, ReviewEvent, Verdict, Turn)
    reviews = Review.objects.order_by("pk").values_list("pk", "state", "revision")
    return [*(model.objects.count() for model in models), *reviews]


@pytest.mark.django_db(transaction=True)
def test_the_first_start_loads_a_sample_with_a_case_in_every_state_and_the_next_one_changes_nothing(
    settings: Settings, state: Path, client: Client
) -> None:
    printed, port = first_run(settings, state)
    with socket.create_server((LOOPBACK, port)), pytest.raises(CommandError, match=f"port {port}: Address already"):
        call_command("load_sample")
    cut_off_before_the_last_case()
    assert read_marker(state) == Marker(port)
    assert said("load_sample") == ""
    assert read_marker(state) == Marker(port, loaded=True)

    assert_everything_came_over_http_from_the_site(port)
    assert_a_case_stands_in_every_state()
    assert_the_page_about_it_names_cases_that_stand_there()
    assert_two_verdicts_are_published_and_one_is_corrected()
    assert_the_passwords_open_the_desk_to_each_role(printed, client)
    assert list(faults()) == []

    before = rows()
    assert said("first_run") == said("load_sample") == ""
    # As after a load that was killed at its very end.
    write_marker(state, Marker(port))
    assert said("load_sample") == ""
    assert rows() == before


def cut_off_before_the_last_case() -> None:
    """Let a load fail where most of it is done: on the one case whose rating stands beside the scale."""
    Rating.objects.filter(value=0).update(value=99)
    with pytest.raises(Rating.DoesNotExist):
        call_command("load_sample")
    Rating.objects.filter(value=99).update(value=0)
    assert Review.objects.filter(state=State.PUBLISHED).exists()


def assert_everything_came_over_http_from_the_site(port: int) -> None:
    pages = {*addresses(port).articles, *(url for source in addresses(port).sources for url in source.documents)}
    asked = Snapshot.objects.values_list("requested_url", "origin", "address", "status")
    fetched = {(url, Snapshot.Origin.FETCHED, LOOPBACK, 200) for url in pages}
    assert {*asked} == fetched | {(None, Snapshot.Origin.IMPORTED, None, None)}  # the checks of the desk's own past
    assert Snapshot.objects.count() == len(pages) + 1
    assert (
        Submission.objects.filter(person__username="intake", article__isnull=False).count() == Article.objects.count()
    )
    assert not Work.objects.filter(done_at__isnull=True).exists()
    assert not Claim.objects.filter(search_runs__isnull=True).exists()


def assert_a_case_stands_in_every_state() -> None:
    stands = dict(Review.objects.values_list("state").annotate(Count("pk")))
    assert {*stands} == {*State.values}
    assert stands[State.TRIAGE] == Claim.objects.count() - sum(len(cases) for cases in CASES)
    assert not Review.objects.filter(duties__isnull=True).exists(), "the intake person handed every article in"
    held = Turn.objects.filter(closed_at__isnull=True)
    assert {turn.duty.person.username for turn in held} == {"checker", "checker2"}


def assert_the_page_about_it_names_cases_that_stand_there() -> None:
    page = (settings.BASE_DIR / "docs" / "sample-desk.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| ([a-z ·-]+) \| (.*) \|$", page.partition("## What stands where")[2], re.MULTILINE)
    labels = {str(label): state for state, label in State.choices}
    told = {labels[label] for states, _cases in named if states != "state" for label in states.split(" · ")}
    assert told == {*State.values}
    opened = list(Review.objects.order_by("pk"))  # R-1 and so on, in a database where nothing was before
    for states, cases in named:
        for number in re.findall(r"R-(\d+)", cases):
            assert opened[int(number) - 1].get_state_display() in states.split(" · "), number


def assert_two_verdicts_are_published_and_one_is_corrected() -> None:
    published = Review.objects.filter(state=State.PUBLISHED).annotate(versions=Count("publications"))
    assert sorted(published.values_list("versions", flat=True)) == [1, 2]
    corrected = published.get(versions=2)
    assert corrected.publication is not None
    verdict = corrected.publication.verdict
    assert (verdict.version, verdict.change, verdict.rating_label) == (2, "correction", "False")
    assert verdict.change_note
    assert verdict.supersedes is not None
    assert verdict.supersedes.rating_label == "Misleading"
    (challenged,) = Review.objects.filter(state=State.CHALLENGED)
    assert challenged.publication is not None
    assert Desk.get().sample


def assert_the_passwords_open_the_desk_to_each_role(printed: str, client: Client) -> None:
    head, *lines = printed.splitlines()
    assert "shown only now" in head
    assert max(map(len, lines)) < 80
    roles = {each.username: each.role for each in COLLEAGUES} | {"administrator": "administrator"}
    passwords = {name: password for name, password, *_who in map(str.split, lines)}
    assert {*passwords} == {*roles}
    assert len({*passwords.values()}) == len(roles)
    for username, password in passwords.items():
        assert client.login(username=username, password=password)
        assert roles_of(User.objects.get(username=username)) == {roles[username]}


@pytest.mark.django_db
def test_a_start_without_the_sample_makes_the_administrator_and_nothing_else(settings: Settings, state: Path) -> None:
    settings.SAMPLE_DESK = False
    assert said("first_run").startswith("Log in as administrator with the password ")
    assert User.objects.get().is_superuser
    assert not Desk.get().sample
    assert not (state / FILE).exists()


@pytest.mark.django_db
def test_a_desk_that_holds_an_article_is_no_place_for_a_sample(state: Path) -> None:
    make_article()
    assert "Log in as administrator" in said("first_run")
    assert User.objects.count() == 1
    assert not (state / FILE).exists()


@pytest.mark.django_db
def test_a_marker_that_belongs_to_another_database_loads_nothing_into_this_one(state: Path) -> None:
    write_marker(state, Marker(23_456))
    User.objects.create(username="somebody")
    assert said("first_run") == said("load_sample") == ""
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"port": 1, "lo', '{"gate": 1}'])
def test_a_marker_that_cannot_be_read_is_none(state: Path, text: str) -> None:
    (state / FILE).write_text(text)
    assert read_marker(state) is None


def test_every_host_of_the_site_is_of_the_reserved_domain() -> None:
    assert all(host.endswith(".example") for host in hosts())
