"""A case's page: reads and saves without a script, keeps what was typed, shows nobody what is not theirs."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cases import Walk, make_candidate, make_document, make_run, now
from tests.people import make_person
from verification.models import Hat, Judgment, Rating, Review, State
from verification.review import assignment
from verification.review.presets import SCALE

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted().taken()


def page_of(review: Review) -> str:
    return reverse("admin:verification_review_change", args=[review.pk])


def as_person(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def filled(walk: Walk, **fields: Any) -> dict[str, Any]:
    candidate = walk.review.claim.candidates.get()
    values = {
        "revision": now(walk.review).revision,
        "judgment_revision": walk.judgment().revision,
        "rating": Rating.objects.get(scale__name=SCALE, value=1).pk,
        "reasoning": "The record says otherwise [1].",
        "none_supports": "on",
        "sourcing_reason": "The speaker’s own transcript.",
        "pick": [candidate.pk],
        f"stance-{candidate.pk}": "refutes",
        f"role-{candidate.pk}": "said_where",
    }
    return values | fields


def judge(walk: Walk, person: User | None = None, **fields: Any) -> Any:
    url = reverse("admin:case_judge", args=[walk.review.pk])
    return as_person(person or walk.checker).post(url, filled(walk, **fields))


def test_the_page_shows_claim_article_and_what_tests_it(walk: Walk) -> None:
    answer = as_person(walk.checker).get(page_of(walk.review))
    text = answer.content.decode()
    assert walk.review.wording in text
    assert "Remarks by Warden Quillfeather" in text
    assert "T0</b> Verbatim record" in text
    assert "As printed" in text
    assert 'name="pick"' in text


def test_a_draft_is_saved_with_its_evidence_and_shown_again(walk: Walk) -> None:
    judge(walk, save="1")
    judgment = walk.judgment()
    assert judgment.rating is not None
    assert judgment.rating.label == "False"
    piece = judgment.evidence.get()
    assert (piece.stance, piece.role, piece.number) == ("refutes", "said_where", 1)
    assert piece.document.text[piece.start : piece.end] == piece.exact
    text = as_person(walk.checker).get(page_of(walk.review)).content.decode()
    assert "The record says otherwise [1]." in text
    assert now(walk.review).state == State.RESEARCHING


def test_a_submitted_judgment_moves_the_case(walk: Walk) -> None:
    answer = judge(walk, submit="1")
    assert answer.status_code == 302
    assert now(walk.review).state == State.DRAFTING


def test_submitting_twice_does_nothing_twice(walk: Walk) -> None:
    form = filled(walk, submit="1")
    url = reverse("admin:case_judge", args=[walk.review.pk])
    client = as_person(walk.checker)
    client.post(url, form)
    again = client.post(url, form, follow=True)
    assert "nothing was done twice" in again.content.decode()
    events = list(now(walk.review).events.order_by("seq").values_list("verb", flat=True))
    assert events.count("propose") == 1


def test_a_shut_gate_saves_and_says_what_is_missing(walk: Walk) -> None:
    url, browser = reverse("admin:case_judge", args=[walk.review.pk]), as_person(walk.checker)
    answer = browser.post(url, filled(walk, submit="1", reasoning="It is wrong."))
    assert answer["Location"] == page_of(walk.review) + "#reasoning"
    page = browser.get(answer["Location"]).content.decode()
    assert "Saved, not submitted. Still missing:" in page
    assert page.count('<a href="#reasoning">Write why, and cite a picked source by its number, as in [1].</a>') == 1
    assert '<a class="ro-under" href="#reasoning">Reasoning that cites a source: Write why' in page
    assert walk.judgment().reasoning == "It is wrong."


def test_each_thing_a_judgment_misses_leads_to_its_field_and_the_first_takes_the_focus(walk: Walk) -> None:
    url, browser = reverse("admin:case_judge", args=[walk.review.pk]), as_person(walk.checker)
    candidate = walk.review.claim.search_runs.get().candidates.get()
    form = {name: filled(walk)[name] for name in ("revision", "judgment_revision")} | {"submit": "1"}
    answer = browser.post(url, form)
    assert answer["Location"].endswith("#rating")
    page = browser.get(answer["Location"]).content.decode()
    for place in ("rating", f"pick-{candidate.pk}", "none-supports", "reasoning"):
        assert f'<a href="#{place}">' in page
        assert f' id="{place}"' in page
    form = {"revision": form["revision"], "judgment_revision": walk.judgment().revision, "pick": candidate.pk}
    page = browser.post(url, form | {"submit": "1"}, follow=True).content.decode()
    assert f'<a href="#stance-{candidate.pk}">' in page
    assert f' id="stance-{candidate.pk}"' in page


def test_whoever_judged_is_told_who_acts_next_and_offered_the_next_case(walk: Walk) -> None:
    url, browser = reverse("admin:case_judge", args=[walk.review.pk]), as_person(walk.checker)
    page = browser.post(url, filled(walk, submit="1"), follow=True).content.decode()
    said = page.split('class="judged success"')[1].split("</ul>")[0]
    assert (
        f"Your judgment is in. Next the text of {walk.review.number} is written, by its checker or an editor." in said
    )
    assert f'action="{reverse("admin:take_next")}"' in said
    assert "autofocus" in said
    assert "Next in my work" not in said
    assert "judged success" not in browser.get(page_of(walk.review)).content.decode()


def test_of_two_windows_the_later_is_shown_both_versions_and_loses_nothing(walk: Walk) -> None:
    first, second = filled(walk, save="1"), filled(walk, save="1", reasoning="Quite another reading [1].")
    url = reverse("admin:case_judge", args=[walk.review.pk])
    client = as_person(walk.checker)
    client.post(url, first)
    answer = client.post(url, second)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "The record says otherwise [1]." in text
    assert text.count("Quite another reading [1].") == 2
    assert walk.judgment().reasoning == "The record says otherwise [1]."
    # What stands in the form now can be saved: that is a decision made knowingly.
    client.post(url, filled(walk, save="1", reasoning="Quite another reading [1]."))
    assert walk.judgment().reasoning == "Quite another reading [1]."


def test_who_lost_the_case_meanwhile_can_copy_what_they_typed(walk: Walk) -> None:
    form = filled(walk, save="1", reasoning="Two hours of work [1].")
    assignment.give_back(walk.review, walk.editor, walk.review.revision, "recall", "Urgent elsewhere.")
    answer = as_person(walk.checker).post(reverse("admin:case_judge", args=[walk.review.pk]), form)
    assert answer.status_code == 409
    assert "Two hours of work [1]." in answer.content.decode()


def test_nobody_judges_a_case_on_somebody_elses_desk(walk: Walk) -> None:
    form = filled(walk, submit="1")
    for person in (walk.second, walk.editor, walk.publisher, walk.intake, make_person("administrator")):
        as_person(person).post(reverse("admin:case_judge", args=[walk.review.pk]), form)
    assert now(walk.review).state == State.RESEARCHING
    assert Judgment.objects.exclude(person=walk.checker).count() == 0


def test_a_person_without_a_role_and_a_stranger_see_no_case(walk: Walk) -> None:
    assert as_person(make_person()).get(page_of(walk.review)).status_code == 403
    answer = Client().get(page_of(walk.review))
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_the_second_checker_sees_nothing_of_the_first_judgment() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed(reasoning="A very telling phrase [1].")
    assignment.take(walk.review, walk.second, verb="take_second")
    text = as_person(walk.second).get(page_of(walk.review)).content.decode()
    assert "A very telling phrase" not in text
    assert "blind" in text
    own = walk.judgment(walk.second, Hat.SECOND)
    assert own.evidence.count() == 0
    assert "A very telling phrase" in as_person(walk.checker).get(page_of(walk.review)).content.decode()


def test_evidence_that_a_later_search_no_longer_finds_stays_picked(walk: Walk) -> None:
    judge(walk, save="1")
    make_candidate(walk.review.claim, make_document("A later search finds only this."))
    text = as_person(walk.checker).get(page_of(walk.review)).content.decode()
    assert text.count('name="pick"') == 2
    candidate = walk.judgment().evidence.get().candidate
    assert candidate is not None
    assert f'value="{candidate.pk}" checked' in text


def test_warnings_of_the_quote_check_are_asked_and_answered(walk: Walk) -> None:
    check = {"class": "altered", "flags": ["negation"], "start": 0, "end": 5, "before": "", "after": ""}
    check |= {"diff": [], "similarity": 0.9}
    walk.review.claim.candidates.update(quote_check=check)
    judge(walk, submit="1")
    assert now(walk.review).state == State.RESEARCHING
    document = walk.review.claim.candidates.get().document_id
    text = as_person(walk.checker).get(page_of(walk.review)).content.decode()
    assert "A negation was added or lost." in text
    judge(walk, None, submit="1", **{f"answer-{document}:negation": "meaning"})
    assert now(walk.review).state == State.DRAFTING


def test_nothing_found_and_not_asked_read_differently(walk: Walk) -> None:
    claim = walk.review.claim
    for outcome in ("EMPTY", "FAILED"):
        make_run(claim, documents=3, outcome=outcome)
    text = as_person(walk.checker).get(page_of(walk.review)).content.decode()
    assert "nothing found." in text
    assert "This is not “nothing found”." in text


def test_an_uploaded_source_is_archived_and_stands_first(walk: Walk) -> None:
    body = b"Harbour ledger of the fourth of May.\n\nForty lamps were bought for the northern mole."
    url = reverse("admin:case_add_source", args=[walk.review.pk])
    client = as_person(walk.checker)
    answer = client.post(url, {"file": SimpleUploadedFile("ledger.txt", body, "text/plain"), "tier": "2"}, follow=True)
    text = answer.content.decode()
    assert "stands first among the sources" in text
    assert "Forty lamps were bought" in text
    run = walk.review.claim.search_runs.latest("pk")
    found = run.candidates.get()
    assert found.document.tier == 2
    assert found.snapshot.origin == "uploaded"
    assert now(walk.review).events.latest("seq").verb == "add_source"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Give an address, or choose a file."),
        ({"url": "http://127.0.0.1/"}, "127.0.0.1"),
        ({"file": SimpleUploadedFile("blank.txt", b" ")}, "text"),
    ],
    ids=["nothing", "a private address", "an empty file"],
)
def test_a_source_that_cannot_be_had_is_told_in_a_sentence(walk: Walk, sent: dict[str, Any], told: str) -> None:
    url = reverse("admin:case_add_source", args=[walk.review.pk])
    answer = as_person(walk.checker).post(url, sent, follow=True)
    assert told in answer.content.decode()
    assert walk.review.claim.search_runs.count() == 1


def test_only_who_has_the_case_adds_sources(walk: Walk) -> None:
    url = reverse("admin:case_add_source", args=[walk.review.pk])
    assert as_person(walk.second).post(url, {}).status_code == 403
    assert as_person(walk.publisher).post(url, {}).status_code == 403


def test_an_archived_copy_is_text_and_the_original_only_a_download(walk: Walk) -> None:
    document = make_document("<script>alert(1)</script> said the record.")
    client = as_person(walk.checker)
    text = client.get(reverse("admin:document_copy", args=[document.pk]) + "?start=0&end=8").content.decode()
    assert "<script>alert" not in text
    assert "<mark" in text
    for query in ("?start=x&end=y", "?start=9&end=2", "?start=99999999&end=999999999", ""):
        assert client.get(reverse("admin:document_copy", args=[document.pk]) + query).status_code == 200


def test_hostile_words_are_only_words(walk: Walk) -> None:
    hostile = '"><img src=x onerror=alert(1)>'
    judge(walk, save="1", reasoning=hostile)
    text = as_person(walk.checker).get(page_of(walk.review)).content.decode()
    assert hostile not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    for field in ("pick", "rating", "revision", "judgment_revision", "number-1", "stance-9", "answer-x"):
        assert judge(walk, None, save="1", **{field: "9" * 30}).status_code in {302, 409}
        assert judge(walk, None, save="1", **{field: "²'\x00"}).status_code in {302, 409}


def test_passages_that_only_share_words_lie_folded_up_behind_the_last_that_tells(walk: Walk) -> None:
    run = make_run(walk.review.claim)
    for rank in range(1, 9):
        make_candidate(walk.review.claim, make_document(), run, rank=rank, role="tests_claim" if rank == 6 else "")
    page = as_person(walk.checker).get(page_of(walk.review)).context
    assert [card.candidate.rank for card in page["shown"]] == [1, 2, 3, 4, 5, 6]
    assert [card.candidate.rank for card in page["further"]] == [7, 8]


def test_copies_of_a_text_are_told_beside_the_one_that_stands_for_them(walk: Walk) -> None:
    copy = make_document()
    make_candidate(walk.review.claim, make_document(), make_run(walk.review.claim), also_at=[copy.pk])
    page = as_person(walk.checker).get(page_of(walk.review)).content.decode()
    assert "Also at" in page
    assert reverse("admin:document_copy", args=[copy.pk]) in page


def test_a_case_in_triage_leads_whoever_triages_to_where_it_is_decided() -> None:
    walk = Walk()
    appearance = walk.review.claim.appearances.select_related("article").get()
    way = reverse("admin:triage_article", args=[appearance.article.public]) + f"?claim={walk.review.claim.public}"
    assert way in as_person(walk.intake).get(page_of(walk.review)).content.decode()
    assert "Wording that stands alone" in as_person(walk.intake).get(way).content.decode()
    assert way not in as_person(walk.checker).get(page_of(walk.review)).content.decode()
