"""Puts our site in the place of Django's; a file of its own, because models are not loaded yet when it is read."""

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """The admin, with `admin.site` a DeskSite."""

    default_site = "config.desk_site.DeskSite"
