"""What becomes a claim, with which speaker, over which words."""

from datetime import date
from itertools import pairwise

import pytest

from claims.extraction.contract import ArticleText, ExtractedClaim
from claims.extraction.english import EnglishEngine
from tests.claims.extraction.articles import SUMMIT


def claims_of(text: str, published: date | None = None, language: str | None = None) -> tuple[ExtractedClaim, ...]:
    return EnglishEngine().extract(ArticleText(text, published=published, language=language))


def holding(words: str, claims: tuple[ExtractedClaim, ...]) -> ExtractedClaim:
    found = [claim for claim in claims if words in claim.selector.exact]
    assert len(found) == 1, [claim.text for claim in claims]
    return found[0]


@pytest.fixture(scope="module")
def summit() -> tuple[ExtractedClaim, ...]:
    return claims_of(SUMMIT)


@pytest.mark.parametrize(
    ("words", "kind", "speaker", "mention"),
    [
        ("“complete agreement” with the harbour states", "statement", "Nora Halden", "Premier Nora Halden"),
        ("Complete agreement with all the harbour states.", "quotation", "Nora Halden", "Halden"),
        ("you'll only ask me about the ferries", "quotation", "Nora Halden", "She"),
        ("restated their concern", "quotation", "Office of the Premier", "the Office of the Premier"),
        (
            "The envoys also reviewed the convoy rules.",
            "quotation",
            "Office of the Premier",
            "the Office of the Premier",
        ),
        ("up to 4,200 sailors", "statement", "Lakeland officials", "Lakeland officials"),
        ("The navy will act firmly", "quotation", "Peter Lowell", "Navy spokesman Peter Lowell"),
        ("about 4,200 people", "quotation", "Peter Lowell", "Lowell"),
        ("to keep the strait open.", "quotation", "Emil Brandt", "Brandt"),
        ("“answer in kind” if more ships arrive", "statement", "Corvania", "Corvania"),
        (
            "raised the alarm over the convoy",
            "statement",
            "Viktor Sandor",
            "Corvanian lawmaker Viktor Sandor, who chairs the committee on defence",
        ),
    ],
)
def test_every_attributed_statement_becomes_a_claim_of_its_speaker(
    summit: tuple[ExtractedClaim, ...], words: str, kind: str, speaker: str, mention: str
) -> None:
    claim = holding(words, summit)
    assert (claim.kind, claim.attribution.speaker, claim.attribution.mention) == (kind, speaker, mention)


def test_a_figure_that_nobody_is_credited_with_is_the_outlets_own(summit: tuple[ExtractedClaim, ...]) -> None:
    claim = holding("95 minutes", summit)
    assert claim.kind == "quantity"
    assert claim.attribution.speaker is None
    assert [(quantity.value, quantity.unit) for quantity in claim.quantities] == [(95, "minute")]


def test_a_bound_is_kept_with_its_figure(summit: tuple[ExtractedClaim, ...]) -> None:
    (quantity,) = holding("up to 4,200 sailors", summit).quantities
    assert (quantity.text, quantity.value, quantity.high, quantity.low) == ("up to 4,200", 4200, 4200, None)


def test_the_subject_of_a_sentence_is_not_the_speaker_of_words_nobody_is_said_to_have_said(
    summit: tuple[ExtractedClaim, ...],
) -> None:
    claim = holding("has placed a number of vessels", summit)
    assert claim.attribution.speaker is None
    assert "no_speaker" in claim.flags


def test_a_paragraph_of_nothing_but_quotation_goes_on_quoting_and_says_so(
    summit: tuple[ExtractedClaim, ...],
) -> None:
    assert "carried" in holding("The envoys also reviewed", summit).flags


def test_a_quoted_phrase_within_a_report_is_listed_as_a_quotation(summit: tuple[ExtractedClaim, ...]) -> None:
    assert [quote.text for quote in holding("up to 4,200", summit).quotations] == ["hostile blockade"]


def test_page_furniture_and_headings_are_never_claims(summit: tuple[ExtractedClaim, ...]) -> None:
    text = "\n".join(claim.selector.exact for claim in summit)
    for words in ("Share this", "accessed", "ledger.example", "hails"):
        assert words not in text


