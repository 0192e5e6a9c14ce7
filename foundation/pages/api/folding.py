"""Lists in a body whose entries are fields of the form of the page: one entry for each thing that the form asks about.

A page asks about each criterion and each partner with fields of their own, ``score_<code>`` and ``comment_<code>``. A body says
the same as a list, ``{"criteria": [{"criterion": <code>, "score": 2}]}``: the form stays the one set of rules, and the body reads
as the record does. A list that is given replaces the one that stands: what it does not name is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from foundation.pages.api.problems import Fault


@dataclass(frozen=True, kw_only=True)
class Folded:
    """One such list. ``fields`` are the form's fields of one entry by their member, without their bounds to one thing: for the
    document. ``ticked`` begins the name of the field that says whether there is an entry at all; empty where none does.
    """

    name: str
    key: str
    said: str
    """What the list is, for the document."""
    fields: Mapping[str, forms.Field]
    ticked: str = ""
    needed: bool = False


@dataclass(frozen=True, kw_only=True)
class Fold:
    """A list with what the form of this request asks about: the code of each thing, and how its fields' names end."""

    folded: Folded
    endings: Mapping[str, str]

    def names(self) -> Iterator[str]:
        """Every field of the form that the list stands for."""
        prefixes = [
            *(f"{member}_" for member in self.folded.fields),
            *([self.folded.ticked] if self.folded.ticked else []),
        ]
        return (prefix + ending for ending in self.endings.values() for prefix in prefixes)


@dataclass(frozen=True, kw_only=True)
class Unfolded:
    """A body under the names of the form, where each of them stood, and what was wrong with the lists."""

    body: dict[str, Any]
    places: Mapping[str, str]
    faults: Sequence[Fault]

    def at_their_places(self, faults: Sequence[Fault], form: forms.Form) -> list[Fault]:
        """What is wrong with fields of the form, said of the body. What stood nowhere is said of its list, with the field's label."""
        return [self._placed(fault, form) for fault in faults]

    def _placed(self, fault: Fault, form: forms.Form) -> Fault:
        name = (fault.pointer or "").removeprefix("/")
        if name not in self.places:
            return fault
        place = self.places[name]
        missing = place.count("/") == 1
        detail = f"{form.fields[name].label}: {fault.detail}" if missing else fault.detail
        return Fault(pointer=place, code=fault.code, detail=detail)


def unfolded(body: Mapping[str, Any], folds: Sequence[Fold]) -> Unfolded:
    """The body with its lists taken apart."""
    flat = dict(body)
    places: dict[str, str] = {}
    faults: list[Fault] = []
    for fold in folds:
        places |= dict.fromkeys(fold.names(), f"/{fold.folded.name}")
        faults += _unknown(fold, body)
        if fold.folded.name in flat:
            entries = flat.pop(fold.folded.name)
            flat |= _empty(fold)
            faults += _taken_apart(fold, entries, flat, places)
    return Unfolded(body=flat, places=places, faults=faults)


def _unknown(fold: Fold, body: Mapping[str, Any]) -> Iterator[Fault]:
    """The names of the page are none of the body."""
    said = _("There is no such member here.")
    return (Fault(pointer=f"/{name}", code="unknown", detail=said) for name in fold.names() if name in body)


def _empty(fold: Fold) -> dict[str, Any]:
    ticked = fold.folded.ticked
    return {name: False if ticked and name.startswith(ticked) else None for name in fold.names()}


def _taken_apart(fold: Fold, entries: Any, flat: dict[str, Any], places: dict[str, str]) -> Iterator[Fault]:
    if not isinstance(entries, list):
        yield _of_wrong_type(f"/{fold.folded.name}", "array of objects")
        return
    named: set[str] = set()
    for index, entry in enumerate(entries):
        place = f"/{fold.folded.name}/{index}"
        fault = _fault_of(fold, entry, place, named)
        if fault is not None:
            yield fault
            continue
        ending = fold.endings[entry[fold.folded.key]]
        named.add(entry[fold.folded.key])
        for member in entry.keys() - {fold.folded.key}:
            flat[f"{member}_{ending}"] = entry[member]
        places |= {f"{member}_{ending}": f"{place}/{member}" for member in fold.folded.fields}
        if fold.folded.ticked:
            flat[fold.folded.ticked + ending] = True


def _fault_of(fold: Fold, entry: Any, place: str, named: set[str]) -> Fault | None:
    """What is wrong with one entry as such."""
    key = fold.folded.key
    if not isinstance(entry, dict):
        return _of_wrong_type(place, "object")
    if entry.keys() - {key, *fold.folded.fields}:
        return Fault(pointer=place, code="unknown", detail=_("There is no such member here."))
    said = entry.get(key)
    if not isinstance(said, str):
        return _of_wrong_type(f"{place}/{key}", "string")
    if said not in fold.endings:
        return Fault(pointer=f"{place}/{key}", code="invalid_choice", detail=_("This is not offered. Choose again."))
    if said in named:
        return Fault(pointer=f"{place}/{key}", code="twice", detail=_("This is named twice."))
    return None


def _of_wrong_type(place: str, kind: str) -> Fault:
    return Fault(pointer=place, code="type", detail=_("This is of another type: %(type)s.") % {"type": kind})
