"""Lists of articles: tables, JSON and JSON Lines, as people and tools write them; a bad row is in nobody's way."""

from datetime import UTC, date, datetime

import pytest

from claims.capture.given import Given, read_published
from claims.capture.listing import UnreadableList, read_list
from claims.wording import Words

LAMPS = "https://news.example/lamps"


def rows(body: str | bytes) -> list[tuple[int, Given | Words]]:
    handed = body.encode() if isinstance(body, str) else body
    return list(read_list("list", handed, max_bytes=5_000_000, max_rows=50).rows)


def only(body: str | bytes) -> Given:
    ((_row, given),) = rows(body)
    assert isinstance(given, Given), str(given)
    return given


def refusals(body: str | bytes) -> dict[int, str]:
    return {row: str(given) for row, given in rows(body) if isinstance(given, Words)}


@pytest.mark.parametrize(
    "body",
    [
        f"url\n{LAMPS}\n",
        f"\ufeffURL\r\n{LAMPS}\r\n",
        f"sep=;\r\nLink;Note\r\n{LAMPS};a, b\r\n",
        f"Note\tArticle URL\nx\t{LAMPS}\n",
        f" Address ;Title\n {LAMPS} ;Lamps\n",
        f'[{{"url": "{LAMPS}"}}]',
        f'["{LAMPS}"]',
        f'{{"articles": [{{"link": "{LAMPS}", "id": 7}}]}}',
        f'{{"Web address": "{LAMPS}"}}',
        f'{{"url": "{LAMPS}"}}\n\n',
    ],
)
def test_an_address_is_found_whatever_kind_of_list_it_stands_in(body: str) -> None:
    assert only(body) == Given(url=LAMPS)


def test_a_text_keeps_what_was_told_of_it() -> None:
    given = only(
        'text,title,outlet,Author,Date,url\n"Forty lamps, she said.",Lamps,Port Paper,A. Gull,4 May 2031,' + LAMPS
    )
    assert given.body == b"Forty lamps, she said."
    told = given.told
    assert (told.title, told.outlet, told.byline, told.url) == ("Lamps", "Port Paper", "A. Gull", LAMPS)
    assert (told.published, told.precision) == (date(2031, 5, 4), "day")


def test_windows_1252_is_read_where_the_bytes_are_no_utf_8() -> None:
    assert only("text;title\nDas Café öffnet;Über Häfen".encode("cp1252")).told.title == "Über Häfen"


def test_rows_count_as_a_spreadsheet_shows_them() -> None:
    body = f'url,text\n{LAMPS},\n\n,"two\nlines"\nno address,\n'
    assert [row for row, _given in rows(body)] == [2, 4, 5]
    assert list(refusals(body)) == [5]


@pytest.mark.parametrize("written", ["04/05/2031", "2031-02-30", "soon", "1970-01-01", "4 May 2031 or 5 May 2031"])
def test_a_date_that_is_not_certain_refuses_its_row_and_no_other(written: str) -> None:
    told = refusals(f"url,date\n{LAMPS},{written}\n{LAMPS}?2,2031-05-04\n")
    assert list(told) == [2]
    assert written in told[2]


@pytest.mark.parametrize(
    ("written", "value", "precision"),
    [
        ("2031", date(2031, 1, 1), "year"),
        ("May 2031", date(2031, 5, 1), "month"),
        ("25/05/2031", date(2031, 5, 25), "day"),
        ("2031-05-04T10:30Z", datetime(2031, 5, 4, 10, 30, tzinfo=UTC), "minute"),
    ],
)
def test_a_date_is_known_no_better_than_it_is_written(written: str, value: date, precision: str) -> None:
    dated = read_published(written)
    assert dated is not None
    assert (dated.value, dated.precision) == (value, precision)


def test_each_row_that_cannot_be_used_says_why() -> None:
    told = refusals(
        f"url,text,html,title\n,,,Lamps\n,a,<p>b</p>,\nftp://x.example/,,,\n,Lamps, lit again, at last, x\n{LAMPS},,,\n"
        f',a,,{"t" * 1001}\n,"open,,\n'
    )
    assert list(told) == [2, 3, 4, 5, 7, 8]
    assert "neither" in told[2]
    assert "both" in told[3]
    assert "quotation marks" in told[5]
    assert "1000" in told[7]
    assert "quotation mark" in told[8]


def test_a_quotation_mark_that_nobody_closed_swallows_no_row_below() -> None:
    told = dict(rows(f'url,title\n{LAMPS},"open\n{LAMPS}?2,Ropes\nthe rest of a text\n{LAMPS}?3,"open\n{LAMPS}?4,\n'))
    taken = [row for row, given in told.items() if isinstance(given, Given)]
    assert (taken, sorted(told)) == ([3, 6], [2, 3, 4, 5, 6])
    assert "row above" in str(told[4])
    assert list(refusals('text\n"Forty lamps.\nThe mole.\n')) == [2]


def test_a_table_of_unclosed_quotation_marks_is_read_in_no_time() -> None:
    told = list(read_list("list", b"url,title\n" + b'a,"b\n' * 9000, max_bytes=5_000_000).rows)
    assert not [given for _row, given in told if isinstance(given, Given)]


def test_a_line_of_json_lines_that_is_damaged_stops_no_other() -> None:
    deep = "[" * 100_000
    damaged = f'{{"url": \n{{"text": 7}}\n{deep}\n{{"text": "\\ud800"}}'
    body = f'{{"url": "{LAMPS}"}}\n{damaged}\n{{"url": "{LAMPS}?2"}}'
    told = refusals(body)
    assert list(told) == [2, 3, 4, 5]
    assert "“text” must be text" in told[3]
    assert "surrogate" in told[5]


def test_a_cell_may_be_as_long_as_an_article() -> None:
    assert len(only('text\n"' + "lamp " * 100_000 + '"').body) == 500_000


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "nothing"),
        (b" \n ", "nothing"),
        (b"PK\x03\x04" + bytes(range(256)) * 20, "CSV"),
        (b"name,place\na,b\n", "url"),
        (b"url\n", "no article"),
        (b"[]", "no article"),
        (b'[{"url": }]', "line 1, column 10"),
        (b"[" * 200_000, "nested"),
        (b'[{"url": ' + b"9" * 10_000 + b"}]", "digits"),
        (b'"open\n', "url"),
        (b"url\n" + b"https://a.example/\n" * 51, "more than 50"),
        (b"url\n" + b"x" * 5_000_001, "larger"),
    ],
)
def test_a_file_that_lists_no_articles_is_refused_in_one_sentence(body: bytes, why: str) -> None:
    with pytest.raises(UnreadableList) as caught:
        rows(body)
    assert why in str(caught.value.sentence)
    assert "\n" not in str(caught.value.sentence)
