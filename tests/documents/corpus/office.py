"""Office files that do something."""

import struct

from foundation.documents.inspection.findings import Code
from tests.documents.corpus.samples import sample, zipped

SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TYPES = "application/vnd.openxmlformats-officedocument.{}.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB) of these streams; a slash in a name stands for one storage. Streams are filled up to whole sectors."""
    entries, sectors = [("Root Entry", 5, END, 0)], []
    storages: dict[str, list[int]] = {"": []}
    for path, data in streams.items():
        storage, _, name = path.rpartition("/")
        if storage not in storages:
            storages[storage] = []
            storages[""].append(len(entries))
            entries.append((storage, 1, 0, 0))
        padded = data + bytes(max(4096, -(-len(data) // SECTOR) * SECTOR) - len(data))
        storages[storage].append(len(entries))
        entries.append((name, 2, len(sectors), len(padded)))
        count = len(padded) // SECTOR
        sectors += [
            (padded[n * SECTOR :][:SECTOR], len(sectors) + n + 1 if n + 1 < count else END)
            for n, _ in enumerate(range(count))
        ]
    return _laid_out(entries, sectors, storages)


def _laid_out(entries, sectors, storages) -> bytes:
    places = -(-len(entries) // 4)
    table = [following for _data, following in sectors]
    table += [len(sectors) + n + 1 if n + 1 < places else END for n in range(places)]
    tables = -(-(len(table) + 2) // 128)
    table += [FAT] * tables
    table += [FREE] * (tables * 128 - len(table))
    following = {key: inner[n + 1] for inner in storages.values() for n, key in enumerate(inner[:-1])}
    folder = b""
    for key, (name, kind, start, size) in enumerate(entries):
        raw = name.encode("utf-16-le")
        inner = storages.get("" if key == 0 else name, []) if kind != 2 else []
        child = inner[0] if inner else FREE
        folder += raw.ljust(64, b"\0") + struct.pack(
            "<HBB3L", len(raw) + 2, kind, 1, FREE, following.get(key, FREE), child
        )
        folder += bytes(36) + struct.pack("<LQ", start if kind == 2 else (END if kind == 5 else 0), size)
    folder += bytes(places * SECTOR - len(folder))
    first = len(sectors)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9L", 0, tables, first, 0, 4096, END, 0, END, 0)
    head += b"".join(struct.pack("<L", first + places + n if n < tables else FREE) for n in range(109))
    body = b"".join(data for data, _following in sectors)
    return head + body + folder + b"".join(struct.pack("<L", value) for value in table)


def openxml(
    flavour: str = "wordprocessingml.document", *, main: str = "", parts: dict[str, bytes] | None = None
) -> bytes:
    content = main or TYPES.format(flavour)
    types = f'<Types><Override PartName="/main.xml" ContentType="{content}"/></Types>'.encode()
    body = {"[Content_Types].xml": types, "_rels/.rels": b"<Relationships/>", "word/document.xml": b"<document/>"}
    return zipped(body | (parts or {}))


def relation(kind: str, target: str, *, external: bool = True) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationships><Relationship Id="r" Type="{RELATIONS}{kind}" Target="{target}"{mode}/></Relationships>'.encode()


def opendocument(parts: dict[str, bytes] | None = None, *, kind: str = "text") -> bytes:
    first = {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode()}
    return zipped(first | {"content.xml": b"<document-content/>"} | (parts or {}))


def fields(text: str) -> bytes:
    """A field whose instruction is spread over runs, a letter each."""
    return ("<d>" + "".join(f"<r><instrText>{letter}</instrText></r>" for letter in text) + "</d>").encode()


def word(flags: int = 0, *, text: bytes = b"", **more: bytes) -> bytes:
    return compound({"WordDocument": bytes(10) + struct.pack("<H", flags) + bytes(500) + text} | more)


def excel(*records: tuple[int, bytes], **more: bytes) -> bytes:
    body = b"".join(struct.pack("<2H", kind, len(data)) + data for kind, data in ((0x809, bytes(16)), *records))
    return compound({"Workbook": body} | more)


BOMB = (
    b'<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(
        b'<!ENTITY lol%d "%s">' % (n, b"&lol;" * 10 if n == 1 else b"&lol%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    + b"]><lolz>&lol9;</lolz>"
)
MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ODF_SCRIPT = b'<d><event-listener xlink:href="vnd.sun.star.script:a" xmlns:xlink="http://www.w3.org/1999/xlink"/></d>'

SAMPLES = (
    sample(
        "word with macros",
        "a.docx",
        lambda: openxml(parts={"word/vbaProject.bin": compound({"VBA/dir": b"x"})}),
        Code.OFFICE_MACROS,
    ),
    sample(
        "excel with macros",
        "a.xlsm",
        lambda: openxml(main=MACRO, parts={"xl/vbaProject.bin": b"x"}),
        Code.OFFICE_MACROS,
    ),
    sample("excel with macros that says it has none", "a.xlsx", lambda: openxml(main=MACRO), Code.KIND_DISAGREES),
    sample(
        "excel with sheets of macros",
        "a.xlsx",
        lambda: openxml("spreadsheetml.sheet", parts={"xl/macrosheets/sheet1.xml": b"<m/>"}),
        Code.OFFICE_MACROS,
    ),
    sample(
        "word with a template from elsewhere",
        "a.docx",
        lambda: openxml(
            parts={"word/_rels/settings.xml.rels": relation("attachedTemplate", "https://example.org/t.dotm")}
        ),
        Code.OFFICE_EXTERNAL,
    ),
    sample(
        "word with an object from elsewhere",
        "a.docx",
        lambda: openxml(
            parts={"word/_rels/document.xml.rels": relation("oleObject", "mhtml:https://example.org/x.html!")}
        ),
        Code.OFFICE_EXTERNAL,
    ),
    sample(
        "word with a dde field in single letters",
        "a.docx",
        lambda: openxml(parts={"word/document.xml": fields("DDEAUTO c:\\cmd")}),
        Code.OFFICE_DDE,
    ),
    sample(
        "excel with a dde link",
        "a.xlsx",
        lambda: openxml(
            "spreadsheetml.sheet",
            parts={"xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink ddeService='cmd'/></externalLink>"},
        ),
        Code.OFFICE_DDE,
    ),
    sample(
        "powerpoint with an object",
        "a.pptx",
        lambda: openxml("presentationml.presentation", parts={"ppt/embeddings/oleObject1.bin": b"x"}),
        Code.OFFICE_OBJECTS,
    ),
    sample("word with an entity bomb", "a.docx", lambda: openxml(parts={"word/document.xml": BOMB}), Code.XML_ENTITIES),
    sample(
        "word with an entity bomb in a part that nobody reads",
        "a.docx",
        lambda: openxml(parts={"customXml/item1.xml": BOMB}),
        Code.XML_ENTITIES,
    ),
    sample("a word file that is excel", "a.docx", lambda: openxml("spreadsheetml.sheet"), Code.KIND_DISAGREES),
    sample("a word file that is an archive", "a.docx", lambda: zipped({"a.txt": b"a"}), Code.KIND_DISAGREES),
    sample("a pdf that is word", "a.pdf", openxml, Code.KIND_DISAGREES),
    sample(
        "a document with macros",
        "a.odt",
        lambda: opendocument({"Basic/Standard/Module1.xml": b"<m/>"}),
        Code.OFFICE_MACROS,
    ),
    sample(
        "a document that runs a macro",
        "a.ods",
        lambda: opendocument({"content.xml": ODF_SCRIPT}, kind="spreadsheet"),
        Code.OFFICE_MACROS,
    ),
    sample(
        "a document that loads a picture",
        "a.odt",
        lambda: opendocument({"content.xml": b'<d><image href="https://example.org/x.png"/></d>'}),
        Code.OFFICE_EXTERNAL,
    ),
    sample(
        "a document behind a password",
        "a.odt",
        lambda: opendocument({"META-INF/manifest.xml": b"<m><encryption-data/></m>"}),
        Code.OFFICE_ENCRYPTED,
    ),
    sample("old word with macros", "a.doc", lambda: word(**{"Macros/VBA": b"x"}), Code.OFFICE_MACROS),
    sample("old word with an object", "a.doc", lambda: word(**{"ObjectPool/x": b"x"}), Code.OFFICE_OBJECTS),
    sample("old word with a dde field", "a.doc", lambda: word(text=b"\x13DDEAUTO c:\\cmd.exe\x15"), Code.OFFICE_DDE),
    sample("old word behind a password", "a.doc", lambda: word(flags=0x0100), Code.OFFICE_ENCRYPTED),
    sample(
        "old excel with a sheet of macros",
        "a.xls",
        lambda: excel((0x85, bytes(4) + b"\x00\x01\x01\x00A")),
        Code.OFFICE_MACROS,
    ),
    sample("old excel behind a password", "a.xls", lambda: excel((0x2F, bytes(6))), Code.OFFICE_ENCRYPTED),
    sample(
        "word behind a password",
        "a.docx",
        lambda: compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
        Code.OFFICE_ENCRYPTED,
    ),
    sample(
        "a message with a program",
        "a.msg",
        lambda: compound(
            {
                "__properties_version1.0": b"",
                "__attach_version1.0_#00000000/__substg1.0_3707001F": "a.exe".encode("utf-16-le"),
            }
        ),
        Code.MAIL_ATTACHMENTS,
        Code.MAIL_PROGRAMS,
    ),
    sample(
        "a compound file of no kind that is taken", "a.doc", lambda: compound({"Contents": b"x"}), Code.KIND_UNKNOWN
    ),
    sample("a compound file that is cut", "a.doc", lambda: word()[:700], Code.DAMAGED),
    sample("rich text with an object", "a.rtf", b"{\\rtf1{\\object\\objemb{\\*\\objdata 0105}}}", Code.OFFICE_OBJECTS),
    sample(
        "rich text with a template", "a.rtf", b"{\\rtf1{\\*\\template https://example.org/t}}", Code.OFFICE_EXTERNAL
    ),
)
