import pytest

from verification.matching.quotes import QUOTE_CHECK_VERSION, QuoteCheck, QuoteClass, check_quote, prepare

STATEMENT = """
The harbour council met on Tuesday in Port Ellery.  Its members said that\xa0the
military build-up near the strait “must stop” – and that the U.S. would defend
its long-
term interests.  Some 33,000 people, or 12 per cent of the island, have left.
The organi\xadsation of the convoy isn’t finished yet, Chair Odile Marren said.
\\###
"""

TRANSCRIPT = """
East Pier, Port Ellery

MINISTER VALE:  Good morning, everyone.  (Laughter.)  We do not expect the ice to
last, and we will not close the harbour before March.  The fleet may sail, but
only if the Assembly agrees.  Every village on the coast has fuel.

Q    Minister, will the fleet sail without the Assembly?

MINISTER VALE:  No.  I was very clear about that.  We asked two towns for help and
both said yes.

MS. TORREN:  The **budget** for that is in [the plan](https://plans.example/a_(b).html) we
published in April.  It grew by nearly 8,500 crowns.
"""


def classed(quote: str, source: str = STATEMENT) -> str:
    return str(check_quote(quote, source).quote_class)


@pytest.mark.parametrize(
    "quote",
    [
        "Its members said that the military build-up near the strait",
        "said that\nthe   military build-up",
        "“near the strait “must stop” – and”",
        "near the strait ‘must stop’ – and that the U.S. would defend its long-term interests",
        "The organisation of the convoy isn't finished yet,",
        "have left!",
        "The organi\u200bsation of the convoy",
        "interests. Some 33,000 people",
    ],
)
def test_blanks_wraps_invisible_marks_quotation_styles_and_closing_punctuation_leave_a_quotation_exact(
    quote: str,
) -> None:
    check = check_quote(quote, STATEMENT)
    assert check.quote_class == "exact"
    assert check.similarity == 1.0
    assert {part.op for part in check.diff} == {"equal"}


@pytest.mark.parametrize(
    "quote",
    [
        "its members said that the military build-up",
        "the strait “must stop” — and that the U.S. would",
        "the strait must stop and that the US would defend",
        "Some 33000 people or 12 per cent of the island have left",
        "its long term interests",
    ],
)
def test_case_dashes_and_inner_punctuation_make_a_quotation_normalised(quote: str) -> None:
    assert classed(quote) == "normalised"


@pytest.mark.parametrize(
    "quote",
    [
        "the military buildup near the strait",
        "the military build-up near the strait “must stop” – and that the United States would defend",
        "The organization of the convoy isn’t finished",
        "Some thirty-three thousand people, or 12 percent of the island",
        "or twelve % of the island",
        "The harbor council met on Tuesday",
    ],
)
def test_other_spellings_of_the_same_words_are_spelling(quote: str) -> None:
    assert classed(quote) == "spelling"


@pytest.mark.parametrize(
    "quote",
    [
        "The harbour council met … in Port Ellery.",
        "The harbour council [of Port Ellery] met on Tuesday",
        "[I]ts members said that the military build-up",
        "Some 33,000 people . . . have left.",
        "[The councillors] said that the military build-up … “must stop”",
        "Some 33,000 people […] have left",
    ],
)
def test_marked_omissions_and_brackets_are_edited(quote: str) -> None:
    assert classed(quote) == "edited"


def test_an_opening_ellipsis_is_a_mark_and_a_closing_one_closing_punctuation() -> None:
    assert classed("… met on Tuesday in Port Ellery") == "edited"
    assert classed("met on Tuesday in Port Ellery …") == "exact"
    assert classed("… until the thaw", "We wait... until the thaw.") == "exact"


def test_a_mark_does_not_excuse_other_changes() -> None:
    assert classed("The harbour council … in Port Bellamy said nothing") == "altered"


def test_a_negation_hidden_by_an_ellipsis_is_flagged() -> None:
    check = check_quote("We do … expect the ice to last", TRANSCRIPT)
    assert (check.quote_class, check.flags) == ("edited", ("negation",))


def test_a_word_in_the_sources_own_brackets_may_not_be_changed() -> None:
    source = "The fund (paid by the northern towns alone) will stay open until the spring thaw."
    assert classed("The fund (paid by the northern towns alone) will stay open", source) == "exact"
    assert classed("The fund (paid by the southern towns alone) will stay open", source) == "altered"


