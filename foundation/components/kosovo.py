"""The one mechanism behind the Kosovo* rule.

Every output that names Kosovo shows the asterisk at each naming and the footnote once, in the language of the output.
Channels that are not HTML (mail, CSV, PDF data) call `mark_text` and `footnote`; pages go through `mark_html`, which
the middleware applies to every answer, so that no template and no author has to remember the rule.

`kosovski`, `Kosovar`, `косовски` and the like are adjectives: they name no partner and stay as they are.
An `<option>` must carry its `value` (Django's do): without one, the browser would submit the marked text.
"""

import re
from collections.abc import Iterator
from typing import Final

SLOT: Final = "<!--kosovo-footnote-->"
_PRESENT: Final = 'id="kosovo-footnote"'

# Endings: en/bs/cnr/sr-latn Kosovo, -a, -u, -om; sq Kosovë, -s, -n (also written without the diaeresis, or with a
# combining one); sr/mk Косово, -а, -у, -ом. A star that is there already is swallowed and written again.
_LATIN: Final = "kosov(?:om|o|a|u|(?:ë|e\u0308?)(?:s|n)?)"
_CYRILLIC: Final = "косов(?:ом|о|а|у)"
_NAMING: Final = re.compile(rf"(?<!\w)({_LATIN}|{_CYRILLIC})(?![\w\u0308])\*?", re.IGNORECASE)
_STEM: Final = re.compile("kosov|косов", re.IGNORECASE)

# Inside an address the name is not a naming, and a star would break the address.
_ADDRESS: Final = re.compile(r"://|@|^[(<\"']?(?:www\.|/)")
_DOMAIN_AFTER: Final = re.compile(r"\.[a-z]{2}")
_TOKEN_REACH: Final = 200

_TAG: Final = re.compile(r"<!--.*?-->|</?([a-zA-Z][^\s/>]*)[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*>", re.DOTALL)
# What stands inside is code or a person's own typed text, never ours to change.
_VERBATIM_END: Final = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "textarea")}
_READ_BY_PEOPLE: Final = re.compile(
    r"(?<=[\s\"'])((?:aria-(?:label|description|roledescription|placeholder|valuetext)|title|alt|placeholder|label|summary"
    r"|data-label)\s*=\s*)(\"[^\"]*\"|'[^']*')",
    re.IGNORECASE,
)

_FOOTNOTES: Final = {
    "en": (
        "This designation is without prejudice to positions on status, and is in line with UN Security "
        "Council Resolution 1244/1999 and the Opinion of the International Court of Justice on the Kosovo "
        "declaration of independence."
    ),
    "sq": (
        "Ky emërtim nuk paragjykon qëndrimet për statusin dhe është në përputhje me Rezolutën 1244/1999 të "
        "Këshillit të Sigurimit të OKB-së dhe me Opinionin e Gjykatës Ndërkombëtare të Drejtësisë për "
        "shpalljen e pavarësisë së Kosovës."
    ),
    "bs": (
        "Ovaj naziv ne dovodi u pitanje stavove o statusu i u skladu je s Rezolucijom 1244/1999 Vijeća "
        "sigurnosti UN-a i mišljenjem Međunarodnog suda pravde o proglašenju nezavisnosti Kosova."
    ),
    "mk": (
        "Овој назив не ги доведува во прашање ставовите за статусот и е во согласност со Резолуцијата "
        "1244/1999 на Советот за безбедност на ОН и со мислењето на Меѓународниот суд на правдата за "
        "прогласувањето независност на Косово."
    ),
    "cnr": (
        "Ovaj naziv ne dovodi u pitanje stavove o statusu i u skladu je s Rezolucijom 1244/1999 Savjeta "
        "bezbjednosti UN i mišljenjem Međunarodnog suda pravde o proglašenju nezavisnosti Kosova."
    ),
    "sr": (
        "Овај назив не доводи у питање ставове о статусу и у складу је са Резолуцијом 1244/1999 Савета "
        "безбедности УН и мишљењем Међународног суда правде о проглашењу независности Косова."
    ),
    "sr-latn": (
        "Ovaj naziv ne dovodi u pitanje stavove o statusu i u skladu je sa Rezolucijom 1244/1999 Saveta "
        "bezbednosti UN i mišljenjem Međunarodnog suda pravde o proglašenju nezavisnosti Kosova."
    ),
}


def names_kosovo(text: str) -> bool:
    """Whether the plain text names Kosovo, marked or not; such an output needs the footnote."""
    return any(not _in_address(match) for match in _NAMING.finditer(text))


def mark_text(text: str) -> str:
    """The text with an asterisk after every naming of Kosovo; marking twice changes nothing more."""
    return _NAMING.sub(_starred, text) if _STEM.search(text) else text


def footnote(language: str) -> str:
    """The footnote's sentence in a language of ours, asterisk first; English for any other language."""
    tag = language.lower()
    return mark_text("* " + (_FOOTNOTES.get(tag) or _FOOTNOTES.get(tag.split("-")[0]) or _FOOTNOTES["en"]))


def mark_html(html: str, language: str) -> str:
    """A page or fragment with the rule applied to all that people read in it.

    Text and human-read attributes are marked; code, typed text (textarea, input values) and addresses are not. The
    footnote fills the slot of the page; a whole page without one gets it before `</body>`; a fragment gets none.
    """
    if not _STEM.search(html):
        return html.replace(SLOT, "")
    pieces = list(_marked_pieces(html))
    marked = "".join(piece for piece, _named in pieces)
    if not any(named for _piece, named in pieces) or _PRESENT in marked:
        return marked.replace(SLOT, "")
    note = f'<p {_PRESENT} class="kosovo-footnote">{footnote(language)}</p>'
    if SLOT in marked:
        before, _slot, after = marked.partition(SLOT)
        return before + note + after.replace(SLOT, "")
    before, end, after = marked.rpartition("</body>")
    return before + note + end + after if end else marked


def _starred(match: re.Match[str]) -> str:
    return match[0] if _in_address(match) else match[1] + "*"


def _in_address(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    before = re.split(r"\s", text[max(0, start - _TOKEN_REACH) : start])[-1]
    after = re.split(r"\s", text[end : end + _TOKEN_REACH], maxsplit=1)[0]
    if match[1].islower() and _DOMAIN_AFTER.match(after):
        return True
    return bool(_ADDRESS.search(before + match[0] + after))


def _marked_pieces(html: str) -> Iterator[tuple[str, bool]]:
    """The page in order, piece by piece, each with whether it names Kosovo where people read."""
    position = 0
    while match := _TAG.search(html, position):
        yield _marked_if_named(html[position : match.start()])
        name = (match[1] or "").lower()
        yield (match[0], False) if not name else _marked_tag(match[0])
        position = match.end()
        if name in _VERBATIM_END and not match[0].startswith("</"):
            end = _VERBATIM_END[name].search(html, position)
            stop = end.start() if end else len(html)
            yield html[position:stop], False
            position = stop
    yield _marked_if_named(html[position:])


def _marked_if_named(text: str) -> tuple[str, bool]:
    if not _STEM.search(text):
        return text, False
    return mark_text(text), names_kosovo(text)


def _marked_tag(tag: str) -> tuple[str, bool]:
    if not _STEM.search(tag):
        return tag, False
    values = [match[2] for match in _READ_BY_PEOPLE.finditer(tag)]
    marked = _READ_BY_PEOPLE.sub(lambda match: match[1] + match[2][0] + mark_text(match[2][1:-1]) + match[2][-1], tag)
    return marked, any(names_kosovo(value[1:-1]) for value in values)
