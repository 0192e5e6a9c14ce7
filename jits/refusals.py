from foundation.workflow.refusals import Refusal


class UnableToPropose(Refusal):
    """The team cannot be proposed like this; the message is fit for the user."""


class UnableToDecide(Refusal):
    """Not this party's to decide, or not now; the message is fit for the user."""


class UnableToCheck(Refusal):
    """The point cannot be answered like this; the message is fit for the user."""


class UnableToPlan(Refusal):
    """The plan cannot be changed like this; the message is fit for the user."""


class UnableToInvite(Refusal):
    """The participant cannot be invited, or its part has ended; the message is fit for the user."""


class UnableToDraft(Refusal):
    """The agreement cannot be drafted like this; the message is fit for the user."""


class UnableToEnter(Refusal):
    """The member cannot be entered, or its membership not ended, like this; the message is fit for the user."""


class UnableToKeep(Refusal):
    """The own note or approval cannot be kept like this; the message is fit for the user."""


class UnableToNegotiate(Refusal):
    """The text of a clause cannot be proposed, accepted, taken back or confirmed like this; the message is fit for the user."""
