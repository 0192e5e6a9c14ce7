"""Which version of the model is taken, and for which languages, legal bases and alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy

from foundation.pages.forms import VersionedForm
from jits import drafting
from jits.agreement import filling, shipped
from jits.agreement.structure import Option, Template, Words
from jits.models import JitDraft

OPTION: Final = "option__"


def languages_field() -> forms.MultipleChoiceField:
    """Languages of the agreement."""
    return forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the agreement"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("All have equal standing. Each is worked on clause by clause."),
    )


def bases_field() -> forms.MultipleChoiceField:
    """Legal bases."""
    return forms.MultipleChoiceField(
        label=gettext_lazy("Legal bases"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Which of them bind your parties, says the page on the legal basis of a joint team."),
    )


class TermsForm(VersionedForm):
    """Languages and legal bases of a model, named in the reader's language."""

    languages = languages_field()
    bases = bases_field()

    def offer(self, model: Template) -> Words:
        """Put what this version of the model knows on offer."""
        words = model.words[drafting.labels()]
        names: Mapping[str, str] = words.at("frame", "languages")
        self._choices("languages", [(each, names[each]) for each in model.languages])
        self._choices("bases", [(each, str(words.at("instruments", each))) for each in model.instruments])
        return words

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class TakeForm(TermsForm):
    """The first of all: which version."""

    template_version = forms.ChoiceField(label=gettext_lazy("Version of the model"), widget=forms.RadioSelect)
    field_order = ("template_version", "languages", "bases")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        versions = shipped.versions()
        words = self.offer(shipped.template(versions[-1]))
        named = str(words.at("frame", "model"))
        self._choices("template_version", [(each, named.format(version=each)) for each in reversed(versions)])


class OptionsForm(TermsForm):
    """The same over a draft, with the alternatives that its legal bases leave."""

    def __init__(self, *args: Any, draft: JitDraft, **options: Any) -> None:
        super().__init__(*args, **options)
        model = drafting.template_of(draft)
        words = self.offer(model)
        recommended = model.recommended(draft.bases)
        for name in filling.options(model, document=draft.document, bases=draft.bases):
            self.fields[OPTION + name] = _option_field(model.options[name], words, recommended)

    def facts(self) -> dict[str, Any]:
        """What the action is called with."""
        picked = [
            each for name, value in self.cleaned_data.items() if name.startswith(OPTION) for each in _several(value)
        ]
        return {name: self.cleaned_data[name] for name in ("languages", "bases", "version")} | {"chosen": picked}


def terms_of(draft: JitDraft) -> Mapping[str, object]:
    """The draft's terms under the form's field names."""
    model = drafting.template_of(draft)
    found: dict[str, object] = {"languages": draft.languages, "bases": draft.bases}
    for option in model.options.values():
        own = [each for each in draft.chosen if each.startswith(f"{option.name}.")]
        found[OPTION + option.name] = (own[0] if own else "") if option.one else own
    return found


def _several(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []


def _option_field(option: Option, words: Words, recommended: frozenset[str]) -> forms.Field:
    choices = []
    for each in option.alternatives:
        code, label = f"{option.name}.{each}", str(words.at("options", option.name, each))
        choices.append(
            (code, gettext_lazy("%(label)s (recommended)") % {"label": label} if code in recommended else label)
        )
    told: dict[str, Any] = {
        "label": str(words.at("options", option.name, "label")),
        "help_text": escape(str(words.at("options", option.name, "help"))),
        "choices": choices,
    }
    if option.one:
        return forms.ChoiceField(widget=forms.RadioSelect, **told)
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False, **told)
