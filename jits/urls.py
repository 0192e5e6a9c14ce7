from django.urls import path

from jits.views import checklist, drafting, law, members, moves, pages, proposing

urlpatterns = [
    path("teams/", pages.JitList.as_view(), name="jits"),
    path("teams/export/", pages.JitExport.as_view(), name="jits_export"),
    path("teams/<uuid:pk>/", pages.JitPage.as_view(), name="jit"),
    path("teams/<uuid:pk>/revise/", proposing.Revise.as_view(), name="jit_revise"),
    path("teams/<uuid:pk>/propose/", proposing.Propose.as_view(), name="jit_propose"),
    path("teams/<uuid:pk>/assess/", moves.Assess.as_view(), name="jit_assess"),
    path("teams/<uuid:pk>/agree/", moves.Agree.as_view(), name="jit_agree"),
    path("teams/<uuid:pk>/draft/", moves.Draft.as_view(), name="jit_draft"),
    path("teams/<uuid:pk>/refuse/", moves.Refuse.as_view(), name="jit_refuse"),
    path("teams/<uuid:pk>/suspend/", moves.Suspend.as_view(), name="jit_suspend"),
    path("teams/<uuid:pk>/resume/", moves.Resume.as_view(), name="jit_resume"),
    path("teams/<uuid:pk>/not-set-up/", moves.NotSetUp.as_view(), name="jit_not_set_up"),
    path("teams/<uuid:pk>/invite/", moves.Invite.as_view(), name="jit_invite"),
    path("teams/<uuid:pk>/participants/<uuid:child>/end/", moves.EndPart.as_view(), name="jit_end_part"),
    path("teams/<uuid:pk>/checklist/", checklist.ChecklistPage.as_view(), name="jit_checklist"),
    path("teams/<uuid:pk>/checklist/<uuid:child>/", checklist.Check.as_view(), name="jit_check"),
    path("teams/<uuid:pk>/agreement/", drafting.AgreementPage.as_view(), name="jit_agreement"),
    path("teams/<uuid:pk>/agreement/take/", drafting.Take.as_view(), name="jit_take"),
    path("teams/<uuid:pk>/agreement/terms/", drafting.Terms.as_view(), name="jit_terms"),
    path("teams/<uuid:pk>/agreement/fill/<str:clause>/", drafting.Fill.as_view(), name="jit_fill"),
    path("teams/<uuid:pk>/members/", members.AnnexPage.as_view(), name="jit_members"),
    path("teams/<uuid:pk>/members/enter/", members.Enter.as_view(), name="jit_enter"),
    path("teams/<uuid:pk>/members/<uuid:child>/end/", members.EndMember.as_view(), name="jit_end_member"),
    path("cases/<uuid:pk>/team/", proposing.ThinkUp.as_view(), name="case_jit"),
    path("teams/legal-basis/", law.LegalBasisPage.as_view(), name="legal_basis"),
]
