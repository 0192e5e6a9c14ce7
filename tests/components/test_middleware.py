"""The rule reaches every HTML answer, and only those."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import translation

from foundation.components import kosovo
from foundation.components.middleware import KosovoNames

PAGE = f"<html><body><p>Косово</p>{kosovo.SLOT}</body></html>"


def answer(response: HttpResponse | StreamingHttpResponse) -> HttpResponse | StreamingHttpResponse:
    def view(_request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        return response

    answered = KosovoNames(view)(RequestFactory().get("/"))
    assert isinstance(answered, HttpResponse | StreamingHttpResponse)
    return answered


def content(response: HttpResponse | StreamingHttpResponse) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def test_a_page_is_marked_and_its_length_told_anew() -> None:
    response = answer(HttpResponse(PAGE, headers={"Content-Length": "3"}))

    assert "<p>Косово*</p>" in content(response)
    assert response.headers["Content-Length"] == str(len(content(response).encode()))


def test_the_footnote_is_in_the_language_of_the_answer() -> None:
    with translation.override("mk"):
        assert kosovo.footnote("mk") in content(answer(HttpResponse(PAGE)))
    assert kosovo.footnote("sq") in content(answer(HttpResponse(PAGE, headers={"Content-Language": "sq"})))


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "text/csv"])
def test_other_kinds_of_answer_are_left_alone(kind: str) -> None:
    assert content(answer(HttpResponse(PAGE, content_type=kind))) == PAGE


def test_a_compressed_answer_is_left_alone() -> None:
    assert content(answer(HttpResponse(PAGE, headers={"Content-Encoding": "gzip"}))) == PAGE


def test_a_stream_is_not_read() -> None:
    def rows() -> Iterator[str]:
        raise AssertionError
        yield ""

    assert answer(StreamingHttpResponse(rows())).streaming
