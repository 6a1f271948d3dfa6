"""Evidence of every kind: where in a page, a table or a recording a passage stands, and how that is told."""

import json

import pytest

from claims.capture.errors import CaptureError
from claims.translation import say
from tests.claims.capture.pdf_files import pdf
from verification.connectors.contract import Skipped, SourceText, UnreadableFile
from verification.connectors.files import read_page
from verification.connectors.letters import mail, typed
from verification.connectors.places import Place, at_place, place_of, told
from verification.connectors.tables import MAX_PLACES, table_text
from verification.connectors.transcripts import transcript_text

FIRST = "The board bought forty lamps for the northern mole in the spring of that year, it told the council."
SECOND = "No captain will pay a penny for any of them, the warden added when he was asked about the charge."
TABLE = "Month,Rate,Note\nApril,4.0,\nMay,4.1,“rose”\n\nJune,,"
VTT = """WEBVTT

NOTE made by hand

00:12:29.000 --> 00:12:31.500 align:start
<v Ada Mole>We bought forty lamps

00:12:31.500 --> 00:12:34.000
<v Ada Mole>for the northern mole.

intro
00:12:35.000 --> 00:12:37.000
<v.loud Ben Rope>Who pays&nbsp;for <i>them</i>?
"""


def read(name: str, body: bytes | str) -> SourceText:
    found = read_page(name, body if isinstance(body, bytes) else body.encode(), None, filename=name)
    assert isinstance(found, SourceText)
    return found


def where(text: str, places: list[Place], words: str, until: str = "") -> str:
    """Return what is told of the place of some words."""
    start = text.index(words)
    end = text.index(until) + len(until) if until else start + len(words)
    found = told(place_of(places, start, end))
    return say(found) if found else ""


def test_a_passage_of_a_pdf_has_its_page_and_one_over_two_pages_both() -> None:
    document = read("report.pdf", pdf([[FIRST], [SECOND], [FIRST.replace("lamps", "buoys")]]))
    places = [dict(place) for place in document.places]
    assert where(document.text, places, "forty lamps") == "page 1"
    assert where(document.text, places, "No captain") == "page 2"
    assert where(document.text, places, "forty buoys") == "page 3"
    assert where(document.text, places, "forty lamps", "No captain") == "pages 1 to 2"
    assert [place["start"] for place in places[1:]] == [place["end"] for place in places[:-1]]


def test_a_paragraph_that_goes_on_overleaf_is_on_the_page_its_words_are_on() -> None:
    lines = ["The board bought forty lamps for the northern mole in the spring and it", "paid for them itself, with"]
    rest = ["the money that was left over from the year before, as the warden told the", "council on Tuesday."]
    document = read("report.pdf", pdf([lines, rest]))
    places = [dict(place) for place in document.places]
    assert "\n" not in document.text
    assert where(document.text, places, "paid for them itself") == "page 1"
    assert where(document.text, places, "the money") == "page 2"


def test_a_table_is_a_paragraph_a_row_with_the_names_of_its_columns() -> None:
    text, places = table_text(TABLE.encode())
    assert text == "Month: April; Rate: 4.0\n\nMonth: May; Rate: 4.1; Note: “rose”\n\nMonth: June"
    assert where(text, places, "Rate: 4.1") == "row 3, column Rate"
    assert where(text, places, "Month: May; Rate: 4.1") == "row 3"
    assert where(text, places, "Month: April", "Note: “rose”") == "rows 2 to 3"
    assert read("rates.csv", TABLE).kind == "dataset"


