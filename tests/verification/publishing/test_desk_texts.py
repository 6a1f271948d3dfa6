"""What the desk tells of itself: with its day, with what it said before, and nothing that was taken back."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import html

from tests.people import make_person
from tests.verification.publishing.reading import text_of
from tests.verification.publishing.rows import publish
from tests.verification.publishing.samples import HOSTILE
from verification.models import DeskText
from verification.publishing.policies import LONGEST, newest_text, save_text
from verification.review.refusals import Moved, NotYours, Unmet

pytestmark = pytest.mark.django_db
PAGE = "/checks/about/corrections/"


@pytest.fixture
def editor() -> User:
    return make_person("editor", name="Edda Quay")


def say(editor: User, text: str, kind: str = "corrections") -> None:
    """Save a text on the one that stands."""
    newest = newest_text(kind)
    save_text(editor, kind, text, newest.pk if newest else 0)


def test_a_text_is_shown_with_its_marks_its_day_and_a_way_to_it_from_the_pages_it_belongs_to(
    client: Client, editor: User
) -> None:
    for url in ("/checks/how/", "/checks/corrections/", "/checks/about/"):
        assert PAGE not in client.get(url).content.decode(), url
    say(editor, "We answer **within a day**.\n\n- write to us")
    page = html.fromstring(client.get(PAGE).content)
    assert page.findtext(".//h1") == "How we correct"
    assert page.xpath("//strong/text()") == ["within a day"]
    assert page.xpath("//article//p[@class='ro-meta']//time/@datetime")
    for url in ("/checks/how/", "/checks/corrections/", "/checks/about/"):
        assert PAGE in client.get(url).content.decode(), url
    assert "We answer within a day." in text_of(client, "/checks/about/")


@pytest.mark.parametrize("kind", ["corrections", "nonsense", "TEAM"])
def test_what_is_not_filled_in_has_no_page(client: Client, kind: str) -> None:
    assert client.get(f"/checks/about/{kind}/").status_code == 404
    assert client.get(f"/checks/about/{kind}/v1/").status_code == 404


def test_an_earlier_wording_stays_readable_and_says_that_it_no_longer_holds(client: Client, editor: User) -> None:
    say(editor, "We answer within a week.")
    say(editor, "We answer within a day.")
    now, old = client.get(PAGE), client.get(f"{PAGE}v1/")
    assert "within a week" not in now.content.decode()
    assert f"{PAGE}v1/" in html.fromstring(now.content).xpath("//a/@href")
    text = text_of(client, f"{PAGE}v1/")
    assert "We answer within a week." in text
    assert "It no longer holds. Read what holds now" in text
    assert html.fromstring(old.content).xpath("//link[@rel='canonical']/@href") == [f"http://testserver{PAGE}"]
    assert "It no longer holds" not in text_of(client, f"{PAGE}v2/")
    assert client.get(f"{PAGE}v3/").status_code == 404


def test_what_was_taken_back_is_gone_with_all_that_stood_before_it(client: Client, editor: User) -> None:
    say(editor, "We never err.")
    say(editor, "")
    assert client.get(PAGE).status_code == client.get(f"{PAGE}v1/").status_code == 404
    assert PAGE not in client.get("/checks/about/").content.decode()
    say(editor, "We answer within a day.")
    assert "Earlier wordings" not in text_of(client, PAGE)
    assert client.get(f"{PAGE}v1/").status_code == client.get(f"{PAGE}v2/").status_code == 404
    assert client.get(f"{PAGE}v3/").status_code == 200


def test_of_the_team_the_newest_wording_alone_is_readable(client: Client, editor: User) -> None:
    say(editor, "Gone Away edits.", "team")
    say(editor, "Edda Quay edits.", "team")
    page = client.get("/checks/about/team/").content.decode()
    assert "Earlier wordings" in page
    assert "Gone Away" not in page
    assert client.get("/checks/about/team/v1/").status_code == 404


def test_a_reader_who_has_the_page_is_told_so_until_it_is_changed(client: Client, editor: User) -> None:
    publish()
    say(editor, "We answer within a week.")
    etag = client.get(PAGE)["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": etag}).status_code == 304
    say(editor, "We answer within a day.")
    assert client.get(PAGE, headers={"If-None-Match": etag}).status_code == 200


def test_whatever_is_typed_is_text(client: Client, editor: User) -> None:
    say(editor, " ".join(map(str, HOSTILE.values())) + "\0\x08")
    page = html.fromstring(client.get(PAGE).content)
    assert page.xpath("//main//script | //main//img | //main//*[@onerror]") == []


def test_each_saving_is_kept_the_same_twice_is_one_and_nobody_elses_is_overwritten(editor: User) -> None:
    first = save_text(editor, "ethics", "Of no party.\r\n", 0)
    assert first is not None
    assert first.text == "Of no party."
    assert save_text(editor, "ethics", "Of no party.", first.pk) is None
    other = make_person("administrator", name="Adda Key")
    save_text(other, "ethics", "Of no party at all.", first.pk)
    with pytest.raises(Moved, match="Adda Key saved another wording meanwhile"):
        save_text(editor, "ethics", "Of none.", first.pk)
    assert [row.text for row in DeskText.objects.order_by("pk")] == ["Of no party.", "Of no party at all."]


def test_who_may_not_and_what_is_too_long_is_refused(editor: User) -> None:
    for role in ("checker", "publisher", "auditor", "intake"):
        with pytest.raises(NotYours):
            save_text(make_person(role), "ethics", "Of no party.", 0)
    with pytest.raises(Unmet, match="40000 characters at most"):
        save_text(editor, "ethics", "x" * (LONGEST + 1), 0)
    assert not DeskText.objects.exists()
