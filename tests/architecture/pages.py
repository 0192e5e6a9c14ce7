"""Every route of the product, with the view behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One address: its pattern, its name, the view and, for a class, the class."""

    pattern: str
    name: str
    view: Callable[..., object]

    @property
    def page(self) -> type | None:
        return getattr(self.view, "view_class", None)

    @property
    def module(self) -> str:
        return (self.page or self.view).__module__

    @property
    def ours(self) -> bool:
        return not self.module.startswith(("allauth.", "django."))

    @property
    def renders(self) -> bool:
        """Whether a page stands there, and not a file, a redirect or an answer for a script."""
        return bool(getattr(self.page, "template_name", None))


def screens() -> list[Route]:
    """Every route that shows a page."""
    return [route for route in routes() if route.renders]


def routes() -> list[Route]:
    return sorted(_walk(get_resolver(), ""), key=lambda route: route.pattern)


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, pattern)
        elif isinstance(entry, URLPattern):
            for view in getattr(entry.callback, "operations", (entry.callback,)):
                yield Route(pattern, entry.name or "", view)
