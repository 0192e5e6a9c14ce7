"""One use-case cut off at one point after the other: what it left, what it answered, and whether doing it again succeeds."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from faults.interruption.deeds import Answer, Deed, letters
from faults.interruption.ground import Ground, forget_cached, prepared
from faults.interruption.hints import hints
from faults.interruption.snapshot import Catalogue, Effect, Eye, said
from faults.interruption.wire import COMMIT, COMMITTED, Cut, How, Wire
from tests.bed.sides import as_owner
from tests.hostile.stage import Stage

UNAVAILABLE = 503
REFUSED = {409, 412}


@dataclass(frozen=True, kw_only=True)
class UseCase:
    """Something that the product does, by its name, and how to stand before it."""

    name: str
    prepare: Callable[[Stage], Deed]
    again: Mapping[str, str] = field(default_factory=dict)
    """Tables in which doing it once more may leave more, after it was done and only the answer was lost: each with its reason."""
    apart: frozenset[tuple[str, str]] = frozenset()
    """Columns that are written outside of its transaction on purpose."""
    sends: bool = False
    """It sends a mail before its commit."""
    only_in_earnest: str = ""
    """Why it cannot be rehearsed in a transaction that is rolled back."""
    reaches: frozenset[str] = frozenset()
    """The actions of one that cannot be rehearsed, for the guard."""
    refused_when_done: str = ""
    """Why doing it once more is refused, after it was done and only the answer was lost."""


class Fault(StrEnum):
    """What can be wrong, each a claim of its own."""

    COURSE = "use-cases that fail undisturbed, or change nothing"
    HALF = "cuts that left something half done"
    OUTSIDE = "mails or hints that went out without the commit"
    ANSWER = "answers that are not clear, not true or lose what was typed"
    AGAIN = "repeats that fail, or have more or less than one effect"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that is not as it must be."""

    use_case: str
    place: str
    fault: Fault
    what: str

    def __str__(self) -> str:
        return f"{self.use_case}, {self.place}: {self.fault}: {self.what}"


@dataclass(kw_only=True)
class Judge:
    """A prepared use-case, its undisturbed course, and what was found when it was cut off."""

    use_case: UseCase
    deed: Deed
    eye: Eye
    wire: Wire
    whole: Effect
    answer: Answer
    findings: list[Finding] = field(default_factory=list)
    cuts: int = 0

    def __post_init__(self) -> None:
        """Undisturbed, it must succeed and change something."""
        if not self.answer.fine:
            undisturbed = f"{self.answer.status} {self.answer.error} {_sentence(self.answer)}"
            self.found("undisturbed", Fault.COURSE, undisturbed)
        if not self.whole:
            self.found("undisturbed", Fault.COURSE, "it changes nothing")

    @property
    def points(self) -> int:
        """How many points there are to cut at: one before each statement and each COMMIT, one after each COMMIT."""
        return len(self.wire.points)

    def place(self, number: int, how: How) -> str:
        """Count a cut, and name where it is."""
        self.cuts += 1
        return f"point {number} of {self.points}, {how} ({self.wire.points[number - 1][:90]})"

    def judge(
        self, place: str, first: Answer, changed: Effect, *, quiet: bool, committed: bool, nothing: bool | None
    ) -> None:
        """What a cut left, and what was answered. ``committed``: it came after a COMMIT; ``nothing``: none can have been reached."""
        if changed and not (committed and changed == self.whole):
            self.found(place, Fault.HALF, said(changed, self.whole))
        if not changed and first.fine:
            self.found(place, Fault.ANSWER, f"nothing was done, and the answer is {first.status} {first.location}")
        if not changed and not quiet and not self.use_case.sends:
            self.found(place, Fault.OUTSIDE, "nothing was done")
        for what in self.deed.complaints(first, nothing=nothing):
            self.found(place, Fault.ANSWER, what)

    def judge_again(self, place: str, second: Answer, effect: Effect, *, done: bool) -> None:
        """What stands there after it was done again; ``done``: it was done before already."""
        whole = self.whole
        if done:
            effect, whole = _without(effect, self.use_case.again), _without(whole, self.use_case.again)
        if effect != whole:
            self.found(place, Fault.AGAIN, said(effect, whole))
        if not (second.fine or (done and self.use_case.refused_when_done and second.status in REFUSED)):
            self.found(place, Fault.AGAIN, f"{second.status} {second.error} {_sentence(second)}")

    def found(self, place: str, fault: Fault, what: str) -> None:
        """Keep what is not as it must be."""
        self.findings.append(Finding(use_case=self.use_case.name, place=place, fault=fault, what=what))


@dataclass(kw_only=True)
class Trial(Judge):
    """In a database of its own, with real commits."""

    ground: Ground

    def cut(self, number: int, how: How, *, for_good: bool) -> None:
        """Cut once, look, do it again, look again, and bring everything back.

        ``for_good``: what is done again is committed, and the saved database is brought back afterwards. Else it is done in a
        transaction that is rolled back, which is quicker; that is possible where the cut left nothing, not even in columns apart.
        """
        place, before = self.place(number, how), outside()
        wire = Wire(Cut(number, how), self.ground.maintenance)
        with wire.laid():
            first = self.deed.do()
        changed = self._effect()
        if not wire.done:
            self.found(place, Fault.COURSE, "the point was not reached")
        committed = COMMITTED in self.wire.points[:number]
        # Before any COMMIT it is sure, after a change it would be wrong; between two transactions the page may know or not.
        before_any = COMMIT in self.wire.points[number:] and not committed
        nothing = True if before_any else False if changed else None
        self.judge(place, first, changed, quiet=outside() == before, committed=committed, nothing=nothing)
        second, effect = (
            self._again_for_good(first) if changed or for_good or self.use_case.apart else self._again_undone(first)
        )
        self.judge_again(place, second, effect, done=bool(changed))

    def _effect(self) -> Effect:
        return self.eye.effect(self.eye.look(self.ground.session))

    def _again_for_good(self, first: Answer) -> tuple[Answer, Effect]:
        second = self.deed.again(first)
        effect = self._effect()
        self.ground.restore()
        return second, effect

    def _again_undone(self, first: Answer) -> tuple[Answer, Effect]:
        close_old_connections()
        with transaction.atomic():
            second = self.deed.again(first)
            connection.check_constraints()
            with as_owner():
                effect = self.eye.effect(self.eye.look(connection.connection))
            transaction.set_rollback(True)
        forget_cached()
        return second, effect


def outside() -> tuple[int, int]:
    """What has left the database so far: mails, and hints to workers."""
    return letters(), hints()


def _without(effect: Effect, tables: Container[str]) -> Effect:
    return {table: change for table, change in effect.items() if table not in tables}


def _sentence(answer: Answer) -> str:
    return " ".join(answer.text.split())[:200] if answer.status != UNAVAILABLE else ""


@contextmanager
def trial(use_case: UseCase) -> Iterator[Trial]:
    """Prepare the use-case in a database of its own, let it run once undisturbed, and bring everything back."""
    with prepared() as ground:
        deed = use_case.prepare(Stage())
        ground.save()
        eye = Eye(Catalogue.of(ground.session), timezone.now(), use_case.apart)
        eye.begin(ground.session)
        wire = Wire()
        with wire.laid():
            answer = deed.do()
        whole = eye.effect(eye.look(ground.session))
        ground.restore()
        yield Trial(use_case=use_case, ground=ground, deed=deed, eye=eye, wire=wire, whole=whole, answer=answer)
