"""On which state of a record a change stands: the version that begins a fingerprint, and that If-Match brings back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from foundation.pages.api import problems

IF_MATCH = "If-Match"
_MARK = re.compile(r'(?:W/)?"(\d{1,9})(?:-[0-9a-f]+)?"')


def mark(data: Mapping[str, Any], digest: str) -> str:
    """The fingerprint of an answer; of one record it begins with the record's version, which is what a change stands on."""
    version = data.get("version")
    return f'"{version}-{digest}"' if isinstance(version, int) else f'"{digest}"'


def demanded(request: HttpRequest) -> frozenset[int]:
    """The versions on which the request stands. Raises Refused with 428 where it names none, and 412 for what is no version of ours.

    A star would mean "whatever stands there": it would write over what nobody has read, so it counts as none.
    """
    said = request.headers.get(IF_MATCH, "").strip()
    if said in {"", "*"}:
        raise problems.Refused(problems.NO_PRECONDITION)
    versions = frozenset(int(found) for found in _MARK.findall(said))
    if not versions:
        raise problems.Refused(problems.STALE)
    return versions


def standing_on(versions: frozenset[int], present: int) -> int:
    """The version to hand to the action: the present one where the request stands on it, else one that the action finds stale."""
    return present if present in versions else min(versions)
