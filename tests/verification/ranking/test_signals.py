"""The single signals: likeness, names, titles, days, speakers, anchors."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.ranking.documents import found
from verification.ranking.anchors import ANCHOR_SHARE, article_quotations, mark_anchors
from verification.ranking.days import Seed, came_too_late, fits_affair, known_day, months_apart
from verification.ranking.families import families, family_shares
from verification.ranking.figures import figure_pattern
from verification.ranking.likeness import Letters, Likeness
from verification.ranking.names import holds_name, names
from verification.ranking.query import ClaimQuery
from verification.ranking.speakers import issued_by, names_speaker, own_word
from verification.ranking.titles import title_shares
from verification.ranking.wording import searchable, unmarked_runs
from verification.ranking.words import plain_words


def likeness(wordings: list[str], passages: list[str]) -> tuple[float, int]:
    letters = Letters()
    return Likeness(wordings, letters).of([letters.spell(plain_words(passage)) for passage in passages])


def test_words_that_stand_in_a_passage_as_they_are_are_wholly_alike() -> None:
    passage = "As the chair said, the harbour’s mole will be rebuilt by spring, and no later."
    assert likeness(["The harbour's mole will be rebuilt by spring"], ["Nothing.", passage]) == (1.0, 1)


def test_a_changed_word_costs_a_word() -> None:
    wording, passage = "the mole will be rebuilt by spring", "the mole will not be rebuilt by spring"
    assert 0.8 < likeness([wording], [passage])[0] < 1.0


def test_the_same_words_in_another_order_are_less_alike() -> None:
    assert likeness(["spring by rebuilt be will mole the"], ["the mole will be rebuilt by spring"])[0] < 0.5


def test_each_wording_counts_by_its_length() -> None:
    assert likeness(["one two three", "seven"], ["one two three"])[0] == pytest.approx(0.75)


def test_a_passage_shorter_than_the_wording_is_no_part_of_it() -> None:
    assert likeness(["the mole will be rebuilt by spring"], ["the mole"])[0] < 0.5


@pytest.mark.parametrize(("wordings", "passages"), [([], ["the mole"]), (["the mole"], []), (["—"], ["the mole"])])
def test_nothing_is_like_nothing(wordings: list[str], passages: list[str]) -> None:
    assert likeness(wordings, passages) == (0.0, 0)


@given(st.lists(st.integers(0, 70_000), min_size=1, max_size=60, unique=True))
def test_every_word_has_a_letter_of_its_own(numbers: list[int]) -> None:
    letters = Letters()
    # As many words as reach beyond the code points that are no characters.
    letters.update({str(number): "" for number in range(54_900)})
    spelled = letters.spell([f"word{number}" for number in numbers])
    assert len(set(spelled)) == len(numbers)
    assert spelled.encode().decode() == spelled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was said by Council President Ada van der Example on Monday.", ["Ada van der Example"]),
        ("The Harbour Board met J. Example’s envoy.", ["Harbour Board", "J. Example"]),
        ("Ships called. Nobody wrote to Port Example about Corvina's loss.", ["Port Example", "Corvina"]),
        ("nothing here is a name", []),
        ("Below Tarrowby the farms lie dry. Within Port Example they do not.", ["Tarrowby", "Port Example"]),
        ("Вчера Иван Образец говорил.", ["Вчера Иван Образец"]),
    ],
)
def test_names_are_taken_together_without_titles(text: str, expected: list[str]) -> None:
    assert [name.replace("J Example", "J. Example") for name in names(text)] == expected


def test_a_text_holds_a_name_by_its_last_word() -> None:
    assert holds_name("Ada van der Example", {"example"})
    assert not holds_name("Ada van der Example", {"ada"})


def test_a_title_whose_words_all_stand_in_the_claim_is_spoken_of_in_full() -> None:
    shares = title_shares(
        "The board adopted the storm barrier plan.", ["Storm Barrier Plan", "Storm warning of the week", ""]
    )
    assert shares[0] == pytest.approx(1.0)
    assert 0 < shares[1] < 0.5
    assert shares[2] == 0.0


def test_a_day_counts_only_where_it_is_known_to_the_day() -> None:
    said, published = date(2031, 5, 2), date(2031, 5, 3)
    assert known_day(ClaimQuery("x", said=said, said_precision="day", published=published)) == said
    assert known_day(ClaimQuery("x", said=said, said_precision="year", published=published)) == published
    assert known_day(ClaimQuery("x", said=said, said_precision="year")) is None


def test_months_apart_grow_slowly_in_both_directions() -> None:
    day = date(2031, 5, 2)
    assert months_apart(day, day) == 0
    assert months_apart(date(2031, 4, 2), day) == months_apart(date(2031, 6, 1), day)
    assert months_apart(date(2029, 5, 2), day) > months_apart(None, day) > months_apart(date(2031, 1, 2), day)


def test_a_record_may_come_out_some_days_after_the_article() -> None:
    article = date(2031, 5, 2)
    assert not came_too_late(date(2031, 5, 6), article)
    assert came_too_late(date(2031, 8, 1), article)
    assert not came_too_late(None, article)
    assert not came_too_late(article, None)


def test_a_document_fits_an_affair_by_the_days_of_others() -> None:
    seeds = [Seed(1, date(2031, 5, 2), 0.3), Seed(2, date(2031, 5, 9), 0.3), Seed(3, None, 0.3)]
    assert fits_affair(9, date(2031, 5, 4), seeds) > 0.7
    assert fits_affair(9, date(2033, 5, 4), seeds) < 0.01
    assert fits_affair(9, None, seeds) == 0
    assert fits_affair(9, date(2031, 5, 4), []) == 0


def test_a_document_is_no_witness_for_itself_unless_the_article_quotes_it() -> None:
    day = date(2031, 5, 2)
    assert fits_affair(1, day, [Seed(1, day, 0.3)]) == 0
    assert fits_affair(1, day, [Seed(1, day, 0.3, anchor=True)]) == 1


def test_a_title_that_opens_with_the_speaker_is_the_speakers_own_word() -> None:
    document = found(1, title="Remarks by Chair Ada Example before the Harbour Council, with Envoy Otto Muster")
    assert own_word("Ada Example", document)
    assert not own_word("Otto Muster", document)
    assert not own_word(None, document)


def test_an_institution_speaks_in_its_statements_and_not_in_transcripts() -> None:
    assert issued_by("the Harbour Board", found(1, kind="readout", speaks_for="Harbour Board"))
    assert not issued_by("Harbour Board", found(1, kind="transcript", speaks_for="Harbour Board"))
    assert not issued_by("Fishery Board", found(1, kind="readout", speaks_for="Harbour Board"))


def test_a_document_that_names_the_speaker_nowhere_is_told_apart() -> None:
    document = found(1, title="On tides")
    assert names_speaker("Ada Example", document, "Ms. EXAMPLE: thank you.")
    assert not names_speaker("Ada Example", document, "Nobody spoke.")
    assert names_speaker(None, document, "Nobody spoke.")


def test_an_institution_is_known_by_its_whole_name() -> None:
    document = found(1, title="Remarks by Ada Example on energy for the northern mole")
    assert not own_word("Ministry of Energy", document)
    assert not names_speaker(
        "Ministry of Energy", found(1, title="On tides", speaks_for="Harbour Board"), "There was energy left."
    )
    assert names_speaker("the Ministry of Energy", found(1, title="On tides"), "So says the ministry of energy.")
    assert own_word("Ministry of Energy", found(1, title="Statement by the Ministry of Energy"))


@pytest.mark.parametrize("mention", ["she", "a senior official", "the Example envoy's", None])
def test_a_mention_that_is_no_name_is_missing_nowhere(mention: str | None) -> None:
    assert names_speaker(mention, found(1, title="On tides"), "Nobody spoke.")


QUOTATION = "the mole at the northern basin will be rebuilt by spring and not a day later"


def test_a_document_that_the_article_quotes_is_an_anchor() -> None:
    quotations = article_quotations(f"The board said “{QUOTATION},” and “thank you”.")
    assert quotations == [f"{QUOTATION},"]
    seeds = [Seed(1, None, 0.2), Seed(2, None, 0.2), Seed(3, None, 0.2)]
    texts = {1: f"Well: {QUOTATION.capitalize()}.", 2: QUOTATION.replace("will", "will not")}
    marked = mark_anchors(seeds, quotations, texts)
    assert [seed.anchor for seed in marked] == [True, False, False]
    assert [seed.share for seed in marked] == [ANCHOR_SHARE, 0.2, 0.2]


@pytest.mark.parametrize(
    ("figure", "text", "held"),
    [
        ("17", "Seventeen boats lay there.", True),
        ("seventeen boats", "Only 17 boats lay there.", True),
        ("8,500", "up to 8500 crates", True),
        ("8,500", "some 18,500 crates", False),
        ("1,200,000", "about 1.2 million crates", True),
        ("5,000", "five thousand crates", True),
        ("17", "17 million crates", False),
        ("4", "4.5 crates", False),
    ],
)
def test_a_figure_is_found_by_its_value(figure: str, text: str, held: bool) -> None:
    pattern = figure_pattern(figure)
    assert pattern is not None
    assert bool(pattern.search(text)) is held


def test_what_has_no_value_is_no_figure() -> None:
    assert figure_pattern("many") is None


@given(st.integers(min_value=0, max_value=10**13))
def test_a_number_is_found_however_its_digits_are_grouped(value: int) -> None:
    pattern = figure_pattern(f"{value:,}")
    assert pattern is not None
    assert pattern.search(f"There were {value} of them.")
    assert not pattern.search(f"There were 9{value} of them.")


def test_a_paraphrase_speaks_of_the_same_families_of_words() -> None:
    held = [families(plain_words(text)) for text in ("immigrants harbouring", "the ferry", "")]
    near, far, empty = family_shares("Immigration to the harbour", held)
    assert near > far > empty == 0.0


def test_a_printed_wording_is_its_runs_between_the_marks() -> None:
    assert unmarked_runs("[T]he mole will stand … and the ferry [of the board] will sail") == [
        "The mole will stand",
        "and the ferry",
    ]
    assert unmarked_runs("the mole . . . stands") == ["the mole stands"]


def test_a_word_spelled_in_another_way_is_searched_in_both() -> None:
    assert searchable("[T]he harbour programme") == "The harbour programme harbor program"
    assert searchable("the ferry") == "the ferry"
