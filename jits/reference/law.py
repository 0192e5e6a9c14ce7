"""The treaty matrix as it is shipped. The parties stand in ``law_parties.csv``.

Sources are named in each row. What nobody of the project has held against the depositary's list is marked as to be confirmed.
"""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_noop as _

from foundation.workflow.actions import action
from jits.models import InstrumentParty, LegalInstrument
from jits.models.law import Between, InstrumentKind, OffenceScope

PARTIES: Final = Path(__file__).parent / "law_parties.csv"
OUTSIDE: Final = {"MD": _("Republic of Moldova"), "US": _("United States of America")}
"""Parties of the matrix that are in no directory until staff found them, by the codes under which they would be."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """An instrument as it is shipped."""

    code: str
    name: str
    kind: str = InstrumentKind.MULTILATERAL
    provision: str
    scope: str = OffenceScope.ALL
    between: str = Between.ANYBODY
    note: str = ""
    union_basis: bool = False
    source: str
    to_be_confirmed: bool = False
    valid_from: date


INSTRUMENTS: Final = (
    Row(
        code="eu_mla_2000",
        name=_("Convention on Mutual Assistance in Criminal Matters between the Member States of the European Union"),
        kind=InstrumentKind.EU,
        provision=_("Article 13"),
        between=Between.EU_MEMBERS,
        note=_("Between EU Member States alone; a party from outside joins under an additional basis."),
        union_basis=True,
        source="OJ C 197, 12.7.2000, p. 3; Regulation (EU) 2023/969, recital 4",
        to_be_confirmed=True,
        valid_from=date(2005, 8, 23),
    ),
    Row(
        code="fd_2002_465",
        name=_("Council Framework Decision 2002/465/JHA on joint investigation teams"),
        kind=InstrumentKind.EU,
        provision=_("Article 1"),
        between=Between.EU_MEMBERS,
        note=_("Between EU Member States alone; a party from outside joins under an additional basis."),
        union_basis=True,
        source="OJ L 162, 20.6.2002, p. 1; Regulation (EU) 2023/969, recital 4",
        to_be_confirmed=True,
        valid_from=date(2003, 1, 1),
    ),
    Row(
        code="ets_182",
        name=_(
            "Second Additional Protocol to the European Convention on Mutual Assistance in Criminal Matters (ETS 182)"
        ),
        provision=_("Article 20"),
        source="ETS No. 182, Strasbourg, 8.11.2001",
        valid_from=date(2004, 2, 1),
    ),
    Row(
        code="pcc_see",
        name=_("Police Cooperation Convention for Southeast Europe"),
        provision=_("Article 27"),
        source="PCC SEE, Vienna, 5.5.2006; Secretariat of the Convention",
        valid_from=date(2007, 10, 10),
    ),
    Row(
        code="untoc",
        name=_("United Nations Convention against Transnational Organized Crime"),
        provision=_("Article 19"),
        scope=OffenceScope.ORGANISED,
        note=_(
            "Where the offence is serious, crosses borders and involves an organised criminal group (Articles 2 and 3)."
        ),
        source="UNTOC, New York, 15.11.2000; UNODC CTOC/COP/WG.3/2020/2",
        valid_from=date(2003, 9, 29),
    ),
    Row(
        code="uncac",
        name=_("United Nations Convention against Corruption"),
        provision=_("Article 49"),
        scope=OffenceScope.CORRUPTION,
        source="UNCAC, New York, 31.10.2003; UNODC CTOC/COP/WG.3/2020/2",
        valid_from=date(2005, 12, 14),
    ),
    Row(
        code="un_drugs_1988",
        name=_("United Nations Convention against Illicit Traffic in Narcotic Drugs and Psychotropic Substances"),
        provision=_("Article 9(1)(c)"),
        scope=OffenceScope.DRUGS,
        source="Vienna, 20.12.1988; UNODC CTOC/COP/WG.3/2020/2",
        valid_from=date(1990, 11, 11),
    ),
    Row(
        code="eu_us_mla",
        name=_("Agreement on Mutual Legal Assistance between the European Union and the United States of America"),
        kind=InstrumentKind.EU,
        provision=_("Article 5"),
        between=Between.ACROSS,
        source="OJ L 181, 19.7.2003, p. 34; Regulation (EU) 2023/969, recital 4",
        to_be_confirmed=True,
        valid_from=date(2010, 2, 1),
    ),
    Row(
        code="al_xk_prosecutors_2010",
        name=_("Memorandum of understanding between the prosecution services of Albania and Kosovo"),
        kind=InstrumentKind.BILATERAL,
        provision=_("Memorandum of 12 October 2010"),
        note=_("Whether the memorandum carries a joint team has to be read in its text."),
        source="Memorandum of 12.10.2010",
        to_be_confirmed=True,
        valid_from=date(2010, 10, 12),
    ),
    Row(
        code="spak_xk_2021",
        name=_("Cooperation agreement between SPAK (Albania) and the prosecution of Kosovo"),
        kind=InstrumentKind.BILATERAL,
        provision=_("Agreement of 2 June 2021"),
        scope=OffenceScope.ORGANISED,
        note=_("Within the competence of SPAK: corruption and organised crime."),
        source="Agreement of 2.6.2021",
        to_be_confirmed=True,
        valid_from=date(2021, 6, 2),
    ),
    Row(
        code="xk_reciprocity",
        name=_("Reciprocity under Law 04/L-213 on International Legal Cooperation in Criminal Matters (Kosovo)"),
        kind=InstrumentKind.RECIPROCITY,
        provision=_("Article 1(3)"),
        note=_("Where there is no agreement. The other party's law has to allow a team on reciprocity as well."),
        source="Law 04/L-213",
        to_be_confirmed=True,
        valid_from=date(2013, 9, 17),
    ),
    Row(
        code="jits_platform",
        name=_("Regulation (EU) 2023/969 on the collaboration platform for joint investigation teams"),
        kind=InstrumentKind.PLATFORM,
        provision=_("Articles 1 and 3"),
        note=_(
            "The day is the latest one by law for the start of operations; whether the platform runs has to be asked."
        ),
        source="OJ L 132, 17.5.2023, p. 1; Article 28",
        to_be_confirmed=True,
        valid_from=date(2025, 12, 7),
    ),
)


@action
def load() -> int:
    """Add what is missing and say how many rows that were; what stands under a code, or for a party, is left as staff edited it."""
    return _instruments() + _parties()


def _instruments() -> int:
    there = set(LegalInstrument.objects.values_list("code", flat=True))
    missing = [
        LegalInstrument(**asdict(row), position=10 * number)
        for number, row in enumerate(INSTRUMENTS, start=1)
        if row.code not in there
    ]
    return len(LegalInstrument.objects.bulk_create(missing))


def _parties() -> int:
    there = set(InstrumentParty.objects.values_list("instrument", "party"))
    missing = [
        InstrumentParty(
            instrument=row["instrument"],
            party=row["party"],
            valid_from=date.fromisoformat(row["valid_from"]),
            source=row["source"],
            to_be_confirmed=row["to_be_confirmed"] == "yes",
        )
        for row in _shipped()
        if (row["instrument"], row["party"]) not in there
    ]
    return len(InstrumentParty.objects.bulk_create(missing))


def _shipped() -> list[dict[str, str]]:
    with PARTIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
