"""Load the reference data of this app: what is missing is made, what is there is left as staff have it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid5

from foundation.tenancy.choices import OfficeKind, PartnerKind
from foundation.tenancy.models import Authority, Office, Partner
from foundation.workflow.actions import action
from partners.models import SeatRule

_FOLDER = Path(__file__).parent
# The key of a row follows from its reference name, so that a renamed authority is found again and not made twice.
_NAMESPACE = UUID("6f0dbd3c-5b5b-4f0e-9a2a-0f6b3f0d6c55")

_OFFICES_OF_PARTNER = {
    PartnerKind.WESTERN_BALKAN: (OfficeKind.COORDINATOR, OfficeKind.CONTACT_GROUP_SEAT),
    PartnerKind.MEMBER_STATE: (OfficeKind.COORDINATOR,),
    PartnerKind.EUROJUST: (OfficeKind.CASE_DESK,),
}


def key_of(kind: str, *names: str) -> UUID:
    """The key of a reference row."""
    return uuid5(_NAMESPACE, ":".join((kind, *names)))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the files."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@action
def load() -> int:
    """Make the reference rows that are missing; how many were made. May run any number of times."""
    return _partners() + _authorities() + _offices() + _seat_rules()


def _partners() -> int:
    there = set(Partner.objects.values_list("code", flat=True))
    missing = [row for row in rows("partners") if row["code"] not in there]
    for row in missing:
        Partner.objects.create(id=key_of("partner", row["code"]), **{**row, "position": int(row["position"])})
    return len(missing)


def _authorities() -> int:
    there = set(Authority.objects.values_list("id", flat=True))
    partners = {partner.code: partner for partner in Partner.objects.all()}
    missing = [
        (key, row)
        for row in rows("authorities")
        if (key := key_of("authority", row["partner"], row["key"])) not in there
    ]
    for key, row in missing:
        Authority.objects.create(
            id=key, partner=partners[row["partner"]], kind=row["kind"], name=row["name"], local_name=row["local_name"]
        )
    return len(missing)


def _offices() -> int:
    there = set(Office.objects.values_list("partner_id", "authority_id", "kind"))
    missing = [office for office in _wanted_offices() if office not in there]
    for partner_id, authority_id, kind in missing:
        Office.objects.create(partner_id=partner_id, authority_id=authority_id, kind=kind)
    return len(missing)


def _wanted_offices() -> Iterable[tuple[UUID, UUID | None, str]]:
    """Offices of every partner by its kind, and a case registry for every authority: who opens a case needs one."""
    for partner_id, partner_kind in Partner.objects.values_list("id", "kind"):
        for office_kind in _OFFICES_OF_PARTNER.get(PartnerKind(partner_kind), ()):
            yield partner_id, None, str(office_kind)
    for partner_id, authority_id in Authority.objects.values_list("partner_id", "id"):
        yield partner_id, authority_id, str(OfficeKind.CASE_REGISTRY)


def _seat_rules() -> int:
    there = set(SeatRule.objects.values_list("office_kind", "capacity"))
    missing = [row for row in rows("seat_rules") if (row["office_kind"], row["capacity"]) not in there]
    for row in missing:
        SeatRule.objects.create(
            office_kind=row["office_kind"],
            capacity=row["capacity"],
            at_most=int(row["at_most"]),
            valid_from=row["valid_from"],
        )
    return len(missing)
