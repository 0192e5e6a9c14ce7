"""Handling codes of what is exchanged, and which of them go together: one place for cases, nominations, invitations and documents."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class HandlingCode(models.TextChoices):
    """Handling codes of the Europol exchange: H1 and H2 combine, H3 needs words, H0 stands alone."""

    H0 = "H0", gettext_lazy("H0: to prevent and combat crime, under the applicable law")
    H1 = "H1", gettext_lazy("H1: not in judicial proceedings without the provider's permission")
    H2 = "H2", gettext_lazy("H2: not to be passed on without the provider's permission")
    H3 = "H3", gettext_lazy("H3: other restrictions, stated in words")


def meant(codes: Sequence[str], *, given: Sequence[str]) -> list[str]:
    """The codes that were meant: a restriction that was ticked beside an H0 that stood there already takes its place."""
    if HandlingCode.H0 not in given:
        return list(codes)
    return [code for code in codes if code != HandlingCode.H0] or list(codes)


def check(codes: Sequence[str], text: str) -> None:
    """Raise ValidationError unless the codes go together: H0 alone, H1 with H2, H3 with words."""
    if not codes or not set(codes) <= set(HandlingCode.values):
        raise ValidationError(_("Choose at least one handling code."))
    if HandlingCode.H0 in codes and len(set(codes)) > 1:
        raise ValidationError(_("H0 stands alone; choose either H0 or the restrictions."))
    if HandlingCode.H3 in codes and not text.strip():
        raise ValidationError(_("H3 needs the restriction in words."))


def constraints(table: str) -> list[CheckConstraint]:
    """The same rules, kept by the database."""
    return [
        CheckConstraint(
            name=f"{table}_handling_known",
            condition=Q(handling__contained_by=list(HandlingCode.values)) & Q(handling__len__gte=1),
        ),
        CheckConstraint(
            name=f"{table}_handling_h0_alone",
            condition=~Q(handling__contains=[HandlingCode.H0.value]) | Q(handling__len=1),
        ),
        CheckConstraint(
            name=f"{table}_handling_h3_in_words",
            condition=~Q(handling__contains=[HandlingCode.H3.value]) | ~Q(handling_text=""),
        ),
    ]
