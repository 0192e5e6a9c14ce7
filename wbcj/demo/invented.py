"""How invented people are told from real ones."""

# Reserved for examples: no real person's address ends so.
ENDINGS = (".example", ".invalid", ".test")


def is_invented(email: str) -> bool:
    """Does this address belong to somebody who exists in the demo alone?"""
    return email.strip().lower().endswith(ENDINGS)
