"""Addresses of cases and invitations; a record's page takes its root's key as ``pk``, a child row its own as ``child``."""

from django.urls import path

from cases.views import cases, children, documents, invitations, moves

urlpatterns = [
    path("cases/", cases.CaseList.as_view(), name="cases"),
    path("cases/export/", cases.CaseExport.as_view(), name="cases_export"),
    path("cases/waiting/", cases.CasesWaiting.as_view(), name="cases_waiting"),
    path("cases/new/", cases.CaseCreate.as_view(), name="case_create"),
    path("cases/<uuid:pk>/", cases.CasePage.as_view(), name="case"),
    path("cases/<uuid:pk>/edit/", cases.CaseEdit.as_view(), name="case_edit"),
    path("cases/<uuid:pk>/timeline/", cases.CaseTimeline.as_view(), name="case_timeline"),
    path("cases/<uuid:pk>/notes/", cases.CaseNotes.as_view(), name="case_notes"),
    path("cases/<uuid:pk>/open/", moves.Submit.as_view(), name="case_submit"),
    path("cases/<uuid:pk>/coordinate/", moves.Coordinate.as_view(), name="case_coordinate"),
    path("cases/<uuid:pk>/close/", moves.Close.as_view(), name="case_close"),
    path("cases/<uuid:pk>/reopen/", moves.Reopen.as_view(), name="case_reopen"),
    path("cases/<uuid:pk>/archive/", moves.Archive.as_view(), name="case_archive"),
    path("cases/<uuid:pk>/invite/", invitations.Invite.as_view(), name="case_invite"),
    path("cases/<uuid:pk>/proceedings/add/", children.ProceedingAdd.as_view(), name="proceeding_add"),
    path("cases/<uuid:pk>/proceedings/<uuid:child>/", children.ProceedingEdit.as_view(), name="proceeding_edit"),
    path("cases/<uuid:pk>/file-numbers/add/", children.FileNumberAdd.as_view(), name="file_number_add"),
    path("cases/<uuid:pk>/file-numbers/<uuid:child>/", children.FileNumberRemove.as_view(), name="file_number_remove"),
    path("cases/<uuid:pk>/notes/add/", children.NoteAdd.as_view(), name="note_add"),
    path("cases/<uuid:pk>/notes/<uuid:child>/", children.NoteEdit.as_view(), name="note_edit"),
    path(
        "cases/<uuid:pk>/notes/<uuid:child>/documents/add/",
        documents.NoteDocumentAdd.as_view(),
        name="note_document_add",
    ),
    path("cases/<uuid:pk>/tasks/add/", children.TaskAdd.as_view(), name="task_add"),
    path(
        "cases/<uuid:pk>/tasks/<uuid:child>/acknowledge/", children.TaskAcknowledge.as_view(), name="task_acknowledge"
    ),
    path("cases/<uuid:pk>/tasks/<uuid:child>/done/", children.TaskDone.as_view(), name="task_done"),
    path("cases/<uuid:pk>/tasks/<uuid:child>/withdraw/", children.TaskWithdraw.as_view(), name="task_withdraw"),
    path("invitations/", invitations.InvitationList.as_view(), name="invitations"),
    path("invitations/export/", invitations.InvitationExport.as_view(), name="invitations_export"),
    path("invitations/<uuid:pk>/", invitations.InvitationPage.as_view(), name="invitation"),
    path("invitations/<uuid:pk>/accept/", invitations.InvitationAccept.as_view(), name="invitation_accept"),
    path("invitations/<uuid:pk>/decline/", invitations.InvitationDecline.as_view(), name="invitation_decline"),
    path("invitations/<uuid:pk>/withdraw/", invitations.InvitationWithdraw.as_view(), name="invitation_withdraw"),
]
