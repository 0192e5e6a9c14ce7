"""Tokens of partner systems. A system itself is an account of its kind with a membership, so every rule of access is the same."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.systems.querysets import SystemTokenQuerySet
from foundation.systems.scopes import Scope
from foundation.tenancy.models import Membership

LONGEST = timedelta(days=90)


class SystemToken(models.Model):
    """One token of one system. Granted once, replaced, revoked or expired, never changed otherwise (sql/tokens.sql).

    Only the SHA-256 of the secret is kept. ``successor`` is the token that replaces it; both work until this one expires.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="tokens")
    prefix = models.CharField(_("prefix"), max_length=8, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=30, choices=Scope), verbose_name=_("scopes"))
    networks = ArrayField(models.CharField(max_length=43), default=list, verbose_name=_("address ranges"))
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("last use"), null=True)
    used_from = models.GenericIPAddressField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    successor = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")

    objects = SystemTokenQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="systems_systemtoken_lasts_at_most_90_days",
                condition=Q(expires_at__gte=F("granted_at")) & Q(expires_at__lte=F("granted_at") + LONGEST),
            ),
            models.CheckConstraint(
                name="systems_systemtoken_scopes_are_known",
                condition=Q(scopes__contained_by=list(Scope.values)) & Q(scopes__len__gte=1),
            ),
            models.CheckConstraint(
                name="systems_systemtoken_revoked_by_somebody",
                condition=(
                    Q(revoked_at__isnull=True, revoked_by__isnull=True)
                    | Q(revoked_at__isnull=False, revoked_by__isnull=False)
                ),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["expires_at", "id"], name="systems_systemtoken_ending")]

    def stands(self, at: datetime) -> bool:
        """Neither expired nor revoked at that moment; of rows in the database asks ``standing``."""
        return self.revoked_at is None and self.expires_at > at

    @property
    def hint(self) -> str:
        """How it begins, so that people know which one it is."""
        return f"wbcj_{self.prefix}_…"
