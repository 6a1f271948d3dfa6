"""What networks are given beside a link to a check: the picture of that version, or the general one."""

import json
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk
from tests.verification.publishing.pictures.cards import opened
from tests.verification.publishing.reading import address, claimreview_in
from tests.verification.publishing.rows import approve, make_case, publish, set_desk
from tests.verification.publishing.samples import DESK, VERDICT, corrected
from verification.models import Change, Publication
from verification.publishing.edition import Edition, edition, edition_of
from verification.publishing.pictures.drawing import NOTICE, TONES
from verification.publishing.pictures.serving import card_of
from verification.publishing.records import read_check
from verification.review.minor_edits import minor_edit

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
GENERAL = settings.BASE_DIR / "config/static/readout/card.png"


def picture(client: Client, publication: Publication, **headers: str) -> bytes:
    answer = client.get(address(publication, f"v{publication.verdict.version}/card.png"), headers=headers)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    return bytes(answer.content)


def now_of(publication: Publication) -> Edition:
    now = edition_of(publication.review.public)
    assert now
    return now


def shared(client: Client, url: str) -> dict[str, str]:
    page = html.fromstring(client.get(url).content)
    return {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.xpath("//meta[@content]")}


def colour(data: bytes, top: int) -> str:
    return "#" + bytes(opened(data).crop((5, top, 6, top + 1)).tobytes()).hex()


def test_each_version_has_its_picture_the_same_each_time(client: Client) -> None:
    first = publish()
    data = picture(client, first)
    assert opened(data).size == (1200, 630)
    assert picture(client, first) == data
    second = publish(first.review, 2)
    assert picture(client, second) != data
    assert colour(data, 5) == TONES["bad"].ground
    assert colour(picture(client, second), 5) == TONES["caution"].ground


