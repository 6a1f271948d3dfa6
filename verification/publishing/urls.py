"""Addresses of the public side, below `checks/`. They are cited and indexed, so they stay."""

from django.urls import URLPattern, path

from verification.publishing import (
    about,
    browsing,
    data_feed,
    log,
    machine,
    news_sitemap,
    pages,
    reporting,
    sitemap,
    suggesting,
)
from verification.publishing.embedding import card, oembed
from verification.publishing.package import serving
from verification.publishing.pictures import serving as pictures
from verification.publishing.reach import pages as reach
from verification.publishing.shelves import Shelf
from verification.publishing.subscribing import pages as subscribing

FORMATS = {"rss": machine.RSS, "atom": machine.ATOM, "json": machine.JSON}


def _feeds(below: str, told: machine.Told, named: str) -> list[URLPattern]:
    given = {name: {"name": f"{named}{name}", "told": told, "written": FORMATS[name]} for name in FORMATS}
    return [path(f"{below}feed.{name}", machine.feed, given[name], name=f"{named}{name}") for name in FORMATS]


app_name = "public"
urlpatterns = [
    path("", pages.checks, name="checks"),
    path("how/", pages.how, name="how"),
    path("corrections/", pages.corrections, name="corrections"),
    path("speakers/", browsing.browse, {"shelf": Shelf.SPEAKER}, name="speakers"),
    path("topics/", browsing.browse, {"shelf": Shelf.TOPIC}, name="topics"),
    path("outlets/", browsing.browse, {"shelf": Shelf.OUTLET}, name="outlets"),
    path("about/", about.about, name="about"),
    path("about/<slug:kind>/", about.policy, name="about_text"),
    path("about/<slug:kind>/v<int:number>/", about.policy, name="about_wording"),
    path("suggest/", suggesting.suggest, name="suggest"),
    path("suggest/thanks/", suggesting.thanks, name="suggest_thanks"),
    path("subscribe/", subscribing.subscribe, name="subscribe"),
    path("subscribe/sent/", subscribing.sent, name="subscribe_sent"),
    path("subscribe/confirm/<str:token>/", subscribing.confirming, name="subscribe_confirm"),
    path("subscribe/<uuid:subscriber>/", subscribing.subscription, name="subscription"),
    path("subscribe/<uuid:subscriber>/leave/", subscribing.leaving, name="subscription_leave"),
    path("log/", log.log_page, name="log"),
    path("log/checkpoint", log.checkpoint, name="checkpoint"),
    path("log/seals", log.seals, name="seals"),
    *_feeds("", machine.CHECKS, ""),
    *_feeds("corrections/", machine.CORRECTIONS, "corrections_"),
    path("data-feed.json", data_feed.data_feed, name="data_feed"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", sitemap.sitemap, name="sitemap_part"),
    path("news-sitemap.xml", news_sitemap.news_sitemap, name="news_sitemap"),
    path("oembed", oembed.oembed, name="oembed"),
    path("<uuid:check>/embed/", card.card, name="embed"),
    path("<uuid:check>/", pages.check, name="check"),
    path("<uuid:check>/v<int:version>/", pages.check, name="version"),
    path("<uuid:check>/v<int:version>/card.png", pictures.picture, name="picture"),
    path("<uuid:check>/report/", reporting.report_error, name="report"),
    path("<uuid:check>/report/thanks/", reporting.report_thanks, name="report_thanks"),
    path("<uuid:check>/reach/", reach.reach, name="reach"),
    path("<uuid:check>/package/", serving.package, name="package"),
    path("<uuid:check>/v<int:version>/package/", serving.package, name="version_package"),
    path("verify_readout.pyz", serving.verifier, name="verifier"),
    path("<uuid:check>/claimreview.json", machine.claimreview, name="claimreview"),
]
