"""Every connector, by its key. A new one is a file beside this and a line here."""

from collections.abc import Mapping

from verification.connectors.issuers.contract import Connector
from verification.connectors.issuers.fact_checks import FactChecks
from verification.connectors.issuers.federal_register import FederalRegister
from verification.connectors.issuers.feeds import Feeds
from verification.connectors.issuers.govinfo import GovInfo
from verification.connectors.issuers.govuk import GovUk
from verification.connectors.issuers.hansard import Hansard
from verification.connectors.issuers.html_lists import HtmlLists
from verification.connectors.issuers.nato import Nato
from verification.connectors.issuers.press_corner import PressCorner
from verification.connectors.issuers.sitemaps import Sitemaps
from verification.connectors.issuers.wayback import Wayback
from verification.connectors.issuers.whitehouse import WhiteHouse
from verification.connectors.issuers.wordpress import WordPress

_KNOWN: tuple[type[Connector], ...] = (
    Feeds,
    HtmlLists,
    Sitemaps,
    WordPress,
    WhiteHouse,
    Nato,
    FederalRegister,
    GovInfo,
    GovUk,
    Hansard,
    PressCorner,
    FactChecks,
    Wayback,
)
CONNECTORS: Mapping[str, type[Connector]] = {connector.key: connector for connector in _KNOWN}
