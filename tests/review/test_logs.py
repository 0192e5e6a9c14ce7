"""A log line says where something broke and never whom or what it was about."""

from __future__ import annotations

import json
import logging

from django.conf import settings
from django.utils.module_loading import import_string

NAME = "Kronos"


def formatted(record: logging.LogRecord) -> str:
    options = dict(settings.LOGGING["formatters"]["json"])
    formatter = import_string("structlog.stdlib.ProcessorFormatter")(
        **{name: value for name, value in options.items() if name != "()"}
    )
    return str(formatter.format(record))


def line_of(error: BaseException) -> str:
    record = logging.LogRecord("wbcj", logging.ERROR, "here.py", 1, "failed", None, (type(error), error, None))
    record.exc_info = (type(error), error, error.__traceback__)
    return formatted(record)


def test_the_text_of_an_error_stays_out_of_the_log():
    try:
        try:
            raise KeyError(f"Failing row contains (1, Operation {NAME})")
        except KeyError as inner:
            raise ValueError(f"Operation {NAME}") from inner
    except ValueError as error:
        line = line_of(error)

    assert NAME not in line
    said = json.loads(line)["exception"]
    assert "ValueError" in said
    assert "KeyError" in said
    assert "test_the_text_of_an_error_stays_out_of_the_log" in said


def test_a_line_carries_the_keys_that_are_listed_and_nothing_else(caplog):
    with caplog.at_level(logging.WARNING, logger="wbcj"):
        logging.getLogger("wbcj").warning("not sent", extra={"delivery": "a-key", "title": f"Operation {NAME}"})

    line = formatted(caplog.records[-1])

    assert NAME not in line
    assert json.loads(line)["delivery"] == "a-key"


def test_a_line_about_a_reminder_or_a_file_says_which(caplog):
    with caplog.at_level(logging.WARNING, logger="wbcj"):
        logging.getLogger("wbcj").warning("failed", extra={"reminder": "a-key", "kind": "cases.task.due"})
        logging.getLogger("wbcj").warning("broke", extra={"location": "a-place"})

    reminder, file = (json.loads(formatted(record)) for record in caplog.records)

    assert (reminder["reminder"], reminder["kind"]) == ("a-key", "cases.task.due")
    assert file["location"] == "a-place"
