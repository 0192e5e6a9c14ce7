"""Forms of nominations as partner systems fill them in: the same rules, with the words of the API."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from contactgroup.choices import Score
from contactgroup.forms.voting import ReasonForm
from foundation.pages.api.folding import Folded

CRITERIA = Folded(
    name="criteria",
    key="criterion",
    said="Scores by the code of their criterion; those in force today that must be scored are needed.",
    fields={
        "score": forms.IntegerField(
            label=gettext_lazy("Score"), min_value=min(Score.values), max_value=max(Score.values)
        ),
        "comment": forms.CharField(label=gettext_lazy("Comment"), max_length=500, required=False),
    },
    needed=True,
)
_TEXTS: dict[str, forms.Field] = {
    "purpose": forms.CharField(label=gettext_lazy("Purpose"), max_length=200),
    "text": forms.CharField(label=gettext_lazy("What the partner may know"), max_length=4000),
}
INVITATIONS = Folded(
    name="invitations",
    key="partner",
    said="Partners to be invited when the case is taken up, by code: such as the case concerns.",
    fields=_TEXTS,
    ticked="invite_",
)
INVITATIONS_THAT_STAND = Folded(
    name="invitations",
    key="partner",
    said="All partners to be invited, by code, as they were nominated; their texts may change.",
    fields=_TEXTS,
)


class WithdrawBody(ReasonForm):
    """The reason, by the name that it has in every act."""

    words = None  # type: ignore[assignment]  # this is how a form leaves a field of its parent out
    reason = ReasonForm.base_fields["words"]
