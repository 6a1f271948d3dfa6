"""Pages to browse by: the speakers, topics and outlets that have published checks, A to Z."""

from itertools import groupby
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from verification.publishing.conditional import answer
from verification.publishing.edition import edition
from verification.publishing.pages import framed
from verification.publishing.paging import LONG_PAGE, Leaf
from verification.publishing.shelves import Name, Shelf, names_on

# Title, and what is said below it.
TOLD: Final[dict[Shelf, tuple[str | Promise, str | Promise]]] = {
    Shelf.SPEAKER: (
        _("Speakers"),
        _("Whose claims we have checked. A number says how many checks there are, and nothing of the person."),
    ),
    Shelf.TOPIC: (_("Topics"), _("What the claims we have checked are about.")),
    Shelf.OUTLET: (
        _("Outlets"),
        _("Where the claims we have checked were printed or shown. A number says how many checks, not how they ended."),
    ),
}


@require_safe
def browse(request: HttpRequest, shelf: Shelf) -> HttpResponseBase:
    """Show what can be chosen of one kind, a hundred to a page, each with how many checks it has."""
    now = edition()

    def show() -> HttpResponse:
        names = names_on(shelf, now)
        leaf = Leaf.of(request, len(names), {}, LONG_PAGE)
        title, intro = map(str, TOLD[shelf])
        context = {
            "intro": intro,
            "leaf": leaf,
            "letters": _letters(names, leaf),
            "groups": [
                (letter, _anchor(letter), list(group))
                for letter, group in groupby(names[leaf.start : leaf.last], lambda each: each.letter)
            ],
            "shelves": [(each, str(TOLD[each][0])) for each in TOLD],
            "shelf": shelf,
            "current_page": "checks",
        }
        return framed(request, now, "browse", title, intro, context, query=leaf.here)

    return answer(request, now, show)


def _letters(names: tuple[Name, ...], leaf: Leaf) -> list[tuple[str, str]]:
    """Return the letters that something stands under, each with where its first one is: a query and an anchor."""
    first: dict[str, int] = {}
    for place, each in enumerate(names):
        first.setdefault(each.letter, place)
    return [(letter, f"?page={1 + place // leaf.length}#{_anchor(letter)}") for letter, place in first.items()]


def _anchor(letter: str) -> str:
    """Return the name of the place where a letter's names begin: of `#` too one that an address can hold."""
    return f"letter-{ord(letter[0]):x}"
