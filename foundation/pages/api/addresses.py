"""Several operations at one address: one for each method."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, cast

from django.http import HttpRequest, HttpResponseBase

from foundation.pages.api.operations import Address


class View(Protocol):
    """What an address of the API calls; ``operations`` are the views of its operations."""

    operations: tuple[Any, ...]
    csrf_exempt: bool
    cls: type[Address]
    initkwargs: dict[str, Any]

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer."""


def offering(*operations: type[Address]) -> View:
    """The view of an address where these operations are offered; what none of them takes is answered by the first, with a 405."""
    offered = tuple(method for operation in operations for method in operation.methods)
    assert len(offered) == len(set(offered)), "two operations take one method"
    views = tuple(operation.as_view(offered=offered) for operation in operations)
    of_method = {
        method: view for operation, view in zip(operations, views, strict=True) for method in operation.methods
    }

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return of_method.get(request.method or "", views[0])(request, *args, **kwargs)

    view = cast("View", answer)
    view.operations = views
    # By these the library that describes the interface knows an address of it; ``endpoints`` then tells the operations apart.
    view.cls, view.initkwargs = operations[0], {}
    # A token opens the interface and no cookie does: nothing can be forged from another site.
    view.csrf_exempt = True
    return view


def endpoints(endpoints: Iterable[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """For the library that describes the interface: an address with several operations is one endpoint for each."""
    return [one for endpoint in endpoints for one in _expanded(*endpoint)]


def _expanded(path: str, regex: str, method: str, callback: Any) -> list[tuple[str, str, str, Any]]:
    views = getattr(callback, "operations", (callback,))
    return [(path, regex, view.cls.methods[0], view) for view in views]
