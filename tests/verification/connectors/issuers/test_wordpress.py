"""The connector for sites made with WordPress."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

import pytest

from claims.capture.asking import Answer, Ask, Interrupted, NotAsExpected
from claims.capture.outcome import Outcome
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.contract import Skipped, SourceText
from verification.connectors.issuers.contract import BadConfiguration, Query, SourceEntry, Window
from verification.connectors.issuers.wordpress import WordPress

SITE = "https://lake.example"
PAST_THE_END = Reply(
    '{"code": "rest_post_invalid_page_number", "message": "The page is too far."}', "application/json", status=400
)


def post(number: int, local: str, utc: str, **more: Any) -> dict[str, Any]:
    """Return a post of 2031."""
    return {
        "id": number,
        "date": local,
        "date_gmt": utc,
        "modified_gmt": "2031-06-01T10:00:00",
        "slug": f"notice-{number}",
        "link": f"{SITE}/notices/2031/notice-{number}/",
        "guid": {"rendered": f"{SITE}/?post_type=notice&#038;p={number}"},
        "title": {"rendered": f"Notice&nbsp;{number} &#8211; Ferries &amp; Fog"},
        "excerpt": {"rendered": f"<p>In <b>short</b>: {number}&hellip;</p>"},
        **more,
    }


POSTS = [
    post(3, "2031-05-04T19:30:00", "2031-05-04T23:30:00"),
    post(2, "2031-05-04T01:00:00", "2031-05-04T05:00:00"),
    post(1, "2031-05-03T22:00:00", "2031-05-04T02:00:00"),
]


class Site:
    """WordPress with these posts, two on a page whatever it is asked for; it `tells` how many pages there are."""

    def __init__(self, posts: list[dict[str, Any]], *, tells: bool = True) -> None:
        self._posts, self._tells = posts, tells

    def __call__(self, ask: Ask) -> Answer:
        """Answer as it would."""
        said = dict(parse_qsl(urlsplit(ask.url).query))
        number = urlsplit(ask.url).path.rpartition("/")[2]
        if number.isdecimal():
            whole = next(each for each in self._posts if each["id"] == int(number))
            content = {"content": {"rendered": f"<p>The ferry {number} waits.</p>", "protected": False}}
            return Reply(json.dumps(whole | content), "application/json").answer(ask)
        found = [each for each in self._posts if "slug" not in said or each["slug"] == said["slug"]]
        found = [each for each in found if said.get("after", "") < each["date"] < said.get("before", "9")]
        page = int(said.get("page", 1))
        shown = found[2 * page - 2 : 2 * page]
        if not shown and page > 1:
            return PAST_THE_END.answer(ask)
        counted = (("X-WP-TotalPages", str(-(-len(found) // 2))),) if self._tells else ()
        return Reply(json.dumps(shown), "application/json; charset=UTF-8", headers=counted).answer(ask)


def address(question: str, pages: int, route: str = "posts") -> list[str]:
    """Return the addresses of the pages of a question."""
    fields = "id%2Cdate%2Cdate_gmt%2Cmodified_gmt%2Cslug%2Clink%2Cguid%2Ctype%2Ctitle%2Cexcerpt"
    pages_of = "per_page=100&page={}&_fields=" + fields
    return [f"{SITE}/wp-json/wp/v2/{route}?{question}{pages_of.format(page)}" for page in range(1, pages + 1)]


SITE_OF_POSTS = {
    url: Reply(json.dumps(POSTS[2 * page : 2 * page + 2]), "application/json", headers=(("X-WP-TotalPages", "2"),))
    for question in ("orderby=date&", "search=%22the+lamp+is+lit%22&orderby=relevance&", "orderby=modified&")
    for page, url in enumerate(address(question, 2))
}
SLUG = address("slug=notice-2&", 1)[0].replace("per_page=100&page=1&", "")
WHOLE = {
    f"{SITE}/wp-json/wp/v2/posts/{each['id']}?_fields={SLUG.rpartition('_fields=')[2]}%2Ccontent": Reply(
        json.dumps(each | {"content": {"rendered": "<p>The ferry&nbsp;waits.</p><p>###</p>", "protected": False}}),
        "application/json",
    )
    for each in POSTS
}
IDS = [f"{SITE}/?post_type=notice&p={number}" for number in (3, 2, 1)]


class TestWordPress(ConnectorContract):
    connector = WordPress({"site": f"{SITE}/", "pages": 5})
    site: ClassVar[Mapping[str, Reply]] = {
        **SITE_OF_POSTS,
        **WHOLE,
        SLUG: Reply(json.dumps(POSTS[1:2]), "application/json"),
    }
    shows: ClassVar[Mapping[str, list[str]]] = {"search": IDS, "list_by_date": IDS, "poll": IDS}
    named: ClassVar[Mapping[str, str]] = {f"(See {SITE}/notices/2031/notice-2/?utm=x.)": IDS[1]}


def listed(*posts: dict[str, Any], **said: Any) -> list[SourceEntry]:
    """Return what a site shows of its posts."""
    return list(WordPress({"site": SITE, **said}).list_by_date(Replay(instead=Site(list(posts))), Window()).entries)


def test_an_entry_is_told_in_utc_with_the_offset_of_the_site() -> None:
    (entry,) = listed(POSTS[0])
    assert (entry.stable_id, entry.title, entry.snippet) == (IDS[0], "Notice 3 – Ferries & Fog", "In short: 3…")
    assert (entry.published, entry.precision, entry.offset, entry.date_origin) == (
        datetime(2031, 5, 4, 23, 30, tzinfo=UTC),
        "second",
        -240,
        "date_gmt",
    )
    assert entry.updated == datetime(2031, 6, 1, 10, tzinfo=UTC)
    assert entry.memo == {"type": "posts", "id": 3}


def test_a_time_that_was_never_set_leaves_the_day_and_a_post_without_a_guid_its_address() -> None:
    (entry,) = listed(post(4, "2031-05-04T19:30:00", "0000-00-00T00:00:00", guid=None))
    assert (entry.published, entry.precision, entry.offset, entry.date_origin) == (
        datetime(2031, 5, 4, tzinfo=UTC),
        "day",
        None,
        "date",
    )
    assert entry.stable_id == f"{SITE}/notices/2031/notice-4/"


def test_days_are_those_of_the_site_and_both_are_counted_in() -> None:
    replay = Replay(instead=Site(POSTS))
    page = WordPress({"site": SITE}).list_by_date(replay, Window(date(2031, 5, 4), date(2031, 5, 4)))
    assert [entry.memo["id"] for entry in page.entries] == [3, 2]
    assert "after=2031-05-03T23%3A59%3A59&before=2031-05-05T00%3A00%3A00&orderby=date" in replay.urls[0]


def test_a_site_that_does_not_listen_to_the_days_is_not_believed() -> None:
    deaf = Replay(instead=lambda ask: Reply(json.dumps(POSTS), "application/json").answer(ask))
    with pytest.raises(NotAsExpected):
        WordPress({"site": SITE}).list_by_date(deaf, Window(date(2031, 1, 1), date(2031, 1, 2)))
    near = WordPress({"site": SITE}).list_by_date(deaf, Window(date(2031, 5, 3), date(2031, 5, 3)))
    assert [entry.memo["id"] for entry in near.entries] == [1]


@pytest.mark.parametrize("tells", [True, False])
def test_a_list_ends_where_the_site_says_so_and_not_with_any_other_error(tells: bool) -> None:
    full = [post(number, "2031-05-04T10:00:00", "2031-05-04T14:00:00") for number in range(1, 101)]
    pages = {1: Reply(json.dumps(full), "application/json"), 2: PAST_THE_END}
    if tells:
        pages = {1: Reply(json.dumps(full), "application/json", headers=(("X-WP-TotalPages", "1"),))}
    replay = Replay(dict(zip(address("orderby=date&", 2), pages.values(), strict=False)))
    connector = WordPress({"site": SITE})
    page = connector.list_by_date(replay, Window())
    assert len(page.entries) == 100
    assert (page.next_cursor is None) is tells
    if page.next_cursor:
        last = connector.list_by_date(replay, Window(), page.next_cursor)
        assert (last.entries, last.next_cursor, last.outcome) == ((), None, Outcome.EMPTY)
        other = Reply('{"code": "rest_invalid_param", "message": "No."}', "application/json", status=400)
        with pytest.raises(Interrupted) as told:
            connector.list_by_date(Replay(instead=other.answer), Window(), page.next_cursor)
        assert told.value.outcome is Outcome.FAILED


def test_types_are_asked_one_after_the_other_with_their_own_conditions() -> None:
    connector = WordPress({"site": SITE, "types": ["state_press_release", "state_briefing?state_briefing_type=393"]})
    replay = Replay(instead=Site(POSTS[:1]))
    first = connector.list_by_date(replay, Window())
    second = connector.list_by_date(replay, Window(), first.next_cursor)
    assert [page.entries[0].memo["type"] for page in (first, second)] == ["state_press_release", "state_briefing"]
    assert "/wp/v2/state_briefing?state_briefing_type=393&orderby=date" in replay.urls[1]
    assert second.next_cursor is None


def test_a_site_with_plain_addresses_is_asked_by_rest_route() -> None:
    replay = Replay(instead=Site(POSTS))
    WordPress({"site": SITE, "plain": True}).search(replay, Query(words=("fog",)), Window())
    assert replay.urls[0].startswith(f"{SITE}/?rest_route=%2Fwp%2Fv2%2Fposts&search=fog&orderby=relevance&per_page=100")


def test_what_was_changed_last_is_asked_with_validators() -> None:
    connector = WordPress({"site": SITE})
    replay = Replay(instead=Site(POSTS))
    page = connector.poll(replay)
    assert (len(page.entries), page.next_cursor, replay.asked[0].conditional) == (2, None, True)
    unchanged = connector.poll(Replay(instead=Reply(status=304).answer))
    assert unchanged.outcome is Outcome.NOT_MODIFIED


def test_a_firewalls_page_with_status_200_is_a_failure() -> None:
    page = Reply("<html><body><h1>Technical Difficulties</h1></body></html>", "application/json")
    with pytest.raises(NotAsExpected):
        WordPress({"site": SITE}).list_by_date(Replay(instead=page.answer), Window())


def test_the_text_of_a_post_comes_from_the_interface_and_one_behind_a_password_has_none() -> None:
    (entry,) = listed(POSTS[0])
    fetched = WordPress({"site": SITE}).fetch(Replay(instead=Site(POSTS)), entry)
    assert isinstance(fetched.text, SourceText)
    assert (fetched.text.text, fetched.text.url) == ("The ferry 3 waits.", f"{SITE}/notices/2031/notice-3/")
    locked = Reply(json.dumps(POSTS[0] | {"content": {"rendered": "", "protected": True}}), "application/json")
    assert isinstance(WordPress({"site": SITE}).fetch(Replay(instead=locked.answer), entry).text, Skipped)


def test_an_address_is_resolved_only_to_the_post_that_has_it() -> None:
    connector = WordPress({"site": f"{SITE}/"})
    replay = Replay(instead=Site(POSTS))
    assert connector.resolve(replay, f"{SITE}/notices/2031/notice-2/").memo["id"] == 2
    for other in (f"{SITE}/notices/2030/notice-2/", f"{SITE}/notices/2031/notice-9/"):
        with pytest.raises(Interrupted) as told:
            connector.resolve(replay, other)
        assert told.value.outcome is Outcome.NOT_FOUND
    text = f"{SITE}/feed/ · {SITE}/ · https://notlake.example/a/ · http://www.lake.example/a/b#c"
    assert connector.recognise(text) == ["http://www.lake.example/a/b/"]


def test_a_type_that_is_none_is_told() -> None:
    for types in (["../users"], ["posts?x=1#"], ["Posts and pages"]):
        with pytest.raises(BadConfiguration):
            WordPress({"site": SITE, "types": types})
