"""Flask-WebSub as a hub: a stranger subscribes there, we publish, the hub fetches our feed and delivers its bytes."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from claims.capture.policy import PrivateTarget
from tests.people import make_person
from tests.verification.publishing.following import read_json, read_xml
from tests.verification.publishing.rows import publish
from tests.verification.publishing.websub.real_hub import Listening, running_hub, served
from tests.verification.publishing.websub.telling import later, tell_due
from verification.models import Hub
from verification.publishing.websub import setting
from verification.publishing.websub.telling import SECONDS

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


def test_a_hub_delivers_what_is_published_to_whoever_subscribes_there(
    live_server: LiveServer, settings: Settings, tmp_path: Path
) -> None:
    settings.PUBLIC_URL = live_server.url
    first = publish(value=1)
    listener = Listening(tmp_path)
    administrator = make_person("administrator")
    feeds = [
        f"{live_server.url}/checks/{rest}"
        for rest in ("feed.atom", "feed.json?rating=False", "corrections/feed.rss", "feed.rss?rating=Accurate")
    ]
    with served(listener.app) as own:
        with running_hub(tmp_path) as hub:
            admit(settings, hub)
            row, _is_new = setting.add(administrator, hub)
            for feed in feeds:
                listener.subscribe(feed, own)
            listener.wait_for(lambda: set(listener.confirmed) == set(feeds))
            correction = publish(first.review, 3, change_note="The hour was wrong.")
            tell_due(SECONDS)
            listener.wait_for(lambda: len(listener.told) >= 3)
            told = dict(listener.told)
            assert set(told) == set(feeds[:3])
            assert Hub.objects.get().error == ""
            told_atom = read_xml(told[feeds[0]].decode(), "atom", {})
            assert told_atom.ids == [first.review.public.urn]
            assert "The hour was wrong." in told_atom.text
            assert read_json(told[feeds[1]].decode(), {}).ids == []  # it is rated otherwise now
            assert read_xml(told[feeds[2]].decode(), "rss", {}).ids == [correction.verdict.public.urn]
            listener.told.clear()
            assert setting.tell_now(row, administrator) == ""
            listener.wait_for(lambda: {topic for topic, _body in listener.told} == {feeds[0], feeds[2]})
        listener.told.clear()
        second = publish()
        tell_due(SECONDS)
        assert Hub.objects.get().error == "Nobody answered, or the connection broke off."
        assert listener.told == []
        with running_hub(tmp_path) as again:
            admit(settings, again)
            Hub.objects.update(url=again)
            later()
            tell_due(SECONDS)
            listener.wait_for(lambda: feeds[0] in dict(listener.told))
            assert read_xml(dict(listener.told)[feeds[0]].decode(), "atom", {}).ids[0] == second.review.public.urn
    assert Hub.objects.get().error == ""


def admit(settings: Settings, hub: str) -> None:
    settings.FETCH_PRIVATE_TARGETS = (PrivateTarget.parse(f"127.0.0.1=127.0.0.1:{urlsplit(hub).port}"),)
