"""The sample desk's two accounts of one telephone call, as documents of a small library."""

from datetime import datetime, timedelta

from config.sample.addresses import SITE
from tests.verification.index.library import add_to_library
from verification.connectors.contract import SourceText
from verification.connectors.files import read_page
from verification.connectors.kinds import kind_of
from verification.models import Document, Source

OURS = "pm.corravane.example/2031/05/14/readout-call-president-lindemar"
THEIRS = "presidency.drennick.example/en/2031/05/14/telephone-conversation-arkwright"
EARLIER = "presidency.drennick.example/en/2031/05/12/statement-lake-water"
REMARKS = "pm.corravane.example/2031/05/14/remarks-quay-pellwick"
GAZETTE = "gazette.drennick.example/2031/05/06/order-31-17"
ISSUERS = {
    "pm.corravane.example": ("Prime Minister’s Office of Corravane", "Prime Minister’s Office"),
    "presidency.drennick.example": ("Presidency of Drennick", "Presidency of Drennick"),
    "gazette.drennick.example": ("State Gazette of Drennick", "State Gazette of Drennick"),
}


def page_text(page: str) -> SourceText:
    """Return a page of the sample's site as a document's text."""
    body = (SITE / f"{page}.html").read_bytes()
    text = read_page(page, body, "text/html", url=f"http://{page}", filename=None, charset="utf-8")
    assert isinstance(text, SourceText)
    return text


def add_page(page: str, **fields: object) -> Document:
    """Store and index a page of the sample's site under its own institution."""
    text = page_text(page)
    name, speaks_for = ISSUERS[page.split("/")[0]]
    source, _made = Source.objects.get_or_create(name=name, defaults={"tier": 1, "speaks_for": speaks_for})
    values: dict[str, object] = {
        "source": source,
        "stable_id": page,
        "kind": kind_of(text.title),
        "published": text.published,
        "published_precision": text.precision,
        "published_offset": text.offset,
    }
    return add_to_library(text.text, text.title or "", "en", **values | fields)


def moved(document: Document, days: int) -> datetime:
    """Return a document's time of publication some days later."""
    assert document.published is not None
    return document.published + timedelta(days=days)
