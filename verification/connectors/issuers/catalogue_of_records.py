"""Records of what was said and decided, fact checks as leads, and archives of the web."""

from claims.wording import words
from verification.connectors.issuers.catalogue_entry import CatalogueEntry

_WASHINGTON = "America/New_York"
_NO_RIGHTS = "Public domain (US Government work)"
_PRESIDENT = ("President of the US", "US President", "White House")

RECORDS: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        "federal-register-president",
        "Federal Register: documents of the President",
        "federal_register",
        {"types": ["PRESDOCU"]},
        tier=0,
        speaks_for="President of the United States",
        also_called=_PRESIDENT,
        every_minutes=360,
        notes=words("Executive orders, proclamations and memoranda, by the day they were signed."),
        zone=_WASHINGTON,
        language="en",
        licence=_NO_RIGHTS,
    ),
    CatalogueEntry(
        "federal-register-rules",
        "Federal Register: rules and notices",
        "federal_register",
        {"types": ["RULE", "PRORULE", "NOTICE"]},
        tier=0,
        every_minutes=720,
        notes=words("A hundred documents a day: name the agencies that matter to the desk before switching it on."),
        zone=_WASHINGTON,
        language="en",
        licence=_NO_RIGHTS,
    ),
    CatalogueEntry(
        "govinfo-presidential-documents",
        "Compilation of Presidential Documents",
        "govinfo",
        {"collections": ["CPD"]},
        tier=3,
        speaks_for="President of the United States",
        also_called=_PRESIDENT,
        every_minutes=1440,
        notes=words("Some five weeks late, and without read-outs of calls."),
        zone=_WASHINGTON,
        language="en",
        licence=_NO_RIGHTS,
    ),
    CatalogueEntry(
        "govinfo-congressional-record",
        "Congressional Record",
        "govinfo",
        {"collections": ["CREC"]},
        tier=0,
        speaks_for="Congress of the United States",
        also_called=("US Congress", "Senate of the United States", "House of Representatives"),
        every_minutes=1440,
        zone=_WASHINGTON,
        language="en",
        licence=_NO_RIGHTS,
    ),
    CatalogueEntry(
        "uk-hansard",
        "Hansard (both Houses)",
        "hansard",
        tier=0,
        speaks_for="Parliament of the United Kingdom",
        also_called=("UK Parliament", "House of Commons", "House of Lords"),
        zone="Europe/London",
        language="en",
        licence="Open Parliament Licence v3",
        every_minutes=720,
    ),
    CatalogueEntry(
        "google-fact-check-tools",
        "Google Fact Check Tools",
        "fact_checks",
        tier=4,
        every_minutes=1440,
        notes=words("Leads to primary sources: what other newsrooms checked is never evidence by itself."),
    ),
    CatalogueEntry(
        "wayback-machine",
        "Wayback Machine",
        "wayback",
        tier=3,
        every_minutes=1440,
        notes=words("An archive service: asked for copies of pages, and never searched for claims."),
    ),
)
