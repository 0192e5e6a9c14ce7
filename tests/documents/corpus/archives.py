"""Archives that flood, hide, escape or lie."""

import io
import stat
import struct
import zipfile
import zlib

from foundation.documents.inspection.findings import Code
from tests.documents.corpus.samples import deflated_zeros, sample, zipped

BYTE = b"x"


def local(name: bytes, crc: int, packed: int, unpacked: int, method: int = 8) -> bytes:
    return struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, method, 0, 33, crc, packed, unpacked, len(name), 0) + name


def central(name: bytes, crc: int, packed: int, unpacked: int, offset: int, method: int = 8, flags: int = 0) -> bytes:
    numbers = (20, 20, flags, method, 0, 33, crc, packed, unpacked, len(name), 0, 0, 0, 0, 0, offset)
    return struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *numbers) + name


def end(entries: int, length: int, offset: int) -> bytes:
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, entries, entries, length, offset, 0)


def one(name: bytes, packed: bytes, unpacked: int, crc: int = 0, method: int = 8) -> bytes:
    """An archive of one entry that says of itself whatever one likes."""
    first = local(name, crc, len(packed), unpacked, method) + packed
    table = central(name, crc, len(packed), unpacked, 0, method)
    return first + table + end(1, len(table), len(first))


def zeros() -> bytes:
    return one(b"zeros.bin", deflated_zeros(2048, raw=True), 2048 * 1024 * 1024)


def lying() -> bytes:
    return one(b"little.txt", deflated_zeros(1024, raw=True), 1000)


def many_middling() -> bytes:
    """No entry is beyond the ratio by itself; together they are beyond the total."""
    packed = deflated_zeros(1, raw=True) + bytes(8 * 1024 * 1024)
    first, table = b"", b""
    for number in range(3):
        name = b"part-%d.bin" % number
        table += central(name, 0, len(packed), 1_900_000_000, len(first))
        first += local(name, 0, len(packed), 1_900_000_000) + packed
    return first + table + end(3, len(table), len(first))


def nested(levels: int, width: int) -> bytes:
    """42.zip: archives in archives in archives."""
    data = zipped({"bottom.bin": bytes(1024 * 1024)})
    for level in range(levels):
        data = zipped({f"lib {level}-{number}.zip": data for number in range(width)})
    return data


def quoted() -> bytes:
    """D. Fifield's better zip bomb: each file quotes the header of the next and then shares its data."""
    names = [b"%03d" % number for number in range(20)]
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = kernel.compress(bytes(200_000)) + kernel.flush()
    size, crc, tail, rows = 200_000, zlib.crc32(bytes(200_000)), b"", []
    packed = len(data)
    body = data
    plain = bytes(200_000)
    for name in reversed(names):
        header = local(name, crc, packed, size)
        rows.append((name, crc, packed, size))
        body = header + body
        quote = b"\x00" + struct.pack("<2H", len(header), len(header) ^ 0xFFFF)
        body, plain = quote + body, header + plain
        crc, packed, size = zlib.crc32(plain), len(body), len(plain)
    body = body[5:]
    at = 0
    for name, crc, packed, size in reversed(rows):
        tail += central(name, crc, packed, size, at)
        at += 30 + len(name) + 5
    return body + tail + end(len(rows), len(tail), len(body))


def same_bytes() -> bytes:
    """Every entry of the table points at the same file."""
    data = zlib.compress(bytes(100_000))[2:-4]
    crc = zlib.crc32(bytes(100_000))
    first = local(b"000", crc, len(data), 100_000) + data
    table = b"".join(central(b"000", crc, len(data), 100_000, 0) for _ in range(500))
    return first + table + end(500, len(table), len(first))


def many_entries() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(10_001):
            archive.writestr(str(number), b"")
    return out.getvalue()


def absurd_table() -> bytes:
    first = local(b"a", 0, 0, 0, 0)
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 2**40, 2**40, 46, len(first))
    table = central(b"a", 0, 0, 0, 0, 0)[:46]
    where = len(first) + len(table)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, where, 1)
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return first + table + wide + locator + last


