"""What a search finds, and how it is scored."""

import math
from collections import Counter
from collections.abc import Sequence

import pytest
from django.db import connection, transaction

from tests.verification.index.library import (
    add_to_library,
    found_ids,
    index_document,
    invented_texts,
    make_document,
    scores,
    search,
)
from verification.index.passages import read_passages
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexDocument, IndexQuery
from verification.index.terms import WORD, terms
from verification.models import Passage, Posting

pytestmark = pytest.mark.django_db


def bm25(texts: Sequence[Sequence[str]], query: Sequence[str], b: float) -> list[float]:
    """Return each text's score as a share of the highest that could be: the formula written out, one text at a time."""
    average = sum(map(len, texts)) / len(texts)
    holding = Counter(term for text in texts for term in set(text))
    idf = {term: math.log(1 + (len(texts) - holding[term] + 0.5) / (holding[term] + 0.5)) for term in holding}
    most = sum(idf[term] for term in query if term in idf)
    found = []
    for text in texts:
        counts = Counter(text)
        damping = 1.2 * (1 - b + b * len(text) / average)
        found.append(sum(idf[term] * counts[term] / (counts[term] + damping) for term in query if counts[term]) / most)
    return found


def test_scores_are_those_of_bm25(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verification.index.weighing.NEGLIGIBLE", 0.0)
    texts = invented_texts(40, 600)
    documents = [make_document(text, title=" ".join(text.split()[:5])) for text in texts]
    index = PostgresIndex()
    for first in range(0, 40, 10):
        index.add([index_document(document) for document in documents[first : first + 10]])
    query = " ".join(texts[3].split()[20:40])
    wanted = terms(query, "en")
    bodies = bm25([terms(f"{doc.title} {doc.text}", "en") for doc in documents], wanted, 0.75)
    owned = [
        (place, terms(doc.text[span.start : span.end], "en"))
        for place, doc in enumerate(documents)
        for span in read_passages(doc.text, WORD).passages
    ]
    best = [0.0] * len(documents)
    for (place, _), score in zip(owned, bm25([passage for _, passage in owned], wanted, 0.75), strict=True):
        best[place] = max(best[place], score)
    hits = {hit.document_id: hit for hit in search(query).hits}
    assert len(hits) == 40
    for place, document in enumerate(documents):
        assert hits[document.pk].body == pytest.approx(bodies[place], abs=1e-4)
        assert hits[document.pk].passage == pytest.approx(best[place], abs=1e-4)


def test_leaving_out_common_words_moves_no_score_by_more_than_their_share(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = invented_texts(30, 400)
    PostgresIndex().add([index_document(make_document(text)) for text in texts])
    query = " ".join(texts[0].split()[:40])
    with_them = search(query)
    monkeypatch.setattr("verification.index.weighing.NEGLIGIBLE", 0.0)
    all_words = {hit.document_id: hit for hit in search(query).hits}
    for hit in with_them.hits:
        assert hit.body == pytest.approx(all_words[hit.document_id].body, abs=0.055)


def test_a_passage_hit_is_where_the_words_stand() -> None:
    filler = "The board met and adjourned without a vote on the matter. " * 40
    document = add_to_library(f"{filler}A dredger named Corvina sank off the mole. {filler}")
    (hit,) = search("the dredger Corvina sank").hits
    assert "Corvina" in document.text[hit.passages[0].start : hit.passages[0].end]


def test_a_document_is_found_by_its_title_alone() -> None:
    document = add_to_library("Nothing was decided.", title="Statement on the Corvina")
    assert found_ids("Corvina") == {document.pk}
    assert search("Corvina").hits[0].title > 0


def test_a_removed_document_is_not_found() -> None:
    gone, kept = add_to_library("The Corvina sailed."), add_to_library("The Corvina returned.")
    PostgresIndex().remove([gone.pk, 987654])
    assert found_ids("Corvina") == {kept.pk}
    assert PostgresIndex().size().documents == 1
    assert not Passage.objects.filter(document_id=gone.pk).exists()


def test_a_document_that_is_added_again_is_found_by_its_new_words_only() -> None:
    document = add_to_library("The Corvina sailed.")
    PostgresIndex().add([IndexDocument(document.pk, "", "The Halcyon sailed.", "en")])
    assert found_ids("Corvina") == set()
    assert found_ids("Halcyon") == {document.pk}


def test_of_two_documents_with_one_id_the_later_one_counts() -> None:
    document = make_document("The Corvina sailed.")
    versions = [IndexDocument(document.pk, "", f"The {name} sailed.", "en") for name in ("Corvina", "Halcyon")]
    PostgresIndex().add(versions)
    assert found_ids("Corvina") == set()
    assert found_ids("Halcyon") == {document.pk}


def test_an_excluded_document_makes_room_for_the_next_one() -> None:
    first, second = add_to_library("Corvina, Corvina, Corvina."), add_to_library("The Corvina sailed at noon.")
    found = PostgresIndex().search(IndexQuery("Corvina", exclude={first.pk}), limit=1)
    assert [hit.document_id for hit in found.hits] == [second.pk]


@pytest.mark.parametrize("query", ["dredging has ceased", "they cease to dredge", "it dredges"])
def test_a_document_of_unknown_language_is_found_by_other_inflections_of_its_words(query: str) -> None:
    document = add_to_library("Dredging ceased.", language="und")
    assert found_ids(query) == {document.pk}


def test_a_query_of_unknown_language_finds_what_was_not_stemmed() -> None:
    document = add_to_library("Pogłębianie przerwano.", language="pl")
    assert found_ids("przerwano", language="und") == {document.pk}


def test_a_name_is_found_in_a_language_without_an_algorithm() -> None:
    document = add_to_library("Halcyones zatonął.", language="pl")
    assert found_ids("The Halcyones sank", language="en") == {document.pk}


def test_a_query_in_another_language_is_stemmed_as_that_language() -> None:
    document = add_to_library("Порт Корвина закрыт.", language="ru")
    assert found_ids("в Корвине", language="ru") == {document.pk}


def test_the_context_names_documents_about_the_same() -> None:
    about = add_to_library("The mole at Port Example was breached by the storm and the ferry Halcyon ran aground.")
    add_to_library("The budget was adopted by the finance committee after a long debate in the chamber.")
    context = "A storm breached the mole. The ferry Halcyon ran aground off Port Example."
    assert search("forty tonnes", context=context).nearest_to_context[0][0] == about.pk


def test_the_context_lifts_a_document_that_the_words_alone_would_not_reach() -> None:
    texts = [f"Forty tonnes were landed in week {week} of the season." for week in range(30)]
    wanted = (
        "Forty tonnes were lost when the ferry Halcyon ran aground on the mole of Port Example in a night of storm."
    )
    documents = [make_document(text) for text in [*texts, f"{wanted} {'The board said nothing more. ' * 6}"]]
    index = PostgresIndex()
    index.add([index_document(document) for document in documents])
    plain = index.search(IndexQuery("forty tonnes"), limit=4)
    helped = index.search(IndexQuery("forty tonnes", context="The ferry Halcyon ran aground on the mole."), limit=4)
    assert documents[-1].pk not in {hit.document_id for hit in plain.hits}
    assert documents[-1].pk in {hit.document_id for hit in helped.hits}


@pytest.mark.parametrize("text", ["", "— … !", "wordthatstandsnowhere"])
def test_nothing_is_found_where_nothing_can_be(text: str) -> None:
    add_to_library("The Corvina sailed.")
    assert search(text).hits == ()


def test_an_empty_index_finds_nothing() -> None:
    assert search("Corvina").hits == ()
    assert PostgresIndex().size().segments == 0


def test_a_document_without_text_does_no_harm() -> None:
    empty, other = add_to_library("", title="Corvina"), add_to_library("The Corvina sailed.")
    assert found_ids("Corvina") == {empty.pk, other.pk}


def test_adding_belongs_to_the_callers_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        add_to_library("The Corvina sailed.")
        raise RuntimeError
    assert found_ids("Corvina") == set()
    assert not Posting.objects.exists()


def test_how_many_segments_there_are_changes_no_score() -> None:
    documents = [make_document(text) for text in invented_texts(12, 300)]
    query = " ".join(documents[0].text.split()[:15])
    index = PostgresIndex()
    index.add([index_document(document) for document in documents])
    together = scores(search(query))
    for document in documents:
        index.add([index_document(document)])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM verification_segment WHERE documents = 12")
    assert scores(search(query)) == together


def test_a_word_that_is_looked_for_in_two_forms_counts_once() -> None:
    document = add_to_library("The Halcyones sailed.")
    (hit,) = search("Halcyones").hits
    assert hit.document_id == document.pk
    text = terms(document.text, "en")
    assert hit.body == pytest.approx(bm25([text], terms("Halcyones", "en"), 0.75)[0], abs=1e-4)


def test_all_that_is_like_enough_is_named_in_order_with_the_score_that_a_search_gives_it() -> None:
    texts = invented_texts(30, 60)
    documents = [make_document(text) for text in texts]
    PostgresIndex().add([index_document(document) for document in documents])
    twins = [add_to_library("The dredger Corvina sank.") for _time in range(2)]
    query = IndexQuery(" ".join(texts[3].split()[:9]))
    found = PostgresIndex().likest(query, 0.12)
    scored = {hit.document_id: max(hit.body, hit.passage) for hit in PostgresIndex().search(query).hits}
    assert dict(found) == pytest.approx({pk: share for pk, share in scored.items() if share >= 0.12})
    assert [share for _pk, share in found] == sorted((share for _pk, share in found), reverse=True)
    assert 0 < len(found) < 30
    assert [pk for pk, _share in PostgresIndex().likest(IndexQuery("Corvina"), 0.12)] == [twins[1].pk, twins[0].pk]
    assert PostgresIndex().likest(IndexQuery("nowhere"), 0.12) == []
    PostgresIndex().remove([twins[1].pk])
    assert [pk for pk, _share in PostgresIndex().likest(IndexQuery("Corvina"), 0.12)] == [twins[0].pk]
    assert PostgresIndex().likest(IndexQuery("Corvina", exclude=[twins[0].pk]), 0.12) == []
