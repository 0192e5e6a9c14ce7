"""One clause: how it stands, and what the parties do about its words."""

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

from foundation.pages.drafts import number
from jits import actions, drafting, states
from jits.actions.negotiating import model_text, pair_of
from jits.forms.clauses import CommentForm, ProposeForm, SeenForm, words_of
from jits.forms.moves import MoveForm
from jits.models import Jit, JitClauseText, JitDraft
from jits.negotiation import ClauseState, LanguageState
from jits.queries.clauses import clause_state, clause_view, compared
from jits.queries.drafting import draft_of
from jits.views.base import OfJit
from jits.views.drafting import OfDraft, agreement_trail


def _title(state: ClauseState, draft: JitDraft) -> str:
    """The clause by number and name, in the reader's language where the agreement has it."""
    language = drafting.labels()
    one = state.languages[language if language in state.languages else draft.languages[0]]
    return f"{one.stands.number} {one.stands.heading}".strip()


def _address(jit: Jit, clause: str, language: str = "") -> str:
    address = reverse("jit_clause", args=[jit.pk, clause])
    return f"{address}?language={language}" if language else address


class ClausePage(OfJit):
    """A clause in one language: what stands, what is proposed, versions side by side, comments."""

    verb = "jits.clause.viewed"
    template_name = "jits/clause.html"

    def load(self) -> None:
        """The draft and the clause, or 404."""
        super().load()
        draft = draft_of(self.jit, by=self.actor)
        state = None if draft is None else clause_state(draft, self.kwargs["clause"], actor=self.actor)
        if draft is None or state is None:
            raise Http404
        self.draft_agreement, self.state = draft, state

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The clause as its reader sees it."""
        asked = [self.request.GET.get("language", ""), drafting.labels(), *self.draft_agreement.languages]
        language = next(one for one in asked if one in self.state.languages)
        view = clause_view(
            self.jit, self.draft_agreement, self.state, language=language, shown=self._shown(), actor=self.actor
        )
        tabs = [
            {"label": view.names[one], "url": _address(self.jit, self.state.id, one), "current": one == language}
            for one in self.state.languages
        ]
        title = _title(self.state, self.draft_agreement)
        found = {"view": view, "tabs": tabs, "jit": self.jit, "title": title, "trail": agreement_trail(self.jit)}
        return super().get_context_data(**found, **kwargs)

    def _shown(self) -> tuple[int, int] | None:
        """The two versions that were asked for."""
        old, new = (number(self.request.GET.get(name, "")) for name in ("old", "new"))
        return None if old is None or new is None else (old, new)


class OfClause(OfDraft):
    """A form over a clause; with a language in its address, over the clause in that language."""

    transition = states.NEGOTIATE
    permission = states.NEGOTIATE.permission

    def load(self) -> None:
        """The clause, or 404."""
        super().load()
        state = clause_state(self.draft_agreement, self.kwargs["clause"], actor=self.actor)
        self.language = self.kwargs.get("language", "")
        if state is None or self.language not in {"", *state.languages}:
            raise Http404
        self.state = state

    @property
    def one(self) -> LanguageState:
        """The clause in that language."""
        return self.state.languages[self.language]

    @property
    def of_clause(self) -> dict[str, Any]:
        """What every action about it is called with."""
        found = {"draft": self.draft_agreement, "clause": self.state.id, "by": self.actor, "at": timezone.now()}
        return found | ({"language": self.language} if self.language else {})

    def back(self) -> str:
        """The page of the clause."""
        return _address(self.jit, self.state.id, self.language)

    def get_initial(self) -> dict[str, Any]:
        """The version that is shown."""
        return {"version": self.one.version} if self.language else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which clause, in which language."""
        lead = _title(self.state, self.draft_agreement)
        if self.language:
            names: Mapping[str, str] = (
                drafting.template_of(self.draft_agreement).words[drafting.labels()].at("frame", "languages")
            )
            lead = f"{lead} ({names[self.language]})"
        steps = [*agreement_trail(self.jit), {"label": _title(self.state, self.draft_agreement), "url": self.back()}]
        return super().get_context_data(**{"lead": lead, "trail": steps, **kwargs})


