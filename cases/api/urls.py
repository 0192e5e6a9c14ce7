"""Addresses of cases for partner systems."""

from django.urls import path

from cases.api import invitations, operations

urlpatterns = [
    path("cases", operations.CaseList.as_view(), name="api_cases"),
    path("cases/<uuid:pk>", operations.CaseRead.as_view(), name="api_case"),
    path("cases/<uuid:pk>/notes", operations.CaseNotes.as_view(), name="api_case_notes"),
    path("cases/<uuid:pk>/notes/<uuid:note>", operations.CaseNote.as_view(), name="api_case_note"),
    path("cases/<uuid:pk>/tasks", operations.CaseTasks.as_view(), name="api_case_tasks"),
    path("cases/<uuid:pk>/tasks/<uuid:task>", operations.CaseTask.as_view(), name="api_case_task"),
    path("cases/<uuid:pk>/proceedings", operations.CaseProceedings.as_view(), name="api_case_proceedings"),
    path(
        "cases/<uuid:pk>/proceedings/<uuid:proceeding>", operations.CaseProceeding.as_view(), name="api_case_proceeding"
    ),
    path("cases/<uuid:pk>/participants", operations.CaseParticipants.as_view(), name="api_case_participants"),
    path("invitations", invitations.InvitationList.as_view(), name="api_invitations"),
    path("invitations/<uuid:pk>", invitations.InvitationRead.as_view(), name="api_invitation"),
]
