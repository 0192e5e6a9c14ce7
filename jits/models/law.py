"""The treaty matrix: instruments, and who is bound by which from when to when. Open inside the application.

Rows are facts about the world: the days of a row are those on which the instrument is in force.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.reference.models import DatedRow, WordedRow, one_at_a_time
from foundation.reference.querysets import DatedQuerySet
from jits import solver


class InstrumentKind(models.TextChoices):
    """What an instrument is."""

    MULTILATERAL = solver.Kind.MULTILATERAL.value, _("Multilateral treaty")
    EU = solver.Kind.EU.value, _("European Union")
    BILATERAL = solver.Kind.BILATERAL.value, _("Bilateral")
    RECIPROCITY = solver.Kind.RECIPROCITY.value, _("Reciprocity")
    PLATFORM = solver.Kind.PLATFORM.value, _("Rules of the EU platform")


class OffenceScope(models.TextChoices):
    """Which offences an instrument is for."""

    ALL = solver.Scope.ALL.value, _("All offences")
    CORRUPTION = solver.Scope.CORRUPTION.value, _("Corruption only")
    DRUGS = solver.Scope.DRUGS.value, _("Drugs only")
    ORGANISED = solver.Scope.ORGANISED.value, _("Organised or serious crime")


class Between(models.TextChoices):
    """Between whom an instrument works, beyond being bound."""

    ANYBODY = solver.Condition.NONE.value, _("Everybody who is bound")
    EU_MEMBERS = solver.Condition.EU_MEMBERS.value, _("EU Member States; others join under an additional basis")
    ACROSS = solver.Condition.ACROSS.value, _("An EU Member State and a party from outside the Union")


class LegalInstrument(WordedRow):
    """An instrument that a joint investigation team can rest on, and the provision that says so. Source: stated in each row."""

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=InstrumentKind)
    provision = models.CharField(_("provision"), max_length=80)
    scope = models.CharField(_("offences"), max_length=20, choices=OffenceScope, default=OffenceScope.ALL)
    between = models.CharField(_("works between"), max_length=20, choices=Between, default=Between.ANYBODY, blank=True)
    note = models.CharField(_("condition"), max_length=300, blank=True)
    union_basis = models.BooleanField(_("Union legal basis"), default=False)
    source = models.CharField(_("source"), max_length=200, blank=True)
    to_be_confirmed = models.BooleanField(_("to be confirmed"), default=False)
    position = models.PositiveSmallIntegerField(_("order in lists"), default=100)

    worded = ("name", "provision", "note")

    objects = DatedQuerySet["LegalInstrument"].as_manager()

    class Meta:
        ordering: ClassVar = ["position", "code", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="jits_legalinstrument_period_runs_forward",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            one_at_a_time("jits_legalinstrument_one_at_a_time", "code"),
        ]

    def __str__(self) -> str:
        return self.said("name")

    def as_fact(self) -> solver.Instrument:
        """For the solver."""
        return solver.Instrument(
            code=self.code,
            kind=solver.Kind(self.kind),
            scope=solver.Scope(self.scope),
            condition=solver.Condition(self.between),
            union_basis=self.union_basis,
            first=self.valid_from,
            last=self.valid_until,
        )


class InstrumentParty(DatedRow):
    """A partner is bound by an instrument. ``party`` is the partner's code; one that is in no directory yet may stand here too.

    ``reserved``: a reservation excludes the provision on joint teams. ``reservation``: what a reservation or declaration says.
    """

    instrument = models.CharField(_("instrument"), max_length=40)
    party = models.CharField(_("party"), max_length=12)
    reserved = models.BooleanField(_("joint teams are excluded"), default=False)
    reservation = models.CharField(_("reservation or declaration"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    to_be_confirmed = models.BooleanField(_("to be confirmed"), default=False)

    objects = DatedQuerySet["InstrumentParty"].as_manager()

    class Meta:
        ordering: ClassVar = ["instrument", "party", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="jits_instrumentparty_period_runs_forward",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            one_at_a_time("jits_instrumentparty_one_at_a_time", "instrument", "party"),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} / {self.party}"

    def holds(self, on: date) -> bool:
        """Is the party bound on that day?"""
        return self.begun(on) and not self.over(on)

    def as_fact(self) -> solver.Binding:
        """For the solver."""
        return solver.Binding(
            instrument=self.instrument,
            party=self.party,
            first=self.valid_from,
            last=self.valid_until,
            reserved=self.reserved,
        )
