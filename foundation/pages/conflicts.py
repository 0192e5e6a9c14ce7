"""A stale form, field by field: what stood there, mine, theirs; one chooses, may write a third, and sends again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.text import normalize_newlines

from foundation.pages import differences, values
from foundation.pages.differences import Piece
from foundation.pages.values import Typed

DIFFERS, CHOICE, MINE = "differs", "choice.", "mine."
STOOD_ON = "draft.version"
KEEP_MINE, TAKE_THEIRS, WRITE_OWN = "mine", "theirs", "own"


@dataclass(frozen=True, kw_only=True)
class Change:
    """Who changed the record last and when, as far as the reader may see it; ``oneself`` in another window, then."""

    at: datetime
    who: str = ""
    oneself: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """One field that differs. ``original`` is none where nobody knows it; ``choice`` is empty where one must choose."""

    field: forms.BoundField
    original: str | None
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    typed: Typed
    by_me: bool
    by_them: bool
    choice: str
    editable: bool
    open: bool

    @property
    def must_choose(self) -> bool:
        """Nothing is chosen beforehand."""
        return not self.choice


@dataclass(frozen=True, kw_only=True)
class Settled:
    """A form with the choices of a conflict page taken into it; ``open`` are the fields that were not decided."""

    data: QueryDict
    open: frozenset[str]


def standing(form: forms.Form, record: Mapping[str, object]) -> dict[str, Typed]:
    """What stands in the record, for the fields of this form."""
    return {
        name: values.typed(form.fields[name], value)
        for name, value in record.items()
        if name in form.fields and name != "version"
    }


def settled(sent: QueryDict, theirs: Mapping[str, Typed] | None) -> Settled:
    """Put for each field what was chosen. Something written beside a choice leaves the field open: nothing is lost unasked."""
    data, undecided = sent.copy(), set()
    for name in sent.getlist(DIFFERS):
        chosen = _chosen(name, sent, theirs)
        if chosen is None:
            undecided.add(name)
        else:
            data.setlist(name, chosen)
    return Settled(data=data, open=frozenset(undecided))


def _chosen(name: str, sent: QueryDict, theirs: Mapping[str, Typed] | None) -> list[str] | None:
    """The values that were chosen for a field; none while that is open."""
    choice, own, mine = sent.get(CHOICE + name), sent.getlist(name), sent.getlist(MINE + name)
    if choice == WRITE_OWN:
        return own
    if name in sent and _plain(own) != _plain(mine):
        return None
    if choice == TAKE_THEIRS and theirs is not None:
        return list(theirs.get(name, ()))
    return mine if choice == KEEP_MINE else None


def rows(
    form: forms.Form,
    *,
    sent: QueryDict,
    original: Mapping[str, Typed] | None,
    theirs: Mapping[str, Typed],
    undecided: frozenset[str],
) -> Iterator[Row]:
    """The fields that differ. What stood there is shown only where what stands there now is shown to this reader as well."""
    for name, now in theirs.items():
        mine = _mine(form, name, sent, undecided)
        if mine != now or name in undecided:
            yield _row(form[name], mine=mine, theirs=now, sent=sent, original=original, is_open=name in undecided)


def rest(form: forms.Form, shown: Sequence[Row]) -> list[tuple[str, list[str]]]:
    """The fields that are alike, which go along unseen."""
    apart = {row.field.name for row in shown} | {"version"}
    data = form.data
    assert isinstance(data, QueryDict)
    return [(form.add_prefix(name), data.getlist(form.add_prefix(name))) for name in form.fields if name not in apart]


def _row(
    bound: forms.BoundField,
    *,
    mine: Typed,
    theirs: Typed,
    sent: QueryDict,
    original: Mapping[str, Typed] | None,
    is_open: bool,
) -> Row:
    field, name = bound.field, bound.name
    before = None if original is None else original.get(name, ())
    by_me, by_them = before is None or mine != before, before is None or theirs != before
    chosen = sent.get(CHOICE + name, "") if is_open else ""
    return Row(
        field=bound,
        original=None if before is None else _text(field, before),
        mine=_pieces(field, before, mine),
        theirs=_pieces(field, before, theirs),
        typed=mine,
        by_me=by_me,
        by_them=by_them,
        choice=chosen or ("" if by_me and by_them else KEEP_MINE if by_me else TAKE_THEIRS),
        editable=isinstance(field, values.SEVERAL) or _is_text(field),
        open=is_open,
    )


def _mine(form: forms.Form, name: str, sent: QueryDict, undecided: frozenset[str]) -> Typed:
    if name in undecided:
        return tuple(sorted(sent.getlist(MINE + name)))
    cleaned: Mapping[str, object] = getattr(form, "cleaned_data", {})
    if name in cleaned:
        return values.typed(form.fields[name], cleaned[name])
    return values.typed(form.fields[name], form[name].data)


def _pieces(field: forms.Field, before: Typed | None, after: Typed) -> tuple[Piece, ...]:
    """Words of a text, or whole names of what was ticked; a single choice needs no marks."""
    text = _text(field, after)
    if before is None or not (_is_text(field) or isinstance(field, values.SEVERAL)):
        return (Piece(differences.SAME, text),) if text else ()
    if _is_text(field):
        return differences.between(differences.split(_text(field, before)), differences.split(text))
    return differences.between(_listed(field, before), _listed(field, after))


def _listed(field: forms.Field, chosen: Typed) -> list[str]:
    return [f"{word}; " for word in values.words(field, chosen)]


def _text(field: forms.Field, chosen: Typed) -> str:
    return "; ".join(values.words(field, chosen))


def _is_text(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField)


def _plain(texts: list[str]) -> list[str]:
    return sorted(text for one in texts if (text := normalize_newlines(one).strip()))
