"""Every page there is, found from the table of addresses, so that a new one cannot be forgotten."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.fixtures import Settings

from claims.models import (
    Article,
    HostLane,
    OutletFeed,
    Speaker,
    Submission,
)
from tests.verification.admin.opening import as_person
from verification.models import (
    Candidate,
    Document,
    Duty,
    EarlierCheck,
    Invitation,
    Publication,
    Review,
    SavedView,
    SearchRun,
    Source,
    SourceItem,
    Subscriber,
    Webhook,
    WebhookMessage,
)
from verification.people.invitations import token_of
from verification.publishing.history import superseding
from verification.publishing.subscribing import links

Arguments = list[tuple[object, ...]]
CASE = "admin/verification/review/<int:pk>/"
# What no browser shows as a page: targets of forms, downloads, and what a page asks for in the background.
NO_PAGE = {
    "admin:logout",
    "admin:jsi18n",
    "admin:autocomplete",
    "admin:view_on_site",
    "admin:reader_take",
    "admin:reader_aside",
    "admin:report_take",
    "admin:report_aside",
    "admin:token_revoke",
    "admin:webhook_rotate",
    "admin:webhook_do",
    "admin:webhook_try",
    "admin:webhook_replay",
    "admin:hub_add",
    "admin:hub_do",
    "admin:intake_cancel",
    "admin:intake_list_cancel",
    "admin:guide_picture",
    "admin:take_next",
    "admin:try_mail",
    "admin:case_comment",
    "admin:case_now",
    "admin:case_find",
    "admin:case_search_cancel",
    "admin:queue_columns",
    "admin:queue_csv",
    "admin:hints",
    "admin:take",
    "admin:case_judge",
    "admin:case_add_source",
    "admin:case_part",
    "admin:source_adopt",
    "admin:verification_source_add",
    "admin:verification_desk_changelist",
    "admin:verification_review_history",
    "admin:case_search",
    "admin:case_do",
    "admin:case_search_live",
    "admin:original",
    "admin:exchange",
    "admin:stamp",
    "admin:copy_wacz",
    "admin:case_wacz",
    "admin:invite_again",
    "admin:invite_revoke",
    "admin:notices_read",
    "admin:notice",
    "admin:insight_export",
    "admin:earlier_file",
    "admin:earlier_out",
    "api_articles",
    "api_article",
    "api_v1_articles",
    "api_v1_article",
    "public:checkpoint",
    "public:seals",
    "public:rss",
    "public:atom",
    "public:json",
    "public:corrections_rss",
    "public:corrections_atom",
    "public:corrections_json",
    "public:claimreview",
    "public:picture",
    "public:data_feed",
    "public:sitemap",
    "public:sitemap_part",
    "public:news_sitemap",
    "public:oembed",
    "robots",
    "public:package",
    "public:version_package",
    "public:verifier",
    "claims_search",
}
# Rows of the stock admin that are facts: nobody adds or deletes them.
REFUSED = ("_add", "_delete")
# Cases whose page is opened in each of their states; of the others one case is enough.
OF_EVERY_CASE = {"admin:verification_review_change", "admin:case_file"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A page as somebody was answered: the name and the address it goes by, and its bytes."""

    name: str
    address: str
    person: User | None
    body: bytes

    @property
    def file_name(self) -> str:
        """Return what a file with this page may be called."""
        return f"{self.name.replace(':', '-')}-{self.person.username if self.person else 'anybody'}"


def rows(model: type[Model], *fields: str) -> Callable[[], Arguments]:
    """Return what lists these fields of every row."""
    return lambda: list(model._default_manager.order_by("-pk").values_list(*fields or ("pk",)))


