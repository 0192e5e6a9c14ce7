"""Roots, shares, offers and the projection that guardian reads.

The runtime role may only read these tables; ``foundation.access.ledger`` writes through definer functions (sql/functions.sql).
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.models import Group, Permission
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase

from foundation.access.levels import Level, Reason
from foundation.access.querysets import FeedQuerySet, OfferQuerySet, RootQuerySet, ShareQuerySet
from foundation.tenancy.models import Membership, Partner


class Root(models.Model):
    """Anything that can be shared: case, nomination, invitation, meeting ... One row each, whatever its kind.

    Reference and title stand here and nowhere else, so that inbox, lists and search need no other table.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    reference = models.CharField(_("reference"), max_length=24, unique=True)
    title = models.CharField(_("title"), max_length=200)
    folded = models.TextField(help_text=_("Reference and title without case, diacritics and script, for search."))
    opened_at = models.DateTimeField()
    sort_at = models.DateTimeField()
    acl = ArrayField(
        models.IntegerField(), default=list, help_text=_("Principals with an undated live reason to view.")
    )

    objects = RootQuerySet["Root"].as_manager()

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [GinIndex(OpClass("folded", "gin_trgm_ops"), name="access_root_folded")]
        permissions: ClassVar = [
            ("view_root", "Can view the root"),
            ("contribute_root", "Can contribute to the root"),
            ("manage_root", "Can manage the root"),
        ]

    def __str__(self) -> str:
        return self.reference


class RootGrant(GroupObjectPermissionBase):
    """guardian's direct-foreign-key table, one row per principal and level, written by the projection alone.

    Its foreign keys have no indexes of their own: those below begin with them and answer from the index alone. Each order in which
    roots are listed has an index that begins with the principal.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, db_index=False)
    permission = models.ForeignKey(Permission, on_delete=models.CASCADE, db_index=False)
    content_object = models.ForeignKey(Root, on_delete=models.CASCADE, db_index=False)
    level = models.PositiveSmallIntegerField(choices=Level)
    kind = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    sort_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta(GroupObjectPermissionBase.Meta):
        indexes: ClassVar = [
            models.Index(
                fields=["group", "level", "kind", "-sort_at", "-content_object"],
                include=["until"],
                name="access_rootgrant_newest",
            ),
            models.Index(
                fields=["group", "level", "kind", "-opened_at", "-content_object"],
                include=["until"],
                name="access_rootgrant_opened",
            ),
            models.Index(
                fields=["content_object", "level", "group"], include=["until"], name="access_rootgrant_of_root"
            ),
        ]


class Share(models.Model):
    """One reason why a principal has a level on a root. Revoked once, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="shares")
    # Without an index of its own: one below begins with it.
    principal = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(_("until"), null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ShareQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["root", "principal"]),
            models.Index(fields=["principal", "id"], name="access_share_of_principal"),
            models.Index(
                fields=["principal", "until", "id"],
                name="access_share_ended",
                condition=Q(until__isnull=False, revoked_at__isnull=True),
            ),
            models.Index(
                fields=["until", "id"],
                name="access_share_ending",
                condition=Q(until__isnull=False, revoked_at__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="access_share_level_known", condition=Q(level__in=[1, 2, 3])),
            models.CheckConstraint(
                name="access_share_revoked_fields_agree",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]


class Offer(models.Model):
    """A manager's word that a partner may open the root to its own people by accepting an invitation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="offers")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level)
    invitation = models.UUIDField(
        unique=True, help_text=_("Key of the invitation's root; the invitation may not exist yet.")
    )
    purpose = models.CharField(max_length=300, blank=True)
    until = models.DateTimeField(null=True)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="access_offer_answered_once",
                condition=Q(withdrawn_at__isnull=True) | Q(accepted_at__isnull=True),
            ),
        ]


class Change(models.Model):
    """That something changed, and for whom; never what. Written by ``access_changed`` alone (sql/changes.sql).

    Of a root, for one audience or for everyone who sees it; of a share of a root, for its principal; of an appointment, for its
    membership. Keys without foreign keys: whoever changes a root waits for nobody. ``xid`` is the transaction that wrote the row.
    """

    id = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField()
    at = models.DateTimeField()
    root = models.UUIDField(null=True)
    audience = models.IntegerField(null=True)
    principal = models.IntegerField(null=True)
    membership = models.UUIDField(null=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["xid", "id"], name="access_change_order"),
            models.Index(fields=["at"], name="access_change_at"),
        ]


class RootRecord(models.Model):
    """The record behind a root of one kind (case, nomination, meeting ...). Its key is the root's key.

    ``ROOT_KIND`` is the kind written on the root; ``version`` counts the edits for optimistic locking.
    """

    ROOT_KIND: ClassVar[str]

    root = models.OneToOneField(Root, primary_key=True, on_delete=models.PROTECT, related_name="%(class)s")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class SharedRecord(models.Model):
    """A child row of a root, seen by everyone on the root, or by one audience of them.

    ``audience`` is the writer's own membership, authority or partner; empty means everyone on the root.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+")
    audience = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


class PersonalRecord(models.Model):
    """A row of one membership alone: drafts, stored answers, inbox, reading marks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class ReaderRecord(models.Model):
    """What one membership has of a root, such as a paper that was printed for it; gone for it when its sight of the root ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
