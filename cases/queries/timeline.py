"""What happened on a case: changes from the record and shares from the ledger, newest first, in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, IntegerField, JSONField, Q, QuerySet, Value
from django.utils.translation import gettext as _

from cases import words as case_words
from foundation.access import Cursor, Level, Reason
from foundation.access.models import Share
from foundation.audit import words
from foundation.audit.models import Detail
from foundation.tenancy.actors import Actor
from foundation.tenancy.names import PrincipalName

GRANTED, REVOKED = "share.granted", "share.revoked"
_LONG = 160


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One row as the database gives it; ``principal`` and ``level`` are those of a share, else nought."""

    at: datetime
    key: UUID
    verb: str
    person: str
    authority: str
    purpose: str
    changes: Mapping[str, object]
    principal: int
    level: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a timeline: when, what, who, and details as pairs of name and value."""

    at: datetime
    what: str
    who: str
    details: tuple[tuple[str, str], ...]


def happenings(
    actor: Actor, root_id: UUID, *, after: Cursor | None, limit: int
) -> tuple[list[Happening], Cursor | None]:
    """The newest happenings that the actor may read, and where the next page begins."""
    shares = Share.objects.visible_to(actor).filter(root_id=root_id).exclude(reason=Reason.OPENED)
    # Sharing records its acts as well; the ledger says the same with more.
    details = Detail.objects.visible_to(actor).of(root_id).exclude(verb__startswith="sharing.share.")
    revoked = shares.filter(revoked_at__isnull=False)
    arms = [
        _arm(details, "at", after, F("verb"), "membership", F("changes"), _NOBODY, _NOBODY),
        _arm(shares, "granted_at", after, _word(GRANTED), "granted_by", _NOTHING, F("principal_id"), F("level")),
        _arm(revoked, "revoked_at", after, _word(REVOKED), "revoked_by", _NOTHING, F("principal_id"), F("level")),
    ]
    rows = [_happening(row) for row in arms[0].union(*arms[1:], all=True).order_by("-t_moment", "-t_key")[: limit + 1]]
    more = Cursor(rows[limit - 1].at, rows[limit - 1].key) if len(rows) > limit else None
    return rows[:limit], more


def entries(rows: list[Happening], names: Mapping[int, PrincipalName]) -> tuple[Entry, ...]:
    """The rows in words; shares that one person gave or ended in one go are one line that names everybody."""
    made: list[Entry] = []
    for _act, together in groupby(rows, key=_in_one_go):
        first, *others = (_entry(row, names) for row in together)
        details = dict.fromkeys(detail for entry in (first, *others) for detail in entry.details)
        made.append(replace(first, details=tuple(details)))
    return tuple(made)


def _in_one_go(row: Happening) -> object:
    """Equal for shares of one act; a key of its own for everything else."""
    shared = row.verb in {GRANTED, REVOKED}
    return (row.verb, row.at, row.person, row.authority) if shared else row.key


_COLUMNS = ("moment", "key", "what", "person", "authority", "purpose", "facts", "whom", "height")
_NOBODY = Value(0, output_field=IntegerField())
_NOTHING = Value({}, output_field=JSONField())


def _word(verb: str) -> Value:
    return Value(verb, output_field=CharField())


def _arm(  # noqa: PLR0917 - the columns of a union in their order
    rows: QuerySet[Any], at: str, after: Cursor | None, verb: Any, by: str, changes: Any, principal: Any, level: Any
) -> QuerySet[Any, Any]:
    """One arm of the union: rows after the cursor, with the same columns in the same order."""
    if after is not None:
        rows = rows.filter(Q(**{f"{at}__lt": after.sort_at}) | Q(**{at: after.sort_at, "id__lt": after.root_id}))
    columns = (
        F(at),
        F("id"),
        verb,
        F(f"{by}__account__full_name"),
        F(f"{by}__authority__name"),
        F("purpose"),
        changes,
        principal,
        level,
    )
    named = {f"t_{name}": column for name, column in zip(_COLUMNS, columns, strict=True)}
    arm: QuerySet[Any, Any] = rows.order_by().annotate(**named).values_list(*named)
    return arm


def _happening(row: tuple[Any, ...]) -> Happening:
    at, key, verb, person, authority, purpose, changes, principal, level = row
    return Happening(
        at=at,
        key=key,
        verb=verb,
        person=person,
        authority=authority,
        purpose=purpose,
        changes=changes,
        principal=principal,
        level=level,
    )


def _entry(row: Happening, names: Mapping[int, PrincipalName]) -> Entry:
    who = f"{row.person}, {row.authority}"
    purpose = ((_("Purpose"), row.purpose),) if row.purpose else ()
    if row.verb in {GRANTED, REVOKED}:
        what = _("Share given") if row.verb == GRANTED else _("Share ended")
        name = names.get(row.principal)
        whom = "" if name is None else ", ".join(part for part in (name.name, name.of) if part)
        return Entry(at=row.at, what=what, who=who, details=((str(Level(row.level).label), whom), *purpose))
    return Entry(at=row.at, what=words.sentence(row.verb), who=who, details=(*_changes(row.changes), *purpose))


def _changes(changes: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Names and values of what changed, as far as an app has words for them."""
    return tuple((words.field(name), _change(name, value)) for name, value in changes.items() if words.field(name))


def _change(name: str, value: object) -> str:
    if name == "fields" and isinstance(value, list):
        return ", ".join(filter(None, (words.field(part) for part in value)))
    if name == "summary":
        return _("changed")
    if isinstance(value, list) and len(value) == 2:  # noqa: PLR2004 - before and after
        before, after = (case_words.value(part) for part in value)
        return f"{before or '–'} → {after or '–'}"[:_LONG]
    return case_words.value(value)
