"""A partner whose system is told of what changes, and a receiver on loopback."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from foundation import access
from foundation.access import Level, Reason
from foundation.webhooks import actions, events
from foundation.webhooks.models import Attempt, Delivery, Subscription
from tests.bed.sides import as_owner
from tests.people import Person
from tests.systems.cast import SystemsWorld

NOWHERE = "https://127.0.0.1:9/told"


@dataclass
class WebhooksWorld(SystemsWorld):
    """Ann administers P, whose register is told; Olga administers Q; Paul prosecutes in P and opens cases."""

    url: str = NOWHERE
    paul: Person = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.paul = self.house.person("Paul", "P")

    def subscribe(
        self, *chosen: str, by: Person | None = None, url: str = "", at: datetime | None = None
    ) -> actions.Subscribed:
        with (by or self.ann).acting() as actor:
            return actions.subscribe(
                by=actor,
                at=at or self.now,
                membership_id=self.register.membership.pk,
                url=url or self.url,
                chosen=chosen or ("case.changed",),
            )

    def do(self, act: Any, subscription: Subscription, by: Person | None = None, **more: Any) -> Any:
        with (by or self.ann).acting() as actor:
            return act(by=actor, at=self.now, subscription_id=subscription.pk, **more)

    def test(self, subscription: Subscription) -> Delivery:
        with self.ann.acting() as actor:
            return actions.send_test(by=actor, at=self.now, subscription_id=subscription.pk)

    def root(self, *, shown: bool = True, title: str = "Forged permits in two towns") -> Any:
        """A case's root of Paul's; the register sees it through its authority's registry or not at all."""
        with self.paul.acting() as actor:
            key = access.open_root(by=actor, kind="case", reference=access.new_reference("C", self.now), title=title)
            if shown:
                access.grant(
                    by=actor,
                    root_id=key,
                    principal=self.register.membership.group_id,
                    level=Level.VIEW,
                    reason=Reason.SHARE,
                )
        return key

    def told_of(self, subscription: Subscription, root: Any, *, audience: int | None = None, **more: Any) -> Delivery:
        """A delivery that waits, as the functions write it."""
        with as_owner():
            return Delivery.objects.create(
                subscription=subscription,
                event="case.changed",
                kind="case",
                root=root,
                audience=audience,
                **{"created_at": self.now, "due_at": self.now, **more},
            )

    def fresh(self, row: Any) -> Any:
        with as_owner():
            row.refresh_from_db()
            return row

    def attempts(self, delivery: Delivery) -> list[tuple[str, int | None, str]]:
        with as_owner():
            return list(Attempt.objects.filter(delivery=delivery).values_list("verdict", "status", "cause"))

    def later(self, subscription: Subscription, **age: float) -> None:
        """Let what waits be due, and the receiver be left in peace no more; optionally age its failure."""
        with as_owner():
            long_ago = self.now - timedelta(minutes=5)
            Delivery.objects.filter(subscription=subscription, state="waiting").update(due_at=long_ago)
            changes: dict[str, Any] = {"quiet_until": None}
            if age:
                changes["failing_since"] = self.now - timedelta(**age)
            Subscription.objects.filter(pk=subscription.pk).update(**changes)


def settle() -> None:
    """What waits for the end of the transaction happens now."""
    connection.check_constraints()


TEST = events.TEST
