"""oEmbed: what a program that knows a check's address is told, and with which status it is refused."""

import struct
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from lxml import etree, html
from pytest_django.fixtures import Settings

from tests.verification.publishing.reading import address
from tests.verification.publishing.rows import make_case, publish, set_desk
from verification.models import Publication

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
# The specification's parameters of every type, and those of the type rich.
REQUIRED = {"type", "version", "html", "width", "height"}
THUMBNAIL = {"thumbnail_url", "thumbnail_width", "thumbnail_height"}
OPTIONAL = THUMBNAIL | {"title", "author_name", "author_url", "provider_name", "provider_url", "cache_age"}


def ask(client: Client, url: str, **others: str) -> Any:
    return client.get(f"/checks/oembed?{urlencode({'url': url, **others})}")


def at(publication: Publication, rest: str = "") -> str:
    return HOST + address(publication, rest)


def test_it_answers_with_a_frame_that_shows_the_card(client: Client) -> None:
    set_desk(name="The Mole Lantern", homepage="https://lantern.example/")
    publication = publish(claim_text="Every captain pays.")
    answer = ask(client, at(publication), format="json")
    assert answer["Content-Type"] == "application/json"
    told = answer.json()
    assert REQUIRED <= set(told) <= REQUIRED | OPTIONAL
    assert (told["type"], told["version"], told["title"]) == ("rich", "1.0", "False: Every captain pays.")
    assert (told["author_name"], told["author_url"]) == ("The Mole Lantern", "https://lantern.example/")
    (frame,) = html.fragments_fromstring(told["html"])
    assert (frame.tag, frame.get("src"), frame.get("title")) == ("iframe", at(publication, "embed/"), told["title"])
    assert (frame.get("width"), frame.get("height")) == (str(told["width"]), str(told["height"])) == ("600", "380")
    assert frame.get("sandbox") == "allow-popups allow-popups-to-escape-sandbox"


def test_an_address_that_lost_its_last_slash_is_the_same_address(client: Client) -> None:
    publication = publish()
    assert ask(client, at(publication).rstrip("/")).json() == ask(client, at(publication)).json()


def test_a_version_that_is_not_there_is_told_in_a_sentence_that_any_page_may_read(client: Client) -> None:
    answer = ask(client, at(publish(), "v9/"))
    assert answer.status_code == 404
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.content.decode().startswith("No check of ours is there")


def test_xml_says_the_same_as_json(client: Client) -> None:
    publication = publish(claim_text="Captains & <lamps>")
    answer = ask(client, at(publication), format="xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(answer.content)
    assert root.tag == "oembed"
    told = ask(client, at(publication)).json()
    assert {child.tag: child.text for child in root} == {name: str(value) for name, value in told.items()}


@pytest.mark.parametrize(
    ("limits", "size"),
    [
        ({"maxwidth": "320"}, (320, 380)),
        ({"maxheight": "200"}, (600, 200)),
        ({"maxwidth": "9000", "maxheight": "9000"}, (600, 380)),
        ({"maxwidth": "-5", "maxheight": "٣٤"}, (600, 380)),
        ({"maxwidth": "0", "maxheight": "9" * 5000}, (600, 380)),
    ],
)
def test_it_is_no_larger_than_it_may_be(client: Client, limits: dict[str, str], size: tuple[int, int]) -> None:
    told = ask(client, at(publish()), **limits).json()
    assert (told["width"], told["height"]) == size


def test_its_picture_is_there_and_is_left_out_where_it_is_too_large(client: Client) -> None:
    publication = publish()
    told = ask(client, at(publication)).json()
    assert told["thumbnail_url"] == at(publication, "v1/card.png")
    size = struct.unpack(">II", client.get(told["thumbnail_url"]).content[16:24])  # of a PNG's first chunk
    assert (told["thumbnail_width"], told["thumbnail_height"]) == size
    for limit in ("maxwidth", "maxheight"):
        assert not THUMBNAIL & set(ask(client, at(publication), **{limit: "500"}).json())


@pytest.mark.parametrize("rest", ["", "v1/", "v2/", "embed/", "?utm_source=letter", "#versions"])
def test_each_address_of_a_check_leads_to_the_version_that_stands(client: Client, rest: str) -> None:
    second = publish(publish().review, 2)
    assert ask(client, at(second, rest)).json()["title"].startswith("Misleading: ")


def test_an_address_may_have_the_other_scheme(client: Client) -> None:
    assert ask(client, at(publish()).replace("http:", "https:")).status_code == 200


def test_a_withdrawn_check_is_called_so(client: Client) -> None:
    withdrawn = publish(publish().review, change="void", change_note="Of another day.")
    assert ask(client, at(withdrawn)).json()["title"].startswith("Withdrawn: ")


def test_what_is_no_published_check_of_ours_is_not_found(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    publication, draft = publish(), make_case()
    own = address(publication)
    wrong = [
        "",
        "lamps",
        "javascript:alert(1)",
        f"https://gull.example{own}",
        own,
        f"{HOST}/checks/",
        f"{HOST}/checks/how/",
    ]
    wrong += [
        f"{HOST}/checks/{draft.public}/",
        f"{HOST}/admin/",
        at(publication, "v9/"),
        "http://[::1",
    ]
    for url in [*wrong, HOST + "/" + "x" * 9000]:
        answer = ask(client, url)
        assert answer.status_code == 404, url
    assert ask(client, "").content.decode().strip().endswith("give the address of a published one as url=.")


def test_another_format_is_not_implemented(client: Client) -> None:
    answer = ask(client, at(publish()), format="yaml")
    assert answer.status_code == 501
    assert answer.content.decode() == "Ask for format=json or format=xml.\n"


def test_it_may_be_kept_and_is_asked_for_from_browsers_of_anybody(client: Client) -> None:
    publication = publish()
    answer = ask(client, at(publication))
    assert answer["Access-Control-Allow-Origin"] == "*"
    again = client.get(
        f"/checks/oembed?{urlencode({'url': at(publication)})}", headers={"if-none-match": answer["ETag"]}
    )
    assert again.status_code == 304


def test_the_check_s_page_leads_to_both_formats(client: Client) -> None:
    publication = publish()
    page = html.fromstring(client.get(at(publication)).content)
    for kind in ("json", "xml"):
        media_type = "application/json+oembed" if kind == "json" else "text/xml+oembed"
        (link,) = page.xpath(f"//head/link[@rel='alternate'][@type='{media_type}']/@href")
        assert link.startswith(f"{HOST}/checks/oembed?")
        assert client.get(link).status_code == 200
        assert f"format={kind}" in link


def test_the_page_s_snippet_is_the_frame_that_oembed_gives(client: Client) -> None:
    publication = publish(headline="No “captain” pays", claim_text='Every "captain" pays & sails')
    (snippet,) = html.fromstring(client.get(at(publication)).content).xpath("//textarea[@id='embed']")
    assert snippet.text == ask(client, at(publication)).json()["html"]
