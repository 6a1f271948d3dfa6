"""Addresses of the REST API, below `api/v1/`. Programs hold them, so they stay."""

from django.urls import path, re_path

from verification.api.answering import NothingHere
from verification.api.cases import Case, Cases
from verification.api.document import Document
from verification.api.export import JsonLines, Table
from verification.api.further import Searches, Sources
from verification.api.reading import Claims, EvidenceList, VerdictOne, Verdicts, VerdictVersion
from verification.api.steps.views import step_addresses

app_name = "api"
urlpatterns = [
    path("verdicts/", Verdicts.as_view(), name="verdicts"),
    path("verdicts/<uuid:check>/", VerdictOne.as_view(), name="verdict"),
    path("verdicts/<uuid:check>/versions/<int:version>/", VerdictVersion.as_view(), name="version"),
    path("claims/", Claims.as_view(), name="claims"),
    path("evidence/", EvidenceList.as_view(), name="evidence"),
    path("export/verdicts.csv", Table.as_view(), name="csv"),
    path("export/verdicts.jsonl", JsonLines.as_view(), name="jsonl"),
    path("cases/", Cases.as_view(), name="cases"),
    path("cases/<uuid:case>/", Case.as_view(), name="case"),
    path("cases/<uuid:case>/sources/", Sources.as_view(), name="sources"),
    path("cases/<uuid:case>/searches/", Searches.as_view(), name="searches"),
    *step_addresses(),
    path("openapi.json", Document.as_view(), name="openapi"),
    re_path("", NothingHere.as_view(), name="nothing_here"),
]
