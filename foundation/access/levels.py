"""Levels of a share and the base of every app's permissions."""

from __future__ import annotations

from enum import Enum
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """Each level includes the lower ones."""

    VIEW = 1, _("View")
    CONTRIBUTE = 2, _("Contribute")
    MANAGE = 3, _("Manage")


class Reason(models.TextChoices):
    """Why somebody has a share; the ledger keeps every reason beside the others."""

    OPENED = "opened", _("Opened it")
    TEAM = "team", _("Member of the team")
    SHARE = "share", _("Shared")
    HAND_OVER = "hand_over", _("Handed over")
    NOMINATION = "nomination", _("Nominated to the Contact Group")
    ELECTORATE = "electorate", _("Part of the electorate")
    INVITATION = "invitation", _("Accepted an invitation")
    INVITED = "invited", _("Invited")
    AGENDA = "agenda", _("On the agenda")
    TASK = "task", _("Given a task")


class Permission(str, Enum):  # noqa: UP042 - a StrEnum cannot carry the level
    """Base of the permission enumerations: ``CLOSE = "cases.close", Level.MANAGE``.

    The codename is what ``wbcj/roles.py`` gives to roles and offices; the level is what a share must reach on the root (none for acts
    that concern no root yet).
    """

    level: Level | None

    def __new__(cls, codename: str, level: Level | None = None) -> Self:
        member = str.__new__(cls, codename)
        member._value_ = codename
        member.level = level
        return member

    def __str__(self) -> str:
        return str(self.value)
