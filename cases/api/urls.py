"""Addresses of cases for partner systems."""

from django.urls import path

from cases.api import operations

urlpatterns = [
    path("cases", operations.CaseList.as_view(), name="api_cases"),
    path("cases/<uuid:pk>", operations.CaseRead.as_view(), name="api_case"),
    path("cases/<uuid:pk>/notes", operations.CaseNotes.as_view(), name="api_case_notes"),
    path("cases/<uuid:pk>/tasks", operations.CaseTasks.as_view(), name="api_case_tasks"),
    path("cases/<uuid:pk>/proceedings", operations.CaseProceedings.as_view(), name="api_case_proceedings"),
    path("cases/<uuid:pk>/participants", operations.CaseParticipants.as_view(), name="api_case_participants"),
]
