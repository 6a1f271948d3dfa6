"""A case's page: the article at the claim, what the sources say, and the judgment. Reads and saves without a script."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from verification.admin import keys
from verification.admin.autosave import by_script, not_saved, saved
from verification.admin.case.accounts import counterparts_of
from verification.admin.case.excerpt import excerpt
from verification.admin.case.gate_places import Judging, Line
from verification.admin.case.head import head
from verification.admin.case.judgment_form import JudgmentForm, finding_of, from_judgment, from_post, offered, rating_of
from verification.admin.case.neighbours import neighbours_of
from verification.admin.case.searched import asked, attached_records
from verification.admin.case.sources import Card, cards_of, folded, in_order_of_evidence, nothing_found, with_picks
from verification.admin.case.timeline import timeline
from verification.admin.case.whereabouts import whereabouts
from verification.admin.file.precedents import breaks_told
from verification.admin.pages import Route, desk_page, person_of, posted, revision, show, to_case
from verification.models import Candidate, Evidence, Hat, Judgment, Rating, Review, Role, SearchRun, Stance, Tier
from verification.models.candidate import ANSWERED
from verification.publishing.rich_text import rich
from verification.review import gate, judgments
from verification.review.further_sources import may_add
from verification.review.judgments import Finding
from verification.review.policy import is_kept_blind, may_comment, may_see_judgment, may_turn_blind
from verification.review.refusals import Refusal, Refused, Unmet
from verification.review.second_checks import lay_open
from verification.review.standing import Standing, judging_duty, standing_of
from verification.review.withheld_names import withheld_from

# What the messages are about that lead on from a judgment; their links stand in `desk/case_messages.html`.
JUDGED, MISSING, GATE = "judged", "missing", "gate:"


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed that could not be stored, why, and what stands stored instead."""

    form: JudgmentForm
    why: str
    stored: Judgment | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """The right-hand side: the reader's own judgment, if they judge now, and those they may read.

    `lay_open` says of a second check that the first judgment could be read before the case was returned.
    """

    judgment: Judgment | None = None
    form: JudgmentForm = field(default_factory=JudgmentForm)
    facts: gate.Facts | None = None
    others: tuple[Judgment, ...] = ()
    lay_open: bool = False

    @property
    def renamed(self) -> Refusal | None:
        """What to tell whoever chose a rating that was renamed since; None once they saved again."""
        judgment = self.judgment
        return judgments.renamed(judgment.rating_label, judgment.rating) if judgment and judgment.rating else None

    @property
    def retired(self) -> Rating | None:
        """The rating in the form that is of a scale not in use any more."""
        rating = self.judgment.rating if self.judgment else None
        return rating if rating and rating.pk == self.form.rating and not rating.scale.in_use else None


def case_page(request: HttpRequest, pk: int, typed: Typed | None = None) -> HttpResponse:
    """Show a case."""
    review = _review(pk)
    standing, blind = standing_of(review), is_kept_blind(person_of(request), review)
    cards, runs = cards_of(standing, person_of(request), blind=blind)
    mine = _desk(person_of(request), standing, cards, typed, blind=blind)
    cards = with_picks(cards, mine.form.picked)
    shown, further = folded(cards)
    judged = _judged(review, mine, cards, runs)
    withheld = withheld_from(person_of(request), review, standing.duties)
    context = {
        **head(request, review, standing, withheld),
        **judged,
        "is_nav_sidebar_enabled": False,  # three columns need the width
        "cards": cards,
        "shown": shown,
        "further": further,
        "accounts": counterparts_of((card.candidate for card in cards), runs, review.wording),
        "not_found": nothing_found(runs),
        "asked_live": [each for each in judged["searched"] if each.run.is_live],
        "library_asked": sum(not each.run.is_live for each in judged["searched"]),
        "ratings": offered(),
        "roles": Role.choices,
        "stances": Stance.choices,
        "tiers": Tier.choices,
        "typed": typed,
        "may_comment": may_comment(person_of(request), pk),
        "comment_typed": _typed_before(request, pk, "comment"),
        "words_typed": _typed_before(request, pk, "words"),
        "withheld_comments": may_turn_blind(review),
        "page_keys": keys.JUDGING if mine.judgment else keys.READING,
        "may_add": may_add(person_of(request), standing),
        "withheld": withheld,
        "timeline": timeline(person_of(request), review, withheld, blind=blind),
    }
    # Called where a message of a judgment that is in asks for it.
    context["next_of_mine"] = lambda: neighbours_of(review, person_of(request)).after
    context["excerpt"] = excerpt(context["appearance"])
    return show(request, "desk/case.html", context, status=409 if typed else 200)


