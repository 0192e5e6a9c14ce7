"""How the console finds people and systems: by folded names, in any script and spelling, newest appointments first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from foundation.access import Cursor, Page
from foundation.components.folding import fold
from foundation.pages.filters import FilterForm, any_of
from foundation.tenancy.models import Membership, Partner
from foundation.tenancy.querysets import MembershipQuerySet

ORDER: Final = "appointed"
_BETWEEN: Final = re.compile(r"[^\w]+")
_NAMES = ("account__full_name", "function", "authority__name", "authority__local_name", "authority__partner__name")


class OfPartner(FilterForm):
    """Filters of a list of all partners, narrowed to one; ``partners`` are the choices."""

    partner = forms.ChoiceField(label=gettext_lazy("Partner"))

    def __init__(self, *args: Any, partners: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = any_of(partners)  # type: ignore[attr-defined]  # a choice field


def partners() -> list[tuple[str, str]]:
    """The partners to choose among; one statement."""
    return [(str(partner.pk), partner.name) for partner in Partner.objects.all()]


def named(found: MembershipQuerySet, text: str, *, more: Mapping[UUID, str] | None = None) -> MembershipQuerySet:
    """Those of them of whose names some begin with each word of the text; ``more`` are other words of some, by their keys.

    It reads all their names: a directory has thousands of people, not millions. One statement.
    """
    words, others = [word for word in _BETWEEN.split(fold(text)) if word], more or {}
    keys = [
        key
        for key, *names in found.values_list("pk", *_NAMES)
        if _all_stand(words, " ".join([*names, others.get(key, "")]))
    ]
    return found.filter(pk__in=keys)


def _all_stand(words: list[str], names: str) -> bool:
    """Each begins one of the names, so that a single letter does not find everybody."""
    theirs = _BETWEEN.split(fold(names))
    return all(any(one.startswith(word) for one in theirs) for word in words)


def page_of(found: MembershipQuerySet, *, after: Cursor | None, limit: int) -> Page[Membership]:
    """One page, those proposed last first; one statement. Raises BadCursor for a place in another list."""
    if after is not None:
        place = after.for_order(ORDER)
        found = found.filter(Q(proposed_at__lt=place.sort_at) | Q(proposed_at=place.sort_at, pk__lt=place.root_id))
    rows = list(found.with_names().order_by("-proposed_at", "-pk")[: limit + 1])
    shown = tuple(rows[:limit])
    more = Cursor(shown[-1].proposed_at, shown[-1].pk, ORDER) if len(rows) > limit else None
    return Page(shown, (), more)
