"""The order of candidates, and what is said for them."""

from dataclasses import replace
from datetime import date

import pytest

from tests.verification.ranking.documents import QUOTATION, SPEECH, found, ordered, said
from verification.matching.quotes import QuoteClass
from verification.models import Role
from verification.ranking.days import Seed
from verification.ranking.found import Extract, FoundDocument
from verification.ranking.ordering import rank
from verification.ranking.query import ClaimQuery
from verification.ranking.roles import CONTEXT, SAID_WHERE, TESTS_CLAIM

CHANGED = "The northern mole will not be rebuilt by spring, and the ferry will sail again. So said the board in brief."
OTHER = "The board met on the budget of the fishery school. A vote was put off until the members had read it."


def test_the_document_that_holds_the_quotation_comes_before_better_scores() -> None:
    documents = [found(1, OTHER, score=0.5), found(2, CHANGED, score=0.5), found(3, SPEECH, score=0.3)]
    first, second, third = ordered(ClaimQuery(f"“{QUOTATION},” the chair said.", (QUOTATION,)), documents)
    assert [first.document_id, second.document_id, third.document_id] == [3, 2, 1]
    checks = [candidate.quote_check for candidate in (first, second, third)]
    classes = [check.quote_class if check else None for check in checks]
    assert classes == [QuoteClass.EXACT, QuoteClass.ALTERED, QuoteClass.NOT_FOUND]
    assert said(first).startswith("the same words stand here")
    assert said(second).startswith("much like the quotation, but the words differ")


def test_a_near_copy_of_a_claim_without_quotation_comes_first() -> None:
    documents = [found(1, OTHER), found(2, SPEECH)]
    first = ordered(ClaimQuery(f"{QUOTATION}."), documents)[0]
    assert first.document_id == 2
    assert first.quote_check is None
    assert said(first).startswith("the same sentence stands here, word for word")


def test_the_speakers_own_words_come_before_the_same_words_of_another() -> None:
    documents = [
        found(1, f"OTTO MUSTER: {QUOTATION}.\n\nADA EXAMPLE: Not so.", title="Remarks by Otto Muster"),
        found(2, f"ADA EXAMPLE: {QUOTATION}.\n\nOTTO MUSTER: Quite.", title="Remarks by Ada Example"),
    ]
    first, second = ordered(ClaimQuery(QUOTATION, (QUOTATION,), "Ada Example"), documents)
    assert first.document_id == 2
    assert "the title names Ada Example" in said(first)
    assert "OTTO MUSTER says them" in said(second)


def test_like_words_in_a_text_that_does_not_name_the_speaker_are_a_hint_and_no_match() -> None:
    (candidate,) = ordered(ClaimQuery(QUOTATION, (QUOTATION,), "Ida Muster"), [found(1, CHANGED)])
    assert candidate.quote_check is None
    assert "much the same words stand here, but Ida Muster is not named" in said(candidate)


def test_the_same_words_in_a_text_that_does_not_name_the_speaker_are_told_so() -> None:
    (candidate,) = ordered(ClaimQuery(QUOTATION, (QUOTATION,), "Ida Muster"), [found(1, SPEECH)])
    assert candidate.quote_check is not None
    assert "Ida Muster is not named here" in said(candidate)


def test_a_few_common_words_are_a_match_only_in_their_speakers_own_text() -> None:
    documents = [
        found(1, "OTTO MUSTER: The northern mole is old.", title="Remarks by Otto Muster"),
        found(
            2,
            "The board closed the northern mole, said Otto Muster.",
            title="Notice of the board of Port Example to all its members",
        ),
    ]
    candidates = ordered(ClaimQuery("northern mole", ("northern mole",), "Otto Muster"), documents)
    checks = {candidate.document_id: candidate.quote_check for candidate in candidates}
    own, other = checks[1], checks[2]
    assert own is not None
    assert own.quote_class is QuoteClass.EXACT
    assert other is None
    assert "so few of them" in said(next(candidate for candidate in candidates if candidate.document_id == 2))


def test_the_passage_shown_holds_the_whole_quotation() -> None:
    text = f"{OTHER} {SPEECH} {OTHER}"
    at = text.index(QUOTATION)
    document = replace(found(1), extracts=(Extract(0, at + 20, text), Extract(at + 30, len(text), text)))
    candidate = rank(ClaimQuery(QUOTATION, (QUOTATION,)), [document], (), lambda _ids: {1: text}, 10)[0]
    assert candidate.start <= at
    assert candidate.end >= at + len(QUOTATION)


