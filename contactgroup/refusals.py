from foundation.workflow.refusals import Refusal


class UnableToNominate(Refusal):
    """The case cannot be nominated like this; the message is fit for the user."""


class UnableToVote(Refusal):
    """The voice cannot be taken; the message is fit for the user."""


class UnableToRecuse(Refusal):
    """The recusal cannot be declared or taken back; the message is fit for the user."""


class UnableToSetRule(Refusal):
    """The voting rule cannot be set or withdrawn; the message is fit for the user."""


class UnableToDecide(Refusal):
    """The nomination cannot be decided like this; the message is fit for the user."""


class CaseOutOfSight(Refusal):
    """The actor does not see the case behind the nomination any more; the message is fit for the user."""
