"""Partners, authorities, offices, accounts and memberships.

The directory is open inside the application: these tables have no row security (SECURITY.md says why). What people see of cases
follows from the principals that stand here: every partner, authority, office and membership is one Django group.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.tenancy.choices import (
    SYSTEM_ADDRESSES,
    AccountKind,
    AuthorityKind,
    Capacity,
    OfficeKind,
    PartnerKind,
    Role,
)
from foundation.tenancy.querysets import AccountManager, AuthorityQuerySet, MembershipQuerySet, OfficeHolderQuerySet


class Principal(models.Model):
    """Something that can be given sight of a root: it owns exactly one Django group, made with it and named by its key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, editable=False, related_name="+")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and self.group_id is None:
            self.group = Group.objects.create(name=f"{self._meta.model_name}:{self.pk}")
        super().save(*args, **kwargs)


class Partner(Principal):
    """A tenant: Western Balkan partner, EU Member State, Eurojust, Union body or third party."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PartnerKind)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("order in lists"), default=100)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Brussels")
    languages = models.CharField(
        _("languages"), max_length=60, default="en", help_text=_("Language tags, separated by commas.")
    )

    class Meta:
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Authority(Principal):
    """An institution of a partner, from ``opens_at`` (always, where none is set) until ``closed_at``, which may lie ahead.

    As soon as ``closed_at`` is set, it takes nobody and nothing new.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="authorities")
    kind = models.CharField(_("kind"), max_length=20, choices=AuthorityKind)
    name = models.CharField(_("name"), max_length=200)
    local_name = models.CharField(_("name in its own language"), max_length=200, blank=True)
    to_be_confirmed = models.BooleanField(_("to be confirmed by the partner"), default=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "name"], name="tenancy_authority_name_once_per_partner"),
            models.CheckConstraint(
                name="tenancy_authority_period_runs_forward",
                condition=Q(opens_at__isnull=True) | Q(closed_at__isnull=True) | Q(closed_at__gte=F("opens_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Office(Principal):
    """A function of a partner, or of one of its authorities, that people hold in turn."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="offices")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="offices", null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OfficeKind)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partner", "authority", "kind"], name="tenancy_office_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Account(AbstractBaseUser, PermissionsMixin):
    """Somebody, or a partner system, that can sign in. Rights come from memberships alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=AccountKind, default=AccountKind.PERSON)
    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Brussels")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the admin console"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="tenancy_account_is_never_superuser", condition=Q(is_superuser=False)),
            models.CheckConstraint(
                name="tenancy_account_of_a_system_cannot_sign_in",
                condition=(
                    ~Q(kind=AccountKind.SYSTEM)
                    | Q(is_staff=False, password__startswith=UNUSABLE_PASSWORD_PREFIX, email__endswith=SYSTEM_ADDRESSES)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name


class Appointment(models.Model):
    """A period that gives sight: proposed by one person, confirmed by another, ended, never edited or deleted.

    ``founding`` marks the first people of an authority that sees nothing yet: nobody is there to confirm them.
    """

    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("tenancy.Membership", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("tenancy.Membership", on_delete=models.PROTECT, null=True, related_name="+")
    founding = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tenancy_%(class)s_period_runs_forward",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
            ),
            models.CheckConstraint(
                name="tenancy_%(class)s_confirmed_by_a_second_person",
                condition=(
                    Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                    | Q(confirmed_at__isnull=False, founding=True)
                    | (
                        Q(confirmed_at__isnull=False, confirmed_by__isnull=False, proposed_by__isnull=False)
                        & ~Q(confirmed_by=F("proposed_by"))
                    )
                ),
            ),
        ]


class Membership(Principal, Appointment):
    """Puts an account into an authority with a role and a period."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    function = models.CharField(_("function"), max_length=120, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta(Appointment.Meta):
        indexes: ClassVar = [
            models.Index(fields=["account", "starts_at"]),
            models.Index(
                fields=["ends_at", "id"], name="tenancy_membership_ending", condition=Q(ends_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account.full_name}, {self.authority.name}"


class OfficeHolder(Appointment):
    """A membership that holds an office for a period."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="holders")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="offices_held")
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacity, default=Capacity.HOLDER)

    objects = OfficeHolderQuerySet.as_manager()

    class Meta(Appointment.Meta):
        indexes: ClassVar = [
            models.Index(fields=["membership", "starts_at"]),
            models.Index(
                fields=["ends_at", "id"], name="tenancy_officeholder_ending", condition=Q(ends_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.membership}"