def test_whoever_has_it_is_told_so_until_something_changes(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publication = publish()
    url = address(publication, "v1/card.png")
    first = client.get(url)
    with django_assert_num_queries(1):
        assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    publish(publication.review, 2)
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again.content != first.content


def test_the_picture_of_an_old_version_says_that_it_no_longer_stands(client: Client) -> None:
    first = publish()
    second = publish(first.review, 2)
    verdict = read_check(first.review.public, 1)
    assert verdict
    assert card_of(verdict, now_of(first)).notice == "Version 1 no longer stands"
    assert colour(picture(client, first), 5) == NOTICE.ground
    publish(second.review, change=Change.VOID, change_note="Of another day.")
    assert card_of(verdict, now_of(first)).notice == "This check has been withdrawn"


def test_a_correction_and_an_update_say_which_version_this_is_and_since_when() -> None:
    now = edition()
    assert card_of(VERDICT, now).dated == "Published 5 May 2031"
    assert card_of(corrected(), now).dated == "Version 2, corrected 6 May 2031"
    assert card_of(corrected(Change.UPDATE), now).dated == "Version 2, updated 6 May 2031"


def test_a_minor_edit_has_a_picture_of_its_own_that_says_what_it_edits(client: Client) -> None:
    walk = Walk().accepted().taken().proposed().drafted(explanation="The transcript differs differs [1].")
    walk.approved().published()
    assert walk.review.publication
    words = (walk.review.publication.verdict.headline, "The transcript differs [1].", "A word stood there twice.")
    edit = minor_edit(walk.review, walk.editor, walk.review.revision, *words)
    verdict = read_check(walk.review.public)
    assert verdict
    assert (verdict.version, verdict.edited is not None) == (2, True)
    assert card_of(verdict, now_of(edit)).dated == f"Published {verdict.published.day}"
    assert shared(client, address(edit))["og:image"].endswith("/v2/card.png")
    assert opened(picture(client, edit)).size == (1200, 630)


def test_a_withdrawn_check_shows_no_rating(client: Client) -> None:
    withdrawn = publish(publish().review, change=Change.VOID, change_note="Of another day.")
    verdict = read_check(withdrawn.review.public)
    assert verdict
    card = card_of(verdict, now_of(withdrawn))
    assert (card.rating, card.mark, card.tone) == ("Withdrawn", "absent", "quiet")
    assert card.dated.startswith("Version 2, withdrawn ")
    assert "False" not in repr(card)
    assert colour(picture(client, withdrawn), 5) == TONES["quiet"].ground


def test_who_claimed_it_and_when_is_said_where_it_is_known() -> None:
    now = edition()
    assert (card_of(VERDICT, now).by, card_of(VERDICT, now).said) == (
        "Printed as the words of Ada Quillfeather",
        "said 4 May 2031",
    )
    bare = read_check(publish(claimant=None, claim_kind="assertion").review.public)
    assert bare
    assert (card_of(bare, now).by, card_of(bare, now).said) == ("", "")


def test_a_sample_desk_says_so_in_each_picture(client: Client) -> None:
    publication = publish()
    plain = picture(client, publication)
    set_desk(name=DESK.name, sample=True)
    assert colour(picture(client, publication), 5) == NOTICE.ground
    assert picture(client, publication) != plain


@pytest.mark.parametrize("claim", ["المصابيح تحترق", "灯亮着", "Lamps 🔥 burn"])
def test_words_that_the_font_cannot_show_have_the_general_picture(client: Client, claim: str) -> None:
    assert picture(client, publish(claim_text=claim)) == GENERAL.read_bytes()


@pytest.mark.parametrize("claim", ["x" * 5000, "Every captain pays. " * 900, "\u200b" * 900 + "\x07 lamps"])
def test_a_claim_of_any_length_has_its_picture(client: Client, claim: str) -> None:
    data = picture(client, publish(claim_text=claim))
    assert data != GENERAL.read_bytes()
    assert opened(data).size == (1200, 630)


def test_letters_of_windows_are_what_they_were_meant_to_be(client: Client) -> None:
    old, meant = publish(claim_text="The lamp\x92s oil"), publish(claim_text="The lamp’s oil")
    assert picture(client, old) == picture(client, meant)


def test_what_is_not_public_has_no_picture(client: Client) -> None:
    publication, draft = publish(), make_case()
    approve(publication.review, 2)
    wrong = [address(publication, f"v{version}/card.png") for version in ("0", "2", "9", "9" * 40)]
    wrong += [f"/checks/{check}/v1/card.png" for check in (draft.public, uuid4())]
    for url in wrong:
        assert client.get(url).status_code == 404, url
    assert client.post(address(publication, "v1/card.png")).status_code == 405


@pytest.mark.parametrize("rest", ["", "v1/"])
def test_a_page_names_the_picture_of_the_version_that_it_shows(client: Client, rest: str) -> None:
    publication = publish()
    told = shared(client, address(publication, rest))
    assert told["og:image"] == told["twitter:image"] == HOST + address(publication, "v1/card.png")
    assert told["og:image:alt"] == told["twitter:image:alt"] == f"False: {publication.review.wording}"
    assert told["twitter:card"] == "summary_large_image"
    answer = client.get(told["og:image"])
    assert answer["Content-Type"] == told["og:image:type"]
    assert opened(answer.content).size == (int(told["og:image:width"]), int(told["og:image:height"]))


def test_of_a_picture_that_cannot_be_drawn_nothing_is_said_that_it_does_not_show(client: Client) -> None:
    publication = publish(claim_text="اشترى المجلس أربعين مصباحا")
    told = shared(client, address(publication))
    assert told["og:image"] == f"{HOST}/static/readout/card.png"
    assert "False" not in told["og:image:alt"]


def test_after_a_correction_each_program_is_led_to_another_picture(client: Client) -> None:
    first = publish()
    second = publish(first.review, 2)
    new = HOST + address(second, "v2/card.png")
    assert shared(client, address(second))["og:image"] == new
    assert shared(client, address(second, "v1/"))["og:image"] == HOST + address(first, "v1/card.png")
    assert claimreview_in(client, address(second))["image"] == new
    assert json.loads(client.get("/checks/feed.json").content)["items"][0]["image"] == new
    assert client.get(f"/checks/oembed?url={HOST}{address(second)}").json()["thumbnail_url"] == new
    assert client.get(new).status_code == 200


def test_rss_has_no_enclosure(client: Client) -> None:
    publish()
    assert b"enclosure" not in client.get("/checks/feed.rss").content
