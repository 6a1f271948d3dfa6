"""The queue's search, asked of a desk: each word finds the cases it means, and a word that means nothing is told."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Claim, Outlet, Speaker
from tests.cases import Walk, make_candidate, make_document, make_run, now
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.queue_pages import QUEUE, listed, page
from tests.verification.admin.test_deciding_pages import differing
from verification.models import Desk, Review, Source, State, Topic
from verification.review import afterwards, assignment

pytestmark = pytest.mark.django_db


def checked(review: Review, quote_class: str, *flags: str) -> None:
    """Let the newest search of a case's claim end with this quote check, of its second passage."""
    run = make_run(review.claim)
    make_candidate(review.claim, run=run, quote_check=None, rank=1)
    make_candidate(review.claim, run=run, quote_check={"class": quote_class, "flags": list(flags)}, rank=2)


def test_each_word_finds_what_it_names_and_its_opposite_all_the_rest(client: Client) -> None:
    desk, soon = FullDesk(), timezone.now() + timedelta(hours=30)
    one, two = desk.queued("Forty lamps", priority=0.82, deadline=soon), desk.queued("Dues fell", priority=0.7)
    article = one.claim.appearances.get().article
    article.outlet = Outlet.objects.create(name="The Sarn Post")
    article.save()
    Claim.objects.filter(pk=one.claim_id).update(
        kind=Claim.Kind.EVENT, speaker=Speaker.objects.create(name="Elin Marsh")
    )
    one.topics.add(Topic.objects.create(name="Harbour lights"))
    make_candidate(one.claim, make_document(source=Source.objects.create(name="Register", speaks_for="Port Karsland")))
    checked(one, "altered", "stitched")
    checked(two, "exact")
    words = [
        "speaker:marsh",
        'speaker:"elin marsh"',
        'outlet:"sarn post"',
        "source:karsland",
        "topic:lights",
        "kind:event",
    ]
    words += ["quote:altered", "quote:stitched", "due:<2d", "-due:none", "priority:>81", "priority:82"]
    for word in [*words, f"{one.number}", "lamps"]:
        opposite = word[1:] if word[0] == "-" else f"-{word}"
        assert listed(client, desk.checker, q=word) == [one], word
        assert listed(client, desk.checker, q=opposite) == [two], opposite
    assert listed(client, desk.checker, q="due:>2d") == []
    assert listed(client, desk.checker, q="quote:none") == []
    assert set(listed(client, desk.checker, q="cycle:1 -cycle:>1")) == {one, two}
    assert listed(client, desk.checker, q="cycle:>=2") == []


