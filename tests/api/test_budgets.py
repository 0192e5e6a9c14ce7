"""Every operation has a budget of statements, transaction, token and record included, and keeps to it with something to read."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from cases.models import ConcernedPartner
from foundation.pages.api import description
from tests.api import stage
from tests.api.cast import ApiWorld, Caller, statements

LIST, RECORD = 10, 18
PATHS = description.document()["paths"]
READS = [path for path, item in PATHS.items() if "get" in item and "token" in str(item["get"].get("security"))]


def test_every_operation_keeps_to_its_budget(world: ApiWorld, register: Caller) -> None:
    keys = stage.everything(world)
    where = {
        path: f"{stage.filled(path, keys)}?{urlencode(stage.QUESTIONS.get(path, {}), doseq=True)}" for path in READS
    }
    taken = {path: statements(register.client, where[path], headers=register.headers) for path in READS}
    assert {
        path: taken[path]
        for path in READS
        if taken[path] > (RECORD if "{" in path or path in stage.QUESTIONS else LIST)
    } == {}


def test_what_a_list_names_is_read_by_a_plan_that_does_not_hang_on_who_asks(world: ApiWorld) -> None:
    """Written into the statement, the wall was planned for the numbers of the actor's principals, up to twenty times slower."""
    keys = stage.everything(world)
    with world.ann.acting() as actor:
        rows = ConcernedPartner.objects.visible_among(actor, [UUID(keys["cases"])])
        assert rows.exists()
        assert "rootgrant" not in rows.explain()


def test_the_directory_tells_who_holds_the_offices(world: ApiWorld, register: Caller) -> None:
    stage.everything(world)
    told = register.get(f"/api/v1/partners/{world.house.partner('MK').pk}").json()
    held = {office["kind"]["code"]: [holder["name"] for holder in office["holders"]] for office in told["offices"]}
    assert held == {"contact_group_seat": ["MemberMK"], "coordinator": ["Clerk"]}
    own = register.get(f"/api/v1/authorities/{world.ann.membership.authority_id}").json()
    (registry,) = own["offices"]
    assert registry["kind"] == {"code": "case_registry", "label": "Case registry"}
    assert ("Ann", "holder") in {(holder["name"], holder["capacity"]["code"]) for holder in registry["holders"]}