def test_a_quotation_outside_every_extract_is_shown_where_it_stands() -> None:
    text = f"{OTHER} {OTHER} {SPEECH}"
    document = replace(found(1), extracts=(Extract(0, len(OTHER), OTHER),))
    claim = f"The board, said the chair on the eve of the vote on its budget, was told as follows: “{QUOTATION}.”"
    candidate = rank(ClaimQuery(claim, (QUOTATION,)), [document], (), lambda _ids: {1: text}, 10)[0]
    assert text[candidate.start : candidate.end] == QUOTATION


def test_the_document_of_the_day_comes_before_the_same_words_of_another_year() -> None:
    day = date(2031, 5, 2)
    documents = [found(1, SPEECH, published=date(2029, 3, 1)), found(2, SPEECH, published=day)]
    query = ClaimQuery(QUOTATION, (QUOTATION,), said=day, said_precision="day")
    first = ordered(query, documents)[0]
    assert first.document_id == 2
    assert "published the day the words were said" in said(first)


def test_without_a_day_the_days_of_what_fits_the_article_decide() -> None:
    documents = [found(1, SPEECH, published=date(2029, 3, 1)), found(2, SPEECH, published=date(2031, 5, 2))]
    seeds = [Seed(7, date(2031, 5, 1), 0.3), Seed(8, date(2031, 5, 4), 0.3)]
    first = ordered(ClaimQuery(QUOTATION, (QUOTATION,)), documents, seeds)[0]
    assert first.document_id == 2
    assert "from the same days as other documents that fit the article" in said(first)
    assert "published" not in said(first)


def test_an_undated_document_is_not_shut_out() -> None:
    query = ClaimQuery(QUOTATION, (QUOTATION,), published=date(2031, 5, 2))
    documents = [found(1, SPEECH), found(2, OTHER, published=date(2031, 5, 2))]
    assert ordered(query, documents)[0].document_id == 1


def test_a_lead_comes_after_the_partys_own_account() -> None:
    documents = [found(1, f"{SPEECH} {OTHER}", tier=5), found(2, f"{SPEECH} {OTHER[:51]}", tier=1)]
    assert [candidate.document_id for candidate in ordered(ClaimQuery(QUOTATION), documents)] == [2, 1]


def test_names_and_figures_in_common_are_told() -> None:
    text = "On Tuesday Ada Example told Otto Muster that 8,500 tonnes were landed, not 18,500."
    query = ClaimQuery("It was Otto Muster who heard of 8,500 tonnes and 500 crates.", figures=("8,500", "500"))
    (candidate,) = ordered(query, [found(1, text)])
    assert "names Otto Muster" in said(candidate)
    assert "has the same figures: 8,500" in said(candidate)
    assert "500 crates" not in said(candidate)
    assert "8,500, 500" not in said(candidate)


def test_every_candidate_has_a_reason() -> None:
    query = ClaimQuery("a vote on something else")
    assert all(candidate.reasons for candidate in ordered(query, [found(1, OTHER), found(2, "Ebb and flow.")]))


def test_each_of_the_first_is_checked_however_they_move() -> None:
    wrong = f"OTTO MUSTER: {QUOTATION}.\n\nADA EXAMPLE: No."
    documents = [found(number, f"{wrong} Note {number}, page {number + 30}.", score=0.6) for number in range(1, 25)]
    documents += [found(number, OTHER, score=0.5) for number in range(25, 50)]
    candidates = ordered(ClaimQuery(QUOTATION, (QUOTATION,), "Ada Example"), documents, limit=12)
    assert len(candidates) == 12
    assert all(candidate.quote_check for candidate in candidates)


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_than_the_limit_is_returned_and_each_document_once(limit: int) -> None:
    documents = [found(number, f"{SPEECH} Note {number}, page {number + 30}.") for number in range(5)]
    candidates = ordered(ClaimQuery(QUOTATION, (QUOTATION,)), documents, limit=limit)
    assert len({candidate.document_id for candidate in candidates}) == len(candidates) == limit


def test_a_document_without_a_passage_is_no_candidate() -> None:
    assert ordered(ClaimQuery(QUOTATION), [found(1, title="Mole")]) == []


