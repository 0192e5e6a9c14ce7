from django.urls import path

from contactgroup.views import dossier, pages, recusing, rules, voting

urlpatterns = [
    path("nominations/", pages.NominationList.as_view(), name="nominations"),
    path("nominations/export/", pages.NominationExport.as_view(), name="nominations_export"),
    path("nominations/<uuid:pk>/", pages.NominationPage.as_view(), name="nomination"),
    path("nominations/<uuid:pk>/revise/", dossier.Revise.as_view(), name="nomination_revise"),
    path("nominations/<uuid:pk>/withdraw/", dossier.Withdraw.as_view(), name="nomination_withdraw"),
    path("nominations/<uuid:pk>/agenda/", voting.PutOnAgenda.as_view(), name="nomination_agenda"),
    path("nominations/<uuid:pk>/open-vote/", voting.OpenVoting.as_view(), name="nomination_open_voting"),
    path("nominations/<uuid:pk>/vote/", voting.Vote.as_view(), name="nomination_vote"),
    path("nominations/<uuid:pk>/recuse/", recusing.Recuse.as_view(), name="nomination_recuse"),
    path(
        "nominations/<uuid:pk>/recusals/<uuid:child>/take-back/",
        recusing.TakeBack.as_view(),
        name="nomination_take_back",
    ),
    path("nominations/<uuid:pk>/close-vote/", voting.CloseVoting.as_view(), name="nomination_close_voting"),
    path("nominations/<uuid:pk>/decide/", voting.Decide.as_view(), name="nomination_decide"),
    path("nominations/<uuid:pk>/return/", voting.AskForMore.as_view(), name="nomination_return"),
    path("cases/<uuid:pk>/nominate/", dossier.Nominate.as_view(), name="case_nominate"),
    path("voting-rules/", rules.VotingRules.as_view(), name="voting_rules"),
    path("voting-rules/set/", rules.SetRule.as_view(), name="voting_rule_set"),
    path("voting-rules/withdraw/", rules.WithdrawRule.as_view(), name="voting_rule_withdraw"),
]
