"""What a verb of the record reads like in a timeline. Each app declares its verbs beside the actions that write them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_sentences: dict[str, Promise | str] = {}
_fields: dict[str, Promise | str] = {}
_outcomes: dict[str, Promise] = {
    "done": _("Done"),
    "forbidden": _("Not allowed"),
    "not_found": _("Not found"),
    "conflict": _("Refused by a rule"),
    "stale": _("Changed meanwhile"),
}


def declare(sentences: Mapping[str, Promise | str], fields: Mapping[str, Promise | str] | None = None) -> None:
    """Say what verbs read like ("Case closed"), and what the names under ``changes`` read like ("Reason")."""
    _sentences.update(sentences)
    _fields.update(fields or {})


def sentence(verb: str) -> str:
    """The words of a verb in the active language; the bare verb when no app declares it (any more)."""
    return str(_sentences.get(verb, verb))


def field(name: str) -> str:
    """The words of a changed field; none for a field that no app declares, which then stays out of timelines."""
    return str(_fields.get(name, ""))


def outcomes() -> list[tuple[str, Promise]]:
    """Every way in which an act can end, as choices."""
    return list(_outcomes.items())


def outcome(code: str) -> str:
    """How an act ended, in the active language."""
    return str(_outcomes.get(code, code))
