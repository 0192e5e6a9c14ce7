"""The gallery: every component in every state. What is shown and what is printed as the way to call it are the same markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.template import engines
from django.utils.safestring import SafeString, mark_safe
from django_cotton.compiler_regex import CottonCompiler

from wbcj.console.specimens import GALLERY, Component, Specimen


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A specimen with what came of it."""

    specimen: Specimen
    html: SafeString


@dataclass(frozen=True, kw_only=True)
class Room:
    """One component with its specimens."""

    component: Component
    shown: tuple[Shown, ...]


class SpecimenForm(forms.Form):
    """Every kind of field. Its labels are specimens too."""

    NAMES: ClassVar = [(str(number), f"Partner {number}") for number in range(1, 8)]
    title = forms.CharField(max_length=20, help_text="1, 2, 3")
    summary = forms.CharField(max_length=400, required=False, widget=forms.Textarea)
    partners = forms.MultipleChoiceField(choices=NAMES, widget=forms.CheckboxSelectMultiple)
    stage = forms.ChoiceField(choices=NAMES, required=False)
    agreed = forms.BooleanField()


def rooms(request: HttpRequest, *, now: datetime) -> Iterator[Room]:
    """Each component, rendered with what it needs."""
    number = 0
    for component in GALLERY:
        shown = []
        for specimen in component.specimens():
            number += 1
            context = {**_surroundings(now), "words": specimen.words, "number": number}
            shown.append(Shown(specimen=specimen, html=_rendered(specimen.markup, context, request)))
        yield Room(component=component, shown=tuple(shown))


def _surroundings(now: datetime) -> dict[str, Any]:
    """What the specimens call by name."""
    typed = {"title": "Longer than twenty letters", "stage": "9"}
    return {
        "now": now,
        "earlier": now - timedelta(days=2),
        "soon": now + timedelta(hours=20),
        "later": now + timedelta(days=40),
        "trail": [{"label": "1", "url": "#breadcrumb"}, {"label": "C-2026-4BHQ2V", "url": "#breadcrumb"}],
        "tabs": [
            {"label": "A", "url": "#tabs", "current": True, "count": 3},
            {"label": "B", "url": "#tabs", "current": False},
        ],
        "transition": {"name": "close", "label": "Close"},
        "empty": SpecimenForm(auto_id="empty_%s"),
        "single": SpecimenForm(auto_id="single_%s"),
        "narrowing": SpecimenForm(auto_id="narrowing_%s"),
        "faulty": SpecimenForm(typed, auto_id="faulty_%s"),
        "broken": SpecimenForm(typed, auto_id="broken_%s"),
        "lone": SpecimenForm(typed, auto_id="broken_%s"),
    }


def _rendered(markup: str, context: dict[str, Any], request: HttpRequest) -> SafeString:
    """The markup as a template of ours would show it; it is written in this project, never typed by anybody."""
    template = engines["django"].from_string(CottonCompiler().process(markup))  # type: ignore[no-untyped-call]  # cotton has no types
    return mark_safe(template.render(context, request))  # noqa: S308 - nobody's words
