"""What a principal is called, for whole lists of principals in one statement.

The directory is open inside the application, so these reads need no wall; which groups somebody may ask about is the
caller's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Coalesce

from foundation.tenancy.choices import OfficeKind
from foundation.tenancy.models import Authority, Membership, Office, Partner

PARTNER, AUTHORITY, OFFICE, PERSON = "partner", "authority", "office", "person"


@dataclass(frozen=True, kw_only=True)
class PrincipalName:
    """A principal in words, with the groups of the authority (none for a partner's) and partner that it belongs to."""

    group_id: int
    kind: str
    name: str
    authority: str
    partner: str
    authority_group: int | None
    partner_group: int

    @property
    def of(self) -> str:
        """What it belongs to, in words; empty for a partner."""
        return ", ".join(part for part in (self.authority, self.partner) if part and part != self.name)


def principal_names(groups: Iterable[int]) -> dict[int, PrincipalName]:
    """Group -> name, in one statement; groups that stand for nobody are left out."""
    wanted = set(groups)
    if not wanted:
        return {}
    chosen = [
        model.objects.filter(group__in=wanted).order_by().values_list("group_id", *columns)  # type: ignore[attr-defined]  # the types know no union
        for model, columns in _COLUMNS.items()
    ]
    return {row[0]: _named(row) for row in chosen[0].union(*chosen[1:], all=True)}


_NOTHING = Value("", output_field=CharField())
_NOBODY = Value(0, output_field=IntegerField())


def _kind(word: str) -> Value:
    return Value(word, output_field=CharField())


_COLUMNS = {
    Partner: (_kind(PARTNER), F("name"), _NOTHING, F("name"), _NOBODY, F("group_id")),
    Authority: (_kind(AUTHORITY), F("name"), F("name"), F("partner__name"), F("group_id"), F("partner__group_id")),
    Office: (
        _kind(OFFICE),
        F("kind"),
        Coalesce(F("authority__name"), _NOTHING),
        F("partner__name"),
        Coalesce(F("authority__group_id"), _NOBODY),
        F("partner__group_id"),
    ),
    Membership: (
        _kind(PERSON),
        F("account__full_name"),
        F("authority__name"),
        F("authority__partner__name"),
        F("authority__group_id"),
        F("authority__partner__group_id"),
    ),
}


def _named(row: tuple[int, str, str, str, str, int, int]) -> PrincipalName:
    group_id, kind, name, authority, partner, authority_group, partner_group = row
    return PrincipalName(
        group_id=group_id,
        kind=kind,
        name=str(OfficeKind(name).label) if kind == OFFICE else name,
        authority=authority,
        partner=partner,
        authority_group=authority_group or None,
        partner_group=partner_group,
    )
