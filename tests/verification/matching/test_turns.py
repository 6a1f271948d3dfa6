import pytest

from verification.matching.markup import blank_markup
from verification.matching.turns import read_turns, turn_at


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("THE PRESIDENT:  Good morning.\n\nQ    Sir?\n\nTHE PRESIDENT:  Yes.", ["THE PRESIDENT", "Q", "THE PRESIDENT"]),
        ("MS. JEAN-PIERRE:  Hi.\n", ["MS. JEAN-PIERRE"]),
        ("**MR. KIRBY:** Hello.", ["MR. KIRBY"]),
        ("\xa0\xa0\xa0\xa0 SECRETARY O’DELL:  Hello.", ["SECRETARY O’DELL"]),
        ("McCARTHY: Hello.\nQ: And?\nQ: Well?", ["McCARTHY", "Q", "Q"]),
        ("PRESIDENT NIINISTÖ (as interpreted):  Hello.", ["PRESIDENT NIINISTÖ (as interpreted)"]),
    ],
)
def test_labels_at_a_lines_start_open_turns(text: str, labels: list[str]) -> None:
    assert [turn.label for turn in read_turns(text)] == labels


@pytest.mark.parametrize(
    "text",
    [
        "FACT SHEET: Harbour plan\n\nThe plan is: wait.",
        "It was agreed: the ferry stays.",
        "Q clearance was never granted.",
        "Here is THE PLAN: wait.",
        "",
    ],
)
def test_prose_has_no_turns(text: str) -> None:
    assert read_turns(text) == ()


def test_a_turn_of_stage_directions_does_not_end_the_speakers_turn() -> None:
    text = "HOLM: We will stay...\nSYSTEM: [ applause ] [ bell ringing ]\nHOLM: ...until spring.\nVALE: No."
    turns = read_turns(text)
    assert [(turn.label, turn.stage_only, turn.resumed) for turn in turns] == [
        ("HOLM", False, False),
        ("SYSTEM", True, False),
        ("HOLM", False, True),
        ("VALE", False, False),
    ]


def test_another_reporters_question_never_goes_on_from_the_last() -> None:
    turns = read_turns("Q    Minister?\n\nVALE:  (Laughs.)\n\nQ    Will the fleet sail?\n")
    assert [turn.resumed for turn in turns] == [False, False, False]


def test_a_turn_is_found_by_any_offset_in_it() -> None:
    text = "Preface.\n\nHOLM: One.\nVALE: Two."
    turns = read_turns(text)
    assert turn_at(turns, 0) is None
    assert turn_at(turns, text.index("One")) == turns[0]
    assert turn_at(turns, text.index("VALE")) == turns[1]


def test_headings_in_capitals_are_no_speakers() -> None:
    text = "KEEPING THE LIGHTS ON: A plan.\n\nTRANSPARENCY: All of it.\n\nPIERS AND LIGHTS: Soon.\n"
    assert read_turns(text) == ()
    assert [turn.label for turn in read_turns(f"MS. HOLM: Hello.\n\n{text}")] == ["MS. HOLM", "TRANSPARENCY"]


def test_labels_in_bold_html_open_turns() -> None:
    html = blank_markup("<p>\n<strong>MR. HOLM:</strong> Hello.</p>\n<p>\n<b>MS. VALE</b>: Good&nbsp;day.</p>")
    assert [turn.label for turn in read_turns(html)] == ["MR. HOLM", "MS. VALE"]
