"""The annex of members as a paper: who is in the team on the day of printing, as its reader sees it, and every notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.documents.printing.kinds import Kind, Paper
from foundation.tenancy.actors import Actor
from jits.models import Jit
from jits.permissions import JitPermission
from jits.queries.members import MemberLine, PartyMembers, annex


@dataclass(frozen=True, kw_only=True)
class Member:
    """A member; ``name`` is empty for a protected identity, whoever prints."""

    number: int
    name: str
    role: str
    authority: str
    seconded_to: str
    from_date: date
    until_date: date | None


@dataclass(frozen=True, kw_only=True)
class Party:
    """A party with its members."""

    name: str
    authority: str
    members: tuple[Member, ...]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A notice of a change."""

    number: int
    partner: str
    act: str
    day: date
    text: str
    given_at: datetime


@dataclass(frozen=True, kw_only=True)
class AnnexPaper(Paper):
    """The annex on a day (UTC)."""

    template: ClassVar[str] = "jits/pdf/annex.html"

    on: date
    parties: tuple[Party, ...]
    notices: tuple[Notice, ...]


def freeze_annex(*, subject: UUID, actor: Actor) -> AnnexPaper:
    """The annex of that team today. Seven statements. Raises Jit.DoesNotExist."""
    jit = Jit.objects.visible_to(actor).select_related("root").get(pk=subject)
    view = annex(jit, on=timezone.now().astimezone(UTC).date(), actor=actor)
    return AnnexPaper(
        root_id=jit.pk,
        title=jit.root.title,
        reference=jit.root.reference,
        handling=tuple(jit.handling),
        handling_text=jit.handling_text,
        on=view.on,
        parties=tuple(_party(one) for one in view.parties),
        notices=tuple(
            Notice(
                number=one.member.number,
                partner=one.member.party.partner.name,
                act=one.get_act_display(),
                day=one.day,
                text=one.text,
                given_at=one.given_at,
            )
            for one in view.notices
        ),
    )


def _party(one: PartyMembers) -> Party:
    return Party(
        name=one.party.partner.name,
        authority=one.party.authority.name,
        members=tuple(_member(line) for line in one.lines),
    )


def _member(line: MemberLine) -> Member:
    member = line.member
    return Member(
        number=member.number,
        name=member.name,
        role=member.get_role_display(),
        authority=member.authority,
        seconded_to="" if member.seconded_to is None else member.seconded_to.name,
        from_date=member.from_date,
        until_date=member.until_date,
    )


ANNEX = Kind(
    name="jits.members",
    label=_("Annex of members"),
    permission=JitPermission.VIEW,
    freeze=freeze_annex,
    address=lambda key: reverse("jit_members", args=[key]),
)
"""The annex of a team."""
