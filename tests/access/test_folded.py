"""Stored search keys follow the rules of folding. The owner writes them, as a migration does: outside every action."""

from __future__ import annotations

import pytest
from django.apps import apps

from foundation import access
from foundation.access.folded import fold_again
from foundation.access.models import Root
from foundation.components.folding import fold
from tests.bed.sides import as_owner
from tests.people import House

pytestmark = [pytest.mark.django_db, pytest.mark.writes_outside_actions]


def test_keys_of_older_rules_are_written_again_and_nothing_else() -> None:
    ann = House().person("Ann", "AL")
    with ann.acting() as by:
        for number, title in enumerate(("Hoxha", "Шаќири")):
            access.open_root(by=by, kind="case", reference=f"C-2026-{number}", title=title)
    with as_owner():
        Root.objects.update(folded="of older rules")
        before = dict(Root.objects.values_list("pk", "sort_at"))

        fold_again(apps)
        fold_again(apps)

        roots = list(Root.objects.all())
        assert {root.folded for root in roots} == {fold("C-2026-0 Hodža"), fold("C-2026-1 Shaqiri")}
        assert {root.pk: root.sort_at for root in roots} == before
