"""Form pages: one action, one effect, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django import forms
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin
from psycopg.errors import UniqueViolation

from foundation import access
from foundation.audit.models import Detail, Event
from foundation.pages import conflicts, drafts, originals, submissions
from foundation.pages.base import ActorPage
from foundation.pages.conflicts import Change, Settled
from foundation.pages.models import Draft
from foundation.pages.values import Typed
from foundation.tenancy.models import Membership
from foundation.workflow.refusals import Refusal

# Generic in the stubs alone.
if TYPE_CHECKING:
    _FormMixin = FormMixin[forms.Form]
else:
    _FormMixin = FormMixin


class VersionedForm(forms.Form):
    """A form over an editable record: it carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ActionPage(_FormMixin, ActorPage):
    """Shows a form and calls one action with it. ``act`` returns the address to go to, or a file that is given out: the same
    form sent again gives it out again.

    A refusal of the action comes back as an error of the form with everything that was typed. The same form sent twice has one effect.
    A stale version of what the form edits (``edited``, ``values_of``) comes back field by field; of a move, with a sentence.
    ``keeps_drafts`` is for forms in which somebody writes at length: what is typed is kept while it is written.
    ``changes`` is how the verbs begin that change the record in the timeline: the last of them says who changed it.
    """

    template_name = "pages/form.html"
    submit_label: ClassVar[Any] = ""
    keeps_drafts: ClassVar[bool] = False
    changes: ClassVar[str] = ""
    key_spent = False
    restored = False

    def act(self, form: forms.Form) -> str | HttpResponseBase:
        """Call the action; return where to go, or what is given out."""
        raise TypeError(f"{type(self).__name__} has no act()")

    @property
    def edited(self) -> models.Model | None:
        """The record whose own values the form edits; none for a form that only adds or moves something."""
        return None

    @property
    def not_now(self) -> str:
        """Why the act cannot be done at present, whatever is written: said when the form is opened, so that nobody writes in vain."""
        return ""

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The record's values under the form's field names, for every field that this reader may see now."""
        return {}

    def changed_by(self, record: models.Model) -> Change | None:
        """Who changed the record last, as far as its timeline tells this reader."""
        if not self.changes or self.root_id is None:
            return None
        told = Detail.objects.visible_to(self.actor).of(self.root_id).filter(verb__startswith=self.changes)
        last = told.select_related("membership__account", "membership__authority").order_by("-at").first()
        return None if last is None else self.change_by(last.membership, at=last.at)

    def change_by(self, membership: Membership, *, at: datetime) -> Change:
        """A change that this membership made; it was the reader when it is the same account, whatever it acted for."""
        who = f"{membership.account.full_name}, {membership.authority.name}"
        return Change(at=at, who=who, oneself=membership.account_id == self.actor.account_id)

    def repeated(self) -> HttpResponseBase | None:
        """Where the same form led before; waits for the same form in flight."""
        key = submissions.key_of(self.request.POST.get(submissions.FIELD, ""))
        try:
            location = None if key is None else submissions.earlier(by=self.actor, key=key, path=self.request.path)
        except submissions.KeyUsedElsewhere:
            self.key_spent = True
            return None
        return None if location is None else redirect(location)

    def _key(self) -> UUID | None:
        """The key of the form that came, unless it is missing or was another form's."""
        return None if self.key_spent else submissions.key_of(self.request.POST.get(submissions.FIELD, ""))

    @cached_property
    def settled(self) -> Settled:
        """What was sent, with the choices of a conflict page taken into it."""
        if self.edited is None:
            return Settled(data=self.request.POST, open=frozenset())
        return conflicts.settled(self.request.POST, self._carried(originals.FIELD))

    @cached_property
    def draft(self) -> Draft | None:
        """What was typed into this form before and not sent."""
        if not self.keeps_drafts:
            return None
        return drafts.standing(by=self.actor, path=self.request.get_full_path(), form=self.verb, at=timezone.now())

    def get_initial(self) -> dict[str, Any]:
        """What stands in the record, with its version."""
        initial, edited = super().get_initial(), self.edited
        if edited is None:
            return initial
        return {**initial, **self.values_of(edited), "version": getattr(edited, "version")}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form as it was sent, with what was chosen in a conflict."""
        kwargs = super().get_form_kwargs()
        return {**kwargs, "data": self.settled.data} if "data" in kwargs else kwargs

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """The form; opened again, with what was typed before."""
        form = super().get_form(form_class)
        if not form.is_bound and self.draft is not None:
            self.restored = drafts.restore(self.draft, form)
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do it once."""
        form = self.get_form()
        key = self._key()
        if key is None:
            form.add_error(None, _("This form came without its key. Nothing was changed; send it again."))
            return self._again(form, 422)
        if self.settled.open and self.edited is not None:
            return self._conflict(form, self.edited, 422)
        return self._try(form, key) if form.is_valid() else self._again(form, 422)

    def _try(self, form: forms.Form, key: UUID) -> HttpResponseBase:
        """Act; a refusal comes back with everything that was typed."""
        try:
            location = self.act(form)
        except access.StaleVersion as error:
            self.outcome = Event.Outcome.STALE
            return self._stale(form, error.theirs)
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise
            said = _("Somebody did the same at the same moment. Look again before you send this once more.")
            return self._refused(form, said)
        except Refusal as error:
            return self._refused(form, str(error))
        if isinstance(location, HttpResponseBase):
            return location
        now, path = timezone.now(), self.request.path
        submissions.remember(by=self.actor, key=key, path=path, location=location, at=now)
        if self.keeps_drafts:
            drafts.discard(by=self.actor, path=self.request.get_full_path(), form=self.verb)
        return redirect(location)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the submission key, the button's words, what stood there when the form was opened, and the draft."""
        context = super().get_context_data(**kwargs)
        sent = self._key()
        context["submission_key"] = str(sent) if sent else submissions.new_key()
        context["submit_label"] = self.submit_label
        context["not_now"] = "" if context["form"].is_bound else self.not_now
        context.setdefault("original", self._original(context["form"]))
        if self.keeps_drafts:
            path = self.request.get_full_path()
            context["keeping"] = drafts.keeping(self.draft, path=path, restored=self.restored, edited=self.edited)
        return context

    def _original(self, form: forms.Form) -> str:
        """What stood there when this form was opened first."""
        if self.edited is None:
            return ""
        if form.is_bound:
            return self.request.POST.get(originals.FIELD, "")
        if self.draft is not None and self.restored:
            return self.draft.original
        return self._packed(conflicts.standing(form, self.values_of(self.edited)))

    def _packed(self, values: Mapping[str, Typed]) -> str:
        return originals.packed(values, path=self.request.path, membership_id=self.actor.membership_id)

    def _carried(self, name: str) -> dict[str, Typed] | None:
        text = self.request.POST.get(name, "")
        return originals.unpacked(text, path=self.request.path, membership_id=self.actor.membership_id)

    def _again(self, form: forms.Form, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def _refused(self, form: forms.Form, said: str) -> HttpResponse:
        self.outcome = Event.Outcome.CONFLICT
        form.add_error(None, said)
        return self._again(form, 409)

    def _stale(self, form: forms.Form, theirs: models.Model) -> HttpResponse:
        """Field by field where the form edits values; a move is asked for once more, with what was typed."""
        if self.edited is not None:
            return self._conflict(form, theirs, 409)
        form.add_error(
            None,
            _(
                "Somebody changed this while you were writing. What you typed is still here: look again at what stands"
                " there now, and send this once more if you still want it."
            ),
        )
        data = self.request.POST.copy()
        data["version"] = str(getattr(theirs, "version"))
        form.data = data
        return self._again(form, 409)

    def _conflict(self, form: forms.Form, theirs: models.Model, status: int) -> HttpResponse:
        """The conflict page: the next form that is sent stands on what stands there now."""
        undecided = self.settled.open
        base = self._carried(originals.BEFORE if undecided else originals.FIELD)
        stood_on = self.request.POST.get(conflicts.STOOD_ON if undecided else "version", "")
        now = conflicts.standing(form, self.values_of(theirs))
        rows = tuple(conflicts.rows(form, sent=self.request.POST, original=base, theirs=now, undecided=undecided))
        self.template_name = "pages/conflict.html"
        context = self.get_context_data(
            form=form,
            rows=rows,
            undecided=[row for row in rows if row.open],
            rest=conflicts.rest(form, rows),
            change=self.changed_by(theirs),
            version=getattr(theirs, "version"),
            stood_on=stood_on,
            original=self._packed(now),
            before="" if base is None else self._packed(base),
        )
        return self.render_to_response(context, status=status)
