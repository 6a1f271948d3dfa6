"""Runs one row of work under its lease: the same for a Celery task and for a command that works directly."""

import logging
from collections.abc import Callable

from django.db import OperationalError, connection

from claims import work
from claims.capture.asking import Later

logger = logging.getLogger(__name__)


def run_leased(work_id: int, verb: Callable[[work.Lease], object]) -> bool:
    """Take the row's lease and call `verb` under it; return whether it was done here and now.

    What has to wait for a host comes back when that may be asked again. An error gives the row back with what went
    wrong, for another try; a lost lease is another worker's business. A database that is away is not the row's fault:
    the lease runs out by itself and the bell rings again.
    """
    lease = work.take(work_id)
    if lease is None:
        return False
    try:
        with work.held(lease):
            verb(lease)
    except work.LeaseLost:
        logger.info("%s %s was taken over by another worker", lease.kind, lease.subject)
        return False
    except Later as later:
        work.postpone(lease, later.seconds, str(later.sentence))
        return False
    except Exception as error:
        if isinstance(error, OperationalError) and not connection.is_usable():
            logger.warning("%s %s: the database went away", lease.kind, lease.subject, exc_info=True)
            return False
        logger.exception("%s %s failed at attempt %s", lease.kind, lease.subject, lease.attempt)
        work.fail(lease, f"{type(error).__name__}: {error}")
        return False
    except BaseException:
        work.give_back(lease)
        raise
    return True
