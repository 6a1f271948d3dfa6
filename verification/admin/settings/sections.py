"""The sections of the page of settings that say what the desk decides: itself, its scale, its policies, its weights."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.translation import say
from verification.admin.settings.facts import Facts
from verification.admin.settings.section import Fact, Link, Section
from verification.models import Desk, SecondCheckRule
from verification.review.states import ADMINISTRATOR, EDITOR, ROLE_NAMES

NOT_SET = "–"


def on_administrators(facts: Facts) -> str:
    """Say who can change what this person cannot."""
    if not facts.administrators:
        return _("Administrators change this; nobody is one at the moment: the operator can make somebody one.")
    return _("Administrators change this: %(names)s.") % {"names": ", ".join(facts.administrators)}


def desk_section(facts: Facts, *, may: bool) -> Section:
    """Say how readers see the desk."""
    desk = facts.desk
    lacking = [label for label, value in ((_("contact"), desk.contact), (_("licence"), desk.licence)) if not value]
    alarm = _("Readers and sites find no %(what)s.") % {"what": _(" and no ").join(lacking)} if lacking else ""
    base = settings.PUBLIC_URL or _("the host that was asked")
    return Section(
        "desk",
        _("The desk as readers see it"),
        _("Name, site and licence stand on every public page and in every feed; ClaimReview names the desk as author."),
        [
            Fact(_("Name"), desk.name),
            Fact(_("Your site"), desk.homepage or NOT_SET, _("Linked from every public page.")),
            Fact(_("Contact"), desk.contact or NOT_SET, _("Told to every site we fetch from.")),
            Fact(_("What it says of itself"), desk.description or NOT_SET),
            Fact(_("Licence"), desk.licence or NOT_SET, _("What others may do with your texts.")),
            Fact(_("Language of the verdicts"), desk.language),
            Fact(_("Addresses begin with"), base, _("Set by the operator as PUBLIC_URL; addresses once given stay.")),
        ],
        change=[Link(_("Change"), _desk_form())] if may else [],
        tries=[
            Link(_("Open the public list"), reverse("public:checks"), _("as readers have it now")),
            Link(_("How we check"), reverse("public:how"), _("what readers are told of your rules")),
        ],
        asks="" if may else on_administrators(facts),
        alarm=alarm,
    )


def scale_section(facts: Facts, *, may: bool) -> Section:
    """Draw the scale in use."""
    scale, others = facts.scale, ", ".join(facts.other_scales)
    told = []
    if scale:
        ends = _("%(worst)s, the worst, to %(best)s, the best") % {"worst": scale.worst, "best": scale.best}
        told = [Fact(_("In use"), scale.name), Fact(_("Numbers"), ends, _("What ClaimReview tells search engines."))]
    told.append(Fact(_("To choose from"), others or NOT_SET, _("Choosing another asks open drafts to choose again.")))
    listed = reverse("admin:verification_ratingscale_changelist")
    change = [Link(_("Choose or change a scale"), listed)] if may else []
    return Section(
        "scale",
        _("Rating scale"),
        _(
            "What checkers can choose and readers see. What was submitted or published keeps the words and the step it "
            "was given, whatever becomes of the scale."
        ),
        told,
        change=change,
        tries=[
            Link(
                _("Try it"), reverse("admin:try_scale"), _("a verdict with each rating, to readers and in ClaimReview")
            )
        ]
        if scale
        else [],
        asks="" if may else on_administrators(facts),
        alarm="" if scale else _("No scale is in use: nobody can judge a claim."),
        part="scale",
        ratings=sorted(scale.ratings.all(), key=lambda rating: -rating.value) if scale else (),
    )


def policies_section(facts: Facts, *, may: bool) -> Section:
    """Say when two people judge, who signs off, who sees names, and how long a turn is."""
    desk = facts.desk
    names = _("yes") if desk.names_public else _("no")
    return Section(
        "policies",
        _("Policies"),
        _("Who looks at a claim before it goes out, and for how long it lies on somebody’s desk."),
        [
            Fact(
                _("Second checks"), second_checks_told(desk), _("A second person judges without a word of the first.")
            ),
            Fact(
                _("Sign-off"),
                _("always, by somebody with no other part in the case"),
                _("Cannot be switched off. An editor’s exception needs a reason, which readers are told."),
            ),
            Fact(_("Readers see who checked and signed off"), names),
            Fact(
                _("Between two judgments"),
                _("the editor who decides sees whose they are")
                if desk.names_to_adjudicator
                else _("the editor who decides sees A and B, without names"),
            ),
            Fact(_("A turn"), turn_told(desk), _("Then the case goes back into the queue; the draft stays.")),
            Fact(
                _("A checker may put its end off"),
                ngettext("%(count)d time", "%(count)d times", desk.postponements) % {"count": desk.postponements},
                _("Editors always may."),
            ),
        ],
        change=[Link(_("Change"), _desk_form())] if may else [],
        tries=[
            Link(
                _("Try it"),
                reverse("admin:try_rule"),
                _("how many of the last cases another rule would have had judged twice"),
            )
        ],
        asks="" if may else on_administrators(facts),
    )


def second_checks_told(desk: Desk) -> str:
    """Return when a second person judges, in words."""
    if desk.second_check:
        return _("always")
    plain = _("never") if desk.second_check is False else _("an editor decides, case by case")
    if desk.second_check_rule == SecondCheckRule.RISK:
        return _("from priority %(least)s of 100 on; else: %(plain)s") % {
            "least": f"{100 * desk.risk_from:.4g}",
            "plain": plain,
        }
    if desk.second_check_rule == SecondCheckRule.SAMPLE:
        return _("%(share)d of 100, drawn by chance; else: %(plain)s") % {"share": desk.sample_percent, "plain": plain}
    return plain


def turn_told(desk: Desk) -> str:
    """Return how long a turn is, in words."""
    hours, minutes = divmod(desk.turn_minutes, 60)
    if minutes:
        return ngettext("%(count)d minute", "%(count)d minutes", desk.turn_minutes) % {"count": desk.turn_minutes}
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def weights_section(facts: Facts, *, may: bool) -> Section:
    """Say what counts as worth checking."""
    weights = facts.weights
    topics = ", ".join(topic.name for topic in weights.topics)
    changed = len(weights.factors)
    page = reverse("admin:weights")
    look = Link(_("See what changes"), page, _("the order of the waiting claims under other weights, before you save"))
    roles = _("%(one)s or %(other)s") % {"one": say(ROLE_NAMES[EDITOR]), "other": say(ROLE_NAMES[ADMINISTRATOR])}
    return Section(
        "weights",
        _("What is worth checking"),
        _("Which claims stand first in triage. It is an order, and decides nothing: people accept claims."),
        [
            Fact(
                _("Topics watched"), topics or _("none"), _("A claim with one of a topic’s words counts more or less.")
            ),
            Fact(
                _("What a claim is like"),
                ngettext("%(count)d weight of your own", "%(count)d weights of your own", changed) % {"count": changed}
                if changed
                else _("counts as shipped"),
            ),
        ],
        change=[Link(_("Change"), page)] if may else [],
        tries=[look] if may else [],
        asks="" if may else _("Ask somebody whose role is %(roles)s.") % {"roles": roles},
    )


def _desk_form() -> str:
    return reverse("admin:verification_desk_changelist")
