"""Why something cannot be done, in words that the user can act on."""


class Refusal(Exception):
    """Base of every ``UnableTo...``: the message is fit for the user, nothing was changed, and the answer is a 409."""