def _judged(review: Review, mine: Desk, cards: list[Card], runs: list[SearchRun]) -> dict[str, Any]:
    """Return what follows from the judgment form: what is picked and attached, the warnings, the gate's checklist."""
    questions = judgments.questions(mine.judgment) if mine.judgment else []
    answered = [(question, mine.form.answers.get(question.key, "")) for question in questions]
    picked = in_order_of_evidence(cards, mine.form.picked)
    searched = asked(review, runs, mine.form.attached, len(picked))
    page = Judging(mine.facts, mine.form, cards, searched, answered) if mine.facts else None
    checklist = gate.checklist(page.facts) if page else []
    return {
        "mine": mine,
        "picked": picked,
        "searched": searched,
        "attached": sorted((each for each in searched if each.number), key=lambda each: each.number),
        "questions": answered,
        "checklist": page.lines(checklist) if page else [],
        "met_count": sum(item.met for item in checklist),
        "missing": page.lines(gate.unmet(page.facts)) if page else [],
    }


def _typed_before(request: HttpRequest, pk: int, name: str) -> str:
    """Return once what was typed on this case’s page before: a comment that was refused, or words looked for."""
    kept = request.session.pop(name, None)
    return str(kept["text"]) if kept and kept["case"] == pk else ""


@posted
@desk_page("case")
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the judgment, or save and submit it (`submit` in the form). A script is answered in JSON, and only saves."""
    review, person = _review(pk), person_of(request)
    form = from_post(request.POST)
    chosen = Candidate.objects.filter(claim=review.claim_id, pk__in=form.picked).select_related("document")
    attached = SearchRun.objects.filter(claim=review.claim_id).filter(outcome__in=ANSWERED)
    rating = rating_of(form, review, person)
    finding = finding_of(form, rating, {each.pk: each for each in chosen}, attached.in_bulk(form.attached))
    seen, case_seen = revision(request, "judgment_revision"), revision(request)
    if by_script(request):
        return _save_meanwhile(request, review, form, finding, seen)
    try:
        if "submit" in request.POST:
            standing = judgments.submit(review, person, finding, seen=seen, case_seen=case_seen)
            told_next = _("Your judgment is in. %(next)s") % {"next": whereabouts(standing.review)}
            messages.success(request, told_next, extra_tags=JUDGED)
            for told in breaks_told(review, finding.rating):
                messages.warning(request, told)
        else:
            judgments.save(review, person, finding, seen=seen)
            messages.success(request, _("Draft saved."))
    except Unmet as error:
        # The draft was saved: only the gate is shut, and the page tells by links what is missing.
        missing = _missing(pk, person) if error.refusal.guard.startswith(GATE) else []
        if missing:
            messages.warning(request, _("Saved, not submitted. Still missing:"), extra_tags=MISSING)
            return to_case(pk, missing[0].place)
        messages.warning(request, _("Saved, not submitted. %(why)s") % {"why": error})
    except Refused as error:
        return _refused(request, review, form, error)
    return to_case(pk)


def _save_meanwhile(
    request: HttpRequest, review: Review, form: JudgmentForm, finding: Finding, seen: int
) -> HttpResponse:
    person = person_of(request)
    try:
        judgment = judgments.save(review, person, finding, seen=seen)
    except Refused as error:
        stored = _stored(review, person)
        if stored is None or stored.submitted_at or not _says_the_same(stored, form):
            return not_saved(error)
        judgment = stored
    return saved(judgment.revision, {"reasoning-shown": rich(judgment.reasoning, {})} | _follows(request, review.pk))


def _follows(request: HttpRequest, pk: int) -> dict[str, str]:
    """Return as HTML what follows from the judgment that was just stored, by the id of its place on the page."""
    shown = _judged_now(pk, person_of(request))
    places = {"picked": "judgment_picked", "warnings": "judgment_questions", "gate": "judgment_gate"}
    return {place: render_to_string(f"desk/{name}.html", shown, request) for place, name in places.items()}


def _judged_now(pk: int, person: User) -> dict[str, Any]:
    """Return the case, and what follows from this person's judgment as it is stored (`_judged`)."""
    review = _review(pk)
    standing, blind = standing_of(review), is_kept_blind(person, review)
    cards, runs = cards_of(standing, person, blind=blind)
    mine = _desk(person, standing, cards, None, blind=blind)
    return {"review": review, **_judged(review, mine, with_picks(cards, mine.form.picked), runs)}


