"""PostgreSQL and Valkey out of their wheels, for a newsroom that names no servers of its own.

Imports the standard library only, because it must run before Django's settings are read. Nothing outside this package
knows the wheels. Every failure is one class, `EmbeddedError`, whose text is a sentence that says what to do.
"""

from config.embedded.errors import EmbeddedError
from config.embedded.servers import Servers, provide

__all__ = ["EmbeddedError", "Servers", "provide"]
