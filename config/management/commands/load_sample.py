"""`load_sample`: loads the sample desk that `first_run` began; `make run` calls it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from claims.capture.errors import CaptureError
from claims.translation import say
from config.sample.loading import load, serving
from config.sample.marker import Marker, read_marker, write_marker
from config.sample.server import SampleServer
from config.sample.walking import NotInTheRecord
from verification.models import Desk
from verification.research.direct import WorkFailed


class Command(BaseCommand):
    """Does nothing on a desk that is no sample, or whose sample is loaded."""

    help = "Load the sample desk, or what is missing of it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve the sample's site and load from it."""
        marker = read_marker(settings.STATE_DIR)
        if marker is None or marker.loaded or not Desk.get().sample:
            return
        try:
            server = SampleServer(marker.port)
        except OSError as error:
            told = {"port": marker.port, "why": error.strerror or error}
            raise CommandError(gettext("The sample's site cannot answer on port %(port)s: %(why)s.") % told) from error
        try:
            with serving(server):
                load(marker.port)
        except CaptureError as error:
            raise CommandError(say(error.sentence)) from error
        except (NotInTheRecord, WorkFailed) as error:
            raise CommandError(str(error)) from error
        write_marker(settings.STATE_DIR, Marker(marker.port, loaded=True))
