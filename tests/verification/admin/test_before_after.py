"""A correction beside what it replaces: started, written, signed off and published."""

from html import unescape

import pytest

from tests.cases import Walk, make_candidate, make_document, now
from tests.verification.admin.opening import second_version, text_of
from verification.models import Role, Stance
from verification.review import afterwards
from verification.review.judgments import Pick

pytestmark = pytest.mark.django_db


@pytest.fixture
def reopened() -> Walk:
    """Return a published case that is being corrected, with other evidence than it had."""
    walk = Walk()
    walk.to_publication()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour was wrong.")
    walk.review = now(walk.review)
    record = make_candidate(walk.review.claim, make_document("No captain pays.", title="Harbour record"))
    return walk.taken().proposed(value=2, picks=[Pick(record, Role.TESTS_CLAIM, Stance.REFUTES)])


def rows(page: str) -> dict[str, list[str]]:
    """Return the cells of the comparison by the heads of their rows."""
    table = unescape(page).split("Before and after</caption>")[1].split("</table>")[0]
    found: dict[str, list[str]] = {}
    for row in table.split('<tr><th scope="row">')[1:]:
        head, *cells = row.split("<td")
        found[head.split("<")[0].strip()] = cells
    return found


def told_where(page: str) -> str:
    return unescape(page).split("What is told where")[1].split("</dl>")[0]


def test_where_it_is_started_stands_what_is_published_and_what_will_be_told() -> None:
    walk = Walk()
    walk.to_publication()
    page = text_of(walk, "case_correct", walk.editor)
    assert "there is no new version yet" in page
    found = rows(page)
    assert "False" in found["Rating"][0]
    assert "The transcript differs [1]." in found["Explanation"][0]
    assert "Remarks by Warden Quillfeather" in found["Evidence 1"][0]
    for place in ("Page", "Corrections", "RSS, Atom, JSON Feed", "ClaimReview", "Open challenges"):
        assert f"<dt>{place}</dt>" in told_where(page)
    assert "an update the day alone" in told_where(page)


def test_where_it_is_written_the_saved_text_stands_beside_the_one_that_is_out(reopened: Walk) -> None:
    found = rows(text_of(reopened, "case_draft", reopened.checker))
    assert "Unchanged" in found["Claim"][1]
    assert "<del>False</del>" in found["Rating"][0]
    assert "<ins>Misleading</ins>" in found["Rating"][1]
    assert "Remarks by Warden Quillfeather" in found["Evidence removed"][0]
    assert "Harbour record" in found["Evidence added"][1]
    assert "not written yet" in found["What changes, and why"][0]


@pytest.mark.parametrize("name", ["case_sign_off", "case_publish"])
def test_where_it_is_signed_and_published_every_change_is_shown(reopened: Walk, name: str) -> None:
    reopened.drafted(headline="Misleading: the record has more", change_note="Version 1 had the wrong hour.")
    person = reopened.editor
    if name == "case_publish":
        reopened.approved()
        person = reopened.publisher
    page = text_of(reopened, name, person)
    found = rows(page)
    assert "<ins>Misleading:</ins> the record" in found["Headline"][1]
    assert "Unchanged" in found["Explanation"][1]
    assert ("Harbour record" in found["Evidence added"][1], "not cited" in found["Evidence added"][0]) == (True, True)
    assert "Version 1 had the wrong hour." in found["What changes, and why"][0]
    assert "“correction” holds the note" in told_where(page)


def test_the_same_passage_read_otherwise_is_told_as_one() -> None:
    walk = Walk()
    walk.to_publication()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "update", "There is more.")
    walk.review = now(walk.review)
    same = walk.review.claim.candidates.get()
    walk.taken().proposed(value=2, picks=[Pick(same, Role.TESTS_CLAIM, Stance.MIXED)])
    found = rows(text_of(walk, "case_draft", walk.checker))
    assert "Refutes" in found["Evidence read otherwise"][0]
    assert "Mixed" in found["Evidence read otherwise"][1]
    assert not {"Evidence added", "Evidence removed", "Evidence kept"} & set(found)


def test_a_first_version_is_compared_with_nothing() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    assert "Before and after" not in text_of(walk, "case_sign_off", walk.editor)


@pytest.mark.parametrize("name", ["case_sign_off", "case_publish"])
def test_a_withdrawal_tells_that_text_and_evidence_are_shown_no_longer(name: str) -> None:
    walk = Walk()
    walk.to_publication()
    second_version(walk, "void")
    reader = walk.editor
    if name == "case_publish":
        walk.approved()
        reader = walk.publisher
    found = rows(text_of(walk, name, reader))
    assert "no longer shown" in found["Headline"][1]
    assert "no longer shown" in found["Explanation"][1]
    assert "Unchanged" in found["Claim"][1]
    assert "no longer shown; version 1 keeps it" in found["Evidence"][0]
