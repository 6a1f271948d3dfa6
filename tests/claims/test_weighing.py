"""The desk's weights: what a claim scores by them, which topics it is about, and the weights that are in force."""

import threading

import pytest
from django.db import connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from claims import weighing
from claims.extraction import worth
from claims.models import Claim, Weighing
from claims.translation import tell
from claims.weighing import SavedMeanwhile, Topic, Weights, weighed
from tests.factories import make_claim
from tests.people import make_person

FIGURE = {"figure": 0.8, "named_source": 1.0}
HARBOURS = Topic("Harbours", ("harbour", "northern mole", "Fährhafen"), 2)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The HARBOUR is shut.", "harbour"),
        ("“Harbour”: shut", "harbour"),
        ("They rebuilt the northern\nmole.", "northern mole"),
        ("Der FÄHRHAFEN ist zu.", "Fa\u0308hrhafen"),
        ("Die Straße ist zu.", "STRASSE"),
        ("Пошлины выросли.", "пошлины"),
        ("政府は関税を上げた。", "関税"),
        ("सरकार ने कर बढ़ाया।", "कर"),
        ("The harbour's lamps", "harbour"),
        ("A tax cuts deep; the tax cut.", "tax cut"),
        ("The rise was 5 % a year", "5 %"),
    ],
)
def test_a_topic_is_known_by_its_words_in_any_case_and_script(text: str, word: str) -> None:
    assert Weights(topics=(Topic("T", (word,), 1),)).about(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Two harbourmasters came.", "harbour"),
        ("The northern breakwater and a mole.", "northern mole"),
        ("सरकार ने करी बनाई।", "कर"),
        ("taxes", "tax"),
        ("Nothing of it", "  "),
    ],
)
def test_a_part_of_a_word_is_no_word(text: str, word: str) -> None:
    assert not Weights(topics=(Topic("T", (word,), 1),)).about(text)


def test_without_weights_the_shipped_model_decides() -> None:
    assert weighed(FIGURE, "x", Weights()) == (worth.score(FIGURE), worth.reasons(FIGURE))


def test_a_topic_adds_its_points_and_its_reason_at_its_place() -> None:
    text = "The northern mole has forty lamps."
    more, reasons = weighed(FIGURE, text, Weights(topics=(HARBOURS,)))
    assert more == worth.score(FIGURE, points=2.0) > worth.score(FIGURE)
    assert str(reasons[0]) == "is about Harbours, which this desk watches"
    assert reasons[1:] == worth.reasons(FIGURE)
    less, reasons = weighed(FIGURE, text, Weights(topics=(Topic("Lamps", ("lamps",), -1),)))
    assert less < worth.score(FIGURE)
    assert "is about Lamps, which this desk weighs less" in map(str, reasons)
    same, reasons = weighed(FIGURE, text, Weights(topics=(Topic("Lamps", ("lamps",), 0),)))
    assert (same, reasons) == (worth.score(FIGURE), worth.reasons(FIGURE))


def test_a_topic_that_only_the_proposed_wording_names_counts_too() -> None:
    weights = Weights(topics=(HARBOURS,))
    assert weighed(FIGURE, "It cost forty crowns.", weights)[0] == worth.score(FIGURE)
    told = weighed(FIGURE, "It cost forty crowns.", weights, "The northern mole cost forty crowns.")
    assert told[0] == worth.score(FIGURE, points=2.0)


def test_a_factor_takes_a_feature_away_or_makes_it_count_more() -> None:
    without, as_is, twice = (weighed(FIGURE, "x", Weights({"figure": factor}))[0] for factor in (0.0, 1.0, 2.0))
    assert without < as_is < twice


@given(
    st.dictionaries(st.sampled_from([*worth.FEATURES, "no such feature"]), st.floats(-5, 5), max_size=8),
    st.dictionaries(
        st.sampled_from([*worth.FEATURES, "no such feature"]), st.sampled_from(weighing.FACTORS), max_size=8
    ),
    st.text(max_size=60),
    st.lists(
        st.builds(Topic, st.text(max_size=5), st.lists(st.text(max_size=4), max_size=3).map(tuple), st.integers(-3, 3))
    ),
)
def test_a_score_is_a_share_whatever_is_weighed(
    features: dict[str, float], factors: dict[str, float], text: str, topics: list[Topic]
) -> None:
    score, reasons = weighed(features, text, Weights(factors, tuple(topics)))
    assert 0 <= score <= 1
    assert len(reasons) >= sum(topic.points != 0 for topic in Weights(topics=tuple(topics)).about(text))


@pytest.mark.django_db
def test_the_newest_row_is_in_force_and_what_this_version_does_not_know_is_left_out() -> None:
    person = make_person("editor")
    assert weighing.in_force() == Weights()
    Weighing.objects.create(features={"figure": 2, "charm": 3}, topics=[], by=person)
    assert dict(weighing.in_force().factors) == {"figure": 2.0}
    saved = weighing.save(person, {"figure": 1.0, "trend": 0.5}, [HARBOURS], weighing.in_force().number)
    assert (saved.features, weighing.in_force().topics) == ({"trend": 0.5}, (HARBOURS,))


@pytest.mark.django_db
def test_who_looked_at_other_weights_saves_nothing_over_them() -> None:
    person = make_person("editor")
    saved = weighing.save(person, {"figure": 2.0}, [], 0)
    with pytest.raises(SavedMeanwhile) as error:
        weighing.save(person, {"figure": 0.0}, [], 0)
    assert error.value.newest == saved
    assert Weighing.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told() -> None:
    person, ready, told = make_person("editor"), threading.Barrier(2), []

    def press(factor: float) -> None:
        try:
            ready.wait()
            told.append(weighing.save(person, {"figure": factor}, [], 0).pk)
        except SavedMeanwhile:
            told.append(0)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[factor]) for factor in (0.0, 2.0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count(0) == 1
    assert Weighing.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_saves_waits_for_claims_that_are_being_stored_by_the_weights_before() -> None:
    person, saved = make_person("editor"), threading.Event()

    def press() -> None:
        try:
            weighing.save(person, {"figure": 2.0}, [], 0)
            saved.set()
        finally:
            connections.close_all()

    thread = threading.Thread(target=press)
    with transaction.atomic():
        assert weighing.in_force_while_storing() == Weights()
        thread.start()
        assert not saved.wait(0.5)
    thread.join()
    assert saved.is_set()


@pytest.mark.django_db
def test_stored_claims_are_weighed_again_and_those_without_features_keep_their_score() -> None:
    old, new = make_claim(score=0.5), make_claim(features=FIGURE, score=0.1, text="The mole has forty lamps.")
    former = weighing.weigh_again([old, new], Weights(topics=(Topic("Lamps", ("lamps",), 3),)))
    assert former == {new.pk: 0.1}
    stored = Claim.objects.in_bulk()
    assert stored[old.pk].score == 0.5
    assert stored[new.pk].score == worth.score(FIGURE, points=3.0)
    assert tell(stored[new.pk].reasons)[0] == "is about Lamps, which this desk watches"
    assert weighing.weigh_again([stored[new.pk]], Weights(topics=(Topic("Lamps", ("lamps",), 3),))) == {}
