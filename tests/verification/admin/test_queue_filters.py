"""The queue narrowed down: tabs, counts by state, filters and the search."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims.models import Outlet, Speaker
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.queue_pages import QUEUE, listed, row_of
from verification.models import Review, State

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def test_every_state_can_be_reached(client: Client) -> None:
    desk = FullDesk()
    cases = desk.every_state()
    assert set(cases) == set(State.values)
    for state, review in cases.items():
        found = listed(client, desk.auditor, state=state, q=review.number)
        assert found == [review]
    assert len(listed(client, desk.auditor, state="any")) == Review.objects.count()


def test_the_counts_are_right_and_lead_to_what_they_count(client: Client) -> None:
    desk = FullDesk()
    desk.every_state()
    client.force_login(desk.checker)
    context = client.get(QUEUE).context
    places = [*context["tabs"], *context["flow"]]
    assert len(places) > 12
    for place in places:
        shown = client.get(QUEUE + place.query).context["cl"]
        assert shown.result_count == place.count, place
    for spec in client.get(QUEUE).context["cl"].filter_specs:
        for choice in spec.choices(context["cl"]):
            assert client.get(QUEUE + choice["query_string"]).context["cl"].result_count == choice["count"], choice


def test_filters_in_force_count_beside_each_other(client: Client) -> None:
    desk = FullDesk()
    desk.every_state()
    client.force_login(desk.checker)
    shown = client.get(QUEUE, {"kind": "quantity", "checker": "none", "q": "the"}).context["cl"]
    assert 0 < shown.result_count < Review.objects.count()
    for spec in shown.filter_specs:
        for choice in spec.choices(shown):
            assert client.get(QUEUE + choice["query_string"]).context["cl"].result_count == choice["count"], choice


def test_a_value_no_filter_knows_leads_back_to_the_whole_queue(client: Client) -> None:
    client.force_login(make_person("checker"))
    for query in ("state=nonsense", "outlet=0", "outlet=x", "due=%00", "kind=", "state__in=triage", "p=99"):
        answer = client.get(f"{QUEUE}?{query}", follow=True)
        assert answer.status_code in {200, 400}, query


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("forty lamps", ["lamps"]),
        ("LAMPS", ["lamps"]),
        ('"forty lamps"', ["lamps"]),
        ("lamps forty quillfeather", ["lamps"]),
        ("mole post", ["lamps"]),
        ("wire", ["dues"]),
        ("no such words", []),
        ("'", []),
    ],
)
def test_the_search_looks_at_wording_speaker_and_outlet(client: Client, words: str, found: list[str]) -> None:
    desk, cases = FullDesk(), {}
    for name, text, outlet in (("lamps", "Forty lamps were lit", "The Mole Post"), ("dues", "Dues fell", "Port Wire")):
        cases[name] = desk.queued(text)
        article = cases[name].claim.appearances.get().article
        article.outlet = Outlet.objects.get_or_create(name=outlet)[0]
        article.save()
    Speaker.objects.filter(claims=cases["lamps"].claim).update(name="Ada Quillfeather of the Mole")
    cases["dues"].claim.speaker = None
    cases["dues"].claim.save()
    assert listed(client, desk.checker, q=words) == [cases[name] for name in found]


def test_a_search_finds_a_case_by_its_number_whatever_its_state(client: Client) -> None:
    desk = FullDesk()
    review = desk.opened()
    for words in (review.number, review.number.lower(), f"r{review.pk}"):
        assert listed(client, desk.checker, q=words) == [review]
    assert listed(client, desk.checker, q=review.number, state="open") == []
    assert listed(client, desk.checker, q="R-999999999999999") == []


def test_what_is_published_is_never_late(client: Client) -> None:
    desk = FullDesk()
    walk = desk.walk(desk.other, deadline=timezone.now() - timedelta(days=2))
    walk.proposed().drafted().approved().published()
    assert "late" not in row_of(client, desk.checker, walk.review, state="published")
    assert listed(client, desk.checker, due="late", state="any") == []


def test_today_is_the_desks_day_not_that_of_utc(client: Client, settings: Settings) -> None:
    settings.TIME_ZONE = "Pacific/Auckland"
    timezone.deactivate()
    desk, here = FullDesk(), timezone.localtime()
    begin = here.replace(hour=0, minute=0, second=0, microsecond=0)
    first, last = desk.queued("Lamps", deadline=begin), desk.queued("Dues", deadline=begin + timedelta(hours=22))
    desk.queued("Yesterday", deadline=begin - timedelta(minutes=1))
    desk.queued("Tomorrow", deadline=begin + timedelta(hours=26))
    assert set(listed(client, desk.checker, due="today")) == {first, last}
    assert "today 00:00" in row_of(client, desk.checker, first)


def test_mine_is_what_lies_on_ones_desk_and_what_one_has_to_write(client: Client) -> None:
    desk = FullDesk()
    cases = desk.every_state()
    expected = {cases["researching"], cases["awaiting_source"], cases["drafting"]}
    assert set(listed(client, desk.checker, checker="me")) == expected
    nobody = {cases["queued"], cases["second_check"]} | set(Review.objects.filter(state=State.QUEUED))
    assert set(listed(client, desk.checker, checker="none")) == nobody
