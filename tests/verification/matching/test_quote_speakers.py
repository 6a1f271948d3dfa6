"""Quotations of transcripts: labels, several speakers, offices, stage directions."""

import pytest

from verification.matching.quotes import check_quote

BRIEFING = """
SECRETARY MARREN:  Good morning.  (Laughter.)  The ferries will sail at noon.  They
carry bread —

Q    And fuel?

SECRETARY MARREN:  — and medicine for every village on the northern coast.

THE PRESIDENT:  I asked for two ships.  The harbour council gave me four of them.

MS. HOLM:  We are grateful to the council for its help...

AUDIENCE:  (Applause.)

MS. HOLM:  ...and we will repay every crown of it by the end of next winter.

AUDIENCE MEMBER:  Long live the council of Port Ellery!

THE PRESIDENT:  Thank you, all.  The northern lighthouse burns again tonight.
"""


@pytest.mark.parametrize(
    ("quote", "quote_class"),
    [
        ("SECRETARY MARREN: Good morning. (Laughter.) The ferries will sail at noon.", "exact"),
        ("“MS. HOLM: and we will repay every crown of it”", "exact"),
        ("SECRETARY MARREN: The ferries will sail at noon.", "edited"),
        ("THE PRESIDENT: The ferries will sail at noon.", "altered"),
    ],
)
def test_a_label_that_opens_a_quotation_is_its_speakers_or_a_change(quote: str, quote_class: str) -> None:
    assert check_quote(quote, BRIEFING).quote_class == quote_class


@pytest.mark.parametrize(
    ("quote", "speaker", "quote_class", "flags"),
    [
        ("They carry bread … and medicine for every village", "Odile Marren", "edited", ("stitched",)),
        ("The ferries will sail at noon … I asked for two ships", "Marren", "edited", ("stitched", "wrong_speaker")),
        ("I asked for two ships … The northern lighthouse burns again", None, "edited", ("stitched",)),
        ("I asked for two ships … gave me four of them", None, "edited", ()),
        ("grateful to the council for its help … we will repay every crown", "Ilse Holm", "edited", ()),
    ],
)
def test_an_ellipsis_that_jumps_over_another_speaker_is_flagged(
    quote: str, speaker: str | None, quote_class: str, flags: tuple[str, ...]
) -> None:
    check = check_quote(quote, BRIEFING, speaker=speaker)
    assert (check.quote_class, check.flags) == (quote_class, flags)


@pytest.mark.parametrize(
    ("quote", "speaker"),
    [
        ("We are grateful to the council", "President Vale"),
        ("We are grateful to the council", "the president"),
        ("And fuel?", "the president"),
        ("Long live the council of Port Ellery!", "President Vale"),
        ("I asked for two ships", "Ilse Holm"),
    ],
)
def test_words_of_somebody_else_than_the_office_holder_are_flagged(quote: str, speaker: str) -> None:
    assert check_quote(quote, BRIEFING, speaker=speaker).flags == ("wrong_speaker",)


@pytest.mark.parametrize(
    "speaker", ["President Vale", "the president", "Vale", "former President Brandt", "Ostmark’s president", None]
)
def test_an_office_is_never_set_against_a_name(speaker: str | None) -> None:
    assert check_quote("I asked for two ships", BRIEFING, speaker=speaker).flags == ()


@pytest.mark.parametrize(
    "speaker", ["former President Brandt", "Vice President Brandt", "Ostmark’s president", "Brandt"]
)
def test_another_office_says_nothing(speaker: str) -> None:
    assert check_quote("We are grateful to the council", BRIEFING, speaker=speaker).flags == ()


@pytest.mark.parametrize(
    ("quote", "quote_class"),
    [
        ("Good morning. (Applause.) The ferries will sail at noon", "altered"),
        ("The ferries (Applause.) will sail at noon", "edited"),
        ("(Applause.) The ferries will sail at noon", "edited"),
        ("(Laughter.) The ferries will sail at noon", "exact"),
        ("The ferries will sail at noon. (Applause.)", "edited"),
        ("Good morning. (Laughter.)", "exact"),
    ],
)
def test_a_stage_direction_may_be_left_out_but_not_made_up(quote: str, quote_class: str) -> None:
    assert check_quote(quote, BRIEFING).quote_class == quote_class


def test_two_things_said_apart_and_joined_with_and_are_stitched() -> None:
    filler = "Then the tide came in again over the grey stones. " * 10
    source = f"We shall keep every lighthouse on the coast burning. {filler} The night ferries will run until the thaw."
    check = check_quote(
        "We shall keep every lighthouse on the coast burning and that the night ferries will run until the thaw", source
    )
    assert check.quote_class == "altered"
    assert "stitched" in check.flags


@pytest.mark.parametrize(("opening", "named"), [("Nobody", False), ("Hardly anybody", False), ("Marren", True)])
def test_the_capital_of_a_sentences_first_word_makes_no_name(opening: str, named: bool) -> None:
    check = check_quote(f"{opening} asked for two ships. The harbour council gave me four", BRIEFING)
    assert check.quote_class == "altered"
    assert ("name" in check.flags) is named
