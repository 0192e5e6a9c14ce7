"""Every string that a user reads is marked for translation, and calls a tenant partner, party or authority."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from tests.architecture import sources

# Text between these tags is marked; a script or style is no text.
MARKED = re.compile(r"(blocktranslate|blocktrans)\b")
END_OF_MARKED = re.compile(r"(endblocktranslate|endblocktrans)\b")
# A block that fills a class attribute holds no words either.
SILENT, END_OF_SILENT = re.compile(r"comment\b|block \w*class\b"), re.compile(r"endcomment\b|endblock\b")
NOT_READ = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<!DOCTYPE[^>]*>", re.DOTALL | re.IGNORECASE)
SPOKEN_ATTRIBUTES = re.compile(
    r"""[\s:](alt|title|placeholder|aria-label|label|heading|text|caption|summary)=["']([^"'{]*)["']"""
)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# Words that are the same in every language.
NAMES = {
    "WBCJ",
    "EJN",
    "JIT",
    "JITs",
    "EUR",
    "PDF",
    "nbsp",
    "mdash",
    "ndash",
    "times",
    "middot",
    "hellip",
    "rarr",
    "Authorization",
    "Bearer",
    "larr",
}
PLAIN_TEXT = {"robots.txt"}

SPOKEN_ARGUMENTS = {
    "label",
    "help_text",
    "verbose_name",
    "verbose_name_plural",
    "empty_label",
    "submit_label",
    "heading",
    "title",
}
SPOKEN_NAMES = {"submit_label", "title", "heading", "label", "empty_text", "intro"}
REFUSALS = re.compile(r"UnableTo\w+|Refusal|ValidationError|Forbidden|TransitionNotAllowed")
MESSAGES = {"success", "info", "warning", "error", "add_error"}


def untold(path: Path) -> list[str]:
    """Words of a template that stand outside every translation tag."""
    found, page, marked, silent = [], [], False, False
    for token in Lexer(
        NOT_READ.sub(lambda m: "\n" * m.group().count("\n"), path.read_text(encoding="utf-8"))
    ).tokenize():
        if token.token_type == TokenType.BLOCK:
            marked = bool(MARKED.match(token.contents)) or (marked and not END_OF_MARKED.match(token.contents))
            silent = bool(SILENT.match(token.contents)) or (silent and not END_OF_SILENT.match(token.contents))
        elif token.token_type == TokenType.TEXT and not marked and not silent:
            page.append(token.contents)
    # Joined again, so that a tag that holds template tags is still one tag.
    text = "".join(page)
    found += [value for _attribute, value in SPOKEN_ATTRIBUTES.findall(text) if WORD.search(value)]
    found += [line.strip() for line in TAG.sub("\n", text).splitlines()]
    return [phrase for phrase in found if set(WORD.findall(phrase)) - NAMES]


@pytest.mark.parametrize("path", sources.templates(), ids=sources.name)
def test_every_word_of_a_template_is_marked(path):
    if path.name not in PLAIN_TEXT:
        assert untold(path) == []


def test_the_scan_finds_a_bare_word(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}<p class="x {% if a %}b{% endif %}">{% translate "Fine" %} Bare</p><img alt="Also bare">'
    )
    assert untold(page) == ["Also bare", "Bare"]


def is_bare(node: ast.AST | None) -> bool:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [part.value for part in parts if isinstance(part, ast.Constant)]
    return any(isinstance(text, str) and WORD.search(text) for text in texts)


def unmarked(path: Path) -> list[str]:
    """Bare strings where a user will read them: labels, help texts, refusals, messages."""
    found: list[ast.AST] = []
    for called, node in sources.calls(path):
        found += [k.value for k in node.keywords if k.arg in SPOKEN_ARGUMENTS and is_bare(k.value)]
        spoken = REFUSALS.fullmatch(called) or called in MESSAGES
        found += [argument for argument in node.args[-1:] if spoken and is_bare(argument)]
    for body in (n.body for n in ast.walk(sources.tree(path)) if isinstance(n, ast.ClassDef)):
        found += [s.value for s in body if isinstance(s, ast.Assign) and _names(s) & SPOKEN_NAMES and is_bare(s.value)]
        annotated = [s for s in body if isinstance(s, ast.AnnAssign) and _name(s.target) in SPOKEN_NAMES]
        found += [s.value for s in annotated if s.value is not None and is_bare(s.value)]
    return [f"{sources.name(path)}:{getattr(node, 'lineno', 0)}" for node in found]


def _names(statement: ast.Assign) -> set[str]:
    return {_name(target) for target in statement.targets}


def _name(target: ast.expr) -> str:
    return target.id if isinstance(target, ast.Name) else ""


DEVELOPERS_READ = {
    "foundation/servers": "the built-in servers speak to whoever set them up",
    "contactgroup/api": "the document of the interface, which is in English",
    "meetings/api": "the document of the interface, which is in English",
    "cases/api": "the document of the interface, which is in English",
    "jits/api": "the document of the interface, which is in English",
    "foundation/pages/api/description.py": "the document of the interface, which is in English",
    "foundation/pages/api/fields.py": "the document of the interface, which is in English",
    "foundation/pages/api/parameters.py": "the document of the interface, which is in English",
    "foundation/pages/api/writing.py": "the document of the interface, which is in English",
    "foundation/pages/api/names.py": "the document of the interface, which is in English",
    "foundation/reference/api.py": "the document of the interface, which is in English",
    "foundation/sharing/api": "the document of the interface, which is in English",
    "partners/api.py": "the document of the interface, which is in English",
    "wbcj/api": "the document of the interface, which is in English",
    "foundation/components/assets.py": "fetches style sheets at set-up",
    "foundation/jobs": "rows and logs that no user reads",
    "foundation/notifications/delivery": "rows and logs that no user reads",
    "foundation/webhooks/post.py": "logs that no user reads",
    "wbcj/backups": "speaks to the operator, on the command line",
    "wbcj/caches.py": "logs that no user reads",
    "wbcj/settings": "settings",
}


def test_every_spoken_string_in_python_is_marked():
    modules = [path for path in sources.modules() if not sources.name(path).startswith(tuple(DEVELOPERS_READ))]
    assert [line for path in modules if path.name != "apps.py" for line in unmarked(path)] == []


def test_no_stale_exceptions():
    assert all((sources.CHECKOUT / name).exists() for name in DEVELOPERS_READ)


# --- partner, party, authority -----------------------------------------------------------------------------------------------------
TENANT = re.compile(r"\b(countr(?:y|ies)|states?|nations?)\b", re.IGNORECASE)
PROPER = re.compile(
    r"^State$|\bMember States?\b|\b[Ss]tate of play\b|\bstate prosecut\w+|\bpresent state\b|\bState Prosecut\w+|\bState Attorney\w*"
    r"|\bUnited Nations\b|\bState (?:Investigation|Police|Agency|Bureau|Court)\b|\bthird states?\b"
    r"|\bUnited States\b|\bin this state\b|\bits state\b"
)
TRANSLATES = {"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "_"}
TRANSLATED = re.compile(
    r"""{%\s*translate\s+(["'])(.*?)\1|{%\s*blocktranslate.*?%}(.*?){%\s*endblocktranslate""", re.DOTALL
)


def spoken(path: Path) -> list[str]:
    if path.suffix != ".py":
        return [quoted or block for _quote, quoted, block in TRANSLATED.findall(path.read_text(encoding="utf-8"))]
    texts = [
        a.value
        for called, n in sources.calls(path)
        if called in TRANSLATES
        for a in n.args
        if isinstance(a, ast.Constant)
    ]
    return [text for text in texts if isinstance(text, str)]


def test_a_tenant_is_never_called_country_or_state():
    places = [*sources.modules(), *sources.templates()]
    found = [f"{sources.name(p)}: {text}" for p in places for text in spoken(p) if TENANT.search(PROPER.sub("", text))]
    assert found == []
