"""The quick form: a use-case cut off once, the driver raising, in a transaction of the tests' own that is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from faults.interruption.ground import forget_cached
from faults.interruption.snapshot import Catalogue, Effect, Eye
from faults.interruption.trial import Finding, Judge, UseCase, outside
from faults.interruption.wire import Cut, How, Wire
from tests.bed.sides import as_owner
from tests.hostile.stage import Stage


class Rehearsal(Judge):
    """Here the outermost transaction of the product is a savepoint: its COMMIT is no point to cut at, and either outcome is right."""

    def cut(self, number: int) -> None:
        """Cut once, look, do it again, look again."""
        place, before = self.place(number, How.RAISED), outside()
        with _undone():
            wire = Wire(Cut(number, How.RAISED))
            with wire.laid():
                first = self.deed.do()
            # The server saw no error; what the product writes after its own transaction would mark this one for the rollback.
            transaction.set_rollback(False)
            changed = _effect(self.eye)
            self.judge(place, first, changed, quiet=outside() == before, committed=True, nothing=None)
            second = self.deed.again(first)
            connection.check_constraints()
            self.judge_again(place, second, _effect(self.eye), done=bool(changed))


def rehearsed(use_case: UseCase, catalogue: Catalogue, chance: Random) -> tuple[list[Finding], set[str]]:
    """What was found at one point of the use-case, and the actions that it runs. In a transaction that stands open."""
    forget_cached()
    with _undone():
        deed = use_case.prepare(Stage())
        connection.check_constraints()
        eye = Eye(catalogue, timezone.now(), use_case.apart)
        with as_owner():
            eye.begin(connection.connection)
        wire = Wire()
        with _undone():
            with wire.laid():
                answer = deed.do()
            whole = _effect(eye)
        forget_cached()
        one = Rehearsal(use_case=use_case, deed=deed, eye=eye, wire=wire, whole=whole, answer=answer)
        one.cut(chance.randint(1, one.points))
    return one.findings, wire.actions


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _effect(eye: Eye) -> Effect:
    with as_owner():
        return eye.effect(eye.look(connection.connection))
