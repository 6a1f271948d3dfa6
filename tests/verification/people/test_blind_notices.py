"""Nothing of a first judgment reaches the second checker: by no page, feed, download, notice or mail."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.cases import Walk, finding, now
from tests.verification.admin.opening import as_person
from tests.verification.people.crawling import crawl
from tests.verification.people.desks import tell_all, told_to
from tests.verification.people.smtp_sink import MailSink
from tests.verification.people.test_mailing import mail_all
from verification.models import Candidate, Role, Stance
from verification.people.notices.choices import Choice, choose
from verification.people.notices.kinds import KINDS
from verification.review import handing, judgments
from verification.review.judgments import Pick

pytestmark = [pytest.mark.django_db, pytest.mark.long]

# Words of the judgment that stand nowhere else, and the marks a rating leaves where it is shown as somebody's.
SECRETS = ("telltale reasoning", "telltale sourcing", "telltale note")
LABEL = r'class="ro-{0}[^>]*>(?:<svg.*?</svg>)?{1}'
RATED = re.compile(LABEL.format("rating", "Misleading") + r'|Rating: Misleading|"rating": "Misleading"', re.S)
STANCE = re.compile(LABEL.format("stance", "Refutes") + r'|value="refutes"[^>]* checked', re.S | re.I)


def judged(walk: Walk) -> Walk:
    """Let the first checker save and submit a judgment full of words to look for."""
    candidate = Candidate.objects.filter(claim=walk.review.claim).order_by("pk")[0]
    pick = Pick(candidate, Role.TESTS_CLAIM, Stance.REFUTES, "A telltale note.")
    told = {"reasoning": "A telltale reasoning [1].", "sourcing_reason": "A telltale sourcing.", "picks": [pick]}
    judgments.save(walk.review, walk.checker, finding(walk.review, 2, **told), seen=walk.judgment().revision)
    return walk.proposed(value=2, **told)


def leaks(texts: dict[str, str]) -> list[str]:
    """Return where something of the first judgment stands, and what."""
    found = [f"{where}: {secret}" for where, text in texts.items() for secret in SECRETS if secret in text]
    found += [f"{where}: the rating" for where, text in texts.items() if RATED.search(text)]
    return found + [f"{where}: the stance" for where, text in texts.items() if STANCE.search(text)]


@pytest.fixture
def walk(sink: MailSink) -> Walk:
    """Return a case that is judged twice; its second checker wants to be told of everything, at once and by mail."""
    walk = Walk(second_check=True).accepted().taken()
    User.objects.filter(pk=walk.second.pk).update(email="sela@newsroom.example")
    choose(walk.second, [(kind, Choice(on_desk=True, mail="at_once")) for kind in KINDS])
    other = Walk()
    other.second = walk.second
    found = Candidate.objects.get(claim=other.review.claim)
    picks = [Pick(found, Role.TESTS_CLAIM, Stance.SUPPORTS)]
    other.accepted().taken().proposed(picks=picks)
    other.drafted().approved().published()
    return walk


def look_everywhere(walk: Walk, sink: MailSink) -> dict[str, str]:
    tell_all()
    mail_all()
    pages = crawl(walk.second, reverse("admin:index"), reverse("public:checks"), reverse("admin:notices"))
    return pages | {f"mail {number}": text for number, text in enumerate(sink.texts)}


def test_a_second_checker_who_looks_everywhere_learns_nothing_of_the_first_judgment(walk: Walk, sink: MailSink) -> None:
    judged(walk)
    handing.assign_second(walk.review, walk.editor, walk.second, walk.review.revision, "The tide table is new.")
    walk.review = now(walk.review)
    seen = look_everywhere(walk, sink)
    assert leaks(seen) == []
    assert told_to(walk.second) == [f"You were given the second check of {walk.review.number}."]
    assert sink.texts and "Cato" not in "".join(sink.texts)
    # The crawl has been where it should be; and what is looked for is there once the second judgment is in.
    case = reverse("admin:verification_review_change", args=[walk.review.pk])
    for address in (case, reverse("admin:case_file", args=[walk.review.pk]), reverse("public:atom"), "mail 0"):
        assert address in seen, sorted(seen)
    duty = walk.review.duties.get(person=walk.second)
    own = finding(walk.review, 2)
    revision = judgments.judgment_of(duty).revision
    judgments.submit(walk.review, walk.second, own, seen=revision, case_seen=walk.review.revision)
    shown = {case: as_person(walk.second).get(case).content.decode()}
    assert f"{case}: telltale reasoning" in leaks(shown)


def test_a_checker_who_may_still_be_the_second_learns_nothing_either(walk: Walk, sink: MailSink) -> None:
    judged(walk)
    assert leaks(look_everywhere(walk, sink)) == []
    assert told_to(walk.second) == []
    assert sink.texts == []
