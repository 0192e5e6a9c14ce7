"""Words of joint investigation teams."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.tenancy.choices import PartnerKind

PARTY_KINDS = (PartnerKind.WESTERN_BALKAN, PartnerKind.MEMBER_STATE, PartnerKind.THIRD_STATE)
"""Which partners can be parties. Eurojust and Union bodies take part and are no parties."""


class Status(models.TextChoices):
    """How far a team has come."""

    IDEA = "idea", _("Idea")
    PROPOSED = "proposed", _("Proposed")
    ASSESSMENT = "assessment", _("Suitability is assessed")
    AGREED = "agreed", _("Agreed in principle")
    DRAFTING = "drafting", _("Agreement is drafted")
    SUSPENDED = "suspended", _("Suspended")
    REFUSED = "refused", _("Refused")
    NOT_SET_UP = "not_set_up", _("Not set up")


OVER = frozenset({Status.REFUSED, Status.NOT_SET_UP})
"""Nothing more happens to such a team; another one can be proposed."""


class MemberRole(models.TextChoices):
    """What somebody is in a team."""

    LEADER = "leader", _("Leader")
    JUDICIAL = "judicial", _("Judicial member")
    POLICE = "police", _("Law-enforcement member")
    SECONDED = "seconded", _("Seconded member")


class MemberAct(models.TextChoices):
    """What a notice of the annex tells."""

    ENTERED = "entered", _("Joined the team")
    ENDED = "ended", _("Leaves the team")


class TaskState(models.TextChoices):
    """How far a task of the plan is. Overdue is derived from the clock, never stored."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Trigger(models.TextChoices):
    """On which of its two grounds a team is asked for."""

    DEMANDING = "demanding", _("A demanding investigation of one party with links to others")
    CONCERTED = "concerted", _("Several parties investigate, and their measures must go together")


class Obstacle(models.TextChoices):
    """Why a team is not set up: what is reported again and again, as a list that can be counted."""

    LENGTHY = "lengthy", _("Setting up would take too long")
    KEY_PARTNER = "key_partner", _("No team can be set up with a partner that matters most")
    READINESS = "readiness", _("The proceedings stand at different stages")
    NO_INVESTIGATION = "no_investigation", _("No proceedings run where they would be needed")
    WHO = "who", _("It is not clear which partners should take part")
    FEASIBILITY = "feasibility", _("A party is not willing or not able to take part")
    PRIORITIES = "priorities", _("Operational priorities differ")
    SEVERAL_AUTHORITIES = "several_authorities", _("Several authorities of one party would have to agree first")
    LEGAL = "legal", _("No legal basis, or requirements of law that do not go together")
    OTHER = "other", _("Another reason")


class DocumentKind(models.TextChoices):
    """Which document of the model: the agreement itself, or one of the two that belong to it later."""

    AGREEMENT = "agreement", _("Agreement")
    EXTENSION = "extension", _("Agreement to extend")
    AMENDMENT = "amendment", _("Agreement to amend")


class ApprovalStatus(models.TextChoices):
    """What was answered to what a party asked of its own side."""

    ASKED = "asked", _("Asked")
    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    NOT_NEEDED = "not_needed", _("Not needed")


class TextAnswer(models.TextChoices):
    """What a party says to a proposed text of a clause."""

    ACCEPTED = "accepted", _("Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
