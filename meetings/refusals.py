from foundation.workflow.refusals import Refusal


class UnableToArrange(Refusal):
    """The agenda cannot take this; the message is fit for the user."""


class UnableToDecide(Refusal):
    """The item cannot be decided; the message is fit for the user."""
