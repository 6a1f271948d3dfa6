"""What became of an article somebody handed in: the steps from its address to claims with their sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import work
from claims.intake import EXTRACT
from claims.models import Appearance, Article, Claim, Submission, Work
from claims.submitting import FETCH
from verification.models import Candidate, Review, SearchRun, State
from verification.review.similar import Similar, answered_before
from verification.review.triage import RESEARCH

DONE, NOW, WAITING, FAILED, IDLE, CANCELLED = "done", "now", "waiting", "failed", "idle", "cancelled"
# Where nothing more happens by itself, though it is not done.
OVER = (FAILED, CANCELLED)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, how it stands (`idle` before its turn comes), and what there is to say of it."""

    name: str
    state: str
    told: str = ""

    @property
    def word(self) -> str:
        """How it stands, in a word."""
        words = {
            DONE: _("done"),
            NOW: _("under way"),
            WAITING: _("waiting"),
            FAILED: _("failed"),
            IDLE: _("not begun"),
            CANCELLED: _("cancelled"),
        }
        return words[self.state]


@dataclass(frozen=True, slots=True)
class Progress:
    """The steps of a submission. `waiting` claims are in triage; `finished` when nothing more will happen by itself.

    `answered` are those that were checked and published before, once that is so.
    """

    submission: Submission
    steps: tuple[Step, ...]
    finished: bool
    claims: int = 0
    waiting: int = 0
    again: bool = False
    answered: Sequence[tuple[Review, Similar]] = ()

    @property
    def failed(self) -> bool:
        """Whether a step failed."""
        return any(step.state == FAILED for step in self.steps)

    @property
    def cancelled(self) -> bool:
        """Whether somebody has cancelled what was still to be done."""
        return any(step.state == CANCELLED for step in self.steps)

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.state == DONE for step in self.steps)


def progress_of(submission: Submission) -> Progress:
    """Gather the steps of a submission (at most three queries); `submission` has article, outlet, snapshot at hand.

    Once nothing more will happen, the claims that were answered before are looked up as well.
    """
    article = submission.article
    read, lifted, searched = _("Article read"), _("Claims lifted out"), _("Sources searched")
    if article is None:
        brought = _fetching(submission)
        rest = tuple(Step(name, IDLE) for name in (read, lifted, searched))
        return Progress(submission, (brought, *rest), finished=brought.state in OVER)
    again = article.registered_at < submission.submitted_at
    steps = [_brought(submission, article), Step(read, DONE)]
    if article.extracted_by is None:
        row = Work.objects.filter(kind=EXTRACT, subject=article.pk).order_by("-pk").first()
        steps += [_due(lifted, row), Step(searched, IDLE)]
        return Progress(submission, tuple(steps), finished=steps[2].state in OVER, again=again)
    counted = _counted(article)
    found = counted["claims"]
    told = ngettext("%(count)d claim found", "%(count)d claims found", found) % {"count": found}
    steps.append(Step(lifted, DONE, told if found else _("no claim that can be checked was found")))
    steps.append(_searching(searched, counted))
    over = steps[-1].state in {DONE, *OVER}
    answered = answered_before(article) if over and found else ()
    return Progress(submission, tuple(steps), over, found, counted["waiting"], again, answered)


def _fetching(submission: Submission) -> Step:
    if submission.set_aside_at:
        return Step(_("Page fetched"), FAILED, _("A reader asked for it, and it was set aside."))
    if submission.person_id is None:
        return Step(
            _("Page fetched"), WAITING, _("A reader asks for it: nothing is fetched before somebody takes it in.")
        )
    row = Work.objects.filter(kind=FETCH, subject=submission.pk).order_by("-pk").first()
    step = _due(_("Page fetched"), row, submission.error)
    if submission.error and (row is None or row.done_at):
        return Step(step.name, FAILED, submission.error)
    return step


def _due(name: str, row: Work | None, sentence: str = "") -> Step:
    """Return the step that a row of work does. `sentence` says to a person what went wrong last, where it is known."""
    if row is None or row.done_at:
        return Step(name, WAITING)
    if row.quarantined_at and row.last_error.startswith(work.CANCELLED_BY):
        by = row.last_error.removeprefix(work.CANCELLED_BY)
        return Step(name, CANCELLED, _("%(name)s wants no more of it.") % {"name": by})
    if row.quarantined_at:
        return Step(
            name,
            FAILED,
            sentence or _("It failed each time: an administrator finds the cause under Work, and can try it again."),
        )
    attempt = {"attempt": row.attempts, "most": work.MAX_ATTEMPTS}
    if row.token:
        return Step(name, NOW, _("attempt %(attempt)d of %(most)d") % attempt if row.attempts > 1 else "")
    if row.attempts:
        again = _("It is tried again by itself (%(attempt)d of %(most)d attempts made).") % attempt
        return Step(name, WAITING, f"{sentence} {again}".strip())
    return Step(name, WAITING, sentence)


def _brought(submission: Submission, article: Article) -> Step:
    snapshot = article.snapshot
    if submission.url:
        return Step(_("Page fetched"), DONE, submission.url)
    told = {Submission.Way.API.value: _("by a program"), Submission.Way.READER.value: _("the words of a reader")}
    otherwise = told.get(submission.way, _("pasted text"))
    return Step(_("Handed in"), DONE, snapshot.filename or snapshot.final_url or otherwise)


def _counted(article: Article) -> Mapping[str, int]:
    """Count the article's claims: those searched for, given up, cancelled, with a source, and in triage."""
    runs = SearchRun.objects.filter(claim=OuterRef("pk"), step="").exclude(outcome=SearchRun.Outcome.FAILED)
    searches = Work.objects.filter(kind=RESEARCH, subject=OuterRef("pk"))
    cancelled, given_up = (
        searches.filter(work.CANCELLED),
        searches.filter(~work.CANCELLED, quarantined_at__isnull=False),
    )
    claims = Claim.objects.filter(Exists(Appearance.objects.filter(claim=OuterRef("pk"), article=article)))
    return claims.aggregate(
        claims=Count("pk"),
        searched=Count("pk", filter=Exists(runs)),
        given_up=Count("pk", filter=Exists(given_up) & ~Exists(runs)),
        cancelled=Count("pk", filter=Exists(cancelled) & ~Exists(runs)),
        sourced=Count("pk", filter=Exists(Candidate.objects.filter(claim=OuterRef("pk")))),
        waiting=Count("pk", filter=Q(review__state=State.TRIAGE)),
    )


def _searching(name: str, counted: Mapping[str, int]) -> Step:
    left = counted["claims"] - counted["searched"] - counted["given_up"] - counted["cancelled"]
    told = _("%(searched)d of %(claims)d claims searched for, something found for %(sourced)d") % counted
    if not counted["claims"]:
        return Step(name, DONE, _("there was nothing to search for"))
    if left > 0:
        return Step(name, NOW if counted["searched"] else WAITING, told)
    if counted["cancelled"]:
        sentence = ngettext(
            "The search for %(count)d was cancelled.",
            "The searches for %(count)d were cancelled.",
            counted["cancelled"],
        )
        return Step(name, CANCELLED, f"{told}. {sentence % {'count': counted['cancelled']}}")
    if counted["given_up"]:
        sentence = _("The library could not be asked for %(given_up)d: an administrator can try that again under Work.")
        return Step(name, FAILED, f"{told}. {sentence % counted}")
    return Step(name, DONE, told)
