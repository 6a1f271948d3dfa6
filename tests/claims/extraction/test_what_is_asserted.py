"""What a claim asserts, its parts, how it would stand alone, its chain of sources and its day to come back."""

from datetime import date

import pytest

from claims.extraction.contract import ArticleText, ExtractedClaim
from claims.extraction.english import EnglishEngine
from claims.extraction.shown import as_shown

PUBLISHED = date(2031, 3, 5)  # a Wednesday


def claims_of(text: str, published: date | None = PUBLISHED) -> tuple[ExtractedClaim, ...]:
    return EnglishEngine().extract(ArticleText(text=text, language="en", published=published))


@pytest.mark.parametrize(
    ("text", "asserts"),
    [
        ("The harbour board said 4,200 crates were lost.", "quantity"),
        ("The harbour board said exports fell to the lowest level in a decade.", "trend"),
        ("The harbour board said the flood was caused by a broken sluice.", "cause"),
        ("The harbour board said the new quay will open to every ship.", "prediction"),
        ("The harbour board said the law forbids ships of that size in the basin.", "rule"),
        ("The harbour board said two pilots resigned after the storm.", "event"),
        ("The harbour board said tugs are sailing to the northern quay.", "event"),
    ],
)
def test_a_claim_tells_what_it_asserts(text: str, asserts: str) -> None:
    (claim,) = claims_of(text)
    assert asserts in claim.asserts
    assert claim.kind == "statement"


def test_a_bound_of_a_figure_is_no_comparison() -> None:
    (claim,) = claims_of("The harbour board said more than 40 ships lay at anchor.")
    assert "trend" not in claim.asserts


@pytest.mark.parametrize(
    "text",
    [
        "“This is a terrible idea and a disgrace for the whole town,” Jo Marsh said.",
        "“We should all be ashamed of this, I think,” Jo Marsh said.",
        "“It is the ugliest idea this council has ever had,” Jo Marsh said.",
    ],
)
def test_what_only_judges_is_an_opinion(text: str) -> None:
    (claim,) = claims_of(text)
    assert (claim.kind, claim.asserts) == ("opinion", ())


def test_an_opinion_with_a_fact_in_it_is_no_opinion() -> None:
    (claim,) = claims_of("“It is a disgrace that the council closed four schools last year,” Jo Marsh said.")
    assert claim.kind == "quotation"
    assert "event" in claim.asserts


def test_what_the_outlet_asserts_is_named_after_what_is_asserted() -> None:
    (claim,) = claims_of("Exports of grain from Port Aster fell sharply in 2030 because of the long strike.")
    assert claim.attribution.mention is None
    assert claim.kind in claim.asserts


def test_a_compound_claim_gives_its_parts_where_they_stand() -> None:
    text = "Jo Marsh, the mayor, said the bridge was closed in May and two ferries were cancelled in June."
    (claim,) = claims_of(text)
    assert [part.exact for part in claim.parts] == [
        "the bridge was closed in May",
        "two ferries were cancelled in June",
    ]
    assert all(text[part.start : part.end] == part.exact for part in claim.parts)


def test_two_verbs_of_one_subject_are_no_parts() -> None:
    (claim,) = claims_of("Jo Marsh said the bridge was closed and repaired in May.")
    assert claim.parts == ()


def test_each_sentence_of_a_quotation_is_a_part_of_it() -> None:
    (claim,) = claims_of("“We sold four ships in May. The yard lost nine cranes in June,” Jo Marsh said.")
    assert [part.exact for part in claim.parts] == ["We sold four ships in May", "The yard lost nine cranes in June"]


def test_a_pronoun_and_a_weekday_are_named_in_the_wording_that_stands_alone() -> None:
    text = "Jo Marsh opened the session. The board said on Tuesday that she closed the bridge on Monday."
    claim = claims_of(text)[-1]
    assert claim.wording == "Jo Marsh closed the bridge on 3 March 2031."
    assert claim.selector.exact == "she closed the bridge on Monday"


def test_without_a_day_of_publication_no_weekday_is_named() -> None:
    text = "Jo Marsh opened the session. The board said that she closed the bridge on Monday."
    assert claims_of(text, published=None)[-1].wording == "Jo Marsh closed the bridge on Monday."


def test_the_move_is_recalled_in_brackets() -> None:
    text = "The council closed the bridge. Jo Marsh said the move cost the town 4 million euros."
    (claim,) = [claim for claim in claims_of(text) if claim.attribution.speaker == "Jo Marsh"]
    assert claim.wording == "The move [The council closed the bridge] cost the town 4 million euros."


