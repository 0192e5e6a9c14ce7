"""The specimens of the gallery: every component in every variant, and with the texts that try a layout out.

They stand in the scripts and lengths that they try out, so they are not translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

WORDS: dict[str, str] = {
    "long text": "Special Prosecution Office for the Suppression of Organised and Transnational Economic Crime, Department II",
    "Cyrillic": "Тужилаштво за организовани криминал",
    "a starred name": "Kosovo and Albania",
    "right to left": "مكتب المدعي العام 12/2026",
}
"""What every component that carries words is shown with."""


@dataclass(frozen=True)
class Specimen:
    """One state of a component, and the markup that gives it."""

    state: str
    markup: str
    words: str = ""


@dataclass(frozen=True)
class Component:
    """A component by its name. ``worded`` is markup with ``{{ words }}`` in it; empty where all words are the component's own."""

    name: str
    states: dict[str, str]
    worded: str = ""

    @property
    def tag(self) -> str:
        """How it is called in a template."""
        return f"c-{self.name.replace('_', '-')}"

    def specimens(self) -> Iterator[Specimen]:
        """Every state that is declared, then every text."""
        for state, markup in self.states.items():
            yield Specimen(state, markup)
        if self.worded:
            for state, words in WORDS.items():
                yield Specimen(state, self.worded, words)


def _each(attribute: str, values: str, markup: str) -> dict[str, str]:
    """The same markup once for each value of an attribute."""
    return {value: markup.replace("VALUE", f'{attribute}="{value}"') for value in values.split()}


_ROWS = (
    '<tr><c-cell head label="Authority">SPAK</c-cell><c-cell label="Place">Tirana</c-cell>'
    '<c-cell numeric label="Cases">12</c-cell></tr>'
)

