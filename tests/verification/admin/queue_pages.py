"""What somebody sees who opens the queue."""

import re
from html import unescape

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from verification.models import Review

QUEUE = reverse("admin:verification_review_changelist")


def page(client: Client, person: User, **query: str) -> str:
    """Return the queue as a person sees it, with its words as they are read."""
    client.force_login(person)
    answer = client.get(QUEUE, query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def listed(client: Client, person: User, **query: str) -> list[Review]:
    """Return the cases a person is shown, in order."""
    client.force_login(person)
    return [row.review for row in client.get(QUEUE, query).context["cl"].rows]


def row_of(client: Client, person: User, review: Review, **query: str) -> str:
    """Return the words of one case's line."""
    html = page(client, person, **query)
    found = re.search(rf'<tr\b(?:(?!<tr\b).)*?/{review.pk}/change/".*?</tr>', html, re.S)
    assert found, f"{review.number} is not listed"
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())
