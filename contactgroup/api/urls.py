"""Addresses of the Contact Group for partner systems."""

from django.urls import path

from contactgroup.api import nominating, operations
from foundation.pages.api.addresses import offering

urlpatterns = [
    path("nominations", operations.NominationList.as_view(), name="api_nominations"),
    path("cases/<uuid:pk>/nominations", nominating.Nominate.as_view(), name="api_case_nominations"),
    path(
        "nominations/<uuid:pk>", offering(operations.NominationRead, nominating.NominationRevise), name="api_nomination"
    ),
    path("nominations/<uuid:pk>/withdraw", nominating.NominationWithdraw.as_view(), name="api_nomination_withdraw"),
    path("nominations/<uuid:pk>/ballots", operations.NominationBallots.as_view(), name="api_nomination_ballots"),
    path("nominations/<uuid:pk>/recusals", operations.NominationRecusals.as_view(), name="api_nomination_recusals"),
    path("nominations/<uuid:pk>/decisions", operations.NominationDecisions.as_view(), name="api_nomination_decisions"),
    path(
        "cases/<uuid:pk>/nominations/partners",
        operations.NominablePartners.as_view(),
        name="api_case_nominable_partners",
    ),
    path("criteria", operations.CriterionList.as_view(), name="api_criteria"),
    path("voting-rules", operations.VotingRuleList.as_view(), name="api_voting_rules"),
]
