"""A desk on which no page is empty: cases in every state and one row at least of everything that has a page."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.contrib.auth.models import Group, User
from django.utils import timezone

from claims.models import (
    ArchiveMeasure,
    Article,
    Attestation,
    HostLane,
    Outlet,
    OutletFeed,
    OutletItem,
    RobotsFile,
    Snapshot,
    Speaker,
    SpeakerJoin,
    Submission,
)
from claims.tokens import make_token
from tests.cases import make_candidate, make_document, make_run, now
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.sources_at_hand import make_item, make_source
from tests.verification.people.desks import tell_all
from tests.verification.publishing.rows import set_desk
from verification.models import (
    Absence,
    Conflict,
    DeskText,
    EarlierCheck,
    EmbedSite,
    FeedReader,
    Hub,
    Profile,
    Publication,
    Report,
    Review,
    SavedView,
    Source,
    SourceItem,
    SourceRun,
    SpeakerSide,
    State,
    Subscriber,
    Suggestion,
    Topic,
    WebhookAttempt,
    WebhookEvent,
    WebhookMessage,
    WebhookOutcome,
)
from verification.people.invitations import invite
from verification.publishing.webhooks import setting
from verification.review import afterwards
from verification.review.drafting import ask_legal_read
from verification.review.replies import ask_reply

WORDS = "Lamps on the northern mole"


@dataclass
class Furnished:
    """The people, and the cases by their state."""

    desk: FullDesk
    cases: dict[str, Review]
    administrator: User

    @property
    def people(self) -> list[User]:
        """Everybody who opens pages; the administrator, who may open most, comes first."""
        here = self.desk
        return [
            self.administrator,
            *(here.editor, here.second_editor, here.checker, here.other, here.publisher, here.intake, here.auditor),
            make_person("legal", name="Lex Anchor"),
        ]


def furnish() -> Furnished:
    """Store it all."""
    set_desk(
        name="The Mole Lantern",
        description=WORDS,
        names_public=True,
        licence=WORDS,
        homepage="https://lantern.example/",
        contact="desk@lantern.example",
    )
    desk = FullDesk()
    cases = desk.every_state()
    administrator = User.objects.create_superuser(username="adda", first_name="Adda", last_name="Key")
    furnish_cases(desk, cases)
    furnish_sources(cases[State.RESEARCHING])
    furnish_people(desk, administrator)
    furnish_intake(desk, administrator)
    furnish_webhooks(administrator)
    furnish_readers(administrator)
    furnish_reach()
    tell_all()
    return Furnished(desk, cases, administrator)


def furnish_cases(desk: FullDesk, cases: dict[str, Review]) -> None:
    """Add what comes up beside a case: two accounts, a search, questions to somebody, a changed version."""
    claim = cases[State.RESEARCHING].claim
    run = make_run(claim, outcome="EMPTY", documents=0, step="phrase", query={"words": [WORDS]})
    Suggestion.objects.create(search_run=run, kind="not_found", confidence=0.5, version="1")
    first = make_candidate(claim, role="tests_claim")
    make_candidate(claim, make_document(f"{WORDS} were never lit."), first.search_run, rank=2, counterpart_of=first)
    review = now(cases[State.RESEARCHING])
    ask_reply(
        review, desk.checker, review.revision, "Port Example", "letter", WORDS, timezone.now() + timedelta(days=3)
    )
    corrected = desk.walk(desk.other)
    corrected.proposed().drafted().approved().published()
    afterwards.correct(corrected.review, desk.editor, now(corrected.review).revision, "correction", WORDS)
    corrected.review = now(corrected.review)
    corrected.taken().proposed(value=2).drafted(change_note=WORDS).approved().published()
    read = desk.walk(desk.other).proposed().review
    Topic.objects.create(name="Harbours")
    SpeakerSide.objects.create(speaker=Speaker.objects.order_by("pk")[0], side="harbour board")
    Speaker.objects.update(same_as=["https://people.example/quillfeather"])
    joined, other = Speaker.objects.create(name="A. Quillfeather"), Speaker.objects.create(name="Board of the harbour")
    SpeakerJoin.objects.create(speaker=joined, joined_to=other, by=desk.editor, reason=WORDS)
    Speaker.objects.filter(pk=joined.pk).update(joined_to=other)
    ask_legal_read(now(read), desk.editor, now(read).revision)


def furnish_sources(review: Review) -> None:
    """Add sources with their visits and entries, feeds of newspapers, hosts, and checks made before this desk."""
    at = timezone.now()
    board = make_source("The Board’s Notices", enabled=True, outcome="REFUSED", sentence=WORDS, also_called=[WORDS])
    SourceRun.objects.create(source=board, verb="poll", outcome="REFUSED", sentence=WORDS, started_at=at)
    for number, state in enumerate(SourceItem.State.values):
        make_item(board, number, state=state, outcome="REFUSED", sentence=WORDS)
    make_run(review.claim, source=board, outcome="REFUSED", error=WORDS, step="phrase", query={"words": [WORDS]})
    HostLane.objects.create(host="board.example", closed_until=at + timedelta(hours=9), closed_because=WORDS)
    rules = {"answer": "rules", "status": 200, "expires_at": at + timedelta(hours=20)}
    RobotsFile.objects.create(origin="https://board.example", body="User-agent: *\nCrawl-delay: 10\n", **rules)
    ArchiveMeasure.objects.create(pk=ArchiveMeasure.ONLY, bytes=12 * 10**9, files=4321)
    feed = OutletFeed.objects.create(
        outlet=Outlet.objects.order_by("pk")[0], url="https://mole-post.example/feed", outcome="FAILED", sentence=WORDS
    )
    for number, item in enumerate(OutletItem.State.values):
        url = f"https://mole-post.example/{number}"
        OutletItem.objects.create(feed=feed, item_id=url, url=url, state=item, title=WORDS, sentence=WORDS)
    snapshot = review.claim.candidates.all()[0].snapshot
    Attestation.objects.create(snapshot=snapshot, kind="rfc3161", reference="https://stamps.example/", token=b"stamp")
    Attestation.objects.create(snapshot=snapshot, kind="wayback", reference="https://archive.example/lamps")
    EarlierCheck.objects.create(
        claim_text=WORDS,
        claimant="Ada Quillfeather",
        rating_label="False",
        title=WORDS,
        url="https://gull.example/check",
        publisher="Gull Gazette",
        snapshot=snapshot,
    )


def furnish_people(desk: FullDesk, administrator: User) -> None:
    """Add what is known of the people: profiles, absences, conflicts, invitations, kept views."""
    day = timezone.localdate()
    for person in User.objects.all():
        Profile.objects.update_or_create(person=person)
        SavedView.objects.create(person=person, name=f"Lamps of {person.first_name}", query="q=lamps", shared=True)
    Absence.objects.create(person=desk.checker, since=day, until=day + timedelta(9), note="Regatta")
    outlet = Outlet.objects.create(name="Gull Gazette")
    Conflict.objects.create(person=desk.checker, outlet=outlet, reason="I wrote for it.")
    invite(administrator, "new@lantern.example", ["checker"])
    Group.objects.create(name="checkers of the north")


def furnish_intake(desk: FullDesk, administrator: User) -> None:
    """Add articles that were handed in: by somebody, in vain, by a reader, by a program."""
    Submission.objects.create(person=desk.intake, article=Article.objects.first())
    Submission.objects.create(person=desk.intake, url="https://mole-post.example/gone", error="The page is gone.")
    Submission.objects.create(person=desk.intake, way="import", url="https://mole-post.example/list")
    Submission.objects.create(way="reader", note=WORDS, contact="reader@lantern.example")
    make_token("The ferry’s program", administrator, uuid4())
    assert Source.objects.exists() and Snapshot.objects.exists()


def furnish_webhooks(administrator: User) -> None:
    """Add a webhook that was tried in vain."""
    wanted = setting.Wanted("The ferry’s board", "https://ferry.example/readout")
    hook, _secret = setting.make(administrator, wanted, "https://desk.example", uuid4())
    message = WebhookMessage.objects.create(
        webhook=hook, event=WebhookEvent.TEST, body="{}", attempts=1, given_up_at=timezone.now()
    )
    WebhookAttempt.objects.create(
        message=message, status=500, outcome=WebhookOutcome.BROKEN, milliseconds=210, answer=WORDS
    )


def furnish_readers(administrator: User) -> None:
    """Add what readers are told of the desk, what they said before, and what readers report."""
    for text in (WORDS, f"**{WORDS}** are of no party."):
        DeskText.objects.create(kind="ethics", text=text, by=administrator)
    published = Publication.objects.filter(current_of__isnull=False).order_by("-pk")
    for number, publication in enumerate(published[:2]):
        settled = {"settled_at": timezone.now(), "settled_by": administrator, "reason": WORDS} if number else {}
        Report.objects.create(publication=publication, text=WORDS, contact="reader@lantern.example", **settled)
    for publication in published:
        publication.review.topics.add(Topic.objects.get(name="Harbours"))


def furnish_reach() -> None:
    """Add who polls, who embeds, and who subscribes."""
    publication = Publication.objects.filter(current_of__isnull=False).order_by("-pk")[0]
    FeedReader.objects.create(feed="/checks/feed.atom", agent=WORDS[:40])
    Hub.objects.create(url="https://hub.example/", made_by=publication.by, told_up_to=0, error=WORDS)
    EmbedSite.objects.create(review=publication.review, origin="https://lantern.example", version=1)
    at = timezone.now()
    Subscriber.objects.create(address="gull@port.example", told_up_to=0, asked_at=at, confirmed_at=at)
