"""The pages from a judgment to its correction, inspected as whoever works on them sees them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cases import Walk, finding, make_candidate, make_document, now
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from verification.matching.quotes import check_quote
from verification.matching.stored_checks import quote_check_json
from verification.models import Hat, Role, Stance, State
from verification.review import assignment, drafting, judgments, triage
from verification.review.judgments import Pick
from verification.review.questions import questions_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

RECORD = "WARDEN QUILLFEATHER: We bought forty lamps for the northern mole, and no captain will pay a penny for them."
PRINTED = "We bought forty lamps for the northern mole, and every captain will pay a penny for them"
LONG = (
    "The transcript of the remarks has “no captain”, where the article prints “every captain” [1].\n\n"
    "The harbour board’s own record of the day gives the sentence in the same words [2]. Nothing else differs."
)


def two_sources(walk: Walk) -> list[Pick]:
    """Give a case two sources, one of which has other words than were printed."""
    day = timezone.now() - timedelta(days=3)
    dated = {"published": day, "published_precision": "minute", "published_offset": -300}
    remarks = make_document(RECORD, **dated)
    record = make_document("No captain pays for the lamps of the northern mole.", title="Harbour record", tier=1)
    claim = walk.review.claim
    check = quote_check_json(check_quote(PRINTED, RECORD))
    first = make_candidate(claim, remarks, quote_check=check)
    second = make_candidate(claim, record)
    return [Pick(first, Role.SAID_WHERE, Stance.REFUTES, "Heard twice."), Pick(second, Role.TESTS_CLAIM, Stance.MIXED)]


def judged(walk: Walk) -> Walk:
    """Walk a case to its text."""
    picks = two_sources(walk)
    return walk.accepted().taken().proposed(picks=picks, answers=answered(picks, "meaning"), reasoning=LONG)


def answered(picks: list[Pick], answer: str) -> dict[str, str]:
    """Answer every question that the evidence asks."""
    found = [pick.candidate for pick in picks]
    pieces = [(1, str(each.document_id), each.quote_check, each.figure_checks) for each in found]
    return {question.key: answer for question in questions_of(pieces)}


def open_on(page: Page, site: LiveServer, name: str, walk: Walk) -> None:
    page.goto(f"{site.url}{reverse(f'admin:{name}', args=[walk.review.pk])}")


def test_two_judgments_are_decided_on_a_page_that_holds(live_server: LiveServer, page_of: PageOf) -> None:
    walk = Walk(second_check=True)
    judged(walk)
    first = walk.judgment()
    picks = [Pick(piece.candidate, piece.role, Stance.MIXED) for piece in first.evidence.all() if piece.candidate]
    assignment.take(walk.review, walk.second, verb="take_second")
    walk.review = now(walk.review)
    answers = answered(picks, "harmless")
    judgments.submit(
        walk.review,
        walk.second,
        finding(walk.review, 3, picks=picks, answers=answers, reasoning="It was heard otherwise [1]."),
        seen=walk.judgment(walk.second, Hat.SECOND).revision,
        case_seen=walk.review.revision,
    )
    page = page_of(walk.editor)
    open_on(page, live_server, "case_adjudicate", walk)
    inspect(page, "adjudicate")
    rating = {key: page.get_by_label(label) for key, label in (("a", "False"), ("b", "Missing context"))}
    for key in ("a", "b"):
        page.keyboard.press(key)
        expect(rating[key]).to_be_checked()
    page.keyboard.press("o")
    expect(page.get_by_role("group", name="Rating").locator("input:focus")).not_to_be_checked()
    expect(rating["b"]).to_be_checked()
    page.keyboard.press("2")
    expect(page).to_have_url(re.compile("/copies/document/"))
    page.go_back()
    page.keyboard.press("r")
    page.keyboard.type("a o: the record’s words decide.")
    page.get_by_label("Misleading").check()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Decided. The text comes next.")).to_be_visible()


def test_a_text_is_written_signed_off_published_and_corrected_on_pages_that_hold(
    live_server: LiveServer, page_of: PageOf
) -> None:
    walk = judged(Walk())
    writer, editor, publisher = page_of(walk.checker), page_of(walk.editor), page_of(walk.publisher)
    open_on(writer, live_server, "case_draft", walk)
    inspect(writer, "draft")
    writer.get_by_label("Headline").fill("No: the transcript has “no captain”")
    other = make_person("editor", name="Egon Pier")
    draft = drafting.draft_of(walk.review, other)
    drafting.write(
        walk.review, other, draft.revision, headline="No: the record has “no captain”", explanation="It has [1]."
    )
    writer.get_by_role("button", name="Save and send to sign-off").click()
    expect(writer.get_by_text("Egon Pier saved this text meanwhile.")).to_be_visible()
    expect(writer.get_by_label("Headline")).to_have_value("No: the transcript has “no captain”")
    inspect(writer, "draft-conflict")
    writer.get_by_role("button", name="Save and send to sign-off").click()
    expect(writer.get_by_text("Saved and sent to sign-off.")).to_be_visible()

    open_on(editor, live_server, "case_sign_off", walk)
    editor.get_by_text("Return the text …").click()
    inspect(editor, "sign-off-returning")
    editor.get_by_text("Return the text …").click()
    inspect(editor, "sign-off")
    for key in ("f", "v", "w"):
        editor.keyboard.press(key)
    for part in ("Content", "holds to its rules", "Web archive (WACZ)"):
        expect(editor.get_by_text(part).first).to_be_visible()
    inspect(editor, "sign-off-parts")
    editor.get_by_label("Embargo until").fill("2001-01-01T08:00")
    editor.get_by_role("button", name="Approve").click()
    expect(editor.get_by_text("This time has passed")).to_be_visible()
    inspect(editor, "sign-off-refused")
    editor.get_by_label("Embargo until").fill("")
    editor.keyboard.press("Control+Enter")
    expect(editor.get_by_text("Signed off as version 1.")).to_be_visible()

    open_on(publisher, live_server, "case_publish", walk)
    inspect(publisher, "publish")
    publisher.keyboard.press("Control+Enter")
    expect(publisher.get_by_role("button", name="Publish")).to_be_visible()  # nobody has said yet that they read it
    publisher.keyboard.press("c")
    publisher.keyboard.press("Control+Enter")
    expect(publisher.get_by_role("link", name="see it as readers do")).to_be_visible()

    open_on(editor, live_server, "case_correct", walk)
    inspect(editor, "correct")
    editor.get_by_label("Correction").check()
    editor.get_by_role("textbox", name="Reason").fill("The hour was wrong.")
    editor.get_by_role("button", name="Open it again").click()
    expect(editor.get_by_text("is in the queue again, cycle 2")).to_be_visible()

    walk.review = now(walk.review)
    walk.taken()
    found = walk.review.claim.candidates.order_by("pk")[0]  # the case's own, which has no quotation to ask about
    judgments.submit(
        walk.review,
        walk.checker,
        finding(walk.review, 2, picks=[Pick(found, Role.CONTEXT, Stance.MIXED)]),
        seen=walk.judgment().revision,
        case_seen=walk.review.revision,
    )
    walk.review = now(walk.review)
    open_on(writer, live_server, "case_draft", walk)
    inspect(writer, "draft-correction")
    walk.drafted(headline="No: the record has more", change_note="Version 1 gave the wrong hour.")
    open_on(editor, live_server, "case_sign_off", walk)
    inspect(editor, "sign-off-correction")
    editor.get_by_role("button", name="Approve").click()
    expect(editor.get_by_text("Signed off as version 2.")).to_be_visible()
    open_on(publisher, live_server, "case_publish", walk)
    inspect(publisher, "publish-correction")


def test_rewording_and_a_reason_that_was_kept_hold(live_server: LiveServer, page_of: PageOf) -> None:
    walk = Walk().accepted().taken()
    page = page_of(walk.checker)
    open_on(page, live_server, "case_reword", walk)
    inspect(page, "reword")
    page.get_by_label("The claim as it is checked").fill("Forty ships called in spring.")
    triage.reword(walk.review, walk.editor, walk.review.revision, "Fifty ships called in spring.")
    page.get_by_role("button", name="Save the wording").click()
    expect(page.get_by_role("heading", name="Saved meanwhile")).to_be_visible()
    inspect(page, "reword-conflict")
    open_on(page, live_server, "verification_review_change", walk)
    page.get_by_text("Hand back …").click()
    page.get_by_label("Why? One sentence, kept in the log.").first.fill("I am ill.")
    walk.review = now(walk.review)
    triage.plan(walk.review, walk.editor, walk.review.revision, priority=0.9, deadline=None, second_check=False)
    page.get_by_role("button", name="Hand back").click()
    expect(page.get_by_role("textbox", name="Reason")).to_have_value("I am ill.")
    inspect(page, "step-kept")


def test_a_published_verdict_is_corrected_without_a_script(page_of: PageOf, live_server: LiveServer) -> None:
    walk = Walk()
    walk.to_publication()
    page = page_of(walk.editor, java_script_enabled=False)
    page.goto(live_server.url + reverse("admin:verification_review_change", args=[walk.review.pk]))
    page.get_by_role("link", name="Correct …").click()
    page.get_by_label(re.compile("^Correction")).check()
    page.get_by_role("textbox", name="Reason").fill("The day of the remarks was wrong.")
    page.get_by_role("button", name="Open it again").click()
    expect(page.get_by_text("The day of the remarks was wrong.").first).to_be_visible()
    review = now(walk.review)
    assert (review.state, review.cycle, review.change) == (State.QUEUED, 2, "correction")
    assert review.publication == walk.review.publication


def test_a_text_is_signed_off_and_published_without_a_script(page_of: PageOf, live_server: LiveServer) -> None:
    walk = judged(Walk()).drafted()
    editor, publisher = (page_of(person, java_script_enabled=False) for person in (walk.editor, walk.publisher))
    open_on(editor, live_server, "case_sign_off", walk)
    for part in ("Feed entry", "ClaimReview", "Web archive"):
        editor.locator("summary").filter(has_text=part).click()
    for seen in ("as a feed reader shows it", "reviewRating.alternateName", "sha256"):
        expect(editor.locator("details[open]").get_by_text(seen).first).to_be_visible()
    editor.get_by_role("button", name="Approve").click()
    expect(editor.get_by_text("Signed off as version 1.")).to_be_visible()
    open_on(publisher, live_server, "case_publish", walk)
    publisher.get_by_label("I have read it").check()
    publisher.get_by_role("button", name="Publish").click()
    expect(publisher.get_by_role("link", name="see it as readers do")).to_be_visible()
