"""Letters that are filed and withheld, recordings by their transcript, and the places that readers are led to."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cases import Walk, finding, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, told
from verification.admin.case.timeline import payload_of
from verification.models import Candidate, Document, Role, Stance
from verification.review.judgments import Pick, judgment_of, submit

pytestmark = pytest.mark.django_db
WORDS = "The board of Port Example said ships had called in spring, all of them without paying a penny."
REST = " ".join(
    f"On the {n}th day of the month we counted {n * 7} more of them at the southern berth." for n in range(40)
)
TALK = f"[00:12:29] Ada Mole: Good morning to all of you.\n[00:12:40] Ada Mole: {WORDS}\n"


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted().taken()


@pytest.fixture
def browser(walk: Walk) -> Client:
    return as_person(walk.checker)


def letter(walk: Walk) -> str:
    return reverse("admin:case_file_letter", args=[walk.review.pk])


def recording(walk: Walk) -> str:
    return reverse("admin:case_add_recording", args=[walk.review.pk])


def filed(walk: Walk, browser: Client, **fields: object) -> Document:
    """File a letter, and return its document."""
    typed = {"title": "Letter from the board", "sender": "Ada Mole", "recipient": "the desk", "day": "2026-05-04"}
    answer = browser.post(letter(walk), typed | {"text": f"{WORDS}\n\n{REST}", "tier": "1"} | fields, follow=True)
    assert told(answer) == "“Letter from the board” is archived and stands first among the sources."
    return Document.objects.get(kind="correspondence")


def published(walk: Walk, document: Document) -> str:
    """Judge by a document alone, publish, and return the page that readers see."""
    candidate = Candidate.objects.get(document=document, claim=walk.review.claim)
    picks = [Pick(candidate, Role.TESTS_CLAIM, Stance.REFUTES)]
    duty = walk.review.duties.get(person=walk.checker)
    review = now(walk.review)
    submit(
        review, walk.checker, finding(review, picks=picks), seen=judgment_of(duty).revision, case_seen=review.revision
    )
    walk.review = now(review)
    walk.drafted().approved().published()
    return Client().get(f"/checks/{walk.review.public}/").content.decode()


def test_a_letter_is_archived_withheld_and_logged(walk: Walk, browser: Client) -> None:
    assert "What readers are told it is" in browser.get(letter(walk)).content.decode()
    document = filed(walk, browser)
    assert (document.withheld, document.url, document.published_precision) == (True, None, "day")
    assert document.text.startswith(WORDS)
    assert "Ada Mole" not in document.text
    event = walk.review.events.select_related("payload").get(verb="add_source")
    assert (payload_of(event) or {})["document"] == str(document.public)
    copy = browser.get(reverse("admin:document_copy", args=[document.pk])).content.decode()
    assert "Ada Mole → the desk" in copy
    assert "withheld" in copy


def test_readers_see_the_passage_of_a_letter_and_that_it_is_on_file_and_no_more(walk: Walk, browser: Client) -> None:
    document = filed(walk, browser)
    page = published(walk, document)
    assert "on file at the desk" in page
    assert "Letter from the board" in page
    assert "without paying a penny" in page
    assert "Ada Mole" not in page
    assert "On the 39th day" not in page
    assert f"copies/document/{document.pk}" not in page


def test_a_saved_email_is_filed_under_its_own_names(walk: Walk, browser: Client) -> None:
    body = f"From: Ben Rope <ben@port.example>\r\nSubject: Lamps\r\n\r\n{WORDS}\r\n".encode()
    document = filed(walk, browser, text="", sender="", file=SimpleUploadedFile("lamps.eml", body))
    assert document.stable_id.startswith("Ben Rope <ben@port.example>")
    assert document.snapshot.size == len(body)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"title": ""}, "This field is required."),
        ({"text": ""}, "Paste its text, or choose a file: one of the two."),
        ({"sender": ""}, "Say who wrote it."),
        ({"day": "soon"}, "Write the date as"),
        ({"text": "", "file": SimpleUploadedFile("x.eml", b"\x00\x01")}, "It is no e-mail that can be read"),
    ],
)
def test_what_was_typed_survives_a_refusal(walk: Walk, browser: Client, fields: dict[str, object], why: str) -> None:
    typed: dict[str, object] = {"title": "Letter from the board", "sender": "Ada Mole", "text": WORDS, "tier": "2"}
    answer = browser.post(letter(walk), typed | fields)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert why in page
    assert (WORDS in page) == ("text" not in fields)
    assert '<option value="2" selected>' in page
    assert not Document.objects.filter(kind="correspondence").exists()


def test_a_recording_leads_readers_to_its_second(walk: Walk, browser: Client) -> None:
    fields = {"title": "Briefing", "url": "https://port.example/briefing", "text": TALK, "tier": "0"}
    answer = browser.post(recording(walk), fields, follow=True)
    assert "“Briefing” is archived" in told(answer)
    document = Document.objects.get(kind="recording")
    Candidate.objects.filter(document=document).update(
        exact=WORDS, start=document.text.index(WORDS), end=document.text.index(WORDS) + len(WORDS)
    )
    case = browser.get(reverse("admin:verification_review_change", args=[walk.review.pk])).content.decode()
    assert 'href="https://port.example/briefing#t=760"' in case
    assert "at 00:12:40" in case
    page = published(walk, document)
    assert 'href="https://port.example/briefing#t=760"' in page
    assert "at 00:12:40" in page
    verdict = walk.review.verdicts.get()
    assert verdict.evidence.get().place == {"from": 760.0, "to": 760.0}


def test_a_transcript_without_times_or_without_its_address_is_told_and_kept(walk: Walk, browser: Client) -> None:
    fields = {"title": "Briefing", "url": "https://port.example/briefing", "text": WORDS, "tier": "0"}
    page = browser.post(recording(walk), fields).content.decode()
    assert "It has no times" in page
    assert WORDS in page
    page = browser.post(recording(walk), fields | {"url": "javascript:alert(1)", "text": TALK}).content.decode()
    assert "Only http and https addresses" in page
    assert not Document.objects.filter(kind="recording").exists()


def test_the_same_letter_sent_twice_is_one_document(walk: Walk, browser: Client) -> None:
    filed(walk, browser)
    filed(walk, browser)
    assert Document.objects.filter(kind="correspondence").count() == 1


def test_whoever_does_not_have_the_case_files_nothing(walk: Walk) -> None:
    other = as_person(make_person("checker"))
    assert other.get(letter(walk)).status_code == 403
    assert other.post(recording(walk), {}).status_code == 403
