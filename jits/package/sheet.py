"""The certificate sheet: from the manifest to HTML for the press, in English like the rest of the package that people read."""

from __future__ import annotations

from typing import Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from foundation.components import kosovo
from jits.package.manifest import Manifest, Way
from jits.package.marks import Marks

_TEMPLATE = "jits/package/certificate.html"
_LANGUAGE: Final = "en"
_WAYS: Final = {
    Way.APPLICATION: _("signed in the application"),
    Way.ELSEWHERE: _("signed elsewhere, with the signatory's own certificate"),
    Way.INK: _("signed by hand, scanned and counter-checked"),
}


def html_of(told: Manifest, *, test_seal: bool) -> str:
    """The sheet, with the marks of its agreement. The Kosovo* rule is applied to what people read; codes stay as they are."""
    marks = Marks.of(
        agreement=told.agreement,
        content=told.content_sha256,
        template=told.template,
        languages=[version.language for version in told.languages],
        parties=[party.party for party in told.parties],
    )
    rows = [{"party": party, "way": _WAYS[party.consent.way]} for party in told.parties if party.consent]
    with translation.override(_LANGUAGE):
        html = render_to_string(_TEMPLATE, {"told": told, "rows": rows, "marks": marks.line, "test_seal": test_seal})
    return (
        kosovo.mark_html(html, _LANGUAGE).replace('<body class="', '<body class="noted ', 1) if _names(told) else html
    )


def _names(told: Manifest) -> bool:
    return any(kosovo.names_kosovo(text) for text in (told.title, *(party.name for party in told.parties)))
