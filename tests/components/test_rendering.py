"""What the components make of their attributes: labels, links between error and field, escaping, card headings."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from foundation.components.handling import HandlingCode
from foundation.components.templatetags.components import handling_meaning
from foundation.pages.echo import Text

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMPONENTS = sorted(path.stem for path in (TEMPLATES / "cotton").glob("*.html"))
HOSTILE = "<script>alert(1)</script>\"'"


class Sample(forms.Form):
    title = forms.CharField(label="Title", max_length=12, help_text="One line.")
    summary = forms.CharField(label="Summary", max_length=4000, required=False, widget=forms.Textarea)
    partners = forms.MultipleChoiceField(
        label="Partners", choices=[("al", "Albania"), ("rs", "Serbia")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="Agreed")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


def render(markup: str, **context: object) -> str:
    return str(engines["django"].from_string(CottonCompiler().process(markup)).render(context))


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_component_says_at_its_top_what_it_takes_and_stands_in_the_table(component: str) -> None:
    text = (TEMPLATES / "cotton" / f"{component}.html").read_text()
    table = (Path(settings.BASE_DIR) / "docs" / "components.md").read_text()

    assert re.match(r"(\{% load [^%]+ %\})?\{% comment %\} \S", text)
    assert f"<c-{component.replace('_', '-')}>" in table


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_needs_a_looser_content_policy(path: Path) -> None:
    text = path.read_text()

    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\b(src|application/json))", text)
    assert "<style" not in text


def test_a_faulty_form_leads_from_each_error_to_its_field_and_keeps_what_was_typed() -> None:
    form = Sample({"title": HOSTILE * 3, "version": "3"})

    page = render('<c-form :form="form" submit="Save" submission_key="abc" />', form=form)

    assert '<a href="#id_title">' in page
    assert 'id="id_title_error"' in page
    assert re.search(r'<input[^>]*aria-describedby="[^"]*id_title_error[^"]*"[^>]*id="id_title"', page)
    assert '<a href="#id_partners_0">' in page
    assert 'id="id_partners_0"' in page
    assert '<a href="#id_agreed">' in page
    assert '<input type="hidden" name="submission_key" value="abc">' in page
    assert '<input type="hidden" name="version" value="3"' in page
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_every_id_that_a_label_error_or_help_points_to_exists_once() -> None:
    page = render('<c-form :form="form" />', form=Sample({}))

    ids = re.findall(r'\sid="([^"]+)"', page)
    pointed = re.findall(r'\sfor="([^"]+)"', page) + re.findall(r'href="#([^"]+)"', page)
    pointed += " ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split()
    assert len(ids) == len(set(ids))
    assert set(pointed) <= set(ids)


def test_only_fields_that_may_be_left_out_say_so() -> None:
    page = render('<c-form :form="form" />', form=Sample())

    assert re.search(r"Summary\s*<span[^>]*>\(optional\)", page)
    assert page.count("(optional)") == 1
    assert 'data-counts="id_summary"' in page


def test_a_field_that_another_one_asks_for_does_not_say_that_it_may_be_left_out() -> None:
    page = render('<c-field :field="form.summary" needed />', form=Sample())

    assert "Summary" in page
    assert "(optional)" not in page


def test_a_form_shows_the_fields_that_the_page_chose() -> None:
    page = render('<c-form :form="form"><c-field :field="form.title" /></c-form>', form=Sample())

    assert 'name="title"' in page
    assert 'name="partners"' not in page
    assert 'name="version"' in page


def test_a_table_carries_its_headings_into_the_cells() -> None:
    page = render(
        '<c-table caption="Cases" columns="Reference|Notes#"><tr><c-cell head label="Reference">A-1</c-cell>'
        '<c-cell numeric label="Notes">7</c-cell></tr></c-table>'
    )

    assert re.search(r"<caption>\s*Cases", page)
    assert '<th scope="col" class="numeric">Notes</th>' in page
    assert '<th scope="row" data-label="Reference">A-1</th>' in page
    assert '<td data-label="Notes" class="numeric">7</td>' in page


@pytest.mark.parametrize("code", list(HandlingCode), ids=lambda code: code.value)
def test_a_handling_code_reads_the_same_in_a_badge_and_in_words(code: HandlingCode) -> None:
    meaning = handling_meaning(code.value)

    assert f"{code.value}: {meaning[0].lower()}{meaning[1:]}" == str(code.label)


def test_a_form_that_cancels_something_can_name_its_way_back() -> None:
    plain = render('<c-form :form="form" submit="Go" cancel="/back/" />', form=Sample())
    named = render('<c-form :form="form" submit="Cancel it" cancel="/back/" cancel_label="Keep it" />', form=Sample())

    assert ">Cancel</a>" in plain
    assert ">Keep it</a>" in named
    assert ">Cancel</a>" not in named


def test_a_break_that_a_dense_card_hides_leaves_a_space_between_two_words() -> None:
    dense = [path for path in TEMPLATES.rglob("*.html") if "<c-table dense" in path.read_text()]

    assert dense
    assert [path.name for path in dense if re.search(r"\S<br>", path.read_text())] == []


def test_a_panel_is_a_section_named_by_its_heading() -> None:
    page = render('<c-panel id="notes" title="Notes" count="0">x</c-panel>')

    assert 'aria-labelledby="notes-title"' in page
    assert re.search(r'<h2 class="panel__title" id="notes-title">Notes <span class="count">0</span></h2>', page)


def test_attributes_are_escaped() -> None:
    page = render('<c-page-header title="{{ text }}" /><c-status-pill label="{{ text }}" />', text=HOSTILE)

    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 2


def test_a_transition_is_a_link_or_a_form_with_version_and_key() -> None:
    transition = SimpleNamespace(name="close", label="Close case")

    link = render('<c-transition-button :transition="t" url="/x/" />', t=transition)
    form = render(
        '<c-transition-button :transition="t" url="/x/" method="post" version="4" submission_key="k" />', t=transition
    )

    assert re.search(r'<a [^>]*href="/x/">Close case</a>', link)
    assert 'name="version" value="4"' in form
    assert 'name="submission_key" value="k"' in form
    assert 'name="transition" value="close"' in form


def test_an_instant_says_its_zone_and_an_empty_fact_says_so() -> None:
    at = datetime(2026, 5, 3, 12, 5, tzinfo=UTC)

    page = render('<c-timeline-item :at="at" what="Opened" /><c-fact name="Stage"></c-fact>', at=at)

    assert '<time datetime="2026-05-03T12:05:00Z">' in page
    assert "not given" in page


@pytest.mark.parametrize("code", ["400", "403", "404", "413", "429", "500"])
def test_error_pages_need_no_request_and_no_database_and_show_the_request_id(code: str) -> None:
    page = render_to_string(f"errors/{code}.html", {"request_id": "a1b2c3"})

    assert "a1b2c3" in page
    assert page.count("<h1>") == 1
    assert re.search(r"<title>\s*\S", page)


def test_a_form_that_was_not_taken_shows_every_typed_value_and_sends_it_again() -> None:
    request = RequestFactory().get("/")
    context = {
        "why": "expired",
        "action": "/cases/new/",
        "typed": [Text("Case title", "\nfirst line empty"), Text("Text", "</textarea>" + HOSTILE)],
        "along": [("submission_key", ["k-1"]), ("case_title", ["\nfirst line empty", "two"])],
        "again": True,
    }

    page = render_to_string("errors/kept.html", context, request=request)

    assert re.search(r'<form [^>]*method="post" action="/cases/new/"', page)
    assert 'name="csrfmiddlewaretoken"' in page
    assert '<input type="hidden" name="submission_key" value="k-1">' in page
    assert page.count('name="case_title"') == 2
    assert "Case title</label>" in page
    # A textarea drops the first line break after its tag; the typed one must stand behind that.
    assert re.search(r'readonly rows="\d+">\n\nfirst line empty</textarea>', page)
    assert "<script>alert" not in page


def test_without_why_to_confirm_more_there_is_only_the_button() -> None:
    page = render_to_string(
        "confirm.html", {"heading": "Close?", "submit_label": "Close", "submission_key": "k", "form": forms.Form()}
    )

    assert re.search(r'<button class="button button--primary" type="submit">Close</button>', page)
