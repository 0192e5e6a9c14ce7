"""The database agrees with tests/reference/sight.py after every act, for everyone, with each wall alone."""

import secrets
from collections.abc import Callable

import hypothesis
import pytest
from django.conf import settings as project
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bench import report
from foundation.access.querysets import SharedQuerySet, grants
from tests.architecture.sources import CHECKOUT
from tests.bed.sides import as_owner
from tests.reference import sight, stage
from tests.reference.machine import Comparison
from tests.reference.walk import Walk

# Shrinking a counterexample takes minutes; `make proof` does it.
QUICK = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.generate],
    stateful_step_count=25,
    max_examples=20,
)
DEEP = settings(QUICK, phases=[Phase.generate, Phase.shrink], max_examples=10**9, stateful_step_count=60)
REPORT = CHECKOUT / "var" / "proof" / "report.json"
Mutation = Callable[[pytest.MonkeyPatch], None]


@pytest.mark.commits
def test_both_walls_and_the_ledger_agree_with_the_reference(db):
    run_state_machine_as_test(Comparison, settings=QUICK)


@pytest.mark.proof
@pytest.mark.commits
def test_no_counterexample_is_ever_found(db, monkeypatch, capsys):
    """Runs until Ctrl-C or a counterexample, then says what was searched."""
    seed = secrets.randbelow(2**32)
    monkeypatch.setattr(hypothesis.core, "global_force_seed", seed)
    Comparison.examples, found = 0, 0
    try:
        run_state_machine_as_test(Comparison, settings=DEEP)
    except KeyboardInterrupt:
        pass
    except BaseException:
        found = 1
        raise
    finally:
        searched = report.at_least("worlds searched", Comparison.examples, 1, unit="worlds")
        claims = [searched, report.at_most("counterexamples to the reference", found, 0, unit="worlds")]
        report.write(REPORT, claims, seed=seed, at=timezone.now(), times=[])
        with capsys.disabled():
            report.show(claims, print)


# --- the comparison can fail: each of these breaks one rule on one side
def in_the_database(*statements: str) -> Mutation:
    """Change the database of every example, as its owner, before anything happens."""
    runtime = f'"{project.WBCJ_RUNTIME_ROLE}"'

    def mutate(patch: pytest.MonkeyPatch) -> None:
        begin = stage.begin

        def begin_broken() -> None:
            begin()
            with as_owner():
                for statement in statements:
                    stage.execute(statement.replace("RUNTIME", runtime).replace("%", "%%"))

        patch.setattr(stage, "begin", begin_broken)

    return mutate


def in_a_function(name: str, old: str, new: str) -> Mutation:
    """Rewrite a function's own text, as it stands in the database."""

    def mutate(patch: pytest.MonkeyPatch) -> None:
        begin = stage.begin

        def begin_broken() -> None:
            begin()
            text = str(stage.execute("SELECT pg_get_functiondef(%s::regproc)", name)[0][0])
            assert old in text
            with as_owner():
                stage.execute(text.replace(old, new).replace("%", "%%"))

        patch.setattr(stage, "begin", begin_broken)

    return mutate


def in_python(target: object, name: str, wrong: object) -> Mutation:
    return lambda patch: patch.setattr(target, name, wrong)


MUTATIONS: dict[str, Mutation] = {
    "the policy of roots lets everybody read": in_the_database(
        "DROP POLICY access_root_read ON access_root",
        "CREATE POLICY access_root_read ON access_root FOR SELECT TO RUNTIME USING (true)",
    ),
    "the policy of details forgets the audience": in_the_database(
        "DROP POLICY audit_detail_read ON audit_detail",
        "CREATE POLICY audit_detail_read ON audit_detail FOR SELECT TO RUNTIME"
        " USING (EXISTS (SELECT 1 FROM access_root r WHERE r.id = audit_detail.root_id))",
    ),
    "readers may write": in_a_function("access_reaches", "g.level = a_level", "g.level = 1"),
    "a projection outlives the revocation": in_a_function("access_project", "s.revoked_at IS NULL", "true"),
    "offices that have ended still count": in_a_function("access_enter", "h.ends_at > now()", "true"),
    "managers for a time give without end": in_a_function("access_outlasts", "SELECT NOT", "SELECT false AND NOT"),
    "the last manager may leave": in_a_function("access_revoke", "the_share.level = 3", "the_share.level = 4"),
    "the reading verb forgets the audience": in_python(
        SharedQuerySet, "visible_to", lambda self, actor: self.filter(grants(actor, "root_id"))
    ),
    "the reference thinks that the end still counts": in_python(
        sight.World, "ahead", lambda self, end: end is None or end >= self.now
    ),
}


def walk() -> None:
    machine = Walk()
    try:
        machine.run()
    finally:
        machine.teardown()


@pytest.mark.commits
def test_a_walk_through_every_rule(db):
    walk()


@pytest.mark.commits
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_the_walk_notices_when(mutation, db, monkeypatch):
    MUTATIONS[mutation](monkeypatch)
    with pytest.raises(AssertionError):
        walk()
