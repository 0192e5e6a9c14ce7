"""Pictures that flood, and pictures that are something else as well."""

import struct
import zlib

from foundation.documents.inspection.findings import Code
from tests.documents.corpus.samples import sample, zipped


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))


def png(width: int = 2, height: int = 2) -> bytes:
    rows = zlib.compress(b"\0" * (min(height, 4) * (min(width, 4) * 3 + 1)))
    header = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int = 2, height: int = 2, *, comment: bytes = b"") -> bytes:
    note = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    frame = struct.pack(">HB2HB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    table = b"\xff\xdb\x00\x43\x00" + bytes([1] * 64)
    return (
        b"\xff\xd8" + note + table + b"\xff\xc0" + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x00\xff\xd9"
    )


def gif(width: int = 2, height: int = 2, *, comment: bytes = b"") -> bytes:
    note = b"\x21\xfe" + bytes([len(comment)]) + comment + b"\0" if comment else b""
    screen = b"GIF89a" + struct.pack("<2H", width, height) + b"\x80\0\0" + bytes(6)
    return screen + note + b"," + struct.pack("<4H", 0, 0, 2, 2) + b"\0\x02\x02\x44\x01\0;"


def tiff(width: int = 2, height: int = 2, *, pages: int = 1) -> bytes:
    tags = ((256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, 4))
    length = 2 + 12 * len(tags) + 4
    out = b"II*\0" + struct.pack("<L", 8)
    for number in range(pages):
        following = 8 + (number + 1) * length if number + 1 < pages else 0
        rows = b"".join(struct.pack("<2HLL", tag, 4, 1, value) for tag, value in tags)
        out += struct.pack("<H", len(tags)) + rows + struct.pack("<L", following)
    return out + bytes(4)


def webp(width: int = 2, height: int = 2) -> bytes:
    body = (
        b"WEBPVP8X"
        + struct.pack("<L", 10)
        + bytes(4)
        + (width - 1).to_bytes(3, "little")
        + (height - 1).to_bytes(3, "little")
    )
    return b"RIFF" + struct.pack("<L", len(body)) + body


def bmp(width: int = 2, height: int = 2) -> bytes:
    header = struct.pack("<LllHHLLllLL", 40, width, height, 1, 24, 0, 16, 0, 0, 0, 0)
    return b"BM" + struct.pack("<LLL", 70, 0, 54) + header + bytes(16)


def heic(width: int = 640, height: int = 480) -> bytes:
    return (
        struct.pack(">L4s4sL", 24, b"ftyp", b"heic", 0)
        + b"mif1heic"
        + struct.pack(">L4s3L", 20, b"ispe", 0, width, height)
        + bytes(64)
    )


JAR = zipped({"META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\n", "Evil.class": b"\xca\xfe\xba\xbe"})
WIDE = 60_000

SAMPLES = (
    sample("a png of 3.6 thousand million pixels", "scan.png", lambda: png(WIDE, WIDE), Code.PICTURE_FLOOD),
    sample("a jpeg flood", "scan.jpg", lambda: jpeg(65_500, 65_500), Code.PICTURE_FLOOD),
    sample("a gif flood", "scan.gif", lambda: gif(65_535, 65_535), Code.PICTURE_FLOOD),
    sample("a tiff flood", "scan.tiff", lambda: tiff(2**20, 2**20), Code.PICTURE_FLOOD),
    sample("a tiff of more pages than anybody scans", "pages.tif", lambda: tiff(pages=5_100), Code.PICTURE_FLOOD),
    sample("a webp flood", "scan.webp", lambda: webp(2**24, 2**24), Code.PICTURE_FLOOD),
    sample("a bmp flood", "scan.bmp", lambda: bmp(WIDE, WIDE), Code.PICTURE_FLOOD),
    sample("a heic flood", "scan.heic", lambda: heic(WIDE, WIDE), Code.PICTURE_FLOOD),
    sample("a picture that is an archive (GIFAR)", "photo.gif", lambda: gif() + JAR, Code.TWO_KINDS),
    sample("a jpeg with an archive behind it", "photo.jpg", lambda: jpeg() + JAR, Code.TWO_KINDS),
    sample("a png with something behind it", "photo.png", lambda: png() + bytes(500), Code.TWO_KINDS),
    sample("a jpeg that is a pdf", "photo.jpg", lambda: jpeg(comment=b"%PDF-1.7\n1 0 obj"), Code.TWO_KINDS),
    sample("a gif that is a page", "photo.gif", lambda: gif(comment=b"<script>alert(1)</script>"), Code.TWO_KINDS),
    sample("a png that is cut", "photo.png", lambda: png()[:20], Code.DAMAGED),
    sample("a page that says it is a picture", "photo.png", b"<html><body>hello</body></html>", Code.KIND_DISAGREES),
    sample("a program that says it is a picture", "photo.jpg", b"MZ\x90\x00" + bytes(500), Code.KIND_DISAGREES),
)
