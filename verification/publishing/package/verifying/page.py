"""The page that people read: it says what the files say."""

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.material import File, KeptBack, Material
from verification.publishing.package.readable import page
from verification.publishing.package.verifying.logged import events_in
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report

FOLDERS = ("articles/", "captures/", "texts/")


def readable_page(package: Opened, report: Report) -> None:
    """Say whether index.html is what follows from the other files.

    One that a later or earlier edition of the software wrote in other words is no fault: then this says to read the
    files themselves.
    """
    manifest = package.manifest
    material = Material(
        desk=manifest["desk"]["name"],
        base="",
        case=manifest["case"],
        published=manifest["verdict"]["published"],
        claim=package.json(layout.CLAIM),
        verdict=package.json(layout.VERDICT),
        checks=(),
        captures=(),
        events=events_in(package),
        seals=(),
        checkpoint="",
        keys=(),
        tools={},
        files=[
            File(entry["path"], b"", entry["media_type"], entry["what"])
            for entry in manifest["files"]
            if entry["path"].startswith(FOLDERS)
        ],
        kept_back=[KeptBack(**each) for each in manifest["withheld"]],
    )
    if page(material) == package.text(layout.PAGE):
        report.good(words("The page index.html says what the other files say."))
    else:
        report.untested(words("The page index.html is not as this verifier writes it: read the other files instead."))
