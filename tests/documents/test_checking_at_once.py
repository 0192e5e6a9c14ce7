"""Two who check one file for the first time, at once, are one look on the custody record."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from foundation.documents import checking
from foundation.documents.models import CustodyEntry
from tests.cases.cast import CaseWorld
from tests.documents.keeping import file_document

pytestmark = pytest.mark.commits


def test_two_first_checks_at_once_write_one_line():
    world = CaseWorld()
    case = world.open()
    with world.ann.acting() as ann:
        location = file_document(b"filed", root_id=case.pk, by=ann, at=world.now).versions.get().location
    second_begins = Event()

    def check():
        try:
            with world.ann.acting():
                second_begins.set()
                checking.report(location=location, intact=True, problem="", at=world.now)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with world.ann.acting():
            checking.report(location=location, intact=True, problem="", at=world.now)
            other = pool.submit(check)
            assert second_begins.wait(timeout=10)
            # It waits for this one, or would have written its own line by then.
            with pytest.raises(TimeoutError):
                other.result(timeout=1)
        other.result(timeout=10)

    with world.ann.acting() as ann:
        assert CustodyEntry.objects.visible_to(ann).filter(act="verified").count() == 1
