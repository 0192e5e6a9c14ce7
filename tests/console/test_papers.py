"""Printed papers in the console: numbers and specimens, and no paper of anybody's."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from foundation.audit import events
from foundation.documents.printing import kinds
from foundation.tenancy.choices import Role
from tests.bed import sessions
from wbcj.console.paper_specimens import SPECIMENS


@pytest.fixture
def tina(house):
    return house.staff("Tina", "EJ", Role.TECHNICAL_ADMINISTRATOR)


@pytest.fixture
def hers(tina, client):
    sessions.signed_in_fully(client, tina.account)
    return client


def test_there_is_a_specimen_of_every_paper():
    assert SPECIMENS.keys() == {kind.name for kind in kinds.every()}


def test_every_paper_stands_there_in_every_language_with_its_version(hers):
    rows = hers.get(reverse("console_papers")).context["rows"]

    assert [row.name for row in rows] == [kind.name for kind in kinds.every()]
    for row in rows:
        assert [one.code for one in row.languages] == [code for code, _label in settings.LANGUAGES]
        assert {len(one.edition) for one in row.languages} == {16}
        assert (row.printed, row.failed) == (0, 0)


@pytest.mark.parametrize(("kind", "language"), [*((name, "en") for name in SPECIMENS), ("cases.sheet", "sr")])
def test_a_specimen_is_printed_and_the_look_is_on_record(kind, language, tina, hers):
    answer = hers.get(reverse("console_paper", kwargs={"kind": kind, "language": language}))

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    assert "Lorem" in "".join(page.extract_text() for page in reader.pages)
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(language)
    with tina.acting() as actor:
        assert events.newest(actor, before=None, limit=1)[0].verb == "console.paper.viewed"


@pytest.mark.parametrize(("kind", "language"), [("no.such", "en"), ("cases.sheet", "xx")])
def test_a_paper_or_language_that_there_is_not_is_not_there(kind, language, hers):
    assert hers.get(reverse("console_paper", kwargs={"kind": kind, "language": language})).status_code == 404


def test_nobody_else_looks_or_counts(ann, client):
    sessions.signed_in_fully(client, ann.account)

    assert client.get(reverse("console_papers")).status_code == 403
    assert client.get(reverse("console_paper", kwargs={"kind": "cases.sheet", "language": "en"})).status_code == 403
    with ann.acting(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_printed(now())")
