"""The words of a clause, as a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages.forms import VersionedForm
from jits import negotiation
from jits.actions.negotiating import Wording
from jits.agreement import partial
from jits.agreement.structure import Parameter
from jits.agreement.values import LONGEST_PROSE
from jits.models import JitClauseText
from jits.models.clauses import LONGEST_HEADING
from jits.negotiation import ADDED, ClauseState, LanguageState

PARAGRAPH: Final = "p__"
_PROSE: Final = Parameter(name="", kind="prose")
_TEXT: Final = Parameter(name="", kind="text")


def _readable(parameter: Parameter, text: str) -> None:
    said = list(partial.piece_faults(parameter, parameter.kind, normalize_newlines(text), label=_("Text")))
    if said:
        raise ValidationError(said)


class ProposeForm(VersionedForm):
    """Heading and paragraphs of a clause in one language. An emptied paragraph is left out."""

    heading = forms.CharField(
        label=gettext_lazy("Heading"), max_length=LONGEST_HEADING, validators=[lambda text: _readable(_TEXT, text)]
    )
    added = forms.CharField(
        label=gettext_lazy("Further paragraphs"),
        max_length=LONGEST_PROSE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("They follow at the end; an empty line begins another one."),
        validators=[lambda text: _readable(_PROSE, text)],
    )
    translation = forms.BooleanField(
        label=gettext_lazy("This is a translation and changes nothing of what is meant"), required=False
    )
    departs = forms.BooleanField(label=gettext_lazy("This departs from the model"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why it departs from the model"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed where it departs. All parties and participants read it."),
    )

    def __init__(self, *args: Any, state: ClauseState, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.one = state.languages[language]
        self._known = dict(_known(self.one))
        for position, (name, told) in enumerate(self._written(), 1):
            self.fields[PARAGRAPH + name] = _paragraph_field(position, told)
        if language == state.bound.source:
            del self.fields["translation"]
        last = [name for name in ("added", "translation", "departs", "reason") if name in self.fields]
        self.order_fields(["heading", *(PARAGRAPH + name for name, _told in self._written()), *last])

    def clean(self) -> dict[str, Any]:
        """A departure has a reason."""
        data = super().clean() or {}
        if data.get("departs") and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why the text departs from the model."))
        return data

    def wording(self) -> Wording:
        """What was written, paragraph by paragraph, tables in their places."""
        data = self.cleaned_data
        return Wording(
            heading=data["heading"],
            paragraphs=[*self._paragraphs(), *self._further()],
            translation=data.get("translation", False),
            departs=data["departs"],
            reason=data["reason"],
        )

    def _written(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        return ((name, told) for name, told in self._known.items() if told["form"] != "kept")

    def _paragraphs(self) -> Iterator[dict[str, Any]]:
        for name, told in self._known.items():
            if told["form"] == "kept":
                yield {"id": name, "form": "kept"}
                continue
            text = normalize_newlines(self.cleaned_data[PARAGRAPH + name]).strip()
            if text and told["form"] == "items":
                points = [line.strip() for line in text.split("\n")]
                yield {"id": name, "form": "items", "items": [point for point in points if point]}
            elif text:
                yield {"id": name, "form": "text", "text": text}

    def _further(self) -> Iterator[dict[str, Any]]:
        taken = [int(name.removeprefix(ADDED)) for name in self._known if name.startswith(ADDED)]
        texts = [text.strip() for text in normalize_newlines(self.cleaned_data["added"]).split("\n\n")]
        for number, text in enumerate(filter(None, texts), max(taken, default=0) + 1):
            yield {"id": f"{ADDED}{number}", "form": "text", "text": text}


class SeenForm(forms.Form):
    """A confirmation of what was read."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=100)


class CommentForm(forms.Form):
    """A comment on a clause."""

    words = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("All parties and participants read it."),
    )


def words_of(text: JitClauseText) -> dict[str, object]:
    """A text under the names of the form's fields."""
    found: dict[str, object] = {"heading": text.heading, "added": "", "departs": text.departs, "reason": text.reason}
    for told in text.paragraphs:
        if told["form"] != "kept":
            found[PARAGRAPH + told["id"]] = told["text"] if told["form"] == "text" else "\n".join(told["items"])
    return found


def _known(one: LanguageState) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every paragraph that the clause has or ever had in that language, by its id: those of now first, in their order."""
    seen: set[str] = set()
    sources = [
        negotiation.held(one.newest),
        negotiation.held(one.model),
        *(each.text.paragraphs for each in one.history),
    ]
    for told in (each for paragraphs in sources for each in paragraphs):
        if told["id"] not in seen:
            seen.add(told["id"])
            yield told["id"], told


def _paragraph_field(position: int, told: Mapping[str, Any]) -> forms.CharField:
    points = told["form"] == "items"
    label = _("Paragraph %(number)d, one point a line") if points else _("Paragraph %(number)d")
    rows = 6 if points else max(3, min(10, len(told.get("text", "")) // 80 + 1))
    return forms.CharField(
        label=label % {"number": position},
        max_length=LONGEST_PROSE,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[lambda text: _readable(_PROSE, text)],
    )
