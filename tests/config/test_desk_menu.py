"""The desk's own menu: what one may open, and what is open on it."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Submission
from tests.verification.admin.full_desk import FullDesk
from verification.models import Review

pytestmark = pytest.mark.django_db

HOME = reverse("admin:index")


def test_the_menu_holds_what_one_may_open_with_its_counts(client: Client) -> None:
    desk = FullDesk()
    desk.every_state()
    open_cases = Review.objects.filter(state__in=["queued", "researching", "awaiting_source", "awaiting_reply"]).count()
    open_cases += 6  # proposed, second check, adjudication, drafting, sign-off, approved
    everybody = [("Queue", open_cases), ("Second checks", 1), ("Adjudication", 1), ("Sign-off", 1), ("Published", 1)]
    triage, earlier, held = [("Triage", 2)], [("Earlier checks", None)], [("Suggestions", None)]
    weights, configured = [("What is worth checking", None)], [("Settings", None)]
    said = [("Speakers", None)]
    insight, people = [("Sources", 0), ("Insight", None)], [("People", None)]
    expected = {
        desk.intake: [("Home", None), ("Hand in", None), *triage, *everybody, *said],
        desk.checker: [("Home", None), ("Hand in", None), *everybody, *earlier, *said, *held],
        desk.editor: [
            ("Home", None),
            ("Hand in", None),
            *triage,
            *everybody,
            ("Reports", 0),
            *earlier,
            *said,
            *insight,
            *people,
            *held,
            *weights,
            *configured,
        ],
        desk.publisher: [("Home", None), *everybody],
        desk.auditor: [("Home", None), *everybody, *earlier, *said, *insight, *held, *configured],
    }
    opened = set()
    for person, entries in expected.items():
        client.force_login(person)
        shown = client.get(HOME).context["desk_menu"]
        assert [(entry.label, entry.count) for entry in shown] == entries
        assert [entry.label for entry in shown if entry.is_current] == ["Home"]
        for entry in shown:
            if entry.url not in opened:
                opened.add(entry.url)
                assert client.get(entry.url).status_code == 200, entry


def test_the_menu_marks_the_page_one_is_on(client: Client) -> None:
    desk = FullDesk()
    review = desk.opened()
    client.force_login(desk.editor)
    queue = reverse("admin:verification_review_changelist")
    article = review.claim.appearances.get().article
    handed_in = Submission.objects.create(person=desk.editor, article=article)
    places = {
        queue: "Queue",
        f"{queue}?state=sign_off": "Sign-off",
        f"{queue}?kind=quotation": "Queue",
        reverse("admin:triage"): "Triage",
        reverse("admin:triage_article", args=[article.public]): "Triage",
        reverse("admin:plan", args=[review.pk]): "Queue",
        f"{HOME}?x=1": "Home",
        reverse("admin:claims_submission_change", args=[handed_in.pk]): "Hand in",
        reverse("admin:intake_many"): "Hand in",
    }
    for address, label in places.items():
        shown = client.get(address).context["desk_menu"]
        assert [entry.label for entry in shown if entry.is_current] == [label], address
