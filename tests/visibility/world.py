"""Two people who are strangers to one another, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import models

from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import PersonalRecord, ReaderRecord, Root, Share
from foundation.access.querysets import PersonalQuerySet
from tests.bed.sides import as_owner
from tests.people import House, Person
from tests.reference.stage import Clock, now_of_the_transaction
from tests.visibility import rows


class World:
    """Ann's own root, one of Bob's, one that Bob lets her read, and one that he let her read until an hour ago."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.house = House(now=now_of_the_transaction())
        self.ann, self.bob = self.house.person("Ann", "AA"), self.house.person("Bob", "BB")
        self.kind = str(getattr(model, "ROOT_KIND", "sample"))
        self.own, self.foreign = self._open(self.ann), self._open(self.bob)
        self.read, self.expired = self._open(self.bob), self._open(self.bob)
        self._show(self.read, until_hours=None)
        self._show(self.expired, until_hours=1)
        Clock(self.house.now).pass_by(2)
        with as_owner():
            self.rows = self._fill()

    def _open(self, by: Person) -> UUID:
        with by.acting() as actor:
            reference = f"S-{uuid4().hex[:12]}"
            return access.open_root(by=actor, kind=self.kind, reference=reference, title="Sample")

    def _show(self, root: UUID, *, until_hours: int | None) -> None:
        until = None if until_hours is None else self.house.now + timedelta(hours=until_hours)
        with self.bob.acting() as actor:
            principal = self.ann.membership.group_id
            access.grant(
                by=actor, root_id=root, principal=principal, level=Level.VIEW, reason=Reason.SHARE, until=until
            )

    @property
    def roots(self) -> tuple[UUID, ...]:
        return (self.own, self.foreign, self.read, self.expired)

    def _fill(self) -> list[rows.Row]:
        if self.model is Root:
            return [rows.Row(root, root) for root in self.roots]
        if self.model is Share:
            found = Share._base_manager.filter(root__in=self.roots).values_list("pk", "root_id")
            return [rows.Row(pk, root) for pk, root in found]
        audiences: list[int | None] = [None]
        if rows.has(self.model, "audience"):
            audiences += [self.ann.membership.group_id, self.bob.membership.group_id]
        if self.model._meta.label in rows.NEVER_FOR_EVERYONE:
            audiences.remove(None)
        of_one = issubclass(self.model, (PersonalRecord, ReaderRecord))
        people = [self.ann, self.bob] if of_one else [self.bob]
        return [
            rows.make(self.model, root=root, audience=audience, membership=person.membership.pk)
            for root in self.roots
            for audience in audiences
            for person in people
        ]

    def expected(self) -> set[object]:
        """What Ann sees."""
        if isinstance(self.model._default_manager.all(), PersonalQuerySet):
            return {row.pk for row in self.rows if row.membership == self.ann.membership.pk}
        if issubclass(self.model, ReaderRecord):
            return {row.pk for row in self.rows if self._hers(row)}
        audiences = (None, self.ann.membership.group_id)
        return {row.pk for row in self.rows if row.root in (self.own, self.read) and row.audience in audiences}

    def _hers(self, row: rows.Row) -> bool:
        return row.membership == self.ann.membership.pk and row.root in (self.own, self.read)

    def ours(self, keys: Iterable[object]) -> set[object]:
        """Of these keys, those that belong to the sample: the database may hold reference rows."""
        known = {row.pk for row in self.rows}
        return {key for key in keys if key in known}


def everything(model: type[models.Model]) -> set[object]:
    """The unfiltered twin of the reading verbs."""
    return set(model._base_manager.values_list("pk", flat=True))
