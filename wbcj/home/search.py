"""Search over everything that the actor sees, in any spelling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from foundation.access import Page
from foundation.access.models import Root
from foundation.pages.base import ActorPage
from foundation.pages.filters import FilterForm, any_of
from foundation.pages.lists import cursor_of
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


class Search(ActorPage):
    """Results by kind. What the reader does not see is not found, and nothing says that it is there."""

    permission = HomePermission.VIEW
    verb = "home.search.made"
    template_name = "home/search.html"

    def load(self) -> None:
        """One page of what holds every word."""
        self.form = SearchForm(self.request.GET)
        self.after = cursor_of(self.request.GET.get("after", ""))
        self.page: Page[Root] = Page((), (), None)
        if self.form.is_valid():
            kind, text = self.form.cleaned_data["kind"], self.form.cleaned_data["text"]
            kinds = [kind] if kind else list(composition.ADDRESSES)
            self.page = Root.objects.search_page(self.actor, text=text, kinds=kinds, after=self.after)
        self.returned = self.page.roots

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The results; what cannot be looked for is answered as an error of the form."""
        response = super().get(request, *args, **kwargs)
        if not self.form.is_valid():
            response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The results by kind, in the order of composition.py."""
        valid = self.form.is_valid()
        return super().get_context_data(
            form=self.form,
            text=self.form.cleaned_data["text"] if valid else "",
            asked=valid and bool(self.form.cleaned_data["text"]),
            valid=valid,
            groups=self._groups(),
            older=self.form.address(after=str(self.page.after)) if self.page.after else "",
            newest=self.form.address() if self.after else "",
            now=timezone.now(),
            **kwargs,
        )

    def _groups(self) -> list[Group]:
        groups = []
        for kind in composition.ADDRESSES:
            name = str(words.of(kind).name)
            lines = tuple(Found(root=root, kind=name) for root in self.page.rows if root.kind == kind)
            if lines:
                groups.append(Group(kind=name.capitalize(), lines=lines))
        return groups
