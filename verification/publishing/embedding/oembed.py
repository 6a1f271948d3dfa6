"""oEmbed (https://oembed.com/, version 1.0): from a check's address to the frame that shows its card.

Answered are the addresses of a check, of its versions and of its card. Whichever was given, the card shows how the
check stands: nobody embeds what was corrected since.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.html import escape
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from claims.capture.errors import BadUrl
from claims.capture.urls import parse_url
from verification.publishing.addresses import Addresses
from verification.publishing.conditional import answer, for_all
from verification.publishing.edition import Edition, edition_of
from verification.publishing.embedding.frame import Size, frame, title_of
from verification.publishing.pictures.drawing import HEIGHT, WIDTH
from verification.publishing.plain_text import printable
from verification.publishing.published import PublishedVerdict
from verification.publishing.records import read_check

KEEP: Final = 3600
"""Seconds for which a consumer may keep the answer. The card in the frame is always asked for anew."""
PLACES: Final = {"public:check", "public:version", "public:embed"}
PICTURE: Final = Size(WIDTH, HEIGHT)
FORMATS: Final = ("json", "xml")
PLAIN: Final = "text/plain; charset=utf-8"


@require_safe
def oembed(request: HttpRequest) -> HttpResponseBase:
    """Return how to embed the check at `url`, as `format` json or xml, at most `maxwidth` and `maxheight` large.

    404 where no published check is there, 501 for another format: each with a sentence.
    """
    wanted = request.GET.get("format") or FORMATS[0]
    if wanted not in FORMATS:
        return _told(501, gettext("Ask for format=json or format=xml."))
    addresses = Addresses.of(request)
    check, version = _check_at(request.GET.get("url", ""), addresses)
    now = edition_of(check, version) if check else None
    if check is None or now is None:
        return _told(404, gettext("No check of ours is there: give the address of a published one as url=."))

    def render() -> HttpResponse:
        verdict = read_check(check)
        if verdict is None:
            raise Http404
        limits = _pixels(request, "maxwidth"), _pixels(request, "maxheight")
        fields = _fields(verdict, now, addresses, Size().within(*limits))
        return _written(fields | _picture(verdict, addresses, *limits), wanted)

    return for_all(answer(request, now, render))


def _fields(verdict: PublishedVerdict, now: Edition, addresses: Addresses, size: Size) -> dict[str, str | int]:
    name = printable(now.desk.name)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title_of(verdict),
        "author_name": name,
        "author_url": now.desk.homepage or addresses.page("checks"),
        "provider_name": name,
        "provider_url": addresses.page("checks"),
        "cache_age": KEEP,
        "html": frame(verdict, addresses, size),
        "width": size.width,
        "height": size.height,
    }


def _picture(
    verdict: PublishedVerdict, addresses: Addresses, width: int | None, height: int | None
) -> dict[str, str | int]:
    """Return the picture of the version that stands, as a thumbnail; nothing where it is larger than it may be."""
    if PICTURE.within(width, height) != PICTURE:
        return {}
    address = addresses.picture(verdict.check, verdict.version)
    return {"thumbnail_url": address, "thumbnail_width": PICTURE.width, "thumbnail_height": PICTURE.height}


def _written(fields: Mapping[str, str | int], wanted: str) -> HttpResponse:
    if wanted == "json":
        return JsonResponse(fields, json_dumps_params={"ensure_ascii": False})
    told = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in fields.items())
    head = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
    return HttpResponse(f"{head}<oembed>{told}</oembed>\n", content_type="text/xml; charset=utf-8")


def _check_at(address: str, addresses: Addresses) -> tuple[UUID | None, int | None]:
    """Return which check, and which version of it, an address of ours names; None for an address of anything else."""
    try:
        target, own = parse_url(address), parse_url(addresses.base)
        path = target.path_and_query.partition("?")[0]
        match = resolve(f"{path.rstrip('/')}/")  # chat programs and editors take the last slash for punctuation
    except (BadUrl, Resolver404):
        return None, None
    if target.host_header != own.host_header or match.view_name not in PLACES:
        return None, None
    return match.kwargs["check"], match.kwargs.get("version")


def _pixels(request: HttpRequest, name: str) -> int | None:
    """Return a limit that was asked for; None where it is none of one to five digits."""
    text = request.GET.get(name, "")
    return int(text) or None if text.isascii() and text.isdigit() and len(text) <= 5 else None


def _told(status: int, sentence: str) -> HttpResponseBase:
    return for_all(HttpResponse(sentence + "\n", status=status, content_type=PLAIN))
