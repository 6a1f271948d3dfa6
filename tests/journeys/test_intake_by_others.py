"""Lists, tokens and readers in a real browser, in all four ways of looking; the reader's page without script, too."""

import uuid
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from claims.models import Submission
from claims.readers import ask, set_aside
from claims.tokens import make_token, revoke
from tests.journeys.conftest import OpenPage, PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LAMPS = "https://news.example/lamps"
HOSTILE = "<b onclick=go()>Lamps</b> מנורות&amp;" + "a" * 200


def test_a_reader_asks_without_script_and_somebody_takes_it_in(
    open_page: OpenPage, page_of: PageOf, live_server: LiveServer, settings: Settings
) -> None:
    settings.READER_SUBMISSIONS = True
    cache.clear()
    reader = open_page(java_script_enabled=False)
    reader.goto(f"{live_server.url}{reverse('public:checks')}")
    reader.get_by_role("link", name="Ask us to check").click()
    reader.get_by_label("How we can answer you").fill("gull@port.example")
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_role("alert")).to_contain_text("Give the address")
    reader.get_by_label("Address of the page").fill(LAMPS)
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_role("heading", name="Thank you")).to_be_visible()
    assert reader.context.cookies() == []
    ask(uuid.uuid4(), LAMPS, HOSTILE * 5)
    set_aside(ask(uuid.uuid4(), None, HOSTILE * 3), make_person("editor"))
    desk = page_of(make_person("intake"))
    desk.goto(f"{live_server.url}{reverse('admin:readers')}")
    expect(desk.get_by_text("2 readers")).to_be_visible()
    inspect(desk, "readers")
    desk.get_by_role("button", name="Take it in").click()
    expect(desk.get_by_text("answer to gull@port.example")).to_be_visible()
    inspect(desk, "reader-taken-in")
    desk.goto(f"{live_server.url}{reverse('admin:readers')}")
    inspect(desk, "readers-dealt-with")


def test_the_readers_page_holds_filled_in_and_refused(
    open_page: OpenPage, live_server: LiveServer, settings: Settings
) -> None:
    settings.READER_SUBMISSIONS = True
    reader = open_page()
    reader.goto(f"{live_server.url}{reverse('public:suggest')}")
    inspect(reader, "suggest")
    reader.get_by_label("Address of the page").fill("ftp://a.example/")
    reader.get_by_role("button", name="Send").click()
    inspect(reader, "suggest-refused")
    reader.goto(f"{live_server.url}{reverse('public:suggest_thanks')}")
    inspect(reader, "suggest-thanks")


def test_a_list_is_handed_in_and_each_row_told(page_of: PageOf, live_server: LiveServer, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"url,text,date\n{LAMPS}?{'a' * 300},,\n,Forty lamps were bought.,soon\n,{HOSTILE},\n")
    desk = page_of(make_person("intake"))
    desk.goto(f"{live_server.url}{reverse('admin:claims_submission_add')}")
    inspect(desk, "intake")
    desk.get_by_role("button", name="Hand in the list").click()
    expect(desk.get_by_text("Choose a file.")).to_be_visible()
    inspect(desk, "many-refused")
    desk.get_by_label("List of articles").set_input_files(path)
    desk.get_by_role("button", name="Hand in the list").click()
    expect(desk.get_by_role("status")).to_contain_text("refused.")
    inspect(desk, "many-told")
    assert Submission.objects.filter(way="import").exists()


def test_a_token_is_made_and_its_secret_shown(page_of: PageOf, live_server: LiveServer) -> None:
    person = make_person("intake", name="Ines Mole")
    revoke(make_token("the old one", person, uuid.uuid4())[0])
    desk = page_of(make_person("administrator"))
    desk.goto(f"{live_server.url}{reverse('admin:index')}")
    desk.get_by_role("link", name="Tokens").click()
    desk.get_by_role("button", name="Make a token").click()
    inspect(desk, "tokens-refused")
    desk.get_by_label("What uses it").fill("the paper’s system")
    desk.get_by_label("For whom it acts").select_option(str(person.pk))
    desk.get_by_role("button", name="Make a token").click()
    expect(desk.get_by_text("shown this once")).to_be_visible()
    inspect(desk, "tokens-made")
    desk.get_by_role("button", name="Revoke the paper’s system").click()
    expect(desk.get_by_text("opens nothing any more")).to_be_visible()