ROWS: dict[str, Callable[[], Arguments]] = {
    "admin:app_list": lambda: [(app,) for app in sorted({each._meta.app_label for each in admin.site._registry})],
    "admin:auth_user_password_change": rows(User),
    "admin:intake_list": lambda: [(row, row) for (row,) in rows(Submission)()],
    "admin:guide_page": lambda: [(page.stem,) for page in sorted(Path(settings.BASE_DIR, "docs").glob("*.md"))],
    "admin:queue_view": rows(SavedView, "public"),
    "admin:source_new": lambda: [("feed",), ("html_list",)],
    "admin:source_entries": rows(Source),
    "admin:source_entry": rows(SourceItem, "source", "pk"),
    "admin:source_host": rows(HostLane),
    "admin:source_feed": rows(OutletFeed),
    "admin:triage_article": rows(Article, "public"),
    "admin:case_accounts": rows(Candidate, "claim__review", "pk"),
    "admin:document_copy": rows(Document),
    "admin:article_copy": rows(Article),
    "admin:search_record": rows(SearchRun, "claim__review", "pk"),
    "admin:webhook": rows(Webhook, "public"),
    "admin:webhook_edit": rows(Webhook, "public"),
    "admin:webhook_message": rows(WebhookMessage, "webhook__public", "public"),
    "admin:speaker": rows(Speaker),
    "admin:person": rows(User),
    "admin:earlier_check": rows(EarlierCheck, "public"),
    "public:check": rows(Publication, "review__public"),
    "public:report": rows(Publication, "review__public"),
    "public:reach": lambda: list(superseding().values_list("review__public")),
    "public:subscribe_confirm": lambda: [(links.token_of(each),) for each in Subscriber.objects.all()],
    "public:subscription": rows(Subscriber, "public"),
    "public:subscription_leave": rows(Subscriber, "public"),
    "public:report_thanks": rows(Publication, "review__public"),
    "public:about_text": lambda: [("ethics",)],
    "public:about_wording": lambda: [("ethics", 1)],
    "admin:desk_text": lambda: [("ethics",)],
    "public:embed": rows(Publication, "review__public"),
    "public:version": rows(Publication, "review__public", "verdict__version"),
    "invitation": lambda: [(token_of(each),) for each in Invitation.objects.all()],
}


def open_to_readers(settings: Settings) -> None:
    """Let readers ask for a check and subscribe: those pages are there only where the operator set what they need."""
    settings.READER_SUBMISSIONS = True
    settings.EMAIL_HOST, settings.PUBLIC_URL = "127.0.0.1", "https://checks.lantern.example"


def names() -> Iterator[tuple[str, str]]:
    """List each named address: (name with its namespace, its pattern)."""
    yield from _below(get_resolver().url_patterns, "", "")


def _below(urls: list[URLPattern | URLResolver], before: str, space: str) -> Iterator[tuple[str, str]]:
    for url in urls:
        pattern = before + str(url.pattern)
        if isinstance(url, URLResolver):
            yield from _below(url.url_patterns, pattern, f"{space}{url.namespace}:" if url.namespace else space)
        elif url.name:
            yield space + url.name, pattern


def addresses_of(name: str, pattern: str) -> list[str]:
    """Return the addresses that a name stands for, one per row of what it takes; fails where no row is known."""
    if name in ROWS:
        found = [[str(each) for each in row] for row in ROWS[name]() if None not in row]
    elif "<" not in pattern:
        found = [[]]
    elif pattern.startswith(CASE) and pattern.count("<") == 1:
        found = [[str(pk)] for (pk,) in rows(Review)()]
    else:
        models = {f"admin:{each._meta.app_label}_{each._meta.model_name}": each for each in admin.site._registry}
        model = models.get(name.rpartition("_")[0])
        assert model, f"{name} ({pattern}) takes a row: say in ROWS of tests/journeys/addresses.py which."
        found = [[str(pk)] for (pk,) in rows(model)()]
    assert found, f"{name} ({pattern}): there is no row to look at: make one in tests/journeys/furnished.py."
    return [reverse(name, args=each) for each in found]


def open_all(people: list[User]) -> Iterator[Opened]:
    """Open every page as the first of the people who may; fails at a page that nobody can open.

    A case's own pages come once for each case, and for whoever had to do with it; any other once, for the first row
    that has it.
    """
    browsers = [(person, as_person(person)) for person in people]
    for name, pattern in names():
        if name not in NO_PAGE and not name.startswith("api:"):
            pages = list(_pages(name, pattern, browsers))
            assert pages or name.endswith(REFUSED), f"Nobody could open a page named {name}: {pattern}"
            yield from pages


def _pages(name: str, pattern: str, browsers: list[tuple[User, Client]]) -> Iterator[Opened]:
    if not name.startswith("admin:") or name == "admin:login":
        yield from _first(name, addresses_of(name, pattern)[0], [(None, Client())])
        return
    for address in addresses_of(name, pattern):
        if name in OF_EVERY_CASE:
            case = int(address.split("/")[4])
            involved = set(Duty.objects.filter(review=case).values_list("person", flat=True))
            yield from _first(name, address, browsers)
            for one in browsers[1:]:
                yield from _first(name, address, [one] if one[0].pk in involved else [])
        elif opened := list(_first(name, address, browsers)):
            yield from opened
            return
        elif name.endswith(REFUSED):
            return


def _first(name: str, address: str, browsers: Sequence[tuple[User | None, Client]]) -> Iterator[Opened]:
    for person, browser in browsers:
        answer = browser.get(address)
        if answer.status_code == 200:
            assert answer["Content-Type"].startswith("text/html"), f"{name}: {address} is no page"
            yield Opened(name, address, person, answer.content)
            return
