"""Every connector, by its key. A new one is a file beside this and a line here."""

from collections.abc import Mapping

from verification.connectors.issuers.contract import Connector

_KNOWN: tuple[type[Connector], ...] = ()
CONNECTORS: Mapping[str, type[Connector]] = {connector.key: connector for connector in _KNOWN}
