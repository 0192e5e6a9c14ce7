"""PDF files that do something."""

import io
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from foundation.documents.inspection.findings import Code
from tests.documents.corpus.samples import deflated_zeros, sample, zipped


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, **how: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        if change is not None:
            change(made)
        made.save(out, **how)
    return out.getvalue()


def script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def named_script(made: pikepdf.Pdf) -> None:
    action = made.make_indirect(Dictionary(S=Name.JavaScript, JS=made.make_stream(b"app.alert(1)")))
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))


def on_a_page(made: pikepdf.Pdf) -> None:
    made.pages[0].AA = Dictionary(O=Dictionary(S=Name.URI, URI=String("https://example.org/")))


def launch(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.Launch, F=String("cmd.exe"))


def attachment(made: pikepdf.Pdf) -> None:
    made.attachments["evil.exe"] = b"MZ" + bytes(99)


def media(made: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9], RichMediaContent=Dictionary())
    made.pages[0].Annots = Array([made.make_indirect(note)])


def form(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(b"<xdp/>"))


def sends(made: pikepdf.Pdf) -> None:
    button = Dictionary(A=Dictionary(S=Name.SubmitForm, F=String("https://example.org/")))
    made.pages[0].Annots = Array([made.make_indirect(button)])


def turns_a_page(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]))


def escaped() -> bytes:
    """The word is spelled so that a search for it finds nothing."""
    return pdf(script).replace(b"/JavaScript", b"/J#61v#61Script").replace(b"/JS", b"/#4aS")


def in_object_stream() -> bytes:
    return pdf(script, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def locked() -> bytes:
    return pdf(script, encryption=pikepdf.Encryption(owner="owner", user="reader"))


def restricted() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=""))


def bomb() -> bytes:
    """An object stream that unpacks to 2 GiB, packed twice: the reader has to unpack it to know the objects in it."""
    packed = zlib.compress(deflated_zeros(2048, raw=False), 9)
    stream = b"<< /Type /ObjStm /N 1 /First 10 /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(
        packed
    )
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in ((1, b"<< /Type /Catalog /Pages 3 0 R >>"), (2, stream + packed + b"\nendstream")):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    rows = b"".join(
        (b"\x01" + places[number].to_bytes(4, "big") + b"\0" if number in places else b"\x02\0\0\0\x02\0")
        for number in (1, 2, 3)
    )
    at = len(out)
    head = b"<< /Type /XRef /Size 5 /W [1 4 1] /Index [1 4] /Root 1 0 R /Length %d >>\nstream\n" % (len(rows) + 6)
    out += b"4 0 obj\n" + head + rows + b"\x01" + at.to_bytes(4, "big") + b"\0" + b"\nendstream\nendobj\n"
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % at


def deep() -> bytes:
    """Arrays in arrays in arrays."""
    return pdf().replace(b"/Type /Catalog", b"/Type /Catalog /X " + b"[" * 100_000 + b"]" * 100_000, 1)


SAMPLES = (
    sample("a pdf with a script", "a.pdf", lambda: pdf(script), Code.PDF_SCRIPT, Code.PDF_STARTS),
    sample("a pdf with a script by name", "a.pdf", lambda: pdf(named_script), Code.PDF_SCRIPT),
    sample("a pdf with an escaped script", "a.pdf", escaped, Code.PDF_SCRIPT, Code.PDF_STARTS, Code.PDF_DAMAGED),
    sample("a pdf with a script in an object stream", "a.pdf", in_object_stream, Code.PDF_SCRIPT, Code.PDF_STARTS),
    sample("a pdf that acts when a page opens", "a.pdf", lambda: pdf(on_a_page), Code.PDF_STARTS),
    sample("a pdf that starts a program", "a.pdf", lambda: pdf(launch), Code.PDF_STARTS),
    sample("a pdf with a program within", "a.pdf", lambda: pdf(attachment), Code.PDF_EMBEDS),
    sample("a pdf with rich media", "a.pdf", lambda: pdf(media), Code.PDF_MEDIA),
    sample("a pdf with an xfa form", "a.pdf", lambda: pdf(form), Code.PDF_FORM),
    sample("a pdf that sends what is entered", "a.pdf", lambda: pdf(sends), Code.PDF_FORM),
    sample("a pdf behind a password", "a.pdf", locked, Code.PDF_ENCRYPTED),
    sample("a pdf protected against printing", "a.pdf", restricted, Code.PDF_RESTRICTED),
    sample("a pdf with an archive behind it", "a.pdf", lambda: pdf() + zipped({"a.exe": b"MZ"}), Code.TWO_KINDS),
    sample("a pdf with much behind it", "a.pdf", lambda: pdf() + b"x" * 5000, Code.PDF_TAIL, Code.PDF_DAMAGED),
    sample("a pdf that begins late", "a.pdf", lambda: b"GIF89a" + bytes(20) + pdf(), Code.TWO_KINDS),
    sample("a text that is a pdf", "a.txt", lambda: b"hello\n" * 9 + b"%PDF-1.4\n", Code.TWO_KINDS),
    sample("a pdf that is none", "a.pdf", b"%PDF-1.7\n" + b"nothing " * 99, Code.DAMAGED, Code.PDF_TAIL),
    sample("a pdf bomb", "a.pdf", bomb, apart=True),
    sample("a pdf of a hundred thousand brackets", "a.pdf", deep, apart=True),
)
