"""The agreement as it is drafted: the text, its terms, its values."""

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

from jits import actions, drafting, states
from jits.forms.drafting import OptionsForm, TakeForm, terms_of
from jits.forms.values import ValuesForm, values_of
from jits.models import Jit, JitDraft
from jits.queries.agreement import agreement, may
from jits.queries.drafting import draft_of
from jits.views.base import JitForm, OfJit, trail


def agreement_trail(jit: Jit) -> list[dict[str, str]]:
    """Breadcrumb of the pages under an agreement."""
    return [*trail(jit), {"label": _("Agreement"), "url": reverse("jit_agreement", args=[jit.pk])}]


class AgreementPage(OfJit):
    """The text as it stands, in a language of the reader's choice, and what is missing."""

    verb = "jits.agreement.viewed"
    template_name = "jits/agreement.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The agreement, or the way to take a model."""
        view = agreement(self.jit, actor=self.actor, language=self.request.GET.get("language", ""))
        may_take = view is None and may(states.TAKE, self.jit, self.own, actor=self.actor)
        found: dict[str, Any] = {"view": view, "may_take": may_take, "jit": self.jit, "trail": trail(self.jit)}
        if view is not None:
            here = reverse("jit_agreement", args=[self.jit.pk])
            found["tabs"] = [
                {"label": one.name, "url": f"{here}?language={one.code}", "current": one == view.language}
                for one in view.languages
            ]
        return super().get_context_data(**found, **kwargs)


class Take(JitForm):
    """Take a version of the model."""

    transition = states.TAKE
    permission = states.TAKE.permission
    verb = "jits.take.viewed"
    form_class = TakeForm
    heading = submit_label = states.TAKE.label
    remark = gettext_lazy(
        "The agreement is made from it, clause by clause. Options are set as they are recommended for the legal bases, and what the"
        " team knows already is filled in. All of it can be changed afterwards but the version."
    )

    @property
    def not_now(self) -> str:
        """Once is enough."""
        taken = draft_of(self.jit, by=self.actor) is not None
        return super().not_now or (_("The agreement is drafted already.") if taken else "")

    def back(self) -> str:
        """The agreement."""
        return reverse("jit_agreement", args=[self.jit.pk])

    def act(self, form: forms.Form) -> str:
        """To the agreement."""
        actions.take(jit=self.jit, by=self.actor, at=timezone.now(), **form.cleaned_data)
        return self.back()


class OfDraft(JitForm):
    """A form over the agreement of a team; 404 while there is none."""

    def load(self) -> None:
        """The team and its draft, or 404."""
        super().load()
        draft = draft_of(self.jit, by=self.actor)
        if draft is None:
            raise Http404
        self.draft_agreement = draft

    def back(self) -> str:
        """The agreement."""
        return reverse("jit_agreement", args=[self.jit.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Under the agreement."""
        return super().get_context_data(**{"trail": agreement_trail(self.jit), **kwargs})


class EditsDraft(OfDraft):
    """A form that edits the draft itself."""

    changes = "jits.agreement."

    @property
    def edited(self) -> models.Model | None:
        """The draft."""
        return self.draft_agreement

    def get_initial(self) -> dict[str, Any]:
        """What stands in the draft, with its version."""
        return {**self.values_of(self.draft_agreement), "version": self.draft_agreement.version}


class Terms(EditsDraft):
    """Languages, legal bases and alternatives."""

    transition = states.TERMS
    permission = states.TERMS.permission
    verb = "jits.terms.viewed"
    form_class = OptionsForm
    heading = states.TERMS.label
    submit_label = gettext_lazy("Save")
    remark = gettext_lazy("Clauses come and go with it, and their numbers follow. What was filled in is kept.")

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The draft's terms."""
        return terms_of(cast("JitDraft", record))

    def get_form_kwargs(self) -> dict[str, Any]:
        """The draft."""
        return {**super().get_form_kwargs(), "draft": self.draft_agreement}

    def act(self, form: forms.Form) -> str:
        """Back to the agreement."""
        facts = cast("OptionsForm", form).facts()
        actions.set_terms(draft=self.draft_agreement, by=self.actor, at=timezone.now(), **facts)
        return self.back()


class Fill(EditsDraft):
    """What one clause asks for."""

    transition = states.FILL
    permission = states.FILL.permission
    verb = "jits.fill.viewed"
    template_name = "jits/fill.html"
    form_class = ValuesForm
    keeps_drafts = True
    heading = states.FILL.label
    submit_label = gettext_lazy("Save")

    def load(self) -> None:
        """The draft, and a clause of it that asks for something, or 404."""
        super().load()
        self.clause = self.kwargs["clause"]
        if self.clause not in drafting.asked_by_clause(self.draft_agreement):
            raise Http404

    def back(self) -> str:
        """The agreement, at this clause."""
        return f"{super().back()}#{self.clause}"

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """What is filled in."""
        return values_of(cast("JitDraft", record), self.clause)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The draft and the clause."""
        return {**super().get_form_kwargs(), "draft": self.draft_agreement, "clause": self.clause}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The clause by its name."""
        words = drafting.template_of(self.draft_agreement).words[drafting.labels()]
        return super().get_context_data(heading=words.heading(self.clause), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Back to the clause."""
        typed = cast("ValuesForm", form)
        actions.fill(
            draft=self.draft_agreement,
            values=typed.values(),
            version=typed.cleaned_data["version"],
            by=self.actor,
            at=timezone.now(),
        )
        return self.back()
