"""What stood in a form when it was opened travels with the form, signed.

It holds nothing that the form did not show. It is taken back for the same page and the same membership only, so nobody can be shown a
text that somebody else wrote into the field, and it is shown through the present page alone (``conflicts``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core import signing

from foundation.pages.values import Typed

FIELD, BEFORE = "original", "before"
_SALT = "foundation.pages.originals"


def packed(values: Mapping[str, Typed], *, path: str, membership_id: UUID) -> str:
    """For the hidden field of the form."""
    return signing.dumps(dict(values), salt=_salt(path, membership_id), compress=True)


def unpacked(text: str, *, path: str, membership_id: UUID) -> dict[str, Typed] | None:
    """The values again; none where there are none or they are not ours."""
    try:
        found: dict[str, Any] = signing.loads(text, salt=_salt(path, membership_id))
    except signing.BadSignature:
        return None
    return {name: tuple(values) for name, values in found.items()}


def _salt(path: str, membership_id: UUID) -> str:
    return f"{_SALT}:{membership_id}:{path}"
