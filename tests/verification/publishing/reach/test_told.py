"""Who has which version: on the desk by name, to readers in counts."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.people import make_person
from tests.verification.admin.opening import as_person
from tests.verification.publishing.rows import make_case, publish
from tests.verification.publishing.webhooks.hooks import make_hook
from verification.models import (
    EmbedSite,
    FeedReader,
    Publication,
    Review,
    Subscriber,
    SubscriberMail,
    WebhookMessage,
)
from verification.publishing.reach.told import Way, told_of, told_publicly
from verification.publishing.webhooks.making import make_messages, sealed_up_to
from verification.review.sealing import seal

pytestmark = pytest.mark.django_db
ATOM = "/checks/feed.atom"


@pytest.fixture
def administrator() -> User:
    return make_person("administrator", name="Anders Keel")


def ways(review: Review, version: int) -> dict[str, Way]:
    (told,) = [each for each in told_of(review) if each.version.version == version]
    return {way.key: way for way in told.ways}


def test_nothing_is_told_where_nothing_is_known() -> None:
    review = publish().review
    (told,) = told_of(review)
    assert (told.counted, told.broadcast) == ((), True)


def test_readers_that_asked_before_it_was_out_are_named_until_they_ask_again() -> None:
    first = publish()
    FeedReader.objects.create(feed=ATOM, agent="GullReader/2", seen=first)
    FeedReader.objects.create(feed=ATOM, agent="TernReader/1", seen=first)
    second = publish(first.review)
    FeedReader.objects.filter(agent="TernReader/1").update(seen=second)
    FeedReader.objects.create(feed=ATOM, agent="NewReader/1", seen=second)
    feeds = ways(first.review, 2)["feeds"]
    assert (feeds.count, feeds.taken, feeds.open) == (2, "2 readers asked since", "1 reader has not asked since")
    assert [each.name for each in feeds.lacking] == ["GullReader/2 (/checks/feed.atom)"]
    assert ways(first.review, 1)["feeds"].count == 2  # who came later never had it


def test_a_webhook_is_told_to_have_taken_it_to_be_tried_again_or_to_be_off(administrator: User) -> None:
    for name in ("Took", "Tries", "Off", "Gave up"):
        make_hook(administrator, f"https://{name.replace(' ', '')}.example/readout".lower(), name=name)
    review = publish().review
    seal()
    make_messages()
    rows = {each.webhook.name: WebhookMessage.objects.filter(pk=each.pk) for each in WebhookMessage.objects.all()}
    at = Publication.objects.get().published_at
    rows["Took"].update(delivered_at=at, due_at=None)
    rows["Tries"].update(attempts=2)
    rows["Gave up"].update(given_up_at=at, due_at=None)
    rows["Off"].get().webhook.__class__.objects.filter(name="Off").update(off_at=at, off_because="gone")
    way = ways(review, 1)["webhooks"]
    assert (way.taken, way.open) == ("1 webhook took it", "3 webhooks have not taken it")
    assert {each.name: each.words for each in way.lacking} == {
        "Tries": "will be tried again",
        "Off": "switched off: it waits",
        "Gave up": "given up",
    }


def test_a_site_that_showed_the_old_one_is_named_until_it_asks_for_the_new_one() -> None:
    first = publish()
    EmbedSite.objects.create(review=first.review, origin="https://gull.example", version=1)
    EmbedSite.objects.create(review=first.review, origin="https://tern.example", version=1)
    publish(first.review)
    EmbedSite.objects.filter(origin="https://tern.example").update(version=2)
    way = ways(first.review, 2)["embeds"]
    assert (way.taken, way.open) == ("1 site shows it", "1 site has not asked since")
    assert [(each.name, each.words) for each in way.lacking] == [
        ("https://gull.example", "showed version 1 when it asked last")
    ]


def test_search_and_mail_are_counted_with_the_version_they_are_of() -> None:
    first = publish()
    who = Subscriber.objects.create(
        address="gull@port.example", confirmed_at=first.published_at, told_up_to=sealed_up_to()
    )
    SubscriberMail.objects.create(publication=first, subscriber=who)
    assert ways(first.review, 1)["mail"].taken == "1 mail was sent"
    assert ways(first.review, 1)["mail"].open == "1 mail is still to go"  # the log is not sealed yet


def test_a_letter_that_was_given_up_is_counted_apart_and_to_readers_without_a_number() -> None:
    first = publish()
    second = publish(first.review)
    seal()
    for number in range(2):
        told = {"confirmed_at": first.published_at, "told_up_to": sealed_up_to()}
        who = Subscriber.objects.create(address=f"gull{number}@port.example", **told)
        SubscriberMail.objects.create(publication=second, subscriber=who, refused=554)
    mail = ways(first.review, 2)["mail"]
    assert (mail.count, mail.taken) == (0, "")
    assert mail.open == "2 mails were given up: the mail server refused their words"
    (public,) = [way for told in told_publicly(first.review) for way in told.ways if way.key == "mail"]
    assert (public.count, public.taken, public.open) == (0, "", "some mails were refused by mail servers")


def test_the_case_file_names_who_has_not_taken_it_and_escapes_what_strangers_call_themselves(
    administrator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = publish()
    FeedReader.objects.create(feed=ATOM, agent="<script>window.ran=1</script>", seen=first)
    publish(first.review)
    editor = as_person(make_person("editor"))
    with django_assert_max_num_queries(90):
        page = editor.get(reverse("admin:case_file", args=[first.review.pk])).content.decode()
    assert "Who has this version" in page
    assert "1 reader has not asked since" in page
    assert "&lt;script&gt;window.ran=1" in page
    assert "<script>window.ran" not in page
    case = (
        as_person(make_person("editor"))
        .get(reverse("admin:verification_review_change", args=[first.review.pk]))
        .content.decode()
    )
    assert re.search(r'href="[^"]*/file/#reach"', case)


def test_what_is_not_published_has_no_such_panel() -> None:
    page = as_person(make_person("editor")).get(reverse("admin:case_file", args=[make_case().pk])).content.decode()
    assert "Who has this version" not in page


def test_readers_see_counts_and_no_names_and_the_checks_own_page_stays_as_it_is(client: Client) -> None:
    first = publish()
    check = reverse("public:check", args=[first.review.public])
    reach = reverse("public:reach", args=[first.review.public])
    assert client.get(reach).status_code == 404  # nothing was corrected
    assert reach not in client.get(check).content.decode()
    first_at = timezone.now() - timedelta(days=2)
    EmbedSite.objects.create(review=first.review, origin="https://gull.example", version=1, first_at=first_at)
    EmbedSite.objects.create(review=first.review, origin="https://made-up.example", version=1)
    publish(first.review)
    shown = client.get(check)
    assert reach in shown.content.decode()
    answer = client.get(reach)
    page = answer.content.decode()
    assert "1 site has not asked since" in page  # the other was seen on one day alone
    assert "gull.example" not in page
    assert "no-cache" in answer["Cache-Control"]
    assert not answer.has_header("ETag")
    EmbedSite.objects.update(version=2)
    caches["public"].clear()
    assert "1 site shows it" in client.get(reach).content.decode()
    assert client.get(check, headers={"If-None-Match": shown["ETag"]}).status_code == 304


def test_how_many_subscribe_is_told_to_nobody(client: Client) -> None:
    first = publish()
    for number in range(3):
        told = {"confirmed_at": first.published_at, "told_up_to": sealed_up_to()}
        who = Subscriber.objects.create(address=f"gull{number}@port.example", **told)
    second = publish(first.review)
    SubscriberMail.objects.create(publication=second, subscriber=who)
    assert ways(first.review, 2)["mail"].open == "3 mails are still to go"
    page = client.get(reverse("public:reach", args=[first.review.public])).content.decode()
    assert "Mail: sent to subscribers; some mails are still to go" in page


def test_the_public_page_is_counted_once_a_minute_however_many_ask(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = publish()
    publish(first.review)
    reach = reverse("public:reach", args=[first.review.public])
    page = client.get(reach).content
    FeedReader.objects.create(feed=ATOM, agent="GullReader/2", seen=first)
    with django_assert_max_num_queries(4):
        assert client.get(reach, {"again": "1"}).content == page
    assert client.get(reach, {"again": "2"}, headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
    publish(first.review)
    assert client.get(reach).content != page


def test_many_programs_cost_a_count_and_no_more_are_named_than_fit(client: Client) -> None:
    first = publish()
    chosen = [f"{ATOM}?language=en&topic={number}" for number in range(20)]
    FeedReader.objects.bulk_create(
        FeedReader(feed=feed, agent=f"Gull/{number}", seen=first) for feed in (ATOM, *chosen) for number in range(90)
    )
    publish(first.review)
    feeds = ways(first.review, 2)["feeds"]
    assert (feeds.open, len(feeds.lacking), feeds.more) == ("90 readers have not asked since", 50, 40)
    assert ways(first.review, 1)["feeds"].count == 90
