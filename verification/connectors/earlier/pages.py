"""The JSON-LD that a web page holds in its scripts (W3C JSON-LD 1.1 §9)."""

from collections.abc import Iterator

from trafilatura import load_html

from claims.wording import words
from verification.connectors.contract import Skipped, UnreadableFile
from verification.connectors.earlier.claimreview import checks_in, loads
from verification.connectors.earlier.contract import EarlierText
from verification.connectors.fields import clean_id

SCRIPTS = "//script[contains(translate(@type, 'JSONLD', 'jsonld'), 'ld+json')]"


def checks_in_page(markup: str, name: str) -> Iterator[EarlierText | Skipped]:
    """Yield the checks in a page's scripts; a damaged script costs itself only."""
    tree = load_html(markup)
    scripts = [] if tree is None else [str(script.text or "") for script in tree.xpath(SCRIPTS)]
    read, damaged = [], None
    for script in scripts:
        try:
            read.append(loads(script))
        except UnreadableFile as error:
            damaged = error.sentence
    if damaged:
        yield Skipped(clean_id(name), damaged)
    if read:
        yield from checks_in(read, name)
    elif not damaged:
        yield Skipped(clean_id(name), words("The page holds no ClaimReview in a script."))
