"""From the source as written to the name it stands for."""

import pytest

from claims.extraction.reading import attributions

_INTRODUCED = "Lakeland President Joanna Brandt met the crews on Monday."


def speaker_of(text: str) -> str | None:
    return attributions(text)[-1].speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Lakeland President Joanna Brandt said the strait was open.", "Joanna Brandt"),
        ("Brandt said the strait was open.", "Joanna Brandt"),
        ("Ms. Brandt said the strait was open.", "Joanna Brandt"),
        ("She said the strait was open.", "Joanna Brandt"),
        ("The president said the strait was open.", "Joanna Brandt"),
        ("The Harbour Office said the strait was open.", "Harbour Office"),
        ("Lakeland officials said the strait was open.", "Lakeland officials"),
    ],
)
def test_titles_surnames_pronouns_and_roles_lead_to_the_name(sentence: str, speaker: str) -> None:
    assert speaker_of(f"{_INTRODUCED} {sentence}") == speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "He said the strait was open.",
        "Officials said the strait was open.",
        "A spokesman said the strait was open.",
        "They said the strait was open.",
    ],
)
def test_nobody_is_named_where_the_text_does_not_tell(sentence: str) -> None:
    assert speaker_of(f"{_INTRODUCED} {sentence}") is None


def test_a_pronoun_with_two_people_to_choose_from_names_nobody() -> None:
    text = "The crews saw Peter Lowell and Viktor Sandor on the quay. He said the strait was open."
    assert speaker_of(text) is None


def test_a_pronoun_goes_to_the_subject_of_the_sentence_before() -> None:
    text = "Peter Lowell met Viktor Sandor on the quay. He said the strait was open."
    assert speaker_of(text) == "Peter Lowell"


def test_a_surname_two_people_share_is_not_completed() -> None:
    text = "Anna Marsh met Paul Marsh on the quay. Later, Marsh said the strait was open."
    assert speaker_of(text) == "Marsh"


def test_a_title_tells_two_people_of_one_surname_apart() -> None:
    text = "Anna Marsh met Paul Marsh on the quay. Later, Mrs. Marsh said the strait was open."
    assert speaker_of(text) == "Anna Marsh"


def test_the_mention_stays_as_written_and_slices_from_the_text() -> None:
    text = f"{_INTRODUCED} She said the strait was open."
    attribution = attributions(text)[-1]
    assert attribution.mention == "She"
    assert attribution.span is not None
    assert text[slice(*attribution.span)] == "She"


def test_a_name_that_is_part_of_another_name_is_not_who_a_pronoun_stands_for() -> None:
    text = "Peter Lowell met Viktor Sandor on the quay. There are the Viktor Sandor rules. He said the strait was open."
    assert speaker_of(text) == "Peter Lowell"


@pytest.mark.parametrize("title", ["President III", "Captain Sr.", "Mr. Jr."])
def test_a_generation_without_a_name_is_nobodys_name(title: str) -> None:
    assert speaker_of(f"{title} said the strait was open.") != title.split()[-1]


@pytest.mark.parametrize(
    ("sentence", "kind", "role"),
    [
        ("Lakeland President Joanna Brandt said the strait was open.", "person", "Lakeland President"),
        ("Joanna Brandt, the harbour board's spokeswoman, said it was open.", "person", "harbour board's spokeswoman"),
        ("Secretary of State Joanna Brandt said the strait was open.", "person", "Secretary of State"),
        ("On Monday President Joanna Brandt said the strait was open.", "person", "President"),
        ("Mrs. Joanna Brandt said the strait was open.", "person", None),
        ("The Harbour Office said the strait was open.", "organisation", None),
        ("Lakeland officials said the strait was open.", None, None),
        ("Officials said the strait was open.", None, None),
    ],
)
def test_kind_and_role_are_as_the_text_tells_them(sentence: str, kind: str | None, role: str | None) -> None:
    attribution = attributions(sentence)[-1]
    assert (attribution.speaker_kind, attribution.speaker_role) == (kind, role)


def test_a_role_told_once_belongs_to_the_person_through_the_article() -> None:
    assert attributions(f"{_INTRODUCED} She said the strait was open.")[-1].speaker_role == "Lakeland President"


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The harbour board's spokesman, Peter Lowell, said the strait was open.", "Peter Lowell"),
        ("A warden of the harbour board, Peter Lowell, told reporters the strait was open.", "Peter Lowell"),
        ("The harbour board's spokesman, Peter Lowell, and Anna Marsh said it was open.", "harbour board's spokesman"),
    ],
)
def test_an_office_before_a_name_in_apposition_leads_to_the_person(sentence: str, speaker: str) -> None:
    assert speaker_of(sentence) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("PORT EXAMPLE (AP) — The strait was open, officials said.", None),
        ("PORT EXAMPLE (AP) — The Harbour Board said the strait was open.", "Harbour Board"),
        ("PORT EXAMPLE, Lakeland (Reuters) - Peter Lowell said the strait was open.", "Peter Lowell"),
        ("PORT EXAMPLE, 12 May 2031 — Peter Lowell said the strait was open.", "Peter Lowell"),
        ("PORT EXAMPLE, May 3 (Reuters) - Peter Lowell said the strait was open.", "Peter Lowell"),
        ("PORT EXAMPLE — Lakeland officials said the strait was open.", "Lakeland officials"),
    ],
)
def test_a_dateline_is_no_speaker(text: str, speaker: str | None) -> None:
    assert speaker_of(text) == speaker


def test_official_inside_a_name_is_part_of_it() -> None:
    attribution = attributions("The Official Gazette reported that the strait was open.")[-1]
    assert (attribution.speaker, attribution.speaker_kind) == ("Official Gazette", "organisation")


def test_a_hyphen_in_a_name_stays_and_the_surname_leads_to_the_whole() -> None:
    text = "The board heard Rachel Orton-Hale on Monday. Orton-Hale said the strait was open."
    assert speaker_of(text) == "Rachel Orton-Hale"


def test_who_was_called_she_is_not_called_he_later() -> None:
    text = "Kestrel Orton opened the session. She thanked the crews. He said the strait was open."
    assert speaker_of(text) is None


@pytest.mark.parametrize("label", ["Header Image", "Marsh’s Harbour System", "Tidal Grid"])
def test_a_caption_and_a_heading_are_nobodys_speech(label: str) -> None:
    assert attributions(f"{label}: People have lived in the hills of Aster for a long time.") == ()


def test_a_surname_before_a_colon_speaks() -> None:
    assert speaker_of("Marsh: the harbour will stay closed") == "Marsh"
