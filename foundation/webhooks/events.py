"""What a system can be told of: a closed list, handed over at start-up. One kind for each kind of root, and few that say more."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise

TEST = "test.sent"
"""Sent on request to try the way; nobody subscribes to it, and everybody gets it."""
OF_A_TEST = "webhook"
"""The kind of what a test is about: the subscription itself."""

_labels: dict[str, Promise | str] = {}
_links: dict[str, str] = {}


def install(labels: Mapping[str, Promise | str], *, links: Mapping[str, str]) -> None:
    """Take over the list, event -> its words, and where each kind of root is read: kind -> name of an address that takes ``pk``."""
    _labels.clear()
    _labels.update(labels)
    _links.clear()
    _links.update(links)


def choices() -> list[tuple[str, Promise | str]]:
    """All that one may subscribe to."""
    return list(_labels.items())


def label(name: str) -> str:
    """Its words in the active language; the bare name when it was retired, or is the test."""
    return str(_labels.get(name, name))


def known(names: object) -> list[str]:
    """Those of the list that stand in ``names``, in the order of the list."""
    assert hasattr(names, "__contains__")
    return [name for name in _labels if name in names]


def link(kind: str, key: UUID) -> str:
    """The whole address at which a record of that kind is read; the page that finds any root where the kind has none."""
    return settings.WBCJ_ADDRESS + reverse(_links.get(kind, "root"), kwargs={"pk": key})