def test_claims_come_in_order_and_do_not_overlap(summit: tuple[ExtractedClaim, ...]) -> None:
    spans = [(claim.selector.start, claim.selector.end) for claim in summit]
    assert spans == sorted(spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_without_a_date_of_publication_no_weekday_becomes_a_date(summit: tuple[ExtractedClaim, ...]) -> None:
    assert {claim.said for claim in summit} == {None}
    assert {claim.said_precision for claim in summit} == {None}


def test_with_a_date_of_publication_the_weekday_beside_the_cue_is_the_day_it_was_said() -> None:
    claims = claims_of(SUMMIT, published=date(2031, 5, 15))  # a Thursday
    assert holding("up to 4,200 sailors", claims).said == date(2031, 5, 12)
    assert holding("to keep the strait open", claims).said == date(2031, 5, 12)
    assert holding("“complete agreement”", claims).said == date(2031, 5, 13)
    assert holding("The navy will act firmly", claims).said is None


def test_a_day_inside_what_was_said_is_not_the_day_it_was_said_on() -> None:
    text = "Mayor Ida Fenn said the bridge would open on Friday, and that the council had paid 3 million euros for it."
    (claim,) = claims_of(text, published=date(2031, 5, 15))
    assert claim.said is None


def test_a_day_among_the_quoted_words_is_not_the_day_they_were_said() -> None:
    (claim,) = claims_of(
        "Mayor Ida Fenn called the vote “a Monday of shame for every crew.”", published=date(2031, 5, 15)
    )
    assert claim.said is None


def test_a_full_date_beside_the_cue_needs_no_date_of_publication() -> None:
    (claim,) = claims_of("Mayor Ida Fenn said on 3 March 2031 that the old bridge had been sold to a bank.")
    assert (claim.said, claim.said_precision) == (date(2031, 3, 3), "day")


def test_a_quotation_split_by_its_attribution_is_one_claim_without_the_attribution() -> None:
    (claim,) = claims_of("“The ferries were full,” said Captain Jo Marsh, “and nobody had told the harbour office.”")
    assert claim.text == "The ferries were full, … and nobody had told the harbour office."
    assert [quote.text for quote in claim.quotations] == [
        "The ferries were full,",
        "and nobody had told the harbour office.",
    ]
    assert "split" in claim.flags


def test_a_quotation_that_is_part_of_what_was_reported_is_shown_with_the_rest_of_it() -> None:
    (claim,) = claims_of("Jo Marsh said the crews “have not been paid since the spring” by the council.")
    assert claim.text == "The crews “have not been paid since the spring” by the council"
    assert "fragment" in claim.flags


def test_a_speaker_named_through_a_pronoun_is_flagged() -> None:
    text = "Jo Marsh met the crews. She said the council had closed the strait in spring."
    assert claims_of(text)[-1].flags == ("pronoun",)


def test_a_quotation_of_many_sentences_is_flagged() -> None:
    (claim,) = claims_of("“It was long. It was cold. The council has closed the strait,” Jo Marsh said.")
    assert claim.flags == ("long",)


def test_what_is_reported_within_a_report_is_one_claim_of_whom_it_comes_from() -> None:
    text = "Lowell said Jo Marsh had told the council that the strait was closed to every ship."
    (claim,) = claims_of(text)
    assert claim.attribution.speaker == "Jo Marsh"
    assert [link.speaker for link in claim.chain] == ["Lowell", "Jo Marsh"]


def test_a_speaker_reporting_an_own_earlier_report_is_still_one_statement() -> None:
    (claim,) = claims_of("Jo Marsh said she had warned the crews that the strait was closed to every ship.")
    assert claim.text == "She had warned the crews that the strait was closed to every ship"


def test_two_sources_in_one_sentence_give_two_claims() -> None:
    text = "Lowell said the convoy had sailed at dawn, but Sandor insisted that no ship had left the port."
    assert [(claim.attribution.speaker, claim.text) for claim in claims_of(text)] == [
        ("Lowell", "The convoy had sailed at dawn"),
        ("Sandor", "No ship had left the port"),
    ]


def test_according_to_gives_the_source_of_a_figure() -> None:
    (claim,) = claims_of("Nearly a third of the crews were paid late, according to the Harbour Union.")
    assert claim.attribution.speaker == "Harbour Union"
    assert claim.quantities[0].text == "Nearly a third"


@pytest.mark.parametrize(
    "text",
    [
        "Did the premier say that 4,200 sailors were ready?",
        "Premier hails 4,200 sailors in port",
        "Send 400 letters to the council today.",
        "The harbour was quiet and the ferries lay at anchor.",
        "Halden hopes to visit the islands in the spring.",
        "Sign up for our newsletter, which 40,000 readers said they enjoy.",
        'Her novel "The Long Way to Port Aster" came out in spring.',
        "“Why did nobody ask the crews?” Lowell said.",
        "Lowell said the plan can also be found at plan.example, with 400 pages of notes.",
    ],
)
def test_questions_headings_instructions_wishes_titles_and_mere_background_are_no_claims(text: str) -> None:
    assert claims_of(text) == ()


def test_a_text_known_to_be_german_yields_quotations_and_figures_as_german_writes_them() -> None:
    text = "Der Minister sagte: „Wir haben 1.200 Schiffe und keinen einzigen Hafen.“ Die Zahl stieg um 4 Prozent."
    quoted, counted = claims_of(text, language="de")
    assert quoted.selector.exact == "Wir haben 1.200 Schiffe und keinen einzigen Hafen."
    assert quoted.attribution.speaker is None
    assert [quantity.value for quantity in quoted.quantities] == [1200]
    assert [quantity.unit for quantity in counted.quantities] == ["percent"]


def test_the_same_article_gives_the_same_claims_every_time() -> None:
    assert claims_of(SUMMIT) == claims_of(SUMMIT)