READOUT = (
    "The harbour boards of Port Example and Port Sample held a call on pilotage. Taking part were Chair Ada Example, "
    "Warden Otto Muster and Envoy Ida Probe. They reviewed the price of lamp oil and will meet again."
)
ARTICLE = (
    "Chair Ada Example spoke of “complete concord” with Port Sample on pilotage. Warden Otto Muster and Envoy Ida "
    "Probe took part in the call of the harbour boards about pilotage and lamp oil."
)
CONCORD = ClaimQuery(
    "Ada Example spoke of “complete concord” on pilotage",
    ("complete concord",),
    "Ada Example",
    said=date(2031, 5, 2),
    said_precision="day",
    context=ARTICLE,
)


def concord(day: date | None) -> list[FoundDocument]:
    words = "ADA EXAMPLE: It went well. Complete concord, I would say. Now to the fishery school and its budget."
    account = found(2, READOUT, title="Readout of the call on pilotage", kind="readout", published=day, score=0.1)
    fillers = [found(9 + number, f"{OTHER} Page {number}.", score=0.4) for number in range(20)]
    return [
        found(1, words, title="Remarks by Chair Ada Example", kind="transcript", tier=0, published=day),
        replace(account, context_score=0.4),
        found(3, words.replace("went", "had gone"), title="Remarks by Ada Example", published=date(2030, 4, 2)),
        *fillers,
    ]


def test_where_it_was_said_and_what_tests_it_are_both_found() -> None:
    candidates = ordered(CONCORD, concord(date(2031, 5, 2)))
    assert [(each.document_id, each.role) for each in candidates[:2]] == [(1, "said_where"), (2, "tests_claim")]
    assert "also names Port Sample, Warden Otto Muster, Envoy Ida Probe, as the article does" in said(candidates[1])
    assert all(each.quote_check or "so few of them" in said(each) for each in candidates)


def test_a_source_whose_day_is_unknown_keeps_its_place_for_testing() -> None:
    assert ordered(CONCORD, concord(None))[1].role == "tests_claim"


def test_the_same_words_of_another_month_are_told_as_another_event() -> None:
    other = next(each for each in ordered(CONCORD, concord(date(2031, 5, 2))) if each.document_id == 3)
    assert other.role == "context"
    assert "another event: 13 months before the claim" in said(other)


def test_roles_are_those_that_evidence_can_have() -> None:
    assert {SAID_WHERE, TESTS_CLAIM, CONTEXT} == set(Role.values)


def test_words_in_the_mouth_of_another_are_not_where_they_were_said() -> None:
    text = f"OTTO MUSTER: {QUOTATION}.\n\nADA EXAMPLE: Not so."
    (candidate,) = ordered(ClaimQuery(QUOTATION, (QUOTATION,), "Ada Example"), [found(1, text)])
    assert candidate.role == "context"


def test_a_sentence_is_found_word_for_word_although_nothing_marks_it_as_quoted() -> None:
    copied = found(1, SPEECH, score=0.2)
    near = found(2, CHANGED, score=0.4)
    assert ordered(ClaimQuery(QUOTATION), [near, copied])[0].document_id == 1


def test_marked_omissions_and_other_spellings_are_no_difference() -> None:
    printed = "[T]he northern mole will be rebuilt by spring … and the harbour will sail again"
    source = "The northern mole will be rebuilt by spring, if the board finds oil, and the harbor will sail again."
    documents = [found(1, OTHER, score=0.6), found(2, source, score=0.3)]
    assert ordered(ClaimQuery(printed), documents)[0].document_id == 2


def test_of_the_same_words_without_a_day_the_earliest_come_first() -> None:
    documents = [
        found(1, f"{SPEECH} {OTHER}", published=date(2031, 5, 2)),
        found(2, f"{OTHER} {SPEECH}", published=date(2029, 3, 1)),
    ]
    assert ordered(ClaimQuery(QUOTATION, (QUOTATION,)), documents)[0].document_id == 2


def test_copies_of_a_text_are_one_candidate_of_the_best_tier() -> None:
    documents = [found(1, f"{SPEECH} {OTHER}", tier=3, score=0.5), found(2, f"{SPEECH} {OTHER}", tier=1)]
    (candidate,) = ordered(ClaimQuery(QUOTATION, (QUOTATION,)), documents)
    assert (candidate.document_id, candidate.also_at) == (2, (1,))
