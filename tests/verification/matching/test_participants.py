"""Who took part is read from a title and a text, with office and institution as written, and nothing is invented."""

import pytest

from verification.matching.participants import Participant, participants
from verification.matching.parties import belonging, in_common

TITLE = "Readout of President\u00a0Marsh’s Video Call with Compact\u00a0Lead\u2060ers on the Strait"
CALL = """President Elena Marsh held a secure video call with Compact leaders today. They reviewed
the timing of joint measures.
Participants in the call included Compact Council President Ilse von der Aar, Chancellor Tomas
Lindqvist of Karsland, Prime Minister Imogen Hale of Aldermark, COMPACT Secretary General
Petra Solberg, and Prime Ministers Oduya and Brandt.
###"""


def told(title: str, text: str) -> list[tuple[str, str | None, str | None]]:
    return [(each.name, each.office, each.institution) for each in participants(title, text)]


def test_the_enumeration_names_each_with_office_and_institution() -> None:
    assert told(TITLE, CALL) == [
        ("Elena Marsh", "President", None),
        ("Ilse von der Aar", "President", "Compact Council"),
        ("Tomas Lindqvist", "Chancellor", "Karsland"),
        ("Imogen Hale", "Prime Minister", "Aldermark"),
        ("Petra Solberg", "Secretary General", "COMPACT"),
        ("Oduya", "Prime Minister", None),
        ("Brandt", "Prime Minister", None),
    ]
    assert [each.name for each in participants(TITLE, CALL) if each.own] == ["Elena Marsh"]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Readout of Prime Minister Arkwright’s Call with President\u00a0Lindemar of Drennick",
            "Prime Minister Helen Arkwright spoke by telephone with President Viktor Lindemar of Drennick about water.",
            [("Helen Arkwright", "Prime Minister", None), ("Viktor Lindemar", "President", "Drennick")],
        ),
        (
            "",
            "President Viktor Lindemar held a telephone conversation today with the Prime Minister of Corravane, "
            "Helen Arkwright, at her request.",
            [("Viktor Lindemar", "President", None), ("Helen Arkwright", "Prime Minister", "Corravane")],
        ),
        (
            "Secretary Quill’s Call with Karslandic Deputy Prime Minister and Minister of Foreign Affairs Bram Oxley",
            "Secretary of State Ada Quill met today with Karslandic Foreign Minister Bram Oxley, Jr., in Port Sample.",
            [
                ("Ada Quill", "Secretary of State", None),
                ("Bram Oxley", "Deputy Prime Minister and Minister of Foreign Affairs", "Karslandic"),
            ],
        ),
        (
            "Readout of Vice President Tide’s Meeting with Secretary General of the Northern Union Sela Rope",
            "",
            [("Tide", "Vice President", None), ("Sela Rope", "Secretary General", "Northern Union")],
        ),
        (
            "Readout from Spokesperson Ines Mole on Security Advisor Piet Quay’s Call with King Osric II of Vale",
            "",
            [("Piet Quay", "Security Advisor", None), ("Osric II", "King", "Vale")],
        ),
        (
            "Readout of the Call with Allies",
            "Joining President Marsh on the call were Prime Minister Hale of Aldermark and Tomas Lindqvist.",
            [("Hale", "Prime Minister", "Aldermark"), ("Tomas Lindqvist", None, None)],
        ),
        (
            "Call on the Strait",
            "Participants:\n\n- Chancellor Tomas Lindqvist of Karsland\n- Foreign Minister Imogen Hale",
            [("Tomas Lindqvist", "Chancellor", "Karsland"), ("Imogen Hale", "Foreign Minister", None)],
        ),
    ],
)
def test_offices_stand_before_and_after_names(
    title: str, text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert told(title, text) == expected


def test_groups_without_a_name_are_nobody() -> None:
    assert told("Readout of Roundtable with Leaders of the Harbours", "Officials met with captains today.") == []


def test_the_title_alone_is_not_needed_and_nothing_gives_nobody() -> None:
    assert participants("", "") == ()
    assert told("", "The harbour opened at noon. Its keeper was pleased.") == []


PRESIDENT = Participant("Viktor Lindemar", "President", "Drennick", own=False)


def test_an_issuer_belongs_to_whoever_it_shares_country_or_office_with() -> None:
    presidency = belonging(PRESIDENT, "Presidency of Drennick", "")
    assert presidency > belonging(PRESIDENT, "State Gazette of Drennick", "") > 0
    assert belonging(PRESIDENT, "Presidency of Corravane", "Presidency of Corravane") == 0
    adjective = Participant("Lindqvist", "Chancellor", "Drennickian", own=False)
    assert belonging(adjective, "Federal Chancellery of Drennick", "") > 1
    initials = Participant("Solberg", "Secretary General", "NHC", own=False)
    assert belonging(initials, "Northern Harbour Compact", "") > 0


def test_an_unknown_institution_is_told_by_office_or_name_only() -> None:
    nameless = Participant("Arkwright", "Prime Minister", None, own=True)
    assert belonging(nameless, "Prime Minister’s Office of Corravane", "") > 0
    assert belonging(nameless, "State Gazette of Corravane", "") == 0
    assert belonging(nameless, "Archive", "Helen Arkwright") > 0
    secretary = Participant("Quill", "Secretary of State", None, own=False)
    assert belonging(secretary, "Department of State", "") > 0
    assert belonging(secretary, "Board of Statistics", "") == 0


def test_one_event_is_one_where_the_other_account_names_the_first_side_or_two_more() -> None:
    marsh, hale, oduya = (
        Participant(name, "President", None, own=name == "Marsh") for name in ("Marsh", "Hale", "Oduya")
    )
    told_here = [marsh, PRESIDENT, hale, oduya]
    assert in_common(told_here, [PRESIDENT, marsh], PRESIDENT) == ("Marsh", "Viktor Lindemar")
    assert in_common(told_here, [PRESIDENT, hale], PRESIDENT) == ()
    assert in_common(told_here, [hale, oduya], PRESIDENT) == ("Hale", "Oduya")
    assert in_common(told_here, [PRESIDENT], PRESIDENT) == ()


def test_who_joined_a_call_with_others_took_part_with_them() -> None:
    text = (
        "President of the Lake Council Ottoline Marr joined this evening a video call with President Lindemar of "
        "Drennick, Prime Minister Arkwright of Corravane and Chancellor Veit. The leaders wished for rain."
    )
    found = participants("Statement by President Marr following the video call with leaders", text)
    assert {each.surname for each in found} == {"marr", "lindemar", "arkwright", "veit"}
    assert [each.own for each in found if each.surname == "marr"] == [True]
