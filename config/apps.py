"""Loads the Celery application and the boot checks with Django."""

from django.apps import AppConfig


class ReadoutConfig(AppConfig):
    """The wiring, as an app: its commands, checks and translations are found by Django."""

    name = "config"
    verbose_name = "Readout"

    def ready(self) -> None:
        """Register the checks, and the broker that `shared_task` rings."""
        from config import celery, checks  # noqa: F401, PLC0415 (both need loaded apps)
