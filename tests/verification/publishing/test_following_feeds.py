"""Feeds asked over HTTP: chosen ones, corrections, pages back to the first verdict, what each says of itself."""

import html
import uuid
from urllib.parse import quote, urlencode

import feedparser
import pytest
from django.test import Client

from claims.models import Outlet, Speaker
from tests.cases import Walk
from tests.people import make_person
from tests.verification.publishing.following import FORMATS, follow, walk
from tests.verification.publishing.rows import make_case, publish, see_in, set_desk
from verification.models import Hub, Publication, Topic
from verification.publishing import machine
from verification.review.minor_edits import minor_edit

pytestmark = pytest.mark.django_db
HERE = "http://testserver"
every = pytest.mark.parametrize("form", FORMATS)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let a page hold few entries."""
    monkeypatch.setattr(machine, "FEED_LENGTH", 3)
    return 3


def urn(publication: Publication) -> str:
    return publication.review.public.urn


def of_speaker(name: str) -> tuple[Publication, Speaker]:
    review = make_case()
    speaker = Speaker.objects.create(name=name)
    review.claim.speaker = speaker
    review.claim.save(update_fields=["speaker"])
    return publish(review, claimant=name), speaker


@every
def test_a_feed_leads_to_itself_and_to_the_page_it_follows(client: Client, form: str) -> None:
    publish()
    address = f"{HERE}/checks/feed.{form}"
    feed = follow(client, address)
    assert feed.header == {"self": [address]}
    assert feed.links["self"] == [address]
    assert feed.links["alternate"] == [f"{HERE}/checks/"]
    assert not {"hub", "next", "first"} & feed.links.keys()


@every
def test_each_choice_is_a_feed_of_its_own(client: Client, form: str) -> None:
    one, speaker = of_speaker("Ada Quillfeather")
    other = publish(value=5, language="pt-BR")
    see_in(one.review, "Gull Gazette")
    one.review.topics.add(Topic.objects.create(name="Lamps & oil"))
    gazette = Outlet.objects.get(name="Gull Gazette")
    choices = {
        urlencode({"speaker": speaker.public}): ("Ada Quillfeather", one),
        urlencode({"outlet": gazette.public}): ("Gull Gazette", one),
        urlencode({"topic": "Lamps & oil"}): ("Lamps & oil", one),
        urlencode({"rating": "False"}): ("False", one),
        urlencode({"language": "pt-BR"}): ("pt-BR", other),
    }
    titles, identities = set(), set()
    for query, (name, publication) in choices.items():
        feed = follow(client, f"/checks/feed.{form}?{query}")
        assert feed.ids == [urn(publication)], query
        shown = html.unescape(feed.title) if form == "atom" else feed.title  # as HTML, where it has signs of HTML
        assert shown == f"Readout desk: fact checks ({name})"
        assert feed.links["self"] == feed.header["self"] == [f"{HERE}/checks/feed.{form}?{query}"]
        assert feed.links["alternate"] == [f"{HERE}/checks/?{query}"]
        titles.add(feed.title)
        identities |= {line for line in feed.text.split("<") if line.startswith("id>http")}
    assert len(titles) == 5
    assert form != "atom" or len(identities) == 5


@every
@pytest.mark.parametrize("below", ["", "corrections/"])
def test_a_choice_that_has_nothing_yet_is_an_empty_feed_and_an_unknown_id_is_none(
    client: Client, form: str, below: str
) -> None:
    one, speaker = of_speaker("Ada Quillfeather")
    for query in ("topic=harbours", "rating=Pants", "language=xx", "rating=False&topic=none"):
        feed = follow(client, f"/checks/{below}feed.{form}?{query}")
        assert feed.ids == []
        assert "(" not in feed.title  # what a stranger put into the address is no title
    named = follow(client, f"/checks/{below}feed.{form}?speaker={speaker.public}")
    assert (named.title.endswith("(Ada Quillfeather)"), named.ids) == (True, [] if below else [urn(one)])
    for query in (f"speaker={uuid.uuid4()}", f"outlet={uuid.uuid4()}", "speaker=x", "outlet=%00"):
        answer = client.get(f"/checks/{below}feed.{form}?{query}")
        assert answer.status_code == 404, query
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.content.decode().startswith("Nothing is published of ")
        assert answer.content.count(b"\n") == 1


@every
def test_each_entry_is_filed_under_what_it_is_about(client: Client, form: str) -> None:
    publication = publish()
    publication.review.topics.add(*(Topic.objects.create(name=name) for name in ("Oil & lamps", "Harbours")))
    text = client.get(f"/checks/feed.{form}").content.decode()
    assert text.index("Harbours") < text.index("Oil & lamps" if form == "json" else "Oil &amp; lamps")


def test_corrections_of_each_choice_are_a_feed_of_their_own(client: Client) -> None:
    first = publish()
    publish(first.review, 3)
    whole, chosen = (
        feedparser.parse(client.get(f"/checks/corrections/feed.atom{query}").content) for query in ("", "?rating=False")
    )
    assert whole.feed.id == f"{HERE}/checks/corrections/"
    assert chosen.feed.id == f"{HERE}/checks/corrections/?rating=False"
    assert chosen.feed.link == whole.feed.link == f"{HERE}/checks/corrections/"


@every
def test_corrections_are_entries_of_their_own_with_a_stable_id(client: Client, form: str) -> None:
    first = publish()
    publish()
    second = publish(first.review, 3, change_note="The hour was wrong.")
    third = publish(first.review, change="void", change_note="It was another day.")
    feed = follow(client, f"/checks/corrections/feed.{form}")
    assert feed.title == "Readout desk: corrections"
    assert feed.links["alternate"] == [f"{HERE}/checks/corrections/"]
    assert feed.ids == [third.verdict.public.urn, second.verdict.public.urn]
    assert follow(client, f"/checks/feed.{form}").ids[0] == urn(first)
    for told in ("The hour was wrong.", "It was another day.", f"/checks/{first.review.public}/v2/"):
        assert told in feed.text
    assert "False" in feed.text  # what it was rated before
    fourth = publish(first.review, 2, change_note="It was that day after all.")
    again = follow(client, f"/checks/corrections/feed.{form}")
    assert again.ids == [fourth.verdict.public.urn, *feed.ids]


@every
def test_who_follows_corrections_of_a_rating_hears_that_it_was_given_and_taken_away(client: Client, form: str) -> None:
    from_false = publish(publish(value=1).review, 4)
    to_false = publish(publish(value=4).review, 1)
    void = publish(publish(value=1).review, change="void", change_note="It was another day.")
    publish(publish(value=4).review, 5)
    ids = [each.verdict.public.urn for each in (void, to_false, from_false)]
    assert follow(client, f"/checks/corrections/feed.{form}?rating=False").ids == ids


@every
def test_a_minor_edit_is_no_correction(client: Client, form: str) -> None:
    walk_of = Walk()
    walk_of.to_publication()
    review = walk_of.review
    assert review.publication
    verdict = review.publication.verdict
    words = (verdict.headline + ".", verdict.explanation, "A full stop was missing.")
    minor_edit(review, walk_of.editor, review.revision, *words, meaning_stays=True)
    assert f"/checks/{review.public}/v2/" in follow(client, f"/checks/feed.{form}").text
    assert follow(client, f"/checks/corrections/feed.{form}").ids == []


@every
def test_a_page_leads_on_and_back_and_nothing_is_missed_or_told_twice(client: Client, form: str, short: int) -> None:
    there = [publish() for _ in range(8)]
    address = f"{HERE}/checks/feed.{form}"
    pages = []
    for page in walk(client, address):
        pages.append(page)
        publish()  # while somebody reads back
    assert [len(page.ids) for page in pages] == [3, 3, 2]
    assert [each for page in pages for each in page.ids] == [urn(each) for each in reversed(there)]
    assert pages[0].header["next"] == pages[1].links["self"] == pages[1].header["self"]
    assert pages[2].header == {"self": pages[2].links["self"], "first": [address]}
    if form != "json":
        assert pages[1].links["first"] == [address]


def test_the_pages_of_a_chosen_feed_keep_the_choice(client: Client, short: int) -> None:
    for _ in range(5):
        publish(value=1)
        publish(value=4)
    pages = list(walk(client, "/checks/feed.atom?rating=False"))
    assert [len(page.ids) for page in pages] == [3, 2]
    assert pages[1].links["self"][0].startswith(f"{HERE}/checks/feed.atom?rating=False&before=")
    assert pages[1].links["first"] == [f"{HERE}/checks/feed.atom?rating=False"]


def test_pages_of_corrections_are_read_to_the_first(client: Client, short: int) -> None:
    made = [publish(publish().review, 3).verdict.public.urn for _ in range(4)]
    pages = list(walk(client, "/checks/corrections/feed.json"))
    assert [each for page in pages for each in page.ids] == made[::-1]


@pytest.mark.long
@every
def test_a_feed_of_130_checks_is_read_to_the_first_while_others_are_published(client: Client, form: str) -> None:
    there = [publish() for _ in range(130)]
    ids = []
    for page in walk(client, f"/checks/feed.{form}"):
        ids += page.ids
        publish()
        publish(there[-1].review, 3)  # was read already: it comes again at the top, and on no later page
    assert ids == [urn(each) for each in reversed(there)]


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "1", "-1-1", "1-", "1-2-3", "9" * 30 + "-1", "9" * 18 + "-1", "1-" + "9" * 19, "٣-1", "%00", "1-1%0A"],
)
def test_a_cursor_that_cannot_be_read_is_refused_in_a_sentence(client: Client, cursor: str) -> None:
    publish()
    answer = client.get(f"/checks/feed.atom?before={quote(cursor, safe='%')}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().startswith("“before” is not from this feed")


def test_before_everything_there_is_nothing(client: Client) -> None:
    publish()
    assert follow(client, "/checks/feed.atom?before=1-1").ids == []


@every
def test_no_two_entries_say_the_same_time_of_update(client: Client, form: str) -> None:
    for _ in range(5):
        publish()
    for address in (f"/checks/feed.{form}", f"/checks/corrections/feed.{form}"):
        feed = follow(client, address)
        assert len(set(feed.updated)) == len(feed.ids)


@every
def test_hubs_in_use_are_named_by_feeds_that_they_are_told_of(client: Client, form: str, short: int) -> None:
    person = make_person("administrator")
    publish(publish().review, 3)
    assert "hub" not in follow(client, f"/checks/feed.{form}").header
    for name in ("one", "two", "off"):
        Hub.objects.create(url=f"https://{name}.example/hub", made_by=person, told_up_to=0)
    Hub.objects.filter(url__contains="off").update(off_at="2031-05-05T09:00Z")
    hubs = ["https://one.example/hub", "https://two.example/hub"]
    for address in ("feed", "corrections/feed"):
        for query in ("", "?rating=False"):
            feed = follow(client, f"/checks/{address}.{form}{query}")
            assert feed.header["hub"] == feed.links["hub"] == hubs
    for query in ("?rating=False&language=en", "?before=1-1"):
        feed = follow(client, f"/checks/feed.{form}{query}")
        assert "hub" not in feed.header
        assert "hub" not in feed.links


@every
def test_a_page_has_validators_and_is_compressed_as_the_feed_is(client: Client, form: str, short: int) -> None:
    for _ in range(4):
        publish()
    page = follow(client, f"/checks/feed.{form}").following
    assert page
    first = client.get(page, headers={"accept-encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    assert first["Link"]
    assert client.get(page, headers={"if-none-match": first["ETag"]}).status_code == 304
    head = client.head(page)
    assert (head.status_code, head.content, head["Link"]) == (200, b"", first["Link"])


def test_a_link_says_which_version_an_entry_tells_of(client: Client) -> None:
    second = publish(publish().review, 3)
    version = f"{HERE}/checks/{second.review.public}/v2/"
    for form in FORMATS:
        assert version in follow(client, f"/checks/feed.{form}").text


def test_the_list_of_corrections_leads_to_its_feeds(client: Client) -> None:
    page = client.get("/checks/corrections/").content.decode()
    for form in FORMATS:
        assert f'href="/checks/corrections/feed.{form}"' in page


def test_a_sample_desk_is_marked_in_its_corrections_too(client: Client) -> None:
    publish(publish().review, 3)
    set_desk(sample=True)
    for form in FORMATS:
        text = follow(client, f"/checks/corrections/feed.{form}").text
        assert text.count("Sample desk: invented institutions") == 2
