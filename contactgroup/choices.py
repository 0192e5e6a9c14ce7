"""Words of the Contact Group."""

from fractions import Fraction

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings import outcomes


class Audience(models.TextChoices):
    """Who sees the nomination and votes on it."""

    CONCERNED = "concerned", _("The partners concerned")
    WHOLE_GROUP = "whole_group", _("The whole Contact Group")


class Tool(models.TextChoices):
    """What the nominating authority asks for."""

    PARALLEL = "parallel", _("Parallel investigations")
    JIT = "jit", _("Joint investigation team")
    COORDINATION_MEETING = "coordination_meeting", _("Coordination meeting")
    COORDINATION_CENTRE = "coordination_centre", _("Coordination centre for a joint action day")
    EXPERTISE = "expertise", _("Expert advice")


class Status(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    ON_AGENDA = "on_agenda", _("On the agenda")
    VOTING = "voting", _("Voting is open")
    COUNTED = "counted", _("Votes counted")
    RETURNED = "returned", _("More information asked for")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Voice(models.TextChoices):
    """What a partner can say."""

    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    ABSTAIN = "abstain", _("Abstain")
    WITHHOLD = "withhold", _("Withhold")


class RecusalScope(models.TextChoices):
    """Who takes no part in the votes on a nomination."""

    PERSON = "person", _("I myself")
    PARTNER = "partner", _("My partner as a whole")


class Ground(models.TextChoices):
    """Why somebody takes no part."""

    CONNECTED = "connected", _("A connection with a person in the case")
    INVOLVED = "involved", _("Earlier work on the matter in another capacity")
    INTEREST = "interest", _("An interest of one's own in the outcome")
    OTHER = "other", _("Another conflict of interests")


class Score(models.IntegerChoices):
    NOT_MET = 0, _("0: not met")
    PARTLY = 1, _("1: partly met")
    LARGELY = 2, _("2: largely met")
    FULLY = 3, _("3: fully met")


class Outcome(models.TextChoices):
    """What can be decided on a nomination."""

    TAKE_UP_PARALLEL = "take_up_parallel", _("Taken up as parallel investigations")
    TAKE_UP_JIT = "take_up_jit", _("Taken up, a joint investigation team recommended")
    HAND_TO_EJN = "hand_to_ejn", _("Handed to the European Judicial Network")
    HAND_TO_DESK = "hand_to_desk", _("Handed to a Eurojust desk")
    HAND_TO_EUROPOL = "hand_to_europol", _("Handed to Europol")
    MORE_INFORMATION = "more_information", _("More information needed")
    NOT_SELECTED = "not_selected", _("Not selected")


TAKING_UP = frozenset({Outcome.TAKE_UP_PARALLEL, Outcome.TAKE_UP_JIT})
FINAL = frozenset(Outcome) - {Outcome.MORE_INFORMATION}

outcomes.declare(Outcome)

SHARES = (
    ("0", _("at least one")),
    ("1/3", _("more than a third")),
    ("1/2", _("more than half")),
    ("3/5", _("more than three fifths")),
    ("2/3", _("more than two thirds")),
    ("3/4", _("more than three quarters")),
    ("5/6", _("more than five sixths")),
)
"""What a quorum or a majority can be: a share that must be exceeded, and its words."""


def share_in_words(share: Fraction) -> str:
    """The words of a share; its figure where it has none."""
    words = dict(SHARES).get(str(share))
    return str(words) if words else gettext("more than %(share)s") % {"share": share}
