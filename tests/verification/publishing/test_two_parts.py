"""Where one person did two parts in a check, its readers are told, and why."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.cases import Walk, now
from tests.verification.publishing.reading import address, text_of
from tests.verification.publishing.rows import publish, set_desk
from verification.models import Hat, ReviewEvent
from verification.review.log import erase_payload
from verification.review.waiving import waive

pytestmark = pytest.mark.django_db


def test_readers_are_told_that_one_person_did_two_parts_and_why_but_no_name_the_desk_keeps(client: Client) -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    walk.checker.groups.add(Group.objects.get(name="editor"))
    both = User.objects.get(pk=walk.checker.pk)
    waive(walk.review, walk.editor, both, Hat.APPROVER, walk.review.revision, "All at <sea>.")
    walk.review, walk.editor = now(walk.review), both
    publication = walk.approved().published()
    text = text_of(client, address(publication))
    assert "One person did two parts, because: All at <sea>." in text
    assert "Cato Lamp" not in text
    set_desk(names_public=True)
    assert "Cato Lamp did two parts" in text_of(client, address(publication))
    assert "two parts" not in text_of(client, address(publish()))
    event = ReviewEvent.objects.get(verb="waive_four_eyes")
    erase_payload(event, actor="service:erasure", reason="It named somebody.")
    text = text_of(client, address(publication))
    assert "Cato Lamp did two parts." in text
    assert "sea" not in text
