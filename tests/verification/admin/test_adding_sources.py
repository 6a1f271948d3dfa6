"""New sources: from the catalogue, and through a connector that is told where to look; each once, and switched off."""

import json
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.people import make_person
from tests.verification.admin.opening import as_person, told
from tests.verification.admin.sources_at_hand import briefing_room, make_source
from verification.connectors.issuers import catalogue
from verification.connectors.issuers.catalogue_entry import CatalogueEntry
from verification.connectors.issuers.registry import CONNECTORS
from verification.models import Source
from verification.research.source_keeping import Kept

pytestmark = pytest.mark.django_db
OFFERS = reverse("admin:source_catalogue")
# One that needs no key, one that needs one.
ENTRY = next(entry for entry in catalogue.entries() if entry.also_called and not CONNECTORS[entry.connector].secret)
KEYED = next(entry for entry in catalogue.entries() if CONNECTORS[entry.connector].secret)
ADOPT = reverse("admin:source_adopt", args=[ENTRY.key])


@pytest.fixture
def administrator() -> User:
    return make_person("administrator")


def text(person: User, address: str = OFFERS) -> str:
    answer = as_person(person).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_every_entry_that_is_shipped_is_offered(administrator: User) -> None:
    page = text(administrator)
    for entry in catalogue.entries():
        assert f'action="{reverse("admin:source_adopt", args=[entry.key])}"' in page
    for key in ("feed", "html_list", "sitemap", "wordpress"):
        assert reverse("admin:source_new", args=[key]) in page


def test_an_entry_is_added_switched_off_with_all_that_is_known_of_it_and_once(administrator: User) -> None:
    answer = as_person(administrator).post(ADOPT)
    assert "is on this desk, switched off" in told(answer)
    source = Source.objects.get()
    assert (source.name, source.tier, source.zone, source.licence) == (
        ENTRY.name,
        ENTRY.tier,
        ENTRY.zone,
        ENTRY.licence,
    )
    assert (tuple(source.also_called), source.catalogue) == (tuple(ENTRY.also_called), ENTRY.key)
    assert source.configuration == ENTRY.configuration
    assert not source.enabled
    again = as_person(administrator).post(ADOPT)
    assert "is on this desk already" in told(again)
    assert again["Location"] == answer["Location"] == reverse("admin:verification_source_change", args=[source.pk])
    assert "On this desk, off" in text(administrator)
    assert Source.objects.count() == 1


@pytest.mark.parametrize("entry", catalogue.entries(), ids=lambda entry: entry.key)
def test_what_was_added_is_saved_as_it_stands_and_nothing_is_lost(administrator: User, entry: CatalogueEntry) -> None:
    browser = as_person(administrator)
    address = browser.post(reverse("admin:source_adopt", args=[entry.key]))["Location"]
    before = Kept.of(Source.objects.get())
    form = browser.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    fields = {name: value for name, value in sent.items() if value is not None and value is not False}
    answer = browser.post(address, fields | {"do": "save", "seen": before.mark})
    assert answer.status_code == 302, answer.context["form"].errors
    after = Kept.of(Source.objects.get())
    connector = CONNECTORS[entry.connector]
    assert replace(after, configuration={}) == replace(before, configuration={})
    # The zone is asked once, and what is as usual is left to the connector.
    known = {"zone": entry.zone} if entry.zone and "zone" in {each.name for each in connector.settings} else {}
    expected = connector(before.configuration).configuration | known
    assert json.dumps(connector(after.configuration).configuration) == json.dumps(expected)


def test_a_name_that_is_taken_and_a_key_that_is_missing_are_told(administrator: User, settings: Settings) -> None:
    settings.SOURCE_KEYS = {}
    assert "needs the key “" in text(administrator)
    make_source(ENTRY.name)
    assert f"There is a source called “{ENTRY.name}” already" in told(as_person(administrator).post(ADOPT))
    assert as_person(administrator).post(reverse("admin:source_adopt", args=["nothing"])).status_code == 404
    page = as_person(administrator).post(reverse("admin:source_adopt", args=[KEYED.key]), follow=True)
    assert "Without it nobody can ask." in page.content.decode()


def test_who_comes_to_the_address_of_a_form_adds_nothing(administrator: User) -> None:
    assert as_person(administrator).get(ADOPT)["Location"] == OFFERS
    assert not Source.objects.exists()


@pytest.mark.parametrize("role", ["editor", "auditor", "checker"])
def test_nobody_else_adds_sources(role: str) -> None:
    browser = as_person(make_person(role))
    assert browser.post(ADOPT).status_code == 403
    assert browser.get(reverse("admin:source_new", args=["feed"])).status_code == 403
    assert not Source.objects.exists()


@pytest.mark.parametrize("key", sorted(CONNECTORS))
def test_every_connector_has_a_form_made_of_its_settings(administrator: User, key: str) -> None:
    page = text(administrator, reverse("admin:source_new", args=[key]))
    for setting in CONNECTORS[key].settings:
        assert f'name="set-{setting.name}"' in page or setting.name == "zone", "a source has a zone anyway"
    answer = as_person(administrator).post(reverse("admin:source_new", args=[key]), {"do": "add", "name": "New"})
    assert answer.status_code == 400
    assert not Source.objects.exists()


def test_any_issuer_is_added_without_code_after_it_was_tried_out(administrator: User) -> None:
    address, browser = reverse("admin:source_new", args=["html_list"]), as_person(administrator)
    with briefing_room(12) as site:
        said = {
            "name": "Briefing room",
            "tier": 1,
            "every_minutes": 60,
            "set-lists": site.address("/briefing-room/"),
            "set-item": "main article",
        }
        tried = browser.post(address, said | {"do": "try"})
        assert tried.status_code == 200
        page = " ".join(tried.content.decode().split())
        assert "10 entries would come." in page
        assert 'value="Briefing room"' in page
        assert not Source.objects.exists()
        assert "Added, switched off." in told(browser.post(address, said | {"do": "add"}))
    source = Source.objects.get()
    assert (source.connector, source.enabled) == ("html_list", False)
    assert source.configuration["lists"] == [said["set-lists"]]
    refused = browser.post(address, said | {"do": "add"})
    assert refused.status_code == 400
    assert "There is a source called “Briefing room” already" in refused.content.decode()
