"""Two rows are one when a person says so, and two again when a person says so."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import permutations
from threading import Barrier

import pytest
from django.db import connection

from claims.models import Speaker, SpeakerJoin
from claims.speakers import SpeakerRefused, everyone_of, join, keep_apart, named, part, standing_for, was_kept_apart
from tests.people import make_person

pytestmark = pytest.mark.django_db


def row(name: str) -> Speaker:
    return Speaker.objects.get_or_create(name=name)[0]


def standings() -> dict[str, str]:
    """Return which row stands for which, of those that were joined, by name."""
    return dict(Speaker.objects.filter(joined_to__isnull=False).values_list("name", "joined_to__name"))


def test_a_join_is_on_record_and_done_once() -> None:
    editor = make_person("editor")
    joined = join(row("A. Quill"), row("Ada Quill"), editor, " the same  byline ")
    assert join(row("A. Quill"), row("Ada Quill"), make_person("editor")) == joined
    assert (joined.by, joined.reason, SpeakerJoin.objects.count()) == (editor, "the same byline", 1)
    assert standing_for(row("A. Quill")) == row("Ada Quill")
    assert [each.name for each in everyone_of(row("A. Quill"))] == ["Ada Quill", "A. Quill"]


def test_parting_is_on_record_and_done_once() -> None:
    first, second = make_person("editor"), make_person("editor")
    joined = join(row("A. Quill"), row("Ada Quill"), first)
    part(joined, second)
    assert part(joined, first).undone_by == second
    assert standings() == {}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_is_parted_in_whatever_order_the_rest_stays_as_it_was_said(order: tuple[int, int, int]) -> None:
    editor = make_person("editor")
    said = [("QUILL", "A. Quill"), ("A. Quill", "Ada Quill"), ("Ada Quill", "Dr. Ada Quill")]
    joins = [join(row(one), row(other), editor) for one, other in said]
    assert standings() == dict.fromkeys(["QUILL", "A. Quill", "Ada Quill"], "Dr. Ada Quill")
    for place in order:
        part(joins[place], editor)
        said[place] = ("", "")
        holding = {one: other for one, other in said if one}
        ends = {}
        for one, other in holding.items():
            while other in holding:
                other = holding[other]
            ends[one] = other
        assert standings() == ends


def test_who_is_joined_to_a_row_that_was_joined_stands_under_the_same_row() -> None:
    editor = make_person("editor")
    over = join(row("A. Quill"), row("Ada Quill"), editor)
    join(row("QUILL"), row("A. Quill"), editor)
    assert standings()["QUILL"] == "Ada Quill"
    part(over, editor)
    assert standings() == {"QUILL": "A. Quill"}


def test_a_second_join_says_what_holds_already() -> None:
    editor = make_person("editor")
    join(row("A. Quill"), row("Ada Quill"), editor)
    with pytest.raises(SpeakerRefused, match=r"is joined to “Ada Quill” already: part them first"):
        join(row("A. Quill"), row("Anna Quill"), editor)
    with pytest.raises(SpeakerRefused, match=r"“Ada Quill” stands for “A. Quill” already"):
        join(row("Ada Quill"), row("A. Quill"), editor)
    with pytest.raises(SpeakerRefused, match="is one speaker already"):
        join(row("Ada Quill"), row("Ada Quill"), editor)
    assert SpeakerJoin.objects.count() == 1


def test_two_kept_apart_are_on_record_once_and_may_be_joined_later() -> None:
    editor = make_person("editor")
    kept = keep_apart(row("A. Quill"), row("Ada Quill"), editor, "father and daughter")
    assert keep_apart(row("Ada Quill"), row("A. Quill"), editor) == kept
    assert was_kept_apart(kept)
    assert standings() == {}
    joined = join(row("A. Quill"), row("Ada Quill"), editor)
    with pytest.raises(SpeakerRefused, match="are one speaker: part them"):
        keep_apart(row("A. Quill"), row("Ada Quill"), editor)
    assert not was_kept_apart(part(joined, editor))


def test_a_speaker_is_found_by_every_name_that_it_goes_by() -> None:
    join(row("A. Quill"), row("Ada Mole"), make_person("editor"))
    Speaker.objects.filter(name="Ada Mole").update(aliases=["the Warden"])
    for words in ("quill", "mole", "WARDEN"):
        assert {each.name for each in named(words)} == {"A. Quill", "Ada Mole"}
    assert not named("Harbour").exists()


@pytest.mark.django_db(transaction=True)
def test_joins_in_opposite_directions_at_once_leave_one_that_stands() -> None:
    editor = make_person("editor")
    names = ["A. Quill", "Ada Quill", "QUILL", "Dr. Quill"]
    rows = [row(name) for name in names]
    pairs = list(permutations(rows, 2))
    barrier = Barrier(len(pairs))

    def one(act: partial[SpeakerJoin]) -> bool:
        try:
            barrier.wait(10)
            act()
        except SpeakerRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(pairs)) as pool:
        done = sum(pool.map(one, [partial(join, first, second, editor) for first, second in pairs]))
    assert done == len(rows) - 1
    assert Speaker.objects.filter(joined_to__isnull=True).count() == 1
    for joined in SpeakerJoin.objects.order_by("?"):
        part(joined, editor)
    assert standings() == {}
