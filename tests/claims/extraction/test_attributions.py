"""Who is credited with what, below the choice of claims."""

import pytest

from claims.extraction.contract import Attribution
from claims.extraction.reading import attributions


def only(text: str, cue: str) -> Attribution:
    found = [attribution for attribution in attributions(text) if attribution.cue == cue]
    assert len(found) == 1, attributions(text)
    return found[0]


def content(text: str, attribution: Attribution) -> list[str]:
    return [text[start:end] for start, end in attribution.content]


@pytest.mark.parametrize(
    ("text", "cue", "mention", "expected"),
    [
        ("Marsh said that the strait was open.", "said", "Marsh", "that the strait was open"),
        ("Marsh said Monday the strait was open.", "said", "Marsh", "the strait was open"),
        (
            "The strait is open, according to the Harbour Office.",
            "according",
            "the Harbour Office",
            "The strait is open",
        ),
        ("Marsh said in a statement that the strait had opened.", "said", "Marsh", "that the strait had opened"),
        ("The strait, Marsh said, is open.", "said", "Marsh", "The strait"),
        ("“We sail at noon,” said Jo Marsh, a captain.", "said", "Jo Marsh, a captain", "“We sail at noon,”"),
        ("“We sail at noon,” added Marsh.", "added", "Marsh", "“We sail at noon,”"),
        ("Marsh urged the council to open the strait.", "urged", "Marsh", "the council to open the strait"),
        ("Marsh condemned the closure of the strait.", "condemned", "Marsh", "the closure of the strait"),
        ("Marsh warned the council that it would fail.", "warned", "Marsh", "that it would fail"),
        ("Marsh spoke about the tariff, saying it was low.", "saying", "Marsh", "it was low"),
        ("The tariff was described as unfair by Jo Marsh.", "described", "Jo Marsh", "The tariff"),
        ("In Marsh’s words, the council is asleep.", "In", "Marsh", "the council is asleep"),
    ],
)
def test_reported_speech_has_its_source_and_its_content(text: str, cue: str, mention: str, expected: str) -> None:
    attribution = only(text, cue)
    assert attribution.mention is not None
    assert attribution.mention.removesuffix("’s") == mention
    assert expected in content(text, attribution)


def test_a_quotation_of_several_sentences_belongs_to_the_speech_tag_at_its_end() -> None:
    text = "“It was long. It was cold. We will publish it,” Marsh said."
    (attribution,) = attributions(text)
    assert content(text, attribution) == ["“It was long. It was cold. We will publish it,”"]


def test_a_quotation_after_a_colon_belongs_to_who_said_it_and_not_to_the_paper_that_printed_it() -> None:
    text = "Jo Marsh said: “We sail at noon and not before,” the Ledger reported."
    quoting = [attribution for attribution in attributions(text) if attribution.quotations]
    assert [attribution.mention for attribution in quoting] == ["Jo Marsh"]


def test_a_second_quotation_in_the_paragraph_carries_on_the_first() -> None:
    text = "“We sail at noon,” Marsh said. “Nobody will stop us now.”"
    last = attributions(text)[-1]
    assert (last.mention, last.carried, last.sort) == ("Marsh", True, "quote")


def test_words_of_saying_inside_a_quotation_credit_nobody() -> None:
    text = "“They said it was open and I believed that it was,” Marsh told the council."
    assert {attribution.cue for attribution in attributions(text)} == {"told"}


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("“My regrets, I was asleep,” Marsh said after a long silence.", "Marsh"),
        (
            "“Welcome, Port Aster, to the convoy of the free harbours,” said Carla Ruiz, a captain.",
            "Carla Ruiz, a captain",
        ),
        (
            "“Thanks, crews, for guarding these ships,” said master of the port Adel Sarkis, an engineer who moved "
            "here decades ago.",
            "master of the port Adel Sarkis, an engineer who moved here decades ago",
        ),
    ],
)
def test_a_source_is_never_taken_from_inside_the_quotation(text: str, mention: str) -> None:
    assert only(text, "said").mention == mention


def test_a_quotation_that_ends_its_sentence_does_not_belong_to_the_verb_of_the_next_one() -> None:
    text = (
        "Marsh spoke to the crews. “No one is closing this port. We sail at noon.” She lamented the cost of the convoy."
    )
    assert [attribution.mention for attribution in attributions(text) if attribution.quotations] == [None]


def test_a_paragraph_of_quotation_after_a_colon_belongs_to_who_led_up_to_it() -> None:
    text = "Jo Marsh had a snappy answer:\n\n“No one is closing this port while we are here.”"
    (attribution,) = [attribution for attribution in attributions(text) if attribution.quotations]
    assert (attribution.mention, attribution.carried) == ("Jo Marsh", True)


def test_what_somebody_is_warned_of_is_content_also_where_the_parser_hangs_it_on_the_addressee() -> None:
    text = "He spoke in Port Aster, warning the shipping industry that Corvania would “strike back” if it moved."
    expected = "that Corvania would “strike back” if it moved"
    assert content(text, only(text, "warning")) == [expected]


def test_thoughts_and_wishes_are_told_apart_from_speech() -> None:
    assert only("Marsh believes the strait is open.", "believes").sort == "think"
    assert only("Marsh wants to open the strait.", "wants").sort == "want"


def test_a_label_before_a_colon_is_a_speaker() -> None:
    text = "Nora Halden: The strait is open to every ship in the convoy."
    assert only(text, ":").speaker == "Nora Halden"
