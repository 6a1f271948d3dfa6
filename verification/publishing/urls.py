"""Addresses of the public side, below `checks/`. They are cited and indexed, so they stay."""

from django.urls import path

from verification.publishing import log, machine, pages, suggesting
from verification.publishing.package import serving

app_name = "public"
urlpatterns = [
    path("", pages.checks, name="checks"),
    path("how/", pages.how, name="how"),
    path("corrections/", pages.corrections, name="corrections"),
    path("suggest/", suggesting.suggest, name="suggest"),
    path("suggest/thanks/", suggesting.thanks, name="suggest_thanks"),
    path("log/", log.log_page, name="log"),
    path("log/checkpoint", log.checkpoint, name="checkpoint"),
    path("log/seals", log.seals, name="seals"),
    path("feed.rss", machine.rss_feed, name="rss"),
    path("feed.atom", machine.atom_feed, name="atom"),
    path("feed.json", machine.json_feed, name="json"),
    path("<uuid:check>/", pages.check, name="check"),
    path("<uuid:check>/v<int:version>/", pages.check, name="version"),
    path("<uuid:check>/package/", serving.package, name="package"),
    path("<uuid:check>/v<int:version>/package/", serving.package, name="version_package"),
    path("verify_readout.pyz", serving.verifier, name="verifier"),
    path("<uuid:check>/claimreview.json", machine.claimreview, name="claimreview"),
]
