"""Addresses of joint investigation teams for partner systems."""

from django.urls import path

from jits.api import law, teams

urlpatterns = [
    path("teams", teams.TeamList.as_view(), name="api_teams"),
    path("teams/<uuid:pk>", teams.TeamRead.as_view(), name="api_team"),
    path("teams/<uuid:pk>/checklist", teams.TeamChecklist.as_view(), name="api_team_checklist"),
    path("legal-basis", law.LegalBasisRead.as_view(), name="api_legal_basis"),
]
