"""Reference data of the Contact Group, loaded once and edited by staff afterwards.

Source of the criteria: the project's own reading of Regulation (EU) 2018/1727 and of the guidance of Eurojust and of the European
Judicial Network on allocating cases; to be confirmed by the partners.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_noop as _

from contactgroup.models import Criterion, VotingRule
from foundation.workflow.actions import action

FROM = date(2024, 1, 1)

# code, name, question, must be scored
CRITERIA = (
    (
        "affected",
        _("Partners affected"),
        _("Are two or more partners, or a partner and an EU Member State, affected?"),
        True,
    ),
    (
        "crime",
        _("Serious crime in scope"),
        _("Is it organised crime, terrorism or another form of serious crime of Annex I?"),
        True,
    ),
    ("proceedings", _("Proceedings"), _("Are proceedings ongoing or imminent in two or more jurisdictions?"), True),
    ("need", _("Need for coordination"), _("Is the case too complex or too urgent for bilateral requests?"), True),
    ("links", _("Common elements"), _("Are there common suspects, assets, routes or communications?"), False),
    (
        "value",
        _("Added value"),
        _("What would joint work add: joint action, asset recovery, protection of victims?"),
        False,
    ),
    ("feasible", _("Feasibility"), _("Do legal basis, will and stage of the proceedings allow it?"), False),
    ("cost", _("Cost"), _("Is the estimated cost in proportion to the budget?"), False),
    ("security", _("Confidentiality"), _("Does the owner accept the confidentiality of joint work?"), False),
    ("eu", _("Relevance for the EU"), _("Does the case touch the European Union?"), False),
    ("jurisdiction", _("Conflict of jurisdiction"), _("Is a conflict of jurisdiction to be expected?"), False),
)


@action
def load() -> int:
    """Add what is missing and say how many rows that were; rows that stand are left as staff edited them."""
    made = 0
    for position, (code, name, question, core) in enumerate(CRITERIA, start=1):
        words = {"name": name, "question": question, "core": core, "position": position}
        made += Criterion.objects.get_or_create(code=code, valid_from=FROM, defaults=words)[1]
    half = {
        "quorum_numerator": 1,
        "quorum_denominator": 2,
        "majority_numerator": 1,
        "majority_denominator": 2,
        # No partner decides alone, should the others be recused.
        "least_present": 2,
    }
    return made + VotingRule.objects.get_or_create(valid_from=FROM, defaults=half)[1]
