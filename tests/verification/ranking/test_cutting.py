"""Quotations cut by rule, which the order is measured on."""

from datetime import date

import pytest

from benchmarks.corpus import CorpusDocument
from benchmarks.cutting import cut_quotations, flat_words

SENTENCES = [
    f"The harbour board of port number {number} has very carefully considered its program of repairs, which the "
    f"council will continue to defend at the next meeting of the wardens in the long room on pier {number}."
    for number in range(30)
]
DOCUMENTS = [
    CorpusDocument(f"d{place}", "Minutes", date(2031, 5, place + 1), " ".join(SENTENCES[place * 5 : place * 5 + 5]))
    for place in range(6)
]


def test_an_unaltered_quotation_stands_in_its_document_and_in_all_that_hold_it() -> None:
    twin = CorpusDocument("twin", "Minutes", None, DOCUMENTS[0].text)
    cut = cut_quotations([*DOCUMENTS, twin], 6, altered=False)
    texts = {document.id: document.text for document in (*DOCUMENTS, twin)}
    for quotation in cut:
        held = {id_ for id_, text in texts.items() if flat_words(quotation.text) in flat_words(text)}
        assert held == quotation.holders
        assert quotation.document in held
    assert {"d0", "twin"} <= set().union(*(quotation.holders for quotation in cut))


def test_the_same_quotations_are_cut_each_time() -> None:
    assert cut_quotations(DOCUMENTS, 5, altered=True) == cut_quotations(DOCUMENTS, 5, altered=True)


def test_altered_quotations_are_told_from_their_text() -> None:
    texts = {document.id: flat_words(document.text) for document in DOCUMENTS}
    cut = cut_quotations(DOCUMENTS, 6, altered=True)
    assert any(flat_words(quotation.text) not in texts[quotation.document] for quotation in cut)
    assert all(3 <= len(quotation.text.split()) <= 45 for quotation in cut)


def test_more_quotations_than_there_are_texts_is_an_error() -> None:
    with pytest.raises(ValueError, match="not for 7"):
        cut_quotations(DOCUMENTS, 7, altered=False)
