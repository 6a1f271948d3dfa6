"""The sections of the page of settings on what the desk is connected with: sources, people, readers, programs, mail."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.translation import say
from verification.admin.settings.facts import Facts
from verification.admin.settings.feeds_tried import FEEDS
from verification.admin.settings.section import Fact, Link, Section
from verification.admin.settings.sections import NOT_SET, on_administrators
from verification.models import DeskText
from verification.people.post import is_set_up
from verification.publishing.addresses import Addresses
from verification.publishing.moments import near
from verification.publishing.subscribing.links import takes_subscribers
from verification.review.log_keys import verifier_of
from verification.review.states import ROLE_NAMES


def sources_section(facts: Facts, *, may: bool) -> Section:
    """Say how many sources are asked, and how many fail."""
    on, off, failing = (facts.counts[f"sources_{name}"] for name in ("on", "off", "failing"))
    listed = reverse("admin:verification_source_changelist")
    return Section(
        "sources",
        _("Sources"),
        _("Institutions whose records test claims. Those that are on are asked by the desk itself, as often as set."),
        [Fact(_("On"), str(on)), Fact(_("Off"), str(off)), Fact(_("Failing"), str(failing))],
        change=[Link(_("Change or add"), listed)] if may else [Link(_("Look at them"), listed)],
        tries=[
            Link(
                _("Try one"),
                reverse("admin:source_catalogue") if may and on + off == 0 else listed,
                _("each has “Try it” on its page: asked live, shown, and nothing stored"),
            )
        ],
        asks="" if may else on_administrators(facts),
        alarm=_fails(failing),
        part="numbers",
    )


def outlets_section(facts: Facts, *, may: bool) -> Section:
    """Say which outlets bring articles by themselves."""
    on, off, failing = (facts.counts[f"outlets_{name}"] for name in ("on", "off", "failing"))
    listed = reverse("admin:source_outlets")
    return Section(
        "outlets",
        _("Outlets followed"),
        _("Papers and agencies whose new articles come into triage by themselves, from a feed or a sitemap."),
        [Fact(_("On"), str(on)), Fact(_("Off"), str(off)), Fact(_("Failing"), str(failing))],
        change=[Link(_("Change or add"), listed)] if may else [Link(_("Look at them"), listed)],
        tries=[Link(_("Try one"), listed, _("each has “Try it”: the articles it would bring, and nothing stored"))],
        asks="" if may else on_administrators(facts),
        alarm=_fails(failing),
        part="numbers",
    )


def people_section(facts: Facts, *, looks: bool, may: bool, invites: bool) -> Section:
    """Count people by role, with the ways this person has to look at them, to change log-ins and to invite."""
    nobody = [say(ROLE_NAMES[role]) for role in ("checker", "editor", "publisher") if not facts.people[role]]
    ways = (
        (looks, _("People"), "admin:people"),
        (may, _("Log-ins and roles"), "admin:auth_user_changelist"),
        (invites, _("Invite somebody"), "admin:invitations"),
    )
    return Section(
        "people",
        _("People and roles"),
        _("Roles say what somebody may do. Within one case nobody plays two parts, whatever their roles."),
        [Fact(say(ROLE_NAMES[role]), str(number)) for role, number in facts.people.items()],
        change=[Link(label, reverse(name)) for allowed, label, name in ways if allowed],
        tries=[Link(_("Try it"), reverse("admin:try_roles"), _("what somebody with a role finds on the desk"))],
        asks="" if may else on_administrators(facts),
        alarm=_("Nobody has the role: %(roles)s.") % {"roles": ", ".join(nobody)} if nobody else "",
        part="numbers",
    )


def readers_section(facts: Facts) -> Section:
    """Say whether readers can ask for a check."""
    told = [Fact(_("Readers can ask for a check"), _("no") if facts.waiting is None else _("yes"))]
    if facts.waiting is not None:
        told.append(Fact(_("Waiting"), str(facts.waiting), _("Nothing is fetched before somebody takes it in.")))
    public = Link(_("Open the page"), reverse("public:suggest"), _("as readers find it; nothing is sent by opening it"))
    return Section(
        "readers",
        _("Readers’ claims"),
        _("A public page on which readers hand in an address or a question; intake and editors look through them."),
        told,
        tries=[] if facts.waiting is None else [public],
        asks=_("The operator switches it with READER_SUBMISSIONS, and restarts the desk."),
    )


def texts_section(facts: Facts, *, may: bool) -> Section:
    """Say how much of what readers look for the desk has told them."""
    filled, kinds = facts.counts["texts"], len(DeskText.Kind.values)
    listed = reverse("admin:desk_texts")
    return Section(
        "texts",
        _("What readers are told"),
        _("Your policies in your own words: who you are, how you choose, correct, stay fair, and who pays for it."),
        [
            Fact(
                _("Filled in"),
                _("%(filled)d of %(all)d") % {"filled": filled, "all": kinds},
                _("Linked from every public page, with the earlier wordings; search engines are told where."),
            )
        ],
        change=[Link(_("Change"), listed)] if may else [],
        tries=[Link(_("Open the page"), reverse("public:about"), _("as readers have it now"))],
        asks="" if may else on_administrators(facts),
        alarm="" if filled else _("Nothing is filled in: readers find no policy of yours."),
    )


def feeds_section(facts: Facts, addresses: Addresses) -> Section:
    """Name the feeds, and what went out last."""
    newest = facts.newest
    told = [Fact(title, addresses.page(name)) for name, title in FEEDS.items()]
    if newest:
        told.append(Fact(_("Newest entry"), newest.verdict.headline, _ago(newest.published_at)))
    else:
        told.append(Fact(_("Newest entry"), NOT_SET, _("Nothing has been published yet.")))
    return Section(
        "feeds",
        _("Feeds"),
        _("What programs read: other newsrooms, readers’ apps. A correction comes as the same entry, updated."),
        told,
        tries=[Link(_("Try it"), reverse("admin:try_feeds"), _("asks each feed as a stranger would, and reads it"))],
        change=[Link(_("Hubs that are told at once"), reverse("admin:hubs"))],
    )


def tokens_section(facts: Facts, *, may: bool) -> Section:
    """Say which programs may hand in."""
    return Section(
        "tokens",
        _("Tokens"),
        _("With a token a program hands articles in for a person. It opens nothing else."),
        [Fact(_("In use"), str(facts.counts["tokens"]))],
        change=[Link(_("Make or revoke one"), reverse("admin:tokens"))] if may else [],
        asks="" if may else on_administrators(facts),
        part="tokens",
    )


def webhooks_section(facts: Facts, *, may: bool) -> Section:
    """Say who is told by a signed request what was published, and whether it arrives."""
    on, off, ended, failing = (facts.counts[f"webhooks_{name}"] for name in ("on", "off", "ended", "failing"))
    listed = reverse("admin:webhooks")
    told = ngettext(
        "%(count)d was switched off because its receiver failed or wants no more: look at it.",
        "%(count)d were switched off because their receivers failed or want no more: look at them.",
        ended,
    )
    return Section(
        "webhooks",
        _("Webhooks"),
        _("Programs that are told within seconds what was published, corrected or withdrawn, by a signed request."),
        [Fact(_("On"), str(on)), Fact(_("Failing"), str(failing)), Fact(_("Off"), str(off + ended))],
        change=[Link(_("Change or add"), listed)] if may else [Link(_("Look at them"), listed)],
        tries=[Link(_("Try one"), listed, _("each has “Send a test now”, and shows what its receiver answered"))],
        asks="" if may else on_administrators(facts),
        alarm=" ".join(filter(None, [told % {"count": ended} if ended else "", _fails(failing)])),
        part="numbers",
    )


def mail_section(facts: Facts) -> Section:
    """Say whether mail goes out."""
    stuck, waiting = facts.counts["mail_stuck"], facts.counts["mail_due"]
    told = [Fact(_("Mail server"), settings.EMAIL_HOST or _("none"))]
    if is_set_up():
        told.append(Fact(_("Sent as"), settings.DEFAULT_FROM_EMAIL))
    told.append(Fact(_("Waiting to be sent"), str(waiting), _("Nothing is lost while no server takes it.")))
    told.append(_subscribers(facts.counts["subscribers"]))
    alarm = ""
    if stuck:
        counted = ngettext("Mail to %(count)d person fails.", "Mail to %(count)d people fails.", stuck)
        alarm = counted % {"count": stuck} + " " + _("People, below Mail, has what the server said.")
    return Section(
        "mail",
        _("Mail"),
        _("Tells people what waits for them. Each chooses what, and how often, under My settings."),
        told,
        asks=_("The operator names the mail server in EMAIL_URL, and restarts the desk."),
        alarm=alarm,
        part="mail",
    )


def _subscribers(count: int) -> Fact:
    """Say how many readers are told of corrections by mail, or why none can ask for it."""
    name = _("Readers who subscribe to corrections")
    if takes_subscribers():
        return Fact(name, str(count), _("They leave with one click; who leaves is deleted."))
    lacking = _("PUBLIC_URL, for the links in mails") if is_set_up() else _("EMAIL_URL")
    return Fact(name, _("not offered"), _("The form is hidden until the operator sets %(what)s.") % {"what": lacking})


def log_section(facts: Facts) -> Section:
    """Say which key signs the log, and how others keep its head."""
    newest = facts.checkpoint
    if newest:
        signed = _("%(number)d, signed %(ago)s") % {"number": newest.seal.number, "ago": _ago(newest.at)}
        told = [
            Fact(_("Key"), str(verifier_of(newest.key)), _("Give it to your witnesses by another way than this site.")),
            Fact(_("Newest head"), signed),
        ]
    else:
        told = [Fact(_("Newest head"), NOT_SET, _("The first is signed once something was decided."))]
    told.append(
        Fact(
            _("Witnesses"),
            _("whoever keeps your feed, or runs “manage.py witness” against it"),
            _("The desk is not told who they are. Ask a colleague in another newsroom to be one."),
        )
    )
    return Section(
        "log",
        _("The log, its key and its witnesses"),
        _("Every step of every case is a line that nobody rewrites unseen. Its signed heads let strangers see that."),
        told,
        tries=[
            Link(_("Try it"), reverse("admin:try_log"), _("whether the newest signed head holds against the log")),
            Link(_("Open its public page"), reverse("public:log")),
        ],
        asks=_("The operator replaces the key with “manage.py log_key replace”."),
    )


def _fails(count: int) -> str:
    told = ngettext(
        "%(count)d fails and needs somebody to look at it.", "%(count)d fail and need somebody to look at them.", count
    )
    return told % {"count": count} if count else ""


def _ago(at: datetime) -> str:
    return near(at, timezone.now())
