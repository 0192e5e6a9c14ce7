"""Tags of the base templates: languages, front-end files, links that may not exist yet."""

from functools import cache
from typing import Final, NamedTuple

from django import template
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.forms import BoundField, CheckboxInput, Textarea
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.components.languages import bcp47

register = template.Library()

_TOKENS: Final = "ecl/tokens.css"
_FOOTER_LABELS: Final[dict[str, Promise]] = {
    "help": _("Help"),
    "verify": _("Verify a paper"),
    "accessibility": _("Accessibility"),
    "privacy": _("Privacy"),
}
_HANDLING: Final[dict[str, Promise]] = {
    "H0": _("To prevent and combat crime, under the applicable law"),
    "H1": _("Not in judicial proceedings without the provider's permission"),
    "H2": _("Not to be passed on without the provider's permission"),
    "H3": _("Other restrictions, stated in words"),
}


@cache
def _tokens_fetched() -> bool:
    """Looked up once a process: the files are fetched at set-up, before anything is served."""
    return find(_TOKENS) is not None


class Language(NamedTuple):
    """One language on offer, named in itself."""

    code: str
    tag: str
    name: str


class Link(NamedTuple):
    """A link to a page that exists."""

    url: str
    label: Promise


@register.simple_tag
def html_lang() -> str:
    """The BCP 47 tag of the page's language, script included, as screen readers and fonts need it."""
    return bcp47(translation.get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def own_languages() -> dict[str, Language | list[Language]]:
    """The languages of the settings, and the one in use."""
    languages = [Language(code, bcp47(code), str(name)) for code, name in settings.LANGUAGES]
    in_use = translation.get_language() or settings.LANGUAGE_CODE
    current = next((language for language in languages if language.code == in_use), languages[0])
    return {"all": languages, "current": current}


@register.simple_tag
def ecl_tokens() -> str:
    """The address of the Europa design tokens, or nothing where they were not fetched."""
    if not _tokens_fetched():
        return ""
    try:
        return static(_TOKENS)
    except ValueError:  # fetched after the last collectstatic
        return ""


@register.simple_tag
def existing_links(*names: str) -> list[Link]:
    """Links to those named pages that exist: a placeholder link would lead nowhere."""
    links = []
    for name in names:
        try:
            links.append(Link(reverse(name), _FOOTER_LABELS[name]))
        except NoReverseMatch:
            continue
    return links


class Column(NamedTuple):
    """One heading of a table."""

    label: str
    numeric: bool


@register.filter
def table_columns(headings: str) -> list[Column]:
    """The headings of `<c-table columns="A|B|C#">`; a trailing # marks a column of numbers."""
    return [
        Column(heading.strip().removesuffix("#"), heading.strip().endswith("#")) for heading in str(headings).split("|")
    ]


@register.filter
def control_kind(field: BoundField) -> str:
    """How a field is laid out: `choices` (a group), `check` (one box), `textarea` or `input`."""
    widget = field.field.widget
    if widget.use_fieldset:
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "textarea" if isinstance(widget, Textarea) else "input"


@register.filter
def first_control(field: BoundField) -> str:
    """The id that a link in the error summary leads to: the control, or the first of a group."""
    return f"{field.auto_id}_0" if field.field.widget.use_fieldset else field.id_for_label


@register.filter
def handling_meaning(code: str) -> str:
    """What a handling code allows, in one line."""
    meaning = _HANDLING.get(str(code).upper())
    return str(meaning) if meaning else ""


@register.filter
def typed_rows(value: str) -> int:
    """How many rows show a typed value whole, within reason."""
    lines = sum(1 + len(line) // 70 for line in value.splitlines() or [""])
    return max(2, min(lines, 16))