GALLERY: tuple[Component, ...] = (
    Component(
        "page_header",
        {
            "full": '<c-page-header title="Cocaine in fruit" kicker="C-2026-4BHQ2V" lead="What it is about, in one line.">'
            '<c-status-pill label="Open" tone="progress" /></c-page-header>',
            "title alone": '<c-page-header title="Cases" />',
        },
        '<c-page-header title="{{ words }}" lead="{{ words }}" />',
    ),
    Component(
        "breadcrumb",
        {
            "with its page": '<c-breadcrumb label="First way" :trail="trail" here="Edit the facts" />',
            "steps alone": '<c-breadcrumb label="Second way" :trail="trail" />',
        },
        '<c-breadcrumb label="Way: {{ words }}" here="{{ words }}" />',
    ),
    Component(
        "panel",
        {
            "with count and act": '<c-panel id="specimen-notes" title="Notes" count="3"><c-slot name="actions">'
            '<c-button size="small" variant="secondary" href="#panel">Write</c-button></c-slot><p>Three notes.</p></c-panel>',
            "bare": '<c-panel id="specimen-bare" title="Without a frame" variant="bare"><p>Text.</p></c-panel>',
            "level 3": '<c-panel id="specimen-level" title="Below another" level="3"><p>Text.</p></c-panel>',
        },
        '<c-panel id="specimen-panel-{{ number }}" title="{{ words }}"><p class="written">{{ words }}</p></c-panel>',
    ),
    Component(
        "button",
        {
            **_each("variant", "primary secondary plain danger", '<c-button VALUE type="button">Go on</c-button>'),
            "small": '<c-button size="small" type="button">Go on</c-button>',
            "a link": '<c-button href="#button">Go on</c-button>',
            "disabled": '<c-button type="button" disabled>Go on</c-button>',
        },
        '<c-button variant="secondary" type="button">{{ words }}</c-button>',
    ),
    Component(
        "transition_button",
        {
            "asks first": '<c-transition-button :transition="transition" url="#transition_button" />',
            "primary": '<c-transition-button :transition="transition" url="#transition_button" variant="primary" size="small" />',
            "at once": '<c-transition-button :transition="transition" url="" method="post" version="1" submission_key="key" />',
        },
    ),
    Component(
        "status_pill",
        _each("tone", "neutral draft waiting progress good bad closed", '<c-status-pill VALUE label="As it stands" />'),
        '<c-status-pill tone="progress" label="{{ words }}" />',
    ),
    Component(
        "handling_code",
        {
            **_each("code", "H0 H1 H2 H3", "<c-handling-code VALUE />"),
            "brief": '<c-handling-code code="H1" brief="yes" />',
        },
    ),
    Component(
        "urgency",
        _each("level", "low normal high critical", '<c-urgency VALUE label="As urgent as that" />'),
        '<c-urgency level="high" label="{{ words }}" />',
    ),
    Component(
        "form",
        {
            "empty": '<c-form :form="empty" submit="Save" cancel="#form" submission_key="key" id="specimen-form" action="#form"'
            ' gives_file="yes" />',
            "with errors": '<c-form :form="faulty" method="get" submit="Delete" variant="danger" layout="wide"'
            ' cancel="#form" cancel_label="Keep it">'
            '<c-slot name="before"><c-notice>Read this first.</c-notice></c-slot>'
            '<c-slot name="buttons"><c-button variant="secondary" type="button">More</c-button></c-slot></c-form>',
        },
    ),
    Component(
        "field",
        {
            "a line with a limit": '<c-field :field="single.title" />',
            "a long text with a counter, asked for by another field": '<c-field :field="single.summary" needed />',
            "columns": '<c-field :field="single.partners" layout="columns" />',
            "a list": '<c-field :field="single.stage" />',
            "one box": '<c-field :field="single.agreed" />',
            "with an error": '<c-field :field="broken.title" />',
        },
    ),
    Component("form_errors", {"with a heading": '<c-form-errors :form="lone" heading="Nobody came in. Look at this:" />'}),
    Component(
        "filter",
        {
            "words": '<c-filter :field="narrowing.title" />',
            "one of several": '<c-filter :field="narrowing.stage" />',
            "several of several": '<c-filter :field="narrowing.partners" />',
            "on or off": '<c-filter :field="narrowing.agreed" />',
        },
    ),
    Component(
        "table",
        {
            "cards where there is no room": f'<c-table caption="Authorities" columns="Authority|Place|Cases#">{_ROWS}</c-table>',
            "rows": '<c-table caption="Few columns" caption_hidden="yes" layout="rows" columns="Authority|Place|Cases#">'
            f"{_ROWS}</c-table>",
            "dense": '<c-table caption="To look through" dense="1" columns="Authority|Place|Cases#">'
            f"{_ROWS}</c-table>",
            "empty": '<c-table caption="Without rows" columns="Authority|Place"></c-table>',
        },
        '<c-table caption="{{ words }}" columns="Who|What"><tr><c-cell head label="Who">{{ words }}</c-cell>'
        '<c-cell label="What">{{ words }}</c-cell></tr></c-table>',
    ),
    Component(
        "cell", {"in a row": f'<c-table caption="One row" columns="Authority|Place|Cases#">{_ROWS}</c-table>'}
    ),
    Component(
        "facts",
        {"of three": '<c-facts><c-fact name="Stage">Investigation</c-fact><c-fact name="Opened">May</c-fact></c-facts>'},
        '<c-facts><c-fact name="{{ words }}">{{ words }}</c-fact></c-facts>',
    ),
    Component("fact", {"empty": '<c-facts><c-fact name="Stage"></c-fact></c-facts>'}),
    Component(
        "timeline",
        {
            "two events": '<c-timeline label="What happened"><c-timeline-item :at="now" what="Closed" who="A. Hoxha, SPAK">Done.'
            '</c-timeline-item><c-timeline-item :at="earlier" what="Opened" /></c-timeline>'
        },
        '<c-timeline><c-timeline-item :at="now" what="{{ words }}" who="{{ words }}">{{ words }}</c-timeline-item></c-timeline>',
    ),
    Component("timeline_item", {"alone": '<c-timeline><c-timeline-item :at="now" what="Closed" /></c-timeline>'}),
    Component(
        "empty_state",
        {
            "with an act": '<c-empty-state title="No cases yet" text="Cases stand here." action="New case" href="#empty_state" />',
            "without": '<c-empty-state title="No cases yet" />',
        },
        '<c-empty-state title="{{ words }}" text="{{ words }}" />',
    ),
    Component(
        "notice",
        {
            **_each("kind", "info success warning error", '<c-notice VALUE title="Good to know">Nothing was lost.</c-notice>'),
            "spoken": '<c-notice role="status">Saved.</c-notice>',
        },
        '<c-notice title="{{ words }}"><p>{{ words }}</p></c-notice>',
    ),
    Component(
        "deadline",
        {
            "late": '<c-deadline :at="earlier" :now="now" />',
            "soon": '<c-deadline :at="soon" :now="now" />',
            "later": '<c-deadline :at="later" :now="now" />',
        },
    ),
    Component(
        "principal",
        {"with its authority": '<c-principal name="A. Hoxha" of="SPAK, Albania" />', "alone": '<c-principal name="Case desk" />'},
        '<c-principal name="{{ words }}" of="{{ words }}" />',
    ),
    Component(
        "pagination",
        {
            "both ways": '<c-pagination newer="#pagination" older="#pagination" label="Pages in the middle" />',
            "towards what is later": '<c-pagination newer="#pagination" older="#pagination" forward="1" label="Pages by date" />',
            "at the beginning": '<c-pagination older="#pagination" label="Pages at the beginning" />',
        },
    ),
    Component(
        "tabs",
        {"two": '<c-tabs label="Parts of the case" :tabs="tabs" />'},
        '<c-tabs label="Tabs: {{ words }}" :tabs="tabs" />',
    ),
)  # fmt: skip