def test_a_table_of_very_many_cells_is_placed_by_rows() -> None:
    rows = "\n".join(",".join(str(n) for n in range(20)) for _row in range(1 + MAX_PLACES // 10))
    _text, places = table_text(rows.encode())
    assert len(places) == MAX_PLACES // 10
    assert "column" not in places[0]
    with pytest.raises(UnreadableFile):
        table_text(("a\n" + "1\n" * (MAX_PLACES + 1)).encode())


def test_a_recording_is_told_by_its_speakers_and_leads_to_its_second() -> None:
    text, places = transcript_text(VTT.encode())
    assert text == "ADA MOLE: We bought forty lamps for the northern mole.\n\nBEN ROPE: Who pays for them?"
    assert where(text, places, "northern mole") == "at 00:12:31"
    assert where(text, places, "We bought forty lamps for the northern") == "at 00:12:29"
    place = place_of(places, text.index("northern"), len(text))
    assert place == {"from": 751.5, "to": 757.0}
    assert at_place("https://port.example/talk", place) == "https://port.example/talk#t=751"


@pytest.mark.parametrize(
    "body",
    [
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nADA MOLE: Forty lamps.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nNo.",
        "[00:00:01] Ada Mole: Forty lamps.\n00:03 No.",
        json.dumps({"segments": [{"start": 1, "end": 2, "text": " Forty lamps.", "speaker": "Ada Mole"},
                                 {"start": 3.0, "end": 4, "text": "No.", "speaker": "Ada Mole"}]}),
    ],
)  # fmt: skip
def test_other_ways_of_writing_times_read_alike(body: str) -> None:
    text, places = transcript_text(body.encode())
    assert text == "ADA MOLE: Forty lamps. No."
    assert [place["from"] for place in places] == [1, 3]
    assert where(text, places, "No.") == "at 00:00:03"


def test_captions_that_roll_up_are_not_read_twice() -> None:
    cues = "".join(f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\nForty lamps\n\n" for n in range(3))
    assert transcript_text(f"WEBVTT\n\n{cues}".encode())[0] == "Forty lamps"


@pytest.mark.parametrize(
    "body", [b"", b"Nothing with a time.", b"{", b"[[[[", b'[{"start": NaN, "text": "x"}]', b"-->"]
)
def test_what_has_no_times_is_told(body: bytes) -> None:
    with pytest.raises(CaptureError):
        read_page("talk.vtt", body, None)


def test_an_email_is_read_by_its_words_and_who_wrote_to_whom_stays_out_of_the_text() -> None:
    message = (
        b"From: Ada Mole <ada@port.example>\r\nTo: desk@lantern.example\r\nSubject: Lamps\r\n"
        b"Date: Tue, 4 May 2027 10:30:00 +0200\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWe bought forty lamps.\r\n"
        b"--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=bill.pdf\r\n\r\nzz\r\n"
        b"--x--\r\n"
    )
    found = read("lamps.eml", message)
    assert found.text == "We bought forty lamps.\n\nAttachments: bill.pdf"
    assert (found.title, found.kind, found.withheld, found.url) == ("Lamps", "correspondence", True, None)
    assert (found.precision, found.offset) == ("minute", 120)
    assert "ada@port.example" in found.stable_id
    assert found.body == message


def test_an_email_that_is_a_page_or_in_no_known_encoding_is_read_as_far_as_it_goes() -> None:
    page = b"Subject: Lamps\r\nContent-Type: text/html\r\n\r\n<p>We bought <b>forty</b> lamps for the mole.</p>"
    found = mail(page)
    assert isinstance(found, SourceText)
    assert "forty lamps" in " ".join(found.text.split())
    odd = b"Subject: =?bad?q?x?=\r\nDate: never\r\nContent-Type: text/plain; charset=klingon\r\n\r\nForty lamps."
    found = mail(odd)
    assert isinstance(found, SourceText)
    assert (found.text, found.published) == ("Forty lamps.", None)
    assert isinstance(mail(b"Subject: empty\r\n\r\n"), Skipped)
    with pytest.raises(UnreadableFile):
        mail(b"\x00\x01 no message at all")


def test_a_letter_that_is_typed_in_is_kept_with_its_head() -> None:
    found = typed(
        "Forty lamps.", title="Letter from the board", sender="Ada Mole", recipient="the desk", day="2027-05-04"
    )
    assert isinstance(found, SourceText)
    assert (found.text, found.title, found.precision, found.withheld) == (
        "Forty lamps.",
        "Letter from the board",
        "day",
        True,
    )
    assert found.body.decode().startswith("From: Ada Mole\nTo: the desk\nDate: 2027-05-04\n")


def test_what_has_no_place_says_nothing() -> None:
    assert place_of(None, 0, 5) is None
    assert place_of([{"start": 5, "end": 9, "page": 1}], 0, 5) is None
    assert told(None) is None
    assert at_place("https://port.example/#top", {"page": 2}) == "https://port.example/#top"
