"""Addresses. The desk lives in the Django admin, what readers get below `checks/`."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from config import error_pages
from verification.admin.home.page import home
from verification.admin.intake import api
from verification.admin.people.accepting import accepting
from verification.publishing.fact_check_tools.answering import claims_search
from verification.publishing.sitemap import robots

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.admin_view(home)),  # before the stock index, in its place
    path("admin/", admin.site.urls),
    path("invitation/<str:token>/", accepting, name="invitation"),  # whoever opens it has no log-in yet
    re_path("^api/articles/?$", api.articles, name="api_articles"),
    re_path("^api/articles/(?P<public>[^/]+)/?$", api.article, name="api_article"),
    path("api/v1/articles/", api.articles, name="api_v1_articles"),
    path("api/v1/articles/<str:public>/", api.article, name="api_v1_article"),
    path("api/v1/", include("verification.api.urls")),
    path("checks/", include("verification.publishing.urls")),
    path("robots.txt", robots, name="robots"),
    # Asked for by browsers on pages that name no icon, and by readers of feeds.
    path("favicon.ico", RedirectView.as_view(url=f"/{settings.STATIC_URL.lstrip('/')}readout/icon.svg")),
    # As Google's Fact Check Tools API has it, so that its clients need nothing but another host.
    path("v1alpha1/claims:search", claims_search, name="claims_search"),
]

handler400, handler403 = error_pages.bad_request, error_pages.permission_denied
handler404, handler500 = error_pages.page_not_found, error_pages.server_error