class Propose(OfClause):
    """Propose words."""

    verb = "jits.text.viewed"
    form_class = ProposeForm
    keeps_drafts = True
    heading = states.NEGOTIATE.label
    submit_label = gettext_lazy("Propose this text")
    remark = gettext_lazy(
        "It stands when every party has accepted it; your own accepts it with your proposal if you may decide for it. Earlier"
        " versions stay. Tables follow what is filled in."
    )

    @property
    def edited(self) -> models.Model:
        """The newest text, or the words of the model."""
        return self.one.live or model_text(self.one)

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """Its words, and nothing in the fields of paragraphs that it has not."""
        text = cast("JitClauseText", record)
        bare = dict.fromkeys(ProposeForm(state=self.state, language=self.language).fields, "")
        return {
            name: value for name, value in {**bare, **words_of(text)}.items() if name not in {"version", "translation"}
        }

    def changed_by(self, record: models.Model) -> Any:
        """Whoever proposed it."""
        text = cast("JitClauseText", record)
        return self.change_by(text.proposed_by, at=text.proposed_at) if text.number else None

    def get_initial(self) -> dict[str, Any]:
        """The newest words; a departure is marked anew."""
        return {**self.values_of(self.edited), "version": self.one.version, "added": ""}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The clause in its language."""
        return {**super().get_form_kwargs(), "state": self.state, "language": self.language}

    def act(self, form: forms.Form) -> str:
        """Back to the clause."""
        typed = cast("ProposeForm", form)
        actions.propose_text(wording=typed.wording(), version=typed.cleaned_data["version"], **self.of_clause)
        return self.back()


class OfProposal(OfClause):
    """A move over the text that is proposed; the page shows it beside what stands."""

    template_name = "jits/clause_move.html"
    form_class = MoveForm

    @property
    def not_now(self) -> str:
        """Something must be proposed."""
        return super().not_now or ("" if self.one.proposed else _("Nothing is proposed here at present."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What stands, and what is proposed."""
        pairs = compared(self.one.stands, self.one.newest)
        return super().get_context_data(pairs=pairs, proposed=self.one.proposed, **kwargs)


class Accept(OfProposal):
    """Accept for the own party what is proposed."""

    transition = states.ACCEPT
    permission = states.ACCEPT.permission
    verb = "jits.accept.viewed"
    heading = submit_label = states.ACCEPT.label
    remark = gettext_lazy(
        "You say for your party that the clause shall read like this. It stands with the last party that accepts it."
    )

    def act(self, form: forms.Form) -> str:
        """Back to the clause."""
        actions.accept_text(version=form.cleaned_data["version"], **self.of_clause)
        return self.back()


class Withdraw(OfProposal):
    """Take the own proposal back."""

    verb = "jits.withdraw.viewed"
    heading = submit_label = gettext_lazy("Take this text back")
    remark = gettext_lazy("It stays readable among the versions. What stood before it stands.")
    danger = True

    def act(self, form: forms.Form) -> str:
        """Back to the clause."""
        actions.withdraw_text(version=form.cleaned_data["version"], **self.of_clause)
        return self.back()


class Confirm(OfClause):
    """Confirm that a language says what its source says."""

    verb = "jits.confirm.viewed"
    template_name = "jits/clause_confirm.html"
    form_class = SeenForm
    heading = submit_label = gettext_lazy("Confirm the translation")
    remark = gettext_lazy("You say that both languages say the same. When one of them changes, it is asked for again.")

    @property
    def not_now(self) -> str:
        """The language must lag behind."""
        lags = self.language in self.state.stale
        return super().not_now or ("" if lags else _("This language says what its source says already."))

    def get_initial(self) -> dict[str, Any]:
        """The texts that are shown."""
        return {"seen": pair_of(self.state, self.language)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both texts."""
        source = self.state.languages[self.state.bound.source]
        return super().get_context_data(source=source, translation=self.one, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Back to the clause."""
        actions.confirm_translation(seen=form.cleaned_data["seen"], **self.of_clause)
        return self.back()


class Comment(OfClause):
    """Say something about a clause."""

    verb = "jits.comment.viewed"
    form_class = CommentForm
    keeps_drafts = True
    heading = submit_label = gettext_lazy("Comment")

    def act(self, form: forms.Form) -> str:
        """Back to the clause."""
        actions.comment_clause(words=form.cleaned_data["words"], **self.of_clause)
        return self.back()
