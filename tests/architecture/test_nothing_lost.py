"""A versioned form comes with the page that shows a conflict field by field; a long form keeps what is typed."""

from __future__ import annotations

import pytest
from django import forms

from foundation.pages.forms import ActionPage, VersionedForm
from tests.architecture.pages import routes

MOVE = "moves something on; its words are new, and no value of the record stands in the form"
# Forms that carry a version and edit no value: stale, they come back with a sentence and with everything typed.
MOVES = {
    "case_archive": MOVE,
    "case_close": MOVE,
    "case_coordinate": MOVE,
    "case_reopen": MOVE,
    "case_submit": MOVE,
    "document_copy": "files a document of its own elsewhere; the version says of which original it was read",
    "document_withdraw": MOVE,
    "invitation_accept": MOVE,
    "invitation_decline": MOVE,
    "invitation_withdraw": MOVE,
    "jit_agree": MOVE,
    "jit_assess": MOVE,
    "jit_draft": MOVE,
    "jit_end_member": MOVE,
    "jit_end_part": MOVE,
    "jit_enter": MOVE,
    "jit_invite": MOVE,
    "jit_not_set_up": MOVE,
    "jit_propose": MOVE,
    "jit_refuse": MOVE,
    "jit_resume": MOVE,
    "jit_suspend": MOVE,
    "jit_text_accept": MOVE,
    "jit_text_withdraw": MOVE,
    "jit_take": "begins the draft; nothing stands there yet",
    "jit_task_done": MOVE,
    "jit_task_drop": MOVE,
    "jit_task_reopen": MOVE,
    "meeting_cancel": MOVE,
    "meeting_close": MOVE,
    "meeting_start": MOVE,
    "nomination_agenda": MOVE,
    "nomination_close_voting": MOVE,
    "nomination_decide": MOVE,
    "nomination_open_voting": MOVE,
    "nomination_return": MOVE,
    "nomination_withdraw": MOVE,
}
SHORT = {
    "console_reference_import": "rows are copied from a file that stands elsewhere; what is kept of them is the proposal alone",
    "console_reminder_rules_import": "the same",
    "console_voting_rules_import": "the same",
    "nomination_vote": "a voice is sealed until the count: it is stored once, when it is cast",
}

PAGES = {r.name: r.page for r in routes() if r.page and issubclass(r.page, ActionPage)}


def form_of(page: type[ActionPage]) -> type[forms.Form]:
    """The class of its form; of a move, as its transition has it."""
    view = page()
    form = view.get_form_class()
    assert form is not None
    return form


FORMS = {name: form_of(page) for name, page in PAGES.items()}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_form_with_a_version_is_a_versioned_form(name):
    assert ("version" in FORMS[name].base_fields) == issubclass(FORMS[name], VersionedForm)


@pytest.mark.parametrize("name", sorted(n for n in PAGES if "version" in FORMS[n].base_fields))
def test_a_versioned_form_shows_a_conflict_field_by_field(name):
    page = PAGES[name]
    edits = page.edited is not ActionPage.edited and page.values_of is not ActionPage.values_of
    assert edits != (name in MOVES), f"{name} needs edited and values_of, or a reason in MOVES"


@pytest.mark.parametrize("name", sorted(n for n in PAGES if PAGES[n].edited is not ActionPage.edited))
def test_whoever_edits_learns_who_changed_it(name):
    page = PAGES[name]
    assert page.changes or page.changed_by is not ActionPage.changed_by


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_form_in_which_somebody_writes_at_length_keeps_what_is_typed(name):
    long = any(isinstance(field.widget, forms.Textarea) for field in FORMS[name].base_fields.values())
    if long:
        assert PAGES[name].keeps_drafts != (name in SHORT), f"{name} needs keeps_drafts, or a reason in SHORT"


@pytest.mark.parametrize("name", sorted(n for n in PAGES if PAGES[n].keeps_drafts))
def test_no_form_that_keeps_drafts_asks_for_a_secret(name):
    secret = [n for n, field in FORMS[name].base_fields.items() if isinstance(field.widget, forms.PasswordInput)]
    assert secret == []


def test_no_stale_exceptions():
    assert MOVES.keys() | SHORT.keys() <= PAGES.keys()
