"""The speakers of the desk: listed, described, joined, kept apart and parted, by those who may."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims.models import Speaker, SpeakerJoin
from claims.speakers import join
from tests.factories import make_article, make_claim
from tests.people import make_person
from tests.verification.admin.opening import as_person, told
from verification.review.triage import open_cases

pytestmark = pytest.mark.django_db
LIST = reverse("admin:speakers")


@pytest.fixture
def editor() -> User:
    return make_person("editor")


def row(name: str) -> Speaker:
    return Speaker.objects.get_or_create(name=name)[0]


def page_of(speaker: Speaker) -> str:
    return reverse("admin:speaker", args=[speaker.pk])


def text(person: User, address: str) -> str:
    answer = as_person(person).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def pair() -> dict[str, object]:
    return {"speaker": row("A. Quill").pk, "into": row("Ada Quill").pk}


def test_a_suggested_pair_is_joined_with_its_reason_and_folded_into_one_line(editor: User) -> None:
    pair()
    assert "an initial that fits" in text(editor, LIST)
    answer = as_person(editor).post(LIST, pair() | {"do": "join", "reason": "an initial that fits"})
    assert "“A. Quill” is joined to “Ada Quill”" in told(answer)
    assert SpeakerJoin.objects.get().reason == "an initial that fits"
    page = text(editor, LIST)
    assert "1 person or body" in page
    assert "A. Quill" in page
    assert "One speaker, or two?" not in page


def test_a_pair_that_is_not_the_same_is_not_asked_again(editor: User) -> None:
    for _ in range(2):
        as_person(editor).post(LIST, pair() | {"do": "apart"})
    assert SpeakerJoin.objects.count() == 1
    assert "One speaker, or two?" not in text(editor, LIST)
    assert "“A. Quill” and “Ada Quill” are two" in text(editor, page_of(row("Ada Quill")))


def test_a_speaker_is_searched_by_any_name_it_goes_by(editor: User) -> None:
    join(row("A. Quill"), row("Ada Mole"), editor)
    row("Peter Lowell")
    page = text(editor, f"{LIST}?q=quill")
    assert "Ada Mole" in page
    assert "Peter Lowell" not in page
    assert "No speaker goes by these words" in text(editor, f"{LIST}?q=nobody")


def test_a_speaker_is_described_and_who_changed_what_is_told(editor: User) -> None:
    board, browser = row("Harbour Board"), as_person(editor)
    seen = browser.get(page_of(board)).context["stored"].seen
    said = {
        "kind": "organisation",
        "role": "port authority",
        "aliases": "The Board\r\nHBPE",
        "same_as": "",
        "seen": seen,
    }
    answer = browser.post(page_of(board), said | {"do": "describe"})
    assert answer["Location"] == page_of(board)
    board.refresh_from_db()
    assert (board.kind, board.role, board.aliases) == ("organisation", "port authority", ["The Board", "HBPE"])
    assert "Who changed what" in text(editor, page_of(board))
    late = browser.post(page_of(board), said | {"do": "describe", "role": "watchdog"})
    assert late.status_code == 400
    page = late.content.decode()
    assert "Somebody changed “Harbour Board” meanwhile" in page
    assert "Stored now" in page
    assert 'value="watchdog"' in page


def test_what_is_refused_stays_as_it_was_typed(editor: User) -> None:
    board = row("Harbour Board")
    row("Port Office")
    seen = as_person(editor).get(page_of(board)).context["stored"].seen
    said = {"kind": "", "role": "port authority", "aliases": "Port Office", "same_as": "", "seen": seen}
    answer = as_person(editor).post(page_of(board), said | {"do": "describe"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "“Port Office” is a speaker of its own: join the two." in page
    assert 'value="port authority"' in page
    assert "Stored now" not in page


@pytest.mark.parametrize(("standing", "stands"), [("this", "Harbour Board"), ("other", "Port Office")])
def test_two_are_joined_by_a_search_under_the_name_that_was_chosen(editor: User, standing: str, stands: str) -> None:
    board, office, browser = row("Harbour Board"), row("Port Office"), as_person(editor)
    assert "Port Office" in text(editor, f"{page_of(board)}?sought=office")
    refused = browser.post(page_of(board), {"do": "join", "sought": "office", "reason": "One body."})
    assert refused.status_code == 400
    assert "Choose the speaker" in refused.content.decode()
    assert 'value="One body."' in refused.content.decode()
    said = {"do": "join", "sought": "office", "other": office.pk, "standing": standing, "reason": "One body."}
    assert browser.post(page_of(board), said).status_code == 302
    (joined,) = Speaker.objects.filter(joined_to__isnull=False)
    assert joined.joined_to == row(stands)


def test_what_was_joined_is_parted_from_either_page_once(editor: User) -> None:
    record = join(row("A. Quill"), row("Ada Quill"), editor)
    for name in ("A. Quill", "Ada Quill"):
        answer = as_person(editor).post(page_of(row(name)), {"do": "part", "join": str(record.public)})
        assert "are two again" in told(answer)
    assert not Speaker.objects.filter(joined_to__isnull=False).exists()
    assert "parted:" in text(editor, page_of(row("Ada Quill")))
    other = page_of(row("Peter Lowell"))
    assert as_person(editor).post(other, {"do": "part", "join": str(record.public)}).status_code == 404


def test_claims_said_under_a_joined_name_are_shown_with_it_and_lead_to_their_cases(editor: User) -> None:
    claim = make_claim(make_article("Forty lamps were lit."), speaker=row("A. Quill"))
    open_cases()
    join(row("A. Quill"), row("Ada Quill"), editor)
    page = text(editor, page_of(row("Ada Quill")))
    assert "Forty lamps were lit." in page
    assert reverse("admin:verification_review_change", args=[claim.review.pk]) in page
    assert "1 claim" in page


def test_a_checker_looks_and_an_editor_changes() -> None:
    checker, board = make_person("checker"), row("Harbour Board")
    pair()
    assert "One speaker, or two?" not in text(checker, LIST)
    assert "Save" not in text(checker, page_of(board))
    assert as_person(checker).post(LIST, pair() | {"do": "join"}).status_code == 403
    assert as_person(checker).post(page_of(board), {"do": "describe"}).status_code == 403
    assert as_person(make_person("publisher")).get(LIST).status_code == 403


@pytest.mark.parametrize("said", [{}, {"do": "join"}, {"do": "join", "speaker": "x", "into": "9"}, {"do": "sing"}])
def test_a_form_that_names_nobody_is_answered_with_not_found(editor: User, said: dict[str, str]) -> None:
    assert as_person(editor).post(LIST, said).status_code == 404
    assert as_person(editor).post(page_of(row("Ada Quill")), {"do": "sing"}).status_code == 404


def test_the_pages_ask_fifteen_times_at_most_however_much_there_is(
    editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        for name in (f"Ada Quill{number}", f"A. Quill{number}"):
            make_claim(speaker=row(name))
        make_claim(speaker=row(f"Board {number}"))
        join(row(f"Board {number}"), row("Harbour Board"), editor)
    open_cases()
    browser = as_person(editor)
    for address in (LIST, f"{LIST}?q=board", f"{page_of(row('Harbour Board'))}?sought=quill"):
        browser.get(address)
        with django_assert_max_num_queries(15):
            assert browser.get(address).status_code == 200
