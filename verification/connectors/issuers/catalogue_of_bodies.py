"""Bodies of several states: the United Nations, the European Union, NATO."""

from claims.wording import words
from verification.connectors.issuers.catalogue_entry import CatalogueEntry

_BRUSSELS, _NEW_YORK = "Europe/Brussels", "America/New_York"

BODIES: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        "eu-commission-press-corner",
        "European Commission",
        "press_corner",
        {"types": ["IP", "STATEMENT", "SPEECH", "READ"]},
        speaks_for="European Commission",
        also_called=("EU Commission", "President of the European Commission", "Commission President"),
        zone="Europe/Brussels",
        language="en",
        licence="CC BY 4.0 (Decision 2011/833/EU)",
        every_minutes=60,
    ),
    CatalogueEntry(
        "eu-council",
        "Council of the EU and European Council",
        "feed",
        {"feeds": ["https://www.consilium.europa.eu/en/rss/pressreleases.ashx"], "inline": True, "zone": _BRUSSELS},
        speaks_for="European Council",
        also_called=("Council of the European Union", "EU Council", "President of the European Council"),
        zone=_BRUSSELS,
        language="en",
        every_minutes=60,
        notes=words("Read from its feed alone, which tells when an item was changed: its pages refuse machines."),
    ),
    CatalogueEntry(
        "nato",
        "NATO",
        "nato",
        speaks_for="NATO",
        also_called=("North Atlantic Treaty Organization", "North Atlantic Council", "NATO Secretary General"),
        zone=_BRUSSELS,
        language="en",
        every_minutes=60,
        notes=words("Its feed is that of the former site: probe it before relying on it."),
    ),
    CatalogueEntry(
        "un-press",
        "United Nations: meetings coverage and press releases",
        "feed",
        {"feeds": ["https://press.un.org/en/rss.xml", "https://press.un.org/en/content/security-council/feed"]},
        speaks_for="United Nations",
        also_called=("UN", "Secretary-General of the United Nations", "UN Secretary-General", "Security Council"),
        zone=_NEW_YORK,
        language="en",
        every_minutes=60,
        notes=words("Not an official record: verbatim records have symbols such as S/PV.9600."),
    ),
    CatalogueEntry(
        "un-news",
        "UN News",
        "feed",
        {"feeds": ["https://news.un.org/feed/subscribe/en/news/all/rss.xml"]},
        tier=4,
        zone=_NEW_YORK,
        language="en",
        every_minutes=120,
        notes=words("Journalism by the United Nations: leads, not records."),
    ),
)
