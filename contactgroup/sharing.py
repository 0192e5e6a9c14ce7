"""What a share of a nomination opens, in words; and what ends by the Contact Group's own acts alone."""

from django.utils.translation import gettext_lazy as _

from contactgroup.models import CriterionScore, Nomination, ProposedInvitation, RecusalReason, Vote
from foundation.access import Reason
from foundation.sharing import rules, words

words.declare(
    Nomination.ROOT_KIND,
    name=_("nomination"),
    shown=(
        _("Reference, title and dossier, with the texts for the partners to be invited"),
        _("The electorate, who has voted or is recused, and the votes of rounds that are closed"),
        _("The decision"),
    ),
    hidden=(
        _("The case behind it"),
        _("Votes of other partners while a round is open"),
        _("Why somebody of another partner is recused"),
    ),
    rows=(
        words.Rows(label=_("Criteria"), model=CriterionScore),
        words.Rows(label=_("Invitations proposed"), model=ProposedInvitation),
        words.Rows(label=_("Votes"), model=Vote),
        words.Rows(label=_("Reasons of recusal"), model=RecusalReason),
    ),
)
_ENDS = _("The electorate and the case desk stay with a nomination to its end.")
rules.keep(Nomination.ROOT_KIND, Reason.ELECTORATE, _ENDS)
rules.keep(Nomination.ROOT_KIND, Reason.NOMINATION, _ENDS)
