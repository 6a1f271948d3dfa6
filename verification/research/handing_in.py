"""A page that a source refused to give the machine, saved in a browser by a person and handed in: it becomes the
document of the entry that the source had shown."""

from dataclasses import replace

from django.db import transaction

from claims.archiving import Handed
from claims.wording import words
from verification.connectors.contract import SourceText
from verification.connectors.files import read_page
from verification.connectors.issuers.contract import SourceEntry
from verification.models import Document, SourceItem
from verification.research.adding import add_text
from verification.review.refusals import Refusal, Unmet


def hand_in(item: SourceItem, handed: Handed) -> Document:
    """Store what a person saved of an entry's page as its document, under the entry's own id.

    Where the page says nothing of title, date or kind, what the list said counts, as for one that was fetched. Raises
    CaptureError where it holds no text that can be read, Unmet where the entry has its document already.
    """
    if SourceItem.objects.filter(pk=item.pk, state=SourceItem.State.STORED).exists():
        raise Unmet(Refusal("stored", words("This entry has its document already.")))
    text = read_page(item.stable_id, handed.body, handed.media_type, url=item.url, filename=handed.filename)
    entry = SourceEntry.from_json(item.entry)
    if isinstance(text, SourceText):
        text = _completed(text, entry, item)
    document = add_text(text, handed, item.source, tier=entry.tier)
    with transaction.atomic():
        item.state, item.outcome, item.sentence, item.document = SourceItem.State.STORED, "OK", "", document
        item.save(update_fields=["state", "outcome", "sentence", "document"])
        Document.objects.filter(pk=document.pk, first_seen_at__isnull=True).update(first_seen_at=item.first_seen_at)
    return document


def _completed(text: SourceText, entry: SourceEntry, item: SourceItem) -> SourceText:
    if text.published is None and entry.published is not None:
        text = replace(
            text,
            published=entry.published,
            precision=entry.precision,
            offset=entry.offset,
            date_origin=entry.date_origin,
        )
    return replace(
        text,
        stable_id=item.stable_id,
        title=text.title or item.title,
        url=item.url,
        language=text.language or entry.language,
        kind=text.kind or entry.kind,
    )
