"""Which speakers may be one: told with a reason, and never what an article or a person tells apart."""

from itertools import count

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.models import Appearance, Speaker
from claims.speakers import join, keep_apart, part, suggested_joins
from claims.speakers.likeness import LikelyJoin
from tests.factories import make_article, make_claim
from tests.people import make_person

pytestmark = pytest.mark.django_db


def likely(*names: str, kind: str = "") -> list[LikelyJoin]:
    """Store speakers of these names, and return what is suggested."""
    for name in names:
        Speaker.objects.get_or_create(name=name, defaults={"kind": kind})
    return suggested_joins(20)


@pytest.mark.parametrize(
    ("one", "into", "reason"),
    [
        ("The Harbour House", "Harbour House", "an article"),
        ("L.H.O. officials", "LHO officials", "points"),
        ("ADA QUILL", "Ada Quill", "capitals"),
        ("Zoe Quill", "Zoé Quill", "accents"),
        ("President Ada Quill", "Ada Quill", "a title"),
        ("A. Quill", "Ada Quill", "an initial"),
        ("Bill Quill", "William Quill", "short for"),
        ("Ada Quill", "Ada M. Quill", "in between"),
        ("Senator Quill", "Ada Quill", "title or role with the surname"),
        ("Quill", "Ada Quill", "surname alone"),
        ("LHO", "Lakeland Harbour Office", "initials"),
        ("Harbour Office", "Lakeland Harbour Office", "holds the other"),
        ("harbour warden Ada Quill", "Ada Quill", "holds the other"),
        ("Ministry of Trade", "Lakeland Ministry of Trade", "holds the other"),
        ("Harbour Board", "Harbour Board of Port Example", "holds the other"),
    ],
)
def test_two_that_may_be_one_are_told_with_the_reason(one: str, into: str, reason: str) -> None:
    (found,) = likely(one, into, "Somebody Else")
    assert {found.speaker.name, found.into.name} == {one, into}
    assert reason in str(found.reason)
    if reason != "accents":
        assert found.into.name == into


@pytest.mark.parametrize(
    "names",
    [
        ("Ada Quill", "Bea Quill"),
        ("Quill", "Ada Quill", "Bea Quill"),
        ("A. Quill", "Bea Quill"),
        ("Mary Quill", "Martin Quill"),
        ("Lakeland officials", "officials"),
        ("White House", "White House officials"),
        ("Lakeland officials", "Corvin officials"),
    ],
)
def test_what_only_looks_alike_is_not_suggested(names: tuple[str, ...]) -> None:
    assert likely(*names) == []


def test_a_person_and_a_body_are_two() -> None:
    likely("Harbour", kind="organisation")
    assert likely("Ada Harbour", kind="person") == []


def test_full_names_that_one_article_tells_apart_are_not_suggested() -> None:
    article, names = make_article(), ("Ada Quill", "A. Quill")
    assert len(likely(*names)) == 1
    for start, name in zip(count(), names, strict=False):
        claim = make_claim(speaker=Speaker.objects.get(name=name))
        Appearance.objects.create(
            claim=claim, article=article, snapshot=article.snapshot, snapshot_sha256="", exact="x", start=start, end=99
        )
    assert suggested_joins(20) == []


def test_what_a_person_said_is_not_asked_again() -> None:
    editor = make_person("editor")
    (found,) = likely("A. Quill", "Ada Quill")
    keep_apart(found.into, found.speaker, editor)
    assert suggested_joins(20) == []
    (found,) = likely("Dr. Bea Mole", "Bea Mole")
    part(join(found.speaker, found.into, editor), editor)
    assert suggested_joins(20) == []


def test_thousands_of_speakers_cost_four_queries_and_few_steps(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    letters = "abcdefghijklmnopqrst"
    Speaker.objects.bulk_create(
        Speaker(name=f"{one.upper()}{two} {three.upper()}{four}quill")
        for one in letters
        for two in letters[:5]
        for three in letters[:10]
        for four in letters[:5]
    )
    likely("Ada Quill", "A. Quill")
    with django_assert_num_queries(4):
        assert suggested_joins(20)[0].into.name == "Ada Quill"
