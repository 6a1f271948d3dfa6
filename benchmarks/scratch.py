"""A throw-away, migrated database on a real server, for measuring the product as it runs."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from config.embedded import provide


@contextmanager
def scratch_database() -> Iterator[None]:
    """Set Django up on a new database of the configured server, or of an embedded one, and drop it at the end.

    The database is made as tests make theirs (`test_…`, by the owner), so nothing of a desk's own is touched.
    """
    with tempfile.TemporaryDirectory(prefix="readout-bench-", ignore_cleanup_errors=True) as folder:
        state = Path(folder)
        named = "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ["READOUT_STATE"] = folder
        with nullcontext() if named else provide(os.environ, state):
            import django  # noqa: PLC0415 (settings read the URLs that were just set)
            from django.test.utils import setup_databases, teardown_databases  # noqa: PLC0415

            django.setup()
            from config.database import as_owner  # noqa: PLC0415

            with as_owner():
                made = setup_databases(verbosity=0, interactive=False)
            try:
                yield
            finally:
                with as_owner():
                    teardown_databases(made, verbosity=0)