def test_what_was_quoted_before_is_not_taken_for_the_move() -> None:
    text = "“We lost 40 ships,” Jo Marsh said. Ada Lowell said the move cost the town 4 million euros."
    assert claims_of(text)[-1].wording is None


def test_that_nobody_commented_is_no_claim() -> None:
    assert claims_of("The Harbour Office declined to comment.") == ()


def test_what_stands_alone_already_has_no_other_wording() -> None:
    (claim,) = claims_of("Jo Marsh said the bridge cost the town 4 million euros.")
    assert claim.wording is None


def test_a_claim_is_shown_as_a_sentence_begins_and_its_words_in_the_article_stay_as_they_are() -> None:
    (claim,) = claims_of("Harriet Lowell said the ministry had paid out 48 million crowns.")
    assert claim.text == "The ministry had paid out 48 million crowns"
    assert claim.selector.exact == "the ministry had paid out 48 million crowns"


def test_quoted_words_keep_their_first_letter_for_sources_are_searched_for_them() -> None:
    claims = claims_of(
        "“And we have complete agreement on every point,” said Harriet Lowell, “with all forty captains.”"
    )
    assert [claim.kind for claim in claims] == ["quotation"]
    (claim,) = claims_of("Harriet Lowell said: “complete agreement with all forty captains of the harbour.”")
    assert (claim.kind, claim.text[:18]) == ("quotation", "complete agreement")


def test_the_comma_by_which_the_article_goes_on_is_not_shown_before_a_closing_quotation_mark() -> None:
    words = "The order “shall remain in force until the lake has risen by 40 centimetres,”"
    (claim,) = claims_of(f"{words} the State Gazette of Drennick says.")
    assert claim.text == words.replace(",", "")
    assert claim.selector.exact == words


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("eBay sold 40 ships", "eBay sold 40 ships"),
        ("“we lost 40 ships,”", "“we lost 40 ships”"),
        ("they “lost 40 ships,”,", "They “lost 40 ships”"),
        ("40 ships, he said", "40 ships, he said"),
        ("", ""),
        (",", ""),
    ],
)
def test_what_is_shown_has_no_other_words_than_it_had(words: str, shown: str) -> None:
    assert as_shown(words) == shown


def test_quoted_words_are_never_reworded() -> None:
    text = "Jo Marsh said of Carl Lowell that “he closed the bridge on Monday and took 4,000 euros”."
    (claim,) = claims_of(text)
    assert claim.wording is None


def test_a_chain_of_sources_is_kept_from_the_outermost_on() -> None:
    text = "The Ledger reported that harbour officials said the ministry was preparing to send 40 ships."
    (claim,) = claims_of(text)
    assert [link.mention for link in claim.chain] == ["The Ledger", "harbour officials"]
    assert claim.attribution.mention == "harbour officials"
    assert claim.selector.exact == "the ministry was preparing to send 40 ships"
    assert all(text[slice(*link.span)] == link.mention for link in claim.chain)


def test_somebody_who_vows_to_counter_something_is_no_chain() -> None:
    (claim,) = claims_of("Westland has vowed to reject the plan of the board in May.")
    assert claim.chain == ()
    assert "prediction" in claim.asserts


def test_what_somebody_is_said_to_have_refused_is_the_speakers_claim() -> None:
    (claim,) = claims_of("Harriet Lowell said the ministry had refused to publish the list of the lost ships.")
    assert claim.chain == ()
    assert claim.attribution.speaker == "Harriet Lowell"
    assert claim.selector.exact == "the ministry had refused to publish the list of the lost ships"


def test_a_prediction_has_the_day_after_its_time_as_the_day_to_come_back() -> None:
    (claim,) = claims_of("Jo Marsh said the new quay will open by the end of June 2032.")
    assert claim.due == date(2032, 7, 1)


def test_a_prediction_without_a_time_has_no_day() -> None:
    (claim,) = claims_of("Jo Marsh said the new quay will open to every ship.")
    assert claim.due is None


def test_features_are_kept_beside_the_score_and_the_top_of_the_article_is_one() -> None:
    claims = claims_of(
        "Jo Marsh said the quay cost 4 million euros.\n\nIt rained.\n\nIt snowed.\n\nMarsh said 90 ships came."
    )
    assert "lead" in dict(claims[0].features)
    assert "lead" not in dict(claims[-1].features)
    assert dict(claims[0].features)["named_source"] == 1.0