def link() -> bytes:
    out = io.BytesIO()
    info = zipfile.ZipInfo("innocent")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def flagged(data: bytes, *, flags: int = 0, method: int | None = None) -> bytes:
    """The same archive with other flags or another method in both of its headers."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        where = data.index(mark)
        struct.pack_into("<H", changed, where + at, flags)
        if method is not None:
            struct.pack_into("<H", changed, where + at + 2, method)
    return bytes(changed)


def twice() -> bytes:
    table = central(b"a", 0, 0, 0, 0, 0) + central(b"a", 0, 0, 0, 31, 0)
    first = local(b"a", 0, 0, 0, 0) * 2
    return first + table + end(2, len(table), len(first))


def two_names() -> bytes:
    first = local(b"a.txt", 0, 0, 0, 0)
    table = central(b"a.exe", 0, 0, 0, 0, 0)
    return first + table + end(1, len(table), len(first))


def hidden() -> bytes:
    first = local(b"a.txt", 0, 0, 0, 0) + bytes(5000)
    table = central(b"a.txt", 0, 0, 0, 0, 0)
    return first + table + end(1, len(table), len(first))


def named(name: str) -> bytes:
    """One empty entry whose name stands there as it is."""
    raw = name.encode("cp437")
    first = local(raw, 0, 0, 0, 0)
    table = central(raw, 0, 0, 0, 0, 0)
    return first + table + end(1, len(table), len(first))


def broken() -> bytes:
    data = bytearray(zipped({"a.txt": b"The quick brown fox jumps over the lazy dog. " * 200}))
    data[60] ^= 0xFF
    return bytes(data)


SAMPLES = (
    sample("zip bomb by its own words", "logs.zip", zeros, Code.ARCHIVE_BOMB),
    sample("zip bomb that lies about its size", "small.zip", lying, Code.ARCHIVE_DAMAGED),
    sample("zip bomb by the sum of its entries", "parts.zip", many_middling, Code.ARCHIVE_BOMB),
    sample("archives in archives in archives in archives", "42.zip", lambda: nested(4, 3), Code.ARCHIVE_NESTED),
    sample("quoted overlapping entries", "zbsm.zip", quoted, Code.ARCHIVE_OVERLAPS),
    sample("one file listed 500 times", "same.zip", same_bytes, Code.ARCHIVE_TWICE, Code.ARCHIVE_BOMB),
    sample("more entries than anybody needs", "many.zip", many_entries, Code.ARCHIVE_MANY),
    sample("a table of contents for a trillion files", "table.zip", absurd_table, Code.ARCHIVE_MANY),
    sample("an entry that climbs out", "up.zip", lambda: named("../../etc/cron.d/evil"), Code.ARCHIVE_PATH),
    sample("an entry with an absolute path", "root.zip", lambda: named("/etc/passwd"), Code.ARCHIVE_PATH),
    sample("an entry with a drive", "drive.zip", lambda: named("C:/Windows/evil.txt"), Code.ARCHIVE_PATH),
    sample("an entry with backslashes", "back.zip", lambda: named("..\\..\\evil.txt"), Code.ARCHIVE_PATH),
    sample(
        "an entry with a zero in its name",
        "zero.zip",
        lambda: named("a.txt\0.exe"),
        Code.ARCHIVE_PATH,
        Code.NAME_HIDES,
        Code.ARCHIVE_PROGRAMS,
    ),
    sample("a symbolic link", "link.zip", link, Code.ARCHIVE_LINK),
    sample("two entries of one name", "twice.zip", twice, Code.ARCHIVE_TWICE),
    sample("two names of one entry", "names.zip", two_names, Code.ARCHIVE_DAMAGED, Code.ARCHIVE_PROGRAMS),
    sample("bytes that belong to no entry", "gap.zip", hidden, Code.ARCHIVE_HIDDEN),
    sample(
        "an entry behind a password",
        "secret.zip",
        lambda: flagged(zipped({"a.txt": b"secret"}), flags=1),
        Code.ARCHIVE_ENCRYPTED,
    ),
    sample(
        "a method that cannot be looked into",
        "odd.zip",
        lambda: flagged(zipped({"a.txt": b"odd"}), method=9),
        Code.ARCHIVE_METHOD,
    ),
    sample(
        "a program in an archive",
        "tools.zip",
        lambda: zipped({"invoice.pdf.exe": b"MZ" + bytes(99)}),
        Code.ARCHIVE_PROGRAMS,
    ),
    sample(
        "a rar in an archive",
        "more.zip",
        lambda: zipped({"evidence.rar": b"Rar!\x1a\x07\x01\x00" + bytes(99)}),
        Code.ARCHIVE_CLOSED,
    ),
    sample("an entry of changed bytes", "broken.zip", broken, Code.ARCHIVE_DAMAGED),
    sample("something behind the archive", "after.zip", lambda: zipped({"a.txt": b"a"}) + b"more", Code.TWO_KINDS),
    sample(
        "a table of contents and no files", "cut.zip", lambda: zipped({"a.txt": bytes(999)})[80:], Code.KIND_UNKNOWN
    ),
    sample(
        "a program that unpacks itself",
        "setup.zip",
        lambda: b"MZ" + bytes(500) + zipped({"a.txt": b"a"}),
        Code.TWO_KINDS,
    ),
)
