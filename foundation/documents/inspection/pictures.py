"""Pictures: how large they would be, from their headers; no picture is ever decoded."""

from __future__ import annotations

import struct
import warnings
from typing import Any, BinaryIO, cast

from PIL import BmpImagePlugin, GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

from foundation.documents.inspection import limits, reading
from foundation.documents.inspection.findings import Code, Collector
from foundation.documents.inspection.reading import Damaged

# Called by themselves: the library's own way loads what it has from disk, and the inspecting process has closed its doors by then.
READERS: dict[str, Any] = {
    "png": PngImagePlugin.PngImageFile,
    "jpeg": JpegImagePlugin.JpegImageFile,
    "tiff": TiffImagePlugin.TiffImageFile,
    "gif": GifImagePlugin.GifImageFile,
    "bmp": BmpImagePlugin.BmpImageFile,
    "webp": WebPImagePlugin.WebPImageFile,
}
PNG_END = b"IEND"
HEIC_HEAD = 256 * 1024
MOST_CHUNKS = 100_000


def inspect(reader: BinaryIO, size: int, content: str, found: Collector) -> None:
    """Note a picture that would flood the memory of whoever opens it, and one that carries more behind its end. Raises Damaged."""
    if content == "heic":
        return _heic(reader, found)
    if content == "webp":
        return _webp(reader, size, found)
    # The library's own alarm would go off for the plan of a large building.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = READERS[content](cast("BinaryIO", reading.Window(reader, size)))
            _frames(picture, found)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, struct.error, OverflowError) as error:
        raise Damaged from error
    if content == "png" and _after_png(reader, size):
        found.add(Code.TWO_KINDS)
    return None


def _frames(picture: Image.Image, found: Collector) -> None:
    _flood(*picture.size, found)
    if picture.format != "TIFF":
        return
    for number in range(1, limits.FRAMES + 1):
        try:
            picture.seek(number)
        except EOFError:
            return
        _flood(*picture.size, found)
    found.add(Code.PICTURE_FLOOD)


def _flood(width: int, height: int, found: Collector) -> None:
    if width * height > limits.PIXELS:
        found.add(Code.PICTURE_FLOOD, f"{width} × {height}")


def _after_png(reader: BinaryIO, size: int) -> bool:
    """Whether there is more than a few bytes behind the chunk that ends a PNG. Raises Damaged."""
    at = 8
    for _ in range(MOST_CHUNKS):
        length, name = struct.unpack(">L4s", reading.exactly(reader, at, 8))
        at += length + 12
        if name == PNG_END:
            return bool(size - at > limits.GAP)
    raise Damaged


def _webp(reader: BinaryIO, size: int, found: Collector) -> None:
    """Opening a WebP decodes it, so its three kinds of header are read here."""
    head = reading.exactly(reader, 0, 30)
    kind, body = head[12:16], head[20:30]
    if kind == b"VP8X":
        width, height = int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    elif kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack("<2H", body[6:10]))
    else:
        raise Damaged
    _flood(width, height, found)
    if size - (int.from_bytes(head[4:8], "little") + 8) > limits.GAP:
        found.add(Code.TWO_KINDS)


def _heic(reader: BinaryIO, found: Collector) -> None:
    """The sizes that the boxes of a HEIC declare."""
    head = reading.at(reader, 0, HEIC_HEAD)
    at = head.find(b"ispe")
    while at >= 0 and len(head) >= at + 16:
        width, height = struct.unpack(">2L", head[at + 8 : at + 16])
        _flood(width, height, found)
        at = head.find(b"ispe", at + 4)
