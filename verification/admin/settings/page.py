"""Settings: what is set now in plain words, what each thing does, where it is changed, and a way to try it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verification.admin.pages import Route, desk_page, person_of, show
from verification.admin.settings import guide, trying
from verification.admin.settings.facts import read_facts
from verification.admin.settings.section import Section
from verification.admin.settings.sections import desk_section, policies_section, scale_section, weights_section
from verification.admin.settings.surroundings import (
    feeds_section,
    log_section,
    mail_section,
    outlets_section,
    people_section,
    readers_section,
    sources_section,
    texts_section,
    tokens_section,
    webhooks_section,
)
from verification.people.post import is_set_up
from verification.publishing.addresses import Addresses
from verification.review.policy import may_open


@require_safe
@desk_page("settings")
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show what is set (twenty queries at most, the page's frame included)."""
    context = {
        "title": _("Settings"),
        "sections": sections_of(request),
        "mail_is_set_up": is_set_up(),
        "once": uuid.uuid4(),
        "api": request.build_absolute_uri(reverse("api_articles")),
    }
    return show(request, "desk/settings.html", context)


def sections_of(request: HttpRequest) -> list[Section]:
    """Return the sections as this person sees them: with links to change what they may change."""
    person = person_of(request)
    facts = read_facts(person)
    return [
        desk_section(facts, may=person.has_perm("verification.change_desk")),
        scale_section(facts, may=person.has_perm("verification.change_ratingscale")),
        policies_section(facts, may=person.has_perm("verification.change_desk")),
        weights_section(facts, may=may_open(person, "weights")),
        sources_section(facts, may=person.has_perm("verification.change_source")),
        outlets_section(facts, may=person.has_perm("claims.change_outletfeed")),
        people_section(
            facts,
            looks=may_open(person, "people"),
            may=person.has_perm("auth.change_user"),
            invites=may_open(person, "invite"),
        ),
        readers_section(facts),
        texts_section(facts, may=may_open(person, "desk_texts")),
        feeds_section(facts, Addresses.of(request)),
        webhooks_section(facts, may=may_open(person, "set_webhooks")),
        tokens_section(facts, may=may_open(person, "tokens")),
        mail_section(facts),
        log_section(facts),
    ]


ROUTES: list[Route] = [("settings/", settings_page, "settings"), *trying.ROUTES, *guide.ROUTES]
