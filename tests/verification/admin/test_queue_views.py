"""Views of the queue that people keep: saved, shared, renamed and deleted by whoever made them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.queue_pages import QUEUE, listed, page
from verification.admin.queue import views
from verification.models import SavedView
from verification.review.refusals import Unmet

pytestmark = pytest.mark.django_db
KEEP = reverse("admin:queue_keep")


def keep(
    client: Client, person: User, name: str, query: str = "q=lamps&state=any&p=3", **fields: str
) -> tuple[int, str]:
    """Send the form that keeps a view; return the status and what the page, or the queue behind it, says."""
    client.force_login(person)
    answer = client.post(KEEP, {"name": name, "query": query, "columns": "claim,due", **fields}, follow=True)
    return answer.status_code, answer.content.decode()


def tabs(client: Client, person: User) -> dict[str, str]:
    """Return the kept views among somebody's tabs: name and address."""
    client.force_login(person)
    return {tab.label: tab.query for tab in client.get(QUEUE).context["views"]}


def test_a_view_is_a_tab_with_its_whole_state_in_the_address(client: Client) -> None:
    desk = FullDesk()
    lamps = desk.opened("Forty lamps")
    desk.opened("Dues fell")
    status, html = keep(client, desk.checker, "  Lamps ", own_columns="on")
    assert status == 200
    assert "“Lamps” is among the tabs now." in html
    assert tabs(client, desk.checker) == {"Lamps": "?q=lamps&state=any&columns=claim%2Cdue"}
    shown = client.get(QUEUE + tabs(client, desk.checker)["Lamps"]).context
    assert [row.review for row in shown["cl"].rows] == [lamps]
    assert shown["cl"].columns == ["due"]
    assert [tab.is_current for tab in shown["views"]] == [True]
    assert tabs(client, desk.other) == {}


def test_the_same_form_sent_twice_keeps_one_view(client: Client) -> None:
    person = make_person("checker")
    for _time in range(2):
        assert keep(client, person, "Lamps")[0] == 200
    assert SavedView.objects.count() == 1


def test_another_view_of_that_name_is_asked_about_and_what_was_typed_stays(client: Client) -> None:
    person = make_person("checker")
    keep(client, person, "Lamps")
    status, html = keep(client, person, "Lamps", "q=dues")
    assert status == 409
    assert "You keep another view called “Lamps”" in html
    assert 'value="Lamps"' in html
    assert 'value="q=dues"' in html
    assert keep(client, person, "Lamps", "q=dues", replace="on")[0] == 200
    assert SavedView.objects.get().query == "q=dues"


def test_only_editors_share_views_with_the_desk(client: Client) -> None:
    desk = FullDesk()
    status, html = keep(client, desk.checker, "Lamps", shared="on")
    assert status == 409
    assert "Only editors share views" in html
    assert "of the whole desk" not in page(client, desk.checker)
    assert "of the whole desk" in page(client, desk.editor)
    keep(client, desk.editor, "Everybody’s lamps", shared="on")
    assert list(tabs(client, desk.checker)) == ["Everybody’s lamps"]
    desk.editor.is_active = False
    desk.editor.save()
    assert tabs(client, desk.checker) == {}


def test_whoever_made_a_view_renames_and_deletes_it_and_nobody_else(client: Client) -> None:
    desk = FullDesk()
    keep(client, desk.editor, "Lamps", shared="on")
    place = reverse("admin:queue_view", args=[SavedView.objects.get().public])
    client.force_login(desk.second_editor)
    assert client.get(place).status_code == 404
    assert client.post(place, {"do": "delete"}).status_code == 404
    client.force_login(desk.editor)
    assert client.post(place, {"do": "rename", "name": ""}).status_code == 409
    client.post(place, {"do": "rename", "name": "Lights", "shared": "on"})
    assert list(tabs(client, desk.checker)) == ["Lights"]
    client.force_login(desk.editor)
    assert "It goes from everybody’s tabs" in client.get(place).content.decode()
    assert SavedView.objects.count() == 1
    assert "“Lights” is deleted" in client.post(place, {"do": "delete"}, follow=True).content.decode()
    assert client.post(place, {"do": "delete"}).status_code == 404


def test_somebody_keeps_so_many_views_and_no_more() -> None:
    person = make_person("checker")
    for number in range(views.MOST_VIEWS):
        views.keep(person, f"View {number}", "q=lamps")
    with pytest.raises(Unmet, match="delete one"):
        views.keep(person, "One more", "q=lamps")


def test_hostile_names_and_queries_are_shown_not_run(client: Client) -> None:
    person = make_person("checker")
    keep(client, person, "<script>alert(1)</script>", "q=%22%3E%3Cscript%3E&next=//evil.example&state__in=triage")
    html = page(client, person)
    assert "<script>alert" not in html
    assert list(tabs(client, person).values()) == ["?q=%22%3E%3Cscript%3E"]
    assert listed(client, person, q='"><script>') == []
