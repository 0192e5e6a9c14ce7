"""Search over everything that the actor sees, in any spelling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from foundation.access import Cursor, Page, hits
from foundation.access.hits import Hits
from foundation.access.models import Root
from foundation.pages.exports import Column
from foundation.pages.filters import FilterForm, any_of
from foundation.pages.lists import Exported, ListPage
from foundation.sharing import words
from wbcj import composition
from wbcj.home.permissions import HomePermission


class SearchForm(FilterForm):
    """What to look for, and among which kind of record."""

    in_view = ("text", "kind")

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = any_of([(kind, str(words.of(kind).name)) for kind in composition.ADDRESSES])


@dataclass(frozen=True, kw_only=True)
class Found:
    """One line of the results."""

    root: Root
    kind: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """The results of one kind."""

    kind: str
    lines: tuple[Found, ...]


class Search(ListPage):
    """Results by kind. What the reader does not see is not found, and nothing says that it is there."""

    permission = HomePermission.VIEW
    verb = "home.search.made"
    template_name = "home/search.html"
    form_class = SearchForm
    export = "search_export"

    @property
    def text(self) -> str:
        """What to look for; empty where nobody asked yet, or asked for nothing."""
        return str(self.form.cleaned_data["text"]) if self.form.is_valid() else ""

    @property
    def kinds(self) -> list[str]:
        """Among which kinds."""
        chosen = self.form.cleaned_data["kind"]
        return [chosen] if chosen else list(composition.ADDRESSES)

    @property
    def narrowed(self) -> bool:
        """Nothing is shown of what nobody looked for."""
        return bool(self.text)

    def read(self, *, after: Cursor | None, limit: int) -> Page[Any]:
        """One page of what holds every word."""
        return Root.objects.search_page(self.actor, text=self.text, kinds=self.kinds, after=after, limit=limit)

    def hits(self) -> Hits:
        """All that were found."""
        return hits.of_search(self.actor, text=self.text, kinds=self.kinds)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The results by kind, in the order of composition.py."""
        found = {"text": self.text, "asked": bool(self.text), "valid": self.form.is_valid(), "groups": self._groups()}
        return super().get_context_data(**{**found, **kwargs})

    def _groups(self) -> list[Group]:
        groups = []
        for kind in composition.ADDRESSES:
            name = str(words.of(kind).name)
            lines = tuple(Found(root=root, kind=name) for root in self.page.rows if root.kind == kind)
            if lines:
                groups.append(Group(kind=name.capitalize(), lines=lines))
        return groups


class SearchExport(Exported, Search):
    """What was found as a file."""

    verb = "home.search.exported"
    columns = (
        Column(gettext_lazy("Kind"), lambda root: str(words.of(root.kind).name)),
        Column(gettext_lazy("Reference"), lambda root: root.reference),
        Column(gettext_lazy("Title"), lambda root: root.title),
        Column(gettext_lazy("Last activity"), lambda root: root.sort_at),
    )
    heading = gettext_lazy("Search")
    named = back = "search"
