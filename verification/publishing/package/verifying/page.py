"""The page that people read: it says what the files say."""

from claims.wording import words
from verification.publishing.package import layout
from verification.publishing.package.material import File, KeptBack, Material
from verification.publishing.package.readable import PAGE_VERSION, README, page
from verification.publishing.package.verifying.logged import events_in
from verification.publishing.package.verifying.opened import Opened
from verification.publishing.package.verifying.reporting import Report

FOLDERS = ("articles/", "captures/", "texts/")


def readable_page(package: Opened, report: Report) -> None:
    """Say whether index.html is what follows from the other files, and readme.txt what is in every package.

    That another version of the software wrote them in other words is no fault: then this says to read the files.
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
    if (page(material), README) == (package.text(layout.PAGE), package.text(layout.README)):
        report.good(words("The page index.html says what the other files say."))
    elif manifest["tools"].get("page") == PAGE_VERSION:
        report.bad(words("The pages index.html and readme.txt do not say what the other files say."))
    else:
        sentence = words("The pages index.html and readme.txt are of another version: read the other files instead.")
        report.untested(sentence)
