"""Every operation of the API has a policy, as every page has: permission, scope and audit event, all from its base class."""

import inspect
import re

import pytest

from foundation import access
from foundation.pages.api import description
from foundation.pages.api.lists import FilteredOperation, ListOperation, PagedOperation
from foundation.pages.api.operations import Address, Operation
from foundation.pages.api.writing import Acting, Creating, Editing, Moving, Removing, Writing
from foundation.pages.forms import VersionedForm
from foundation.systems.scopes import Scope
from tests.architecture import sources
from tests.architecture.pages import Route, routes
from wbcj import roles

WITHOUT_TOKEN = {
    "api_entry": "tells addresses alone",
    "api_document": "the document of the interface, which stands in the checkout as well",
    "api_documentation": "the same to read and to try",
    "api_reference": "the same to read at a stretch",
}
WITHOUT_SCOPE = {
    "api_changes": "asks of each kind of record the scope that reads it, and of the token one of them",
    "api_me": "says who the token acts as and what it is for, whatever that is",
}
# Who asks, how often, what for, and that it is on record: written once.
WRITING = {Writing, Creating, Acting, Moving, Editing, Removing}
BASES = {Address, Operation, ListOperation, PagedOperation, FilteredOperation} | WRITING
KEPT = ("dispatch", "answered", "described", "_guarded", "_act", "_inside", "_form", "_receipt", "_refuse")

BELOW = [route for route in routes() if route.pattern.startswith("api/")]
OPERATIONS = [(route, route.page) for route in BELOW if route.page and issubclass(route.page, Operation)]
NAMES = [f"{page.methods[0]} {route.pattern}" for route, page in OPERATIONS]


def in_document(route: Route) -> str:
    """Its path there: a key is named by what it is of, and the record's own is the id."""
    return re.sub(r"<uuid:(\w+)>", r"{\1}", "/" + route.pattern).replace("{pk}", "{id}")


@pytest.mark.parametrize("route", BELOW, ids=lambda route: route.pattern)
def test_every_address_below_the_api_is_an_operation_or_says_why_not(route: Route) -> None:
    page = route.page
    assert (page is not None and issubclass(page, Operation)) or route.name in WITHOUT_TOKEN


@pytest.mark.parametrize(("route", "operation"), OPERATIONS, ids=NAMES)
def test_an_operation_has_permission_scope_and_event(route, operation):
    assert isinstance(operation.permission, access.Permission)
    assert operation.verb.count(".") >= 2
    assert isinstance(operation.scope, Scope) or route.name in WITHOUT_SCOPE
    assert operation.permission in {permission for given in roles.MAY.values() for permission in given}


@pytest.mark.parametrize(("route", "operation"), OPERATIONS, ids=NAMES)
def test_no_operation_goes_around_its_base(route, operation):
    own = [c for c in operation.__mro__ if issubclass(c, Address) and c not in BASES]
    assert [name for c in own for name in KEPT if name in vars(c)] == []
    assert not operation.authentication_classes
    assert not operation.permission_classes


@pytest.mark.parametrize(("route", "operation"), OPERATIONS, ids=NAMES)
def test_an_operation_about_a_root_requires_its_permission_on_it(route, operation):
    """A level is asked of the record: some ``load`` on the way says so. A list of roots asks it of none, as its page does."""
    if operation.permission.level is None or ("<uuid:" not in route.pattern and issubclass(operation, PagedOperation)):
        return
    assert "<uuid:pk>" in route.pattern
    loads = [inspect.getsource(vars(c)["load"]) for c in operation.__mro__ if "load" in vars(c) and c not in BASES]
    asking = next(index for index, load in enumerate(loads) if "access.require(self.actor, self.permission" in load)
    assert "self.root_id =" in loads[asking]
    assert all("super().load()" in load for load in loads[:asking])


@pytest.mark.parametrize(("route", "operation"), OPERATIONS, ids=NAMES)
def test_what_changes_something_names_a_key_or_a_version_and_a_scope_for_writing(route, operation):
    """POST has a key; what changes a record with a version stands on it. A removal sent again finds nothing."""
    if not issubclass(operation, Writing):
        assert operation.methods == ("GET", "HEAD")
        return
    # What is allowed to whoever reads is no permission to write: each act says its own.
    assert issubclass(next(one for one in operation.__mro__ if "permission" in vars(one)), Writing)
    (method,) = operation.methods
    assert operation.keyed == (method == "POST")
    assert operation.stands_on or method != "PATCH"
    assert operation.scope.endswith(":write")
    assert issubclass(operation.form_class, VersionedForm) == operation.stands_on


def test_every_operation_stands_in_the_document_and_no_other():
    found = {
        (path, method.upper()): said
        for path, item in description.document()["paths"].items()
        for method, said in item.items()
    }
    described = {
        (in_document(route), route.page.methods[0])
        for route in BELOW
        if route.page is not None and issubclass(route.page, Address)
    }
    assert set(found) == described
    for route, operation in OPERATIONS:
        said = found[in_document(route), operation.methods[0]]
        assert said["security"] == [{"token": [str(operation.scope)] if operation.scope else []}]
        assert {"401", "403", "429", "500"} <= said["responses"].keys()


def test_no_operation_is_missing_an_address():
    sources.import_all()
    served = {page for _route, page in OPERATIONS}
    assert {c for c in _concrete(Operation) if c.__module__.split(".")[0] != "tests"} == served


def _concrete(base: type) -> set[type]:
    below = set(base.__subclasses__())
    return {c for c in below if "verb" in vars(c)} | {one for c in below for one in _concrete(c)}


def test_no_stale_exceptions():
    names = {route.name for route in BELOW}
    assert names >= WITHOUT_TOKEN.keys() | WITHOUT_SCOPE.keys()
    assert not WITHOUT_TOKEN.keys() & {route.name for route, _page in OPERATIONS}