def test_a_priority_is_compared_as_it_is_shown(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued(priority=0.704)
    Review.objects.filter(pk=review.pk).update(priority=0.704)
    assert listed(client, desk.checker, q="priority:>70") == []
    assert listed(client, desk.checker, q="priority:>=70") == [review]
    assert listed(client, desk.checker, q="priority:<70") == []
    assert listed(client, desk.checker, q="priority:<=70") == [review]


def test_the_newest_search_decides_which_quote_check_is_the_best(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    checked(review, "altered")
    checked(review, "spelling", "truncated")
    assert listed(client, desk.checker, q="quote:altered") == []
    assert listed(client, desk.checker, q="quote:spelling quote:truncated") == [review]
    make_run(review.claim, outcome="EMPTY")
    assert listed(client, desk.checker, q="quote:none") == [review]


def test_a_checker_is_found_by_name_and_a_blind_second_one_finds_no_first(client: Client) -> None:
    desk = FullDesk()
    walk = desk.walk(second_check=True)
    assert listed(client, desk.editor, q='checker:"cato lamp"') == [walk.review]
    assert listed(client, desk.checker, q="checker:me") == [walk.review]
    assert listed(client, desk.other, q="checker:me") == []
    review = walk.proposed().review
    assignment.take(review, desk.other, review.revision, "take_second")
    assert listed(client, desk.other, q="checker:cato state:any") == []
    assert listed(client, desk.editor, q="checker:sela") == [now(review)]
    assert listed(client, desk.editor, q="checker:cato") == [now(review)], "though that turn is over"
    assert listed(client, desk.checker, q="checker:cato") == [now(review)]


@pytest.mark.parametrize("shown", [False, True])
def test_an_adjudicator_finds_no_checker_by_name_unless_the_desk_shows_names(client: Client, *, shown: bool) -> None:
    Desk.objects.update_or_create(pk=Desk.ONLY, defaults={"names_to_adjudicator": shown})
    walk = differing()
    for name in ("cato", "sela"):
        assert listed(client, walk.editor, q=f"checker:{name}") == [walk.review] * shown
        assert listed(client, make_person("auditor"), q=f"checker:{name}") == [walk.review]
        assert listed(client, walk.checker, q=f"checker:{name}") == [walk.review]


def test_a_checker_of_an_earlier_cycle_is_not_found_and_one_whose_judgment_went_out_is(client: Client) -> None:
    walk = Walk()
    walk.to_publication()
    assert listed(client, walk.second, q="checker:cato state:any") == [walk.review]
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour was wrong.")
    assert listed(client, walk.second, q="checker:cato state:any") == []


def test_a_search_for_words_looks_through_all_states_and_an_order_alone_through_the_open_ones(client: Client) -> None:
    desk = FullDesk()
    waiting, open_case = desk.opened("Forty lamps"), desk.queued("Fifty lamps")
    assert set(listed(client, desk.editor, q="lamps")) == {waiting, open_case}
    assert listed(client, desk.editor, q="state:triage lamps") == [waiting]
    assert listed(client, desk.editor, q="lamps state:open") == [open_case]
    assert listed(client, desk.editor, q="sort:due") == [open_case]


def test_closed_cases_that_nobody_asked_for_are_said_to_be_among_them_with_the_way_to_the_open_ones(
    client: Client,
) -> None:
    desk = FullDesk()
    desk.opened("Forty lamps")
    open_case = desk.queued("Fifty lamps")
    html = page(client, desk.editor, q="lamps")
    assert "2 cases in every state" in html
    assert '<a href="?q=lamps&amp;state=open">only open</a>' in html
    assert listed(client, desk.editor, q="lamps", state="open") == [open_case]
    for asked in ({"q": "lamps", "state": "open"}, {"q": "lamps state:any"}, {"q": "sort:due"}, {"q": "nothing"}, {}):
        assert "in every state" not in page(client, desk.editor, **asked), asked


def test_a_bare_number_finds_the_case_and_the_words_that_hold_it(client: Client) -> None:
    desk = FullDesk()
    one = desk.queued("Forty lamps")
    two = desk.queued(f"{one.pk} lamps")
    assert set(listed(client, desk.editor, q=f"{one.pk}")) == {one, two}
    assert listed(client, desk.editor, q="9" * 30) == []


def test_a_state_that_there_is_not_is_answered_with_all_there_are_in_words(client: Client) -> None:
    html = page(client, make_person("editor"), q="state:nonsense")
    assert "“state:nonsense” is no state of a case: write one of these." in html
    assert "<li>Second check <code>state:second_check</code></li>" in html
    assert "<li>Open <code>state:open</code></li>" in html
    assert "state:second_check" not in page(client, make_person("editor"), q="state:quued")


def test_the_order_is_that_of_the_search_and_a_heading_asks_for_another(client: Client) -> None:
    desk, moment = FullDesk(), timezone.now() + timedelta(days=1)
    calm, urgent = desk.queued(priority=0.1, deadline=moment), desk.queued(priority=0.9)
    assert listed(client, desk.checker) == [urgent, calm]
    assert listed(client, desk.checker, q="sort:due") == [calm, urgent]
    assert listed(client, desk.checker, q="sort:new") == [urgent, calm]
    shown = client.get(QUEUE, {"q": "-figure sort:due", "due": "soon"}).context["cl"]
    heading = next(each for each in shown.headings if each.key == "priority")
    assert parse_qs(heading.url[1:]) == {"q": ["sort:priority -figure"], "due": ["soon"]}


def test_what_is_not_understood_is_told_and_kept_in_the_field_and_the_rest_still_holds(client: Client) -> None:
    desk = FullDesk()
    lamps = desk.queued("Forty lamps")
    desk.queued("Dues fell")
    html = page(client, desk.checker, q="lamps sate:queued due:<x")
    assert "“sate:queued” is not understood: write state:queued" in html
    assert "“due:&lt;x” is not understood: write due:late" in html
    assert 'value="lamps sate:queued due:&lt;x"' in html
    assert listed(client, desk.checker, q="lamps sate:queued due:<x") == [lamps]
    assert "is not understood" not in page(client, desk.checker, q="lamps state:queued")


def test_every_word_of_the_desks_own_is_understood(client: Client) -> None:
    client.force_login(make_person("checker"))
    fields = {"state": State.values, "kind": Claim.Kind.values, "quote": ["altered", "not_found", "wrong_speaker"]}
    for field, values in fields.items():
        for value in values:
            assert not client.get(QUEUE, {"q": f"{field}:{value}"}).context["cl"].faults


def test_the_filter_by_quote_check_counts_what_it_leads_to(client: Client) -> None:
    desk = FullDesk()
    for quote_class, flags in (("altered", ["stitched"]), ("altered", []), ("not_found", [])):
        checked(desk.queued(), quote_class, *flags)
    for query in ({}, {"quote": "altered"}, {"quote": "stitched", "kind": "quotation"}):
        client.force_login(desk.checker)
        shown = client.get(QUEUE, query).context["cl"]
        for spec in shown.filter_specs:
            for choice in spec.choices(shown):
                there = client.get(f"{QUEUE}{choice['query_string']}").context["cl"]
                assert there.result_count == len(there.rows) == choice["count"], (query, choice)


def test_of_very_many_cases_the_quote_checks_are_offered_without_a_number(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = FullDesk()
    review, other = desk.queued(), desk.queued()
    checked(review, "altered")
    checked(other, "exact")  # whatever the desk found for it
    monkeypatch.setattr("verification.admin.queue.counting.MOST_LOOKED_UP", 1)
    client.force_login(desk.checker)
    for query, any_check, altered in (({}, 2, None), ({"quote": "altered"}, None, 1)):
        answer = client.get(QUEUE, query)
        shown = answer.context["cl"]
        quotes = next(spec for spec in shown.filter_specs if spec.parameter_name == "quote")
        counts = {str(choice["display"]): choice["count"] for choice in quotes.choices(shown)}
        assert (counts["Any"], counts["Altered words"]) == (any_check, altered)
        assert shown.result_count == len(shown.rows)
        assert "not every filter says how many it holds" in answer.content.decode()
