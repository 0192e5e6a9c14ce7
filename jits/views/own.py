"""What the reader's own party keeps for itself: a page and its forms. For anybody else there is no such page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages.conflicts import Change
from jits import actions, approvals, states
from jits.forms import own as own_forms
from jits.models import JitApproval, JitOwnNote, JitParty
from jits.queries.own import own_people, own_view
from jits.views.base import JitForm, OfJit, trail

ONLY_US = gettext_lazy(
    "Only people of your own partner who see the team read this. Other parties and participants do not see it, and nothing"
    " tells them that it is there."
)


class OwnPage(OfJit):
    """Approvals and notes of the own party."""

    verb = "jits.own.viewed"
    template_name = "jits/own.html"
    party: JitParty

    def load(self) -> None:
        """The team and the own party in it, or 404."""
        super().load()
        if self.own is None:
            raise Http404
        self.party = self.own

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is kept."""
        view = own_view(self.jit, self.party, actor=self.actor, at=timezone.now())
        words = {"view": view, "jit": self.jit, "only_us": ONLY_US, "trail": trail(self.jit)}
        return super().get_context_data(**words, **kwargs)


class OwnForm(JitForm):
    """A form of the own party."""

    transition = states.KEEP_OWN
    permission = states.KEEP_OWN.permission
    keeps_drafts = True
    remark = ONLY_US
    part = "approvals"

    def load(self) -> None:
        """The team and the own party in it, or 404."""
        super().load()
        if self.own is None:
            raise Http404

    def back(self) -> str:
        """The own party's page."""
        return f"{reverse('jit_own', args=[self.jit.pk])}#{self.part}"

    def get_initial(self) -> dict[str, Any]:
        """What stands in the row; nothing for a new one."""
        if self.edited is None:
            return {}
        return {**self.values_of(self.edited), "version": getattr(self.edited, "version")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way back."""
        steps = [*trail(self.jit), {"label": _("Only for us"), "url": reverse("jit_own", args=[self.jit.pk])}]
        return super().get_context_data(**{"trail": steps, **kwargs})


class NoteAdd(OwnForm):
    """A new note."""

    verb = "jits.own_note_form.opened"
    form_class = own_forms.OwnNoteForm
    heading = gettext_lazy("Write a note for your own partner")
    submit_label = gettext_lazy("Save note")
    part = "notes"

    def act(self, form: forms.Form) -> str:
        """Back to the page."""
        actions.write_own_note(jit=self.jit, text=form.cleaned_data["text"], by=self.actor, at=timezone.now())
        return self.back()


class NoteEdit(OwnForm):
    """Change an own note."""

    verb = "jits.own_note_form.opened"
    form_class = own_forms.EditOwnNoteForm
    heading = gettext_lazy("Edit the note")
    submit_label = gettext_lazy("Save note")
    part = "notes"

    def load(self) -> None:
        """The note, through its team."""
        super().load()
        self.note = JitOwnNote.objects.visible_to(self.actor).of(self.jit.pk).get(pk=self.kwargs["child"])

    @property
    def edited(self) -> JitOwnNote:
        """The note."""
        return self.note

    @property
    def not_now(self) -> str:
        """Its writer alone changes it."""
        mine = self.note.written_by_id == self.actor.membership_id
        return super().not_now or ("" if mine else _("Only its writer can change a note."))

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The text."""
        return {"text": cast("JitOwnNote", record).text}

    def changed_by(self, record: models.Model) -> Change | None:
        """A note is changed by its writer alone, who did it in another window."""
        at = cast("JitOwnNote", record).edited_at
        return None if at is None else Change(at=at, who=self.actor.account_name, oneself=True)

    def act(self, form: forms.Form) -> str:
        """Back to the page."""
        actions.edit_own_note(note=self.note, by=self.actor, at=timezone.now(), **form.cleaned_data)
        return self.back()


class ApprovalAsk(OwnForm):
    """Something is asked of the own side."""

    verb = "jits.approval_form.opened"
    form_class = own_forms.ApprovalForm
    heading = gettext_lazy("Ask for an approval")
    submit_label = gettext_lazy("Put it down")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who can be named."""
        return {**super().get_form_kwargs(), "people": own_people(self.jit.pk, actor=self.actor)}

    def get_initial(self) -> dict[str, Any]:
        """Asked today."""
        return {"asked_date": approvals.today(self.actor, timezone.now())}

    def act(self, form: forms.Form) -> str:
        """Back to the page."""
        asked = cast("own_forms.ApprovalForm", form).asked()
        actions.ask_approval(jit=self.jit, asked=asked, by=self.actor, at=timezone.now())
        return self.back()


class ApprovalEdit(OwnForm):
    """What was answered, or a correction."""

    verb = "jits.approval_form.opened"
    form_class = own_forms.EditApprovalForm
    heading = gettext_lazy("Record the answer")
    submit_label = gettext_lazy("Save")

    def load(self) -> None:
        """The approval, through its team."""
        super().load()
        self.approval = JitApproval.objects.visible_to(self.actor).of(self.jit.pk).get(pk=self.kwargs["child"])

    @property
    def edited(self) -> JitApproval:
        """The approval."""
        return self.approval

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who can be named."""
        return {**super().get_form_kwargs(), "people": own_people(self.jit.pk, actor=self.actor)}

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """What stands there."""
        row = cast("JitApproval", record)
        plain = ("status", "answered_date", "words", "subject", "of_whom", "asked_date", "due_date")
        return {"person": row.person_id or "", **{name: getattr(row, name) for name in plain}}

    def changed_by(self, record: models.Model) -> Change:
        """The row itself says who kept it last."""
        row = JitApproval.objects.visible_to(self.actor).with_names().get(pk=self.approval.pk)
        return self.change_by(row.kept_by, at=row.kept_at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which approval."""
        return super().get_context_data(lead=self.approval.subject, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Back to the page."""
        typed = cast("own_forms.EditApprovalForm", form)
        actions.edit_approval(
            approval=self.approval,
            asked=typed.asked(),
            answered=typed.answered(),
            version=typed.cleaned_data["version"],
            by=self.actor,
            at=timezone.now(),
        )
        return self.back()
