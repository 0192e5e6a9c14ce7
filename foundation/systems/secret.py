"""The form of a token: ``wbcj_<prefix>_<random>_<checksum>``, all letters and digits.

The beginning tells scanners of repositories and logs what they found, the prefix tells people which token it is, and the checksum
(CRC-32 of all before it) settles a slip of the hand, and any text that only looks like a token, without a question to the database.

What is kept is the SHA-256 of the whole. A slow hash protects secrets that people choose, by making each guess dear; this one is 32
signs of 62 by chance (190 bits), so nothing is left to guess, and each request would pay for the slowness.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import string
import zlib

SIGNS = string.digits + string.ascii_uppercase + string.ascii_lowercase
PREFIX, RANDOM, CHECKSUM = 8, 32, 6
_FORM = re.compile(
    rf"wbcj_(?P<prefix>[0-9A-Za-z]{{{PREFIX}}})_[0-9A-Za-z]{{{RANDOM}}}_(?P<checksum>[0-9A-Za-z]{{{CHECKSUM}}})"
)


def made() -> str:
    """A new token."""
    body = f"wbcj_{_chance(PREFIX)}_{_chance(RANDOM)}"
    return f"{body}_{checksum(body)}"


def _chance(length: int) -> str:
    return "".join(secrets.choice(SIGNS) for _sign in range(length))


def checksum(body: str) -> str:
    """The CRC-32 of the text, in six signs."""
    number, signs = zlib.crc32(body.encode()), ""
    for _sign in range(CHECKSUM):
        number, rest = divmod(number, len(SIGNS))
        signs = SIGNS[rest] + signs
    return signs


def prefix_of(secret: str) -> str | None:
    """Its prefix, when it has the form of a token and its checksum is right; else none."""
    found = _FORM.fullmatch(secret)
    if found is None or checksum(secret.rpartition("_")[0]) != found["checksum"]:
        return None
    return found["prefix"]


def digest(secret: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(secret.encode()).hexdigest()
