"""The desk as schema.org knows it: who publishes, and where readers find its policies.

`publishingPrinciples` is the page of how the software holds the desk to its work, which is always there. The rest are
the pages that the desk has filled in (`DeskText`); of one that is empty nothing is said. What we tell of ourselves
beyond that (who we are, which sources we use) has no property in schema.org's vocabulary.
"""

from types import MappingProxyType

from verification.models import DeskText
from verification.publishing.addresses import Addresses
from verification.publishing.plain_text import printable
from verification.publishing.published import PublishedDesk

KIND = "NewsMediaOrganization"
_Kind = DeskText.Kind
POLICIES = MappingProxyType(
    {
        "verificationFactCheckingPolicy": _Kind.METHODOLOGY,
        "correctionsPolicy": _Kind.CORRECTIONS,
        "ethicsPolicy": _Kind.ETHICS,
        "ownershipFundingInfo": _Kind.FUNDING,
        "masthead": _Kind.TEAM,
        "actionableFeedbackPolicy": _Kind.FEEDBACK,
    }
)
"""Which text of the desk a property of https://schema.org/NewsMediaOrganization leads to."""


def newsroom(desk: PublishedDesk, addresses: Addresses) -> dict[str, object]:
    """Return the desk as a NewsMediaOrganization, with the address of each policy that it has written."""
    told: dict[str, object] = {
        "@type": KIND,
        "name": printable(desk.name),
        "url": desk.homepage or addresses.page("checks"),
        "publishingPrinciples": addresses.page("how"),
    }
    return told | {name: addresses.about(kind) for name, kind in POLICIES.items() if kind in desk.texts}
