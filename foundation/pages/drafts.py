"""Drafts of long forms: what somebody types is kept while it is written, for that membership alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.conf import settings
from django.db import connection, models
from django.http import QueryDict

from foundation.pages import errors, originals, submissions
from foundation.pages.models import Draft
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action

PATH_LIMIT, FIELDS_LIMIT, SIZE_LIMIT = 300, 200, 262_144
DRAFTS_LIMIT = 50
_DIGITS = 9
PATH, REVISION, OVER = "draft.path", "draft.revision", "draft.over"


class WrittenElsewhere(Exception):
    """Another window saved, sent or discarded this draft meanwhile. ``at`` is when it was saved there; none when it is gone."""

    def __init__(self, at: datetime | None) -> None:
        super().__init__("written elsewhere")
        self.at = at


class TooLong(Exception):
    """More than a draft may hold."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What came from a form: its typed fields, and the version and original that it stands on."""

    typed: Mapping[str, list[str]]
    version: int | None
    original: str


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What a page tells its script, and its reader, about the draft of its form."""

    path: str
    revision: int
    restored_at: datetime | None
    outdated: bool


def written(sent: QueryDict) -> Written:
    """The typed fields of a form that was sent to be kept. Raises TooLong."""
    names = [name for name in sent if not ("." in name or errors.secret(name))]
    typed = {name: sent.getlist(name) for name in names}
    original, version = sent.get(originals.FIELD, ""), sent.get("version", "")
    size = len(original) + sum(len(name) + sum(map(len, values)) for name, values in typed.items())
    if len(typed) > FIELDS_LIMIT or size > SIZE_LIMIT or "\0" in original or _holds_nul(typed):
        raise TooLong
    return Written(typed=typed, version=number(version), original=original)


def number(text: str) -> int | None:
    """A count as a form carries it; none for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def _holds_nul(typed: Mapping[str, list[str]]) -> bool:
    return any("\0" in text for name, values in typed.items() for text in (name, *values))


def standing(*, by: Actor, path: str, form: str, at: datetime) -> Draft | None:
    """The draft of this form, unless it is too old to be kept."""
    kept = Draft.objects.visible_to(by).filter(saved_at__gt=at - timedelta(days=settings.WBCJ_DRAFT_DAYS))
    return kept.filter(path=path, form=form).first()


def restore(draft: Draft, form: forms.Form) -> bool:
    """Put what was typed into a fresh form; what is not on offer any more is left out by the form itself.

    Says whether there was anything to put: a draft that reads as the form opens anyway leaves it alone.
    """
    data = QueryDict(mutable=True)
    for name, values in draft.typed.items():
        data.setlist(name, values)
    typed = {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
        # A field that is newer than the draft keeps what stands in it.
        if not (errors.secret(name) or field.widget.value_omitted_from_data(data, {}, form.add_prefix(name)))
    }
    shown = [name for name in typed if not form.fields[name].widget.is_hidden]
    if not any(
        form.fields[name].has_changed(form.get_initial_for_field(form.fields[name], name), typed[name])
        for name in shown
    ):
        return False
    form.initial.update(typed)
    if draft.version is not None and "version" in form.fields:
        form.initial["version"] = draft.version
    return True


def keeping(draft: Draft | None, *, path: str, restored: bool, edited: models.Model | None) -> Keeping | None:
    """For the page of the form; a form that comes back shows what was sent and not the draft."""
    if len(path) > PATH_LIMIT:
        return None
    standing_version = getattr(edited, "version", None)
    return Keeping(
        path=path,
        revision=0 if draft is None else draft.revision,
        restored_at=draft.saved_at if draft is not None and restored else None,
        outdated=draft is not None and restored and standing_version is not None and draft.version != standing_version,
    )


@action
def save(
    *, by: Actor, at: datetime, path: str, form: str, content: Written, key: UUID, revision: int, over: bool
) -> Draft | None:
    """Keep what was typed; answers nothing when the form was sent already. Not on record: it is seen by its writer alone.

    Who may: everyone, for themselves. ``revision`` is the saving that the window knows of; another window's is written over only when
    ``over`` says so. Raises WrittenElsewhere, KeyUsedElsewhere.
    """
    if submissions.earlier(by=by, key=key, path=path.partition("?")[0]) is not None:
        return None
    draft = Draft.objects.visible_to(by).select_for_update().filter(path=path, form=form).first()
    known = 0 if draft is None else draft.revision
    if draft is not None and known == revision + 1 and _holds(draft, content):
        return draft  # It was this very saving, and its answer was lost on the way.
    if known != revision and not over:
        raise WrittenElsewhere(None if draft is None else draft.saved_at)
    if draft is None:
        draft = Draft(membership_id=by.membership_id, path=path, form=form, revision=0)
        _make_room(by)
    draft.typed, draft.version, draft.original = dict(content.typed), content.version, content.original
    draft.revision, draft.saved_at = max(known, revision) + 1, at
    draft.save()
    return draft


def _holds(draft: Draft, content: Written) -> bool:
    return (draft.typed, draft.version, draft.original) == (dict(content.typed), content.version, content.original)


def _make_room(by: Actor) -> None:
    """The oldest goes when somebody has as many drafts as one may have."""
    own = Draft.objects.visible_to(by).order_by("-saved_at").values_list("pk", flat=True)
    Draft.objects.visible_to(by).filter(pk__in=list(own[DRAFTS_LIMIT - 1 :])).delete()


@action
def discard(*, by: Actor, path: str, form: str) -> None:
    """Forget the draft: the form was sent, or its writer does not want it. Who may: its writer."""
    Draft.objects.visible_to(by).filter(path=path, form=form).delete()


@action
def forget_old(*, at: datetime) -> int:
    """Delete the drafts that nobody touched for ``WBCJ_DRAFT_DAYS`` days, of everybody; how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pages_forget_drafts(%s)", [at - timedelta(days=settings.WBCJ_DRAFT_DAYS)])
        row: tuple[int] = cursor.fetchone()
    return row[0]
