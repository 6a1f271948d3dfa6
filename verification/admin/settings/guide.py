"""The newsroom guide, and the other pages of `docs/`, to be read on the desk: the very files, made into safe HTML."""

import re
from pathlib import Path
from typing import Final

import nh3
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from verification.admin.pages import Route, show

GUIDE: Final = "newsroom-guide"
_DOCS: Final = Path(settings.BASE_DIR) / "docs"
_TAGS: Final = {
    *("h1", "h2", "h3", "h4", "p", "a", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote"),
    *("img", "br", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    "a": {"href"},
    "img": {"src", "alt"},
    "pre": {"tabindex"},
    **{f"h{level}": {"id"} for level in (1, 2, 3, 4)},
}
_OTHER_PAGE: Final = re.compile(r"([a-z-]+)\.md(#[\w-]+)?")
_IMAGE: Final = re.compile(r"images/([a-z-]+)\.png")
_NAMED: Final = re.compile(r'<a id="([\w-]+)"></a>')
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")


@require_safe
def guide(request: HttpRequest, name: str = GUIDE) -> HttpResponse:
    """Show a page of the documentation, the newsroom guide if none is named; everybody with a log-in may."""
    title, sections, html = read_page(_page(name))
    context = {"title": title, "sections": sections, "html": html, "is_guide": name == GUIDE}
    return show(request, "desk/guide.html", context)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Send one of the pictures of the documentation."""
    path = _DOCS / "images" / f"{name}.png"
    if not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/png")


def _page(name: str) -> str:
    path = _DOCS / f"{name}.md"
    if not path.is_file():
        raise Http404
    return path.read_text(encoding="utf-8")


def read_page(text: str) -> tuple[str, list[tuple[str, str]], SafeString]:
    """Return a page's title, its sections (anchor and heading), and its body as HTML without the title."""
    tokens, title, sections = _MARKDOWN.parse(text), "", []
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            name, heading = _heading(tokens[number + 1])
            token.attrSet("id", name)
            if token.tag == "h1":
                title = heading
            elif token.tag == "h2":
                sections.append((name, heading))
        for each in token.children or ():
            _lead(each)
    body = [token for number, token in enumerate(tokens) if not _of_title(tokens, number)]
    html = str(_MARKDOWN.renderer.render(body, _MARKDOWN.options, {}))
    html = html.replace("<pre>", '<pre tabindex="0">')  # it scrolls, and the keyboard must reach it
    safe = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None)
    return title, sections, mark_safe(safe)  # nosec B308, B703 (sanitised right here)


def _heading(token: Token) -> tuple[str, str]:
    """Return a heading's anchor, its own where it names one, and its words; the mark that names it is taken out."""
    named = _NAMED.search(token.content)
    for each in token.children or ():
        each.content = _NAMED.sub("", each.content)
    words = _NAMED.sub("", token.content).replace("*", "").replace("`", "")
    return (named[1] if named else anchor(words)), words


def anchor(heading: str) -> str:
    """Return the anchor of a heading, as code hosts make it: lower case, hyphens for blanks, no other signs."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _of_title(tokens: list[Token], number: int) -> bool:
    """Return whether a token belongs to the first heading, which the page's frame shows."""
    start = next((at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"), None)
    return start is not None and start <= number <= start + 2


def _lead(token: Token) -> None:
    """Turn a link to another file of `docs/` into the address where the desk shows it."""
    name = "href" if token.type == "link_open" else "src" if token.type == "image" else ""
    target = str(token.attrGet(name) or "") if name else ""
    if name == "href" and (page := _OTHER_PAGE.fullmatch(target)):
        token.attrSet(name, reverse("admin:guide_page", args=[page[1]]) + (page[2] or ""))
    elif name == "href" and not target.startswith(("#", "https://", "http://")):
        del token.attrs[name]  # a file of the source, which the desk does not show
    elif name == "src" and (image := _IMAGE.fullmatch(target)) and (_DOCS / target).is_file():
        token.attrSet(name, reverse("admin:guide_picture", args=[image[1]]))
    elif name == "src":
        token.type = "text"  # of a picture that is not there, its words stay


ROUTES: list[Route] = [
    ("guide/", guide, "guide"),
    ("guide/images/<slug:name>.png", picture, "guide_picture"),
    ("guide/<slug:name>/", guide, "guide_page"),
]
