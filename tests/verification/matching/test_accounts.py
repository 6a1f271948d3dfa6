"""Two accounts side by side: what both tell, what only one tells, where they differ; agreed texts are one source."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.verification.research.sample_pair import OURS, REMARKS, THEIRS, page_text
from verification.matching.accounts.rows import Account, Row, SideBySide, are_agreed, lay_side_by_side, most_telling


def account(page: str) -> Account:
    text = page_text(page)
    return Account(text.title or "", text.text)


def sample() -> SideBySide:
    return lay_side_by_side(account(OURS), account(THEIRS))


def written(pieces: tuple[tuple[str, str], ...]) -> str:
    return "".join(text for text, _mark in pieces)


def row_with(rows: tuple[Row, ...], words: str) -> Row:
    return next(row for row in rows if words in written(row.here) or words in written(row.there))


def marked(pieces: tuple[tuple[str, str], ...], mark: str) -> list[str]:
    return [text for text, held in pieces if held == mark]


def test_the_sample_accounts_differ_on_the_date_and_agree_on_the_shores() -> None:
    rows = sample().rows
    opening = row_with(rows, "open again on 1 June")
    assert "No date for opening the sluice was agreed" in written(opening.there)
    assert (opening.relation, opening.differs) == ("worded_differently", True)
    assert [str(note) for note in opening.notes] == ["only one of them denies or rules something out"]
    assert marked(opening.there, "differs") == ["No", "none"]
    assert "opening" in marked(opening.there, "shared")
    shores = row_with(rows, "belongs to everyone")
    assert (shores.relation, shores.differs) == ("both", False)
    assert row_with(rows, "50 minutes").relation == "both"
    assert row_with(rows, "farms below Tarrowby").relation == "only_here"
    assert row_with(rows, "will be published on the day").relation == "only_there"


def test_who_was_present_is_compared_by_name() -> None:
    present = sample().present
    assert (present.here, present.there, present.same) == (2, 2, True)
    more = Account(
        "Readout of President Lindemar’s Call with Prime Minister Arkwright",
        "Joining on the call were Foreign Minister Ada Quill and Minister of Water Bram Oxley.",
    )
    present = lay_side_by_side(account(OURS), more).present
    assert present.only_there == ("Ada Quill", "Bram Oxley")


def test_each_side_is_written_out_whole_and_in_order() -> None:
    first = account(OURS)
    flat = " ".join(first.text.split())
    for row in sample().rows:
        for part in written(row.here).split(" … "):
            assert " ".join(part.split()) in flat


def test_another_figure_for_the_same_thing_is_told_and_one_for_another_thing_is_not() -> None:
    here = Account("", "The two sides agreed to send forty pilot boats to the northern mole in spring.")
    there = Account("", "It was agreed that 60 pilot boats will be sent to the northern mole.")
    (row,) = lay_side_by_side(here, there).rows
    assert [str(note) for note in row.notes] == ["other figures: forty against 60"]
    same = Account("", "It was agreed that 40 pilot boats will be sent to the northern mole in 3 convoys.")
    (row,) = lay_side_by_side(here, same).rows
    assert not row.differs


def test_silence_is_no_difference() -> None:
    here = Account("", "They reviewed the price of lamp oil through the winter.")
    there = Account("", "They spoke at length about fishing rights near the outer banks.")
    rows = lay_side_by_side(here, there).rows
    assert sorted(row.relation for row in rows) == ["only_here", "only_there"]
    assert not any(row.differs for row in rows)


AGREED = (
    "The two governments will keep the northern strait open to ships of every flag. They will share a pilot boat "
    "through the winter, and will publish the price of lamp oil on the first day of each month. A committee of four "
    "engineers will report on the state of the mole before midsummer."
)


def test_accounts_that_repeat_an_agreed_text_are_one_source() -> None:
    ours = Account("Joint Statement", AGREED + " The Warden thanked the crews.")
    theirs = Account("Statement", "After the talks the following was issued.\n\n" + AGREED.replace("strait", "Strait"))
    assert are_agreed(ours, theirs)
    assert lay_side_by_side(ours, theirs).agreed
    assert not sample().agreed


def test_the_panel_shows_first_what_differs_and_what_the_claim_speaks_of() -> None:
    rows = sample().rows
    chosen = most_telling(rows, "The Brackholt Sluice will open again on 1 June.", 4)
    assert len(chosen) == 4
    assert any(row.differs for row in chosen)
    assert [row for row in rows if row in chosen] == chosen


def test_signs_in_a_claim_s_wording_are_no_words() -> None:
    rows = sample().rows
    spelt, marked = (
        "The engineers may begin and the keepers follow",
        "“The engineers may begin … and – the keepers follow.”",
    )
    assert most_telling(rows, marked, 4) == most_telling(rows, spelt, 4)


def test_the_same_texts_give_the_same_rows() -> None:
    assert sample() == sample()


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared_and_no_word_is_added(here: str, there: str) -> None:
    side = lay_side_by_side(Account(here[:40], here), Account("", there))
    for row in side.rows:
        for pieces, text in ((row.here, here), (row.there, there)):
            assert all(word in text for word in re.findall(r"\w+", written(pieces)))


def test_reporters_questions_are_no_account_and_a_transcript_tells_only_of_the_event() -> None:
    rows = lay_side_by_side(account(OURS), account(REMARKS)).rows
    told = [written(row.there) for row in rows if row.there]
    assert not any("did the President give you a date" in text or "Q " in text for text in told)
    assert not any("Will people on this shore" in text or "the mayor says" in text.casefold() for text in told)
    assert any("first of June in our notes" in text for text in told)
    assert any("spoke for the better part of an hour" in text for text in told)
    assert not any("bakery" in text or "waiting in this wind" in text for text in told)
    rows = lay_side_by_side(account(THEIRS), account(REMARKS)).rows
    assert row_with(rows, "first of June in our notes").relation == "only_there"
    for label in ("QUESTION:", "REPORTER:"):
        asked = Account("", f"MINISTER OXLEY: We met.\n\n{label} Will the northern mole be open by winter?\n")
        assert not lay_side_by_side(asked, Account("", "The northern mole will be open by winter.")).rows[0].here


def test_a_topic_is_a_name_or_a_noun() -> None:
    for other in (THEIRS, REMARKS):
        topics = [word.casefold() for row in lay_side_by_side(account(OURS), account(other)).rows for word in row.topic]
        assert not {"driest", "theirs", "below", "alone", "almost", "taken", "sooner", "belongs", "good"} & set(topics)
    assert row_with(sample().rows, "open again on 1 June").topic == ("opening", "engineers")
    assert row_with(sample().rows, "published on the day").topic == ("day",)
