"""The one mechanism behind the Kosovo* rule.

Every output that names Kosovo shows the asterisk at each naming and the footnote once, in the language of the output.
Channels that are not HTML (mail, CSV, PDF data) call `mark_text` and `footnote`; pages go through `mark_html`, which
the middleware applies to every answer, so that no template and no author has to remember the rule.

`kosovski`, `Kosovar`, `косовски` and the like are adjectives: they name no partner and stay as they are.
An `<option>` must carry its `value` (Django's do): without one, the browser would submit the marked text.
"""

import re
from typing import Final

SLOT: Final = "<!--kosovo-footnote-->"
_PRESENT: Final = 'id="kosovo-footnote"'

# Endings: en/bs/cnr/sr-latn Kosovo, -a, -u, -om; sq Kosovë, -s, -n (also written without the diaeresis, or with a
# combining one); sr/mk Косово, -а, -у, -ом. A star that is there already is swallowed and written again.
_LATIN: Final = "kosov(?:om|o|a|u|(?:ë|e\u0308?)(?:s|n)?)"
_CYRILLIC: Final = "косов(?:ом|о|а|у)"
_NAMING: Final = re.compile(rf"(?<!\w)({_LATIN}|{_CYRILLIC})(?![\w\u0308])\*?", re.IGNORECASE)
_STEMS: Final = ("kosov", "косов")

# Inside an address the name is not a naming, and a star would break the address.
_ADDRESS: Final = re.compile(r"://|@|^[(<\"']?(?:www\.|/)")
_ADDRESS_SIGNS: Final = ("/", "@", "www.")
_DOMAIN_AFTER: Final = re.compile(r"\.[a-z]{2}")
_TOKEN_REACH: Final = 200

_ATTRIBUTES: Final = r"[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*+"
# A comment, an element whose inside is code or a person's own typed text (never ours to change), or a tag. Letter cases
# are spelled out since the engine searches for the plain first character only without the flag for them.
_VERBATIM: Final = "[sS][cC][rR][iI][pP][tT]|[sS][tT][yY][lL][eE]|[tT][eE][xX][tT][aA][rR][eE][aA]"
_TAG: Final = re.compile(
    rf"<(?:!--.*?-->"
    rf"|(?P<name>{_VERBATIM})(?=[\s/>]){_ATTRIBUTES}>(?P<inside>.*?)(?=</(?i:(?P=name))[\s/>]|\Z)"
    rf"|/?[a-zA-Z]{_ATTRIBUTES}>)",
    re.DOTALL,
)
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
    return bool(_stems(text)) and any(not _in_address(match) for match in _NAMING.finditer(text))


def mark_text(text: str) -> str:
    """The text with an asterisk after every naming of Kosovo; marking twice changes nothing more."""
    return _NAMING.sub(_starred, text) if _stems(text) else text


def footnote(language: str) -> str:
    """The footnote's sentence in a language of ours, asterisk first; English for any other language."""
    tag = language.lower()
    return mark_text("* " + (_FOOTNOTES.get(tag) or _FOOTNOTES.get(tag.split("-")[0]) or _FOOTNOTES["en"]))


def mark_message(text: str, language: str) -> str:
    """A whole message in plain text (a mail) with the rule applied: marked, and with the footnote where it names Kosovo."""
    return f"{mark_text(text)}\n\n{footnote(language)}" if names_kosovo(text) else text


def mark_html(html: str, language: str) -> str:
    """A page or fragment with the rule applied to all that people read in it.

    Text and human-read attributes are marked; code, typed text (textarea, input values) and addresses are not. The
    footnote fills the slot of the page; a whole page without one gets it before `</body>`; a fragment gets none.
    """
    before, slot, after = html.partition(SLOT)
    before, named_before = _marked(before)
    after, named_after = _marked(after.replace(SLOT, ""))
    if not (named_before or named_after) or _PRESENT in before or _PRESENT in after:
        return before + after
    note = f'<p {_PRESENT} class="kosovo-footnote">{footnote(language)}</p>'
    if slot:
        return before + note + after
    head, end, tail = before.rpartition("</body>")
    return head + note + end + tail if end else before


def _starred(match: re.Match[str]) -> str:
    return match[0] if _in_address(match) else match[1] + "*"


def _in_address(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    if match[1].islower() and _DOMAIN_AFTER.match(text, end):
        return True
    before, after = text[max(0, start - _TOKEN_REACH) : start], text[end : end + _TOKEN_REACH]
    if not any(sign in before or sign in after for sign in _ADDRESS_SIGNS):
        return False
    word_before = re.split(r"\s", before)[-1]
    word_after = re.split(r"\s", after, maxsplit=1)[0]
    return bool(_ADDRESS.search(word_before + match[0] + word_after))


def _stems(text: str) -> list[int]:
    """Where the name may begin. A plain search of the lowered text, since most pages and words have none."""
    lowered = text.lower()
    if len(lowered) != len(text):  # the dotted capital I is the one letter that grows
        lowered = text.replace("İ", "I").lower()
    found = []
    for stem in _STEMS:
        position = lowered.find(stem)
        while position >= 0:
            found.append(position)
            position = lowered.find(stem, position + len(stem))
    return sorted(found)


def _marked(html: str) -> tuple[str, bool]:
    """The markup with its namings starred, and whether there is any where people read."""
    stems = _stems(html)
    if not stems:
        return html, False
    pieces, named, done, position = [], False, 0, 0
    awaited = iter([*stems, len(html) + 1])
    upcoming = next(awaited)
    for token in _TAG.finditer(html):
        end = token.end()
        if end > upcoming:
            text, tag = html[position : token.start()], _Tag(token)
            pieces += [html[done:position], mark_text(text), tag.marked()]
            named = named or names_kosovo(text) or tag.names_kosovo()
            done = end
            while upcoming < end:
                upcoming = next(awaited)
        position = end
    rest = html[position:]
    return "".join([*pieces, html[done:position], mark_text(rest)]), named or names_kosovo(rest)


class _Tag:
    """A tag, with the verbatim inside of the element where it has one, or a comment."""

    def __init__(self, token: re.Match[str]) -> None:
        self._verbatim = token["inside"] or ""
        self._tag = token[0].removesuffix(self._verbatim)
        self._values = [] if self._tag.startswith("<!--") else list(_READ_BY_PEOPLE.finditer(self._tag))

    def names_kosovo(self) -> bool:
        return any(names_kosovo(value[2][1:-1]) for value in self._values)

    def marked(self) -> str:
        pieces, done = [], 0
        for value in self._values:
            pieces += [self._tag[done : value.start(2)], value[2][0], mark_text(value[2][1:-1]), value[2][-1]]
            done = value.end()
        return "".join([*pieces, self._tag[done:], self._verbatim])
