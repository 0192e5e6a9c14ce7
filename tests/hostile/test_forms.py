"""Whatever a browser sends to a form, the answer is one of ours: 2xx to 4xx, in the product's look, with the typed text kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from foundation.access.models import Root
from foundation.pages.forms import ActionPage
from tests.hostile import attacks
from tests.hostile.conftest import browser, complaint, sent
from tests.hostile.places import PLACES
from tests.hostile.stage import Place, Stage

pytestmark = pytest.mark.django_db

Typed = dict[str, Any]
Complaints = dict[str, str]


def form_pages(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every address whose page is a form with an action behind it."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from form_pages(pattern)
        elif issubclass(getattr(pattern.callback, "view_class", object), ActionPage):
            yield pattern


GIVEN_OUT = {
    "documents_export": "gives out a file each time, and custody says so each time (tests/documents/test_exports.py)"
}
SHOWN_ONCE = {
    "token_grant": "its answer shows a secret, which may stand in no address and no session",
    "token_rotate": "the same",
    "webhook_subscribe": "the same",
    "webhook_rotate": "the same",
}
NAMES = sorted(str(pattern.name) for pattern in form_pages(get_resolver()))


def opened(stage: Stage, name: str) -> tuple[Place, Any, dict[str, Any]]:
    """The form, and what an honest browser would send."""
    place = PLACES[name](stage, name)
    # What building the stage left to be checked at the end is checked now, not with every form again.
    connection.check_constraints()
    page = browser(place.person).get(place.address)
    assert page.status_code == 200
    form = page.context["form"]
    return place, form, {**attacks.honest(form), **place.typed}


def test_every_form_has_a_place() -> None:
    assert sorted(PLACES) == NAMES
    assert SHOWN_ONCE.keys() <= PLACES.keys(), "stale exceptions"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_a_browser_sends_breaks_a_form(stage: Stage, name: str) -> None:
    place, form, typed = opened(stage, name)
    client = browser(place.person)

    wrong = {
        **hostile_values(client, place, form, typed),
        **strange_forms(client, place, typed),
        **strange_addresses(stage, client, place, typed),
        **without_token(place, typed),
    }

    assert {what: said for what, said in wrong.items() if said} == {}


def test_no_stale_exceptions() -> None:
    assert set(GIVEN_OUT) <= set(NAMES)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in GIVEN_OUT])
def test_an_honest_form_has_its_effect_once(stage: Stage, name: str) -> None:
    place, _form, typed = opened(stage, name)
    client, key = browser(place.person), str(uuid4())

    first, second = (client.post(place.address, {**typed, "submission_key": key}) for _again in range(2))
    stale = sent(client, place, typed)

    assert (first.status_code, second.status_code) == (200 if name in SHOWN_ONCE else 302, 302), first.content
    assert name in SHOWN_ONCE or first["Location"] == second["Location"]
    assert complaint(stale) == ""


def hostile_values(client: Client, place: Place, form: Any, typed: Typed) -> Complaints:
    """Every field with every value that it never offered."""
    found = {}
    for attack in attacks.on(form):
        answer = sent(client, place, {**typed, attack.field: attack.value})
        kept = attack.value if attacks.is_text(form.fields[attack.field]) else ""
        found[str(attack)] = complaint(answer, kept)
    return found


def strange_forms(client: Client, place: Place, typed: Typed) -> Complaints:
    """Forms that as a whole are not ours; without a key, or for another membership, nothing is changed."""
    no_effect = {
        "no key": ({**typed, "submission_key": ""}, 422),
        "mangled key": ({**typed, "submission_key": "9" * 400}, 422),
        "NUL in the key": ({**typed, "submission_key": "a\0b"}, 422),
        "NUL in the membership": ({**typed, "acting": "a\0b"}, 403),
        "another's membership": ({**typed, "acting": str(uuid4())}, 403),
    }
    found = {}
    for what, (fields, status) in no_effect.items():
        answer = sent(client, place, fields)
        found[what] = complaint(answer) or ("" if answer.status_code == status else f"answered {answer.status_code}")
    harmless = {
        "nothing typed": {},
        "unknown fields": {**typed, "is_superuser": "1", "owner": str(uuid4()), "status": "closed", "__class__": "x"},
        "every field twice": {what: one if isinstance(one, list) else [one, one] for what, one in typed.items()},
    }
    return found | {what: complaint(sent(client, place, fields)) for what, fields in harmless.items()}


def strange_addresses(stage: Stage, client: Client, place: Place, typed: Typed) -> Complaints:
    """The form's address with keys of nothing, of a partner and of records of another kind: not there, or not allowed."""
    forged = {"nothing": uuid4(), **wrong_kinds(stage, place)}
    found = {}
    for what, key in forged.items():
        for name in place.keys:
            elsewhere = replace(place, keys={**place.keys, name: key})
            for method, answer in (("get", client.get(elsewhere.address)), ("post", sent(client, elsewhere, typed))):
                seen = complaint(answer) or (
                    "" if answer.status_code in {403, 404} else f"answered {answer.status_code}"
                )
                found[f"{method} with {name} of {what}"] = seen
    return found


def wrong_kinds(stage: Stage, place: Place) -> dict[str, UUID]:
    """A partner, and roots that this person sees, as far as the form is not about such."""
    with place.person.acting() as actor:
        roots = dict(Root.objects.visible_to(actor).values_list("kind", "pk"))
    own = place.name.partition("_")[0]
    about = "case" if own in {"note", "task", "proceeding", "file", "print"} else own
    about = "case" if place.name == "document_copy" else about
    anywhere = own == "sharing" or place.name in {"document_add", "documents_export"}
    seen = {} if anywhere else {f"a {kind}": key for kind, key in roots.items() if kind != about}
    of_partners = place.name in {"administrator_found", "console_authority_found"}
    return seen if of_partners else {**seen, "a partner": stage.house.partner("RS").pk}


def without_token(place: Place, typed: Typed) -> Complaints:
    """Changes nothing, and everything typed is there to copy."""
    answer = sent(browser(place.person, strict=True), place, {**typed, "remark": "With all our heart"})
    kept = answer.status_code == 403 and "With all our heart" in answer.content.decode()
    return {"no token": complaint(answer) or ("" if kept else f"answered {answer.status_code}")}
