"""Every action is keyword-only and knows who does it; every verb in the record is a dotted sentence."""

import ast
import inspect
import re

import pytest

from foundation.workflow.actions import ACTIONS
from tests.architecture import sources

sources.import_all()

LOADS = "reference data comes from a command before there is anybody to act, and holds no case content"
WITHOUT_ACTOR = {
    "cases.reference.loading.load": LOADS,
    "contactgroup.reference.load": LOADS,
    "jits.reference.law.load": LOADS,
    "partners.reference.loading.load": LOADS,
    "foundation.reference.loading.load": LOADS,
    "foundation.notifications.reference.loading.load": LOADS,
    "foundation.access.feed_keeping.forget_old": "deletes what is too old, of everybody; reads nothing",
    "foundation.documents.checking.report": "the product itself checks; a reader in whose hands it broke comes from the context",
    "foundation.documents.orphans.forget_uploads": "deletes uploads that were given up, of everybody; reads nothing",
    "foundation.systems.actions.note_use": "notes a use of a token before whoever holds it acts; tells nothing",
    "foundation.notifications.delivery.keeping.forget_old": "deletes what ended long ago, of everybody; reads keys alone",
    "foundation.webhooks.keeping.forget_old": "deletes what ended long ago, of everybody; reads nothing",
    "foundation.pages.api.idempotency.forget_old": "deletes what is too old, of everybody; reads nothing",
    "foundation.pages.drafts.forget_old": "deletes what is too old, of everybody; reads nothing",
    "partners.actions.founding.found_technical_administrator": "a command names the first person, before anybody can act",
    "wbcj.demo.casting.make_account": "invented people of the demo world, before any of them can act",
}
DOTTED = re.compile(r"[a-z_]+(\.[a-z_]+)+")
VERBS = {"changed": 3, "happened": 3, "consulted": 2, "refused": 2}  # fewest parts: app.thing.done for what was done


# Without what the tests of other folders have made for themselves by now.
OURS = {name for name in ACTIONS if not name.startswith("tests.")}


@pytest.mark.parametrize("name", sorted(OURS))
def test_an_action_takes_keywords_and_its_actor(name):
    parameters = inspect.signature(ACTIONS[name]).parameters.values()
    assert all(p.kind in (p.KEYWORD_ONLY, p.VAR_KEYWORD) for p in parameters)
    assert "by" in {p.name for p in parameters} or name in WITHOUT_ACTOR


def test_no_stale_exceptions():
    assert WITHOUT_ACTOR.keys() <= ACTIONS.keys()


def test_actions_live_in_modules_that_say_so():
    """`actions` by name, or one of the ground floor's small modules that are nothing but their actions."""
    small = {
        "foundation.access.feed_keeping",
        "foundation.pages.submissions",
        "foundation.pages.drafts",
        "foundation.pages.api.idempotency",
        "foundation.notifications.inbox",
        "foundation.notifications.preferences",
    }
    named = {name for name in OURS if "actions" in name.split(".") or name.rpartition(".")[0] in small}
    odd = OURS - named - WITHOUT_ACTOR.keys()
    assert odd == set()


def test_verbs_of_the_record_are_dotted():
    wrong = []
    for path in sources.modules():
        for called, node in sources.calls(path):
            if (
                called in VERBS
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                verb = node.args[0].value
                if not DOTTED.fullmatch(verb) or verb.count(".") + 1 < VERBS[called]:
                    wrong.append(f"{sources.name(path)}:{node.lineno} {verb}")
    assert wrong == []
