"""A title is one line that can be read and clicked, whoever wrote it."""

from __future__ import annotations

import pytest

from foundation import access
from foundation.access.models import Root

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("Забрана \u202egnp.exe", "Забрана gnp.exe"),
        ("Two\r\nlines\tand more", "Two lines and more"),
        ("Hoxha\u200b and \u2066others\u2069", "Hoxha and others"),
        ("مكتب 12/2026", "مكتب 12/2026"),
        ("Škoda – “Љиљан” & sons", "Škoda – “Љиљан” & sons"),
    ],
    ids=["direction turned", "lines", "marks without shape", "right to left by itself", "plain"],
)
def test_a_title_stands_as_one_line(story, typed, stands):
    with story.ann.acting() as by:
        key = access.open_root(by=by, kind="sample", reference="S-1", title=typed)
        assert Root.objects.visible_to(by).get(pk=key).title == stands
        access.touch(by=by, root_id=key, reference="S-1", title=f"{typed} again")
        assert Root.objects.visible_to(by).get(pk=key).title == f"{stands} again"


@pytest.mark.parametrize(
    "nothing", ["\u200b", "\u202e\u2066", "—", " \u00a0 "], ids=["no width", "turns", "a dash", "blanks"]
)
def test_a_title_that_nobody_can_read_is_refused_in_words(story, nothing):
    with story.ann.acting() as by, pytest.raises(access.UnableToName, match="letter or a figure"):
        access.open_root(by=by, kind="sample", reference="S-1", title=nothing)
