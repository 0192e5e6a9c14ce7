"""Addresses of cases for partner systems."""

from django.urls import path

from cases.api import invitations, inviting, operations, parts, writes
from foundation.pages.api.addresses import offering

urlpatterns = [
    path("cases", offering(operations.CaseList, writes.CaseOpen), name="api_cases"),
    path("cases/<uuid:pk>", offering(operations.CaseRead, writes.CaseEdit), name="api_case"),
    path("cases/<uuid:pk>/open", writes.CaseSubmit.as_view(), name="api_case_open"),
    path("cases/<uuid:pk>/coordinate", writes.CaseCoordinate.as_view(), name="api_case_coordinate"),
    path("cases/<uuid:pk>/close", writes.CaseClose.as_view(), name="api_case_close"),
    path("cases/<uuid:pk>/reopen", writes.CaseReopen.as_view(), name="api_case_reopen"),
    path("cases/<uuid:pk>/archive", writes.CaseArchive.as_view(), name="api_case_archive"),
    path("cases/<uuid:pk>/file-numbers", parts.FileNumberAdd.as_view(), name="api_case_file_numbers"),
    path(
        "cases/<uuid:pk>/file-numbers/<uuid:file_number>",
        parts.FileNumberRemove.as_view(),
        name="api_case_file_number",
    ),
    path("cases/<uuid:pk>/notes", offering(operations.CaseNotes, parts.NoteWrite), name="api_case_notes"),
    path("cases/<uuid:pk>/notes/<uuid:note>", offering(operations.CaseNote, parts.NoteEdit), name="api_case_note"),
    path("cases/<uuid:pk>/tasks", offering(operations.CaseTasks, parts.TaskGive), name="api_case_tasks"),
    path("cases/<uuid:pk>/tasks/<uuid:task>", operations.CaseTask.as_view(), name="api_case_task"),
    path(
        "cases/<uuid:pk>/tasks/<uuid:task>/acknowledge",
        parts.TaskAcknowledge.as_view(),
        name="api_case_task_acknowledge",
    ),
    path("cases/<uuid:pk>/tasks/<uuid:task>/done", parts.TaskDone.as_view(), name="api_case_task_done"),
    path("cases/<uuid:pk>/tasks/<uuid:task>/withdraw", parts.TaskWithdraw.as_view(), name="api_case_task_withdraw"),
    path("cases/<uuid:pk>/assignees", operations.CaseAssignees.as_view(), name="api_case_assignees"),
    path(
        "cases/<uuid:pk>/proceedings",
        offering(operations.CaseProceedings, parts.ProceedingAdd),
        name="api_case_proceedings",
    ),
    path(
        "cases/<uuid:pk>/proceedings/<uuid:proceeding>",
        offering(operations.CaseProceeding, parts.ProceedingEdit),
        name="api_case_proceeding",
    ),
    path("cases/<uuid:pk>/participants", operations.CaseParticipants.as_view(), name="api_case_participants"),
    path("cases/<uuid:pk>/invitations", inviting.Invite.as_view(), name="api_case_invitations"),
    path(
        "cases/<uuid:pk>/invitations/partners", inviting.InvitablePartners.as_view(), name="api_case_invitable_partners"
    ),
    path("crime-types", operations.CrimeTypeList.as_view(), name="api_crime_types"),
    path("priorities", operations.PriorityList.as_view(), name="api_priorities"),
    path("invitations", invitations.InvitationList.as_view(), name="api_invitations"),
    path("invitations/<uuid:pk>", invitations.InvitationRead.as_view(), name="api_invitation"),
    path("invitations/<uuid:pk>/accept", inviting.InvitationAccept.as_view(), name="api_invitation_accept"),
    path("invitations/<uuid:pk>/decline", inviting.InvitationDecline.as_view(), name="api_invitation_decline"),
    path("invitations/<uuid:pk>/withdraw", inviting.InvitationWithdraw.as_view(), name="api_invitation_withdraw"),
]
