"""Printed papers in the console: what there is, what it is made with, how printing fares, and a specimen of each to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from foundation.audit import record
from foundation.components import fonts
from foundation.documents.printing import editions, kinds
from foundation.documents.printing.kinds import Kind, Paper
from foundation.documents.printing.permissions import PrintingPermission
from foundation.documents.printing.queries import Printed, printed_since
from foundation.documents.printing.setting import Imprint, html_of
from foundation.documents.rendering import table
from foundation.documents.rendering.press import Press, PressFailed
from foundation.tenancy.actors import Actor
from wbcj.console.base import ConsolePage
from wbcj.console.paper_specimens import AT, SPECIMENS, WHO

LATELY: Final = timedelta(days=30)
SECONDS: Final = 20.0
"""For one specimen: its reader waits for it."""
_KEPT_SECONDS: Final = 24 * 60 * 60

_press: Final = Press(Path(settings.FONTS_DIR))


@dataclass(frozen=True, kw_only=True)
class InLanguage:
    """One paper in one language: the digest of all that it is made with, and how printing fared lately."""

    code: str
    label: str
    edition: str
    printed: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """One kind of paper."""

    name: str
    label: Promise | str
    template: str
    languages: tuple[InLanguage, ...]

    @property
    def printed(self) -> int:
        """In all languages together."""
        return sum(one.printed for one in self.languages)

    @property
    def failed(self) -> int:
        """In all languages together."""
        return sum(one.failed for one in self.languages)


def _row(kind: Kind, numbers: Mapping[tuple[str, str], Printed]) -> PaperRow:
    template = SPECIMENS[kind.name]().template
    lines = []
    for code, label in settings.LANGUAGES:
        found = numbers.get((kind.name, code))
        lines.append(
            InLanguage(
                code=code,
                label=str(label),
                edition=editions.edition(template, code),
                printed=found.printed if found else 0,
                failed=found.failed if found else 0,
            )
        )
    return PaperRow(name=kind.name, label=kind.label, template=template, languages=tuple(lines))


class Papers(ConsolePage):
    """Every kind of paper, in every language."""

    permission = PrintingPermission.COUNT
    verb = "console.papers.viewed"
    template_name = "console/papers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Kinds, numbers and typefaces; one statement."""
        numbers = {(one.kind, one.language): one for one in printed_since(self.actor, timezone.now() - LATELY)}
        present = fonts.fetched(Path(settings.FONTS_DIR))
        return super().get_context_data(
            rows=[_row(kind, numbers) for kind in kinds.every()],
            faces=[(face.name, face.package.version, face.name in present) for face in fonts.FACES],
            system_faces=bool(table.system_folders()),
            **kwargs,
        )


class SpecimenPaper(ConsolePage):
    """One paper of invented data, as a worker would print it; unsealed, and kept for a day.

    It is printed while no transaction is open, by a process of its own, as papers always are.
    """

    permission = PrintingPermission.COUNT
    verb = "console.paper.viewed"
    above = ((gettext_lazy("Printed papers"), "console_papers"),)
    template_name = "console/paper.html"
    pdf: bytes | None = None

    def load(self) -> None:
        """A paper and a language that there are."""
        super().load()
        if self.kwargs["kind"] not in SPECIMENS or self.kwargs["language"] not in dict(settings.LANGUAGES):
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Print it ahead of the page, for whoever is let in."""
        if request.method == "GET" and request.user.is_authenticated:
            html = self.ahead(self._set)
            self.pdf = None if html is None else self._printed(html)
        return super().dispatch(request, *args, **kwargs)

    def _set(self, _actor: Actor) -> str:
        self.load()
        language = self.kwargs["language"]
        with translation.override(language):
            paper = SPECIMENS[self.kwargs["kind"]]()
            imprint = _imprint(kinds.named(self.kwargs["kind"]))
        self.key = _key(self.kwargs["kind"], language, paper)
        return html_of(paper, imprint, language=language)

    def _printed(self, html: str) -> bytes | None:
        kept = cache.get(self.key)
        if isinstance(kept, bytes):
            return kept
        try:
            pdf = _press.printed(html, seconds=SECONDS).pdf
        except PressFailed:
            return None
        cache.set(self.key, pdf, _KEPT_SECONDS)
        return pdf

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file; a page that says so where it could not be printed."""
        if self.pdf is None:
            response = super().get(request, *args, **kwargs)
            response.status_code = 503
            return response
        record.consulted(self.verb, by=self.actor)
        name = f"specimen-{self.kwargs['kind']}-{self.kwargs['language']}.pdf"
        return HttpResponse(
            self.pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"},
        )


def _imprint(kind: Kind) -> Imprint:
    return Imprint(
        kind=str(kind.label),
        code="0000-0000",
        by=WHO,
        authority="Lorem",
        at=AT,
        time_zone="Europe/Brussels",
        test_seal=True,
        sealed_by="Ipsum",
    )


def _key(kind: str, language: str, paper: Paper) -> str:
    return f"specimen:{kind}:{language}:{editions.edition(paper.template, language)}:{paper.digest}"
