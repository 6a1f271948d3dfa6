"""The catalogue: sources that are shipped ready to be switched on. None is asked before a desk has added it.

    entries() -> every source, in the order in which they are shown

Built from the sources hand-book; addresses and layouts change, so `probe_source` says what a source is like today.
"""

from verification.connectors.issuers.catalogue_entry import CatalogueEntry
from verification.connectors.issuers.catalogue_of_bodies import BODIES
from verification.connectors.issuers.catalogue_of_records import RECORDS
from verification.connectors.issuers.catalogue_of_states import STATES

__all__ = ["CatalogueEntry", "entries"]


def entries() -> tuple[CatalogueEntry, ...]:
    """Return every source of the catalogue."""
    return (*STATES, *BODIES, *RECORDS)
