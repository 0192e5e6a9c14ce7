"""Addresses of the Contact Group for partner systems."""

from django.urls import path

from contactgroup.api import operations

urlpatterns = [
    path("nominations", operations.NominationList.as_view(), name="api_nominations"),
    path("nominations/<uuid:pk>", operations.NominationRead.as_view(), name="api_nomination"),
    path("nominations/<uuid:pk>/ballots", operations.NominationBallots.as_view(), name="api_nomination_ballots"),
    path("nominations/<uuid:pk>/recusals", operations.NominationRecusals.as_view(), name="api_nomination_recusals"),
    path("nominations/<uuid:pk>/decisions", operations.NominationDecisions.as_view(), name="api_nomination_decisions"),
    path("voting-rules", operations.VotingRuleList.as_view(), name="api_voting_rules"),
]
