"""Whoever may not do it can send what they like to every page, to the bulk actions and to the admin's own forms."""

import re
from collections.abc import Iterator
from itertools import product
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.cases import now
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.opening import as_person
from verification.admin.review import PAGES
from verification.models import (
    Challenge,
    Draft,
    Duty,
    EventPayload,
    Evidence,
    Hat,
    Judgment,
    LogStep,
    Part,
    Publication,
    ReplyRequest,
    Review,
    ReviewEvent,
    Seal,
    SearchEvidence,
    State,
    Turn,
    Verdict,
    VerdictEvidence,
    VerdictSearch,
)
from verification.review.states import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.long]

OF_A_CASE: tuple[type[models.Model], ...] = (
    *(Review, ReviewEvent, EventPayload, Duty, Turn, Judgment, Evidence, SearchEvidence, Draft, Verdict),
    *(VerdictEvidence, VerdictSearch, Publication, Part, ReplyRequest, Challenge, LogStep, Seal),
)
STATES = ("queued", "researching", "second_check", "sign_off", "published")
PLACE = re.compile(r"<(\w+):(\w+)>")


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every case."""
    return {model.__name__: list(model._default_manager.order_by("pk").values_list()) for model in OF_A_CASE}


def addresses(review: Review) -> Iterator[str]:
    """Yield the address of each page of the desk, filled in with a case and, where it names one, with every verb."""
    for route, _view, _name in (each for routes in PAGES for each in routes):
        values: list[list[object]] = []
        for kind, name in PLACE.findall(route):
            by_kind: dict[str, list[object]] = {"int": [review.pk], "uuid": [review.public, uuid4()], "slug": ["x"]}
            values.append([*TABLE] if name == "verb" else by_kind.get(kind, ["x"]))
        for filled in product(*values):
            yield reverse("admin:verification_review_changelist") + PLACE.sub("{}", route).format(*filled)


def form(review: Review, desk: FullDesk) -> dict[str, object]:
    """Return what the forms of a case ask for, of all of them together."""
    return {
        "revision": review.revision,
        "case_revision": review.revision,
        "reason": "It has to be so.",
        "to": desk.other.pk,
        "person": desk.other.pk,
        "hat": Hat.APPROVER,
        "note": "Please.",
        "wording": "Another wording.",
        "headline": "Another headline",
        "explanation": "Another text [1].",
        "reasoning": "Because the record says so [1].",
        "rating": 1,
        "verdict": "accept",
        "change": "correction",
        "change_note": "Another look.",
        "hours": 2,
        "asked": "Harbour board",
        "channel": "e-mail",
        "question": "How many?",
        "text": "A doubt.",
        "origin": "colleague",
        "priority": 90,
        "second_check": "no",
        "as_of": "2026-01-01",
    }


def sends_everything(person: User, review: Review, desk: FullDesk) -> None:
    browser = as_person(person)
    for address in addresses(review):
        browser.post(address, form(now(review), desk))


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_has_no_part_in_cases_changes_nothing_of_them_whatever_they_send(role: str) -> None:
    desk = FullDesk()
    cases = desk.every_state()
    person = make_person(role)
    before = everything()
    for state in STATES:
        sends_everything(person, cases[state], desk)
    assert everything() == before


def test_the_same_forms_of_an_editor_do_change_the_case() -> None:
    desk = FullDesk()
    review = desk.queued()
    before = everything()
    sends_everything(desk.editor, review, desk)
    assert everything() != before
    assert now(review).state != State.QUEUED


def admin_addresses(model: type[models.Model], pk: object) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the stock admin's ways to write a model's rows."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    row = model._default_manager.filter(pk=pk).values().first() or {}
    yield reverse(f"{name}_add"), row
    for act in ("change", "delete"):
        yield reverse(f"{name}_{act}", args=[pk]), {**row, "post": "yes", "state": "published", "wording": "Other"}
    yield reverse(f"{name}_changelist"), {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}


def test_the_admins_own_forms_write_no_row_of_a_case_not_even_for_a_superuser() -> None:
    FullDesk().every_state()
    chief = make_person("administrator", "editor")
    chief.is_superuser = True
    chief.save()
    browser, before, tried = as_person(chief), everything(), 0
    for model in OF_A_CASE:
        first = model._default_manager.order_by("pk").first()
        try:
            found = list(admin_addresses(model, first.pk if first else 1))
        except NoReverseMatch:  # it is not in the admin at all
            assert not admin.site.is_registered(model)
            continue
        for address, sent in found:
            browser.post(address, {key: value for key, value in sent.items() if value is not None})
            tried += 1
    assert tried > 4
    assert everything() == before


def bulk(person: User, to: User, *cases: Review) -> None:
    sent = {"action": "assign_to", "index": "0", "to": to.pk, "_selected_action": [case.pk for case in cases]}
    browser: Client = as_person(person)
    browser.post(reverse("admin:verification_review_changelist"), sent)


def test_the_queues_bulk_action_writes_what_a_single_assignment_would_and_for_editors_only() -> None:
    desk = FullDesk()
    free, own, busy = desk.queued(), desk.queued(), desk.walk().review
    Duty.objects.create(review=own, cycle=1, person=desk.other, hat=Hat.SUBMITTER)
    before = everything()
    for person in (desk.checker, desk.auditor, desk.intake, desk.publisher, desk.administrator):
        bulk(person, desk.other, free, own, busy)
    bulk(desk.editor, desk.auditor, free, own, busy)
    assert everything() == before
    bulk(desk.editor, desk.other, free, own, busy)
    assert [now(case).state for case in (free, own)] == [State.RESEARCHING, State.QUEUED]
    assert set(Turn.objects.values_list("review", "duty__person")) == {
        (free.pk, desk.other.pk),
        (busy.pk, desk.checker.pk),
    }