def test_an_ellipsis_cannot_span_a_whole_speech() -> None:
    filler = "Then the tide came in again over the grey stones. " * 60
    source = f"We shall keep every lighthouse on the coast burning. {filler} The ferries will run at night."
    check = check_quote("keep every lighthouse on the coast burning … The ferries will run at night", source)
    assert check.quote_class == "altered"
    assert "stitched" in check.flags


@pytest.mark.parametrize(
    ("quote", "flag"),
    [
        ("We do expect the ice to last", "negation"),
        ("we will close the harbour before March", "negation"),
        ("It grew by nearly 9,500 crowns", "number"),
        ("We asked three towns for help", "number"),
        ("The fleet must sail", "modal"),
        ("we would not close the harbour before March", "modal"),
        ("we will not close the harbour before April", "name"),
        ("I am very clear about that", "tense"),
        ("We ask two towns for help and both said yes", "tense"),
        ("Some village on the coast has fuel", "quantifier"),
        ("It grew by 8,500 crowns", "quantifier"),
    ],
)
def test_one_changed_word_is_altered_and_says_what_kind_of_word(quote: str, flag: str) -> None:
    check = check_quote(quote, TRANSCRIPT)
    assert check.quote_class == "altered"
    assert flag in check.flags


def test_a_contraction_written_out_is_a_change_without_a_flag() -> None:
    check = check_quote("We don't expect the ice to last", TRANSCRIPT)
    assert (check.quote_class, check.flags) == ("altered", ())


def test_a_compound_rule_does_not_make_notable_of_not_able() -> None:
    source = "The committee was not able to visit the lighthouse this winter."
    assert classed("The committee was notable to visit the lighthouse", source) == "altered"


def test_the_pronoun_us_is_no_country() -> None:
    source = "The islanders asked us for forty boats and a doctor."
    assert classed("The islanders asked the United States for forty boats and a doctor", source) == "altered"


def test_the_diff_shows_the_changed_words_alone() -> None:
    check = check_quote("The fleet must sail", TRANSCRIPT)
    assert [(part.op, part.quote, part.source) for part in check.diff] == [
        ("equal", "The fleet ", "The fleet "),
        ("replace", "must", "may"),
        ("equal", " sail", " sail"),
    ]


def test_a_quotation_of_nothing_in_the_source_is_not_found() -> None:
    check = check_quote("The mountain railway opens on Friday with free rides for children", STATEMENT)
    assert check == QuoteCheck(QuoteClass.NOT_FOUND, (), 0.0, None, None, check.diff, "", "", None, QUOTE_CHECK_VERSION)
    assert "".join(part.quote for part in check.diff) == (
        "The mountain railway opens on Friday with free rides for children"
    )


@pytest.mark.parametrize("quote", ["", "…", "“”", "[x]", "\n", "—"])
def test_a_quotation_without_words_is_not_found(quote: str) -> None:
    assert classed(quote) == "not_found"


def test_a_source_without_words_holds_no_quotation() -> None:
    assert classed("Good morning, everyone.", "") == "not_found"


def test_scattered_words_in_brackets_and_ellipses_prove_nothing() -> None:
    assert classed("[She] … the [boats]", STATEMENT) == "not_found"


def test_parts_from_far_apart_without_a_mark_are_stitched() -> None:
    filler = "Then the tide came in again over the grey stones. " * 20
    source = f"We shall keep every lighthouse on the coast burning. {filler} The night ferries will run until the thaw."
    joined = check_quote(
        "We shall keep every lighthouse on the coast burning. The night ferries will run until the thaw.", source
    )
    reordered = check_quote(
        "The night ferries will run until the thaw. We shall keep every lighthouse on the coast burning.", source
    )
    assert joined.quote_class == reordered.quote_class == "altered"
    assert "stitched" in joined.flags
    assert "stitched" in reordered.flags


def test_neighbouring_sentences_quoted_together_are_not_stitched() -> None:
    assert check_quote("I was very clear about that. We asked two towns for help", TRANSCRIPT).flags == ()