def _stored(review: Review, person: User) -> Judgment | None:
    return Judgment.objects.filter(review=review, cycle=review.cycle, person=person).order_by("-pk").first()


def _refused(request: HttpRequest, review: Review, form: JudgmentForm, error: Refused) -> HttpResponse:
    """Keep what was typed in sight. The same form sent twice is no conflict: what it says stands stored already."""
    stored = _stored(review, person_of(request))
    if stored and _says_the_same(stored, form):
        messages.info(request, _("This was stored already; nothing was done twice."))
        return to_case(review)
    return case_page(request, review.pk, Typed(form, str(error), stored))


def _says_the_same(stored: Judgment, form: JudgmentForm) -> bool:
    held = from_judgment(stored, {})
    picked = {pick.candidate: (pick.stance, pick.role) for pick in form.picked.values() if pick.ticked}
    return (held.rating, held.reasoning, held.none_supports, held.none_refutes, held.sourcing_reason) == (
        form.rating,
        form.reasoning.strip(),
        form.none_supports,
        form.none_refutes,
        form.sourcing_reason.strip(),
    ) and ({pick.candidate: (pick.stance, pick.role) for pick in held.picked.values()}, {*held.attached}) == (
        picked,
        {*form.attached},
    )


def _missing(pk: int, person: User) -> list[Line]:
    """Return what the gate still misses of the judgment as it was just saved."""
    found: list[Line] = _judged_now(pk, person)["missing"]
    return found


def _review(pk: int) -> Review:
    return get_object_or_404(
        Review.objects.select_related("claim__speaker__joined_to", "publication__verdict", "duplicate_of"), pk=pk
    )


def _desk(person: User, standing: Standing, cards: list[Card], typed: Typed | None, *, blind: bool) -> Desk:
    review = standing.review
    shown = {card.candidate.document_id: card.candidate.pk for card in cards}
    duty = judging_duty(standing, person)
    written = Judgment.objects.filter(review=review, cycle=review.cycle).select_related("rating__scale", "person")
    found = [
        each
        for each in written.prefetch_related(
            Prefetch("evidence", Evidence.objects.select_related("document", "snapshot")),
            Prefetch("searches", attached_records()),
        )
        if may_see_judgment(person, each, review, blind=blind)
    ]
    if duty is None:
        return Desk(others=tuple(found), form=typed.form if typed else JudgmentForm())
    judgment = next((each for each in found if each.duty_id == duty.pk), None) or judgments.judgment_of(duty)
    form = typed.form if typed else from_judgment(judgment, shown)
    others = tuple(each for each in found if each.pk != judgment.pk)
    judgment.review = review
    known = [card.candidate for card in cards]
    facts = judgments.facts_of(judgment, list(judgment.evidence.all()), known)
    return Desk(judgment, form, facts, others, lay_open=duty.hat == Hat.SECOND and lay_open(review))


ROUTES: list[Route] = [("<int:pk>/judge/", judge, "case_judge")]
