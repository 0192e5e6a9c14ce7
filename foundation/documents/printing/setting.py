"""From frozen data to the HTML that the press prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from foundation.components import kosovo, languages
from foundation.documents.printing.kinds import Paper

_FOOTNOTE: Final = 'id="kosovo-footnote"'


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """What a paper says of its own making: for whom and when it was printed, its code, and with what it is sealed."""

    kind: str
    code: str
    by: str
    authority: str
    at: datetime
    time_zone: str
    test_seal: bool
    sealed_by: str

    @property
    def verify_at(self) -> str:
        """Where anybody may have the file verified."""
        return f"{settings.WBCJ_ADDRESS}/verify/".removeprefix("https://").removeprefix("http://")


def html_of(paper: Paper, imprint: Imprint, *, language: str) -> str:
    """The whole paper in that language and zone. The Kosovo* rule is applied: where it is named, the footnote stands on every page."""
    with translation.override(language), timezone.override(ZoneInfo(imprint.time_zone)):
        context = {"paper": paper, "imprint": imprint, "language": languages.bcp47(language)}
        html = kosovo.mark_html(render_to_string(paper.template, context), language)
    # Escaped words hold no such mark. It makes room below the page for the footnote.
    return html.replace('<body class="', '<body class="noted ', 1) if _FOOTNOTE in html else html