def test_a_qualifier_right_after_the_quotation_makes_it_truncated() -> None:
    assert check_quote("The fleet may sail,", TRANSCRIPT).flags == ("truncated",)
    assert check_quote("The fleet may sail, but only if the Assembly agrees.", TRANSCRIPT).flags == ()
    assert check_quote("The fleet may sail …", TRANSCRIPT).flags == ()


def test_a_stage_direction_left_out_is_no_change_of_words() -> None:
    assert classed("Good morning, everyone. We do not expect the ice to last", TRANSCRIPT) == "normalised"
    assert classed("Good morning, everyone. (Laughter.) We do not expect the ice to last", TRANSCRIPT) == "exact"


def test_light_markup_of_the_source_does_not_count() -> None:
    check = check_quote("The budget for that is in the plan we published in April.", TRANSCRIPT)
    assert check.quote_class == "exact"
    assert check.start is not None
    assert check.end is not None
    assert TRANSCRIPT[check.start : check.end].endswith("published in April.")


def test_the_turn_of_the_passage_is_named() -> None:
    assert check_quote("The fleet may sail", TRANSCRIPT).turn_speaker == "MINISTER VALE"
    assert check_quote("Minister, will the fleet sail", TRANSCRIPT).turn_speaker == "Q"
    assert check_quote("Some 33,000 people", STATEMENT).turn_speaker is None


def test_words_of_another_speaker_are_flagged() -> None:
    passage = "The budget for that is in the plan"
    assert check_quote(passage, TRANSCRIPT, speaker="Finance chief Ada Torren").flags == ()
    assert check_quote(passage, TRANSCRIPT, speaker="Minister Tomas Vale (Port Ellery)").flags == ("wrong_speaker",)
    assert check_quote("will the fleet sail without the Assembly?", TRANSCRIPT, speaker="Tomas Vale").flags == (
        "wrong_speaker",
    )


@pytest.mark.parametrize("speaker", [None, "", "she", "the minister", "Chancellor Ilse Brandt", "a reporter"])
def test_no_speaker_is_called_wrong_who_cannot_be_told_from_the_labels(speaker: str | None) -> None:
    assert check_quote("The fleet may sail, but only if", TRANSCRIPT, speaker=speaker).flags == ()


def test_of_two_untouched_places_the_speakers_own_is_taken() -> None:
    source = "MR. HOLM:  The ice will hold.\n\nMS. BRANDT:  The ice will hold.\n"
    check = check_quote("The ice will hold.", source, speaker="Ilse Brandt")
    assert (check.turn_speaker, check.flags) == ("MS. BRANDT", ())


def test_the_sources_own_words_around_the_passage_adjoin_it() -> None:
    check = check_quote("I was very clear about that.", TRANSCRIPT)
    assert check.start is not None
    assert check.end is not None
    assert TRANSCRIPT[: check.start].endswith(check.before)
    assert TRANSCRIPT[check.end :].startswith(check.after)
    assert check.before.endswith("without the Assembly?\n\nMINISTER VALE:  No.  ")
    assert check.after.startswith("  We asked two towns for help")
    assert check.after.endswith("published in April.")


def test_a_prepared_source_and_its_text_give_the_same_answer() -> None:
    for quote in ("The fleet must sail", "We asked two towns … both said yes", "no such words were spoken there today"):
        assert check_quote(quote, prepare(TRANSCRIPT)) == check_quote(quote, TRANSCRIPT)


def test_a_page_long_quotation_with_one_changed_word_is_altered() -> None:
    source = " ".join(
        f"Boat {number} of the northern fleet sailed past lighthouse {number * 7}." for number in range(120)
    )
    check = check_quote(source.replace("Boat 60 of the northern", "Boat 60 of the southern"), source)
    assert check.quote_class == "altered"
    assert [(part.quote, part.source) for part in check.diff if part.op != "equal"] == [("southern", "northern")]


def test_a_word_broken_at_a_line_end_is_the_same_word() -> None:
    assert classed("The government of the islands", "The govern-\nment of the islands fell.") == "exact"


def test_a_short_changed_quotation_is_not_found_in_a_text_that_shares_two_common_words() -> None:
    assert (
        classed("the ice will not hold", "They said that the ferry will stop and the rest will follow.") == "not_found"
    )
