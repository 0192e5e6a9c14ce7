"""An archive is written in one go, has the length that was said, and is read by whoever reads ZIP files."""

import io
import zipfile
import zlib
from datetime import UTC, datetime

import pytest

from foundation.documents.exporting import zipping
from tests.documents.keeping import some_bytes

BLOCK = zipping.BLOCK
AT = datetime(2026, 5, 3, 14, 5, 6, tzinfo=UTC)
SIZES = [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 300_000, 0]


def archive(contents, *, limit=zipping.FULL, step=2 * BLOCK):
    writer, parts = zipping.Writer(limit), []
    for name, data in contents:
        parts.append(writer.begin(name, size=len(data), at=AT))
        parts += [writer.put(data[at : at + step]) for at in range(0, len(data), step)]
        parts.append(writer.finish())
    return b"".join([*parts, writer.end()])


def contents():
    return [(f"Захтев/{number} ë.bin", some_bytes(size, number)) for number, size in enumerate(SIZES)]


@pytest.mark.parametrize("limit", [zipping.FULL, 3 * BLOCK, 100], ids=["narrow", "some wide", "all wide"])
def test_what_went_in_comes_out_and_the_length_was_known(limit):
    given = contents()

    whole = archive(given, limit=limit)

    assert len(whole) == zipping.length([(name, len(data)) for name, data in given], limit)
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        assert opened.testzip() is None
        assert [(info.filename, opened.read(info)) for info in opened.infolist()] == given
        assert {info.date_time for info in opened.infolist()} == {(2026, 5, 3, 14, 5, 6)}


def test_as_many_entries_as_there_may_be_and_more():
    given = [(str(number), b"") for number in range(0x10001)]

    whole = archive(given)

    assert len(whole) == zipping.length([(name, 0) for name, _data in given])
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        assert len(opened.infolist()) == 0x10001


def test_a_file_of_five_gibibytes_has_wide_fields_wherever_it_needs_them():
    size = 5 * 2**30
    head, after, central, end = 30 + 1 + 20, 24, 46 + 1 + 20, 56 + 20 + 22
    assert zipping.length([("a", size)]) == head + zipping.packed(size) + after + central + end
    behind = 30 + 1 + zipping.packed(0) + 16 + 46 + 1 + 12
    assert zipping.length([("a", size), ("b", 0)]) == zipping.length([("a", size)]) + behind


def test_a_reader_of_a_stream_finds_the_end_of_each_content():
    (name, data), *_others = contents()[5:]
    whole = archive([(name, data)])
    start = 30 + len(name.encode())

    stream = zlib.decompressobj(-15)
    assert stream.decompress(whole[start:]) == data
    assert stream.eof
    assert stream.unused_data.startswith(b"PK\x07\x08")


@pytest.mark.parametrize("cut", [1, 22, 60, 5000])
def test_what_was_cut_off_is_no_archive(cut):
    whole = archive(contents())
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(whole[:-cut])).testzip()


def test_what_was_not_said_is_not_written():
    writer = zipping.Writer()
    writer.begin("a", size=BLOCK + 2, at=AT)
    with pytest.raises(ValueError, match="whole blocks"):
        writer.put(b"x")
    writer = zipping.Writer()
    writer.begin("a", size=2, at=AT)
    with pytest.raises(ValueError, match="less"):
        writer.finish()
    with pytest.raises(ValueError, match="more"):
        writer.put(b"xyz")


@pytest.mark.parametrize(("year", "kept"), [(1970, 1980), (2107, 2107), (2200, 2107)])
def test_a_year_that_the_format_does_not_know_is_the_nearest_that_it_does(year, kept):
    writer = zipping.Writer()
    whole = writer.begin("a", size=0, at=AT.replace(year=year)) + writer.finish() + writer.end()
    assert zipfile.ZipFile(io.BytesIO(whole)).infolist()[0].date_time[0] == kept
