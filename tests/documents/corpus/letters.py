"""Names that deceive, texts that are none, drawings that run."""

from foundation.documents.inspection.findings import Code
from tests.documents.corpus.office import BOMB
from tests.documents.corpus.pictures import png
from tests.documents.corpus.portable import pdf
from tests.documents.corpus.samples import sample

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"


def svg(inner: str = "", attributes: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect width="9" height="9"/>{inner}</svg>'.encode()


def mail(*, attached: str = "") -> bytes:
    body = "From: a@example.org\r\nTo: b@example.org\r\nDate: Wed, 25 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n\r\nhello\r\n"
    part = f'\r\nContent-Disposition: attachment; filename="{attached}"\r\n\r\nTVqQAAMA\r\n'
    return (body + (part if attached else "")).encode()


SAMPLES = (
    sample("nothing", "empty.pdf", b"", Code.EMPTY),
    sample("no name", " . ", b"hello", Code.NAME_MISSING, Code.KIND_NOT_TAKEN),
    sample("no extension", "README", b"hello", Code.KIND_NOT_TAKEN),
    sample("an extension that is not taken", "setup.exe", b"MZ" + bytes(99), Code.KIND_NOT_TAKEN),
    sample("a name that turns its direction", "annex\u202efdp.exe.pdf", pdf, Code.NAME_HIDES, Code.NAME_DOUBLE),
    sample("a name with a letter of no width", "annex\u200b.pdf", pdf, Code.NAME_HIDES),
    sample("a name whose end is out of sight", "annex" + " " * 60 + ".pdf", pdf, Code.NAME_HIDES),
    sample("a name with two extensions", "invoice.exe.pdf", pdf, Code.NAME_DOUBLE),
    sample("a program behind a document", "invoice.pdf.js", b"alert(1)", Code.NAME_DOUBLE, Code.KIND_NOT_TAKEN),
    sample("a name that is a path", "..\\..\\annex.pdf", pdf, Code.NAME_PATH, Code.NAME_RESERVED),
    sample("a name that looks like a path", "annex\u2215b.pdf", pdf, Code.NAME_PATH),
    sample("a name of a device", "CON.pdf", pdf, Code.NAME_RESERVED),
    sample("a name with a second stream", "annex.txt:evil.pdf", pdf, Code.NAME_RESERVED),
    sample("a name without end", "a" * 250 + ".pdf", pdf, Code.NAME_LONG),
    sample("a picture that says it is a pdf", "annex.pdf", png, Code.KIND_DISAGREES),
    sample("a text that is none", "notes.txt", b"hello" + bytes(99), Code.KIND_UNKNOWN),
    sample("a text that is none at its end", "notes.txt", b"hello\n" * 99_999 + b"\x00\x01", Code.KIND_DISAGREES),
    sample(
        "a page that says it is a text", "notes.txt", b"<!doctype html><script>alert(1)</script>", Code.KIND_DISAGREES
    ),
    sample("a table with formulas", "rows.csv", b"name,sum\n\"=cmd|'/c calc'!A0\",1\n", Code.TEXT_FORMULA),
    sample(
        "a message with a program",
        "mail.eml",
        lambda: mail(attached="invoice.js"),
        Code.MAIL_ATTACHMENTS,
        Code.MAIL_PROGRAMS,
    ),
    sample("an entity bomb", "data.xml", b'<?xml version="1.0"?>' + BOMB, Code.XML_ENTITIES),
    sample("a drawing with a script", "plan.svg", lambda: svg("<script>alert(1)</script>"), Code.SVG_SCRIPT),
    sample(
        "a drawing that acts when it is opened",
        "plan.svg",
        lambda: svg(attributes='onload="alert(1)"'),
        Code.SVG_SCRIPT,
    ),
    sample(
        "a drawing with a link that runs",
        "plan.svg",
        lambda: svg('<a href="java&#10;script:alert(1)"><text>x</text></a>'),
        Code.SVG_SCRIPT,
    ),
    sample(
        "a drawing that writes a script into a link",
        "plan.svg",
        lambda: svg('<a><set attributeName="href" to="javascript:alert(1)"/></a>'),
        Code.SVG_SCRIPT,
    ),
    sample(
        "a drawing with a page within",
        "plan.svg",
        lambda: svg("<foreignObject><p>hello</p></foreignObject>"),
        Code.SVG_FOREIGN,
    ),
    sample(
        "a drawing that loads a picture",
        "plan.svg",
        lambda: svg('<image href="https://example.org/x.png"/>'),
        Code.SVG_EXTERNAL,
    ),
    sample(
        "a drawing whose style loads",
        "plan.svg",
        lambda: svg("<style>@import 'https://example.org/x.css';</style>"),
        Code.SVG_EXTERNAL,
    ),
    sample(
        "a drawing with an entity bomb",
        "plan.svg",
        BOMB.replace(b"lolz>", b"svg>").replace(b"DOCTYPE lolz", b"DOCTYPE svg"),
        Code.XML_ENTITIES,
    ),
    sample("a drawing that is broken", "plan.svg", b"<svg><rect></svg>", Code.DAMAGED),
)
